"""Calendar arithmetic on proleptic Gregorian days, and half-open knowledge of a date.

A *delay* is how long after a day something takes effect. A *period* is a date known to a year, a month, a
day or an interval of days, written `2002`, `2002-10`, `2002-10-18` or `2004-02-16/2004-02-17`.
"""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

_DELAY = re.compile(
    r"(?P<first>first day of the month after )?(?P<count>\d+) (?P<unit>day|month|year)s?(?P<roll> rolling over)?"
    r"(?P<counting> counting the first)?"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_DAYS = 1_000
"""So many days are asked about at once, which takes minutes and some gigabytes of memory."""


@dataclass(frozen=True, slots=True, order=True)
class Delay:
    """A time to wait: days, or months, then perhaps on to the first day of the next month.

    Where the month arrived at has no such day, the last day of that month is meant, or, with
    `rolling_over`, the first day of the month after it: both are in official use. The day from
    which it runs is not counted, unless it is `counting_first`: it then ends a day earlier.
    """

    days: int = 0
    months: int = 0
    to_first_of_month: bool = False
    rolling_over: bool = False
    counting_first: bool = False

    @property
    def days_more(self) -> int:
        """The days to go on after the months."""
        return self.days - self.counting_first

    def __str__(self) -> str:
        count, unit = (self.months, "month") if self.months else (self.days, "day")
        text = f"{count} {unit}" if count == 1 else f"{count} {unit}s"
        opening = "first day of the month after " if self.to_first_of_month else ""
        rolling = " rolling over" if self.rolling_over else ""
        return opening + text + rolling + (" counting the first" if self.counting_first else "")


def delay(text: str) -> Delay:
    """The delay that `text` writes, such as `30 days` or `first day of the month after 3 months`.

    Raises ValueError when it writes none.
    """
    found = _DELAY.fullmatch(text)
    if not found:
        raise ValueError(
            f"`{text}` is not a duration such as `30 days`, `3 months` or `first day of the month after 3 months`"
        )
    count, unit = int(found["count"]), found["unit"]
    days, months = (count, 0) if unit == "day" else (0, count * (12 if unit == "year" else 1))
    return Delay(days, months, *(bool(found[each]) for each in ("first", "roll", "counting")))


def after(start: date, wait: Delay) -> date:
    """The day that comes `wait` after `start`; the day of `start` itself is not counted, unless `wait` counts it.

    Raises OverflowError past the calendar's last year.
    """
    try:
        end = _months_later(start, wait.months, wait.rolling_over) + timedelta(days=wait.days_more)
        return _months_later(end.replace(day=1), 1, False) if wait.to_first_of_month else end
    except ValueError as past:
        raise OverflowError(f"{wait} after {start} is past the year 9999") from past


def days(text: str) -> list[date]:
    """The days that `2008-06-12` or `2000-01-01..2008-01-01/6-months` names; without a step, a year apart.

    Raises ValueError when it names none, or too many.
    """
    first, dots, rest = text.partition("..")
    if not dots:
        return [day(text)]
    last, _, step = rest.partition("/")
    start, end, wait = day(first), day(last), delay(step.replace("-", " ") or "1 year")
    nothing = ValueError(f"`{text}` names no days: a range goes from a day to a later one, by a day or more")
    if end < start:
        raise nothing
    found = [start]
    with suppress(OverflowError):  # the calendar ends before the range does
        while (later := after(start, _times(wait, len(found)))) <= end:
            if later <= found[-1]:
                raise nothing
            if len(found) == MOST_DAYS:
                raise ValueError(f"`{text}` names more than {MOST_DAYS:,} days: ask for fewer, by a longer step")
            found.append(later)
    return found


def _times(wait: Delay, number: int) -> Delay:
    return replace(wait, days=wait.days * number, months=wait.months * number)


def day(text: str) -> date:
    """The day that ISO `text` names. Raises ValueError when it names none."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"`{text}` is not a date; dates are written year-month-day, such as 2008-06-12")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text}` is not a day of the calendar") from None


@lru_cache(maxsize=4096)
def bounds(period: str) -> tuple[date, date]:
    """The first and last day of a period. Raises ValueError when `period` writes none."""
    first, _, last = period.partition("/")
    opening = _bounds_of_one(first)
    closing = _bounds_of_one(last) if last else opening
    if closing[1] < opening[0]:
        raise ValueError(f"`{period}` ends before it begins")
    return opening[0], closing[1]


def span(first: date, last: date) -> str:
    """The period from one day to another, as short as it can be written: `2002`, `2002-10` or a day where it is one."""
    for letters in (len("2002"), len("2002-10"), len("2002-10-18")):
        period = first.isoformat()[:letters]
        if bounds(period) == (first, last):
            return period
    return f"{first.isoformat()}/{last.isoformat()}"


def _bounds_of_one(text: str) -> tuple[date, date]:
    if re.fullmatch(r"\d{4}", text):
        return day(f"{text}-01-01"), day(f"{text}-12-31")
    if re.fullmatch(r"\d{4}-\d{2}", text):
        first = day(f"{text}-01")
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    try:
        return day(text), day(text)
    except ValueError:
        raise ValueError(f"`{text}` is not a year, a month or a day, such as 2002, 2002-10 or 2002-10-18") from None


def _months_later(start: date, months: int, rolling_over: bool) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1] if year <= 9999 else 0
    if start.day <= last:
        return date(year, month + 1, start.day)
    if rolling_over:
        return date(year, month + 1, last) + timedelta(days=1)
    return date(year, month + 1, last)
