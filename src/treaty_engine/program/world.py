"""What a question brings to a program: the day it asks about, how far it looks ahead, and what had happened by then."""

from __future__ import annotations

from datetime import date
from typing import cast

from treaty_engine.dates import bounds
from treaty_engine.language.terms import Atom, Fact, Predicate, Value
from treaty_engine.language.vocabulary import Vocabulary

HORIZON = "horizon"
"""How the vocabulary marks the sentence by which rules learn how far ahead the question looks."""

ABOUT = "about"
"""How the vocabulary marks a sentence that says what the question is about: it holds where the question says so."""


def brought(vocabulary: Vocabulary, goal: Atom) -> list[Fact]:
    """What a question is about as its own sentence tells: what has the same values in the holes of the same name."""
    named = dict(zip((hole.name for hole in goal.predicate.holes), goal.pattern({}), strict=True))
    about = [each for each in vocabulary.predicates.values() if each.asked == ABOUT]
    filled = ((each, tuple(named.get(hole.name) for hole in each.holes)) for each in about)
    return [Fact(each.sentence, cast(tuple[Value, ...], values)) for each, values in filled if None not in values]


def happened(predicate: Predicate, values: tuple[Value, ...], as_of: date) -> bool:
    """Whether what a fact tells had happened by that day; a period counts once it is over."""
    return happened_by(predicate, values) <= as_of


def happened_by(predicate: Predicate, values: tuple[Value, ...]) -> date:
    """The day by which what a fact tells had happened; the first of all days for what it tells of no day."""
    if predicate.when is None:
        return date.min
    when = values[predicate.when]
    return cast(date, bounds(when)[1] if isinstance(when, str) else when)


def asked_facts(vocabulary: Vocabulary, as_of: date, horizon: date | None = None) -> list[Fact]:
    """The facts that the question itself brings; one that names no horizon looks no further than its day."""
    ahead = as_of if horizon is None else horizon
    asked = (each for each in vocabulary.predicates.values() if each.kind == "asked" and each.asked != ABOUT)
    return [Fact(each.sentence, (ahead if each.asked == HORIZON else as_of,)) for each in asked]
