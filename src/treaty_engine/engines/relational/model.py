"""A model whose facts stay in the tables of an engine until somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from treaty_engine.engines.relational.tables import RANK, Evaluation, typed
from treaty_engine.language.terms import Fact, Value
from treaty_engine.model import Pattern

if TYPE_CHECKING:
    import numpy

_FEW, _REMEMBERED = 50, 100_000
"""Answers of so many rows at most are remembered, and so many answers."""


class TableModel:
    """What explanation and questions ask of an evaluation, each asked of the tables."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._looked_up: dict[str, list[tuple[tuple[Value, ...], int]]] = {}

    def match(self, predicate: str, pattern: Pattern) -> Iterable[tuple[Value, ...]]:
        """The values of every fact of the predicate that agree with the pattern, in a fixed order."""
        rows = self._rows(predicate, pattern, ordered=True)
        return [values for values, _ in rows]

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        shared = self.evaluation.ranks.get(fact.predicate)
        rows = self._rows(fact.predicate, fact.values, "" if shared is not None else f", {RANK}")
        return None if not rows else shared if shared is not None else rows[0][1]

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        return self.evaluation.ranks.get(predicate)

    def facts(self) -> Iterator[Fact]:
        """Every fact, predicate by predicate."""
        for predicate in self.evaluation.ranks:
            yield from (Fact(predicate, values) for values, _ in self._rows(predicate, ()))

    def columns(self, predicate: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """All facts of a predicate as columns of whole numbers, without making a Python object of any."""
        names = ", ".join(name for name, _ in typed(self.evaluation.predicate(predicate)))
        return self.evaluation.database.columns(f"SELECT {names} FROM {self.evaluation.table(predicate)}")

    def __len__(self) -> int:
        tables = map(self.evaluation.table, self.evaluation.ranks)
        return sum(self.evaluation.database.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables)

    def _rows(
        self, predicate: str, pattern: Pattern, more: str = "", *, ordered: bool = False
    ) -> list[tuple[tuple[Value, ...], int]]:
        if predicate not in self.evaluation.ranks:
            return []
        codes = self.evaluation.codes
        types = [hole.type for hole in self.evaluation.predicate(predicate).holes]
        wanted = [
            (f"c{place}", codes.known(types[place], value)) for place, value in enumerate(pattern) if value is not None
        ]
        if any(code is None for _, code in wanted):
            return []
        columns = ", ".join(f"c{place}" for place in range(len(types))) or "c0"
        source = self.source(self.evaluation.table(predicate), [(column, code or 0) for column, code in wanted])
        query = f"SELECT {columns}{more} FROM {source}" + (f" ORDER BY {columns}" if ordered else "")
        if query in self._looked_up:
            return self._looked_up[query]
        found = self.evaluation.database.rows(query)
        told = [(codes.values(types, row[: len(types)]), row[-1]) for row in found]
        if len(told) <= _FEW and len(self._looked_up) < _REMEMBERED:
            self._looked_up[query] = told
        return told

    def source(self, table: str, wanted: Sequence[tuple[str, int]]) -> str:
        """Where the rows are that have these values in these columns."""
        where = " AND ".join(f"{column} = {code}" for column, code in wanted)
        return f"{table} WHERE {where}" if where else table
