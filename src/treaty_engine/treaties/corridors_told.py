"""Corridors in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from treaty_engine.explain.status import NO, UNKNOWN, YES
from treaty_engine.treaties import contract as base
from treaty_engine.treaties import contract_of_texts as c
from treaty_engine.treaties.answers import duty
from treaty_engine.treaties.corridors import BOTH, Corridor, Ends, Open, Summary
from treaty_engine.treaties.session import Conclusion, Session
from treaty_engine.treaties.told import Teller

ONE_END = ("origin only", "destination only")
KINDS = (BOTH, *ONE_END, "signed only", "neither")
"""The kinds of cell as the vocabulary names them, in the order of the shapes."""

_NAMES = ("both", "origin_only", "destination_only", "signed_only", "neither")


def corridor(session: Session, found: Corridor, subjects: Sequence[str]) -> c.CorridorOut:
    """What binds the two ends of a corridor."""
    teller = Teller(session)
    pairs = zip(_NAMES, KINDS, strict=True)
    cells: dict[str, Any] = {name: [_ends(teller, each) for each in found.cells.get(k, ())] for name, k in pairs}
    known = [each.conclusion.known_up_to for listed in found.cells.values() for each in listed]
    status = YES if cells["both"] else UNKNOWN if found.unknown else NO
    shared: dict[str, Any] = {
        "bilateral": [_shared(teller, each) for each in found.instruments.get("bilateral", ())],
        "of_several_states": [_shared(teller, each) for each in found.instruments.get("of several States", ())],
    }
    for end in ("origin", "destination"):
        shared[f"duties_at_{end}"] = [duty(teller, each) for each in found.duties[end]]
        shared[f"political_at_{end}"] = _conclusions(teller, found.political[end])
    return c.CorridorOut(
        **teller.common(status, known),
        origin=found.origin,
        destination=found.destination,
        subjects=list(subjects),
        **cells,
        unknown=[_open(teller, each) for each in found.unknown],
        **shared,
        gaps=_conclusions(teller, found.gaps),
    )


def matrix(session: Session, group: str, found: Sequence[Summary], subjects: Sequence[str]) -> c.MatrixOut:
    """Every corridor of a group."""
    teller = Teller(session)
    cells = [_cell(session, each) for each in found]
    status = YES if any(each.both for each in cells) else UNKNOWN if any(each.unknown for each in cells) else NO
    return c.MatrixOut(**teller.common(status, ()), group=group, subjects=list(subjects), cells=cells)


def _cell(session: Session, found: Summary) -> c.CellOut:
    pairs = zip(_NAMES, KINDS, strict=True)
    listed: dict[str, Any] = {name: [str(fact.values[0]) for fact in found.cells[kind]] for name, kind in pairs}
    facts = [*(fact for kind in KINDS for fact in found.cells[kind]), *found.instruments]
    return c.CellOut(
        origin=found.origin,
        destination=found.destination,
        short=_short(found),
        **listed,
        unknown=list(found.unknown),
        instruments=[str(fact.values[0]) for fact in found.instruments],
        sentences=[session.narrator.sentence(fact) for fact in facts],
    )


def _short(found: Summary) -> str:
    """How many bind both ends, the origin and the destination alone, and of how many nobody knows."""
    both, origin, destination = (len(found.cells[kind]) for kind in KINDS[:3])
    open_ = f" ?{len(found.unknown)}" if found.unknown else ""
    return f"{both} ({origin}/{destination}){open_}"


def _ends(teller: Teller, each: Ends) -> c.EndsOut:
    day = next((value.isoformat() for value in each.conclusion.fact.values if isinstance(value, date)), None)
    since = each.conclusion.period or day
    stands: dict[str, Any] = {"at_origin": each.origin, "at_destination": each.destination}
    return c.EndsOut(**teller.conclusion(each.conclusion), treaty=each.treaty, since=since, **stands)


def _open(teller: Teller, each: Open) -> c.OpenOut:
    needs = [teller.need(need) for need in each.needs]
    return c.OpenOut(
        treaty=each.treaty, at_origin=each.origin or None, at_destination=each.destination or None, needs=needs
    )


def _shared(teller: Teller, each: Conclusion) -> c.SharedOut:
    values = teller.values(each.fact)
    instrument, kind, since = (str(values[name]) for name in ("instrument", "kind", "period"))
    return c.SharedOut(**teller.conclusion(each), instrument=instrument, kind=kind, since=since)


def _conclusions(teller: Teller, found: Iterable[Conclusion]) -> list[base.ConclusionOut]:
    return [base.ConclusionOut(**teller.conclusion(each)) for each in found]
