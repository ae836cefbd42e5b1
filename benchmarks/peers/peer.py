"""What takes part in a comparison: how it is given a world, loads it, evaluates the rules and reads everything back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.peers.results import Results
from benchmarks.workload.world import World

BY_HAND = {
    "numpy": "numpy_by_hand",
    "DuckDB": "duckdb_by_hand",
    "SQLite": "sqlite_by_hand",
    "Python": "python_by_hand",
    "clingo": "clingo_by_hand",
    "CLIPS": "clips_by_hand",
}
"""The module of each program written by hand."""

OURS = ("relational", "compiled", "naive", "durable")

LARGEST = {"clingo": 120_000, "CLIPS": 120_000, "naive": 120_000, "durable": 10_000}
"""The most pairs of State and treaty at which a peer is measured, where there is a limit; beyond it takes minutes."""


def _same(given: Any) -> Any:
    return given


@dataclass(frozen=True)
class Peer:
    """`given` makes what it loads and `numbered` what is compared; the three between are what it costs."""

    load: Callable[[Any], Any]
    evaluate: Callable[[Any], Any]
    read: Callable[[Any], Any]
    given: Callable[[World], Any] = _same
    numbered: Callable[[Any], Results] = _same


def takes_part(name: str, states: int, treaties: int) -> bool:
    """Whether a peer is measured at a size."""
    return states * treaties <= LARGEST.get(name, states * treaties)
