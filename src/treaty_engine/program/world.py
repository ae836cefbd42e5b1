"""What a question brings to a program: the day it asks about, and which events had happened by then."""

from __future__ import annotations

from datetime import date

from treaty_engine.dates import bounds
from treaty_engine.language.terms import Fact, Predicate, Value
from treaty_engine.language.vocabulary import Vocabulary


def happened(predicate: Predicate, values: tuple[Value, ...], as_of: date) -> bool:
    """Whether what a fact tells had happened by that day; a period counts once it is over."""
    if predicate.when is None:
        return True
    when = values[predicate.when]
    return (bounds(when)[1] if isinstance(when, str) else when) <= as_of  # type: ignore[operator]


def asked_facts(vocabulary: Vocabulary, as_of: date) -> list[Fact]:
    """The facts that the question itself brings."""
    return [Fact(p.sentence, (as_of,)) for p in vocabulary.predicates.values() if p.kind == "asked"]
