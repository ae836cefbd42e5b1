"""The chapter's tables held against the depositaries, and a Swiss table against the clause of its treaty."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from typing import Any

from tests.cli.running import answer, run
from tests.importers.samples import DATA

_TREATIES = {
    "CSTPEPO = 1950 Traffic in Persons": "CSTP-1950", "CEAFRD = ICERD": "ICERD", "CCPR = ICCPR": "ICCPR",
    "CESCR = ICESCR": "ICESCR", "CEFDW = CEDAW": "CEDAW", "CRC = CRC": "CRC", "MWC = ICRMW": "ICRMW",
    "ASEAN Charter": "ASEAN-CHARTER",
}  # fmt: skip
_STATES = {
    "Cambodia": "KHM", "Lao PDR": "LAO", "Myanmar": "MMR", "Thailand": "THA", "Viet Nam": "VNM",
    "Brunei Darussalam": "BRN", "Indonesia": "IDN", "Malaysia": "MYS", "Philippines": "PHL", "Singapore": "SGP",
}  # fmt: skip
LATE = ("KHM", "ICRMW")
"""The cell that is right, and later than the day of which the table says it is."""


@cache
def chapter() -> dict[str, Any]:
    """What is found against the chapter, as of the day on which its sources were read."""
    return answer("conflicts", "--source", "chapter", "--on", "2008-06-12")


def found(diagnosis: str) -> set[tuple[str, str]]:
    """The pairs with a diagnosis."""
    return {(each["state"], each["treaty"]) for each in chapter()["conflicts"] if each["diagnosis"] == diagnosis}


def verdicts(verdict: str) -> set[tuple[str, str]]:
    """The pairs of which an independent check of every cell says so."""
    with (DATA.parent / "reference" / "seed_check.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["verdict"] == verdict]
    return {(_STATES[row["state"]], _TREATIES[row["treaty"]]) for row in rows}


def test_nineteen_days_of_entry_into_force_are_given_for_the_act() -> None:
    assert found("entry-into-force date") == verdicts("entry-into-force date")
    assert len(found("entry-into-force date")) == 19


def test_the_wrong_year_of_myanmar_is_found_under_the_day_of_entry_into_force() -> None:
    assert found("wrong year") == verdicts("wrong year") == {("MMR", "CEDAW")}


def test_the_signature_given_as_an_accession_is_found() -> None:
    assert found("wrong means") == verdicts("wrong means") == {("LAO", "ICESCR")}


def test_what_else_the_check_of_every_cell_found_is_found() -> None:
    omitted, misdated = found("left out"), found("date of the instrument") | found("approval at home")
    assert omitted | misdated == verdicts("other")
    assert omitted == {("KHM", "CSTP-1950")}
    assert misdated == {("KHM", "ASEAN-CHARTER"), ("VNM", "ASEAN-CHARTER")}


def test_the_source_dated_before_its_own_cell_is_found() -> None:
    assert found("later than its source") == {LATE}


def test_nothing_is_found_in_a_cell_that_the_check_calls_right() -> None:
    every = {(each["state"], each["treaty"]) for each in chapter()["conflicts"]}
    wrong = set().union(*map(verdicts, ("entry-into-force date", "wrong year", "wrong means", "other")))
    assert every == wrong | {LATE}


def test_beside_the_diagnosis_of_a_cell_only_what_the_same_check_says_in_words_is_found() -> None:
    counts = Counter((each["state"], each["treaty"]) for each in chapter()["conflicts"])
    assert {pair for pair, times in counts.items() if times > 1} == {("LAO", "ICESCR"), ("VNM", "ASEAN-CHARTER")}
    assert found("out of date") == {("LAO", "ICESCR")}  # "also stale: ratified 2007-02-13"
    assert found("unresolved") == {("VNM", "ASEAN-CHARTER")}  # approval at home on 6 or 14 March, "sources conflict"


def test_each_conflict_shows_both_records_with_the_cell_as_printed() -> None:
    (one,) = [each for each in chapter()["conflicts"] if (each["state"], each["treaty"]) == ("LAO", "ICERD")]
    table, *_, depositary = one["records"]
    assert (table["source"], table["printed"], table["values"]["date"]) == (
        "chapter-table-1",
        "24/03/1974a",
        "1974-03-24",
    )
    assert table["doubted"]
    assert not table["relied_on"]
    assert (depositary["source"], depositary["values"]["date"]) == ("untc-2015", "1974-02-22")
    assert depositary["relied_on"]
    assert not depositary["doubted"]
    assert depositary["locator"]


def test_the_rule_that_chose_is_named_and_where_none_chose_nothing_is_picked() -> None:
    chosen = {
        (each["state"], each["treaty"], each["diagnosis"]): each["chosen_by"] and each["chosen_by"]["rule"]
        for each in chapter()["conflicts"]
    }
    assert chosen["KHM", "CRC", "entry-into-force date"] == "overruled-by-a-better-date"
    assert chosen["LAO", "ICESCR", "wrong means"] == "overruled-by-the-depositary"
    assert chosen["KHM", "CSTP-1950", "left out"] == "act-as-recorded"
    assert chosen["VNM", "ASEAN-CHARTER", "approval at home"] is None


def test_the_effect_says_whether_it_matters_who_is_right() -> None:
    effects = {
        (each["state"], each["treaty"], each["diagnosis"]): tuple(each["effect"].values())
        for each in chapter()["conflicts"]
    }
    assert effects["KHM", "ICERD", "entry-into-force date"] == (
        "changes since-date", "party since 1984-01-27", "party since 1983-12-28"
    )  # fmt: skip
    assert effects["KHM", "CSTP-1950", "left out"] == (
        "changes status", "no act recorded", "signed only since 2004-09-27"
    )  # fmt: skip
    assert effects["LAO", "ICESCR", "wrong means"] == (
        "changes status", "party since 2001-03-07", "signed only since 2000-12-07"
    )  # fmt: skip
    assert effects["KHM", "ICRMW", "later than its source"][0] == "none"


def test_every_conflict_is_proven_down_to_its_cells() -> None:
    for each in chapter()["conflicts"]:
        assert each["conclusions"]
        assert all(one["proof"]["premises"] for one in each["conclusions"])
        assert all(record["locator"] for record in each["records"])


def test_the_swiss_table_has_two_errors_and_no_other() -> None:
    swiss = answer("conflicts", "--source", "swiss-c189")
    assert [(each["state"], each["diagnosis"]) for each in swiss["conflicts"]] == [
        ("DEU", "against the clause"),
        ("MDG", "against the clause"),
    ]
    printed = {record["printed"] for each in swiss["conflicts"] for record in each["records"]}
    assert {"20. September 2012", "20. September 2014", "11. Juni 2019"} <= printed


def test_states_treaties_and_groups_narrow_what_is_listed() -> None:
    assert {c["treaty"] for c in answer("conflicts", "--treaty", "CEDAW", "--source", "Table 1")["conflicts"]} == {
        "CEDAW"
    }
    assert {c["state"] for c in answer("conflicts", "--state", "Thailand", "--source", "chapter")["conflicts"]} == {
        "THA"
    }
    held = answer("conflicts", "--group", "GMS", "--source", "chapter", "--with", "untc-2015")["conflicts"]
    assert all("chapter-table-1" in {record["source"] for record in each["records"]} for each in held)
    assert {each["treaty"] for each in held}.isdisjoint({"ASEAN-CHARTER", "ILO-C029"})


def test_no_conflict_is_exit_status_one_and_an_unknown_source_is_an_error() -> None:
    assert run("conflicts", "--source", "swiss-c189", "--state", "Uruguay")[0] == 1
    status, _, complaint = run("conflicts", "--source", "Table 9")
    assert status == 2
    assert "unknown Source `Table 9`" in complaint
    assert "Traceback" not in complaint


def test_the_formats_say_the_same() -> None:
    words = ("conflicts", "--source", "swiss-c189", "--format")
    rows = list(csv.DictReader(run(*words, "csv")[1].splitlines()))
    assert {row["state"] for row in rows} == {"DEU", "MDG"}
    assert rows[0]["printed"] == "20. September 2014"
    assert "## Against the clause (2)" in run(*words, "md")[1]
    assert "Against the clause (2)" in run(*words, "text")[1]


def test_two_tables_of_the_united_nations_five_years_apart_differ_in_seven_places() -> None:
    found = answer("conflicts", "--source", "ohchr-2020", "--with", "untc-2015")["conflicts"]
    assert {(each["diagnosis"], each["state"], each["treaty"]) for each in found} == {
        ("wrong means", "MNE", "ICRMW"),  # a succession to signature, given as a signature
        ("another day", "AUT", "CRC"),  # signed on 26 January or 26 August 1990
        ("another day", "VCT", "ICRMW"),  # acceded in 2005 or 2010
        ("left out", "SSD", "CRC"),  # acceded on 23 January 2015, not in the table of March
        ("left out", "KNA", "CRC"),
        ("left out", "LCA", "CRC"),
        ("left out", "VCT", "CRC"),
    }
