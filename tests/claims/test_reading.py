"""What is wrong with a file of claims is told at once, each with its place; what a text marks wrongly is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import answer, run

WRONG = """\
on: 2008-13-01
claims:
  - id: 1
    text: x
    where: y
    says: Kambodia ratified CRC
  - id: 1
    text: x
    says: {al: <state>, of: x}
    expct: true
  - id: 2
    text: x
    where: z
    says: {count: <state>, of: <state> belongs to ASEAN}
  - id: 3
    text: x
    where: z
    says: {figures: 'a + 1 = 2'}
  - just a text
  - id: 4
    text: x
    where: z
    expect: maybe
"""


def told(tmp_path: Path, text: str, name: str = "claims.yaml", *more: str) -> tuple[int, str]:
    """The exit status of a file of claims, and what was complained of."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    status, _, complaint = run("claims", str(path), *more)
    return status, complaint


@pytest.mark.parametrize(
    "complaint",
    [
        ":1:5: `2008-13-01` is not a day of the calendar",
        ":6:11: unknown State `Kambodia`",
        "did you mean `Cambodia`",
        ":7:5: duplicate claim `1`",
        ":7:5: `where` is missing",
        ":9:11: a mapping that is no assertion",
        "did you mean `all`",
        ":10:5: unknown key `expct`",
        ":14:11: `count` needs a number",
        ":18:22: `a` is neither a number nor a figure",
        ":19:5: a claim is a mapping that begins with `id:`",
        ":20:5: `says` is missing",
        ":23:13: `expect` is `true` or `false` or `imprecise` or `unknown`",
    ],
)
def test_everything_wrong_is_told_at_once_with_its_place(tmp_path: Path, complaint: str) -> None:
    status, complaints = told(tmp_path, WRONG)
    assert status == 2
    assert complaint in complaints


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.yaml", "", "is empty"),
        ("a.yaml", "claims: [", "this is not YAML"),
        ("a.yaml", "claim:\n  - id: 1\n", "holds no claims"),
        ("a.yaml", "claims: []\n", "lists nothing"),
        ("a.yaml", "text: chaptr\nclaims:\n  - {id: 1, text: a, where: b, says: Cambodia signed CRC}\n", "unknown Source"),
        ("a.md", "# A text\n", "no claim is marked"),
        ("a.md", "", "no claim is marked"),
        ("a.md", "<!-- claims on: 2008-6-12 -->\n[x](claim: Cambodia signed CRC)", "is not a date"),
        ("a.txt", "x", "is not a file of claims"),
    ],
)
def test_a_file_that_cannot_be_tried_is_refused_with_a_reason(
    tmp_path: Path, name: str, text: str, complaint: str
) -> None:
    status, complaints = told(tmp_path, text, name)
    assert status == 2
    assert complaint in complaints


def test_a_comparison_that_nothing_gives_a_value_is_refused(tmp_path: Path) -> None:
    text = "claims:\n  - {id: 1, text: a, where: b, says: {count: <state>, of: [<state> belongs to GMS, <day> is before 2004-01-01], is: 1}}\n"
    status, complaints = told(tmp_path, text)
    assert status == 2
    assert "nothing gives `<day>` a value" in complaints


def test_words_that_no_sentence_says_are_listed_and_leave_the_text_unsettled(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text("[loves](claim: Cambodia loves CRC), [party](claim: Cambodia is a party to CRC).", encoding="utf-8")
    found = answer("claims", str(path), "--on", "2008-06-12")
    assert [each["says"] for each in found["unread"]] == ["Cambodia loves CRC"]
    assert [claim["verdict"] for claim in found["claims"]] == ["true"]
    assert run("claims", str(path), "--on", "2008-06-12")[0] == 3


def test_a_mark_in_code_is_no_claim_and_a_mark_without_words_claims_the_words_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text("`[x](claim: Cambodia loves CRC)`\n\n[Cambodia is a party to CRC](claim:)\n", encoding="utf-8")
    found = answer("claims", str(path), "--on", "2008-06-12")
    assert not found["unread"]
    assert [(claim["line"], claim["verdict"]) for claim in found["claims"]] == [(3, "true")]


@pytest.mark.parametrize("output", ["text", "csv", "md"])
def test_every_format_names_each_claim(tmp_path: Path, output: str) -> None:
    path = tmp_path / "text.md"
    path.write_text("[Kampuchea is bound](claim: Cambodia ratified ICRMW in 2004)", encoding="utf-8")
    status, out, _ = run("claims", str(path), "--on", "2008-06-12", "--format", output, "--proofs")
    assert status == 1
    assert "Kampuchea is bound" in out
    assert "signature" in out
