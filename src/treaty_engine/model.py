"""A model: every fact that holds, by predicate, each with the rank that makes its proofs finite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any, Protocol, cast

from treaty_engine.language.terms import Fact, Value

Pattern = tuple[Value | None, ...]
"""The values asked for, None where any value will do."""


class Model(Protocol):
    """What explanation and questions need to know of an evaluated program, whatever the engine."""

    def match(self, predicate: str, pattern: Pattern) -> Iterable[tuple[Value, ...]]:
        """The values of every fact of the predicate that agree with the pattern, in the order of the values.

        So what is explained first depends on no engine, and not on the order in which facts are written.
        """

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold.

        It is 0 when the fact is given, otherwise more than the ranks of all premises of some derivation.
        """

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""

    def facts(self) -> Iterator[Fact]:
        """Every fact."""


Values = tuple[Value, ...]
Relation = dict[Values, int]
"""The facts of one predicate, each with its rank, in the order they came."""

Index = dict[Any, list[Values]]
"""The facts of one predicate by the values in some of its holes: a tuple of them, or the one value where it is one."""


class Facts:
    """A model in memory, indexed as it is asked."""

    def __init__(self, given: Iterable[Fact] = ()) -> None:
        self._ranks: dict[str, Relation] = {}
        self._levels: dict[str, int | None] = {}
        self._indexes: dict[str, dict[tuple[int, ...], Index]] = {}
        for predicate, values in given:
            self._ranks.setdefault(predicate, {})[values] = 0
        self._levels.update(dict.fromkeys(self._ranks, 0))

    def add(self, fact: Fact, rank: int) -> bool:
        """Adds a fact unless it holds already; says whether it was new."""
        return bool(self.extend(fact.predicate, (fact.values,), rank))

    def extend(self, predicate: str, found: Iterable[Values], rank: int) -> list[Values]:
        """Adds facts of one predicate, each once, unless they hold already; gives the new ones."""
        relation = self._ranks.setdefault(predicate, {})
        new = [values for values in found if values not in relation]
        relation.update(dict.fromkeys(new, rank))
        if new and self._levels.setdefault(predicate, rank) != rank:
            self._levels[predicate] = None
        for places, index in self._indexes.get(predicate, {}).items():
            key = _key(places)
            for values in new:
                index.setdefault(key(values), []).append(values)
        return new

    def relation(self, predicate: str) -> Relation:
        """The facts of a predicate, to be read: it grows with the model."""
        return self._ranks.setdefault(predicate, {})

    def index(self, predicate: str, places: tuple[int, ...]) -> Index:
        """The facts of a predicate by the values in some of its holes."""
        indexes = self._indexes.setdefault(predicate, {})
        if places not in indexes:
            index, key = indexes.setdefault(places, {}), _key(places)
            for values in self._ranks.get(predicate, ()):
                index.setdefault(key(values), []).append(values)
        return indexes[places]

    def match(self, predicate: str, pattern: Pattern) -> Iterable[Values]:
        """The values of every fact of the predicate that agree with the pattern, in the order of the values."""
        places = tuple(place for place, value in enumerate(pattern) if value is not None)
        if not places:
            return sorted(self._ranks.get(predicate, ()))
        if len(places) == len(pattern):
            whole = cast(Values, pattern)
            return (whole,) if whole in self._ranks.get(predicate, ()) else ()
        key = tuple(pattern[place] for place in places) if len(places) > 1 else pattern[places[0]]
        found = self.index(predicate, places).get(key, ())
        return found if len(found) < 2 else sorted(found)

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        return self._ranks.get(fact.predicate, {}).get(fact.values)

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        return self._levels.get(predicate, 0)

    def facts(self) -> Iterator[Fact]:
        """Every fact, predicate by predicate."""
        return (Fact(predicate, values) for predicate, relation in self._ranks.items() for values in relation)

    def __contains__(self, fact: Fact) -> bool:
        return self.rank(fact) is not None

    def __len__(self) -> int:
        return sum(map(len, self._ranks.values()))


@cache
def _key(places: tuple[int, ...]) -> Callable[[Values], Any]:
    """What an index on these holes files a fact under."""
    return itemgetter(*places)
