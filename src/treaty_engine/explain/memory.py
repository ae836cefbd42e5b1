"""What was found out of a model, kept for who asks again; of many models, for as long as they say the same."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from typing import Any, Protocol, TypeVar, cast

from treaty_engine.language.terms import Fact
from treaty_engine.model import Model, Pattern, Values

T = TypeVar("T")


class Memory(Protocol):
    """Finds a thing out once. `lasting` says whether it is kept for other models than the one at hand."""

    lasting: bool

    def find(self, key: Hashable, work: Callable[[], T]) -> T:
        """What `work` finds, which is asked at most once for a key where nothing else can be found now."""


class Once:
    """The memory of one model, of which everything is found out once."""

    lasting = False

    def __init__(self) -> None:
        self._found: dict[Hashable, Any] = {}

    def find(self, key: Hashable, work: Callable[[], T]) -> T:
        """What `work` found when it was first asked."""
        if key not in self._found:
            self._found[key] = work()
        return cast(T, self._found[key])


class Footprint:
    """Everything that some work asked of a model with what it was told, and the footprints of work that it rests on."""

    __slots__ = ("_same", "levels", "listed", "matched", "ranks", "within")

    def __init__(self) -> None:
        self.matched: dict[tuple[str, Pattern], Iterable[Values]] = {}
        self.ranks: dict[Fact, int | None] = {}
        self.levels: dict[str, int | None] = {}
        self.listed = False
        self.within: dict[int, Footprint] = {}
        self._same: tuple[Model, bool] | None = None

    def same_in(self, model: Model) -> bool:
        """Whether a model says the same to all of it, and so leads to the same."""
        if self._same is None or self._same[0] is not model:
            self._same = model, self._said_again(model)
        return self._same[1]

    def _said_again(self, model: Model) -> bool:
        return (
            not self.listed
            and all(list(model.match(*asked)) == list(found) for asked, found in self.matched.items())
            and all(model.rank(fact) == rank for fact, rank in self.ranks.items())
            and all(model.level(predicate) == level for predicate, level in self.levels.items())
            and all(inner.same_in(model) for inner in self.within.values())
        )


class Remembered:
    """What was found out of many models that are asked one after the other, such as those of many days.

    `changing` are the predicates of which they do not all say the same.
    """

    def __init__(self, changing: Container[str]) -> None:
        self.changing = changing
        self.found: dict[Hashable, tuple[Footprint, Any]] = {}
        self.under_way: list[Footprint] = []


class Watched:
    """One of many models, and the memory that they share: it notes what work that is kept asks of it."""

    lasting = True

    def __init__(self, model: Model, remembered: Remembered) -> None:
        self._model, self._remembered = model, remembered
        self._under_way, self._changing = remembered.under_way, remembered.changing

    @property
    def working(self) -> bool:
        """Whether something is being found out that is kept for the other models."""
        return bool(self._under_way)

    def find(self, key: Hashable, work: Callable[[], T]) -> T:
        """What `work` finds of this model; what it found of another where this one says the same to all it asked.

        So `work` may ask this model, and what is the same for all of them.
        """
        footprint, found = self._remembered.found.get(key, (None, None))
        if footprint is None or not footprint.same_in(self._model):
            footprint, found = self._worked(work)
            self._remembered.found[key] = footprint, found
        if self._under_way:
            self._under_way[-1].within[id(footprint)] = footprint
        return cast(T, found)

    def _worked(self, work: Callable[[], T]) -> tuple[Footprint, T]:
        footprint = Footprint()
        self._under_way.append(footprint)
        try:
            return footprint, work()
        finally:
            self._under_way.pop()

    def match(self, predicate: str, pattern: Pattern) -> Iterable[Values]:
        """The values of every fact of the predicate that agree with the pattern, in the order of the values."""
        found = self._model.match(predicate, pattern)
        if self._under_way and predicate in self._changing:
            self._under_way[-1].matched[predicate, pattern] = found
        return found

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        rank = self._model.rank(fact)
        if self._under_way and fact.predicate in self._changing:
            self._under_way[-1].ranks[fact] = rank
        return rank

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        level = self._model.level(predicate)
        if self._under_way and predicate in self._changing:
            self._under_way[-1].levels[predicate] = level
        return level

    def facts(self) -> Iterator[Fact]:
        """Every fact; of two models that were asked for every one, it is not found out whether they say the same."""
        if self._under_way:
            self._under_way[-1].listed = True
        return self._model.facts()
