"""What the ILO asks of its members, by membership alone and by ratification: two obligations, kept apart."""

from __future__ import annotations

import pytest

from tests.cli.running import answer


def status(sentence: str, on: str) -> str:
    return str(answer("why", sentence, "--on", on)["status"])


def fundamental(on: str) -> set[str]:
    found = answer("ask", "<treaty> is fundamental to the principle of <duty>", "--on", on)["found"]
    return {each["values"]["treaty"] for each in found}


def test_myanmar_owed_the_abolition_of_child_labour_in_2008_by_membership_and_not_by_the_conventions() -> None:
    found = answer("ask", "Myanmar must no-child-labour as a member of ILO since <date> by virtue of <clause>", "--on", "2008-06-12")
    assert [each["values"]["date"] for each in found["found"]] == ["1998-06-18"]
    assert status("Myanmar is a party to C138", "2008-06-12") in ("no", "unknown")
    assert status("Myanmar is a party to C182", "2008-06-12") in ("no", "unknown")
    assert status("Myanmar is a party to CRC since 1991-08-14", "2008-06-12") == "yes"


def test_eight_conventions_are_fundamental_until_9_june_2022_and_ten_with_a_protocol_from_the_day_after() -> None:
    eight = {f"ILO-C{number}" for number in ("029", "087", "098", "100", "105", "111", "138", "182")}
    assert fundamental("2008-06-12") == eight
    assert fundamental("2022-06-09") == eight
    assert fundamental("2022-06-10") == eight | {"ILO-C155", "ILO-C187", "ILO-P029"}


def test_a_fifth_principle_is_owed_from_10_june_2022() -> None:
    principle = "Thailand must safe-and-healthy-work as a member of ILO"
    sentence = f"{principle} since 2022-06-10 by virtue of <clause>"
    assert answer("ask", sentence, "--on", "2022-06-09")["found"] == []
    assert len(answer("ask", sentence, "--on", "2022-06-10")["found"]) == 1


def test_not_ratifying_a_fundamental_convention_is_a_gap_of_its_own_kind() -> None:
    found = answer("gaps", "--state", "THA", "--treaty", "C87", "--on", "2008-06-12")["gaps"]
    kinds = {each["kind"]: each["since"] for each in found}
    assert kinds["fundamental convention not ratified though bound by its principle"] == "1998-06-18"
    assert "not bound" in kinds
    ratified = answer("gaps", "--state", "KHM", "--treaty", "C87", "--on", "2008-06-12")["gaps"]
    assert ratified == []


@pytest.mark.parametrize("state", ["KHM", "VNM"])
def test_the_fishing_convention_goes_before_the_authorities_within_a_year_of_the_end_of_the_session(state: str) -> None:
    owed = f"{state} must bring ILO-C188 before its competent authorities by 2008-06-15 or in exceptional cases 2008-12-15 as a member of ILO"
    assert status(owed, "2008-06-12") == "yes"
    assert status(owed, "2007-06-14") == "no", "the session has not closed"


def test_a_session_while_a_state_was_no_member_asks_nothing_of_it() -> None:
    owed = "Viet Nam must bring ILO-C138 before its competent authorities"
    assert status(owed, "2008-06-12") == "yes", "1973: the first membership"
    between = "Viet Nam must bring ILO-C155 before its competent authorities"
    assert status(between, "2008-06-12") == "yes", "1981: the second membership"
    after = "Viet Nam must bring ILO-C144 before its competent authorities"
    assert status(after, "2008-06-12") == "yes", "June 1976: the year in which the first ended is known no closer"
    brunei = "Brunei Darussalam must bring ILO-C182 before its competent authorities"
    assert status(brunei, "2008-06-12") in ("no", "unknown")


def test_reports_are_asked_for_at_the_interval_that_was_last_decided() -> None:
    def every(treaty: str, on: str) -> set[str]:
        found = answer("ask", f"Cambodia must report on {treaty} to ILO every <delay> since <date> by virtue of <clause>", "--on", on)
        return {each["values"]["delay"] for each in found["found"]}

    assert every("C29", "2008-06-12") == {"24 months"}
    assert every("C29", "2015-01-01") == {"36 months"}


def test_malaysia_left_the_convention_on_forced_labour_inside_its_window() -> None:
    found = answer("calendar", "MYS", "--from", "1989-01-01", "--to", "1991-12-31")["entries"]
    c105 = [(each["kind"], each["day"], each["last"]) for each in found if each["treaty"] == "ILO-C105"]
    assert c105 == [
        ("denunciation window", "1989-01-17", "1990-01-16"),
        ("end of being bound", "1991-01-10", None),
    ]
    later = answer("calendar", "MYS", "--from", "1999-01-01", "--to", "2001-12-31")["entries"]
    assert not [each for each in later if each["treaty"] == "ILO-C105"], "who has left has no window"


def test_a_convention_binds_no_mere_member() -> None:
    assert status("ILO-C087 does not bind Thailand as a mere member of ILO", "2008-06-12") == "yes"
    assert status("ILO-C087 does not bind Cambodia as a mere member of ILO", "2008-06-12") == "no"
