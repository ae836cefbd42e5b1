"""Reports as a committee's secretariat would count them: from entry into force for the State, never from the deposit."""

from __future__ import annotations

from tests.cli.running import answer


def due(state: str, treaty: str, until: str) -> list[str]:
    """The days on which reports of a State under a treaty are due."""
    found = answer("calendar", state, "--on", until, "--from", "1960-01-01", "--to", until)
    return [each["day"] for each in found["entries"] if each["treaty"] == treaty and each["kind"] == "falls due"]


def test_cambodia_was_bound_to_have_reported_on_the_rights_of_the_child_by_1_january_1995() -> None:
    owed = answer("why", "KHM owes a report under CRC by 1994-11-14", "--on", "1995-01-01")
    assert owed["status"] == "yes"
    chain = [owed["proof"]]
    while inner := [each for each in chain[-1]["premises"] if each["rule"] and each["values"].get("state") == "KHM"]:
        chain.append(inner[0])
    told = " > ".join(each["sentence"] for each in chain)
    assert "CRC enters into force for Cambodia on 1992-11-14" in told
    assert "through accession on 1992-10-15" in told
    overdue = answer("why", "the report of KHM under CRC that was due on 1994-11-14 is overdue", "--on", "1995-01-01")
    assert overdue["status"] == "unknown", "no record says what was sent"
    held = "submission data not held for the report of KHM under CRC that was due on 1994-11-14"
    assert answer("why", held, "--on", "1995-01-01")["status"] == "yes"


def test_further_reports_are_counted_from_the_day_the_first_was_due() -> None:
    assert due("KHM", "CRC", "2010-01-01") == ["1994-11-14", "1999-11-14", "2004-11-14", "2009-11-14"]
    assert due("MMR", "CEDAW", "2003-01-01") == ["1998-08-21", "2002-08-21"]


def test_later_reports_on_civil_and_political_rights_are_due_when_the_committee_asks() -> None:
    assert due("KHM", "ICCPR", "2010-01-01") == ["1993-08-26"]
    asks = "KHM must report under ICCPR whenever its committee asks since 1992-08-26 by virtue of ICCPR art. 40(1)(b)"
    assert answer("why", asks, "--on", "2010-01-01")["status"] == "yes"


def test_a_signatory_owes_no_report() -> None:
    assert due("KHM", "ICRMW", "2015-01-01") == []
    owed = answer("why", "KHM owes a report under ICRMW by <due>", "--on", "2015-03-01")
    assert owed["status"] in ("no", "unknown")


def test_the_united_states_reports_on_the_protocol_by_itself_for_the_convention_does_not_bind_it() -> None:
    assert due("USA", "OP-CRC-AC", "2015-03-01") == ["2005-01-23", "2010-01-23", "2015-01-23"]
    assert due("KHM", "OP-CRC-AC", "2015-03-01") == ["2006-08-16"], "the rest goes into its reports on the convention"
