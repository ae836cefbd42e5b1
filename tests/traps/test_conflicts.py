"""Traps of sources: what a careless reader of tables falls into, each on real records where there are any."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.cli.running import answer


@cache
def chapter(on: str = "2008-06-12") -> list[dict[str, Any]]:
    """What is found against the chapter."""
    found: list[dict[str, Any]] = answer("conflicts", "--source", "chapter", "--on", on)["conflicts"]
    return found


def test_t02_a_day_of_entry_into_force_is_not_read_as_one_of_ratification() -> None:
    found = [each for each in chapter() if each["diagnosis"] == "entry-into-force date"]
    assert len(found) == 19
    early = next(each for each in found if (each["state"], each["treaty"]) == ("VNM", "CRC"))
    assert early["records"][0]["values"]["date"] == "1990-09-02"  # the general entry into force, not thirty days later
    assert all(each["chosen_by"]["rule"] == "overruled-by-a-better-date" for each in found)


def test_t03_one_table_may_mean_different_days_in_different_rows() -> None:
    for each in chapter():
        if each["diagnosis"] == "entry-into-force date":
            assert each["treaty"] != "CSTP-1950"  # its row has days of deposit
            assert "chapter-table-2" not in {record["source"] for record in each["records"]}  # days of registration


def test_t05_a_cell_later_than_the_date_of_its_source_is_an_alarm() -> None:
    (found,) = [each for each in chapter() if each["diagnosis"] == "later than its source"]
    assert (found["state"], found["treaty"]) == ("KHM", "ICRMW")
    assert found["records"][0]["printed"] == "s27/09/2004"
    assert found["effect"]["kind"] == "none"  # the depositary has the same day: the date of the source is wrong


def test_t20_sources_in_conflict_are_tested_and_never_silently_chosen() -> None:
    viet_nam = [each for each in chapter() if (each["state"], each["treaty"]) == ("VNM", "ASEAN-CHARTER")]
    assert {each["diagnosis"] for each in viet_nam} == {"approval at home", "unresolved"}
    assert all(each["chosen_by"] is None for each in viet_nam)
    thailand = answer("conflicts", "--state", "THA", "--treaty", "ASEAN-CHARTER", "--with", "asean-charter-reprint")
    (one,) = thailand["conflicts"]
    assert one["diagnosis"] == "off by one day"
    assert {record["values"]["date"] for record in one["records"]} == {"2008-11-14", "2008-11-15"}
    assert [record["values"]["date"] for record in one["records"] if record["relied_on"]] == ["2008-11-15"]


def test_t25_two_days_in_one_row_of_an_encyclopedia_do_not_agree_with_the_clause() -> None:
    (one,) = answer("conflicts", "--source", "wikipedia-c190", "--treaty", "ILO-C190")["conflicts"]
    assert (one["diagnosis"], one["state"]) == ("against the clause", "FRA")
    said = {record["values"].get("act", "in force"): record["values"]["date"] for record in one["records"]}
    assert said == {"ratification": "2023-04-12", "in force": "2024-04-14"}
    due = {each["date"] for conclusion in one["conclusions"] for each in _computed(conclusion["proof"])}
    assert "2024-04-12" in due


def _computed(proof: dict[str, Any]) -> list[dict[str, str]]:
    """The days that a proof computes."""
    return [{"date": line.split(" ")[0]} for line in proof["computed"]]
