"""An answer is the same wherever a model says the same to all that it asked, and only there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from treaty_engine.explain.footprint import Watched
from treaty_engine.language.terms import Fact
from treaty_engine.model import Facts, Pattern

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


@given(one=WORLDS, other=WORLDS, asked=st.lists(PATTERNS, max_size=4))
def test_it_is_the_same_exactly_where_all_that_was_asked_is_said_again(
    one: list[tuple[str, str]], other: list[tuple[str, str]], asked: list[Pattern]
) -> None:
    first, second = says(*one), says(*other)
    watched = Watched(first)
    for pattern in asked:
        assert list(watched.match(SAYS, pattern)) == list(first.match(SAYS, pattern))
    same = all(list(first.match(SAYS, pattern)) == list(second.match(SAYS, pattern)) for pattern in asked)
    assert watched.same_in(second) == same
    assert watched.same_in(says(*one))


def test_what_nobody_asked_may_be_another() -> None:
    watched = Watched(says(("ann", "yes"), ("bob", "no")))
    assert list(watched.match(SAYS, ("ann", None))) == [("ann", "yes")]
    assert watched.same_in(says(("ann", "yes"), ("bob", "maybe")))
    assert not watched.same_in(says(("ann", "yes"), ("ann", "no")))


def test_a_fact_that_comes_by_another_way_has_another_rank() -> None:
    watched = Watched(says(("ann", "yes"), rank=1))
    assert watched.rank(Fact(SAYS, ("ann", "yes"))) == 1
    assert watched.same_in(says(("ann", "yes"), rank=1))
    assert not watched.same_in(says(("ann", "yes"), rank=2))
    assert not watched.same_in(says())


def test_ranks_that_all_facts_share_are_asked_too() -> None:
    watched = Watched(says(("ann", "yes"), rank=1))
    assert watched.level(SAYS) == 1
    assert not watched.same_in(says(("ann", "yes"), rank=3))


def test_who_asked_for_everything_asks_again() -> None:
    model = says(("ann", "yes"))
    watched = Watched(model)
    assert list(watched.facts()) == [Fact(SAYS, ("ann", "yes"))]
    assert not watched.same_in(model)
