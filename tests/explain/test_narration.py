"""Explanations as a reader sees them: each told text is kept in a file beside its case, and read by people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest
from markdown_it import MarkdownIt

from tests.explain.small import FOLDER, Small, small, vocabulary
from treaty_engine.explain.lines import MARKS, Line, cut, markdown, text
from treaty_engine.explain.narrate import Narrator, citation
from treaty_engine.language.statements import fact
from treaty_engine.language.terms import Fact
from treaty_engine.language.writing import literal_lines
from treaty_engine.source import Origin, Span

RULES = """
    - id: signing
      title: Who signed is bound
      cite: Article 1; the calendar
      if:
        - <state> signed <treaty> on <day>
        - <date> is "3 months" after <day>
      unless:
        - id: withdrawn
          title: It withdrew
          cite: Article 2
          if: [<state> withdrew its signature of <treaty>]
      then: <state> is bound by <treaty> since <date>
      unverified: the text of Article 1 was not seen
    - id: bought
      title: Who paid is bound from the first day
      cite: Article 8
      if:
        - <state> belongs to the circle
        - <state> paid <n> toward the costs of <treaty>
        - <treaty> came into being on <date>
      then: <state> is bound by <treaty> since <date>
    - id: second
      title: A treaty comes into being with the signature that completes the number
      cite: Article 3
      if:
        - <treaty> requires <n> signatures
        - {number: <n>, earliest: <day>, one per: <state>, of: <state> signed <treaty> on <day>, is: <date>}
      then: <treaty> came into being on <date>
    - id: paid
      title: All that was paid
      cite: Article 4
      if:
        - <treaty> came into being on <date>
        - {sum: <m>, one per: <state>, of: <state> paid <m> toward the costs of <treaty>, is: <n>}
      then: <n> is the measure of <treaty>
    - id: whole
      title: Every State of the circle signed
      cite: Article 5
      if:
        - <treaty> requires <n> signatures
        - {all: <state>, of: <state> belongs to the circle, satisfy: <state> signed <treaty>}
      then: the circle has signed <treaty>
    - id: free
      title: Who did not sign is free
      cite: Article 6
      if:
        - <state> belongs to the circle
        - <treaty> requires <n> signatures
        - no record that: <state> signed <treaty>
      then: <state> is free of <treaty>
    - id: lapsed
      title: A report is owed once it is decided
      cite: Article 7
      if:
        - <state> belongs to the circle
        - it is decided that <treaty> has lapsed
      then: <state> owes a report under <treaty>
    - id: reporting
      title: Who is bound owes a report
      cite: Article 9
      if: [<state> belongs to the circle, <state> is bound by <treaty>]
      then: <state> owes a report under <treaty>
    """
SIGNED = (
    "Charter requires 2 signatures",
    "Aland signed Charter on 2001-11-30",
    "Bland signed Charter on 2002-02-02",
    "Cland signed Charter on 2003-03-03",
)
CIRCLE = ("Charter requires 2 signatures", "Aland belongs to the circle", "Bland belongs to the circle")


@dataclass(frozen=True)
class Told:
    """A question to a world, and the file with what is told."""

    question: str
    given: tuple[str, ...]
    why: bool = True
    every: bool = False

    def lines(self) -> list[Line]:
        """What is told."""
        asked = small(RULES, *self.given)
        narrator = narrator_of(asked)
        if self.why:
            return [narrator.proof(asked.proof(self.question))]
        return narrator.attempts(asked.attempts(self.question), every=self.every)


def narrator_of(asked: Small) -> Narrator:
    """A narrator that knows where each signature was read."""
    origins = {
        each: (Origin("Gazette", f"page {place}", Span("gazette.csv", place)),)
        for place, each in enumerate(asked.given, 1)
        if "signed" in each.predicate
    }
    return replace(asked.narrator(), origins=origins)


CASES = {
    "signed": Told("Aland is bound by Charter since 2002-02-28", SIGNED),
    "completed": Told("Charter came into being on 2002-02-02", SIGNED),
    "beside": Told("Aland is bound by Charter since 2002-02-02", (*SIGNED, "Aland signed Charter on 2001-11-02")),
    "paid": Told(
        "13 is the measure of Charter",
        (*SIGNED, "Aland paid 9 toward the costs of Charter", "Bland paid 4 toward the costs of Charter"),
    ),
    "all": Told("the circle has signed Charter", (*SIGNED, *CIRCLE)),
    "absent": Told(
        "Aland is free of Charter",
        (
            *CIRCLE,
            "Gazette covers Charter for Aland until 2005-01-01",
            "Digest covers Charter for Aland until 2004-01-01",
        ),
    ),
    "not-recorded": Told(
        "Aland is bound by Charter", (*CIRCLE, "Gazette covers Charter for Aland until 2005-01-01"), why=False
    ),
    "not-known": Told(
        "Aland is bound by Charter", (*CIRCLE, "Gazette is the depositary's record of Charter"), why=False
    ),
    "defeated": Told("Aland is bound by Charter", (*SIGNED, "Aland withdrew its signature of Charter"), why=False),
    "too-few": Told("Charter came into being on <day>", SIGNED[:2], why=False),
    "recorded-after-all": Told("Aland is free of Charter", (*CIRCLE, *SIGNED), why=False),
    "not-all": Told("the circle has signed Charter", (*CIRCLE, *SIGNED[:2]), why=False),
    "one-did-not": Told(
        "the circle has signed Charter",
        (*CIRCLE, *SIGNED[:2], "Gazette covers Charter for Bland until 2005-01-01"),
        why=False,
    ),
    "every-rule": Told(
        "Aland is bound by Charter",
        (*CIRCLE, "Gazette covers Charter for Aland until 2005-01-01"),
        why=False,
        every=True,
    ),
    "shown-instead": Told(
        "Aland owes a report under Charter", (*CIRCLE, "Charter came into being on 2002-02-02"), why=False
    ),
    "for-somebody-to-judge": Told("Aland owes a report under Charter", CIRCLE, why=False),
}


def test_every_rule_is_told_where_every_one_is_asked_for() -> None:
    (signing, further), every = CASES["not-recorded"].lines(), CASES["every-rule"].lines()
    assert every[0] == signing
    assert further.text == "further off: bought"
    assert [line.text.partition(":")[0] for line in every] == ["rule signing", "rule bought"]


@pytest.mark.parametrize("name", CASES)
def test_an_explanation_reads_as_it_was_written_down(name: str) -> None:
    lines = [shown for line in CASES[name].lines() for shown in text(line)]
    assert lines == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def test_every_told_text_has_its_case() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(CASES)


def _all(lines: Iterable[Line]) -> list[Line]:
    return [found for line in lines for found in (line, *_all(line.inner))]


def test_every_kind_of_line_is_told_somewhere() -> None:
    assert {line.mark for case in CASES.values() for line in _all(case.lines())} == set(MARKS)


@pytest.mark.parametrize("name", CASES)
def test_a_nested_list_says_the_same_as_the_terminal(name: str) -> None:
    for line in CASES[name].lines():
        listed = list(markdown(line))
        assert len(listed) == len(_all([line]))
        assert _read(listed) == _all_told(line), "nothing is taken for a tag, a heading or emphasis"


def _read(listed: Iterable[str]) -> list[str]:
    """What a reader of Markdown sees: the text of each item of a list."""
    read = [token.children for token in MarkdownIt().parse("\n".join(listed)) if token.type == "inline"]
    return ["".join(part.content for part in parts or ()) for parts in read]


def _all_told(line: Line) -> list[str]:
    return [f"{MARKS[each.mark]} {each.text}" + (f" — {each.detail}" if each.detail else "") for each in _all([line])]


def test_marks_and_names_mean_nothing_in_markdown() -> None:
    line = Line("<state> paid 3 * 4 | 5", "figure", "row Lao PDR*, column <x>")
    assert _read(markdown(line)) == _all_told(line)


def test_a_line_that_is_too_long_puts_its_detail_below() -> None:
    line = Line("a sentence", "given", "where it was read")
    assert list(text(line)) == ["• a sentence  [where it was read]"]
    assert list(text(line, detail_below=20)) == ["• a sentence", "    [where it was read]"]


def test_a_fact_read_in_two_places_names_both_and_a_doubt_is_told() -> None:
    asked = small(RULES, *SIGNED)
    signed = fact(vocabulary(), "Aland signed Charter on 2001-11-30")
    origins = {
        signed: (
            Origin("Gazette", "page 1", Span("a.csv")),
            Origin("Digest", "Digest, row 4", Span("b.csv"), "the scan is torn"),
            Origin("Gazette", "page 1", Span("c.csv")),
        )
    }
    narrator = replace(asked.narrator(), origins=origins)
    assert narrator.origin(signed) == "Official Gazette, page 1; Digest, row 4 (unverified: the scan is torn)"
    assert narrator.origin(fact(vocabulary(), SIGNED[0])) == "given with the question"


def test_what_was_told_before_is_not_told_again() -> None:
    asked = small(RULES, *SIGNED)
    proof, seen = asked.proof("Charter came into being on 2002-02-02"), set[Fact]()
    narrator = narrator_of(asked)
    first, again = narrator.proof(proof, seen), narrator.proof(proof, seen)
    assert first.inner
    assert (again.inner, again.detail) == ((), "shown above")


def test_a_citation_names_the_clause_that_was_applied() -> None:
    rule = replace(small(RULES).program.rules[0], cite="Article 1; the treaty's own clause <clause>")
    assert citation(rule, {"clause": "Article 9(2)"}) == "Article 1; the treaty's own clause Article 9(2)"
    assert citation(rule, {}) == "Article 1; the treaty's own clause", "an attempt may not have come so far"


def test_the_conditions_of_a_rule_are_written_with_their_variables_and_one_line_for_each_sentence() -> None:
    asked = small(RULES)
    written = {rule.id: [line for each in rule.body for line in literal_lines(vocabulary(), each)] for rule in asked.program.rules}
    assert written["free"][-1] == "no record that <state> signed <treaty>"
    assert written["signing"] == ["<state> signed <treaty> on <day>", "<date> is 3 months after <day>"]
    assert len(written["whole"]) == 5
    assert written["second"][-1] == "  <state> signed <treaty> on <day>"


def _counted(signatures: int, together: int = 1) -> list[str]:
    """The lines of a number of signatures, the last ones of which were given on one day."""
    days = [f"2001-01-{min(place, signatures - together + 1):02}" for place in range(1, signatures + 1)]
    names = [f"S{place:02}" for place in range(1, signatures + 1)]
    lines = [Line(f"{name}, {day}", "case") for name, day in zip(names, days, strict=True)]
    return [line.text for line in cut(lines, together)]


def test_a_long_list_is_told_by_how_it_begins_and_by_those_that_complete_it() -> None:
    assert _counted(10) == [f"S{place:02}, 2001-01-{place:02}" for place in range(1, 11)], "one line saves nothing"
    assert _counted(20)[7:] == ["S08, 2001-01-08", "… and 11 more", "S20, 2001-01-20"]
    assert _counted(20, together=2)[7:] == ["S08, 2001-01-08", "… and 10 more", "S19, 2001-01-19", "S20, 2001-01-19"]
    assert len(_counted(28, together=20)) == 8 + 1 + 8, "many who complete it together are no reason to tell all"
    assert cut([]) == []
