"""Traps of texts that speak of treaties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import answer


def verdicts(folder: Path, *said: str, on: str = "2008-06-12") -> list[dict[str, Any]]:
    """What becomes of claims that are marked in a text."""
    path = folder / "text.md"
    path.write_text("\n".join(f"[a claim](claim: {each})" for each in said), encoding="utf-8")
    found: list[dict[str, Any]] = answer("claims", str(path), "--on", on)["claims"]
    return found


def test_t33_none_has_ratified_is_true_although_one_has_signed(tmp_path: Path) -> None:
    none, signed, any_signed = verdicts(
        tmp_path,
        "none of ASEAN and GMS: <state> ratified ICRMW",
        "Cambodia signed ICRMW on 2004-09-27",
        "none of ASEAN and GMS: <state> signed ICRMW",
    )
    assert (none["verdict"], signed["verdict"], any_signed["verdict"]) == ("true", "true", "false")


def test_none_has_ratified_is_false_where_one_has_acceded(tmp_path: Path) -> None:
    (none,) = verdicts(tmp_path, "none of ASEAN and GMS: <state> ratified ICCPR")
    assert none["verdict"] == "false"
    assert "Cambodia" in none["correction"]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("registered-2006-07 and registered-2007-03 together count 601303 people", "unknown"),
        ("the cards of registered-2006-07 and of registered-2007-03 are valid together from 2007-03-01 to 2007-06-30", "true"),
    ],
)
def test_t34_cohorts_that_overlap_are_not_added_as_people(tmp_path: Path, said: str, verdict: str) -> None:
    (claim,) = verdicts(tmp_path, said)
    assert claim["verdict"] == verdict


def test_t25_the_number_of_instruments_that_a_clause_requires_is_its_own(tmp_path: Path) -> None:
    wrong, right = verdicts(
        tmp_path,
        "ASEAN-CHARTER enters into force <delay> after instrument number 22 under <clause>",
        "ASEAN-CHARTER enters into force <delay> after instrument number 10 under <clause>",
    )
    assert (wrong["verdict"], right["verdict"]) == ("false", "true")
    assert "instrument number 10" in wrong["correction"]


def test_t25_not_twenty_two_but_two_ratifications_bring_c_190_into_force(tmp_path: Path) -> None:
    (claim,) = verdicts(tmp_path, "ILO-C190 enters into force <delay> after instrument number 22 under <clause>")
    assert claim["verdict"] == "false"
    assert "instrument number 2 " in claim["correction"]
    assert claim["assertions"][0]["wrong"][0]["kind"] == "another number"


def test_a_month_is_not_the_day_within_it(tmp_path: Path) -> None:
    month, day, another = verdicts(
        tmp_path,
        "Thailand signed the instrument mou-employment-tha-lao-2002 in 2002",
        "Thailand signed the instrument mou-employment-tha-lao-2002 in 2002-10-18",
        "Thailand signed the instrument mou-employment-tha-lao-2002 in 2002-11",
    )
    assert (month["verdict"], day["verdict"], another["verdict"]) == ("true", "unknown", "false")


def test_what_sources_of_equal_standing_date_in_two_ways_is_unknown_to_the_day_and_true_to_the_month(
    tmp_path: Path,
) -> None:
    day, month = verdicts(tmp_path, "Viet Nam ratified ASEAN-CHARTER on 2008-03-14", "Viet Nam ratified ASEAN-CHARTER in 2008-03")
    assert (day["verdict"], month["verdict"]) == ("unknown", "true")
    assert "sources disagree" in day["reason"]


def test_more_than_the_number_claimed_is_false_whatever_is_missing(tmp_path: Path) -> None:
    few, many = verdicts(tmp_path, "at most 2 of ASEAN: <state> is a party to CRC", "at least 5 of ASEAN: <state> is a party to CRC")
    assert (few["verdict"], many["verdict"]) == ("false", "true")
