"""The 56 claims of the chapter of 2008, tried against every source, and with the chapter as its own only witness."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest

from tests.cli.running import answer
from tests.conftest import ROOT
from tests.importers.samples import DATA
from treaty_engine.treaties.claims.files import claims_of
from treaty_engine.treaties.corpus import Corpus

FILE = ROOT / "facts" / "chapter-2008" / "claims.yaml"
LIST = DATA.parent / "reference" / "claims.csv"
MEANT = {
    "true": {"true"},
    "false": {"false"},
    "partly": {"imprecise"},
    "unverified": {"unknown"},
    "doubtful": {"imprecise", "unknown"},
}
"""How the words of a list made by hand are to come out."""

READ_IN_TWO_WAYS = {"11": "11, as it is meant"}
"""Claims that are false as they are printed and true as they are meant: the second reading is a claim of its own."""


@pytest.fixture(scope="module")
def by_data() -> dict[str, dict[str, Any]]:
    return {claim["id"]: claim for claim in answer("claims", str(FILE))["claims"]}


@pytest.fixture(scope="module")
def by_itself() -> dict[str, dict[str, Any]]:
    return {claim["id"]: claim for claim in answer("claims", str(FILE), "--sources", "chapter")["claims"]}


def test_each_of_the_56_claims_is_there(by_data: dict[str, dict[str, Any]]) -> None:
    assert {str(number) for number in range(1, 57)} == {name for name in by_data if name.isdigit()}


def test_every_claim_comes_out_as_expected(by_data: dict[str, dict[str, Any]]) -> None:
    assert {name: c["verdict"] for name, c in by_data.items()} == {name: c["expected"] for name, c in by_data.items()}


def test_every_claim_comes_out_as_expected_when_the_chapter_testifies_alone(by_itself: dict[str, dict[str, Any]]) -> None:
    tried = {name: claim for name, claim in by_itself.items() if claim["expected"]}
    assert {name: c["verdict"] for name, c in tried.items()} == {name: c["expected"] for name, c in tried.items()}
    assert len(tried) > 35


@pytest.mark.skipif(not LIST.exists(), reason="the list made by hand is not here")
def test_it_agrees_with_the_list_made_by_hand(
    by_data: dict[str, dict[str, Any]], by_itself: dict[str, dict[str, Any]]
) -> None:
    for row in csv.DictReader(LIST.read_text(encoding="utf-8").splitlines(keepends=True)):
        for said, found in ((row["true_by_data"], by_data), (row["true_by_tables_2008-06-12"], by_itself)):
            if said != "n/a":
                meant = MEANT[said.split()[0].strip(",")]
                name = READ_IN_TWO_WAYS.get(row["id"], row["id"]) if "true" in meant else row["id"]
                assert found[name]["verdict"] in meant, (row["id"], said)


def test_what_is_unknown_says_why(by_data: dict[str, dict[str, Any]]) -> None:
    unknown = [claim for claim in by_data.values() if claim["verdict"] == "unknown"]
    assert unknown
    assert all(claim["reason"] or any(part["needs"] for part in claim["assertions"]) for claim in unknown)


def test_what_is_true_has_a_proof_or_is_denied_with_the_search(by_data: dict[str, dict[str, Any]]) -> None:
    for claim in by_data.values():
        if claim["verdict"] == "true":
            for part in claim["assertions"]:
                assert part["found"] or part["attempts"], claim["id"]


def test_a_text_is_no_witness_for_itself(by_data: dict[str, dict[str, Any]], by_itself: dict[str, dict[str, Any]]) -> None:
    assert by_data["7"]["verdict"] == "unknown"
    assert by_data["7"]["reason"] == "no source says so but the text itself"
    assert by_itself["7"]["verdict"] == "true"


def test_a_claim_that_is_true_on_one_day_is_false_on_the_next() -> None:
    later = {claim["id"]: claim for claim in answer("claims", str(FILE), "--on", "2008-06-13")["claims"]}
    assert later["38"]["verdict"] != "true"


def test_the_claims_are_read_without_a_complaint(corpus: Corpus) -> None:
    read = claims_of(corpus, FILE)
    assert read.on == date(2008, 6, 12).isoformat()
    assert all(claim.text and claim.where for claim in read.claims)


def test_what_is_right_is_said_in_sentences_and_once(by_data: dict[str, dict[str, Any]]) -> None:
    right = {name: claim["correction"] for name, claim in by_data.items() if claim["correction"]}
    assert right["31"] == "Table 1 of the chapter records signature by Cambodia under ICRMW on 2004-09-27"
    assert right["35"] == "signature by Cambodia under the Trafficking Convention of 1950 took place on 2004-09-27"
    assert right["51"].count("where consensus cannot be achieved, the Summit may decide how a decision is made") == 1
    assert right["30"].startswith("Cambodia is a party to CRC since 1992-11-14; ")


def test_a_long_list_of_exceptions_is_cut(by_data: dict[str, dict[str, Any]]) -> None:
    (part,) = by_data["32"]["assertions"]
    assert part["wrong"][0]["sentence"].endswith("Lao PDR / ICERD, and 13 more")
    assert by_data["32"]["correction"].startswith("only Cambodia / ICRMW, ")
