"""Tables of NORMLEX become records: years of ratification and denunciation, or days by convention and State."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from treaty_engine.dates import bounds, day
from treaty_engine.importers.csv_tables import rows
from treaty_engine.importers.known import Known
from treaty_engine.importers.outcome import Claim, Entry, Origin, Outcome, Record, Registered, Unread, latest
from treaty_engine.importers.reading import Document
from treaty_engine.importers.tables import Line, printed

_COUNTRY = "country"
_DAY = "BUSINESS_DATE"
_CODE = re.compile(r"(?:.*_)?([CP]\d{3})", re.ASCII)
_YEARS = re.compile(r"(\d{4})(?:\s*den\.?\s*:?\s*(\d{4}))?", re.ASCII)
_PRINTED_DAY = re.compile(r"(\d{2})-(\d{2})-(\d{4})", re.ASCII)
_LONG = ("convention", "country", "ratification_registered", "means", "in_force", "status", "source")
_MEANS = {"R": "ratification", "Su": "succession"}
_TITLE = "NORMLEX, ratifications by country, comparative table"
_PUBLISHER = "International Labour Organization"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the tables are to be read with: what is known, the identifier of the source, and the tables' day.

    Identifier and day may be left to the tables, which print the day on which they were made.
    """

    known: Known
    source: str
    day: date | None


def imported(document: Document, asked: Asked) -> Outcome:
    """The facts of one table, and all that became no fact. Raises Refused at a file that is no such table."""
    header, lines = rows(document)
    outcome = Outcome(rows=len(lines))
    if header == _LONG:
        _by_row(document, lines, asked, outcome)
    elif header and header[0].casefold() == _COUNTRY and any(map(_CODE.fullmatch, header[1:])):
        _by_year(document, header, lines, asked, outcome)
    else:
        expected = f"a column `Country` and columns such as `Forced_labour_C029`, or {', '.join(_LONG)}"
        raise document.refused("this is no table of NORMLEX that is known", hint=f"expected: {expected}")
    told = {claim.locator.split(",")[0]: claim for claim in reversed(outcome.claims)}
    unknown = (code for code in sorted(told) if asked.known.treaties.find(code) is None)
    outcome.treaties = [_convention(code, told[code]) for code in unknown]
    return outcome


def _by_year(document: Document, header: tuple[str, ...], lines: list[Line], asked: Asked, outcome: Outcome) -> None:
    """A row for each State, a column for each convention, and years in the cells."""
    made = _day_made(header, lines) or asked.day
    source = asked.source or f"normlex-{made or 'undated'}"
    for line in lines:
        try:
            if len(line.cells) != len(header):
                raise ValueError(f"{len(line.cells)} cells where the heading has {len(header)}")
            stated = _printed_day(line.cells[header.index(_DAY)]) if _DAY in header else made
            if stated != made:
                raise ValueError("the row is of another day than the first")
            state = asked.known.participant(printed(line.cells[0]).text, made)
        except ValueError as wrong:
            outcome.unread.append(_whole(document, line, str(wrong)))
            continue
        before = outcome.facts
        for column, raw in zip(header[1:], line.cells[1:], strict=True):
            if column != _DAY:
                _year(document, line, state, (column, raw), _Table(source, made, asked.known), outcome)
        if outcome.facts == before:
            outcome.unread.append(_whole(document, line, "nothing in the row was understood"))
    if source not in asked.known.sources.members:
        outcome.sources.append(_comparative(source, made, outcome))


@dataclass(frozen=True, slots=True)
class _Table:
    source: str
    made: date | None
    known: Known


def _year(document: Document, line: Line, state: str, cell: tuple[str, str], table: _Table, outcome: Outcome) -> None:
    """What one cell states: a year of ratification, one of denunciation, or that there is neither."""
    column, raw = cell
    text, code = printed(raw).text, _CODE.fullmatch(column)
    try:
        if not code:
            raise ValueError("the heading names no convention")
        years = _years(text, table.made)
    except ValueError as wrong:
        if text:
            outcome.unread.append(Unread(document.path.name, line.number, column, raw, str(wrong)))
        return
    treaty, where = _treaty(code[1], table.known), f"{code[1]}, row {printed(line.cells[0]).text}, column {column}"
    for act, year in zip(("ratification", "denunciation"), years, strict=False):
        outcome.records.append(Record(table.source, treaty, state, act, year, text, where, in_period=True))
    if not years:
        outcome.entries.append(Entry(table.source, treaty, state, where))


def _years(text: str, made: date | None) -> tuple[str, ...]:
    """The years of a cell. Raises ValueError when it is anything but years in their order."""
    if not text:
        return ()
    found = _YEARS.fullmatch(text)
    if not found:
        raise ValueError("the cell is no year, and no year with a denunciation such as `1958den.:1990`")
    years = tuple(filter(None, found.groups()))
    if list(years) != sorted(years):
        raise ValueError("the denunciation is earlier than the ratification")
    for year in years:
        bounds(year)
    if made and years[-1] > f"{made.year:04}":
        raise ValueError("the year is after the day of the table")
    return years


def _by_row(document: Document, lines: list[Line], asked: Asked, outcome: Outcome) -> None:
    """A row for each ratification, which says itself where it was found."""
    newest: dict[str, list[str]] = {}
    for line in lines:
        try:
            if len(line.cells) != len(_LONG):
                raise ValueError(f"{len(line.cells)} cells where the heading has {len(_LONG)}")
            record = _ratification(dict(zip(_LONG, line.cells, strict=True)), asked)
        except ValueError as wrong:
            outcome.unread.append(_whole(document, line, str(wrong)))
            continue
        outcome.records.append(record)
        newest.setdefault(line.cells[-1], []).append(record.when)
    for said, days in newest.items():
        if (name := _source_id(said)) not in asked.known.sources.members:
            outcome.sources.append(_page(name, said, latest(days), document))


def _ratification(row: dict[str, str], asked: Asked) -> Record:
    """The record of a row. Raises ValueError, with the reason in words, when it states no act."""
    code = _CODE.fullmatch(row["convention"])
    if not code:
        raise ValueError(f"`{row['convention'][:40]}` is not the number of a convention, such as C029")
    if not row["ratification_registered"]:
        raise ValueError("the row gives no day of registration; an entry into force for the State is no act")
    if row["means"] not in _MEANS:
        raise ValueError(f"`{row['means'][:40]}` is no means of consent: {' or '.join(_MEANS)}")
    if not row["source"].strip():
        raise ValueError("the row does not say where it was found")
    when = day(row["ratification_registered"])
    state = asked.known.participant(printed(row["country"]).text, when)
    where = f"{code[1]}, row {row['country']}, column ratification_registered"
    told = [f"{column} {row[column]}" for column in ("in_force", "status") if row[column]]
    return Record(
        _source_id(row["source"]), _treaty(code[1], asked.known), state, _MEANS[row["means"]], when.isoformat(),
        f"{row['ratification_registered']} {row['means']}", where, "; ".join(told),
    )  # fmt: skip


def _day_made(header: tuple[str, ...], lines: list[Line]) -> date | None:
    """The day that the first row of a table prints as that on which it was made."""
    if _DAY not in header:
        return None
    place = header.index(_DAY)
    days: Iterator[date | None] = (_printed_day(line.cells[place]) for line in lines if len(line.cells) == len(header))
    return next(days, None)


def _printed_day(text: str) -> date | None:
    found = _PRINTED_DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _treaty(code: str, known: Known) -> str:
    return known.treaties.find(code) or f"ILO-{code}"


def _convention(code: str, told: Claim) -> Registered:
    short = f"{code[0]}-{int(code[1:])}"
    names = dict.fromkeys((code, short, f"{code[0]}{int(code[1:])}", f"ILO {code}", f"ILO {code[0]}{int(code[1:])}"))
    return Registered(f"ILO-{code}", f"ILO {short}", tuple(names), "", code, told.source, told.locator)


def _source_id(said: str) -> str:
    """A stable identifier for a source that a row describes in words."""
    words = "-".join(re.findall(r"[a-z0-9]+", said.lower())[:5])
    return f"{words}-{hashlib.sha256(said.encode()).hexdigest()[:6]}"


def _comparative(source: str, made: date | None, outcome: Outcome) -> Origin:
    day_made = made.isoformat() if made else ""
    why = f"The table prints the day it was made in its column {_DAY}." if made else "The table prints no day."
    known_on = day_made or latest(record.when for record in outcome.records)
    return Origin(
        source, f"NORMLEX ({day_made or 'undated'})", _TITLE, "ilo", _PUBLISHER, "depositary's status table",
        known_on, day_made, why, f"column {_DAY}" if made else "the table itself", day_made,
    )  # fmt: skip


def _page(name: str, said: str, newest: str, document: Document) -> Origin:
    why = "As old as the latest ratification it reports, at least; a list of what was found, so not complete."
    return Origin(
        name, said, f"Named in the column source of {document.path.name}", "compilation", "see the name",
        "compilation", newest, "", why, "column source",
    )  # fmt: skip


def _whole(document: Document, line: Line, reason: str) -> Unread:
    return Unread(document.path.name, line.number, "", " | ".join(line.cells), reason, whole=True)
