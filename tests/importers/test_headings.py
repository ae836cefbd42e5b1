"""Headings: a bare date means what the heading says, a mark what the heading or else custom says, or neither is guessed."""

from __future__ import annotations

import contextlib
import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.samples import DATA, official
from treaty_engine.importers.headings import consents, heading, marks, openings

PLAIN = ("Ratification", "Signature", "Application", "Notification", "Participation", "Definitive acceptance")
MARKED = {"a": "Accession", "A": "Acceptance", "AA": "Approval", "d": "Succession", "c": "Formal confirmation"}
TAILS = ("", " of the Convention as amended", " by virtue of article 7 (1) (b)", " under articles 3 (2) and (3)")


@given(
    st.sampled_from(PLAIN),
    st.lists(st.sampled_from(sorted(MARKED)), unique=True),
    st.sampled_from(TAILS),
    st.sampled_from(["", " "]),
    st.randoms(use_true_random=False),
)
def test_a_heading_of_known_meanings_in_any_order_is_read(
    plain: str, others: list[str], tail: str, space: str, mixed: object
) -> None:
    marked = [f"{MARKED[mark]}{tail if space == '' else ''}{space}({mark})" for mark in others]
    parts = [plain + tail, *marked]
    mixed.shuffle(parts)  # type: ignore[attr-defined]
    read = heading(", ".join(parts))
    assert read.act("") == openings()[plain][0]
    for mark in others:
        assert read.act(mark) == openings()[MARKED[mark]][0]


@given(st.text(max_size=80), st.sampled_from(["", *marks(), "x", "aa", "S"]))
def test_any_heading_gives_an_act_or_a_reason(text: str, mark: str) -> None:
    with contextlib.suppress(ValueError):
        assert heading(text).act(mark) in {*marks().values(), *(act for act, _ in openings().values())} - {""}


@pytest.mark.parametrize(
    ("text", "mark", "act"),
    [
        ("Signature", "", "signature"),
        ("Signature", "s", "definitive signature"),
        ("Signature3", "", "signature"),
        ("Signature, Succession to signature(d)", "d", "succession to signature"),
        ("Signature, Signature ad referendum (s)", "s", "signature ad referendum"),
        ("Signature, Signature ad referendum (s)", "", "signature"),
        ("Signature ad referendum (s)", "", "signature ad referendum"),
        ("Ratification", "a", "accession"),
        ("Ratification, Accession(a)", "A", "acceptance"),
        ("Ratification, Accession(a)", "AA", "approval"),
        ("Accession(a), Ratification", "", "ratification"),
        ("Acceptance(A)", "", "acceptance"),
        ("Application", "", "application"),
        ("Definitive acceptance", "", "acceptance"),
        ("Provisional application under article 23(n)", "n", "provisional application"),
        ("Notification of non-provisional application under article 7 (1) (b)", "", "notification"),
        ("Notification under article 25", "", "notification"),
        ("Notification in respect of the Agreement as amended(d)", "d", "notification"),
        ("Ratification, Acceptance(A), Participation(P)", "P", "participation"),
        ("Ratification, Consent to be bound(P)", "P", "consent to be bound"),
        ("Ratification", "P", "consent to be bound"),
        ("Participation in the Convention by virtue of ratification, accession or succession", "", "participation"),
        ("Definitive signature or acceptance of the Protocol", "", "consent to be bound"),
        ("Definitive signature of the Protocol, Acceptance of the Protocol", "", "consent to be bound"),
        ("Signature by non-regional members under Section 3 (c) (i) of resolution 07-79", "", "signature"),
        ("Signature by members under Section 3 (c)", "", "signature"),
        ("Simplified procedure(p), Consent to be bound(P)", "p", "simplified procedure"),
    ],
)  # fmt: skip
def test_what_columns_mean(text: str, mark: str, act: str) -> None:
    assert heading(text).act(mark) == act


@pytest.mark.parametrize(
    ("text", "mark", "reason"),
    [
        ("Ratification", "x", "the mark `x` is not known"),
        ("Ratification", "aa", "the mark `aa` is not known"),
        ("Accession(a), Succession(d)", "", "the date bears no mark"),
        ("Provisional acceptance/accession", "", "is not understood"),
        ("Extension", "", "is not understood"),
        ("Signature", "d", "may be succession, or succession to signature"),
        ("Signature, Notification", "", "may mean signature or notification"),
        ("Signature, Ratification", "", "may mean signature or ratification"),
        ("Resolution", "", "states no act"),
        ("Registration Date", "a", "states no act"),
        ("", "", "is not understood"),
    ],
)
def test_what_a_heading_leaves_open_is_not_guessed(text: str, mark: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        heading(text).act(mark)


def test_every_act_is_one_of_the_vocabulary() -> None:
    from treaty_engine.language.vocabulary_reader import read_vocabulary
    from treaty_engine.treaties.places import packaged

    path = packaged("rules") / "vocabulary.yaml"
    known = set(read_vocabulary(path, "vocabulary").types.types["Act"].members)
    assert {act for act, _ in openings().values() if act} | set(marks().values()) <= known
    assert consents() <= known


@official
def test_all_headings_of_the_official_tables_but_two_are_understood() -> None:
    texts: set[str] = set()
    for path in (DATA / "untc_2015" / "treaties").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts |= set(next(csv.reader(file))[1:])
    assert len(texts) == 114
    odd = {text for text in texts if any(not meaning.known for meaning in heading(text).meanings)}
    assert odd == {"Extension", "Provisional acceptance/accession"}
