"""What engines concluded, in a form in which it can be compared: a number for each relation, whatever the order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = tuple[NDArray[Any], ...]
Rows = Collection[tuple[int, ...]]
Results = Mapping[str, Columns | Rows]
"""Each relation by its short name, as columns of whole numbers or as rows of them."""


def columns(relation: Columns | Rows) -> Columns:
    """A relation as columns."""
    if isinstance(relation, tuple):
        return relation
    table = np.array(list(relation), dtype=np.int64)
    return tuple(table.T) if len(table) else (table,)


def digest(relation: Columns | Rows) -> str:
    """How many rows, and a hash of them that does not depend on their order; a row given twice changes both."""
    parts = columns(relation)
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    for column in parts:
        mixed = _scattered(mixed + np.asarray(column).astype(np.uint64))
    return f"{len(mixed)}:{int(mixed.sum(dtype=np.uint64)):016x}"


def rows(results: Results) -> int:
    """How many rows all relations have together."""
    return sum(len(relation[0]) if isinstance(relation, tuple) else len(relation) for relation in results.values())


def _scattered(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number mixed so that near ones are far apart (splitmix64)."""
    z = numbers + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
