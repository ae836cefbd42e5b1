"""A vocabulary is refused when a reader could take one sentence for another, or when it says nothing plain."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from tests.language.reading import SMALL, problem, problems, vocabulary_from
from treaty_engine.errors import Problem
from treaty_engine.language.sentences import skeleton, tokens
from treaty_engine.language.terms import Atom, Variable
from treaty_engine.language.vocabulary import Brief, Vocabulary
from treaty_engine.language.writing import missing_of
from treaty_engine.treaties.corpus import Corpus


def small_with(sentences: str, types: str = "") -> Vocabulary:
    """The small vocabulary with more sentences and types."""
    text = dedent(SMALL) + indent(dedent(sentences), "  ")
    return vocabulary_from(text.replace("\nsentences:", "\n" + indent(dedent(types), "  ") + "\nsentences:", 1))


def wrong(sentences: str, types: str = "") -> Problem:
    """The one thing that is wrong with them."""
    return problem(lambda: small_with(sentences, types))


def test_a_sentence_is_found_by_exactly_its_words() -> None:
    vocabulary = vocabulary_from()
    found = vocabulary.find((None, "signed", None, "on", None))
    assert str(found) == "<state> signed <treaty> on <date>"
    assert vocabulary.find((None, "Signed", None, "on", None)) is None
    assert vocabulary.find((None, "signed", None, "on")) is None


def test_a_hole_is_of_the_type_of_its_name_unless_it_says_another() -> None:
    predicate = vocabulary_from().predicates["<treaty> needs <n> instruments and then waits <delay>"]
    assert [(hole.name, hole.type) for hole in predicate.holes] == [
        ("treaty", "Treaty"),
        ("n", "Number"),
        ("delay", "Duration"),
    ]


def test_a_sentence_remembers_the_hole_that_dates_it_and_the_one_value_there_can_be() -> None:
    vocabulary = small_with(
        """
        - sentence: <treaty> is in force since <date>
          kind: derived
          only one: date
          label: in force
        - sentence: the question is asked as of <day:Date>
          kind: asked
          asked: as of
        """
    )
    in_force = vocabulary.predicates["<treaty> is in force since <date>"]
    assert (in_force.only_one, in_force.when, in_force.label) == (1, None, "in force")
    assert vocabulary.predicates["<state> signed <treaty> on <date>"].when == 2
    assert vocabulary.predicates["the question is asked as of <day>"].asked == "as of"


def test_a_label_finds_the_sentences_that_say_more_of_it_after_a_comma() -> None:
    vocabulary = small_with(
        """
        - {sentence: <state> may wait, kind: given, label: gap}
        - {sentence: <state> has yet to join <treaty>, kind: given, label: 'gap, not bound'}
        - {sentence: <state> minds the step, kind: given, label: gaping}
        """
    )
    assert list(map(str, vocabulary.labelled("gap"))) == ["<state> may wait", "<state> has yet to join <treaty>"]
    assert list(map(str, vocabulary.labelled("gap, not bound", "gaping"))) == [
        "<state> has yet to join <treaty>",
        "<state> minds the step",
    ]
    assert [each.variety for each in vocabulary.labelled("gap")] == ["", "not bound"]
    assert not vocabulary.labelled("not bound")


def test_a_shorter_form_leaves_out_holes_of_its_sentence() -> None:
    (signed, bound) = vocabulary_from().briefs
    assert (signed.sentence, signed.positions) == ("<state> signed <treaty>", (0, 1))
    assert [hole.name for hole in bound.holes] == ["state", "treaty"]


def test_what_closes_a_sentence_may_be_another_sentence_its_shorter_form_or_nothing() -> None:
    vocabulary = small_with(
        """
        - sentence: <source> was read for <treaty> until <day:Date>
          kind: given
          briefly: <source> was read for <treaty>
        - sentence: <state> declared its view of <treaty>
          kind: given
          closed by: <source> was read for <treaty>
          settled by: <source> covers <treaty> for <state>
        - sentence: <state> is friendly
          kind: given
          closed by: nothing
        """
    )
    view = "<state> declared its view of <treaty>"
    assert vocabulary.closed_by[view].terms == (Variable("source"), Variable("treaty"), Variable("_day"))
    assert str(vocabulary.settled_by[view].predicate) == "<source> covers <treaty> for <state>"
    assert vocabulary.open == {"<state> is friendly"}


def test_sentences_may_contradict_each_other_and_stand_beside_each_other() -> None:
    vocabulary = small_with(
        """
        - sentence: <state> walked out of <treaty>
          kind: given
          contradicts: <state> stayed with <treaty>
        - sentence: <state> stayed with <treaty>
          kind: given
          show beside: <state> signed <treaty> on <date>
        """
    )
    assert vocabulary.contradicts == {frozenset(("<state> walked out of <treaty>", "<state> stayed with <treaty>"))}
    assert [str(p) for p in vocabulary.beside["<state> signed <treaty> on <date>"]] == ["<state> stayed with <treaty>"]


def test_what_is_missing_is_an_indirect_question_about_as_much_as_is_known() -> None:
    vocabulary = small_with(
        """
        - sentence: <state> declared its view of <treaty> through <source>
          kind: given
          closed by: nothing
          missing:
            - through whom <state> declared its view of <treaty>
            - who declared a view of <treaty>
        """
    )
    view = vocabulary.predicates["<state> declared its view of <treaty> through <source>"]
    somebody, source = Variable("state"), Variable("source")
    assert missing_of(vocabulary, Atom(view, ("Aland", "Charter", source))) == "through whom Aland declared its view of Charter"
    assert missing_of(vocabulary, Atom(view, (somebody, "Charter", source))) == "who declared a view of Charter"
    signed = vocabulary.predicates["<state> signed <treaty> on <date>"]
    assert missing_of(vocabulary, Atom(signed, (somebody, "Charter", Variable("date")))) == (
        "whether some State signed Charter on some date"
    )


CASES = {
    "a question about what the sentence does not say": (
        "- {sentence: <state> paid, kind: given, missing: who paid <treaty>}",
        "what is missing adds no hole",
        "",
    ),
    "an unknown type": (
        "- {sentence: <state> paid <sum>, kind: given}",
        "`<sum>` has the unknown type Sum",
        "write the type after a colon: `<day: Date>`",
    ),
    "a type nearly right": (
        "- {sentence: '<a: Treatty> paid', kind: given}",
        "`<a>` has the unknown type Treatty",
        "did you mean `Treaty`?",
    ),
    "something else that a question would bring": (
        "- {sentence: the question is put by <state>, kind: asked, asked: name}",
        "`asked` is one of as of, horizon, about",
        "",
    ),
    "an unknown kind": (
        "- {sentence: <state> paid, kind: true}",
        "`kind` is one of given, derived, either, asked, judgement",
        "",
    ),
    "no kind": ("- {sentence: <state> paid}", "`kind` is one of given, derived, either, asked, judgement", ""),
    "no sentence": ("- {kind: given}", "a sentence is missing", ""),
    "an empty sentence": ("- {sentence: '', kind: given}", "a sentence is missing", ""),
    "an unknown key": (
        "- {sentence: <state> paid, kind: given, close by: nothing}",
        "unknown key `close by`",
        "did you mean `closed by`?",
    ),
    "a hole that is none": (
        "- {sentence: <State> paid, kind: given}",
        '`<State>` is neither a word, a `<variable>` nor a "constant"',
        "",
    ),
    "the same hole twice": (
        "- {sentence: <state> followed <state>, kind: given}",
        "two holes of one sentence have the same name",
        "",
    ),
    "the same words again": (
        "- {sentence: '<b: State> signed <t: Treaty> on <d: Date>', kind: given}",
        "two sentences with the same words",
        "",
    ),
    "the same words for values of other types": (
        "- {sentence: '<a: Treaty> signed <t: State> on <d: Date>', kind: given}",
        "two sentences with the same words",
        "",
    ),
    "one word added": (
        "- {sentence: <state> has signed <treaty> on <date>, kind: given}",
        "`<state> has signed <treaty> on <date>` is one word away from `<state> signed <treaty> on <date>`",
        "make them differ in two words or more",
    ),
    "one word replaced": (
        "- {sentence: <state> left <treaty> on <date>, kind: given}",
        "`<state> left <treaty> on <date>` is one word away from `<state> signed <treaty> on <date>`",
        "make them differ in two words or more",
    ),
    "one hole added": (
        "- {sentence: <state> signed <treaty> on <date> <act>, kind: given}",
        "`<state> signed <treaty> on <date> <act>` is one word away from `<state> signed <treaty> on <date>`",
        "make them differ in two words or more",
    ),
    "one word away from a shorter form": (
        "- {sentence: <state> refused <treaty>, kind: given}",
        "`<state> signed <treaty>` is one word away from `<state> refused <treaty>`",
        "make them differ in two words or more",
    ),
    "one word away from a built-in sentence": (
        "- {sentence: '<a: Date> is long before <b: Date>', kind: given}",
        "`<a: Date> is before <b: Date>` is one word away from `<a> is long before <b>`",
        "make them differ in two words or more",
    ),
    "the words of a built-in sentence": (
        "- {sentence: '<a: State> does not exceed <b: Treaty>', kind: given}",
        "two sentences with the same words",
        "`<a: Number> does not exceed <b: Number>` is built in",
    ),
    "a shorter form with the words of another sentence": (
        "- {sentence: '<a: Treaty> signed <b: State> under <c: Act> and then paid', kind: given, "
        "briefly: '<a> signed <b>'}",
        "two sentences with the same words",
        "first given at vocabulary.yaml:14:15",
    ),
    "a shorter form that is not shorter": (
        "- {sentence: <state> paid, kind: given, briefly: <state> paid all}",
        "a shorter form leaves out some holes and adds none",
        "",
    ),
    "a shorter form that cannot be read": (
        "- {sentence: <state> paid, kind: given, briefly: <State> paid}",
        '`<State>` is neither a word, a `<variable>` nor a "constant"',
        "",
    ),
    "a shorter form that is a mapping": (
        "- {sentence: <state> paid on <date>, kind: given, briefly: [{a: b}]}",
        "each of `briefly` is a text",
        "",
    ),
    "a date that is no hole": (
        "- {sentence: <state> paid on <date>, kind: given, when: day}",
        "`when` names no hole of the sentence",
        "",
    ),
    "a date that is no date": (
        "- {sentence: <state> paid on <date>, kind: given, when: state}",
        "`when` names a Date or a Period",
        "`<state>` is a State",
    ),
    "one value that is no hole": (
        "- {sentence: <state> paid on <date>, kind: given, only one: dat}",
        "`only one` names no hole of the sentence",
        "did you mean `date`?",
    ),
    "closed by an unknown sentence": (
        "- {sentence: <state> paid its share, kind: given, closed by: <source> covers <treaty> of <state>}",
        "unknown sentence `<source> covers <treaty> of <state>`",
        "did you mean `<source> covers <treaty> for <state>`?",
    ),
    "closed by what cannot be read": (
        "- {sentence: <state> paid its share, kind: given, closed by: <source> covers <}",
        '`<` is neither a word, a `<variable>` nor a "constant"',
        "",
    ),
    "closed by a sentence with a constant": (
        "- {sentence: <state> paid its share, kind: given, closed by: '\"list\" covers <treaty> for <state>'}",
        "the holes of this sentence take variables",
        "",
    ),
    "closed by the same name for another type": (
        "- {sentence: '<state: Source> paid its share', kind: given, closed by: <source> covers <treaty> for <state>}",
        "wrong type: `<state>` is a State here",
        "it is a Source in `<state> paid its share`",
    ),
    "contradicts an unknown sentence": (
        "- {sentence: <state> paid its share, kind: given, contradicts: <state> left}",
        "unknown sentence `<state> left`",
        "",
    ),
    "contradicts what cannot be read": (
        "- {sentence: <state> paid its share, kind: given, contradicts: '<'}",
        '`<` is neither a word, a `<variable>` nor a "constant"',
        "",
    ),
    "a text among the sentences": ("- <state> paid", "each of `sentences` is a mapping", ""),
}


@pytest.mark.parametrize(("sentences", "message", "help_"), CASES.values(), ids=CASES)
def test_a_sentence_that_could_mislead_is_refused(sentences: str, message: str, help_: str) -> None:
    found = wrong(sentences)
    assert (found.message, found.hint or found.note if help_ else "") == (message, help_)
    assert found.span is not None
    assert found.span.path == "vocabulary.yaml"


def test_the_place_of_a_problem_is_the_line_and_column_of_the_sentence() -> None:
    found = wrong("- sentence: <state> paid <sum>\n  kind: given")
    assert str(found.span) == f"vocabulary.yaml:{len(dedent(SMALL).splitlines()) + 2}:15"


TYPES = {
    "twice": ("- {type: State, members: [a]}", "each type has a name of its own"),
    "built in": ("- {type: Date, members: [a]}", "each type has a name of its own"),
    "nameless": ("- {members: [a]}", "each type has a name of its own"),
    "empty": ("- {type: Colour}", "a type lists its `members`, or says `registry: yes`"),
    "not a registry": ("- {type: Colour, registry: no}", "a type lists its `members`, or says `registry: yes`"),
    "an unknown key": ("- {type: Colour, member: [red]}", "unknown key `member`"),
}


@pytest.mark.parametrize(("types", "message"), TYPES.values(), ids=TYPES)
def test_a_type_is_a_list_of_words_or_a_registry(types: str, message: str) -> None:
    assert message in {found.message for found in problems(lambda: small_with("", types))}


@pytest.mark.parametrize("text", ["", "- a list", "a text"])
def test_a_file_without_sentences_is_no_vocabulary(text: str) -> None:
    assert problem(lambda: vocabulary_from(text)).message == "`vocabulary.yaml` holds no vocabulary"


def test_types_and_sentences_are_lists() -> None:
    found = problems(lambda: vocabulary_from("types: {type: State}\nsentences: none\nrules: []"))
    assert [each.message for each in found] == ["`types` is a list", "`sentences` is a list", "unknown key `rules`"]


def test_all_that_is_wrong_with_a_vocabulary_is_said_at_once_in_reading_order() -> None:
    found = problems(
        lambda: small_with(
            """
            - {sentence: <state> paid <sum>, kind: given}
            - {sentence: <state> has signed <treaty> on <date>, kind: given}
            - {sentence: <state> owes, kind: perhaps}
            """
        )
    )
    lines = [each.span.line for each in found if each.span]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_sentences_one_word_apart_whose_values_cannot_be_confused_are_allowed() -> None:
    vocabulary = small_with("- {sentence: <source> listed <treaty> on <date>, kind: given}")
    assert vocabulary.find((None, "listed", None, "on", None)) is not None


def test_the_nearest_sentence_needs_the_fewest_words_changed() -> None:
    vocabulary = vocabulary_from()
    near = vocabulary.nearest(skeleton(tokens("<state> signed at <treaty>")), 2)
    assert [each.sentence for each in near] == ["<state> signed <treaty>", "<state> signed <treaty> on <date>"]
    assert vocabulary.nearest(skeleton(tokens("nothing like anything that is said here at all"))) == []


def test_no_two_shipped_sentences_are_one_word_apart(corpus: Corpus) -> None:
    assert list(corpus.vocabulary.close_pairs()) == []


def test_every_shipped_shorter_form_keeps_to_the_types_of_its_sentence(corpus: Corpus) -> None:
    for brief in corpus.vocabulary.briefs:
        assert isinstance(brief, Brief)
        assert set(brief.holes) < set(brief.predicate.holes)
