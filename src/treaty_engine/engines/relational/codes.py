"""Values as whole numbers: tables hold integers, and labels are put back when something is shown."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import date

from treaty_engine.dates import Delay, bounds
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Value

LEAST, MOST = -(2**63), 2**63 - 1
"""The numbers that tables hold."""

PAST = "tables hold numbers of 64 bits, and one is past that: ask the engine `naive`"

_SHORT, _LONG = "i", "q"
"""Numbers of 32 and of 64 bits in an array: only what is counted needs the longer ones."""

DAYS, MONTHS = date.max.toordinal(), 12 * date.max.year
"""No day of the calendar comes so many days or months after another."""


class Codes:
    """A number for each value: days by their ordinal, numbers by themselves, everything else as it comes."""

    def __init__(self) -> None:
        self._codes: dict[Value, int] = {}
        self._values: list[Value] = []
        self.delays: list[Delay] = []
        self.periods: dict[str, None] = {}

    def code(self, type_name: str, value: Value) -> int:
        """The number that stands for a value of a type."""
        if isinstance(value, date):
            return value.toordinal()
        if isinstance(value, int):
            return _held(value)
        known = self._codes.get(value)
        if known is None:
            known = self._codes[value] = len(self._values)
            self._values.append(value)
            if isinstance(value, Delay):
                self.delays.append(value)
        if type_name == "Period":
            self.periods[str(value)] = None  # which may be known as a text already
        return known

    def column(self, type_name: str, values: Sequence[Value]) -> array[int]:
        """The numbers of a whole column."""
        if type_name == "Date":
            return array(_SHORT, [*map(date.toordinal, values)])  # type: ignore[arg-type]
        if type_name == "Number":
            if values:
                _held(min(values)), _held(max(values))  # type: ignore[arg-type]
            return array(_LONG, values)  # type: ignore[arg-type]
        for value in dict.fromkeys(values):
            if type_name == "Period" or value not in self._codes:
                self.code(type_name, value)
        return array(_SHORT, [*map(self._codes.__getitem__, values)])

    def number(self, type_name: str) -> Callable[[Value], int | None]:
        """What gives the number of a value of a type, None when no table can hold it."""
        if type_name == "Date":
            return _ordinal
        return _within if type_name == "Number" else self._codes.get

    def meaning(self, type_name: str) -> Callable[[int], Value]:
        """What gives the value of a type that a number stands for."""
        if type_name == "Date":
            return date.fromordinal
        return int if type_name == "Number" else self._values.__getitem__

    def value(self, type_name: str, code: int) -> Value:
        """The value that a number stands for."""
        return self.meaning(type_name)(code)

    def delay_rows(self) -> list[tuple[int, int, int, int, int]]:
        """Each delay: its number, days, months, whether to the first of the month, whether rolling over."""
        return [
            (code, min(d.days_more, DAYS), min(d.months, MONTHS), int(d.to_first_of_month), int(d.rolling_over))
            for code, d in ((self._codes[each], each) for each in self.delays)
        ]

    def period_rows(self) -> list[tuple[int, int, int]]:
        """Each period: its number, its first day, its last."""
        return [(self._codes[p], bounds(p)[0].toordinal(), bounds(p)[1].toordinal()) for p in self.periods]


def _ordinal(value: Value) -> int | None:
    return value.toordinal() if isinstance(value, date) else None


def _within(value: Value) -> int | None:
    return value if isinstance(value, int) and LEAST <= value <= MOST else None


def _held(number: int) -> int:
    if not LEAST <= number <= MOST:
        raise OutsideSubset(PAST)
    return number
