"""A calendar as an iCalendar file (RFC 5545), the same for the same question, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from treaty_engine import files
from treaty_engine.cli.pages import doubts
from treaty_engine.errors import Problem, Refused

if TYPE_CHECKING:
    from icalendar import Event

    from treaty_engine.treaties.contract_of_calendars import CalendarOut, EntryOut


def write(path: Path, answer: CalendarOut, name: str, whose: Callable[[EntryOut], str]) -> None:
    """Writes the entries of a calendar; `whose` is empty where a sentence says it. Raises Refused where it cannot."""
    files.write({path: text(answer, name, whose)})


def text(answer: CalendarOut, name: str, whose: Callable[[EntryOut], str]) -> bytes:
    """The file: an event of whole days for each entry. Raises Refused where icalendar is not installed."""
    try:
        from icalendar import Calendar
    except ImportError:
        raise Refused(Problem("--ics needs icalendar", hint="pip install 'treaty-engine[ics]'")) from None
    found = Calendar()
    found.add("prodid", "-//treaty-engine//calendar//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    for each in answer.entries:
        found.add_component(_event(each, date.fromisoformat(answer.as_of), whose(each)))
    content: bytes = found.to_ical()
    return content


def _event(entry: EntryOut, as_of: date, whose: str) -> Event:
    from icalendar import Event

    from treaty_engine.cli.calendar import chain

    starts = date.fromisoformat(entry.day)
    ends = date.fromisoformat(entry.last or entry.day) + timedelta(days=1)
    unverified = " Rests on something that could not be confirmed on a text." if doubts(entry.proof) else ""
    about = [entry.citation or "", *chain(entry), entry.submission or "", f"As of {as_of}.{unverified}"]
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", f"{whose}: {entry.sentence}" if whose else entry.sentence)
    event.add("description", "\n".join(line for line in about if line))
    event.add("categories", [entry.kind])
    event.add("status", "TENTATIVE" if unverified else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
