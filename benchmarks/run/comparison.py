"""Peers compared at several sizes: who takes part, how often each is measured, and whether all found the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.peers.peer import BY_HAND, OURS, takes_part
from benchmarks.run.cell import Cell
from benchmarks.run.processes import in_a_process_of_its_own
from treaty_engine.progress import counted

NEEDS = {
    "numpy": "numpy",
    "DuckDB": "duckdb",
    "clingo": "clingo",
    "CLIPS": "clips",
    "relational": "duckdb",
    "durable": "durable_rules_engine",
}
"""The package without which a peer cannot take part."""

ONCE_FROM = 5.0
"""A peer that takes this many seconds is measured once: what disturbs it is small beside it."""


@dataclass(frozen=True)
class Size:
    """How many States and treaties, and how often each peer is measured."""

    states: int
    treaties: int
    times: int


SIZES = (Size(10, 17, 7), Size(200, 50, 5), Size(200, 600, 5), Size(200, 5000, 3))
QUICK = (Size(6, 8, 1),)


@dataclass(frozen=True)
class Comparison:
    """The median run of every peer at one size."""

    size: Size
    cells: dict[str, Cell]

    def differing(self) -> list[str]:
        """The peers and relations that differ from what most peers found; empty when all agree."""
        found = []
        for relation in sorted({name for cell in self.cells.values() for name in cell.digests}):
            digests = {peer: cell.digests.get(relation, "nothing") for peer, cell in self.cells.items()}
            usual = max(digests.values(), key=list(digests.values()).count)
            found += [f"{peer} {relation}: {each}, not {usual}" for peer, each in digests.items() if each != usual]
        return found


def installed() -> list[str]:
    """The peers that can take part here, those written by hand first."""
    return [name for name in (*BY_HAND, *OURS) if name not in NEEDS or find_spec(NEEDS[name])]


def compared(size: Size) -> Comparison:
    """One size: the peers take turns, so that what disturbs the machine disturbs all of them."""
    runs: dict[str, list[Cell]] = {name: [] for name in installed() if takes_part(name, size.states, size.treaties)}
    for name in counted(list(runs) * size.times, f"{size.states} States, {size.treaties:,} treaties"):
        if not runs[name] or runs[name][0].seconds <= ONCE_FROM:
            found = in_a_process_of_its_own("benchmarks.run.cell", name, size.states, size.treaties)
            runs[name].append(Cell(**found))
    return Comparison(size, {name: _median(done) for name, done in runs.items()})


def _median(runs: Sequence[Cell]) -> Cell:
    return sorted(runs, key=lambda cell: cell.seconds)[len(runs) // 2]
