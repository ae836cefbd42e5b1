"""The sentences that the language itself gives a meaning: comparisons, calendar and arithmetic."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import count
from typing import Any

from treaty_engine.dates import Delay, after, bounds
from treaty_engine.language.sentences import Skeleton, skeleton, tokens
from treaty_engine.language.terms import Hole, Value

ANY = "Any"
"""The type of a hole that takes values of every type, the same in all its holes."""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A built-in sentence: its words, its holes, and what it computes.

    The first hole is the result when `computes` (from the other holes, in order; no result, one or several);
    otherwise the sentence is a test of all its holes.
    """

    sentence: str
    words: Skeleton
    holes: tuple[Hole, ...]
    apply: Callable[..., Any]
    computes: bool

    def __str__(self) -> str:
        return self.sentence

    def __reduce__(self) -> tuple[Callable[[str], Function], tuple[str]]:
        return function, (self.sentence,)

    def results(self, inputs: Iterable[Value]) -> tuple[Value, ...]:
        """What the sentence computes from its inputs; nothing when the calendar ends before the result."""
        try:
            return tuple(self.apply(*inputs))
        except OverflowError:
            return ()

    def holds(self, values: tuple[Value, ...]) -> bool:
        """Whether the sentence is true of these values."""
        return values[0] in self.results(values[1:]) if self.computes else bool(self.apply(*values))


@lru_cache(maxsize=1024)  # whether a day is one of them is asked of each day, and again to explain it
def _falls_every(every: Delay, start: date, end: date) -> tuple[date, ...]:
    found: list[date] = []
    with suppress(OverflowError):  # the calendar ends
        for times in count(1):
            falls = after(start, replace(every, days=every.days * times, months=every.months * times))
            if falls > end or falls <= start:
                break
            found.append(falls)
    return tuple(found)


def _moved(day: date, other: date) -> Iterator[date]:
    if (day.month, day.day) != (2, 29) or isleap(other.year):
        yield day.replace(year=other.year)


def _exchanged(day: date) -> Iterator[date]:
    if day.day <= 12:
        yield date(day.year, day.day, day.month)


def _whole_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


_TESTS: dict[str, Callable[..., bool]] = {
    "<a: Date> is before <b: Date>": lambda a, b: a < b,
    "<a: Date> comes after <b: Date>": lambda a, b: a > b,
    "<a: Date> is on or before <b: Date>": lambda a, b: a <= b,
    "<a: Date> comes on or after <b: Date>": lambda a, b: a >= b,
    "<a: Number> is less than <b: Number>": lambda a, b: a < b,
    "<a: Number> exceeds <b: Number>": lambda a, b: a > b,
    "<a: Number> is at least <b: Number>": lambda a, b: a >= b,
    "<a: Number> does not exceed <b: Number>": lambda a, b: a <= b,
    "<a: Any> differs from <b: Any>": lambda a, b: a != b,
    "<a: Any> is the same as <b: Any>": lambda a, b: a == b,
}

_FUNCTIONS: dict[str, Callable[..., Iterable[Value]]] = {
    "<date: Date> is <delay: Duration> after <day: Date>": lambda wait, start: (after(start, wait),),
    "<date: Date> is the later of <a: Date> and <b: Date>": lambda a, b: (max(a, b),),
    "<date: Date> is whichever comes first of <a: Date> and <b: Date>": lambda a, b: (min(a, b),),
    "<date: Date> is <day: Date> moved to the year of <other: Date>": _moved,
    "<date: Date> is <day: Date> with day and month exchanged": _exchanged,
    "<date: Date> is the first day of <period: Period>": lambda period: (bounds(period)[0],),
    "<date: Date> is the day on which <period: Period> ends": lambda period: (bounds(period)[1],),
    "<date: Date> falls every <delay: Duration> from <start: Date> until <end: Date>": _falls_every,
    "<n: Number> is <m: Number> more than <k: Number>": lambda m, k: (m + k,),
    "<n: Number> is what remains of <m: Number> after <k: Number>": lambda m, k: (m - k,),
    "<n: Number> is the number of days from <a: Date> to <b: Date>": lambda a, b: ((b - a).days,),
    "<n: Number> is the number of whole years from <a: Date> to <b: Date>": lambda a, b: (_whole_years(a, b),),
}


@cache
def functions() -> tuple[Function, ...]:
    """Every built-in sentence."""
    tests = [_function(sentence, apply, computes=False) for sentence, apply in _TESTS.items()]
    return (*tests, *(_function(sentence, apply, computes=True) for sentence, apply in _FUNCTIONS.items()))


def function(sentence: str) -> Function:
    """The built-in sentence that reads so. Raises KeyError."""
    return {each.sentence: each for each in functions()}[sentence]


def _function(sentence: str, apply: Callable[..., Any], *, computes: bool) -> Function:
    parts = list(tokens(sentence))
    holes = tuple(Hole(part.text, part.type) for part in parts if part.kind == "hole")
    return Function(sentence, skeleton(parts), holes, apply, computes)
