"""The rules as array operations written by hand: how fast they can be, knowing every size beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.results import Columns, Results
from benchmarks.workload.world import ACCESSION, DELAYS, DENUNCIATION, RATIFICATION, SIGNATURE, World

Array = NDArray[Any]


def load(world: World) -> World:
    """The world, whose tables are arrays already."""
    return world


def evaluate(world: World) -> Results:
    """Every conclusion as columns."""
    as_of, treaties = world.as_of.toordinal(), world.treaties
    state, treaty, act, day = world.acts
    consented = (act == RATIFICATION) | (act == ACCESSION)
    consent = (state[consented], treaty[consented], day[consented])
    required = _required(world, consent)
    in_force = (required[0], _later(required[1], world.delays[required[0]]))
    since = np.zeros(treaties, np.int32)
    since[in_force[0]] = in_force[1]
    reached = since[consent[1]] > 0
    bound = (consent[0][reached], consent[1][reached], np.maximum(consent[2], since[consent[1]])[reached])
    party = np.zeros((world.states, treaties), bool)
    already = bound[2] <= as_of
    party[bound[0][already], bound[1][already]] = True
    left = (act == DENUNCIATION) & (day <= as_of)
    party[state[left], treaty[left]] = False
    went_on = np.zeros((world.states, treaties), bool)
    went_on[consent[0], consent[1]] = True
    signed = act == SIGNATURE
    signed[signed] = ~went_on[state[signed], treaty[signed]]
    replaces = _closure(world.revisions, treaties)
    return {
        "consent": consent,
        "required": required,
        "in_force": in_force,
        "bound": bound,
        "party": _places(party),
        "signed_only": (state[signed], treaty[signed], day[signed]),
        "gap": _places(~party),
        "replaces": replaces,
        "superseded": _superseded(world, party, replaces),
        "corridor": _corridors(world, party),
    }


def read(results: Results) -> Results:
    """The conclusions, which are columns already."""
    return results


def _places(which: Array) -> Columns:
    return tuple(each.astype(np.int32) for each in which.nonzero())


def _required(world: World, consent: Columns) -> Columns:
    """Treaty and day of the n-th consent, a State's first one counted."""
    order = np.lexsort((consent[2], consent[0], consent[1]))
    state, treaty, day = (column[order] for column in consent)
    first = np.ones(len(state), bool)
    first[1:] = (state[1:] != state[:-1]) | (treaty[1:] != treaty[:-1])
    treaty, day = treaty[first], day[first]
    order = np.lexsort((day, treaty))
    counts = np.bincount(treaty, minlength=world.treaties)
    places = np.cumsum(counts) - counts + world.numbers - 1
    enough = (counts >= world.numbers).nonzero()[0].astype(np.int32)
    return enough, day[order][places[enough]]


def _later(day: Array, delay: Array) -> Array:
    """The day that comes a delay after another; at a month's end its last day."""
    months = np.array([each.months for each in DELAYS])[delay]
    days = np.array([each.days for each in DELAYS])[delay]
    first = np.array([each.to_first_of_month for each in DELAYS])[delay]
    epoch = 719163  # the ordinal of 1 January 1970
    start = (day.astype(np.int64) - epoch).astype("M8[D]")
    month = start.astype("M8[M]")
    target = month + months
    length = ((target + 1).astype("M8[D]") - target.astype("M8[D]")).astype(np.int64)
    place = np.minimum((start - month.astype("M8[D]")).astype(np.int64), length - 1)
    end = target.astype("M8[D]") + place + days
    moved = np.where(first, (end.astype("M8[M]") + 1).astype("M8[D]"), end)
    numbered: Array = moved.astype(np.int64) + epoch
    return numbered.astype(np.int32)


def _closure(revisions: Columns, treaties: int) -> Columns:
    """Treaty and every one that it took the place of: each round one revision further back."""
    before = np.full(treaties, -1, np.int32)  # a treaty revises one at most
    before[revisions[0]] = revisions[1]
    found, (treaty, earlier) = [], revisions
    while len(treaty):
        found.append((treaty, earlier))
        further = before[earlier]
        treaty, earlier = treaty[further >= 0], further[further >= 0]
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True)) if found else revisions


def _superseded(world: World, party: Array, replaces: Columns) -> Columns:
    """State, duty, earlier and later treaty."""
    lays_down = np.zeros((world.treaties, 1 + int(world.duties[1].max())), bool)
    lays_down[world.duties] = True
    pair, duty = (lays_down[replaces[0]] & lays_down[replaces[1]]).nonzero()
    by_treaty = np.ascontiguousarray(party.T)
    place, state = (by_treaty[replaces[0][pair]] & by_treaty[replaces[1][pair]]).nonzero()
    pair, duty = pair[place], duty[place]
    return state.astype(np.int32), duty.astype(np.int32), replaces[1][pair], replaces[0][pair]


def _corridors(world: World, party: Array) -> Columns:
    """Origin, destination, duty and treaty."""
    origin, destination = world.corridors
    place, treaty = (party[origin] & party[destination]).nonzero()
    order = world.duties[0].argsort(kind="stable")
    duty = world.duties[1][order]
    counts = np.bincount(world.duties[0], minlength=world.treaties)
    starts = np.cumsum(counts) - counts
    many = counts[treaty]
    row = np.repeat(np.arange(len(place), dtype=np.int32), many)
    within = np.arange(len(row), dtype=np.int32) - np.repeat((np.cumsum(many) - many).astype(np.int32), many)
    each = treaty.astype(np.int32)[row]
    at = place[row]
    return origin[at], destination[at], duty[starts.astype(np.int32)[each] + within], each
