"""Measures everything and prints the tables: `python -m benchmarks.run [--quick] [--write] [--only TABLE …]`.

With `--treaties 50 600` the engines are compared at these sizes only.

Each cell runs in a process of its own, on one core; its seconds are those of the processor, the median of its runs.
Exit status 1 when two engines did not conclude the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from benchmarks.run import aims, pages
from benchmarks.run.sections import TABLES, Run
from treaty_engine.terminal import bars


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
        for mark, section in _sections(run, chosen.only):
            print(section, flush=True)
            if chosen.write and (without := pages.written({"machine": pages.machine(), mark: section})):
                print(f"no marks on the page for: {', '.join(without)}", file=sys.stderr)
    return 1 if run.differing else 0


def _sections(run: Run, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every section by its marks, and at last what came of the aims."""
    for name in names:
        yield from TABLES[name](run)
    if run.aims:
        yield "aims", aims.shown(run.aims, pages.section("aims"))


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:  # whatever was being measured has ended, too
        sys.stderr.write("\ninterrupted\n")
        raise SystemExit(130) from None
