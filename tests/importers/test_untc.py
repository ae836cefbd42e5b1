"""Status tables of the UN: every row becomes facts or stands in the report, and nothing is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.importers.samples import SIGNED, Imported, page, untc, xml
from treaty_engine.treaties.corpus import Question
from treaty_engine.treaties.loading import load
from treaty_engine.treaties.places import packaged

WITHDRAWN = [
    ("Jamaica<superscript>3</superscript>", "[19 Dec 1966]", "[ 3 Oct 1975]"),
    ("Guyana", "", "[10 May 1993 a] 5 Jan 1999 a"),
    ("Trinidad and Tobago<superscript>5,6</superscript>", "", "[14 Nov 1980 a]"),
    ("Ghana", "7 Sep 2000", "7 Sep 2000"),
]


def test_those_who_denounced_iccpr_op1_are_not_lost(tmp_path: Path) -> None:
    found = untc(tmp_path, xml(WITHDRAWN))
    assert found.status == 0, found.complaint
    assert found.acts("JAM") == [
        ("ratification", "1975-10-03"), ("signature", "1966-12-19"), ("withdrawal", "1975-10-03/2015-03-14"),
    ]  # fmt: skip
    assert found.acts("GUY") == [
        ("accession", "1993-05-10"), ("accession", "1999-01-05"), ("withdrawal", "1993-05-10/1999-01-05"),
    ]  # fmt: skip
    assert found.acts("TTO") == [("accession", "1980-11-14"), ("withdrawal", "1980-11-14/2015-03-14")]
    assert found.entries() == ["GHA"]
    notes = {row["state"]: row["note"] for row in found.rows("records")}
    assert notes["TTO"] == "footnotes 5,6; in brackets: withdrawn"
    assert not found.rows("not-understood")


def test_a_name_in_brackets_withdraws_the_row(tmp_path: Path) -> None:
    found = untc(tmp_path, xml([("[Jamaica]", "19 Dec 1966", "3 Oct 1975")]))
    assert ("withdrawal", "1975-10-03/2015-03-14") in found.acts("JAM")


def test_a_withdrawal_that_no_day_bounds_is_reported_with_its_whole_row(tmp_path: Path) -> None:
    found = untc(tmp_path, xml(WITHDRAWN), day="")
    assert found.acts("JAM") == []
    assert found.acts("GUY")
    assert (
        found.reasons() == ["withdrawn, by its brackets; give the day of the table, before which it must have been"] * 2
    )


def test_a_signature_in_brackets_is_told_from_a_denunciation(tmp_path: Path) -> None:
    found = untc(tmp_path, xml([("Jamaica", "[19 Dec 1966]", "")]))
    assert [row["note"] for row in found.rows("periods")] == ["the brackets are around a signature only"]


def test_the_title_and_number_of_a_new_treaty_and_the_id_of_a_known_one(tmp_path: Path) -> None:
    new = untc(tmp_path, xml([("Ghana", "", "7 Sep 2000")], number="6"), name="IV-6.en.xml")
    assert [(row["id"], row["full_title"]) for row in new.rows("treaties")] == [
        ("MTDSG-IV-6", "Optional Protocol. New York, 16 December 1966")
    ]
    known = untc(tmp_path, xml([("Ghana", "", "7 Sep 2000")], number="13"), name="IV-13.en.xml")
    assert known.rows("treaties") == []
    assert {row["treaty"] for row in known.rows("records")} == {"ICRMW"}


@pytest.mark.parametrize(
    ("chapter", "number", "file", "expected"),
    [
        ("CHAPTER VII", "11a", "x.xml", "MTDSG-VII-11-a"),
        ("CHAPTER VII", "11.b", "x.xml", "MTDSG-VII-11-b"),
        ("CHAPTER XI", "10", "XI-A-10.en.xml", "MTDSG-XI-A-10"),
        ("", "", "vi-16.en.xml", "MTDSG-VI-16"),
        ("CHAPTER XVIII", "12-c", "renamed.xml", "MTDSG-XVIII-12-c"),
    ],
)
def test_numbers_of_treaties(tmp_path: Path, chapter: str, number: str, file: str, expected: str) -> None:
    text = xml([("Ghana", "", "7 Sep 2000")], chapter=chapter, number=number)
    found = untc(tmp_path, text, name=file)
    treaties = {row["treaty"] for row in found.rows("records")}
    assert treaties == {expected} or treaties == {"CSTP-1950"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Atlantis", "", "7 Sep 2000"), "the participant is not in the register"),
        (("", "", "7 Sep 2000"), "the row names no participant"),
        (("Ghana", "7 Sep 2000"), "2 cells where the heading has 3"),
        (("Ghana", "", "7 Sep 2000 x"), "the mark `x` is not known"),
        (("Ghana", "", "sometime"), "`sometime` is not a date such as `5 Jun 2007 a`"),
        (("Ghana", "", "30 Feb 2000"), "`30 Feb 2000` is not a day of the calendar"),
        (("[Ghana]", "", ""), "the name is in brackets and no date is"),
        (("[Ghana]", "", "[7 Sep 2016]"), "withdrawn, by its brackets, and dated later than the day of the table"),
    ],
)
def test_a_row_that_is_not_understood_is_reported_whole(tmp_path: Path, row: tuple[str, ...], reason: str) -> None:
    found = untc(tmp_path, xml([row, ("Niger", "", "7 Sep 2000")]))
    assert found.reasons() == [reason]
    assert found.rows("not-understood")[0]["text"] == " | ".join(row)
    assert {record["state"] for record in found.rows("records")} == {"NER"}
    assert found.entries() == ["NER"]
    assert "1 rows and 0 other parts became no fact" in found.said


def test_a_state_of_which_a_cell_was_not_understood_has_no_entry_so_silence_proves_nothing(tmp_path: Path) -> None:
    found = untc(tmp_path, xml([("Ghana", "7 Sep 2000", "ratified")]))
    assert found.acts("GHA") == [("signature", "2000-09-07")]
    assert found.entries() == []
    assert found.reasons() == ["`ratified` is not a date such as `5 Jun 2007 a`"]


def test_a_table_that_prints_no_acts_has_entries_of_a_source_that_claims_no_completeness(tmp_path: Path) -> None:
    found = untc(tmp_path, page([("Ghana",)], headings=()), name="1-4.csv")
    assert [row["recorded_by"] for row in found.rows("entries")] == ["untc-2015-03-14-lists"]
    complete = {row["id"]: row["complete_until"] for row in found.rows("sources")}
    assert complete == {"untc-2015-03-14": "2015-03-14", "untc-2015-03-14-lists": ""}


def test_without_a_day_nothing_is_complete(tmp_path: Path) -> None:
    found = untc(tmp_path, xml([("Ghana", "", "7 Sep 2000")]), day="")
    assert [(row["id"], row["as_known_on"], row["complete_until"]) for row in found.rows("sources")] == [
        ("untc-undated", "2000-09-07", "")
    ]
    assert "no --status-date" in found.complaint


def test_a_known_source_brings_its_own_day(tmp_path: Path) -> None:
    text = xml([("[Jamaica]", "19 Dec 1966", "3 Oct 1975")])
    found = untc(tmp_path, text, "--source", "untc-2015", day="")
    assert found.rows("sources") == []
    assert ("withdrawal", "1975-10-03/2015-03-14") in found.acts("JAM")
    wrong = untc(tmp_path, text, "--source", "untc-2015", day="2016-01-01")
    assert (wrong.status, "is known, and is of 2015-03-14" in wrong.complaint) == (2, True)


def test_a_treaty_without_a_table_is_reported(tmp_path: Path) -> None:
    text = "<Treaties><Chapter><Number>CHAPTER VII</Number></Chapter><Treaty><ExternalData><Number>3</Number></ExternalData>"
    text += "<Participants>(April 10th,1935&lt;/right&gt; &lt;i&gt;a&lt;/i&gt; )</Participants></Treaty></Treaties>"
    found = untc(tmp_path, text)
    assert found.status == 0
    assert found.reasons() == ["no table of participants: it has no table"]


def test_markup_that_is_not_escaped_is_read_like_markup_that_is(tmp_path: Path) -> None:
    plain = xml([("Ghana", "", "7 Sep 2000 a")]).replace(
        "7 Sep 2000 a", "7 Sep 2000<superscript>4</superscript> <i>a</i>"
    )
    assert untc(tmp_path, plain).acts("GHA") == [("accession", "2000-09-07")]


def test_text_in_iso_8859_1_is_read_whatever_it_says_of_itself(tmp_path: Path) -> None:
    latin = xml([("Côte d'Ivoire", "", "7 Sep 2000 a")]).encode("iso-8859-1")
    assert untc(tmp_path, latin).acts("CIV") == [("accession", "2000-09-07")]
    honest = latin.replace(b'encoding="utf-8"', b'encoding="ISO-8859-1"')
    assert untc(tmp_path, honest).acts("CIV") == [("accession", "2000-09-07")]
    wide = xml([("Côte d'Ivoire", "", "7 Sep 2000 a")]).encode("utf-16")
    assert untc(tmp_path, wide).acts("CIV") == [("accession", "2000-09-07")]


def test_the_same_treaty_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(xml([("Ghana", "", "7 Sep 2000")]), encoding="utf-8")
    found = Imported(tmp_path / "out", "untc", str(tmp_path / "a.xml"), str(tmp_path / "b.xml"))
    assert (found.status, "IV-5 is in two files: `a.xml` and `b.xml`" in found.complaint) == (2, True)


def test_chapter_xi_needs_the_index_for_its_sections(tmp_path: Path) -> None:
    (tmp_path / "11-10.csv").write_text(page([("Ghana", "", "7 Sep 2000")]), encoding="utf-8")
    alone = Imported(tmp_path / "out", "untc", str(tmp_path / "11-10.csv"))
    assert (alone.status, "chapter XI has sections" in alone.complaint) == (2, True)
    index = "chapter_no,treaty_no,treaty_name,url\n11,10,A convention. Geneva,http://x?src=TREATY&mtdsg_no=XI-A-10&chapter=11\n"
    (tmp_path / "index.csv").write_text(index, encoding="utf-8")
    found = Imported(tmp_path / "out", "untc", str(tmp_path / "11-10.csv"), str(tmp_path / "index.csv"))
    assert [(row["id"], row["full_title"]) for row in found.rows("treaties")] == [
        ("MTDSG-XI-A-10", "A convention. Geneva")
    ]


def test_an_import_is_loaded_beside_the_packaged_facts(tmp_path: Path) -> None:
    found = untc(tmp_path, xml(WITHDRAWN))
    corpus = load([packaged("rules")], [packaged("facts"), found.out])
    facts = {str(fact.values) for fact in corpus.world(Question(date(2020, 1, 1))).facts}
    assert "('untc-2015-03-14', 'withdrawal', 'JAM', 'ICCPR-OP1', '1975-10-03/2015-03-14')" in facts
    status, said, complaint = run("why", "accession by Trinidad and Tobago under IV-5 took place on 1980-11-14",
                                  "--facts", str(found.out), "--on", "2020-01-01", "--sources", "untc-2015-03-14")  # fmt: skip
    assert (status, complaint) == (0, "")
    assert "column Ratification, Accession(a), Succession(d)" in " ".join(said.split())


def test_every_row_says_where_it_was_found(tmp_path: Path) -> None:
    found = untc(tmp_path, xml(WITHDRAWN))
    every = [row for name in ("sources", "treaties", "records", "periods", "entries") for row in found.rows(name)]
    assert all(row["source"] and row["locator"] for row in every)
    row = next(row for row in found.rows("records") if row["state"] == "TTO")
    assert row["locator"] == f"IV-5, row Trinidad and Tobago, column {SIGNED[1]}"
    assert row["printed"] == "[14 Nov 1980 a]"
