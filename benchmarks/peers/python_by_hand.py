"""The rules as plain Python written by hand: sets of tuples, and a dict for each join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from benchmarks.peers.days import later
from benchmarks.peers.results import Results
from benchmarks.workload.world import ACCESSION, DENUNCIATION, RATIFICATION, SIGNATURE, World

Row = tuple[int, ...]
Given = dict[str, list[Row]]


def load(world: World) -> Given:
    """The tables as lists of rows."""
    tables = {
        "acts": world.acts,
        "duties": world.duties,
        "revisions": world.revisions,
        "corridors": world.corridors,
    }
    given = {name: list(zip(*(c.tolist() for c in table), strict=True)) for name, table in tables.items()}
    clauses = list(zip(range(world.treaties), world.delays.tolist(), world.numbers.tolist(), strict=True))
    alone = {"asked": [(world.as_of.toordinal(),)], "states": [(n,) for n in range(world.states)]}
    return given | alone | {"clauses": clauses, "held": [(n,) for n in range(world.treaties)]}


def evaluate(given: Given) -> Results:
    """Every conclusion."""
    acts, clauses = given["acts"], given["clauses"]
    ((as_of,),) = given["asked"]
    consent = {(s, t, d) for s, t, act, d in acts if act in (RATIFICATION, ACCESSION)}
    required = _required(clauses, consent)
    delays = {t: delay for t, delay, _ in clauses}
    in_force = {(t, later(day, delays[t])) for t, day in required}
    since = dict(in_force)
    bound = {(s, t, max(d, since[t])) for s, t, d in consent if t in since}
    left = {(s, t) for s, t, act, d in acts if act == DENUNCIATION and d <= as_of}
    party: set[Row] = {(s, t) for s, t, d in bound if d <= as_of and (s, t) not in left}
    consented = {(s, t) for s, t, _ in consent}
    signed_only = {(s, t, d) for s, t, act, d in acts if act == SIGNATURE and (s, t) not in consented}
    held = {t for (t,) in given["held"]}
    gap = {(s, t) for (s,) in given["states"] for t, _, _ in clauses if t in held and (s, t) not in party}
    replaces = _closure(given["revisions"])
    duties = _index(given["duties"])
    return {
        "consent": consent,
        "required": required,
        "in_force": in_force,
        "bound": bound,
        "party": party,
        "signed_only": signed_only,
        "gap": gap,
        "replaces": replaces,
        "superseded": _superseded(replaces, duties, party),
        "corridor": _corridors(given["corridors"], duties, party),
    }


def read(results: Results) -> Results:
    """The conclusions, which are in Python already."""
    return results


def _index(pairs: Iterable[Row]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found


def _required(clauses: Iterable[Row], consent: Iterable[Row]) -> set[Row]:
    earliest: dict[int, dict[int, int]] = defaultdict(dict)
    for state, treaty, day in consent:
        days = earliest[treaty]
        if day < days.get(state, day + 1):
            days[state] = day
    return {(t, sorted(earliest[t].values())[n - 1]) for t, _, n in clauses if len(earliest[t]) >= n}


def _closure(revisions: list[Row]) -> set[Row]:
    later_ones: dict[int, list[int]] = defaultdict(list)
    for treaty, earlier in revisions:
        later_ones[earlier].append(treaty)
    found: set[Row] = set(revisions)
    fresh = found
    while fresh:
        further: set[Row] = {(new, old) for treaty, old in fresh for new in later_ones.get(treaty, ())}
        fresh = further - found
        found = found | fresh
    return found


def _superseded(replaces: set[Row], duties: dict[int, list[int]], party: set[Row]) -> set[Row]:
    parties: dict[int, set[int]] = defaultdict(set)
    for state, treaty in party:
        parties[treaty].add(state)
    return {
        (state, duty, old, new)
        for new, old in replaces
        for duty in set(duties[new]).intersection(duties[old])
        for state in parties[new] & parties[old]
    }


def _corridors(corridors: list[Row], duties: dict[int, list[int]], party: set[Row]) -> set[Row]:
    treaties: dict[int, set[int]] = defaultdict(set)
    for state, treaty in party:
        treaties[state].add(treaty)
    return {
        (one, other, duty, treaty)
        for one, other in corridors
        for treaty in treaties[one] & treaties[other]
        for duty in duties[treaty]
    }
