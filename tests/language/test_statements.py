"""What a person writes is read with bare names, or refused with the nearest name or sentence."""

from __future__ import annotations

from datetime import date
from textwrap import dedent, indent

import pytest

from tests.language.reading import SMALL, problem, vocabulary_from
from treaty_engine.language.statements import fact, statement
from treaty_engine.language.terms import Atom, Fact, Term, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.source import Span
from treaty_engine.treaties.corpus import Corpus

DAY = date(2004, 9, 27)


def read(text: str, more: str = "") -> Atom:
    """The atom that a text says, in the small vocabulary with more sentences."""
    return statement(vocabulary_from(dedent(SMALL) + indent(dedent(more), "  ")), text, Span("ask"))


READ: dict[str, tuple[Term, ...]] = {
    "Thailand signed CRMW on 2004-09-27": ("THA", "CRMW", DAY),
    "thailand signed crmw on 2004-09-27.": ("THA", "CRMW", DAY),
    "THA signed CRMW on 2004-09-27": ("THA", "CRMW", DAY),
    "Siam signed CRMW on 2004-09-27": ("THA", "CRMW", DAY),
    "  Viet   Nam signed Treaty of the Circle on 2004-09-27 ": ("VNM", "CIRCLE", DAY),
    '"Viet Nam" signed "the Circle" on "2004-09-27"': ("VNM", "CIRCLE", DAY),
    "NO signed CRMW on 2004-09-27": ("NO", "CRMW", DAY),
    "<state> signed CRMW on <day>": (Variable("state"), "CRMW", Variable("day")),
    "Thailand signed CRMW": ("THA", "CRMW", Variable("_date")),
    "<x> signed <y>": (Variable("x"), Variable("y"), Variable("_date")),
}


@pytest.mark.parametrize(("text", "terms"), READ.items(), ids=READ)
def test_a_sentence_is_read_with_bare_names(text: str, terms: tuple[Term, ...]) -> None:
    atom = read(text)
    assert str(atom.predicate) == "<state> signed <treaty> on <date>"
    assert atom.terms == terms


def test_a_word_of_several_words_stands_bare_too() -> None:
    assert read("formal confirmation by Viet Nam under the Circle took place on 2004-09-27").terms == (
        "formal confirmation",
        "VNM",
        "CIRCLE",
        DAY,
    )


def test_numbers_and_durations_stand_bare() -> None:
    atom = read("CRMW needs 20 instruments and then waits first day of the month after 3 months")
    assert list(map(str, atom.terms)) == ["CRMW", "20", "first day of the month after 3 months"]


def test_invented_names_are_known_in_examples_only() -> None:
    vocabulary = vocabulary_from()
    text = "Aland signed CRMW on 2004-09-27"
    assert fact(vocabulary, text, examples=True).values == ("Aland", "CRMW", DAY)
    assert problem(lambda: fact(vocabulary, text)).message == "unknown State `Aland`"


def test_a_fact_says_the_whole_of_its_sentence() -> None:
    vocabulary = vocabulary_from()
    sentence = "<state> signed <treaty> on <date>"
    assert fact(vocabulary, "Siam signed CRMW on 2004-09-27") == Fact(sentence, ("THA", "CRMW", DAY))
    for text in ("Siam signed CRMW", "Siam signed <treaty> on 2004-09-27"):
        found = problem(lambda text=text: fact(vocabulary, text))  # type: ignore[misc]
        assert (found.message, found.hint) == (f"`{text}` leaves something open", f"a fact says the whole of `{sentence}`")


REFUSED = {
    "a misspelt State": ("Thailnd signed CRMW on 2004-09-27", "unknown State `Thailnd`", "did you mean `Thailand`"),
    "a misspelt treaty": ("Siam signed CRWM on 2004-09-27", "unknown Treaty `CRWM`", "did you mean `CRMW`?"),
    "a day of no calendar": ("Siam signed CRMW on 2004-02-30", "`2004-02-30` is not a day of the calendar", ""),
    "a day in other order": (
        "Siam signed CRMW on 27/09/2004",
        "`27/09/2004` is not a date; dates are written year-month-day, such as 2008-06-12",
        "",
    ),
    "a kind of act that is none": (
        "ratifying by Siam under CRMW took place on 2004-09-27",
        "`ratifying` is no Act",
        "Act is one of: signature, accession, formal confirmation",
    ),
    "another sentence": (
        "Siam has signed CRMW on 2004-09-27",
        "unknown State `Siam has`",
        "did you mean `Siam`",
    ),
    "no sentence": (
        "Siam will sign CRMW",
        "no sentence says `Siam will sign CRMW`",
        "`<state> signed <treaty>`",
    ),
    "nothing": ("", "no sentence says ``", "did you mean"),
    "a hole that is none": (
        "<State> signed CRMW",
        '`<State>` is neither a word, a `<variable>` nor a "constant"',
        "",
    ),
    "more than a sentence": ("Siam signed " + "CRMW " * 80, "the sentence is longer than any in the vocabulary", ""),
}


@pytest.mark.parametrize(("text", "message", "help_"), REFUSED.values(), ids=REFUSED)
def test_what_no_sentence_says_is_refused_with_the_nearest(text: str, message: str, help_: str) -> None:
    found = problem(lambda: read(text))
    assert found.message == message
    assert help_ in found.hint
    assert found.span == Span("ask")


TWICE = """
    - sentence: <treaty> was described as <view:Text> in <place:Text>
      kind: given
    """


def test_a_sentence_that_can_be_read_in_two_ways_is_refused_and_quotes_decide() -> None:
    text = "CRMW was described as weak in parts in Geneva"
    found = problem(lambda: read(text, TWICE))
    assert found.message == f"`{text}` can be read in more than one way"
    assert "double quotes" in found.hint
    assert read('CRMW was described as "weak in parts" in Geneva', TWICE).terms == ("CRMW", "weak in parts", "Geneva")
    assert read('CRMW was described as weak in "parts in Geneva"', TWICE).terms == ("CRMW", "weak", "parts in Geneva")


def test_a_name_is_never_read_as_a_hole_nor_a_hole_as_part_of_a_name() -> None:
    assert problem(lambda: read("Viet <x> signed CRMW on 2004-09-27")).message == (
        "no sentence says `Viet <x> signed CRMW on 2004-09-27`"
    )


def test_a_treaty_law_officer_may_use_every_name_that_a_state_goes_by(corpus: Corpus) -> None:
    vocabulary: Vocabulary = corpus.vocabulary
    for member in vocabulary.types.registries["State"]:
        for name in (member.id, member.name, *member.aliases, member.name.upper()):
            assert statement(vocabulary, f"{name} is a party to ICRMW").terms[0] == member.id
