"""The few things that engines of tables say differently, and days as whole numbers in their words.

A day is the number of days from 1 January of the year 1, which is day 1: a Python ordinal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LAST_DAY = 3652059
"""31 December 9999, where the calendar of the core ends."""

LONGEST = 2**31 - 1
"""No list is longer."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one engine writes what engines write differently.

    A day out of its number, the number of a day, months later, the nth of the days `d` of a query, a table of the
    numbers from 1 to a bound that may depend on other tables, and whether one statement can follow a recursion and
    keep the lowest rank of each row.
    """

    name: str
    day: Callable[[str], str]
    number: Callable[[str], str]
    months_later: Callable[[str, str], str]
    nth: Callable[[str, str], str]
    numbers: Callable[[str], str]
    follows: bool


def _short(number: str) -> str:
    return f"CAST(LEAST({number}, {LONGEST}) AS INTEGER)"


DUCKDB = Dialect(
    "duckdb",
    lambda n: f"(DATE '0001-01-01' + CAST({n} - 1 AS INTEGER))",
    lambda d: f"(CAST({d} AS DATE) - DATE '0001-01-01' + 1)",
    lambda d, months: f"({d} + to_months(CAST({months} AS INTEGER)))",
    lambda days, n: f"list_sort((SELECT list(d) FROM ({days}) AS d))[{_short(n)}]",
    lambda most: f"(SELECT unnest(range(1, CAST({most} AS BIGINT) + 1)) AS c0)",
    follows=True,
)

SPARK = Dialect(
    "spark",
    lambda n: f"date_add(DATE'0001-01-01', CAST({n} - 1 AS INT))",
    lambda d: f"(datediff({d}, DATE'0001-01-01') + 1)",
    lambda d, months: f"add_months({d}, CAST({months} AS INT))",
    lambda days, n: f"get(sort_array((SELECT collect_list(d) FROM ({days}) AS d)), {_short(n)} - 1)",
    lambda most: f"LATERAL (SELECT explode(sequence(1, GREATEST(1, CAST({most} AS INT)))) AS c0)",
    follows=False,
)


def months_later(dialect: Dialect, day: str, months: str, rolling_over: str) -> str:
    """The number of the day so many months after another: at a month's end its last day, or rolled over."""
    start = dialect.day(day)
    end = dialect.months_later(start, months)
    short = f"day(CAST({end} AS DATE)) < day({start})"
    return f"({dialect.number(end)} + CASE WHEN {rolling_over} = 1 AND {short} THEN 1 ELSE 0 END)"


def first_of_next_month(dialect: Dialect, day: str) -> str:
    """The number of the first day of the month after that of a day."""
    first = f"({day} - day({dialect.day(day)}) + 1)"
    return dialect.number(dialect.months_later(dialect.day(first), "1"))


def delayed(dialect: Dialect, start: str, alias: str, times: str) -> tuple[str, tuple[str, ...]]:
    """The day that comes a delay after another, so many times over, and where it exists."""
    later = months_later(dialect, start, f"{alias}.c2 * {times}", f"{alias}.c4")
    end = f"(CASE WHEN {alias}.c2 = 0 THEN {start} ELSE {later} END + {alias}.c1 * {times})"
    moved = f"CASE WHEN {alias}.c3 = 1 THEN {first_of_next_month(dialect, end)} ELSE {end} END"
    return f"({moved})", (f"({moved}) <= {LAST_DAY}",)


def in_month(dialect: Dialect, year: str, month: str, day: str) -> tuple[str, str]:
    """The number of a day of a month in the year of another day, and the condition that the month has it."""
    january = f"({year} - dayofyear({dialect.day(year)}) + 1)"
    first = dialect.number(dialect.months_later(dialect.day(january), f"({month} - 1)"))
    number = f"({first} + {day} - 1)"
    return number, f"{day} <= {month_length(dialect, first)}"


def month_length(dialect: Dialect, first: str) -> str:
    """How many days the month has that begins on a day."""
    return f"day(last_day({dialect.day(first)}))"


def whole_years(dialect: Dialect, start: str, end: str) -> str:
    """How many whole years lie between two days."""
    a, b = dialect.day(start), dialect.day(end)
    early = f"(month({b}) * 100 + day({b})) < (month({a}) * 100 + day({a}))"
    return f"(year({b}) - year({a}) - CASE WHEN {early} THEN 1 ELSE 0 END)"
