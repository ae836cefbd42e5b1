"""What each engine costs on the shipped facts, and on many copies of them with other States.

    python -m benchmarks.engines ENGINE TIMES

Prints one cell as JSON: the median of a few runs, in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import gc
import importlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sized
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from treaty_engine.language.terms import Fact, Value
from treaty_engine.program.program import Program
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


if __name__ == "__main__":
    print(json.dumps(asdict(measured(sys.argv[1], int(sys.argv[2])))))
