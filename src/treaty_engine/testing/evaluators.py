"""The engines that are compared with the specification, each opened once for many small worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from treaty_engine.language.terms import Fact
from treaty_engine.model import Model
from treaty_engine.program.program import Program

if TYPE_CHECKING:
    from treaty_engine.engines.relational.duck import DuckModel

Evaluate = Callable[[Program, Iterable[Fact]], Model]


def installed() -> list[str]:
    """The engines that can be compared here, without Spark, which takes a second for each small world."""
    needs = (("durable", "durable_rules_engine"), ("compiled", "treaty_engine"), ("relational", "duckdb"))
    return [name for name, package in needs if find_spec(package)]


def evaluator(name: str) -> Evaluate:
    """The evaluation of an engine by its name. Raises OutsideSubset where it is not installed."""
    return _OPENED[name]()


def durable() -> Evaluate:
    """durable-rules, a set of rules of its own for each world."""
    from treaty_engine.engines import durable as engine

    return engine.evaluate


def compiled() -> Evaluate:
    """Rules written out as Python."""
    from treaty_engine.engines import compiled as engine

    return engine.evaluate


def relational() -> Callable[[Program, Iterable[Fact]], DuckModel]:
    """DuckDB opened once, each world in a schema of its own: opening it takes longer than a small world."""
    from treaty_engine.engines.relational import duck, tables

    database = duck.DuckDatabase()

    def evaluate(program: Program, facts: Iterable[Fact]) -> DuckModel:
        for statement in ("DROP SCHEMA IF EXISTS world CASCADE", "CREATE SCHEMA world", "SET schema = 'world'"):
            database.connection.execute(statement)
        return duck.DuckModel(tables.evaluate(program, facts, database), database)

    return evaluate


def spark() -> Evaluate:
    """Spark on this machine with two workers, one session for all."""
    from treaty_engine.engines.relational import spark as engine

    session = engine.local("local[2]")
    return lambda program, facts: engine.evaluate(program, facts, session=session)


_OPENED: Mapping[str, Callable[[], Evaluate]] = {
    "durable": durable, "compiled": compiled, "relational": relational, "spark": spark,
}  # fmt: skip

NAMES = tuple(_OPENED)
