"""The official tables at hand become facts: all rows are accounted for, and the figures are theirs."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.importers.samples import DATA, Imported, official

pytestmark = official
DATED = re.compile(r"\s*\d{1,2} [A-Z][a-z]{2} \d{4}(?:\s+\w{1,2})?\s*")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    tables = sorted(map(str, (DATA / "untc_2015" / "treaties").glob("*.csv")))
    index = str(DATA / "untc_2015" / "index.csv")
    return Imported(tmp_path_factory.mktemp("untc"), "untc", *tables, index, "--status-date", "2015-03-14")


def test_every_row_of_the_324_tables_becomes_facts_or_is_reported(whole: Imported) -> None:
    assert "324 tables: 23,757 rows read" in whole.said
    reported = {(row["file"], row["row"]) for row in whole.rows("not-understood") if not row["column"]}
    assert len(reported) == 2
    assert len(whole.rows("entries")) + 4 == 23_757
    assert 1 - len(reported) / 23_757 >= 0.998


def test_every_date_of_the_tables_is_a_record_or_in_the_report(whole: Imported) -> None:
    printed = 0
    for path in (DATA / "untc_2015" / "treaties").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            printed += sum(bool(DATED.fullmatch(cell)) for row in csv.reader(file) for cell in row[1:])
    report = whole.rows("not-understood")
    cells = sum(bool(DATED.fullmatch(cell)) for row in report for cell in row["text"].split(" | "))
    assert printed == len(whole.rows("records")) + cells == 31_420


def test_the_reasons_are_two(whole: Imported) -> None:
    reasons = Counter(re.sub(r"`.*`", "…", reason) for reason in whole.reasons())
    assert reasons == {"the column states no act": 859, "the heading … is not understood": 4}


def test_marks_are_told_apart_by_their_case(whole: Imported) -> None:
    acts = Counter(row["act"] for row in whole.rows("records"))
    assert (acts["accession"], acts["approval"], acts["formal confirmation"]) == (7090, 197, 10)
    assert acts["succession"] + acts["succession to signature"] + 4 == 1243


def test_the_packaged_records_are_among_those_imported(whole: Imported) -> None:
    found = {(row["treaty"], row["state"], row["act"], row["date"]) for row in whole.rows("records")}
    packaged = Path(__file__).resolve().parents[2] / "facts" / "records" / "untc-2015" / "acts.csv"
    with packaged.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["act"]]
    assert rows
    missing = [row for row in rows if (row["treaty"], row["state"], row["act"], row["date"]) not in found]
    assert missing == []


def test_the_tables_in_xml_give_exactly_their_rows(tmp_path: Path) -> None:
    tables = sorted(map(str, (DATA / "untc_xml").glob("*.xml")))
    found = Imported(tmp_path, "untc", *tables, "--status-date", "2015-03-14")
    assert Counter(row["treaty"] for row in found.rows("entries")) == {"CSTP-1950": 95, "ICRMW": 66}
    assert not found.rows("not-understood")


def test_the_tables_in_xml_say_what_those_in_csv_say(whole: Imported, tmp_path: Path) -> None:
    tables = sorted(map(str, (DATA / "untc_xml").glob("*.xml")))
    found = Imported(tmp_path, "untc", *tables, "--status-date", "2015-03-14")
    records = [
        {tuple(row[part] for part in ("treaty", "state", "act", "date")) for row in each.rows("records")}
        for each in (whole, found)
    ]
    assert {row for row in records[0] if row[0] in ("CSTP-1950", "ICRMW")} - records[1] == set()


def test_the_comparative_table_of_the_ilo(tmp_path: Path) -> None:
    found = Imported(tmp_path, "normlex", str(DATA / "ilo_2026" / "ILO_Conventions.csv"))
    assert not found.rows("not-understood")
    acts = Counter((row["treaty"], row["act"]) for row in found.rows("periods"))
    assert sum(acts.values()) == 1637
    assert acts["ILO-C087", "ratification"] == 158
    assert acts["ILO-C105", "denunciation"] == 2
    entered = {(row["treaty"], row["state"]) for row in found.rows("entries")}
    recorded = {(row["treaty"], row["state"]) for row in found.rows("periods")}
    assert not entered & recorded
    assert len(entered) + len(recorded) == 187 * 11


def test_the_rows_of_the_ilo_from_pages(tmp_path: Path) -> None:
    found = Imported(tmp_path, "normlex", str(DATA / "ilo_2026" / "ilo_rows_from_pages.csv"))
    assert len(found.rows("records")) + len(found.rows("not-understood")) == 108
    assert {row["reason"] for row in found.rows("not-understood")} == {
        "the row gives no day of registration; an entry into force for the State is no act"
    }
