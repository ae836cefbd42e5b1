"""Measures everything and prints the tables: `python -m benchmarks.run [--quick] [--write] [--only TABLE …]`.

With `--treaties 50 600` the engines are compared at these sizes only.

Each cell runs in a process of its own, on one core; its seconds are those of the processor, the median of its runs.
Exit status 1 when two engines did not conclude the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks import engines
from benchmarks.peers.peer import OURS
from benchmarks.run import pages, tables
from benchmarks.run.comparison import QUICK, SIZES, Comparison, compared, installed
from benchmarks.run.growth import KINDS, Grown
from benchmarks.run.processes import in_a_process_of_its_own
from benchmarks.run.startup import starts
from treaty_engine.progress import counted
from treaty_engine.terminal import bars

NUMBERS = (1, 10, 100, 1000)
STARTS = 9
SLOW = {("strata", "durable", 1000), ("rounds", "naive", 1000), ("rounds", "durable", 1000)}
"""What takes minutes and is left out."""


Sections = Iterator[tuple[str, str]]
"""What is put between the marks of each name, as soon as it is measured."""


@dataclass
class Run:
    """What is measured, tiny when `quick`, and where engines differed so far."""

    quick: bool
    treaties: Sequence[int] = ()
    differing: list[str] = field(default_factory=list)


def main(words: Sequence[str] | None = None) -> int:
    """Prints each table as soon as it is measured; 1 when engines differ, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tiny size, each cell once: only to see that all agree")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md as well")
    parser.add_argument("--only", nargs="+", choices=TABLES, default=TABLES, metavar="TABLE", help=", ".join(TABLES))
    parser.add_argument("--treaties", nargs="+", type=int, default=(), help="compare only at sizes with so many")
    chosen = parser.parse_args(words)
    run = Run(chosen.quick, chosen.treaties)
    print(pages.machine())
    with bars():
        for mark, section in (each for name in chosen.only for each in TABLES[name](run)):
            print(section, flush=True)
            if chosen.write and (without := pages.written({"machine": pages.machine(), mark: section})):
                print(f"no marks on the page for: {', '.join(without)}", file=sys.stderr)
    return 1 if run.differing else 0


def _engines(run: Run) -> Sections:
    """Every peer at every size, and what becomes of the cost of a row."""
    sizes = [size for size in SIZES if not run.treaties or size.treaties in run.treaties]
    sized, peers = list[Comparison](), installed()
    for size in QUICK if run.quick else sizes:
        sized.append(compared(size))
        run.differing += (differing := sized[-1].differing())
        agreed = "\n".join(f"* {each}" for each in differing) or "All concluded the same, relation by relation."
        yield f"engines-{size.treaties}", f"{tables.comparison(sized[-1], peers)}\n{agreed}\n"
    if run.quick or sizes == list(SIZES):
        yield "sizes", tables.by_size(sized, peers)


def _packaged(run: Run) -> Sections:
    """The packaged rules in every engine that is installed."""
    names = ["naive"] if run.quick else [name for name in OURS if name in installed()]
    sized = ((times, name) for times in engines.TIMES[: 1 if run.quick else None] for name in names)
    cells = [(times, name) for times, name in sized if times == 1 or name in engines.LOOPS]
    found = [
        engines.Cell(**in_a_process_of_its_own("benchmarks.engines", name, times))
        for times, name in counted(cells, "The packaged facts")
    ]
    yield "packaged", tables.shipped(found)


def _start(run: Run) -> Sections:
    """A question from the shell."""
    yield "start", tables.starts(starts(1 if run.quick else STARTS))


def _spent(run: Run) -> Sections:
    """What the relational engine spends its time on."""
    if "relational" not in installed():
        return
    sizes, profile = QUICK if run.quick else SIZES, "benchmarks.run.profile"
    every = counted(sizes, "Profiling tables")
    parts = [in_a_process_of_its_own(profile, size.states, size.treaties, "--json") for size in every]
    yield "spent", tables.spent(sizes, parts)


def _growth(run: Run) -> Sections:
    """Every kind of growth for every engine that is installed."""
    here, numbers = installed(), NUMBERS[:1] if run.quick else NUMBERS
    cells = [(kind, name, n) for kind in KINDS for name in OURS if name in here for n in numbers]
    every = counted([each for each in cells if each not in SLOW], "Growing programs")
    found = [Grown(**in_a_process_of_its_own("benchmarks.run.growth", *each)) for each in every]
    yield "growth", "\n".join(tables.growth(found, kind) for kind in KINDS)


TABLES = {"engines": _engines, "packaged": _packaged, "start": _start, "spent": _spent, "growth": _growth}
"""Each table by the name of its marks on the page."""


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:  # whatever was being measured has ended, too
        sys.stderr.write("\ninterrupted\n")
        raise SystemExit(130) from None
