"""A model whose facts stay in the tables of an engine until somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from treaty_engine.engines.relational.tables import RANK, Evaluation, typed
from treaty_engine.language.terms import Fact, Value
from treaty_engine.model import Pattern

if TYPE_CHECKING:
    import numpy

_FEW, _REMEMBERED = 500, 500_000
"""Answers of so many rows at most are remembered, and so many rows in all."""

_NEAR = 16
"""A look-up takes so many rows that it did not ask for: what is asked next is mostly among them."""

Found = list[tuple[tuple[Value, ...], int]]
"""The values of facts, each with its rank."""


class TableModel:
    """What explanation and questions ask of an evaluation, each asked of the tables."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._looked_up: dict[tuple[str, Pattern], Found] = {}
        self._seen: dict[str, dict[Pattern, int]] = {}
        self._used: dict[str, dict[tuple[int, ...], None]] = {}
        self._remembered = 0
        self._keys: dict[tuple[str, tuple[int, ...]], tuple[int, ...]] = {}

    def match(self, predicate: str, pattern: Pattern) -> Iterable[tuple[Value, ...]]:
        """The values of every fact of the predicate that agree with the pattern, in a fixed order."""
        return [values for values, _ in self._agreeing(predicate, pattern)]

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        known = self._seen.get(fact.predicate, {}).get(fact.values)
        if known is not None:
            return known
        found = self._agreeing(fact.predicate, fact.values)
        return found[0][1] if found else None

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        return self.evaluation.ranks.get(predicate)

    def facts(self) -> Iterator[Fact]:
        """Every fact, predicate by predicate."""
        for predicate, level in self.evaluation.ranks.items():
            yield from (Fact(predicate, values) for values, _ in self._rows(predicate, level, ""))

    def columns(self, predicate: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """All facts of a predicate as columns of whole numbers, without making a Python object of any."""
        names = ", ".join(name for name, _ in typed(self.evaluation.predicate(predicate)))
        return self.evaluation.database.columns(f"SELECT {names} FROM {self.evaluation.table(predicate)}")

    def __len__(self) -> int:
        tables = map(self.evaluation.table, self.evaluation.ranks)
        return sum(self.evaluation.database.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables)

    def _agreeing(self, predicate: str, pattern: Pattern) -> Found:
        """The facts that agree with a pattern: looked up by some of its values, told apart here by the others."""
        if predicate not in self.evaluation.ranks:
            return []
        if (rank := self._seen.get(predicate, {}).get(pattern)) is not None:
            return [(cast(tuple[Value, ...], pattern), rank)]
        bound = tuple(place for place, value in enumerate(pattern) if value is not None)
        key = self._known_key(predicate, pattern, bound) or self._key(predicate, bound)
        if len(key) == len(bound):
            return self._found(predicate, pattern)
        found = self._found(predicate, _only(pattern, key))
        if len(found) > 4 * _NEAR:
            self._keys[predicate, bound] = bound  # there are more of them than the table let expect
        rest = [place for place in bound if place not in key]
        return [row for row in found if all(row[0][place] == pattern[place] for place in rest)]

    def _known_key(self, predicate: str, pattern: Pattern, bound: tuple[int, ...]) -> tuple[int, ...]:
        """The places by which an answer is remembered that holds this one; none where there is none."""
        keys = (key for key in self._used.get(predicate, ()) if set(key) <= set(bound))
        return next((key for key in keys if (predicate, _only(pattern, key)) in self._looked_up), ())

    def _key(self, predicate: str, bound: tuple[int, ...]) -> tuple[int, ...]:
        """As few of these places as tell apart all but a few rows; they serve many questions about the same things."""
        if len(bound) < 2:
            return bound
        known = self._keys.get((predicate, bound))
        if known is None:
            known = self._keys[predicate, bound] = self._telling(predicate, bound)
        return known

    def _telling(self, predicate: str, bound: tuple[int, ...]) -> tuple[int, ...]:
        rows, distinct = self.spread(self.evaluation.table(predicate))
        key, left = list[int](), float(rows)
        for place in sorted(bound, key=lambda place: -distinct[place] if distinct else place):
            if distinct and left <= _NEAR:
                break
            key.append(place)
            left /= max(1, distinct[place] if distinct else 1)
        return tuple(sorted(key))

    def _found(self, predicate: str, pattern: Pattern) -> Found:
        """The facts that agree with a pattern in every place."""
        asked = predicate, pattern
        if asked in self._looked_up:
            return self._looked_up[asked]
        codes, holes = self.evaluation.codes, self.evaluation.predicate(predicate).holes
        wanted = [
            (f"c{place}", codes.known(holes[place].type, value))
            for place, value in enumerate(pattern)
            if value is not None
        ]
        if any(code is None for _, code in wanted):
            return []
        chosen = [(column, code or 0) for column, code in wanted]
        found = self._rows(predicate, self.level(predicate), self.source(self.evaluation.table(predicate), chosen))
        if len(found) <= _FEW and self._remembered < _REMEMBERED:
            self._remembered += 1 + len(found)
            self._looked_up[asked] = found
            self._seen.setdefault(predicate, {}).update(found)
            key = tuple(place for place, value in enumerate(pattern) if value is not None)
            self._used.setdefault(predicate, {})[key] = None
        return found

    def _rows(self, predicate: str, level: int | None, source: str) -> Found:
        """The rows of a source in the order of their numbers; in any order where the whole table is read."""
        types = [hole.type for hole in self.evaluation.predicate(predicate).holes]
        columns = ", ".join([*(f"c{place}" for place in range(len(types))), *[RANK] * (level is None)]) or "c0"
        found = self.evaluation.database.rows(f"SELECT {columns} FROM {source or self.evaluation.table(predicate)}")
        if source:
            found.sort()
        values, width = self.evaluation.codes.values, len(types)
        return [(values(types, row[:width]), row[-1] if level is None else level) for row in found]

    def source(self, table: str, wanted: Sequence[tuple[str, int]]) -> str:
        """Where the rows are that have these values in these columns."""
        where = " AND ".join(f"{column} = {code}" for column, code in wanted)
        return f"{table} WHERE {where}" if where else table

    def spread(self, table: str) -> tuple[int, Sequence[int]]:
        """How many rows a table has, and about how many values each column; none where that is not known."""
        return 0, ()


def _only(pattern: Pattern, key: Sequence[int]) -> Pattern:
    """A pattern that asks for some of the values only."""
    return tuple(value if place in key else None for place, value in enumerate(pattern))
