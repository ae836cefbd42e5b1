"""A text with twenty claims marked in it, ten of them wrong: each is found out, and each has a right sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import answer, run
from tests.conftest import ROOT

TEXT = ROOT / "tests" / "data" / "claims" / "twenty.md"

WRONG = {
    "1": ("false", "the day of signature, not of ratification", "Cambodia signed ICRMW on 2004-09-27; no record that Cambodia"),
    "4": ("false", "the day of signature", "Lao PDR consented to be bound by ICESCR through ratification on 2007-02-13"),
    "6": ("false", "the day of accession, not of entry into force", "Cambodia is a party to CRC since 1992-11-14"),
    "8": ("imprecise", "the day of entry into force for the State", "Viet Nam consented to be bound by CRC through ratification on 1990-02-28"),
    "9": ("imprecise", "the day of accession, not of ratification", "Cambodia consented to be bound by CRC through accession on 1992-10-15"),
    "11": ("false", "the wrong year of 1997-08-21, the day of entry into force", "Myanmar consented to be bound by CEDAW through accession on 1997-07-22"),
    "13": ("false", "the date is 1996-10-29, not 1995-10-29: the wrong year", "Thailand consented to be bound by ICCPR through accession on 1996-10-29"),
    "15": ("false", "it is so of 4 of 5, not of Myanmar", "all but Myanmar: Cambodia, Lao PDR, Thailand, Viet Nam"),
    "18": ("false", "it is so of Myanmar too", "Cambodia, Myanmar"),
    "20": ("unknown", "did you mean `Cambodia`", "perhaps: Cambodia is a party to CRC"),
}


@pytest.fixture(scope="module")
def claims() -> dict[str, dict[str, Any]]:
    told = answer("claims", str(TEXT))
    return {claim["id"]: claim for claim in told["claims"]}


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_claim_is_found_out_and_put_right(claims: dict[str, dict[str, Any]], name: str) -> None:
    verdict, why, right = WRONG[name]
    claim = claims[name]
    told = " ".join([claim["reason"] or "", *(each["sentence"] for part in claim["assertions"] for each in part["wrong"])])
    assert claim["verdict"] == verdict
    assert why in told
    assert right in claim["correction"]


def test_the_other_ten_are_true_each_with_its_proof(claims: dict[str, dict[str, Any]]) -> None:
    right = {name: claim for name, claim in claims.items() if name not in WRONG}
    assert {claim["verdict"] for claim in right.values()} == {"true"}
    assert len(right) == 10
    assert all(part["found"][0]["proof"] for claim in right.values() for part in claim["assertions"])


def test_a_script_learns_from_the_exit_status_that_something_is_wrong() -> None:
    assert run("claims", str(TEXT))[0] == 1
