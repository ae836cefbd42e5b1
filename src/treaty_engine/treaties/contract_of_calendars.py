"""The shape of a calendar in JSON: part of the contract."""

from __future__ import annotations

from treaty_engine.treaties.contract import Answer, ConclusionOut


class EntryOut(ConclusionOut):
    """Something on a day, or from a day to the last: `uid` is the same whenever the same is said."""

    uid: str
    kind: str
    state: str
    treaty: str
    day: str
    last: str | None
    submission: str | None


class CalendarOut(Answer):
    """`calendar`: what falls due, opens or begins between two days."""

    states: list[str]
    first: str
    last: str
    entries: list[EntryOut]


VERBS: dict[str, type[Answer]] = {"calendar": CalendarOut}
