"""What is written is read back as what it was: facts, atoms and values, over every shipped sentence and name."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import shipped
from treaty_engine.dates import bounds, delay
from treaty_engine.engines.compiled import evaluate
from treaty_engine.errors import Refused
from treaty_engine.language.reader import RuleReader
from treaty_engine.language.registry import BUILT_IN
from treaty_engine.language.statements import fact, statement
from treaty_engine.language.strict_yaml import Text
from treaty_engine.language.terms import Atom, Fact, Hole, Predicate, Term, Value, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.writing import fact_sentence, sentence_of
from treaty_engine.source import Span
from treaty_engine.treaties.corpus import Corpus, Question


@cache
def values(type_name: str) -> st.SearchStrategy[Value]:
    """Values of a type: every member of its registry or list, or any day, number, duration, period or text."""
    vocabulary = shipped().vocabulary
    known = vocabulary.types.types[type_name]
    if known.registry:
        return st.sampled_from(sorted(vocabulary.types.registries[type_name].members))
    if known.members:
        return st.sampled_from(known.members)
    return BUILT_IN_VALUES[type_name]


LATEST = date(2026, 6, 30)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
COUNTS = st.integers(0, 400).map(str)
DELAYS = st.builds(
    lambda opening, count, unit, end: delay(f"{opening}{count} {unit}{end}"),
    st.sampled_from(["", "first day of the month after "]),
    COUNTS,
    st.sampled_from(["day", "days", "months", "year"]),
    st.sampled_from(["", " rolling over"]),
)
PERIODS = st.one_of(
    st.integers(1000, 9999).map(str),
    DAYS.map(lambda each: each.isoformat()[:7]),
    DAYS.map(date.isoformat),
    st.dates(date(1, 1, 1), date(9000, 1, 1)).map(lambda each: f"{each}/{each + timedelta(days=30)}"),
)
WORDS = st.text("abcxyzABCXYZ019()*-§é", min_size=1, max_size=6)
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["Article 87(1)", "paras 3 and 4", "on 2004-09-27", "it under that", "since"]),
)
"""A text ends without a full stop: one at the end of a sentence is not part of what it says."""

BUILT_IN_VALUES: dict[str, st.SearchStrategy[Value]] = {
    "Date": DAYS,
    "Number": st.integers(-1000, 1000),
    "Duration": DELAYS,
    "Period": PERIODS,
    "Text": TEXTS,
}


def terms(hole: Hole) -> st.SearchStrategy[Term]:
    """A value, or the variable that is named as the hole is."""
    return st.one_of(values(hole.type), st.just(Variable(hole.name)))


def predicates() -> st.SearchStrategy[Predicate]:
    """Any sentence of the shipped vocabulary."""
    return st.sampled_from(list(shipped().vocabulary.predicates.values()))


def facts() -> st.SearchStrategy[Fact]:
    """Any fact that the shipped vocabulary can state."""
    return predicates().flatmap(
        lambda about: st.tuples(*(values(hole.type) for hole in about.holes)).map(lambda v: Fact(about.sentence, v))
    )


def atoms() -> st.SearchStrategy[Atom]:
    """Any atom of the shipped vocabulary, each hole filled or left open."""
    return predicates().flatmap(
        lambda about: st.tuples(*(terms(hole) for hole in about.holes)).map(lambda t: Atom(about, t))
    )


@settings(max_examples=250, deadline=None)
@given(facts())
def test_a_fact_told_as_a_sentence_is_read_as_the_same_fact(told: Fact) -> None:
    vocabulary = shipped().vocabulary
    sentence = fact_sentence(vocabulary, told)
    assert fact(vocabulary, sentence) == told
    assert fact(vocabulary, f"{sentence}.") == told


@settings(max_examples=250, deadline=None)
@given(atoms())
def test_an_atom_with_open_holes_is_read_as_the_same_atom(told: Atom) -> None:
    vocabulary = shipped().vocabulary
    read = statement(vocabulary, sentence_of(vocabulary, told))
    assert read.predicate is told.predicate
    same = [Variable(term.name.lstrip("_")) if isinstance(term, Variable) else term for term in read.terms]
    assert same == list(told.terms), "a shorter form leaves out what is open"


@settings(max_examples=250, deadline=None)
@given(atoms())
def test_an_atom_written_as_rules_write_it_is_read_as_the_same_atom(told: Atom) -> None:
    reader = RuleReader(shipped().vocabulary)
    assert reader.sentence(Text(as_rules_write(reader.vocabulary, told), Span("rule"))) == told
    assert reader.problems == []


def as_rules_write(vocabulary: Vocabulary, atom: Atom) -> str:
    """An atom with its constants in quotes."""
    filling = iter(zip(atom.predicate.holes, atom.terms, strict=True))
    words = []
    for word in atom.predicate.words:
        if word is None:
            hole, term = next(filling)
            word = str(term) if isinstance(term, Variable) else f'"{vocabulary.types.show(hole.type, term)}"'
        words.append(word)
    return " ".join(words)


def concluded(corpus: Corpus, day: date) -> set[Fact]:
    """Every fact that holds on a day."""
    return set(evaluate(corpus.program, corpus.world(Question(day)).facts).facts())


@pytest.mark.parametrize("day", [LATEST, date(2008, 6, 12), date(1999, 12, 31)], ids=str)
def test_every_conclusion_of_the_shipped_rules_can_be_asked_in_its_own_words(corpus: Corpus, day: date) -> None:
    told_on_another_day = concluded(corpus, LATEST) if day != LATEST else set()
    told = concluded(corpus, day) - told_on_another_day
    assert len(told) > 1000
    assert [f for f in told if fact(corpus.vocabulary, fact_sentence(corpus.vocabulary, f)) != f] == []


@given(st.sampled_from(BUILT_IN).flatmap(lambda name: st.tuples(st.just(name), values(name))))
def test_a_value_is_printed_so_that_it_is_read_as_the_same_value(typed: tuple[str, Value]) -> None:
    name, value = typed
    types = shipped().vocabulary.types
    assert types.value(name, types.show(name, value)) == value


@given(PERIODS)
def test_a_period_begins_before_it_ends(period: str) -> None:
    first, last = bounds(period)
    assert first <= last


@settings(deadline=None)
@given(st.lists(st.one_of(WORDS, st.sampled_from(["signed", "on", "<x>", '"a"', "since", "Thailand", "is"])), max_size=9))
def test_any_words_at_all_are_read_or_refused(words: list[str]) -> None:
    vocabulary = shipped().vocabulary
    try:
        read = statement(vocabulary, " ".join(words))
    except Refused as refused:
        told = [str(problem) for problem in refused.problems]
    else:
        told = [str(read.predicate)]
    assert all(told)
    assert len(told) == 1
