"""Traps of sources: what a careless reader of tables falls into, each on real records where there are any."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.cli.running import answer
from tests.conftest import ROOT


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
            assert {record["source"] for record in each["records"]} == {"chapter-table-1", "untc-2015"}  # not Table 2


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


def test_t25_two_days_in_one_row_of_an_encyclopedia_are_a_conflict_of_the_row_with_itself(tmp_path: Path) -> None:
    with (ROOT / "facts" / "sources.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    source = dict.fromkeys(columns, "") | {"id": "infobox", "name": "Infobox", "source": "infobox", "locator": "whole"}
    described = json.loads((ROOT / "facts" / "datapackage.json").read_text(encoding="utf-8"))
    sources = next(each for each in described["resources"] if each["name"] == "sources")
    fields = [
        {"name": name, "type": "string"} for name in ("by", "act", "state", "treaty", "date", "source", "locator")
    ]
    acts = {
        "name": "acts", "path": "acts.csv", "schema": {"fields": fields}, "records": True,
        "sentences": [{"sentence": "<by> records <act> by <state> under <treaty> on <date>"}],
    }  # fmt: skip
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [sources, acts]}), encoding="utf-8")
    with (tmp_path / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, list(source.values())])
    rows = [f"infobox,ratification,FRA,ILO-C190,{day},infobox,row France" for day in ("2024-04-12", "2024-04-14")]
    (tmp_path / "acts.csv").write_text("\n".join([",".join(f["name"] for f in fields), *rows, ""]), encoding="utf-8")
    found = answer("conflicts", "--source", "infobox", "--facts", str(tmp_path))["conflicts"]
    assert [(each["diagnosis"], each["state"]) for each in found] == [("duplicate", "FRA")]
    assert {record["values"]["date"] for record in found[0]["records"]} == {"2024-04-12", "2024-04-14"}
