"""What an answer asked of a model: where another model says the same to all of it, the answer is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treaty_engine.language.terms import Fact
from treaty_engine.model import Model, Pattern, Values


class Watched:
    """A model that remembers everything it was asked, and what it said."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._matched: dict[tuple[str, Pattern], tuple[Values, ...]] = {}
        self._ranked: dict[Fact, int | None] = {}
        self._levels: dict[str, int | None] = {}
        self._listed = False

    def same_in(self, other: Model) -> bool:
        """Whether another model says the same to all that was asked."""
        return (
            not self._listed
            and all(tuple(other.match(*asked)) == found for asked, found in self._matched.items())
            and all(other.rank(fact) == rank for fact, rank in self._ranked.items())
            and all(other.level(predicate) == level for predicate, level in self._levels.items())
        )

    def match(self, predicate: str, pattern: Pattern) -> Iterable[Values]:
        """The values of every fact of the predicate that agree with the pattern, in a fixed order."""
        asked = predicate, pattern
        if asked not in self._matched:
            self._matched[asked] = tuple(self._model.match(predicate, pattern))
        return self._matched[asked]

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        if fact not in self._ranked:
            self._ranked[fact] = self._model.rank(fact)
        return self._ranked[fact]

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        if predicate not in self._levels:
            self._levels[predicate] = self._model.level(predicate)
        return self._levels[predicate]

    def facts(self) -> Iterator[Fact]:
        """Every fact; of two models that were asked for every one, it is not found out whether they are the same."""
        self._listed = True
        return self._model.facts()
