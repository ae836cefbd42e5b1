"""Measures everything and prints the tables: `python -m benchmarks.run [--quick] [--write] [--only TABLE …]`.

Each cell runs in a process of its own, on one core; its seconds are those of the processor, the median of its runs.
Exit status 1 when two engines did not conclude the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import engines
from benchmarks.peers.peer import OURS
from benchmarks.run import pages, tables
from benchmarks.run.comparison import QUICK, SIZES, compared, installed
from benchmarks.run.growth import KINDS, Grown
from benchmarks.run.processes import Progress, in_a_process_of_its_own
from benchmarks.run.startup import starts

NUMBERS = (1, 10, 100, 1000)
STARTS = 9
SLOW = {("strata", "durable", 1000), ("rounds", "naive", 1000), ("rounds", "durable", 1000)}
"""What takes minutes and is left out."""


@dataclass
class Run:
    """What is measured, tiny when `quick`, and where engines differed so far."""

    quick: bool
    progress: Progress = field(default_factory=Progress)
    differing: list[str] = field(default_factory=list)


def main(words: Sequence[str] | None = None) -> int:
    """Prints each table as soon as it is measured; 1 when engines differ, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tiny size, each cell once: only to see that all agree")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md as well")
    parser.add_argument("--only", nargs="+", choices=TABLES, default=TABLES, metavar="TABLE", help=", ".join(TABLES))
    chosen = parser.parse_args(words)
    run = Run(chosen.quick)
    print(pages.machine())
    for name in chosen.only:
        section = TABLES[name](run)
        run.progress.say("")
        print(section, flush=True)
        if chosen.write and (without := pages.written({"machine": pages.machine(), name: section})):
            print(f"no marks on the page for: {', '.join(without)}", file=sys.stderr)
    return 1 if run.differing else 0


def _engines(run: Run) -> str:
    """Every peer at every size."""
    sized = compared(QUICK if run.quick else SIZES, run.progress)
    run.differing += [each for one in sized for each in one.differing()]
    agreed = "\n".join(f"* {each}" for each in run.differing) or "All engines concluded the same, relation by relation."
    peers = installed()
    return "\n".join([*(tables.comparison(each, peers) for each in sized), tables.by_size(sized, peers), f"{agreed}\n"])


def _packaged(run: Run) -> str:
    """The packaged rules in every engine that is installed."""
    found, names = [], ["naive"] if run.quick else [name for name in OURS if name in installed()]
    for times, name in ((times, name) for times in engines.TIMES[: 1 if run.quick else None] for name in names):
        run.progress.say(f"the packaged facts {times} times, {name}")
        found.append(engines.in_a_process_of_its_own(name, times))
    return tables.shipped(found)


def _start(run: Run) -> str:
    """A question from the shell."""
    return tables.starts(starts(1 if run.quick else STARTS, run.progress))


def _spent(run: Run) -> str:
    """What the relational engine spends its time on."""
    if "relational" not in installed():
        return "The relational engine is not installed.\n"
    run.progress.say("what the time is spent on")
    sizes, profile = QUICK if run.quick else SIZES, "benchmarks.run.profile"
    return tables.spent(sizes, [in_a_process_of_its_own(profile, s.states, s.treaties, "--json") for s in sizes])


def _growth(run: Run) -> str:
    """Every kind of growth for every engine that is installed."""
    found, here = list[Grown](), installed()
    numbers = NUMBERS[:1] if run.quick else NUMBERS
    for kind, engine, number in ((k, e, n) for k in KINDS for e in OURS if e in here for n in numbers):
        if (kind, engine, number) not in SLOW:
            run.progress.say(f"{number} {kind}, {engine}")
            found.append(Grown(**in_a_process_of_its_own("benchmarks.run.growth", kind, engine, number)))
    return "\n".join(tables.growth(found, kind) for kind in KINDS)


TABLES = {"engines": _engines, "packaged": _packaged, "start": _start, "spent": _spent, "growth": _growth}
"""Each table by the name of its marks on the page."""


if __name__ == "__main__":
    raise SystemExit(main())
