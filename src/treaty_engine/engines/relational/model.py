"""A model whose facts stay in the tables of an engine until somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from treaty_engine.engines.naive import holds, solve
from treaty_engine.engines.relational.tables import Evaluation, typed
from treaty_engine.language.rules import Rule, variables
from treaty_engine.language.terms import Atom, Fact
from treaty_engine.model import Pattern, Values

if TYPE_CHECKING:
    import numpy

_FEW, _REMEMBERED = 500, 500_000
"""Answers of so many rows at most are remembered, and so many rows in all."""

Found = list[tuple[Values, int]]
"""The values of facts, each with its rank."""


class TableModel:
    """What explanation and questions ask of an evaluation, each asked of the tables."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._looked_up: dict[tuple[str, Pattern], Found] = {}
        self._seen: dict[str, dict[Pattern, int]] = {}
        self._near: dict[str, bool] = {}
        self._remembered = 0

    def match(self, predicate: str, pattern: Pattern) -> Iterable[Values]:
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
            rows = self.evaluation.database.rows(f"SELECT * FROM {self.evaluation.table(predicate)}")
            yield from (Fact(predicate, values) for values, _ in self._decoded(predicate, level, rows))

    def columns(self, predicate: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """All facts of a predicate as columns of whole numbers, without making a Python object of any."""
        names = ", ".join(name for name, _ in typed(self.evaluation.predicate(predicate)))
        return self.evaluation.database.columns(f"SELECT {names} FROM {self.evaluation.table(predicate)}")

    def __len__(self) -> int:
        tables = map(self.evaluation.table, self.evaluation.ranks)
        return sum(self.evaluation.database.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables)

    def _agreeing(self, predicate: str, pattern: Pattern) -> Found:
        """The facts that agree with a pattern, remembered where they are few."""
        level = self.evaluation.ranks.get(predicate, 0)
        if predicate not in self.evaluation.ranks:
            return []
        if (rank := self._seen.get(predicate, {}).get(pattern)) is not None:
            return [(cast(Values, pattern), rank)]
        asked = predicate, pattern
        if asked in self._looked_up:
            return self._looked_up[asked]
        if level is not None and None not in pattern and self._solved(predicate):
            values = cast(Values, pattern)
            found = [(values, level)] if self._follows(predicate, values) else []
        else:
            found = self._found(predicate, pattern, level)
        if len(found) <= _FEW and self._remembered < _REMEMBERED:
            self._remembered += 1 + len(found)
            self._looked_up[asked] = found
            self._seen.setdefault(predicate, {}).update(found)
        return found

    def _solved(self, predicate: str) -> bool:
        """Whether a fact of it is found out by what it would rest on: where no table has it, and that is little."""
        if predicate not in self._near:
            rules = self.evaluation.queries.get(predicate, ())
            self._near[predicate] = bool(rules) and all(map(leads, rules))
        return self._near[predicate]

    def _follows(self, predicate: str, values: Values) -> bool:
        """Whether some rule concludes a fact."""
        return any(
            not any(holds(defeat.body, self, each) for defeat in rule.exceptions)
            for rule in self.evaluation.queries[predicate]
            for bound in rule.head.matched(values, {})
            for each in solve(rule.body, self, bound)
        )

    def _found(self, predicate: str, pattern: Pattern, level: int | None) -> Found:
        codes, holes = self.evaluation.codes, self.evaluation.predicate(predicate).holes
        wanted = [
            (f"c{place}", codes.known(holes[place].type, value))
            for place, value in enumerate(pattern)
            if value is not None
        ]
        chosen = [(column, code) for column, code in wanted if code is not None]
        if len(chosen) < len(wanted):
            return []
        return self._decoded(predicate, level, sorted(self.rows(self.evaluation.table(predicate), chosen)))

    def _decoded(self, predicate: str, level: int | None, rows: Iterable[tuple[int, ...]]) -> Found:
        """The values of rows, and their ranks: the last column, unless all have the same."""
        types = [hole.type for hole in self.evaluation.predicate(predicate).holes]
        values, width = self.evaluation.codes.values, len(types)
        return [(values(types, row[:width]), row[-1] if level is None else level) for row in rows]

    def rows(self, table: str, wanted: Sequence[tuple[str, int]] = ()) -> list[tuple[int, ...]]:
        """The rows of a table that have these values in these columns."""
        where = " AND ".join(f"{column} = {code}" for column, code in wanted)
        return self.evaluation.database.rows(f"SELECT * FROM {table}{where and f' WHERE {where}'}")


def leads(rule: Rule) -> bool:
    """Whether the values of a conclusion lead from one atom of its rule to the next, so that few rows agree."""
    known = set(rule.head.variables())
    for literal in rule.body:
        names = set(variables(literal))
        if isinstance(literal, Atom) and literal.predicate.holes and not names & known and len(names) > 1:
            return False
        known |= names
    return True
