"""The calendar of an engine against that of the language, on days and delays from its first year to its last."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

from tests.engines.sentences import compiled, computed, rule, say

from treaty_engine.dates import Delay, after, bounds
from treaty_engine.language.terms import Fact, Value, Variable
from treaty_engine.model import Model
from treaty_engine.program.program import Program

D, E, F, N, P, W = (Variable(name) for name in "defnpw")
DAYS = ("<x> called <x> on <d>", "<x> came on <f>")
DATES = compiled(
    rule("<x> goes on <e>", "<x> called <x> on <d>", "<x> waits <w>", computed("after <day: Date>", E, W, D)),
    rule("<x> starts on <e>", *DAYS, "<x> waits <w>", computed("from <start: Date> until <end: Date>", E, W, D, F)),
    rule("<x> has <n>", *DAYS, computed("days from <a: Date> to <b: Date>", N, D, F)),
    rule("<x> scores <n>", *DAYS, computed("years from <a: Date> to <b: Date>", N, D, F)),
    rule("<x> saw cat on <e>", *DAYS, computed("moved to the year of <other: Date>", E, D, F)),
    rule("<x> saw <x> on <e>", "<x> called <x> on <d>", computed("with day and month exchanged", E, D)),
    rule("<x> saw ann on <e>", "<x> stayed during <p>", computed("first day of <period: Period>", E, P)),
    rule("<x> saw bob on <e>", "<x> stayed during <p>", computed("<period: Period> ends", E, P)),
)
"""Each person stands for one draw."""


def agree(evaluate: Callable[[Program, Iterable[Fact]], Model], draws: Random, count: int) -> int:
    """Asserts that an engine computes what the language does, on so many draws; how many results that was."""
    drawn = [(f"p{number}", *_draw(draws)) for number in range(count)]
    world = [fact for each in drawn for fact in _given(*each)]
    expected = {fact for each in drawn for fact in _expected(*each)}
    found = set(evaluate(DATES, world).facts()) - set(world)
    assert found == expected, sorted(map(str, found ^ expected))[:10]
    return len(expected)


def _draw(draws: Random) -> tuple[date, date, Delay, str]:
    start, wait = _day(draws), _delay(draws)
    step = wait.days + 28 * wait.months or 1
    most = draws.choice((0, 1, 3, 40)) * step + draws.randint(-40, 40)
    end = date.fromordinal(min(max(start.toordinal() + most, 1), date.max.toordinal()))
    return start, end, wait, _period(draws)


def _day(draws: Random) -> date:
    """Any day, often the last of a month, a leap day, or one at either end of the calendar."""
    year = draws.choice((draws.randint(1, 9999), draws.randint(1900, 2100), 1, 4, 1900, 2000, 9998, 9999))
    first = date(year, draws.choice((draws.randint(1, 12), 1, 2, 2, 12)), 1)
    if draws.random() < 0.4:
        return first.replace(day=draws.randint(1, 28))
    return first.replace(day=monthrange(first.year, first.month)[1] - draws.choice((0, 0, 1, 2)))


def _delay(draws: Random) -> Delay:
    """Days or months, few, many or more than the calendar has, in each way of counting them."""
    count = draws.choice((0, 1, 1, 2, 3, 6, 12, 13, 30, 90, 365, draws.randint(1, 5_000), 119_988, 10**10))
    first = draws.random() < 0.3
    if draws.random() < 0.4:
        return Delay(days=count + (first and not count), to_first_of_month=first)
    return Delay(months=count + (first and not count), to_first_of_month=first, rolling_over=draws.random() < 0.5)


def _period(draws: Random) -> str:
    one = _day(draws).isoformat()
    other = max(one, _day(draws).isoformat())
    return draws.choice((one, one[:7], one[:4], f"{one}/{other}", f"{one[:7]}/{other[:7]}", f"{one[:4]}/{other[:4]}"))


def _given(who: str, start: date, end: date, wait: Delay, period: str) -> Iterator[Fact]:
    for sentence, values in _sentences(
        ("<x> called <x> on <d>", (who, who, start)), ("<x> came on <d>", (who, end)),
        ("<x> waits <w>", (who, wait)), ("<x> stayed during <p>", (who, period)),
    ):  # fmt: skip
        yield Fact(sentence, values)


def _expected(who: str, start: date, end: date, wait: Delay, period: str) -> Iterator[Fact]:
    years = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    later = [("<x> goes on <d>", (who, day)) for day in _after(start, wait)]
    falls = [("<x> starts on <d>", (who, day)) for day in _falls(start, end, wait)]
    known = (
        ("<x> has <n>", (who, (end - start).days)), ("<x> scores <n>", (who, years)),
        ("<x> saw <y> on <d>", (who, "ann", bounds(period)[0])), ("<x> saw <y> on <d>", (who, "bob", bounds(period)[1])),
    )  # fmt: skip
    slips = (
        *(("<x> saw <y> on <d>", (who, "cat", day)) for day in _written(end.year, start.month, start.day)),
        *(("<x> saw <y> on <d>", (who, who, day)) for day in _written(start.year, start.day, start.month)),
    )
    yield from (Fact(sentence, values) for sentence, values in _sentences(*later, *falls, *known, *slips))


def _written(year: int, month: int, day: int) -> Sequence[date]:
    """The day that is written so; none where the calendar has none."""
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _after(start: date, wait: Delay) -> Sequence[date]:
    try:
        return [after(start, wait)]
    except OverflowError:
        return []


def _falls(start: date, end: date, wait: Delay) -> Iterator[date]:
    """What comes once, twice, three times the delay after the start, as long as it is later and not past the end."""
    times = 1
    while (days := _after(start, replace(wait, days=wait.days * times, months=wait.months * times))) and days[0] <= end:
        if days[0] <= start:
            return
        yield days[0]
        times += 1


def _sentences(*said: tuple[str, tuple[Value, ...]]) -> Iterator[tuple[str, tuple[Value, ...]]]:
    return ((_predicate(sentence), values) for sentence, values in said)


@cache
def _predicate(sentence: str) -> str:
    return say(sentence).predicate.sentence
