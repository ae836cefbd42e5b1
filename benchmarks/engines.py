"""What each engine costs on the shipped facts, and on many copies of them with other States.

`python benchmarks/engines.py` prints the table; each cell runs in a process of its own, so that its peak memory is
its own, and takes the median of a few runs in it. `--cell ENGINE TIMES` measures one cell and prints it as JSON.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sized
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from treaty_engine.language.terms import Fact, Value
from treaty_engine.program.program import Program
from treaty_engine.progress import counted
from treaty_engine.terminal import bars
from treaty_engine.treaties.corpus import Question
from treaty_engine.treaties.loading import load

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 1, 1)
ENGINES = {"compiled": "compiled", "naive": "naive", "durable": "durable", "relational": "relational.duck"}
"""The engines, each with its module."""

TIMES = (1, 5)
LOOPS = ("compiled", "relational")
"""The engines that are measured on copies; for the others one world of that size is enough."""
COPIED = "State"
"""The type whose members are copied: each copy of the chapter has States of its own, and shares all else."""

Evaluate = Callable[[Program, Iterable[Fact]], Sized]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one engine takes for one size.

    Milliseconds are the processor's, the median of the runs; memory is the peak above the loaded facts.
    """

    engine: str
    times: int
    given: int
    concluded: int
    first_ms: float
    median_ms: float
    peak_mb: float


def copies(program: Program, facts: Iterable[Fact], times: int) -> list[Fact]:
    """The facts, and as many more copies as asked for in which every State is another."""
    predicates = program.vocabulary.predicates
    made = dict.fromkeys(facts)
    for fact in list(made):
        holes = predicates[fact.predicate].holes
        for copy in range(1, times):
            renamed = (
                f"{value}-{copy}" if hole.type == COPIED else value
                for hole, value in zip(holes, fact.values, strict=True)
            )
            made.setdefault(Fact(fact.predicate, tuple[Value, ...](renamed)))
    return list(made)


def measured(engine: str, times: int) -> Cell:
    """One cell, measured in this process: five runs, fewer once ten seconds are over."""
    evaluate: Evaluate = importlib.import_module(f"treaty_engine.engines.{ENGINES[engine]}").evaluate
    corpus = load([ROOT / "rules"], [ROOT / "facts"])
    world = copies(corpus.program, corpus.world(Question(AS_OF)).facts, times)
    before = _peak_mb()
    durations, begun = list[float](), time.perf_counter()
    while len(durations) < 5 and (not durations or time.perf_counter() - begun < 10):
        gc.collect()  # what the run before left is not this one's cost
        start = time.process_time()
        model = evaluate(corpus.program, world)
        durations.append(1000 * (time.process_time() - start))
    concluded = len(model) - len(world)
    return Cell(engine, times, len(world), concluded, durations[0], statistics.median(durations), _peak_mb() - before)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_process_of_its_own(engine: str, times: int) -> Cell:
    """One cell, measured elsewhere. Raises CalledProcessError when it fails."""
    command = [sys.executable, __file__, "--cell", engine, str(times)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Cell(**json.loads(done.stdout))


def main() -> None:
    """Prints the table, or one cell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cell", nargs=2, metavar=("ENGINE", "TIMES"), help="measure one cell only, as JSON")
    parser.add_argument("--times", type=int, nargs="+", default=TIMES, help="how many copies of the chapter")
    chosen = parser.parse_args()
    if chosen.cell:
        print(json.dumps(asdict(measured(chosen.cell[0], int(chosen.cell[1])))))
        return
    titles = ("chapter x", "given", "concluded", "engine", "first ms", "median ms", "us a fact", "to naive", "peak MB")
    print(" ".join(f"{title:>10}" for title in titles))
    for times in chosen.times:
        names = [engine for engine in ENGINES if times == 1 or engine in LOOPS]
        with bars():
            cells = [in_a_process_of_its_own(engine, times) for engine in counted(names, f"{times} copies")]
        for cell in cells:
            print(" ".join(f"{text:>10}" for text in row(cell, cells[0])), flush=True)


def row(cell: Cell, specification: Cell) -> list[str]:
    """A cell as the texts of a line of the table."""
    per_fact = 1000 * cell.median_ms / (cell.given + cell.concluded)
    ratio = cell.median_ms / specification.median_ms
    sizes = [str(cell.times), str(cell.given), str(cell.concluded), cell.engine]
    costs = [f"{cell.first_ms:.0f}", f"{cell.median_ms:.0f}", f"{per_fact:.1f}", f"{ratio:.2f}x"]
    return [*sizes, *costs, f"{cell.peak_mb:.0f}"]


if __name__ == "__main__":
    main()
