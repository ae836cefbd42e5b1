"""A synthetic world of any size, the same for the same seed: acts of States under treaties, as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from treaty_engine.dates import Delay, delay

Column = NDArray[np.int32]
"""One number a row: a State, a treaty, a duty, an act, or a day as its ordinal."""

Table = tuple[Column, ...]
"""Columns of one length."""

ACTS = ("signature", "ratification", "accession", "denunciation")
SIGNATURE, RATIFICATION, ACCESSION, DENUNCIATION = range(len(ACTS))
DELAYS: tuple[Delay, ...] = tuple(
    map(delay, ("30 days", "90 days", "3 months", "6 months", "1 year", "first day of the month after 3 months"))
)
FIRST_DAY, LAST_DAY = date(1948, 1, 1).toordinal(), date(2026, 12, 31).toordinal()
AS_OF = date(2018, 1, 1)
CHANCES = (0.40, 0.10, 0.30, 0.15, 0.05)
"""Of nothing, signature only, signature then ratification, accession, ratification then denunciation."""
PARTNERS, DUTIES_A_TREATY, DUTIES, CHAIN = 10, 10, 100, 8
"""Corridors from each State; duties that a treaty lays down, of how many; treaties in a chain of revisions."""


@dataclass(frozen=True)
class World:
    """Tables of what is given. `delays` has a place in DELAYS, and `numbers` how many deposits, for each treaty."""

    states: int
    treaties: int
    acts: Table
    delays: Column
    numbers: Column
    duties: Table
    revisions: Table
    corridors: Table
    as_of: date = AS_OF

    @property
    def size(self) -> int:
        """How many facts are given."""
        tables = (self.acts, self.duties, self.revisions, self.corridors)
        return 1 + self.states + 2 * self.treaties + sum(len(table[0]) for table in tables)


def world(states: int, treaties: int, seed: int = 7) -> World:
    """The world of so many States and treaties."""
    random = np.random.default_rng((seed, states, treaties))
    most = max(2, states // 10)
    return World(
        states,
        treaties,
        _acts(random, states, treaties),
        _column(random.integers(0, len(DELAYS), treaties)),
        _column(random.integers(1, most + 1, treaties)),
        _duties(random, treaties),
        _revisions(treaties),
        _corridors(random, states),
    )


def _acts(random: np.random.Generator, states: int, treaties: int) -> Table:
    """State, treaty, act and day of everything that was done."""
    pairs = states * treaties
    state, treaty = np.divmod(np.arange(pairs), treaties)
    fate = random.choice(len(CHANCES), pairs, p=CHANCES)
    first = random.integers(FIRST_DAY, LAST_DAY + 1, pairs)
    second = np.minimum(first + random.integers(0, 3651, pairs), LAST_DAY)
    done = [
        ((fate == 1) | (fate == 2), SIGNATURE, first),
        (fate == 2, RATIFICATION, second),
        (fate == 3, ACCESSION, first),
        (fate == 4, RATIFICATION, first),
        (fate == 4, DENUNCIATION, second),
    ]
    columns = [(state[who], treaty[who], np.full(who.sum(), act), day[who]) for who, act, day in done]
    return tuple(_column(np.concatenate(parts)) for parts in zip(*columns, strict=True))


def _duties(random: np.random.Generator, treaties: int) -> Table:
    """Treaty and duty: ten different ones each."""
    chosen = random.random((treaties, DUTIES)).argpartition(DUTIES_A_TREATY, axis=1)[:, :DUTIES_A_TREATY]
    return _column(np.repeat(np.arange(treaties), DUTIES_A_TREATY)), _column(chosen.ravel())


def _revisions(treaties: int) -> Table:
    """Treaty and the one before it in its chain, which it revises."""
    later = np.arange(treaties)
    later = later[later % CHAIN > 0]
    return _column(later), _column(later - 1)


def _corridors(random: np.random.Generator, states: int) -> Table:
    """Origin and destination: for each State ten others, or all where there are fewer."""
    partners = min(PARTNERS, states - 1)
    order = random.random((states, states))
    np.fill_diagonal(order, 2.0)
    others = order.argsort(axis=1)[:, :partners]
    return _column(np.repeat(np.arange(states), partners)), _column(others.ravel())


def _column(numbers: NDArray[np.int64]) -> Column:
    return numbers.astype(np.int32)
