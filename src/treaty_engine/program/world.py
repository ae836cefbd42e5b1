"""What a question brings to a program: the day it asks about, how far it looks ahead, and what had happened by then."""

from __future__ import annotations

from datetime import date

from treaty_engine.dates import bounds
from treaty_engine.language.terms import Fact, Predicate, Value
from treaty_engine.language.vocabulary import Vocabulary

HORIZON = "horizon"
"""How the vocabulary marks the sentence by which rules learn how far ahead the question looks."""


def happened(predicate: Predicate, values: tuple[Value, ...], as_of: date) -> bool:
    """Whether what a fact tells had happened by that day; a period counts once it is over."""
    if predicate.when is None:
        return True
    when = values[predicate.when]
    return (bounds(when)[1] if isinstance(when, str) else when) <= as_of  # type: ignore[operator]


def asked_facts(vocabulary: Vocabulary, as_of: date, horizon: date | None = None) -> list[Fact]:
    """The facts that the question itself brings; one that names no horizon looks no further than its day."""
    ahead = as_of if horizon is None else horizon
    asked = (predicate for predicate in vocabulary.predicates.values() if predicate.kind == "asked")
    return [Fact(each.sentence, (ahead if each.asked == HORIZON else as_of,)) for each in asked]
