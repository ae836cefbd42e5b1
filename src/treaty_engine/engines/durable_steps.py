"""What durable-rules leaves to Python: computed values, figures, and looking into finished relations.

Values travel as *codes*, small numbers that stand for them, so that the native engine never sees a text, a
date or a large number: equal codes are equal values, which is all that a join asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from treaty_engine.language.functions import Function
from treaty_engine.language.terms import Value

Row = tuple[int, ...]
"""One fact of a relation, its values as codes."""

Term = str | int
"""The name of a variable, or the code of a constant."""

Found = dict[str, int]
"""The codes found so far, by the name of their variable."""


class Codes:
    """Values and the numbers that stand for them."""

    def __init__(self, values: Iterable[Value] = ()) -> None:
        self.values: list[Value] = []
        self._codes: dict[Value, int] = {}
        for value in values:
            self.code(value)

    def code(self, value: Value) -> int:
        """The code of a value, a new one when it was not met before."""
        code = self._codes.setdefault(value, len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code


class Relations:
    """The rows of every relation; looked into only once a relation is finished, so an index is built once."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self.rows: dict[int, dict[Row, None]] = {}
        self._indexes: dict[tuple[int, tuple[int, ...]], dict[Row, list[Row]]] = {}

    def add(self, relation: int, row: Row) -> bool:
        """Adds a row unless it is there; says whether it was new."""
        rows = self.rows.setdefault(relation, {})
        before = len(rows)
        rows[row] = None
        return len(rows) > before

    def matching(self, relation: int, places: tuple[int, ...], key: Row) -> Iterable[Row]:
        """The rows that have the codes `key` at `places`."""
        index = self._indexes.get((relation, places))
        if index is None:
            index = self._indexes[relation, places] = {}
            for row in self.rows.get(relation, ()):
                index.setdefault(tuple(row[place] for place in places), []).append(row)
        return index.get(key, ())


class Step:
    """One thing asked of what was found: it yields what was found with what it adds, or nothing."""

    def __call__(self, found: Found, relations: Relations) -> Iterator[Found]:
        raise NotImplementedError


Steps = Sequence[Step]


def solutions(steps: Steps, found: Found, relations: Relations) -> list[Found]:
    """Everything that passes all steps."""
    passing = [found]
    for step in steps:
        passing = [after for before in passing for after in step(before, relations)]
        if not passing:
            break
    return passing


@dataclass(frozen=True, slots=True)
class Look(Step):
    """Finds the rows of a finished relation: `known` places have codes, `new` ones give them, `same` ones agree."""

    relation: int
    places: tuple[int, ...]
    known: tuple[Term, ...]
    new: tuple[tuple[str, int], ...]
    same: tuple[tuple[int, int], ...]

    def __call__(self, found: Found, relations: Relations) -> Iterator[Found]:
        key = tuple([found[term] if isinstance(term, str) else term for term in self.known])
        for row in relations.matching(self.relation, self.places, key):
            if all(row[one] == row[other] for one, other in self.same):
                yield found | {name: row[place] for name, place in self.new}


@dataclass(frozen=True, slots=True)
class Compute(Step):
    """A built-in sentence: a test, or a value computed that must agree with the one there may be already."""

    function: Function
    terms: tuple[Term, ...]

    def __call__(self, found: Found, relations: Relations) -> Iterator[Found]:
        values, first = relations.codes.values, self.terms[0]
        rest = [values[found[term] if isinstance(term, str) else term] for term in self.terms[1:]]
        if isinstance(first, str) and first not in found:
            for result in self.function.results(rest):
                yield found | {first: relations.codes.code(result)}
        elif self.function.holds((values[found[first] if isinstance(first, str) else first], *rest)):
            yield found


@dataclass(frozen=True, slots=True)
class Same(Step):
    """Two places that must hold one value."""

    one: str
    other: str

    def __call__(self, found: Found, relations: Relations) -> Iterator[Found]:
        if found[self.one] == found[self.other]:
            yield found


@dataclass(frozen=True, slots=True)
class Holds(Step):
    """Whether something passes the steps, or that nothing does."""

    steps: tuple[Step, ...]
    wanted: bool

    def __call__(self, found: Found, relations: Relations) -> Iterator[Found]:
        if bool(solutions(self.steps, found, relations)) == self.wanted:
            yield found


@dataclass(frozen=True, slots=True)
class Universal(Step):
    """Something satisfies `of`, and whatever does also satisfies `also`."""

    of: tuple[Step, ...]
    also: tuple[Step, ...]

    def __call__(self, found: Found, relations: Relations) -> Iterator[Found]:
        cases = solutions(self.of, found, relations)
        if cases and all(solutions(self.also, case, relations) for case in cases):
            yield found


@dataclass(frozen=True, slots=True)
class Figure(Step):
    """An aggregate over the cases that pass `of`, each group `per` counted once."""

    kind: str
    of: tuple[Step, ...]
    per: tuple[str, ...]
    value: str
    number: Term
    result: Term

    def __call__(self, found: Found, relations: Relations) -> Iterator[Found]:
        amount = self._amount(found, relations)
        if amount is None:
            return
        code = relations.codes.code(amount)
        known = found.get(self.result) if isinstance(self.result, str) else self.result
        if known is None and isinstance(self.result, str):
            yield found | {self.result: code}
        elif known == code:
            yield found

    def _amount(self, found: Found, relations: Relations) -> Value | None:
        groups: dict[Row, set[Any]] = {}
        values = relations.codes.values
        for case in solutions(self.of, found, relations):
            figure = values[case[self.value]] if self.value else 0
            groups.setdefault(tuple([case[name] for name in self.per]), set()).add(figure)
        figures = groups.values()
        amount: Value | None = None
        if self.kind == "count":
            amount = len(groups)
        elif self.kind == "sum":
            amount = sum(map(sum, figures))
        elif self.kind == "latest":
            amount = max(map(max, figures), default=None)
        elif self.kind == "earliest":
            amount = min(map(min, figures), default=None)
        else:
            number = values[found[self.number] if isinstance(self.number, str) else self.number]
            if isinstance(number, int) and 0 < number <= len(figures):
                amount = sorted(map(min, figures))[number - 1]
        return amount
