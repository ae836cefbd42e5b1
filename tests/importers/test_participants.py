"""Participants: every name of the official tables finds one member, and names that are easily confused do not."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from tests.importers.samples import DATA, official
from treaty_engine.importers.known import Known, known
from treaty_engine.treaties.places import packaged

DAY = date(2015, 3, 14)


@pytest.fixture(scope="module")
def packaged_facts() -> Known:
    return known([packaged("facts")])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Zaire", "COD"),
        ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("Republic of Korea", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Serbia", "SRB"),
        ("Serbia and Montenegro", "SRB"),
        ("Montenegro", "MNE"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("North Macedonia", "MKD"),
        ("Swaziland", "SWZ"),
        ("Eswatini", "SWZ"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Czech Republic", "CZE"),
        ("Czechia", "CZE"),
        ("Czechoslovakia", "CSK"),
        ("Cape Verde", "CPV"),
        ("Cabo Verde", "CPV"),
        ("St. Lucia", "LCA"),
        ("Saint Lucia", "LCA"),
        ("Netherlands", "NLD"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("Bolivia", "BOL"),
        ("Libyan Arab Jamahiriya", "LBY"),
        ("Côte d'Ivoire", "CIV"),
        ("Ceylon", "LKA"),
        ("Democratic Kampuchea", "KHM"),
        ("German Democratic Republic", "DDR"),
        ("European Union", "ORG-EU"),
        ("Holy See", "VAT"),
        ("Hong Kong", "HKG"),
        ("Bosnia and Herzegovina5", "BIH"),
        ("Bolivia (Plurinational State of)5,6", "BOL"),
    ],
)
def test_a_name_finds_its_bearer(packaged_facts: Known, name: str, expected: str) -> None:
    assert packaged_facts.participant(name, DAY) == expected


@pytest.mark.parametrize(
    "name", ["Korea", "Guineas", "Republic of China", "Macedonia", "Germany 5", "Total", "", "x" * 300]
)
def test_a_name_that_finds_nobody_is_not_guessed(packaged_facts: Known, name: str) -> None:
    with pytest.raises(ValueError, match=r"register|no participant|too long"):
        packaged_facts.participant(name, DAY)


@pytest.mark.parametrize(
    ("day", "expected"), [(date(1980, 1, 1), "YUG"), (date(2001, 6, 1), "SRB"), (date(1991, 12, 31), "YUG")]
)
def test_a_name_that_two_have_borne_is_told_apart_by_the_day(packaged_facts: Known, day: date, expected: str) -> None:
    assert packaged_facts.participant("Yugoslavia", day) == expected


@pytest.mark.parametrize("day", [None, date(1995, 1, 1), date(2015, 1, 1)])
def test_a_name_that_two_have_borne_is_not_guessed_when_the_day_does_not_tell(
    packaged_facts: Known, day: date | None
) -> None:
    with pytest.raises(ValueError, match="more than one: SRB, YUG"):
        packaged_facts.participant("Yugoslavia", day)


def test_only_states_are_in_the_register_of_states() -> None:
    with (packaged("facts") / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all((row["kind"] == "State") == (row["register"] == "yes") for row in rows)
    ids = {row["id"] for row in rows}
    assert all(before in ids for row in rows for before in [row["predecessor"]] if before)
    assert all(row["until"] for row in rows if row["id"] in ("CSK", "DDR", "YUG"))
    assert {row["kind"] for row in rows} == {"State", "organisation", "territory"}


def test_names_over_time_are_of_members() -> None:
    with (packaged("facts") / "state-names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    members = known([packaged("facts")]).states.members
    assert all(row["id"] in members and row["name"] and (row["from"] or row["until"]) for row in rows)


@official
def test_every_participant_of_the_official_tables_is_registered(packaged_facts: Known) -> None:
    names: set[str] = set()
    for path in (DATA / "untc_2015" / "treaties").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            names |= {row[0] for row in list(csv.reader(file))[1:]}
    assert len(names) == 233
    for table, column in (("ilo_2026/ILO_Conventions.csv", "Country"), ("ilo_2026/ilo_rows_from_pages.csv", "country"),
                          ("ohchr_2020/ohchr_2020_long.csv", "country")):  # fmt: skip
        with (DATA / table).open(encoding="utf-8", newline="") as file:
            names |= {row[column] for row in csv.DictReader(file) if "://" not in row[column]}
    assert all(packaged_facts.participant(name, DAY) for name in names)
