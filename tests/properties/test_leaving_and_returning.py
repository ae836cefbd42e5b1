"""Laws of leaving and coming back that invented lives of a State must uphold: one step of the ladder on every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.traps.worlds import OPEN, story

from treaty_engine.treaties.corpus import Corpus

ACTS = ("signature", "ratification", "accession", "denunciation", "withdrawal", "revocation of the notice")
CLAUSES = (
    "Charter may be denounced at any time with effect 1 year after notice under Charter art. 28",
    "Charter may be denounced at any time with effect 3 months after notice under Charter art. 28",
    "Charter has no clause on leaving it",
)
DAYS = st.dates(date(2016, 1, 1), date(2020, 12, 31))
LIVES = st.lists(st.tuples(st.sampled_from(ACTS), DAYS), max_size=6, unique_by=lambda act: act[1]).map(
    lambda acts: tuple(sorted(acts, key=lambda act: act[1]))
)
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(life: tuple[tuple[str, date], ...], clause: str) -> tuple[str, ...]:
    return (*OPEN, clause, *(f"Gazette records {act} by Aland under Charter on {day}" for act, day in life))


@few
@given(LIVES, st.sampled_from(CLAUSES), st.lists(DAYS, min_size=1, max_size=3))
def test_a_state_stands_on_one_step_on_every_day(
    corpus: Corpus, life: tuple[tuple[str, date], ...], clause: str, days: list[date]
) -> None:
    world = story(corpus, *told(life, clause))
    for day in {*days, *(day for _, day in life)}:
        assert len(world.standing("Aland", "Charter", day.isoformat())) == 1


@pytest.mark.xfail(strict=True, reason="no rule says where a State stands that gives notice before it is a party")
def test_a_state_that_gives_notice_before_it_is_a_party_stands_on_one_step(corpus: Corpus) -> None:
    life = (("ratification", date(2016, 1, 1)), ("denunciation", date(2016, 1, 2)))
    assert len(story(corpus, *told(life, CLAUSES[0])).standing("Aland", "Charter", "2016-01-02")) == 1


@few
@given(LIVES, st.sampled_from(CLAUSES), DAYS)
def test_what_comes_later_moves_nothing_earlier(
    corpus: Corpus, life: tuple[tuple[str, date], ...], clause: str, day: date
) -> None:
    before = tuple((act, when) for act, when in life if when <= day)
    whole, part = story(corpus, *told(life, clause)), story(corpus, *told(before, clause))
    on = day.isoformat()
    assert whole.standing("Aland", "Charter", on) == part.standing("Aland", "Charter", on)


@few
@given(DAYS, st.sampled_from((("1 year", 365), ("3 months", 90))))
def test_a_state_stays_bound_between_its_notice_and_the_effect(
    corpus: Corpus, noticed: date, delay: tuple[str, int]
) -> None:
    clause = f"Charter may be denounced at any time with effect {delay[0]} after notice under Charter art. 28"
    life = (("ratification", date(2010, 1, 1)), ("denunciation", noticed))
    world = story(corpus, *told(life, clause))
    bound = noticed >= date(2016, 11, 4)
    for days in (0, 1, delay[1] - 2):
        on = noticed + timedelta(days)
        if bound:
            assert world.standing("Aland", "Charter", on.isoformat()) == ["notice running"]
    after = world.standing("Aland", "Charter", (noticed + timedelta(delay[1] + 5)).isoformat())
    assert after == (["former party"] if bound else after)
    assert "party" not in after
