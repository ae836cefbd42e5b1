"""Status tables of the UN Treaty Collection become records of acts, and a report of what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from treaty_engine.errors import Problem, Refused
from treaty_engine.importers.cells import Dated, dated
from treaty_engine.importers.headings import CONSENT, Heading, consents, heading
from treaty_engine.importers.known import Known
from treaty_engine.importers.outcome import Entry, Origin, Outcome, Record, Registered, Unread, latest
from treaty_engine.importers.tables import Line, Table, printed

_PARTICIPANT = ("participant", "participants")
_NO_ACT = "the column states no act"
WITHDRAWAL = "withdrawal"
IN_BRACKETS = "in brackets: withdrawn"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the tables are to be read with: what is known, the identifier of the source, and the tables' day."""

    known: Known
    source: str
    day: date | None

    @property
    def lists(self) -> str:
        """The source of tables that print no acts: it claims completeness for none."""
        return f"{self.source}-lists"


@dataclass(frozen=True, slots=True)
class Reading:
    """An act read out of a cell, and the cell."""

    act: str
    when: Dated
    column: str
    printed: str
    note: str


def imported(tables: Iterable[Table], asked: Asked) -> Outcome:
    """The facts of some tables, and all that became no fact. Raises Refused when two files hold one treaty."""
    outcome = Outcome()
    seen: dict[str, Table] = {}
    for table in tables:
        if (first := seen.setdefault(table.treaty, table)).file != table.file:
            hint = "give one of them"
            raise Refused(Problem(f"{table.treaty} is in two files: `{first.file}` and `{table.file}`", hint=hint))
        _table(table, asked, outcome)
    used = {asked.source} | {claim.source for claim in outcome.claims}
    outcome.treaties = list(_new_treaties(seen.values(), asked))
    outcome.sources = [each for each in _sources(outcome, asked) if each.id in used]
    return outcome


def _table(table: Table, asked: Asked, outcome: Outcome) -> None:
    treaty = treaty_id(table.treaty, asked.known)
    outcome.rows += len(table.lines)
    if not table.headings or table.headings[0].casefold() not in _PARTICIPANT:
        first = f"its first column is `{table.headings[0][:60]}`" if table.headings else "it has no table"
        outcome.unread.append(Unread(table.file, 0, "", table.treaty, f"no table of participants: {first}"))
        outcome.unread += [_whole(table, line, "the table has no column of participants") for line in table.lines]
        return
    if not table.lines:
        outcome.unread.append(Unread(table.file, 0, "", table.treaty, "the table has no row"))
    columns = tuple(heading(text) for text in table.headings[1:])
    for line in table.lines:
        _line(table, treaty, columns, line, asked, outcome)


def _line(table: Table, treaty: str, columns: tuple[Heading, ...], line: Line, asked: Asked, outcome: Outcome) -> None:
    """Adds what a line states: its acts, its entry when all of it was understood, and the rest to the report."""
    try:
        if len(line.cells) != len(table.headings):
            raise ValueError(f"{len(line.cells)} cells where the heading has {len(table.headings)}")
        name = printed(line.cells[0])
        bracketed = name.text.startswith("[") and name.text.endswith("]")
        state = asked.known.participant(name.text.strip("[] ") if bracketed else name.text, asked.day)
        readings, unread = _cells(table, line, columns, bracketed, name.notes)
        if bracketed and not readings:
            raise ValueError("the name is in brackets and no date is")
        place = f"{table.treaty}, row {name.text}"
        records = [_record(asked, treaty, state, place, reading) for reading in readings]
        withdrawn = [reading for reading in readings if reading.when.withdrawn]
        if withdrawn:
            records.append(_withdrawal(asked, treaty, state, place, readings, withdrawn))
    except ValueError as wrong:
        outcome.unread.append(_whole(table, line, str(wrong)))
        return
    complete = not withdrawn and all(each.reason == _NO_ACT for each in unread)
    source = asked.source if any(column.dates_acts for column in columns) else asked.lists
    outcome.records += records
    outcome.entries += [Entry(source, treaty, state, place)] if complete else []
    outcome.unread += unread if records or complete else [_whole(table, line, unread[0].reason)]


def _cells(
    table: Table, line: Line, columns: tuple[Heading, ...], bracketed: bool, notes: str
) -> tuple[list[Reading], list[Unread]]:
    """The acts that the cells of a line state, and the cells that were not understood."""
    readings: list[Reading] = []
    unread: list[Unread] = []
    for column, raw in zip(columns, line.cells[1:], strict=True):
        try:
            readings += _readings(column, raw, bracketed, notes)
        except ValueError as wrong:
            unread.append(Unread(table.file, line.number, column.text, raw, str(wrong)))
    return readings, unread


def _readings(column: Heading, raw: str, bracketed: bool, notes: str) -> Iterator[Reading]:
    cell = printed(raw)
    if not cell.text:
        return
    if not column.dates_acts:
        raise ValueError(_NO_ACT)
    for each in dated(cell.text):
        act = column.act(each.mark)
        told = [f"footnotes {marks}" for marks in (",".join(filter(None, (notes, cell.notes, each.notes))),) if marks]
        if act == CONSENT and not each.mark and len(column.meanings) > 1:
            told.append("the heading names several acts by which a State consents, and the date bears no mark")
        when = replace(each, withdrawn=each.withdrawn or bracketed)
        if when.withdrawn:
            told.append(IN_BRACKETS)
        yield Reading(act, when, column.text, cell.text, "; ".join(told))


def _record(asked: Asked, treaty: str, state: str, place: str, reading: Reading) -> Record:
    note = reading.note
    if asked.day and reading.when.day > asked.day:
        note = "; ".join(filter(None, (note, "later than the day of the table")))
    where = f"{place}, column {reading.column}"
    return Record(asked.source, treaty, state, reading.act, reading.when.day.isoformat(), reading.printed, where, note)


def _withdrawal(
    asked: Asked, treaty: str, state: str, place: str, readings: list[Reading], withdrawn: list[Reading]
) -> Record:
    """That what is in brackets was withdrawn: after it was done, and before it was done again or the table's day.

    Raises ValueError when the last of these is not known.
    """
    last = max(reading.when.day for reading in withdrawn)
    again = [each.when.day for each in readings if not each.when.withdrawn and each.act in consents()]
    until = min([day for day in again if day >= last], default=asked.day)
    if until is None:
        raise ValueError("withdrawn, by its brackets; give the day of the table, before which it must have been")
    if until < last:
        raise ValueError("withdrawn, by its brackets, and dated later than the day of the table")
    where = f"{place}, brackets"
    cells = " | ".join(dict.fromkeys(reading.printed for reading in withdrawn))
    note = "" if any(r.act in consents() for r in withdrawn) else "the brackets are around a signature only"
    return Record(
        asked.source, treaty, state, WITHDRAWAL, f"{last}/{until}", cells, where, note or IN_BRACKETS, in_period=True
    )


def _whole(table: Table, line: Line, reason: str) -> Unread:
    return Unread(table.file, line.number, "", " | ".join(line.cells), reason, whole=True)


def treaty_id(number: str, known: Known) -> str:
    """The identifier of the treaty with an MTDSG number: that of the registry, or one made of the number."""
    return known.treaties.find(number) or f"MTDSG-{number}"


def _new_treaties(tables: Iterable[Table], asked: Asked) -> Iterator[Registered]:
    """Registry rows for the treaties that are not known; a title names a treaty where no other has it."""
    every = list(tables)
    titles = Counter(table.title.casefold() for table in every)
    for table in every:
        if not asked.known.treaties.find(table.treaty):
            unique = titles[table.title.casefold()] == 1 and not asked.known.treaties.find(table.title)
            title = (table.title,) if table.title and unique and "|" not in table.title else ()
            yield Registered(
                f"MTDSG-{table.treaty}",
                f"MTDSG {table.treaty}",
                (table.treaty, *title),
                table.title,
                table.treaty,
                asked.source,
                table.where_titled or f"{table.treaty}, number of the table",
            )


def _sources(outcome: Outcome, asked: Asked) -> Iterator[Origin]:
    """The sources of the tables, as far as they are not known."""
    newest = latest(record.when for record in outcome.records if not record.in_period)
    day = asked.day.isoformat() if asked.day else ""
    named = f"UN Treaty Collection ({day or 'undated'})"
    why = (
        "The day of the tables as it was given at the import."
        if day
        else ("The tables are undated and no day was given: they are as old as the latest event they report, at least.")
    )
    plain = Origin(
        asked.source, named, "Multilateral Treaties Deposited with the Secretary-General: status tables",
        "un-treaty-collection", "United Nations, Treaty Section", "depositary's status tables", day or newest, day, why,
        "the tables themselves", day,
    )  # fmt: skip
    without = replace(
        plain, id=asked.lists, name=f"{named}, lists", title=f"{plain.title} that print no day of any act",
        complete_until="", why="These tables name participants and date no act: no completeness is claimed for acts.",
    )  # fmt: skip
    for each in (plain, without):
        if each.id not in asked.known.sources.members:
            yield each
