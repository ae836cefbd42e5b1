"""A calendar in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from treaty_engine.explain.status import NO, YES
from treaty_engine.treaties.calendar import Entry
from treaty_engine.treaties.contract_of_calendars import CalendarOut, EntryOut
from treaty_engine.treaties.session import Session
from treaty_engine.treaties.told import Teller


def told(session: Session, states: list[str], first: date, last: date, found: Iterable[Entry]) -> CalendarOut:
    """What falls due, opens or begins."""
    teller = Teller(session)
    entries = [_entry(teller, each) for each in found]
    known = min((day for each in entries if (day := each.known_up_to)), default=None)
    return CalendarOut(
        **teller.common(YES if entries else NO, [date.fromisoformat(known) if known else None]),
        states=states,
        first=first.isoformat(),
        last=last.isoformat(),
        entries=entries,
    )


def _entry(teller: Teller, each: Entry) -> EntryOut:
    told = teller.conclusion(each.conclusion)
    said = f"{each.state}: {told['sentence']}"
    return EntryOut(
        **told,
        uid=f"{sha256(said.encode()).hexdigest()[:32]}@treaty-engine",
        kind=each.kind,
        state=each.state,
        treaty=each.treaty,
        day=each.day.isoformat(),
        last=(each.end - timedelta(days=1)).isoformat() if each.end else None,
        submission=each.submission or None,
    )
