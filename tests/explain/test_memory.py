"""What was found out is kept for as long as models say the same to all that it rests on, and no longer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treaty_engine.explain.memory import Memory, Once, Remembered, Watched
from treaty_engine.language.terms import Fact
from treaty_engine.model import Facts, Pattern

T = TypeVar("T")
SAYS = "<who> says <what>"
NAMES = st.sampled_from(["ann", "bob", "cat"])
WORLDS = st.lists(st.tuples(NAMES, NAMES), max_size=6, unique=True)
PATTERNS = st.tuples(st.none() | NAMES, st.none() | NAMES)


def says(*pairs: tuple[str, str], rank: int = 0) -> Facts:
    """A model in which these say these."""
    model = Facts()
    for pair in pairs:
        model.add(Fact(SAYS, pair), rank)
    return model


class Asked:
    """Work that asks a model for some patterns, and counts how often it is done."""

    def __init__(self, *patterns: Pattern) -> None:
        self.patterns, self.times = patterns, 0

    def of(self, model: Watched) -> list[object]:
        """What the model says to all of it, as the memory has it."""

        def work() -> list[object]:
            self.times += 1
            return [list(model.match(SAYS, pattern)) for pattern in self.patterns]

        return model.find(self, work)


@given(worlds=st.lists(WORLDS, min_size=2, max_size=5), patterns=st.lists(PATTERNS, max_size=4))
def test_what_is_remembered_is_what_would_be_found(
    worlds: list[list[tuple[str, str]]], patterns: list[Pattern]
) -> None:
    remembered, asked, before, times = Remembered({SAYS}), Asked(*patterns), None, 0
    for world in worlds:
        model = says(*world)
        now = [list(model.match(SAYS, pattern)) for pattern in patterns]
        times += now != before
        assert asked.of(Watched(model, remembered)) == now
        assert asked.times == times, "it is found out again exactly when something else is said"
        before = now


def test_what_nobody_asked_may_be_another() -> None:
    remembered, asked = Remembered({SAYS}), Asked(("ann", None))
    asked.of(Watched(says(("ann", "yes"), ("bob", "no")), remembered))
    asked.of(Watched(says(("ann", "yes"), ("bob", "maybe")), remembered))
    assert asked.times == 1
    asked.of(Watched(says(("ann", "yes"), ("ann", "no")), remembered))
    assert asked.times == 2


def found_in(models: Sequence[Facts], work: Callable[[Watched], T]) -> list[T]:
    """What work finds in one model after the other, with one memory."""
    remembered = Remembered({SAYS})
    watched = [Watched(model, remembered) for model in models]
    return [each.find("work", partial(work, each)) for each in watched]


def test_what_rests_on_what_was_remembered_changes_with_it() -> None:
    """The outer work did not ask of bob itself: it found what the inner one had found out before."""
    inner = Asked(("bob", None))

    def outer(model: Watched) -> list[object]:
        return [inner.of(model)]

    remembered, found = Remembered({SAYS}), list[list[object]]()
    for word in ("no", "no", "maybe"):
        model = Watched(says(("bob", word)), remembered)
        inner.of(model)
        found.append(model.find("outer", partial(outer, model)))
    assert found == [[[[("bob", "no")]]], [[[("bob", "no")]]], [[[("bob", "maybe")]]]]
    assert found[0] is found[1]


def test_a_fact_that_comes_by_another_way_has_another_rank() -> None:
    models = [says(("ann", "yes"), rank=1), says(("ann", "yes"), rank=2), says()]
    assert found_in(models, lambda model: model.rank(Fact(SAYS, ("ann", "yes")))) == [1, 2, None]


def test_ranks_that_all_facts_share_are_asked_too() -> None:
    assert found_in([says(("ann", "yes"), rank=rank) for rank in (1, 3)], lambda model: model.level(SAYS)) == [1, 3]


def test_who_asked_for_everything_asks_again() -> None:
    first, second = found_in([says(("ann", "yes")), says(("ann", "yes"))], lambda model: list(model.facts()))
    assert first == second == [Fact(SAYS, ("ann", "yes"))]
    assert first is not second


def test_what_fails_is_not_remembered() -> None:
    watched = Watched(says(), Remembered({SAYS}))
    memories: list[Memory] = [watched, Once()]
    for memory in memories:
        for _ in range(2):
            with pytest.raises(IndexError):
                memory.find("nothing", list[str]().pop)
        assert memory.find("nothing", lambda: "something") == "something"
    assert not watched.working


def test_of_one_model_everything_is_found_out_once() -> None:
    once, left = Once(), ["first", "last"]
    assert [once.find("key", left.pop) for _ in range(3)] == ["last"] * 3
