"""Traps of leaving and coming back: who is counted a party, from when, and until when."""

from __future__ import annotations

import pytest

from tests.cli.running import answer
from tests.traps.worlds import OPEN, story
from treaty_engine.treaties.corpus import Corpus

ANY_TIME = "Charter may be denounced at any time with effect 1 year after notice under Charter art. 28"
FIRST = "Gazette records acceptance by Aland under Charter on 2016-09-03"
LEFT = "Gazette records withdrawal by Aland under Charter on 2019-11-04"
BACK = "Gazette records acceptance by Aland under Charter on 2021-01-20"


def test_t14_a_state_that_denounced_is_no_party(corpus: Corpus) -> None:
    told = story(corpus, *OPEN, ANY_TIME, FIRST, LEFT)
    assert told.standing("Aland", "Charter", "2019-11-03") == ["party"]
    assert told.standing("Aland", "Charter", "2019-11-04") == ["notice running"]
    assert told.standing("Aland", "Charter", "2020-11-03") == ["notice running"]
    assert told.ask("Aland is a party to Charter", "2020-11-03") == "yes"
    assert told.standing("Aland", "Charter", "2020-11-04") == ["former party"]
    assert told.ask("Aland is a party to Charter", "2020-11-04") == "no"


def test_t14_a_state_for_which_the_treaty_is_not_yet_in_force_is_no_party(corpus: Corpus) -> None:
    told = story(corpus, *OPEN, "Gazette records accession by Bland under Charter on 2020-01-01")
    assert told.standing("Bland", "Charter", "2020-01-30") == ["consented and not yet in force"]
    assert told.standing("Bland", "Charter", "2020-01-31") == ["party"]


def test_t15_fewer_parties_than_required_end_nothing(corpus: Corpus) -> None:
    told = story(
        corpus,
        *OPEN,
        ANY_TIME,
        FIRST,
        LEFT,
        "Charter enters into force 30 days after instrument number 2 under Charter art. 21(1)",
        "Gazette records acceptance by Bland under Charter on 2016-10-05",
    )
    assert told.ask("Charter is in force since 2016-11-04", "2021-01-01") == "yes"
    assert told.ask("Bland is a party to Charter since 2016-11-04", "2021-01-01") == "yes"
    assert told.ask("Charter remains in force although Aland left it on 2020-11-04", "2021-01-01") == "yes"


def test_t16_a_second_acceptance_keeps_the_first_period_and_moves_nothing_earlier(corpus: Corpus) -> None:
    """As the United States under the Paris Agreement: in, out on 4 November 2020, back on 19 February 2021."""
    told = story(corpus, *OPEN, ANY_TIME, FIRST, LEFT, BACK)
    assert told.ask("Aland is a party to Charter since 2016-11-04", "2018-01-01") == "yes"
    assert told.standing("Aland", "Charter", "2021-01-19") == ["former party"]
    assert told.standing("Aland", "Charter", "2021-01-20") == ["consented and not yet in force"]
    assert told.standing("Aland", "Charter", "2021-02-18") == ["consented and not yet in force"]
    assert told.standing("Aland", "Charter", "2021-02-19") == ["party"]
    assert told.ask("Aland is a party to Charter since 2021-02-19", "2022-01-01") == "yes"
    assert told.ask("Aland is a party to Charter since 2016-11-04", "2022-01-01") == "no"
    assert told.ask("Aland was bound by Charter from 2016-11-04 until 2020-11-04", "2022-01-01") == "yes"
    assert told.ask("acceptance by Aland under Charter took place on 2016-09-03", "2022-01-01") == "yes"


def test_t16_two_dates_for_one_act_are_still_a_conflict_where_nobody_left(corpus: Corpus) -> None:
    told = story(corpus, *OPEN, FIRST, "Digest records acceptance by Aland under Charter on 2016-09-04")
    assert told.ask("acceptance by Aland under Charter took place on 2016-09-03", "2022-01-01") == "conflict"


@pytest.mark.parametrize(
    ("delay", "noticed", "last", "out"),
    [
        ("1 year", "2019-11-04", "2020-11-03", "2020-11-04"),
        ("6 months", "2019-11-04", "2020-05-03", "2020-05-04"),
        ("3 months", "2019-11-04", "2020-02-03", "2020-02-04"),
        ("first day of the month after 12 months", "2019-11-04", "2020-11-30", "2020-12-01"),
    ],
)
def test_t28_each_treaty_has_its_own_time_of_notice(
    corpus: Corpus, delay: str, noticed: str, last: str, out: str
) -> None:
    clause = f"Charter may be denounced at any time with effect {delay} after notice under Charter art. 28"
    told = story(corpus, *OPEN, clause, FIRST, f"Gazette records denunciation by Aland under Charter on {noticed}")
    assert told.standing("Aland", "Charter", last) == ["notice running"]
    assert told.standing("Aland", "Charter", out) == ["former party"]


@pytest.mark.parametrize(
    ("treaty", "delay"),
    [
        ("CRC", "1 year"),
        ("OP-CEDAW", "6 months"),
        ("ICESCR-OP", "6 months"),
        ("ICCPR-OP1", "3 months"),
        ("ICRMW", "first day of the month after 12 months"),
    ],
)
def test_t28_the_times_of_notice_are_those_of_the_texts(treaty: str, delay: str) -> None:
    question = f"{treaty} may be denounced at any time with effect {delay} after notice under <clause>"
    assert answer("ask", question, "--on", "2021-01-01")["status"] == "yes"


def test_t28_a_denunciation_waits_for_the_end_of_an_armed_conflict(corpus: Corpus) -> None:
    told = story(
        corpus,
        *OPEN,
        ANY_TIME,
        FIRST,
        LEFT,
        "Charter puts off a denunciation until an armed conflict of its State is over, under Charter art. 11(1)",
        "Aland is engaged in an armed conflict since 2020-06-01",
        "the armed conflict in which Aland was engaged since 2020-06-01 ended on 2021-12-31",
    )
    assert told.standing("Aland", "Charter", "2021-12-30") == ["party"]
    assert told.standing("Aland", "Charter", "2021-12-31") == ["former party"]


def test_viet_nam_could_denounce_c29_in_the_spring_of_2008_and_again_from_2012() -> None:
    """In force for it on 5 March 2008, inside the window of 2007; later windows come every five years."""
    question = "a notice to denounce ILO-C029 may be given from <date> on and before <end>"
    found = answer("ask", question, "--on", "2007-03-05", "--until", "2013-01-01")["found"]
    windows = [(each["values"]["date"], each["values"]["end"]) for each in found]
    assert windows[0] == ("1942-05-01", "1943-05-01")
    assert windows[-2:] == [("2007-05-01", "2008-05-01"), ("2012-05-01", "2013-05-01")]
    entry = answer("why", "ILO-C029 enters into force for VNM on 2008-03-05", "--on", "2008-03-05")
    assert entry["status"] == "yes"
