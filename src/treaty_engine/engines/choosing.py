"""Which engine evaluates a program, and why that one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.util import find_spec

from treaty_engine.language.terms import Fact
from treaty_engine.model import Model
from treaty_engine.program.program import Program

ENGINES = ("auto", "naive", "durable", "compiled", "relational")
FEW, FOR_A_RULE, MANY = 10_000, 500, 80_000
"""Up to how many facts loops in memory take no longer than tables do: without a rule, more for each rule, and at most.

Tables cost some milliseconds a rule however few the facts, and as much again to be asked for explanations; loops cost
some microseconds a fact. Facts are counted once for each day that is asked about: see docs/performance.md.
"""

Evaluate = Callable[[Program, Iterable[Fact]], Model]


def chosen(name: str, facts: int, rules: int) -> str:
    """The engine of that name; for `auto` the quickest that is installed for so many facts and rules."""
    if name != "auto":
        return name
    many = facts > min(MANY, FEW + FOR_A_RULE * rules)
    return "relational" if many and find_spec("duckdb") and find_spec("numpy") else "compiled"


def engine(name: str) -> Evaluate:
    """The evaluation of an engine, imported when it is asked for. Raises OutsideSubset where it is not installed."""
    if name == "durable":
        from treaty_engine.engines import durable

        return durable.evaluate
    if name == "compiled":
        from treaty_engine.engines import compiled

        return compiled.evaluate
    if name == "relational":
        from treaty_engine.engines.relational import duck

        return duck.evaluate
    from treaty_engine.engines import naive

    return naive.evaluate
