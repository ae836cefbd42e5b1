"""The chapter's own tables, asked as a policy officer would on 12 June 2008."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import answer, run
from treaty_engine.dates import day
from treaty_engine.explain.check import Checker
from treaty_engine.language.terms import Fact
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.session import session

FACTS = Path(__file__).parents[2] / "facts"
DAY = "2008-06-12"
ASEAN_GMS = ("KHM", "LAO", "MMR", "THA", "VNM")
ASEAN_ALONE = ("BRN", "IDN", "MYS", "PHL", "SGP")


def cells(table: str) -> list[dict[str, str]]:
    with (FACTS / "chapter-2008" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


TREATIES = {cell["treaty"] for table in ("table-1", "table-2") for cell in cells(table)} | {"ASEAN-CHARTER"}


def test_the_charter_is_not_in_force_and_four_instruments_are_missing() -> None:
    found = answer("force", "ASEAN-CHARTER", "--on", DAY)
    assert found["status"] == "no"
    assert (found["required"], found["counted"]) == (10, 6)
    assert sorted(each["state"] for each in found["deposits"]) == ["BRN", "KHM", "LAO", "MYS", "SGP", "VNM"]
    assert found["missing"] == ["IDN", "MMR", "PHL", "THA"]
    assert found["earliest"] == "2008-07-12"
    assert found["clause"] == "ASEAN Charter art. 47(4)"


def test_the_charter_enters_into_force_on_the_thirtieth_day_after_the_tenth_deposit() -> None:
    before = answer("force", "ASEAN-CHARTER", "--on", "2008-12-14")
    assert (before["status"], before["counted"], before["earliest"]) == ("no", 10, "2008-12-15")
    after = answer("force", "ASEAN-CHARTER", "--on", "2008-12-15")
    assert (after["status"], after["since"]) == ("yes", "2008-12-15")
    named = {(each["state"], each["date"]) for each in after["deposits"]}
    assert {("MMR", "2008-07-21"), ("PHL", "2008-11-12"), ("IDN", "2008-11-13"), ("THA", "2008-11-15")} < named
    figure = next(_figures(after["conclusions"][0]["proof"], "number 10"))
    assert len(figure["members"]) == 10
    assert figure["members"][-1]["values"]["state"] == "THA"


def test_the_count_is_compared_with_the_record_where_both_exist() -> None:
    agreed = "the recorded entry into force of ASEAN-CHARTER on 2008-12-15 agrees with the count"
    assert answer("why", agreed, "--on", "2008-12-15")["status"] == "yes"
    assert answer("why", "CRC enters into force", "--on", DAY)["proof"]["rule"] == "entry-into-force-as-recorded"


@pytest.mark.parametrize("table", ["table-1", "table-2"])
def test_every_cell_reads_back_as_the_chapter_prints_it(table: str) -> None:
    read = cells(table)
    assert len(read) == {"table-1": 35, "table-2": 50}[table]
    for cell in read:
        assert cell["cell"] == _as_printed(cell["act"], cell["date"]), cell


@pytest.mark.parametrize("table", ["table-1", "table-2"])
def test_what_applies_by_the_chapter_alone_agrees_with_every_cell(table: str) -> None:
    sheets = {state: answer("applies", state, "--on", DAY, "--sources", "chapter") for state in ASEAN_GMS}
    for cell in cells(table):
        assert _told(sheets[cell["state"]], cell["treaty"]) == (cell["act"] or "none", cell["date"]), cell


def test_the_order_of_ratifications_in_table_3_is_derived() -> None:
    printed = {row["state"]: int(row["order"]) for row in cells("table-3") if row["order"].isdigit()}
    asked = answer(
        "ask",
        "<state> is number <order> in the order of instruments under ASEAN-CHARTER",
        "--on",
        DAY,
        "--sources",
        "chapter",
    )
    derived = {each["values"]["state"]: each["values"]["order"] for each in asked["found"]}
    assert derived == printed
    assert sorted(derived.values()) == [1, 2, 3, 3, 5, 6]


def test_a_state_that_no_source_covers_is_unknown_and_never_a_gap() -> None:
    found = answer("gaps", "--group", "GMS", "--on", DAY, "--sources", "chapter")
    assert "CHN" not in {gap["state"] for gap in found["gaps"]}
    assert "CHN" in {each["state"] for each in found["unknown"]}
    sheet = answer("applies", "China", "--on", DAY, "--sources", "chapter")
    assert sheet["status"] == "unknown"
    assert (sheet["bound"], sheet["no_act"]) == ([], [])
    told = answer("why-not", "China is a party to ICRMW", "--on", DAY, "--sources", "chapter")
    assert told["status"] == "unknown"
    assert any("UN Treaty Collection" in source for need in told["needs"] for source in need["settled_by"])
    by_depositary = answer("why-not", "China is a party to ICRMW", "--on", DAY)
    assert by_depositary["status"] == "no", "a status list names every participant, and China is not among them"


def test_cambodia_is_bound_by_the_crc_thirty_days_after_its_accession() -> None:
    bound = {each["treaty"]: each for each in answer("applies", "KHM", "--on", DAY)["bound"]}
    crc = bound["CRC"]
    assert (crc["since"], crc["act"], crc["act_date"]) == ("1992-11-14", "accession", "1992-10-15")
    assert "CRC art. 49(2)" in str(crc["proof"])
    assert "overruled" in str(crc["proof"]), "what the depositary overrules stays visible"


def test_viet_nam_was_bound_from_the_general_date_and_by_the_interim_duty_before() -> None:
    bound = {each["treaty"]: each for each in answer("applies", "VNM", "--on", DAY)["bound"]}
    assert (bound["CRC"]["since"], bound["CRC"]["act_date"]) == ("1990-09-02", "1990-02-28")
    between = answer("applies", "VNM", "--on", "1990-06-01")
    assert "CRC" not in {each["treaty"] for each in between["bound"]}
    assert "CRC" in {each["treaty"] for each in between["consented"]}
    duty = next(each for each in between["duties"] if each["treaty"] == "CRC")
    assert duty["citation"] == "VCLT art. 18(b)"


def test_none_of_the_five_has_ratified_the_three_and_cambodias_signature_is_told_apart() -> None:
    found = answer("gaps", "--group", "GMS", "--on", DAY)["regional"]
    regional = {each["values"]["treaty"]: each for each in found if "other" in each["values"]}
    absences = []
    for treaty in ("ILO-C097", "ILO-C143", "ICRMW"):
        figure = next(_figures(regional[treaty]["proof"], "for every"))
        assert {member["values"]["state"] for member in figure["members"]} == set(ASEAN_GMS)
        absences += [absence for member in figure["members"] for absence in member["absences"]]
    assert len(absences) == 15
    assert all(absence["searched"] for absence in absences)
    cambodia = next(a for a in absences if a["sentence"] == "no record that Cambodia consented to be bound by ICRMW")
    assert any(
        re.fullmatch(r"Table 1 of the chapter, which covers ICRMW for Cambodia until .*, accessed 2008-06-12", place)
        for place in cambodia["searched"]
    )
    signed = answer("applies", "KHM", "--on", DAY)["signed_only"]
    assert {(each["treaty"], each["signed"]) for each in signed} >= {("ICRMW", "2004-09-27")}


def test_the_depositary_tells_a_signature_from_the_accession_that_table_1_prints() -> None:
    by_chapter = answer("applies", "LAO", "--on", "2006-01-01", "--sources", "chapter")
    assert _told(by_chapter, "ICESCR") == ("accession", "2000-12-07")
    by_depositary = answer("applies", "LAO", "--on", "2006-01-01")
    assert _told(by_depositary, "ICESCR") == ("signature", "2000-12-07")


def test_article_52_gives_no_primacy_over_domestic_law() -> None:
    told = answer(
        "ask", "<treaty> prevails over conflicting earlier instruments of <group> since <date>", "--on", "2009-01-01"
    )
    assert [each["values"]["treaty"] for each in told["found"]] == ["ASEAN-CHARTER"]
    status, _, complaint = run("why", "ASEAN-CHARTER prevails over domestic law of Thailand")
    assert status == 2
    assert "no sentence says" in complaint


def test_the_charter_obliges_nobody_before_it_is_in_force() -> None:
    def clauses(on: str) -> set[str]:
        duties = answer("applies", "KHM", "--on", on)["duties"]
        return {str(d["values"].get("clause")) for d in duties if d["treaty"] == "ASEAN-CHARTER"}

    assert "ASEAN Charter art. 5(2)" not in clauses("2008-12-14")
    assert "ASEAN Charter art. 5(2)" in clauses("2008-12-15")


def test_duties_of_the_declaration_follow_the_role_and_are_political() -> None:
    def paragraphs(state: str) -> set[str]:
        found = answer("applies", state, "--on", DAY)["political_duties"]
        return {str(each["values"]["clause"]) for each in found if "asean-declaration" in str(each["values"])}

    assert {"5", "6", "7", "8", "9", "10"} <= paragraphs("THA")
    assert paragraphs("MMR") == {"11", "12", "13", "14"}
    assert not paragraphs("CHN")


def test_strictly_asked_a_day_that_no_source_covers_is_unknown() -> None:
    presumed = answer("why", "Cambodia is a party to CRC", "--on", "2024-01-01")
    assert (presumed["status"], presumed["presumed_after"]) == ("yes", "2020-09-16")
    assert answer("why", "Cambodia is a party to CRC", "--on", "2024-01-01", "--strict")["status"] == "unknown"
    assert answer("why", "Thailand is a party to ICRMW", "--on", "2024-01-01", "--strict")["status"] == "unknown"
    assert answer("why", "Cambodia is a party to CRC", "--on", "2020-09-16", "--strict")["status"] == "yes"


def test_only_what_was_known_by_a_day_counts() -> None:
    then = answer("applies", "KHM", "--on", DAY, "--known-by", DAY)
    bound = {each["treaty"]: each for each in then["bound"]}
    assert bound["CRC"]["act_date"] == "1992-11-14", "the depositary's record became known to us in 2015"


def test_every_proof_of_the_chapter_is_accepted_by_the_independent_checker(corpus: Corpus) -> None:
    chapter = replace(corpus, given=tuple(each for each in corpus.given if _of_the_chapter(each.fact, corpus)))
    for on in ("1990-06-01", DAY, "2008-12-15", "2026-01-01"):
        for sources in ((), ("chapter",)):
            asked = session(chapter, Question(day(on), None, sources), "naive")
            facts = list(asked.model.facts())
            checker = Checker(asked.program.rules, asked.world.facts, facts)
            assert [fault for fact in facts for fault in checker.faults(asked.prover.certain(fact))] == []


def _of_the_chapter(fact: Fact, corpus: Corpus) -> bool:
    """Whether a fact speaks of no State and no treaty but those of the chapter."""
    spoken = {"State": {*ASEAN_GMS, *ASEAN_ALONE, "CHN"}, "Treaty": TREATIES}
    holes = corpus.vocabulary.predicates[fact.predicate].holes
    return all(value in spoken.get(hole.type, {value}) for hole, value in zip(holes, fact.values, strict=True))


def _as_printed(act: str, date: str) -> str:
    if not act:
        return "–"
    year, month, number = date.split("-")
    printed = f"{number}/{month}/{year}"
    return {"accession": f"{printed}a", "signature": f"s{printed}", "ratification": printed}[act]


def _told(sheet: dict[str, Any], treaty: str) -> tuple[str, str]:
    for each in (*sheet["bound"], *sheet["consented"]):
        if each["treaty"] == treaty:
            return each["act"], each["act_date"]
    for each in sheet["signed_only"]:
        if each["treaty"] == treaty:
            return "signature", each["signed"]
    assert treaty in {each["treaty"] for each in sheet["no_act"]}, f"{treaty} is nowhere on the sheet"
    return "none", ""


def _figures(proof: dict[str, Any], wanted: str) -> Any:
    for figure in proof["figures"]:
        if wanted in figure["sentence"]:
            yield figure
    for inner in proof["premises"]:
        yield from _figures(inner, wanted)


def test_only_groups_asked_about_are_spoken_of_or_those_of_the_states_asked_about() -> None:
    def groups(*words: str) -> set[tuple[str, ...]]:
        told = (each["values"] for each in answer("gaps", *words, "--treaty", "CRPD", "--on", DAY)["regional"])
        return {tuple(value for name, value in values.items() if name != "treaty") for values in told}

    assert groups("--group", "GMS") == {("GMS",), ("ASEAN", "GMS")}
    assert groups("--state", "CHN") == {("GMS",), ("ASEAN", "GMS")}
    assert groups("--state", "DEU") == set()
    assert groups() >= {("GMS",), ("ASEAN", "GMS")}


def test_a_gap_report_names_the_treaties_that_lack_the_same_and_explains_its_marks() -> None:
    _, text, _ = run("gaps", "--group", "GMS", "--on", DAY)
    assert "  Cambodia  CSTP-1950, ICRMW, ICCPR-OP1       since 2004-09-27  closed by accession or ratification\n" in text
    assert text.count("no State of the GMS has consented to be bound by") == 1
    assert text.rstrip().endswith("* rests on something that could not be confirmed on a text; `why` says what")
    assert max(len(line) for line in text.splitlines() if ", " in line and "would settle" not in line) <= 140


def test_an_unknown_says_what_is_missing_and_who_could_tell() -> None:
    _, text, _ = run("gaps", "--state", "CHN", "--treaty", "ILO-C155", "--treaty", "ILO-C097", "--on", DAY)
    unknown = text.split("Unknown, which is not a gap (2)\n")[1]
    assert "no source in use says whether it consented to be bound by the treaty; would settle it: " in unknown
    assert "no source in use says from which day the treaty has been in force for it; would settle it: " in unknown
    assert "NORMLEX (June 2026); as read on 2026-06-04 it does not tell" in unknown
    (need,) = answer("why", "China is a party to ILO C-155", "--on", DAY)["needs"]
    assert need["missing"] == "from which day ILO C-155 has been in force for China"
    assert need["could_tell"] == [
        "the depositary's own record of ILO C-155 (NORMLEX (June 2026); as read on 2026-06-04 it does not tell)"
    ]


def test_what_is_recorded_is_not_said_to_be_unknown() -> None:
    _, text, _ = run("why-not", "Germany is a party to ILO C-97", "--on", "1960-01-01")
    assert "whether Germany consented to be bound by ILO C-97 otherwise than is recorded" in text


def test_names_take_their_article_in_sentences_and_go_without_it_in_tables() -> None:
    _, text, _ = run("applies", "the European Union")
    assert text.startswith("What applies to the European Union\n")
    assert run("why", "the Philippines is a party to the ASEAN Charter")[1] == run(
        "why", "Philippines is a party to ASEAN Charter"
    )[1]
    assert "\n  ASEAN Charter *  " in run("applies", "Philippines")[1]
    _, text, _ = run("why", "Cambodia is a party to CRC", "--on", DAY)
    assert "• the UN Treaty Collection (headings) records the entry into force of CRC on 1990-09-02" in text
    assert "[UN Treaty Collection (headings), heading of IV-11: " in text


def test_a_state_that_has_ended_owes_nothing_and_nothing_adopted_since_was_open_to_it() -> None:
    found = answer("applies", "YUG", "--on", "2014-01-01")
    assert found["duties"] == []
    assert {each["citation"] for each in found["not_open"]} == {"VCLT art. 34"}
    assert {"CRPD", "UNTOC"} <= {each["treaty"] for each in found["not_open"]}
    former = {each["treaty"]: each for each in found["former_party"]}
    assert former["ICCPR"]["until"] == "1992-04-27"
    assert former["ICCPR"]["clause"].startswith("VCLT arts 2(1)(g) and 73"), "it left by no clause of the Covenant"


def test_a_treaty_not_yet_adopted_lacks_nothing_and_has_no_earliest_day() -> None:
    found = answer("force", "CRPD", "--on", "1990-01-01")
    assert (found["status"], found["adopted"], found["earliest"], found["lacking"]) == ("no", "2006-12-13", None, [])
    _, text, _ = run("force", "CRPD", "--on", "1990-01-01")
    assert "it was adopted on 2006-12-13, after the day asked about" in text


def test_nothing_is_missing_for_the_entry_into_force_of_a_treaty_in_force() -> None:
    found = answer("force", "ILO-C143")
    assert (found["since"], found["missing"]) == ("1978-12-09", [])


def test_who_ratified_the_charter_waits_and_the_gaps_say_for_whose_instruments() -> None:
    found = answer("gaps", "--group", "ASEAN", "--treaty", "ASEAN-CHARTER", "--on", DAY)["gaps"]
    waiting = {
        gap["state"]: (gap["values"]["short"], gap["values"]["n"])
        for gap in found
        if gap["kind"] == "treaty not in force for want of instruments"
    }
    assert waiting == dict.fromkeys(("BRN", "KHM", "LAO", "MYS", "SGP", "VNM"), (4, 10))
    awaited = {
        gap["state"]: gap["closed_by"]
        for gap in found
        if gap["kind"] == "treaty not in force for want of its instrument"
    }
    assert awaited == {state: ["ratification"] for state in ("IDN", "MMR", "PHL", "THA")}


def test_a_group_that_nobody_belongs_to_yet_has_no_gaps_and_no_conflicts() -> None:
    founded_later = ("--group", "ASEAN", "--on", "1960-01-01")
    assert answer("gaps", *founded_later)["gaps"] == []
    assert answer("conflicts", *founded_later)["conflicts"] == []


def test_no_treaty_in_force_is_waited_for() -> None:
    found = answer("gaps", "--group", "ASEAN", "--treaty", "ASEAN-CHARTER", "--on", "2008-12-15")["gaps"]
    assert [gap for gap in found if "for want of" in gap["kind"]] == []
