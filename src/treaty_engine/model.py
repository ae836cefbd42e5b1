"""A model: every fact that holds, by predicate, each with the rank that makes its proofs finite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, cast

from treaty_engine.language.terms import Fact, Value

Pattern = tuple[Value | None, ...]
"""The values asked for, None where any value will do."""


class Model(Protocol):
    """What explanation and questions need to know of an evaluated program, whatever the engine."""

    def match(self, predicate: str, pattern: Pattern) -> Iterable[tuple[Value, ...]]:
        """The values of every fact of the predicate that agree with the pattern, in a fixed order."""

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold.

        It is 0 when the fact is given, otherwise more than the ranks of all premises of some derivation.
        """

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""

    def facts(self) -> Iterator[Fact]:
        """Every fact."""


class Facts:
    """A model in memory, indexed as it is asked."""

    def __init__(self, given: Iterable[Fact] = ()) -> None:
        self._ranks: dict[str, dict[tuple[Value, ...], int]] = {}
        self._indexes: dict[tuple[str, tuple[int, ...]], dict[tuple[Value, ...], list[tuple[Value, ...]]]] = {}
        for fact in given:
            self.add(fact, 0)

    def add(self, fact: Fact, rank: int) -> bool:
        """Adds a fact unless it holds already; says whether it was new."""
        relation = self._ranks.setdefault(fact.predicate, {})
        if fact.values in relation:
            return False
        relation[fact.values] = rank
        for (predicate, places), index in self._indexes.items():
            if predicate == fact.predicate:
                index.setdefault(tuple(fact.values[place] for place in places), []).append(fact.values)
        return True

    def match(self, predicate: str, pattern: Pattern) -> Iterable[tuple[Value, ...]]:
        """The values of every fact of the predicate that agree with the pattern, in the order they came."""
        relation = self._ranks.get(predicate, {})
        places = tuple(place for place, value in enumerate(pattern) if value is not None)
        if not places:
            return list(relation)
        if len(places) == len(pattern):
            whole = cast(tuple[Value, ...], pattern)
            return (whole,) if whole in relation else ()
        index = self._indexes.get((predicate, places))
        if index is None:
            index = self._indexes[predicate, places] = {}
            for values in relation:
                index.setdefault(tuple(values[place] for place in places), []).append(values)
        return tuple(index.get(tuple(cast(Value, pattern[place]) for place in places), ()))

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        return self._ranks.get(fact.predicate, {}).get(fact.values)

    def level(self, predicate: str) -> int | None:
        """None: each fact has a rank of its own."""
        return None

    def facts(self) -> Iterator[Fact]:
        """Every fact, predicate by predicate."""
        return (Fact(predicate, values) for predicate, relation in self._ranks.items() for values in relation)

    def __contains__(self, fact: Fact) -> bool:
        return self.rank(fact) is not None

    def __len__(self) -> int:
        return sum(map(len, self._ranks.values()))
