"""A range of days is answered as each of its days alone would be; what is the same on two days is found out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from treaty_engine.treaties import answers
from treaty_engine.treaties import entry_into_force as entry
from treaty_engine.treaties import status_of_states as states
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.session import Session, session, sessions
from treaty_engine.treaties.shapes import as_json

DAYS = [date(1985, 1, 1), date(1992, 6, 1), date(2000, 2, 2), date(2008, 6, 12), date(2026, 1, 1)]
"""In another State's last years, after its end, and as lists end and begin."""

Asked = Callable[[Session], str]


def sheet_of(state: str) -> Asked:
    return lambda found: as_json(answers.applies(found, states.sheet(found, state)))


def gaps_of(*whose: str) -> Asked:
    return lambda found: as_json(answers.gaps(found, states.gaps(found, whose, list(found.corpus.members("Treaty")))))


def force_of(treaty: str) -> Asked:
    return lambda found: as_json(answers.force(found, entry.force(found, treaty)))


@pytest.mark.parametrize(
    ("labels", "asked"),
    [
        pytest.param(states.SHEET, sheet_of("KHM"), id="Cambodia"),
        pytest.param(states.SHEET, sheet_of("YUG"), id="a State that ended"),
        pytest.param(states.SHEET, sheet_of("SSD"), id="a State that came later"),
        pytest.param(states.GAPS, gaps_of("KHM", "MMR", "DEU"), id="gaps"),
        pytest.param(entry.LABELS, force_of("ICRMW"), id="a treaty's entry into force"),
    ],
)
def test_a_range_is_answered_as_its_days_alone(corpus: Corpus, labels: tuple[str, ...], asked: Asked) -> None:
    about, question = corpus.sentences(*labels), Question(DAYS[0])
    for found in sessions(corpus, question, DAYS, "compiled", about):
        alone = session(corpus, found.world.question, "compiled", about)
        assert asked(found) == asked(alone), found.as_of


def test_a_world_of_many_days_has_the_facts_of_its_day(corpus: Corpus) -> None:
    for found, day in zip(corpus.worlds(Question(DAYS[0]), DAYS), DAYS, strict=True):
        alone = corpus.world(Question(day))
        assert found.question == alone.question
        assert set(found.facts) == set(alone.facts)
        assert all(found.origins[fact] == origins for fact, origins in alone.origins.items())


def test_what_is_concluded_again_is_not_found_out_again(corpus: Corpus) -> None:
    """That no State of a group has consented rests on no act, and so on no day that has passed since."""
    week = [date(2008, 6, day) for day in range(12, 15)]
    found = sessions(corpus, Question(week[0]), week, "compiled", corpus.sentences(*states.GAPS))
    told = [each.conclusions(states.REGIONAL, group="GMS", treaty="ILO-C097") for each in found]
    assert len(told[0]) == 1
    assert all(again is first for others in told[1:] for first, again in zip(told[0], others, strict=True))


def test_what_comes_between_is_found_out_anew(corpus: Corpus) -> None:
    """Cambodia consented to be bound by CRPD between the two days."""
    days = [date(2012, 1, 1), date(2014, 1, 1)]
    found = sessions(corpus, Question(days[0]), days, "compiled", corpus.sentences(*states.SHEET))
    before, after = (each.facts(states.PARTY, state="KHM", treaty="CRPD") for each in found)
    assert (len(before), len(after)) == (0, 1)


def test_what_is_found_out_once_for_many_days_may_not_ask_which_day_it_is(corpus: Corpus) -> None:
    first, _ = sessions(corpus, Question(DAYS[0]), DAYS[:2], "compiled", [])
    with pytest.raises(LookupError, match="which day it is"):
        first.memory.find("the day", lambda: first.as_of)
