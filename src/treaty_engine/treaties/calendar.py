"""What falls due for States between two days, and what opens or begins: the answer behind `calendar`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from treaty_engine.language.terms import Fact, Value
from treaty_engine.progress import counted
from treaty_engine.treaties.groups import BELONGS
from treaty_engine.treaties.session import Conclusion, Session

DUE, WINDOW, AHEAD, LEAVING = "falls due", "denunciation window", "entry into force for a State", "leaving"
OVERDUE, NOT_HELD = "overdue", "not held"
KINDS = {DUE: DUE, AHEAD: "entry into force", LEAVING: "end of being bound", WINDOW: WINDOW}
"""What the entries are called, by the labels of their sentences, in the order in which they are listed."""
LABELS = (*KINDS, OVERDUE, NOT_HELD, BELONGS)
"""The labels of what a calendar rests on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens to a State on a day, or from a day until the one before `end`; and why.

    `submission` says what is known of what was sent, where something was due before the day asked about.
    """

    kind: str
    state: str
    treaty: str
    day: date
    end: date | None
    submission: str
    conclusion: Conclusion


def calendar(session: Session, states: Sequence[str], first: date, last: date) -> list[Entry]:
    """What happens to these States from the first day to the last, day by day."""
    asked = [(state, label) for state in states for label in KINDS]
    found = [
        each
        for state, label in counted(asked, "Gathering the calendar")
        for each in _entries(session, label, state, first, last)
    ]
    kinds = list(KINDS.values())
    return sorted(found, key=lambda each: (each.day, each.state, kinds.index(each.kind), each.treaty, str(each.end)))


def _entries(session: Session, label: str, state: str, first: date, last: date) -> Iterator[Entry]:
    for predicate in session.corpus.vocabulary.labelled(label):
        names = [hole.name for hole in predicate.holes]
        pattern = tuple(state if name == "state" else None for name in names)
        for values in session.model.match(predicate.sentence, pattern):
            said = dict(zip(names, values, strict=True))
            day, end = said.get("due", said.get("date")), said.get("end")
            if not isinstance(day, date) or not _within(day, end, first, last):
                continue
            if "state" not in said and not _bound_then(session, state, said["treaty"], day, end):
                continue
            fact, treaty = Fact(predicate.sentence, values), str(said.get("treaty", ""))
            until = end if isinstance(end, date) else None
            sent = _submission(session, state, treaty, day) if label == DUE else ""
            yield Entry(KINDS[label], state, treaty, day, until, sent, session.conclusion(fact))


def _within(day: date, end: Value | None, first: date, last: date) -> bool:
    """Whether a day, or the time from it to the one before `end`, has a part between the first day and the last."""
    return first <= day <= last or (isinstance(end, date) and day < first < end)


def _bound_then(session: Session, state: str, treaty: Value, day: date, end: Value | None) -> bool:
    """Whether a treaty binds a State at some time between two days: it has begun to, and has not ceased."""
    closing = end if isinstance(end, date) else day
    entered = _days(session, AHEAD, state, treaty)
    left = _days(session, LEAVING, state, treaty)
    return any(start < closing and not any(start < gone <= day for gone in left) for start in entered)


def _days(session: Session, label: str, state: str, treaty: Value) -> list[date]:
    found = session.facts(label, state=state, treaty=treaty)
    return [value for fact in found for value in fact.values if isinstance(value, date)]


def _submission(session: Session, state: str, treaty: str, due: date) -> str:
    """What is known of what was sent: overdue, not held, or nothing to say yet."""
    for label, says in ((OVERDUE, "overdue"), (NOT_HELD, "submission data not held")):
        if session.facts(label, state=state, treaty=treaty, due=due):
            return says
    return ""
