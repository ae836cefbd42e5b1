"""The engines of this project, on the same rules in its language and on the same world as facts."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.peer import Peer
from benchmarks.peers.results import Columns, Results
from benchmarks.workload.said import CONCLUSIONS, facts, numbers, rulebook
from benchmarks.workload.world import World
from treaty_engine.language.terms import Fact, Value
from treaty_engine.model import Model

Found = dict[str, list[tuple[Value, ...]]]


def in_memory(engine: str) -> Peer:
    """An engine whose facts are Python objects."""
    evaluate = import_module(f"treaty_engine.engines.{engine}").evaluate
    program = rulebook()
    known = dict[Value, int]()

    def given(world: World) -> list[Fact]:
        known.update(numbers(world))
        return facts(world)

    def read(model: Model) -> Found:
        return {name: list(model.match(said, (None,) * said.count("<"))) for name, said in CONCLUSIONS.items()}

    def number(value: Value) -> int:
        return value.toordinal() if isinstance(value, date) else known[value]

    def numbered(found: Found) -> Results:
        return {name: [tuple(map(number, row)) for row in rows] for name, rows in found.items()}

    return Peer(list, lambda world: evaluate(program, world), read, given, numbered)


def relational() -> Peer:
    """The engine whose facts are rows of DuckDB: it loads as it evaluates, and gives columns and ranks."""
    import_module("duckdb")  # the engine imports it when it is first used; the others have theirs by then
    from treaty_engine.engines.relational.algebra import RANK
    from treaty_engine.engines.relational.duck import DuckModel, evaluate

    program = rulebook()
    known = dict[Value, int]()

    def given(world: World) -> list[Fact]:
        known.update(numbers(world))
        return facts(world)

    def read(model: DuckModel) -> tuple[DuckModel, dict[str, Columns], dict[str, Any]]:
        found = {name: tuple(model.columns(said).values()) for name, said in CONCLUSIONS.items()}
        return model, found, {name: ranks(model, said) for name, said in CONCLUSIONS.items()}

    def ranks(model: DuckModel, said: str) -> int | NDArray[np.int64]:
        if (level := model.evaluation.ranks[said]) is not None:
            return level
        query = f"SELECT {RANK} FROM {model.evaluation.table(said)}"
        return np.asarray(model.database.connection.execute(query).fetchnumpy()[RANK])

    def numbered(read: tuple[DuckModel, dict[str, Columns], object]) -> Results:
        model, found, _ = read
        holes = {name: model.evaluation.predicate(said).holes for name, said in CONCLUSIONS.items()}
        return {
            name: tuple(_numbered(model, hole.type, each) for hole, each in zip(holes[name], columns, strict=True))
            for name, columns in found.items()
        }

    def _numbered(model: DuckModel, type_name: str, column: NDArray[Any]) -> NDArray[Any]:
        if type_name == "Date" or not len(column):
            return column
        codes = range(1 + int(column.max()))
        meant = np.array([known.get(model.evaluation.codes.value(type_name, code), -1) for code in codes])
        return np.asarray(meant[column])

    return Peer(list, lambda world: evaluate(program, world), read, given, numbered)
