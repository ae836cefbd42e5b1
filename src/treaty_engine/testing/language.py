"""A small language to invent programs in: its types with a few values each, and its sentences."""

from __future__ import annotations

from datetime import date

from treaty_engine.dates import delay
from treaty_engine.language.functions import Function, functions
from treaty_engine.language.registry import Type, Types
from treaty_engine.language.sentences import skeleton, tokens
from treaty_engine.language.terms import Hole, Predicate, Value
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.source import Span

_DELAYS = ("0 days", "30 days", "1 month", "1 month rolling over", "first day of the month after 3 months")

VALUES: dict[str, tuple[Value, ...]] = {
    "Person": ("ann", "bob", "cat"),
    "Date": (date(2000, 1, 31), date(2000, 2, 29), date(2000, 3, 1), date(9999, 12, 1)),
    "Number": (-1, 0, 1, 2),
    "Duration": tuple(map(delay, _DELAYS)),
    "Period": ("2000", "2000-02", "2000-02-29", "2000-01-31/2001-12-31"),
}
"""Few values of each type, so that invented facts meet: ends of months, the end of the calendar, nothing, less."""

GIVEN = (
    "<x: Person> exists",
    "<x: Person> knows <y: Person>",
    "<x: Person> called <y: Person> on <d: Date>",
    "<x: Person> came on <d: Date>",
    "<x: Person> owns <n: Number>",
    "<x: Person> waits <w: Duration>",
    "<x: Person> stayed during <p: Period>",
    "<n: Number> goes before <m: Number>",
    "it rained",
)
"""Sentences that only facts say."""

LAYERS = (
    ("<x: Person> is a friend", "<x: Person> reaches <y: Person>", "<x: Person> starts on <d: Date>",
     "<x: Person> has <n: Number>", "<d: Date> is a day"),
    ("<x: Person> is a guest", "<x: Person> meets <y: Person>", "<x: Person> goes on <d: Date>",
     "<x: Person> scores <n: Number>", "all is well"),
    ("<x: Person> is a host", "<x: Person> greets <y: Person>", "<x: Person> saw <y: Person> on <d: Date>",
     "<x: Person> ends with <n: Number>", "the day is over"),
)  # fmt: skip
"""Sentences that rules conclude; a layer negates and counts only what those before it conclude."""


def predicate(sentence: str, kind: str) -> Predicate:
    """The predicate that a sentence with typed holes writes."""
    parts = list(tokens(sentence))
    holes = tuple(Hole(part.text, part.type) for part in parts if part.kind == "hole")
    return Predicate(sentence, skeleton(parts), holes, kind, Span("invented"))


def invented_vocabulary() -> Vocabulary:
    """The vocabulary of invented programs."""
    made = [predicate(sentence, "given") for sentence in GIVEN]
    made += [predicate(sentence, "either") for layer in LAYERS for sentence in layer]
    types = Types([Type("Person", members=tuple(map(str, VALUES["Person"])))])
    return Vocabulary(types, {each.sentence: each for each in made})


def tests() -> tuple[Function, ...]:
    """The built-in comparisons."""
    return tuple(each for each in functions() if not each.computes)


def computing() -> tuple[Function, ...]:
    """The built-in sentences that compute a value."""
    return tuple(each for each in functions() if each.computes)
