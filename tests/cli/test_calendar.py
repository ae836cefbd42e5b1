"""The calendar of a State, asked as a policy officer and as a program that imports calendars would."""

from __future__ import annotations

import csv
import io
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from icalendar import Calendar

from tests.cli.running import answer, run

PAST = ("--from", "1990-01-01", "--to", "2000-12-31")
FIRST_CRC = "the first report of Cambodia under CRC is due on 1994-11-14 by virtue of CRC art. 44(1)(a)"


def said(found: dict[str, Any]) -> list[str]:
    return [each["sentence"] for each in found["entries"]]


def events(path: Path) -> list[Any]:
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_cambodias_first_report_on_the_rights_of_the_child_was_due_on_14_november_1994() -> None:
    found = answer("calendar", "KHM", *PAST)
    (entry,) = [each for each in found["entries"] if each["treaty"] == "CRC" and each["day"] == "1994-11-14"]
    assert (entry["sentence"], entry["kind"], entry["submission"]) == (
        FIRST_CRC,
        "falls due",
        "submission data not held",
    )
    (entered,) = [each for each in entry["proof"]["premises"] if each["rule"]]
    assert entered["sentence"] == "CRC enters into force for Cambodia on 1992-11-14"
    assert "1994-11-14 is 24 months after 1992-11-14" in entry["proof"]["computed"]


def test_a_past_calendar_is_asked_as_of_its_last_day_and_does_not_change() -> None:
    found = answer("calendar", "KHM", *PAST)
    assert (found["as_of"], found["until"], found["first"], found["last"]) == (
        "2000-12-31",
        "2000-12-31",
        "1990-01-01",
        "2000-12-31",
    )
    assert all("1990-01-01" <= each["day"] <= "2000-12-31" for each in found["entries"])
    assert [each["day"] for each in found["entries"]] == sorted(each["day"] for each in found["entries"])


def test_the_last_day_is_in_the_calendar_and_the_day_after_is_not() -> None:
    assert FIRST_CRC in said(answer("calendar", "KHM", "--from", "1994-11-14", "--to", "1994-11-14"))
    assert FIRST_CRC not in said(answer("calendar", "KHM", "--from", "1994-11-15", "--to", "1995-11-14"))
    assert FIRST_CRC not in said(answer("calendar", "KHM", "--from", "1993-11-14", "--to", "1994-11-13"))


def test_a_calendar_without_days_reaches_five_years_ahead_of_the_day_asked_about() -> None:
    found = answer("calendar", "KHM", "--on", "1993-01-01")
    assert (found["first"], found["last"], found["until"]) == ("1993-01-01", "1998-01-01", "1998-01-01")
    assert FIRST_CRC in said(found)
    crc = next(each for each in found["entries"] if each["sentence"] == FIRST_CRC)
    assert crc["submission"] is None, "it is not due yet"


def test_where_submissions_are_recorded_a_report_is_overdue() -> None:
    found = answer("calendar", "KHM", "--from", "1994-01-01", "--to", "2008-02-15")
    days = {each["day"]: each["submission"] for each in found["entries"] if each["treaty"] == "ICESCR"}
    assert days == {"1994-08-26": "overdue", "1999-08-26": "overdue", "2004-08-26": "overdue"}
    later = answer("calendar", "KHM", "--from", "1994-01-01", "--to", "2008-02-16")
    assert {each["submission"] for each in later["entries"] if each["treaty"] == "ICESCR"} == {
        "submission data not held"
    }


def test_a_group_has_the_days_of_all_its_members() -> None:
    found = answer("calendar", "--group", "ASEAN", "--on", "2008-11-16", "--to", "2008-12-31")
    charter = [each for each in found["entries"] if each["treaty"] == "ASEAN-CHARTER"]
    assert len(found["states"]) == 10
    assert sorted(each["state"] for each in charter) == sorted(found["states"])
    assert {(each["day"], each["kind"]) for each in charter} == {("2008-12-15", "entry into force")}


def test_every_format_has_the_day_and_its_chain() -> None:
    wanted = ("calendar", "KHM", "--from", "1994-11-01", "--to", "1994-11-30")
    status, text, _ = run(*wanted)
    assert status == 0
    assert FIRST_CRC in text
    assert "CRC enters into force for Cambodia on 1992-11-14; Cambodia consented to be bound by CRC" in text
    assert "submission data not held" in text
    rows = list(csv.DictReader(io.StringIO(run(*wanted, "--format", "csv")[1])))
    assert [(row["day"], row["state"], row["treaty"]) for row in rows] == [("1994-11-14", "Cambodia", "CRC")]
    assert "| 1994-11-14 | Cambodia | CRC | CRC art. 44(1)(a) |" in run(*wanted, "--format", "md")[1]


def test_a_chain_is_told_once_and_then_by_the_day_of_the_first() -> None:
    _, text, _ = run("calendar", "KHM", "--from", "2000-01-01", "--to", "2010-12-31")
    chain = "the first report of Cambodia under CRC is due on 1994-11-14 by virtue of CRC art. 44(1)(a); CRC enters"
    further = [line.strip() for line in text.split("a further report of Cambodia under CRC is due on ")[1:]]
    assert [day[:10] for day in further] == ["2004-11-14", "2009-11-14"]
    assert text.count(chain) == 1
    assert "as for 2004-11-14" in further[1]


def test_nothing_recorded_on_these_days_is_said() -> None:
    status, text, _ = run("calendar", "KHM", "--from", "1900-01-01", "--to", "1900-12-31")
    assert status == 0
    assert "nothing that is recorded falls on these days" in text
    assert answer("calendar", "KHM", "--from", "1900-01-01", "--to", "1900-12-31")["entries"] == []


def test_the_file_for_calendars_is_read_back_by_a_parser(tmp_path: Path) -> None:
    path = tmp_path / "khm.ics"
    assert run("calendar", "KHM", *PAST, "--ics", str(path))[0] == 0
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(path.read_bytes())
    assert (str(calendar["VERSION"]), bool(calendar["PRODID"])) == ("2.0", True)
    found = answer("calendar", "KHM", *PAST)["entries"]
    read = events(path)
    assert [str(each["UID"]) for each in read] == [each["uid"] for each in found]
    assert len({str(each["UID"]) for each in read}) == len(read)
    event = next(each for each in read if str(each["SUMMARY"]) == FIRST_CRC)
    assert event["DTSTART"].dt == date(1994, 11, 14), "all day"
    assert event["DTEND"].dt == date(1994, 11, 15), "the day after the last"
    assert event["DTSTAMP"].dt == datetime(2000, 12, 31, tzinfo=UTC)
    assert "CRC enters into force for Cambodia on 1992-11-14" in str(event["DESCRIPTION"])
    assert all(each.errors == [] for each in calendar.walk())


def test_the_same_day_has_the_same_identifier_in_every_calendar(tmp_path: Path) -> None:
    one, same, other = (tmp_path / name for name in ("one.ics", "same.ics", "other.ics"))
    run("calendar", "KHM", *PAST, "--ics", str(one))
    run("calendar", "KHM", *PAST, "--ics", str(same))
    run("calendar", "KHM", "--from", "1994-11-14", "--to", "1994-11-14", "--ics", str(other))
    assert one.read_bytes() == same.read_bytes()
    assert [str(each["UID"]) for each in events(other)] == [
        str(each["UID"]) for each in events(one) if str(each["SUMMARY"]) == FIRST_CRC
    ]


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "khm.ics"
    path.write_text("before")
    with mock.patch.object(os, "replace", side_effect=OSError(28, "No space left on device")):
        status, _, said = run("calendar", "KHM", *PAST, "--ics", str(path))
    assert (status, said) == (2, f"`{path}` cannot be written: No space left on device\n")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


BAD = {
    "no State": ((), "whose calendar?\n  help: name a State, or a group with --group\n"),
    "a State nearly right": (("Camboda",), "unknown State `Camboda`\n  help: did you mean `Cambodia` or `Samoa` or `Zambia`?\n"),
    "a group as a State": (("ASEAN",), "unknown State `ASEAN`\n  help: `ASEAN` is a Group, not a State\n"),
    "a State as a group": (
        ("--group", "Cambodia"),
        "unknown Group `Cambodia`\n  help: `Cambodia` is a State, not a Group\n",
    ),
    "the last day first": (
        ("KHM", "--from", "2000-01-01", "--to", "1999-12-31"),
        "--to 1999-12-31 is before --from 2000-01-01\n  help: the first day comes first\n",
    ),
    "no day of the calendar": (("KHM", "--to", "2001-02-29"), "--to: `2001-02-29` is not a day of the calendar\n"),
    "the horizon twice": (
        ("KHM", "--until", "2030-01-01"),
        "a calendar looks ahead to its last day\n  help: say --to in place of --until\n",
    ),
    "a range of days": (
        ("KHM", "--on", "2000-01-01..2002-01-01"),
        "--on takes one day here\n  help: applies, gaps and force take a range of days\n",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_error(case: str) -> None:
    words, says = BAD[case]
    assert run("calendar", *words) == (2, "", says)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none" / "khm.ics"
    status, out, says = run("calendar", "KHM", *PAST, "--ics", str(path))
    assert (status, out, says) == (2, "", f"`{path}` cannot be written: No such file or directory\n")


def test_without_icalendar_the_error_says_what_to_install(tmp_path: Path) -> None:
    with mock.patch.dict(sys.modules, {"icalendar": None}):
        status, _, says = run("calendar", "KHM", *PAST, "--ics", str(tmp_path / "khm.ics"))
    assert (status, says) == (2, "--ics needs icalendar\n  help: pip install 'treaty-engine[ics]'\n")


def test_a_day_of_many_states_is_read_once_with_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "asean.ics"
    _, out, _ = run("calendar", "--group", "ASEAN", "--from", "2026-06-01", "--to", "2026-06-30", "--ics", str(path))
    told = [line.strip() for line in out.splitlines()]
    assert told.count("a notice to denounce ILO C-138 may be given from 2026-06-19 on and before 2027-06-19 *") == 1
    assert any(line.startswith("Brunei Darussalam, Indonesia, ") for line in told)
    summaries = [str(event["summary"]) for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]
    assert summaries
    assert len(set(summaries)) == len(summaries), "each says whose it is"
