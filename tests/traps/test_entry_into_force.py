"""What a naive reading of entry into force and succession gets wrong, one test a trap."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli.running import answer
from tests.stories.test_entry_into_force_from_deposits import BY_COUNT, END_NOTES, ENTERS_FOR, concluded
from treaty_engine.dates import after, delay
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.session import session

LATE = date(2014, 12, 31)
NUMBER = "<treaty> enters into force <delay> after instrument number <n> under <clause>"


def days_for(corpus: Corpus, treaty: str, state: str) -> list[object]:
    """The days on which a treaty enters into force for a State."""
    found = session(corpus, Question(LATE), "auto", [ENTERS_FOR]).model.match(ENTERS_FOR, (treaty, state, None))
    return [values[2] for values in found]


def test_t06_the_nth_deposit_is_not_taken_from_the_parties_of_today(corpus: Corpus) -> None:
    whole = {f.values for f in concluded(corpus, [BY_COUNT])}
    today = {f.values for f in concluded(corpus, [BY_COUNT], lambda each: END_NOTES not in each.fact.values)}
    wrong = {str(treaty) for treaty, _ in today - whole}
    assert {"CSTP-1950", "ICERD", "ICCPR", "CEDAW"} <= wrong
    assert len(wrong) == 14  # twelve by predecessors, the Optional Protocol by its parent, and Land-locked States


def test_t07_deposits_of_one_day_complete_the_number_together() -> None:
    found = answer("force", "ICRMW", "--on", "2014-12-31")
    assert sorted(found["completing"]) == ["GTM", "SLV"]
    assert found["completed"] == "2003-03-14"


def test_t08_the_day_of_deposit_is_not_counted(corpus: Corpus) -> None:
    assert days_for(corpus, "CRC", "KHM") == [date(1992, 11, 14)]  # deposited on 15 October
    assert after(date(1992, 10, 15), delay("30 days counting the first")) == date(1992, 11, 13)


@pytest.mark.parametrize(
    ("start", "clamped", "rolled"),
    [
        (date(1994, 11, 30), date(1995, 2, 28), date(1995, 3, 1)),
        (date(1993, 8, 31), date(1993, 11, 30), date(1993, 12, 1)),
        (date(1997, 1, 31), date(1997, 4, 30), date(1997, 5, 1)),
    ],
)
def test_t09_at_the_end_of_a_month_the_clause_says_which_convention(start: date, clamped: date, rolled: date) -> None:
    assert after(start, delay("3 months")) == clamped
    assert after(start, delay("3 months rolling over")) == rolled


def test_t10_in_force_in_general_and_not_yet_for_the_state() -> None:
    assert answer("force", "ILO-C029", "--on", "2007-12-31")["status"] == "yes"
    assert answer("ask", "ILO C-29 enters into force for Viet Nam on <date>", "--on", "2007-12-31")["status"] == "yes"
    assert answer("ask", "Viet Nam is a party to ILO C-29", "--on", "2007-12-31")["status"] == "no"
    assert answer("ask", "Viet Nam is a party to ILO C-29", "--on", "2008-03-05")["status"] == "yes"


def test_t11_consent_before_the_general_entry_into_force_takes_effect_with_it(corpus: Corpus) -> None:
    assert days_for(corpus, "CRC", "VNM") == [date(1990, 9, 2)]  # deposited on 28 February 1990


@pytest.mark.parametrize("protocol", ["ICCPR-OP1", "CRPD-OP"])
def test_t12_a_protocol_waits_for_its_parent(corpus: Corpus, protocol: str) -> None:
    alone = "left to itself <treaty> would enter into force on <date>"
    found = {(f.predicate, *f.values) for f in concluded(corpus, [BY_COUNT, alone])}
    ready = next(day for sentence, treaty, day in found if (sentence, treaty) == (alone, protocol))
    enters = next(day for sentence, treaty, day in found if (sentence, treaty) == (BY_COUNT, protocol))
    parent = {"ICCPR-OP1": "ICCPR", "CRPD-OP": "CRPD"}[protocol]
    assert (BY_COUNT, parent, enters) in found
    assert str(ready) < str(enters)


def test_t24_organisations_do_not_count_toward_a_number(corpus: Corpus) -> None:
    counts = "the instrument of <state> of <date> counts toward the entry into force of <treaty>"
    consented = "<state> consented to be bound by <treaty> through <act> on <date>"
    model = session(corpus, Question(LATE), "auto", [counts, consented]).model
    union = next(iter(model.match(consented, (None, "UNTOC", "approval", date(2004, 5, 21)))))[0]
    assert list(model.match(counts, (union, None, "UNTOC"))) == []


def test_t27_core_treaties_do_not_share_one_number(corpus: Corpus) -> None:
    required = {each.fact.values[0]: each.fact.values[2] for each in corpus.given if each.fact.predicate == NUMBER}
    assert [required[t] for t in ("ICERD", "ICCPR", "ICESCR", "CEDAW", "CRC", "OP-CEDAW")] == [27, 35, 35, 20, 20, 10]


def test_t31_a_succession_notified_later_is_in_force_from_independence(corpus: Corpus) -> None:
    assert days_for(corpus, "VCCR-1963", "BHS") == [date(1973, 7, 10)]  # notified on 17 March 1977
