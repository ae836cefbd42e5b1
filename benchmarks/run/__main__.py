"""Measures everything and prints the tables: `python -m benchmarks.run [--quick] [--write]`.

Each cell runs in a process of its own, on one core; its seconds are those of the processor, the median of its runs.
Exit status 1 when two engines did not conclude the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from benchmarks import engines
from benchmarks.peers.peer import OURS
from benchmarks.run import pages, tables
from benchmarks.run.comparison import QUICK, SIZES, Comparison, Size, compared, installed
from benchmarks.run.growth import KINDS, Grown
from benchmarks.run.processes import Progress, in_a_process_of_its_own
from benchmarks.run.startup import starts

NUMBERS = (1, 10, 100, 1000)
STARTS = 9
SLOW = {("strata", "durable", 1000), ("rounds", "naive", 1000), ("rounds", "durable", 1000)}
"""What takes minutes and is left out."""


def main(words: Sequence[str] | None = None) -> int:
    """Prints the tables; 1 when engines differ, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tiny size, each cell once: only to see that all agree")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md as well")
    chosen = parser.parse_args(words)
    progress = Progress()
    sized = compared(QUICK if chosen.quick else SIZES, progress)
    differing = [each for one in sized for each in one.differing()]
    sections = _sections(sized, quick=chosen.quick, progress=progress)
    progress.say("")
    print("\n".join(sections.values()))
    print("\n".join(differing) or "All engines concluded the same.")
    if chosen.write and (without := pages.written(sections)):
        print(f"no marks on the page for: {', '.join(without)}", file=sys.stderr)
    return 1 if differing else 0


def _sections(sized: Sequence[Comparison], *, quick: bool, progress: Progress) -> Mapping[str, str]:
    """Every table, by the name of its marks."""
    peers = installed()
    grown = _grown(NUMBERS[:1] if quick else NUMBERS, progress)
    return {
        "machine": pages.machine(),
        "engines": "\n".join(tables.comparison(each, peers) for each in sized),
        "spent": _spent([each.size for each in sized], progress),
        "growth": "\n".join([tables.by_size(sized, peers), *(tables.growth(grown, kind) for kind in KINDS)]),
        "packaged": tables.shipped(_shipped(quick, progress)),
        "start": tables.starts(starts(1 if quick else STARTS, progress)),
    }


def _spent(sizes: Sequence[Size], progress: Progress) -> str:
    """What the relational engine spends its time on."""
    if "relational" not in installed():
        return "The relational engine is not installed.\n"
    progress.say("what the time is spent on")
    profile = "benchmarks.run.profile"
    return tables.spent(sizes, [in_a_process_of_its_own(profile, s.states, s.treaties, "--json") for s in sizes])


def _shipped(quick: bool, progress: Progress) -> list[engines.Cell]:
    """The packaged rules in every engine that is installed."""
    found, names = [], ["naive"] if quick else [name for name in OURS if name in installed()]
    for times, name in ((times, name) for times in engines.TIMES[: 1 if quick else None] for name in names):
        progress.say(f"the packaged facts {times} times, {name}")
        found.append(engines.in_a_process_of_its_own(name, times))
    return found


def _grown(numbers: Sequence[int], progress: Progress) -> list[Grown]:
    """Every kind of growth for every engine that is installed."""
    found, here = [], installed()
    for kind, engine, number in ((k, e, n) for k in KINDS for e in OURS if e in here for n in numbers):
        if (kind, engine, number) not in SLOW:
            progress.say(f"{number} {kind}, {engine}")
            found.append(Grown(**in_a_process_of_its_own("benchmarks.run.growth", kind, engine, number)))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
