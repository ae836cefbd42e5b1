"""The verb `calendar`: what falls due, opens or begins for States, as a list or as a file for calendars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treaty_engine.cli.options import Asked, Format, Output, asking, day_of, member
from treaty_engine.cli.verbs import print_pages
from treaty_engine.dates import Delay, after
from treaty_engine.errors import Problem, Refused

if TYPE_CHECKING:
    from treaty_engine.cli.pages import Names
    from treaty_engine.cli.tables import Section
    from treaty_engine.treaties.contract import ProofOut
    from treaty_engine.treaties.contract_of_calendars import CalendarOut, EntryOut

_AHEAD = Delay(months=60)
"""How far a calendar reaches that names no last day."""

_DEEPEST = 4
"""How many steps of a chain a row shows; `why` and JSON have them all."""


@asking
def calendar(
    asked: Asked,
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="A State, unless --group names some.")] = None,
    group: Annotated[list[str] | None, typer.Option("--group", metavar="GROUP", help="The States of groups.")] = None,
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day; the day asked about.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day; five years after the first.")] = "",
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write it as an iCalendar file.")] = None,
    output: Output = Format.text,
) -> None:
    """Reports that fall due, windows to leave, and entries into force, from a day to a day, each with its chain."""
    from treaty_engine.cli import pages
    from treaty_engine.treaties import calendar as days
    from treaty_engine.treaties.calendar_told import told
    from treaty_engine.treaties.groups import members

    asked, opens, closes = _between(asked, first, last)
    if not state and not group:
        raise Refused(Problem("whose calendar?", hint="name a State, or a group with --group"))
    corpus = asked.corpus()
    named = [member(corpus, "State", state)] if state else []
    groups = [member(corpus, "Group", each) for each in group or ()]
    session = asked.session(corpus, corpus.sentences(*days.LABELS))
    states = list(dict.fromkeys([*named, *members(session, groups)]))
    answer = told(session, states, opens, closes, days.calendar(session, states, opens, closes))
    names = pages.Names(corpus)
    whose = ", ".join([*(names("State", each) for each in named), *(names("Group", each) for each in groups)])
    if ics is not None:
        from treaty_engine.cli.ics import write

        write(ics, answer, f"Treaty obligations: {whose}", lambda each: for_whom(answer, each, names))
    lines = [f"from {opens} to {closes}", *pages.dates(answer)]
    if not answer.entries:
        lines.append("nothing that is recorded falls on these days")
    lines.append("treaties of which no source covers the State are not listed; `applies` names them")
    sections = _sections(answer, names, to_read=output is Format.text)
    print_pages(output, [(answer, f"Calendar: {whose}", lines, sections)])


def _between(asked: Asked, first: str, last: str) -> tuple[Asked, date, date]:
    """The first and last day, and the question: as of today, or as of the last day where that is past."""
    if asked.until:
        raise Refused(Problem("a calendar looks ahead to its last day", hint="say --to in place of --until"))
    opens = day_of("--from", first) if first else None
    closes = day_of("--to", last) if last else None
    day = asked.question().as_of
    if not asked.on and closes is not None:
        day = min(day, closes)
    opens = opens or (day if closes is None else min(day, closes))
    closes = closes or _later(opens)
    if closes < opens:
        raise Refused(Problem(f"--to {closes} is before --from {opens}", hint="the first day comes first"))
    return replace(asked, on=day.isoformat(), until=max(day, closes).isoformat()), opens, closes


def _later(opens: date) -> date:
    try:
        return after(opens, _AHEAD)
    except OverflowError:
        return date.max


def _sections(answer: CalendarOut, names: Names, *, to_read: bool) -> list[Section]:
    """A section for each kind of entry: what is said and why where it is to be read, else all there is in columns."""
    from treaty_engine.cli.pages import clause, doubts, with_note
    from treaty_engine.cli.tables import UNVERIFIED, Section

    columns = ("day", "last", "state", "treaty", "citation", "submission", "because", "what", UNVERIFIED)
    told: dict[str, str] = {}

    def row(each: EntryOut) -> tuple[str, ...]:
        because = "; ".join(chain(each))
        if to_read and because:
            first = told.setdefault(because, each.day)
            because = because if first == each.day else f"as for {first}"
        whose = for_whom(answer, each, names) if to_read else names("State", each.state)
        what = (names("Treaty", each.treaty), clause(each.proof), each.submission or "", because, each.sentence)
        return (each.day, each.last or "", whose, *what, doubts(each.proof))

    kinds = dict.fromkeys(each.kind for each in answer.entries)
    rows = {kind: tuple(row(each) for each in answer.entries if each.kind == kind) for kind in kinds}
    shown = ("what", "state", "because", "submission") if to_read else ()
    together = ("state",) if to_read else ()

    def section(kind: str) -> Section:
        title = kind.capitalize()
        return Section(title, columns, rows[kind], shown=shown, together=together, marked="what", stacked=to_read)

    return with_note([*map(section, kinds)])


def for_whom(answer: CalendarOut, entry: EntryOut, names: Names) -> str:
    """The State of an entry, where several are asked about and the sentence does not name it."""
    name = names("State", entry.state)
    return "" if len(answer.states) == 1 or name in entry.sentence else name


def chain(entry: EntryOut) -> list[str]:
    """The steps from an entry down to the act of its State, or as many as a row has room for."""
    return [each.sentence for each in _steps(entry.proof, entry.state, entry.treaty)][:_DEEPEST]


def _steps(proof: ProofOut, state: str, treaty: str) -> Iterator[ProofOut]:
    """The conclusions about a State that a conclusion rests on, each on the next; else those about the treaty."""
    derived = [each for each in proof.premises if each.rule]
    about = [each for each in derived if each.values.get("state") == state]
    for below in (about or [each for each in derived if each.values.get("treaty") == treaty])[:1]:
        yield below
        yield from _steps(below, state, treaty)
