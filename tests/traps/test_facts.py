"""What a naive reading of official tables gets wrong, on the packaged facts: each test is named after its trap."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.running import answer
from tests.importers.samples import untc, xml
from treaty_engine.dates import bounds, day, span
from treaty_engine.treaties.corpus import Corpus

FACTS = Path(__file__).parents[2] / "facts"


def rows(path: str) -> list[dict[str, str]]:
    with (FACTS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def status(sentence: str, on: str, *options: str) -> str:
    return str(answer("why", sentence, "--on", on, *options)["status"])


def recorded(treaty: str, state: str) -> set[tuple[str, str]]:
    found = rows("records/untc-2015/acts.csv")
    return {(row["act"], row["date"]) for row in found if (row["treaty"], row["state"]) == (treaty, state)}


def test_t01_a_blank_is_no_only_where_the_source_covers_it() -> None:
    assert status("Andorra consented to be bound by ICRMW", "2015-03-14") == "no"
    assert status("Andorra consented to be bound by ICRMW", "2015-03-14", "--sources", "chapter") == "unknown"
    assert status("Albania consented to be bound by ILO-C189", "2015-03-14") == "unknown", "no table of it was read"


def test_t04_a_status_of_one_day_is_not_that_of_a_later_day() -> None:
    sentence = "South Sudan consented to be bound by CAT"
    assert status(sentence, "2015-03-14") == "no"
    assert status(sentence, "2015-04-30") == "yes", "the later table has 30 April 2015"
    known = ("--sources", "untc-2015")
    later = answer("why", sentence, "--on", "2015-04-30", *known)
    assert (later["status"], later["presumed_after"]) == ("no", "2015-03-14")
    assert status(sentence, "2015-04-30", *known, "--strict") == "unknown"


@pytest.mark.parametrize(
    ("on", "consented", "bound"),
    [
        ("2003-12-31", "no", "no"),
        ("2004-01-01", "unknown", "unknown"),
        ("2004-12-31", "yes", "no"),
        ("2005-01-01", "yes", "unknown"),
        ("2005-12-30", "yes", "unknown"),
        ("2005-12-31", "yes", "yes"),
    ],
)
def test_t17_a_year_is_an_interval(on: str, consented: str, bound: str) -> None:
    """The table of the ILO has the year 2004 for Albania and C-155, in force twelve months after registration."""
    assert status("Albania consented to be bound by ILO-C155", on) == consented
    assert status("Albania is a party to ILO-C155", on) == bound


def test_t17_a_year_is_shown_as_a_year() -> None:
    sheet = answer("applies", "ALB", "--on", "2006-01-01")
    bound = {each["treaty"]: (each["since"], each["act_date"]) for each in sheet["bound"]}
    assert bound["ILO-C155"] == ("2005", "2004")
    assert bound["CRC"] == ("1992-03-28", "1992-02-27")
    assert {each["since"] for each in sheet["duties"] if each["treaty"] == "ILO-C155"} == {"2005"}
    within = answer("applies", "ALB", "--on", "2005-06-01")
    assert "ILO-C155" in {each["treaty"] for each in within["unknown"]}


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2002-01-01", "2002-12-31", "2002"),
        ("2002-02-01", "2002-02-28", "2002-02"),
        ("2002-10-18", "2002-10-18", "2002-10-18"),
        ("2002-01-01", "2003-12-31", "2002-01-01/2003-12-31"),
    ],
)
def test_t17_a_period_is_written_as_short_as_it_can_be(first: str, last: str, period: str) -> None:
    assert span(day(first), day(last)) == period
    assert bounds(period) == (day(first), day(last))


def test_t18_days_are_days_and_no_instants() -> None:
    for path in ("records/untc-2015/acts.csv", "records/ohchr-2020/acts.csv", "records/ilo-pages/acts.csv"):
        assert all(len(row["date"]) == len("2015-03-14") for row in rows(path))


def test_t19_a_vote_at_home_is_no_deposit() -> None:
    consent = "Indonesia consented to be bound by ASEAN-CHARTER"
    assert status("domestic approval by Indonesia under ASEAN-CHARTER took place", "2008-10-21") == "yes"
    assert status(consent, "2008-10-21") == "no"
    assert status(consent, "2008-11-13") == "yes"


def test_t21_states_of_like_names_are_told_apart(corpus: Corpus) -> None:
    find = corpus.vocabulary.types.registries["State"].find
    names = {
        "Congo": "COG",
        "Democratic Republic of the Congo": "COD",
        "Guinea": "GIN",
        "Guinea-Bissau": "GNB",
        "Equatorial Guinea": "GNQ",
        "Papua New Guinea": "PNG",
        "Republic of Korea": "KOR",
        "Democratic People's Republic of Korea": "PRK",
        "Dominica": "DMA",
        "Dominican Republic": "DOM",
        "Niger": "NER",
        "Nigeria": "NGA",
    }
    assert {name: find(name) for name in names} == names
    doubted = [row for row in rows("records/ilo-pages/acts.csv") if "Congo" in row["unverified"]]
    assert [(row["state"], row["source"]) for row in doubted] == [("COG", "normlex-c097-french")]


def test_t22_digits_of_footnotes_are_no_part_of_a_name_or_a_year(tmp_path: Path) -> None:
    found = untc(tmp_path, xml([("Bosnia and Herzegovina5", "", "\t1 Sep 1993 d")]))
    assert found.acts("BIH") == [("succession", "1993-09-01")]


def test_t23_a_bare_day_means_what_the_heading_says() -> None:
    assert ("accession", "1971-02-03") in recorded("REFUGEE-PROT-1967", "FRA")
    assert ("ratification", "1981-08-14") in recorded("CEDAW", "LAO")
    assert ("acceptance", "1995-02-06") in recorded("CRC", "NLD")


def test_t24_an_organisation_is_no_state_and_the_holy_see_is_one() -> None:
    assert ("formal confirmation", "2010-12-23") in recorded("CRPD", "ORG-EU")
    kinds = {row["id"]: row for row in rows("states.csv")}
    assert (kinds["ORG-EU"]["organisation"], kinds["ORG-EU"]["register"]) == ("yes", "")
    assert all(kinds[state]["register"] == "yes" for state in ("VAT", "PSE", "COK", "NIU"))


def test_t32_a_succession_to_a_signature_is_no_consent() -> None:
    assert recorded("ICRMW", "MNE") == {("succession to signature", "2006-10-23")}
    assert status("Montenegro consented to be bound by ICRMW", "2015-03-14") == "no"


def test_t21_a_state_that_has_ended_is_party_to_nothing() -> None:
    before = answer("applies", "YUG", "--on", "1992-04-26")
    assert "ICCPR" in {each["treaty"] for each in before["bound"]}
    sheet = answer("applies", "YUG", "--on", "2020-01-01")
    assert sheet["bound"] == []
    assert ("ICCPR", "1992-04-27") in {(each["treaty"], each["until"]) for each in sheet["former_party"]}
