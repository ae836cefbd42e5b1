"""What proofs cost on a large model: of each relation the first on a fresh one, and many more on one, as JSON.

    python -m benchmarks.run.proofs STATES TREATIES FRESH

The first is the median of FRESH models, each asked for another fact. All times are those of the processor.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from random import Random
from statistics import median

from benchmarks.run.cell import on_one_core
from benchmarks.run.markdown import figures, table
from benchmarks.workload.said import CONCLUSIONS, facts, rulebook
from benchmarks.workload.world import world
from treaty_engine.engines.relational.duck import DuckModel, evaluate
from treaty_engine.explain.proof import Prover
from treaty_engine.language.terms import Fact
from treaty_engine.program.program import Program

PROOFS, LOOK_UPS, WARM = 60, 5_000, 200
"""So many proofs of each relation on one model; so many look-ups, after some that make an index worth while."""

NAMES = {
    "consent": "a consent",
    "required": "the n-th instrument, of some hundred consents",
    "in_force": "a treaty in force",
    "bound": "a State bound",
    "party": "a party, down to the consents that brought the treaty into force",
    "signed_only": "a signature only",
    "gap": "a missing party",
    "replaces": "a treaty that takes the place of another, along a chain of revisions",
    "superseded": "a duty that gives way, by two parties' proofs and a chain of revisions",
    "corridor": "a duty at both ends of a corridor, by two parties' proofs",
}
"""What is proved, of each relation."""


@dataclass(frozen=True)
class Proofs:
    """Milliseconds of the proofs of each relation, the first on a fresh model and the median and worst on one.

    `look_up` are the microseconds of one look-up on a table of `rows`; `held_mb` what the model then holds in Python.
    """

    states: int
    treaties: int
    concluded: int
    first: dict[str, float]
    median: dict[str, float]
    worst: dict[str, float]
    rows: int
    look_up: float
    held_mb: float


def measured(states: int, treaties: int, fresh: int) -> Proofs:
    """The proofs on a model of some size, in this process."""
    on_one_core()
    program, given = rulebook(), facts(world(states, treaties))
    gc.freeze()  # the facts, which stay, are not looked through for what can be let go
    model = evaluate(program, given)
    concluded = len(model) - len(given)
    asked = {name: _some(model, sentence, PROOFS) for name, sentence in CONCLUSIONS.items()}
    bound = _some(model, CONCLUSIONS["bound"], LOOK_UPS)
    first = {
        name: median(_proved(_fresh(program, given), program, fact) for fact in chosen[:fresh])
        for name, chosen in asked.items()
    }
    model = evaluate(program, given)
    taken = {name: [_proved(model, program, fact) for fact in chosen] for name, chosen in asked.items()}
    medians, worst = ({name: of(each) for name, each in taken.items()} for of in (median, max))
    look_up = _looked_up(model, bound)
    rows = len(model.columns(CONCLUSIONS["bound"])["c0"])
    return Proofs(states, treaties, concluded, first, medians, worst, rows, look_up, model.held / 1e6)


def _some(model: DuckModel, sentence: str, number: int) -> list[Fact]:
    """Some facts of a relation, the same ones always, without looking one up."""
    columns = list(model.columns(sentence).values())
    types = [hole.type for hole in model.evaluation.predicate(sentence).holes]
    value, places = model.evaluation.codes.value, range(len(columns[0]))
    rows = Random(1).sample(places, min(number, len(places)))
    return [Fact(sentence, tuple(value(t, int(c[row])) for t, c in zip(types, columns, strict=True))) for row in rows]


def _fresh(program: Program, given: Sequence[Fact]) -> DuckModel:
    """A model of which nothing was asked yet."""
    model = evaluate(program, given)
    gc.collect()  # letting go of the one before is not the cost of what comes now
    return model


def _proved(model: DuckModel, program: Program, fact: Fact) -> float:
    """The milliseconds of the proof of one fact."""
    start = time.process_time()
    if Prover(program, model).proof(fact) is None:
        raise LookupError(f"{fact} has no proof")
    return 1000 * (time.process_time() - start)


def _looked_up(model: DuckModel, facts: Sequence[Fact]) -> float:
    """The microseconds of one look-up by all values but the last."""
    patterns = [(fact.predicate, (*fact.values[:-1], None)) for fact in facts]
    for each in patterns[:WARM]:
        model.match(*each)
    start = time.process_time()
    for each in patterns[WARM:]:
        model.match(*each)
    return 1e6 * (time.process_time() - start) / max(1, len(patterns) - WARM)


def shown(found: Sequence[Proofs]) -> str:
    """The proofs of each relation at each size, as a table, and what look-ups cost in time and in memory."""
    sizes = [f"({each.states}, {each.treaties:,})" for each in found]
    columns = [(part, size) for size in sizes for part in ("first", "median", "worst")]
    titles = ("ms of the processor for the proof of", *(f"{part} at {size}" for part, size in columns))
    rows = [
        [said, *(figures(number[name]) for each in found for number in (each.first, each.median, each.worst))]
        for name, said in NAMES.items()
    ]
    costs = (
        f"at {size}, of {each.rows:,} rows, {each.look_up:.1f} µs, and {each.held_mb:,.0f} MB are held"
        for size, each in zip(sizes, found, strict=True)
    )
    return f"{table(titles, rows)}\nOne look-up in a table that was read takes {'; '.join(costs)} after all proofs.\n"


if __name__ == "__main__":
    print(json.dumps(asdict(measured(*map(int, sys.argv[1:])))))
