"""Dates and marks: what is printed is read back, and whatever is not a date is refused with a reason."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treaty_engine.importers.cells import Dated, cell, dated
from treaty_engine.importers.headings import marks
from treaty_engine.importers.tables import printed

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
MARKS = st.sampled_from(["", *marks()])
DATED = st.builds(Dated, DAYS, MARKS, st.booleans(), st.sampled_from(["", "5", "12", "5,6"]))
SPACE = st.sampled_from([" ", "  ", "\t", "\t ", "\u00a0", "\n"])


@given(st.lists(DATED, max_size=4))
def test_what_is_printed_is_read_back(days: list[Dated]) -> None:
    assert dated(printed(cell(days)).text) == tuple(days)


@given(DATED, SPACE, SPACE, SPACE)
def test_space_of_any_kind_changes_nothing(each: Dated, first: str, second: str, third: str) -> None:
    text = cell([each])
    spaced = first + text.replace(" ", second, 1).replace(" ", third) if text[0].isdigit() else first + text
    assert dated(printed(spaced).text) == (each,)


@given(DATED, st.lists(st.integers(1, 99), min_size=1, max_size=3))
def test_marked_footnotes_are_kept_apart(each: Dated, notes: list[int]) -> None:
    marked = ",".join(map(str, notes))
    for open_, close in (("<superscript>", "</superscript>"), ("&lt;superscript&gt;", "&lt;/superscript&gt;")):
        found = printed(f"{cell([each])}{open_}{marked}{close}")
        assert dated(found.text) == (each,)
        assert found.notes == marked


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    plain = printed(text).text
    with contextlib.suppress(ValueError):
        assert dated(plain) or not plain.strip(" ,;")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 5 Jun 2007", Dated(date(2007, 6, 5))),
        ("29 May\t 2013", Dated(date(2013, 5, 29))),
        ("24 Mar 1974a", Dated(date(1974, 3, 24), "a")),
        ("24 Mar 1974 A", Dated(date(1974, 3, 24), "A")),
        ("24 Mar 1974 AA", Dated(date(1974, 3, 24), "AA")),
        ("24 Mar 1974 <i>a</i>", Dated(date(1974, 3, 24), "a")),
        ("24 Mar 1974<right> <i>d</i>", Dated(date(1974, 3, 24), "d")),
        ("28 Mar 20072 a", Dated(date(2007, 3, 28), "a", notes="2")),
        ("16 December 1966", Dated(date(1966, 12, 16))),
        ("[14 Nov 1980 a]", Dated(date(1980, 11, 14), "a", withdrawn=True)),
        ("[ 3 Oct 1975 ]", Dated(date(1975, 10, 3), withdrawn=True)),
    ],
)
def test_the_quirks_of_the_tables(text: str, expected: Dated) -> None:
    assert dated(printed(text).text) == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        "30 Feb 2004", "31 Apr 1999", "0 Jun 2007", "5 Jun 07", "June 2007", "2007", "5 Jux 2007", "5/6/2007", "–", "*",
        "5 Jun 2007 ad referendum", "[5 Jun 2007", "5 Jun 2007]", "[]", "[[5 Jun 2007]]", "5 Jun 2007 (denounced)",
        "about 5 Jun 2007", "5 Jun 0000", "٥ Jun 2007", "5 Jun 2007 aAa",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        dated(printed(text).text)


def test_a_state_that_left_and_came_back_has_two_dates() -> None:
    assert dated("[10 May 1993 a] 5 Jan 1999 a") == (
        Dated(date(1993, 5, 10), "a", withdrawn=True),
        Dated(date(1999, 1, 5), "a"),
    )
