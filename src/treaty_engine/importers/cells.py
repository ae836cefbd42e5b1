"""Reads the cell of a status table: days, the marks beside them, and brackets around what was withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)} | {n[:3]: i for i, n in enumerate(MONTHS, 1)}
_DATED = re.compile(
    r"(\d{1,2})\s+([A-Z][a-z]{2,8})\.?\s+(\d{4})(\d{1,2}(?:,\d{1,2})*)?(?:\s*([A-Za-z]{1,2})(?![A-Za-z]))?", re.ASCII
)
_SPACE = re.compile(r"[\s,;]*")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day with the mark beside it; in brackets when withdrawn. `notes` are footnote figures glued to the year."""

    day: date
    mark: str = ""
    withdrawn: bool = False
    notes: str = ""


def dated(text: str) -> tuple[Dated, ...]:
    """The days of a cell, in the order in which they stand; none in an empty cell.

    Raises ValueError, with what is wrong in words, when any part of the cell is something else.
    """
    found: list[Dated] = []
    place, inside, begun = _SPACE.match(text).end(), False, 0  # type: ignore[union-attr]
    while place < len(text):
        if text[place] == "[" and not inside:
            inside, begun, place = True, len(found), place + 1
        elif text[place] == "]" and inside and len(found) > begun:
            inside, place = False, place + 1
        elif match := _DATED.match(text, place):
            found.append(_dated(match, inside))
            place = match.end()
        else:
            raise ValueError(f"`{text[place : place + 40]}` is not a date such as `5 Jun 2007 a`")
        place = _SPACE.match(text, place).end()  # type: ignore[union-attr]
    if inside:
        raise ValueError("a bracket is opened and never closed")
    return tuple(found)


def _dated(match: re.Match[str], withdrawn: bool) -> Dated:
    day, month, year, notes, mark = match.groups()
    if month not in _NUMBER:
        raise ValueError(f"`{month}` is no month")
    try:
        return Dated(date(int(year), _NUMBER[month], int(day)), mark or "", withdrawn, notes or "")
    except ValueError:
        raise ValueError(f"`{day} {month} {year}` is not a day of the calendar") from None


def cell(days: Iterable[Dated]) -> str:
    """How the depositary prints such a cell."""
    return " ".join(_one(each) for each in days)


def _one(each: Dated) -> str:
    text = f"{each.day.day:2} {MONTHS[each.day.month - 1][:3]} {each.day.year:04}{each.notes}"
    text += f" {each.mark}" if each.mark else ""
    return f"[{text}]" if each.withdrawn else text
