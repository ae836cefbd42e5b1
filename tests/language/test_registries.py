"""Members are found by every name they go by, however it is typed; never by one that two could mean."""

from __future__ import annotations

import pytest

from treaty_engine.language.registry import Member, Registry

TREATIES = Registry(
    "Treaty",
    [
        Member("ILO-C087", "ILO C-87", ("Freedom of Association Convention",)),
        Member("IV-11", "Charter of Åland"),
        Member("IV-1-1", "Protocol"),
        Member("A-B", "First"),
        Member("AB", "Second"),
        Member("A-BC", "Third"),
        Member("AB-C", "Fourth"),
    ],
)


@pytest.mark.parametrize("typed", ["ILO-C087", "ilo c-87", "ILO-C87", "ILO C87", "iloc087", " ILO  C-87 "])
def test_spaces_hyphens_and_leading_zeros_do_not_matter(typed: str) -> None:
    assert TREATIES.find(typed) == "ILO-C087"


def test_accents_do_not_matter() -> None:
    assert TREATIES.find("Charter of Aland") == TREATIES.find("charter of \u00e5land") == "IV-11"


def test_numbers_are_not_run_together() -> None:
    assert [TREATIES.find(name) for name in ("IV 11", "IV 1-1", "IV-1/1", "IV-1")] == [
        "IV-11",
        "IV-1-1",
        "IV-1-1",
        None,
    ]


def test_the_name_as_it_is_written_comes_first_and_a_doubtful_one_is_nobodys() -> None:
    assert [TREATIES.find(name) for name in ("A-B", "AB")] == ["A-B", "AB"]
    assert TREATIES.find("A B C") is None, "it could be two"


@pytest.mark.parametrize("nothing", ["", " ", "-", "ILO-C870", "ILO"])
def test_what_no_member_is_called_is_not_found(nothing: str) -> None:
    assert TREATIES.find(nothing) is None
