"""Which engine evaluates a program, and why that one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.util import find_spec

from treaty_engine.language.terms import Fact
from treaty_engine.model import Model
from treaty_engine.program.program import Program

ENGINES = ("auto", "naive", "durable", "relational")
FEW = 3_000
"""Up to so many facts matching one by one takes no longer than tables do: see docs/performance.md."""

Evaluate = Callable[[Program, Iterable[Fact]], Model]


def chosen(name: str, facts: int) -> str:
    """The engine of that name; for `auto` the quickest that is installed for so many facts."""
    if name != "auto":
        return name
    if facts > FEW and find_spec("duckdb") and find_spec("numpy"):
        return "relational"
    return "durable" if find_spec("durable_rules_engine") else "naive"


def engine(name: str) -> Evaluate:
    """The evaluation of an engine, imported when it is asked for. Raises OutsideSubset where it is not installed."""
    if name == "durable":
        from treaty_engine.engines import durable

        return durable.evaluate
    if name == "relational":
        from treaty_engine.engines.relational import duck

        return duck.evaluate
    from treaty_engine.engines import naive

    return naive.evaluate
