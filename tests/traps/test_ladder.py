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


@pytest.mark.parametrize(
    ("state", "day", "standing"),
    [
        ("Malaysia", "1990-12-31", "notice running"),
        ("Malaysia", "1991-01-10", "former party"),
        ("Singapore", "1980-04-18", "notice running"),
        ("Singapore", "1980-04-19", "former party"),
    ],
)
def test_t14_malaysia_and_singapore_left_c105_a_year_after_their_notices(state: str, day: str, standing: str) -> None:
    """Both notices fell in a window: that of 1989 and that of 1979."""
    assert answer("why", f"{state} stands to ILO-C105 as {standing}", "--on", day)["status"] == "yes"


@pytest.mark.parametrize(
    ("day", "status"),
    [("1989-12-31", "yes"), ("1991-01-01", "unknown"), ("1991-01-16", "unknown"), ("1991-01-17", "no")],
)
def test_t14_where_only_the_year_of_a_notice_is_known_the_answer_is_unknown_while_the_day_matters(
    corpus: Corpus, day: str, status: str
) -> None:
    """The window closed on 17 January 1990: a notice registered in 1990 was given before."""
    told = story(
        corpus,
        "Gazette is complete until 2030-01-01",
        "Gazette has an entry for Aland under Charter",
        "Gazette records ratification by Aland under Charter on 1960-01-01",
        "Gazette records denunciation by Aland under Charter in 1990",
        "Gazette would record the entry into force of Charter if there had been one",
        "Gazette records the entry into force of Charter on 1959-01-17",
        "Charter admits consent by ratification",
        "Charter enters into force for a later State 12 months after its instrument under Charter art. 4(3)",
        "Charter may be denounced in its windows only, with effect 1 year after notice, under Charter art. 5(1)",
        "the first window to denounce Charter opens 10 years after its entry into force for 1 year under art. 5(1)",
        "later windows to denounce Charter open every 10 years after the first, each for 1 year under art. 5(2)",
    )
    assert told.ask("Aland is a party to Charter", day) == status
    expected = {"yes": ["party"], "unknown": [], "no": ["former party"]}[status]
    assert told.standing("Aland", "Charter", day) == expected


def test_t13_a_protocol_that_does_not_ask_for_its_parent_binds_without_it() -> None:
    assert answer("why", "USA is a party to OP-CRC-AC", "--on", "2015-01-01")["status"] == "yes"
    assert answer("why", "USA is a party to CRC", "--on", "2015-01-01")["status"] == "no"


def test_t13_nobody_is_a_party_to_a_protocol_whose_parent_it_has_not_joined(corpus: Corpus) -> None:
    alone = "Gazette records ratification by Aland under Charter on 2016-10-05"
    parent = "only States that consent to Covenant may become parties to Charter under Covenant art. 37(2)"
    covered = ("Gazette has an entry for Aland under Covenant", "Covenant admits consent by ratification")
    told = story(corpus, *OPEN, *covered, parent, alone)
    assert told.ask("Aland is a party to Charter", "2020-01-01") == "no"
    both = story(
        corpus, *OPEN, *covered, parent, alone, "Gazette records ratification by Aland under Covenant on 2018-01-01"
    )
    assert both.ask("Aland is a party to Charter", "2017-12-31") == "no"
    assert both.ask("Aland is a party to Charter", "2018-01-01") == "yes"


def test_a_successor_to_the_covenant_is_a_party_to_its_protocol() -> None:
    """Croatia notified its succession to the Covenant and acceded to the protocol on 12 October 1995."""
    assert answer("why", "HRV is a party to ICCPR-OP1 since 1996-01-12", "--on", "2015-03-14")["status"] == "yes"
    for parent in ("ICCPR", "CEDAW", "CAT", "ICESCR"):
        asked = f"HRV cannot become a party to ICCPR-OP1 while it has not consented to {parent}"
        assert answer("why", asked, "--on", "2015-03-14")["status"] == "no", asked


def test_a_signatory_of_the_convention_may_be_a_party_to_the_protocol_that_lets_it() -> None:
    """The United States signed the Convention on the Rights of the Child, and is a party to two of its protocols."""
    assert answer("why", "USA is a party to OP-CRC-SC", "--on", "2015-01-01")["status"] == "yes"
    assert answer("why", "USA is a party to CRC", "--on", "2015-01-01")["status"] == "no"


def test_a_protocol_for_parties_to_one_of_several_treaties_takes_one_of_them(corpus: Corpus) -> None:
    covered = ("Gazette has an entry for Aland under Covenant", "Covenant admits consent by ratification")
    asked = "Covenant is one of those to which who joins Charter must have consented under Charter art. 18(2)"
    alone = (*OPEN, *covered, asked, "Gazette records ratification by Aland under Charter on 2017-01-01")
    assert story(corpus, *alone).ask("Aland is a party to Charter", "2020-01-01") == "no"
    both = story(corpus, *alone, "Gazette records ratification by Aland under Covenant on 2016-12-01")
    assert both.ask("Aland is a party to Charter", "2020-01-01") == "yes"


def test_jamaica_left_the_first_optional_protocol_three_months_after_its_notice() -> None:
    sheet = answer("applies", "JAM", "--on", "1998-01-22")
    assert [(each["treaty"], each["until"]) for each in sheet["notice_running"]] == [("ICCPR-OP1", "1998-01-23")]
    after = answer("applies", "JAM", "--on", "1998-01-23")
    assert [(each["treaty"], each["until"]) for each in after["former_party"]] == [("ICCPR-OP1", "1998-01-23")]
    assert "ICCPR-OP1" not in {each["treaty"] for each in after["bound"]}


@pytest.mark.parametrize(
    ("state", "day", "step", "since"),
    [
        ("GUY", "1993-08-09", "consented", None),
        ("GUY", "1993-08-10", "bound", "1993-08-10"),
        ("GUY", "1999-04-04", "notice_running", None),
        ("GUY", "1999-04-05", "bound", "1999-04-05"),
        ("GUY", "2026-01-01", "bound", "1999-04-05"),
        ("TTO", "1998-05-25", "bound", "1981-02-14"),
        ("TTO", "1998-08-25", "notice_running", None),
        ("TTO", "1998-08-26", "consented", None),
        ("TTO", "1998-11-26", "bound", "1998-11-26"),
        ("TTO", "2000-06-26", "notice_running", None),
        ("TTO", "2000-06-27", "former_party", None),
    ],
)
def test_t16_two_states_left_the_first_optional_protocol_and_came_back(
    state: str, day: str, step: str, since: str | None
) -> None:
    """Guyana acceded again with its notice, to be bound without a gap; Trinidad and Tobago left twice."""
    sheet = answer("applies", state, "--on", day)
    steps = ("bound", "notice_running", "consented", "former_party")
    found = {each: row for each in steps for row in sheet[each] if row["treaty"] == "ICCPR-OP1"}
    assert step in found
    assert since is None or found[step]["since"] == since


def test_t16_what_was_left_stays_in_history() -> None:
    for state, first, last, day in (
        ("GUY", "1993-08-10", "1999-04-05", "1999-04-05"),
        ("TTO", "1981-02-14", "1998-08-26", "1998-11-26"),
        ("TTO", "1981-02-14", "1998-08-26", "2026-01-01"),
        ("TTO", "1998-11-26", "2000-06-27", "2026-01-01"),
    ):
        asked = f"{state} was bound by ICCPR-OP1 from {first} until {last}"
        assert answer("why", asked, "--on", day)["status"] == "yes", asked
    for day in ("1993-05-10", "1999-01-05"):
        assert (
            answer("why", f"accession by GUY under ICCPR-OP1 took place on {day}", "--on", "2020-01-01")["status"]
            == "yes"
        )
    assert (
        answer("why", "GUY is a contracting State to ICCPR-OP1 since 1999-01-05", "--on", "2020-01-01")["status"]
        == "yes"
    )


def test_lao_icescr_signed_in_2000_and_bound_since_13_may_2007() -> None:
    for day, standing in (
        ("2004-06-09", "signatory only"),
        ("2007-02-13", "consented and not yet in force"),
        ("2007-05-12", "consented and not yet in force"),
        ("2007-05-13", "party"),
        ("2008-06-12", "party"),
    ):
        assert answer("why", f"LAO stands to ICESCR as {standing}", "--on", day)["status"] == "yes", day
