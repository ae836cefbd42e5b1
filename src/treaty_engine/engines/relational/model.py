"""A model whose facts stay in the tables of an engine until somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from treaty_engine.engines.naive import holds, solve
from treaty_engine.engines.relational.tables import Evaluation, typed
from treaty_engine.language.rules import Rule, variables
from treaty_engine.language.terms import Atom, Fact, Value
from treaty_engine.model import Pattern, Values

if TYPE_CHECKING:
    import numpy

_FEW, _REMEMBERED = 500, 500_000
"""Answers of so many rows at most are remembered, and so many rows in all."""

Found = list[tuple[Values, int]]
"""The values of facts, each with its rank."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One predicate as it is looked up, and what was found of it so far.

    `rules` are those that find out whether a fact of it holds, where no table has the facts and asking them costs less.
    """

    table: str
    level: int | None
    rules: Sequence[Rule]
    numbers: Sequence[Callable[[Value], int | None]]
    meanings: Sequence[Callable[[int], Value]]
    answers: dict[Pattern, tuple[Values, ...]] = field(default_factory=dict)
    ranks: dict[Pattern, int] = field(default_factory=dict)

    def found(self, rows: Iterable[tuple[int, ...]]) -> Found:
        """The values of rows, and their ranks: the last column, unless all have the same."""
        meanings, level = self.meanings, self.level
        values = [(tuple([means(code) for means, code in zip(meanings, row, strict=False)]), row[-1]) for row in rows]
        return values if level is None else [(each, level) for each, _ in values]


class TableModel:
    """What explanation and questions ask of an evaluation, each asked of the tables."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._relations: dict[str, Relation] = {}
        self._remembered = 0

    def match(self, predicate: str, pattern: Pattern) -> Iterable[Values]:
        """The values of every fact of the predicate that agree with the pattern, in the order of the values."""
        relation = self._relations.get(predicate) or self._relation(predicate)
        if relation is None:
            return ()
        answer = relation.answers.get(pattern)
        if answer is not None:
            return answer
        if pattern in relation.ranks:
            return (cast(Values, pattern),)
        return tuple([values for values, _ in self._found(relation, pattern)])

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        predicate, values = fact
        relation = self._relations.get(predicate) or self._relation(predicate)
        if relation is None:
            return None
        rank = relation.ranks.get(values)
        if rank is not None or values in relation.answers:
            return rank
        found = self._found(relation, values)
        return found[0][1] if found else None

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        return self.evaluation.ranks.get(predicate)

    def facts(self) -> Iterator[Fact]:
        """Every fact, predicate by predicate."""
        for predicate in self.evaluation.ranks:
            relation = self._opened(predicate)
            rows = self.evaluation.database.rows(f"SELECT * FROM {relation.table}")
            yield from (Fact(predicate, values) for values, _ in relation.found(rows))

    def columns(self, predicate: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """All facts of a predicate as columns of whole numbers, without making a Python object of any."""
        names = ", ".join(name for name, _ in typed(self.evaluation.predicate(predicate)))
        return self.evaluation.database.columns(f"SELECT {names} FROM {self.evaluation.table(predicate)}")

    def __len__(self) -> int:
        tables = map(self.evaluation.table, self.evaluation.ranks)
        return sum(self.evaluation.database.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables)

    def _relation(self, predicate: str) -> Relation | None:
        """A predicate as it is looked up, None where nothing holds of it."""
        if predicate not in self.evaluation.ranks:
            return None
        return self._relations.setdefault(predicate, self._opened(predicate))

    def _opened(self, predicate: str) -> Relation:
        evaluation, codes = self.evaluation, self.evaluation.codes
        types = [hole.type for hole in evaluation.predicate(predicate).holes]
        level, rules = evaluation.ranks[predicate], evaluation.queries.get(predicate, ())
        followed = rules if level is not None and all(map(leads, rules)) else ()
        numbers, meanings = [*map(codes.number, types)], [*map(codes.meaning, types)]
        return Relation(evaluation.table(predicate), level, followed, numbers, meanings)

    def _found(self, relation: Relation, pattern: Pattern) -> Found:
        """The facts that agree with a pattern, remembered where they are few."""
        if relation.rules and None not in pattern:
            values = cast(Values, pattern)
            found = [(values, relation.level or 0)] if self._follows(relation.rules, values) else []
        else:
            found = sorted(relation.found(self._agreeing(relation, pattern)))
        if len(found) <= _FEW and self._remembered < _REMEMBERED:
            self._remembered += 1 + len(found)
            relation.answers[pattern] = tuple([values for values, _ in found])
            relation.ranks.update(found)
        return found

    def _follows(self, rules: Sequence[Rule], values: Values) -> bool:
        """Whether some rule concludes a fact."""
        return any(
            not any(holds(defeat.body, self, each) for defeat in rule.exceptions)
            for rule in rules
            for bound in rule.head.matched(values, {})
            for each in solve(rule.body, self, bound)
        )

    def _agreeing(self, relation: Relation, pattern: Pattern) -> list[tuple[int, ...]]:
        """The rows that agree with a pattern, in the order of their numbers."""
        places, codes = [], []
        for place, value in enumerate(pattern):
            if value is not None:
                code = relation.numbers[place](value)
                if code is None:
                    return []
                places.append(place)
                codes.append(code)
        return self.rows(relation.table, tuple(places), codes)

    def rows(self, table: str, places: tuple[int, ...] = (), codes: Sequence[int] = ()) -> list[tuple[int, ...]]:
        """The rows of a table that have these numbers in the columns at these places, in the order of their numbers."""
        where = " AND ".join(f"c{place} = {code}" for place, code in zip(places, codes, strict=True))
        return sorted(self.evaluation.database.rows(f"SELECT * FROM {table}{where and f' WHERE {where}'}"))


def leads(rule: Rule) -> bool:
    """Whether the values of a conclusion lead from one atom of its rule to the next, so that few rows agree."""
    known = set(rule.head.variables())
    for literal in rule.body:
        names = set(variables(literal))
        if isinstance(literal, Atom) and literal.predicate.holes and not names & known and len(names) > 1:
            return False
        known |= names
    return True
