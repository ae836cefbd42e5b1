"""The official days of entry into force, worked out again from the instruments that were deposited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treaty_engine.language.terms import Fact, Value
from treaty_engine.treaties.corpus import Corpus, Given, Question
from treaty_engine.treaties.session import session

RECORDED = "<source> records the entry into force of <treaty> on <date>"
BY_COUNT = "by count <treaty> enters into force on <date>"
SHORT = "at the recorded entry into force of <treaty> on <date> the count is <short> short of <n>"
ENTERS_FOR = "<treaty> enters into force for <state> on <date>"
SUSPENDED = "the operation of <treaty> between <state> and the other parties was suspended from <date> to <notified>"
PART = "<part> of <treaty> enters into force by itself on <date>"
END_NOTES = "untc-end-notes"
LATE = date(2021, 12, 31)

SHORTFALLS = {
    "CSTP-1950": 1, "ICERD": 2, "ICCPR": 3, "ICESCR": 2, "CEDAW": 1, "APARTHEID": 3, "ICCPR-OP2": 1,
    "STATELESS-1954": 1, "VCLT": 1, "VCCR-1963": 1, "VCDR-1961": 2, "VCSST-1978": 1,
}  # fmt: skip
"""By treaty, how many of the instruments that brought it into force were deposited by States that have ended."""


def concluded(corpus: Corpus, sentences: list[str], keep: Callable[[Given], bool] = lambda _: True) -> set[Fact]:
    """What follows from those facts that are kept."""
    kept = replace(corpus, given=tuple(each for each in corpus.given if keep(each)))
    model = session(kept, Question(LATE), "auto", sentences).model
    return {fact for fact in model.facts() if fact.predicate in sentences}


def official(corpus: Corpus) -> dict[Value, Value]:
    """The recorded day of entry into force of each treaty."""
    return {each.fact.values[1]: each.fact.values[2] for each in corpus.given if each.fact.predicate == RECORDED}


def test_official_days_follow_from_the_deposits_alone(corpus: Corpus) -> None:
    counted = concluded(corpus, [BY_COUNT], lambda each: each.fact.predicate != RECORDED)
    days = {fact.values[0]: fact.values[1] for fact in counted}
    assert len(days) >= 34
    assert {
        treaty: (day, official(corpus)[treaty]) for treaty, day in days.items() if day != official(corpus)[treaty]
    } == {}


def test_without_the_deposits_of_states_that_have_ended_it_says_which_day_is_missed_and_by_how_many(
    corpus: Corpus,
) -> None:
    found = concluded(corpus, [SHORT], lambda each: END_NOTES not in each.fact.values)
    assert {str(fact.values[0]): fact.values[2] for fact in found} == SHORTFALLS
    assert all(fact.values[1] == official(corpus)[fact.values[0]] for fact in found)


def test_with_them_no_day_is_missed(corpus: Corpus) -> None:
    assert concluded(corpus, [SHORT]) == set()


def test_the_record_is_followed_where_a_list_leaves_out_states_that_have_ended(corpus: Corpus) -> None:
    enters = "<treaty> enters into force on <date>"
    found = concluded(corpus, [enters], lambda each: END_NOTES not in each.fact.values)
    assert {fact.values[1] for fact in found if fact.values[0] == "ICERD"} == {date(1969, 1, 4)}


@pytest.mark.parametrize(
    ("treaty", "state", "day"),
    [
        ("ILO-C189", "URY", date(2013, 9, 5)),
        ("ILO-C189", "PHL", date(2013, 9, 5)),
        ("LANDLOCKED-1965", "AUS", date(1972, 6, 1)),
        ("LANDLOCKED-1965", "HRV", date(1991, 10, 8)),
        ("LANDLOCKED-1965", "MNE", date(2006, 6, 3)),
        ("LANDLOCKED-1965", "CZE", date(1993, 1, 1)),
        ("VCCR-1963", "BHS", date(1973, 7, 10)),
        ("VCCR-1963", "BEL", date(1970, 10, 9)),
        ("ICRMW", "SLV", date(2003, 7, 1)),
        ("ICRMW", "GTM", date(2003, 7, 1)),
        ("ICRMW", "MLI", date(2003, 10, 1)),
        ("CRC", "VNM", date(1990, 9, 2)),
        ("CRC", "KHM", date(1992, 11, 14)),
        ("ICERD", "THA", date(2003, 2, 27)),
        ("TIP-PROTOCOL", "KHM", date(2007, 8, 1)),
        ("CSTP-1950", "BIH", date(1992, 3, 6)),
        ("ILO-C097", "DZA", date(1962, 7, 3)),
        ("ILO-C097", "BIH", date(1992, 3, 6)),
    ],
)
def test_the_day_for_a_state_is_the_one_that_official_lists_give(
    corpus: Corpus, treaty: str, state: str, day: date
) -> None:
    found = session(corpus, Question(LATE), "auto", [ENTERS_FOR]).model.match(ENTERS_FOR, (treaty, state, None))
    assert [values[2] for values in found] == [day]


def test_a_succession_suspends_the_operation_until_it_is_notified(corpus: Corpus) -> None:
    found = session(corpus, Question(LATE), "auto", [SUSPENDED]).model.match(
        SUSPENDED, ("VCCR-1963", "BHS", None, None)
    )
    assert [values[2:] for values in found] == [(date(1973, 7, 10), date(1977, 3, 17))]


def test_parts_of_treaties_have_a_day_of_their_own(corpus: Corpus) -> None:
    found = {fact.values for fact in concluded(corpus, [PART])}
    assert found == {("art. 41", "ICCPR", date(1979, 3, 28)), ("art. 14", "ICERD", date(1982, 12, 3))}
