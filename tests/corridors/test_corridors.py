"""What binds both ends of a corridor, told as the stories of those who ask."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import answer, run

DAY = ("--on", "2008-06-12")


@pytest.fixture(scope="module")
def myanmar_to_thailand() -> dict[str, Any]:
    return answer("corridor", "MMR", "THA", *DAY)


@pytest.fixture(scope="module")
def cambodia_to_thailand() -> dict[str, Any]:
    return answer("corridor", "KHM", "THA", *DAY)


@pytest.fixture(scope="module")
def matrix() -> dict[str, Any]:
    return answer("corridor", "--matrix", "GMS", *DAY)


def since(cells: list[dict[str, Any]]) -> dict[str, str]:
    return {cell["treaty"]: cell["since"] for cell in cells}


def test_both_ends_are_bound_since_the_later_of_the_two_days(myanmar_to_thailand: dict[str, Any]) -> None:
    both = since(myanmar_to_thailand["both"])
    assert both["CRC"] == "1992-04-26"
    assert both["CEDAW"] == "1997-08-21"
    assert both["ILO-C029"] == "1970-02-26"


def test_a_treaty_of_one_end_is_a_gap_at_the_other(myanmar_to_thailand: dict[str, Any]) -> None:
    assert since(myanmar_to_thailand["origin_only"])["ILO-C087"] == "1956-03-04"
    assert since(myanmar_to_thailand["destination_only"])["ICCPR"] == "1997-01-29"
    gaps = {(gap["values"]["treaty"], gap["values"].get("destination") or "") for gap in myanmar_to_thailand["gaps"]}
    assert ("ILO-C087", "THA") in gaps


def test_a_signature_at_one_end_binds_neither(cambodia_to_thailand: dict[str, Any]) -> None:
    signed = {cell["treaty"]: (cell["at_origin"], cell["at_destination"]) for cell in cambodia_to_thailand["signed_only"]}
    assert signed["ICRMW"] == ("signatory only", "no act recorded")
    assert signed["ASEAN-CHARTER"] == ("consented and not yet in force", "signatory only")


def test_memoranda_are_no_treaties_and_those_of_the_two_stand_apart(cambodia_to_thailand: dict[str, Any]) -> None:
    bilateral = {each["instrument"]: each["kind"] for each in cambodia_to_thailand["bilateral"]}
    several = {each["instrument"]: each["kind"] for each in cambodia_to_thailand["of_several_states"]}
    assert bilateral["mou-employment-tha-khm-2003"] == "memorandum of understanding"
    assert bilateral["mou-trafficking-tha-khm-2003"] == "memorandum of understanding"
    assert several["asean-declaration-migrant-workers-2007"] == "political commitment"
    assert not set(bilateral) & set(several)


def test_each_end_is_committed_in_the_role_that_it_has_there(cambodia_to_thailand: dict[str, Any]) -> None:
    at_origin = {each["values"]["duty"] for each in cambodia_to_thailand["political_at_origin"]}
    at_destination = {each["values"]["duty"] for each in cambodia_to_thailand["political_at_destination"]}
    assert "regulate-recruitment" in at_origin
    assert "fair-employment-and-wages" in at_destination
    assert not at_origin & at_destination


def test_no_treaty_is_in_two_lists_and_none_is_lost(myanmar_to_thailand: dict[str, Any]) -> None:
    lists = ("both", "origin_only", "destination_only", "signed_only", "neither", "unknown")
    found = [each["treaty"] for name in lists for each in myanmar_to_thailand[name]]
    assert len(found) == len(set(found))
    assert {"ICERD", "ICCPR", "ICRMW", "CRC", "ILO-C143", "ASEAN-CHARTER"} <= set(found)


def test_the_way_back_is_the_mirror_of_the_way_there() -> None:
    there, back = (answer("corridor", *ends, *DAY) for ends in (("KHM", "VNM"), ("VNM", "KHM")))
    assert since(there["both"]) == since(back["both"])
    assert since(there["origin_only"]) == since(back["destination_only"])


def test_a_subject_keeps_to_what_is_about_it() -> None:
    found = answer("corridor", "MMR", "THA", "--subject", "fishers", *DAY)
    lists = ("both", "origin_only", "destination_only", "signed_only", "neither", "unknown")
    assert {each["treaty"] for name in lists for each in found[name]} <= {"ICRMW", "ILO-C188"}
    assert found["subjects"] == ["fishing"]


def test_the_matrix_has_every_ordered_pair_once(matrix: dict[str, Any]) -> None:
    pairs = [(cell["origin"], cell["destination"]) for cell in matrix["cells"]]
    assert len(pairs) == len(set(pairs)) == 30
    assert all(origin != destination for origin, destination in pairs)


def test_a_cell_of_the_matrix_says_what_the_corridor_says(
    matrix: dict[str, Any], myanmar_to_thailand: dict[str, Any]
) -> None:
    (cell,) = (each for each in matrix["cells"] if (each["origin"], each["destination"]) == ("MMR", "THA"))
    assert sorted(cell["both"]) == sorted(each["treaty"] for each in myanmar_to_thailand["both"])
    assert sorted(cell["neither"]) == sorted(each["treaty"] for each in myanmar_to_thailand["neither"])
    assert cell["short"].startswith(f"{len(cell['both'])} ({len(cell['origin_only'])}/{len(cell['destination_only'])})")


def test_each_cell_explains_itself(matrix: dict[str, Any]) -> None:
    (cell,) = (each for each in matrix["cells"] if (each["origin"], each["destination"]) == ("LAO", "THA"))
    for sentence in cell["sentences"][:2] + cell["sentences"][-2:]:
        status, out, _ = run("why", sentence, *DAY)
        assert status == 0, sentence
        assert "the question is about the corridor from Lao PDR to Thailand" in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("KHM",), "name both, or a group"),
        (("KHM", "Cambodia"), "a corridor has two ends"),
        (("Kambodia", "THA"), "did you mean `Cambodia`"),
        (("KHM", "THA", "--subject", "fish"), "did you mean `fishing`"),
        (("--matrix", "GSM"), "did you mean `GMS`"),
        (("KHM", "--matrix", "GMS"), "takes a group and no States"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_was_meant(words: tuple[str, ...], complaint: str) -> None:
    status, _, complained = run("corridor", *words, *DAY)
    assert status == 2
    assert complaint in complained


@pytest.mark.parametrize("output", ["text", "csv", "md"])
def test_every_format_keeps_memoranda_apart(output: str) -> None:
    _, out, _ = run("corridor", "KHM", "THA", "--subject", "migrant work", *DAY, "--format", output)
    assert "not a treaty, or not shown to be one" in out
