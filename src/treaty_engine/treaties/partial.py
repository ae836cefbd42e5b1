"""Days that the sources give no closer than by a month, a year or a span, written as they are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from treaty_engine.dates import bounds, span
from treaty_engine.language.terms import Fact, Value
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.model import Model

DAY_NOT_KNOWN = "day not known"
"""The label of sentences with a period, or a first and a last day: the last is the one that other sentences name."""


def period_of(vocabulary: Vocabulary, model: Model, fact: Fact) -> str:
    """The period for which the day that a fact names stands; empty where it stands for itself."""
    predicate = vocabulary.predicates[fact.predicate]
    day = next((value for value in fact.values if isinstance(value, date)), None)
    holes = list(zip(predicate.holes, fact.values, strict=True))
    treaty = next((value for hole, value in holes if hole.name == "treaty"), None)
    if day is None or treaty is None:
        return ""
    states = [value for hole, value in holes if hole.type == "State"]
    spans = (each for state in states for each in _spans(vocabulary, model, {"state": state, "treaty": treaty}))
    return next((span(first, last) for first, last in spans if last == day and first < last), "")


def _spans(vocabulary: Vocabulary, model: Model, whose: dict[str, Value]) -> Iterator[tuple[date, date]]:
    """The first and last day of each period in which a day of this State and treaty is known to lie."""
    for predicate in vocabulary.labelled(DAY_NOT_KNOWN):
        for values in model.match(predicate.sentence, tuple(whose.get(hole.name) for hole in predicate.holes)):
            filled = list(zip(predicate.holes, values, strict=True))
            days = [value for _, value in filled if isinstance(value, date)]
            period = next((str(value) for hole, value in filled if hole.type == "Period"), "")
            yield bounds(period) if period else (days[0], days[-1])
