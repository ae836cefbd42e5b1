"""Tables of NORMLEX: years stay years, and a denunciation is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.samples import normlex

HEAD = "Country,Forced_labour_C029,Forced_labour_C105,BUSINESS_DATE\n"
LONG = "convention,country,ratification_registered,means,in_force,status,source\n"


def test_a_year_is_a_period_and_a_denunciation_an_act_of_its_own(tmp_path: Path) -> None:
    found = normlex(tmp_path, HEAD + "Malaysia,1957,1958den.:1990,04-06-2026\nChina,2022,,04-06-2026\n")
    assert found.status == 0, found.complaint
    assert found.acts("MYS") == [("ratification", "1957"), ("denunciation", "1990"), ("ratification", "1958")]
    assert found.acts("CHN") == [("ratification", "2022")]
    assert [(row["treaty"], row["state"]) for row in found.rows("entries")] == [("ILO-C105", "CHN")]
    assert [(row["id"], row["complete_until"]) for row in found.rows("sources")] == [
        ("normlex-2026-06-04", "2026-06-04")
    ]
    assert [row["printed"] for row in found.rows("periods") if row["act"] == "denunciation"] == ["1958den.:1990"]


def test_a_blank_is_an_entry_and_a_year_is_none_so_that_no_day_is_taken_for_never(tmp_path: Path) -> None:
    found = normlex(tmp_path, HEAD + "Ghana,,1958,04-06-2026\n")
    assert [row["treaty"] for row in found.rows("entries")] == ["ILO-C029"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Malaysia,1957,1990den.:1958,04-06-2026", "the denunciation is earlier than the ratification"),
        ("Malaysia,1957,2027,04-06-2026", "the year is after the day of the table"),
        ("Malaysia,1957,Not in force,04-06-2026", "the cell is no year"),
        ("Malaysia,1957,0000,04-06-2026", "is not a day of the calendar"),
        ("Malaysia,1957,1958,05-06-2026", "the row is of another day than the first"),
        ("Atlantis,1957,1958,04-06-2026", "the participant is not in the register"),
        ("Malaysia,1957", "2 cells where the heading has 4"),
    ],
)
def test_what_is_not_understood_is_reported(tmp_path: Path, row: str, reason: str) -> None:
    found = normlex(tmp_path, HEAD + "Ghana,,,04-06-2026\n" + row + "\n")
    assert len(found.reasons()) == 1
    assert reason in found.reasons()[0]


def test_a_row_of_a_list_of_pages_names_its_own_source(tmp_path: Path) -> None:
    rows = [
        "C097,Albania,2005-03-02,R,2006-03-02,,a public page",
        "C097,Barbados,1967-05-08,Su,1966-11-30,,a public page",
        "C160,Uruguay,2020-06-12,R,,,another page",
        "C105,Afghanistan,,,1964-05-16,,a third page",
        "C105,Ghana,1958-13-01,R,,,a page",
        "C105,Ghana,1958-12-01,X,,,a page",
    ]
    found = normlex(tmp_path, LONG + "\n".join(rows) + "\n")
    assert found.acts("BRB") == [("succession", "1967-05-08")]
    assert {row["name"]: (row["as_known_on"], row["complete_until"]) for row in found.rows("sources")} == {
        "a public page": ("2005-03-02", ""), "another page": ("2020-06-12", ""),
    }  # fmt: skip
    assert found.entries() == []
    assert [(row["id"], row["aliases"].split(" | ")[0]) for row in found.rows("treaties")] == [("ILO-C160", "C160")]
    assert len(found.reasons()) == 3
    assert [row["note"] for row in found.rows("records") if row["state"] == "BRB"] == ["in_force 1966-11-30"]


def test_another_table_is_refused(tmp_path: Path) -> None:
    found = normlex(tmp_path, "State,Year\nGhana,1958\n")
    assert (found.status, "this is no table of NORMLEX that is known" in found.complaint) == (2, True)
