"""A table read into columns of numbers, and the indexes that look-ups in it come to pay for."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Row = tuple[int, ...]

_SCANS, _ROWS_A_SCAN = 60, 1_000
"""An index costs as much as sixty look-ups that read a column through; in a small table, one for each thousand rows."""

_FEW = 64
"""So many rows are looked at one by one in less time than it takes to ask NumPy."""

_ODD, _WHOLE = 0x9E3779B1, 0xFFFFFFFF
"""The golden ratio of 2^32, by which neighbouring numbers are scattered, and what 32 bits hold."""


class Columns:
    """The rows of a table, by column. No Python object is made of a row until it is found."""

    def __init__(self, columns: Iterable[Column | array[int]]) -> None:
        self.columns: list[Column] = [*map(np.asarray, columns)]
        self._views = [column.data for column in self.columns]  # which give numbers of Python's own, and at once
        self._indexes: dict[tuple[int, ...], Index] = {}
        self._scanned: Counter[tuple[int, ...]] = Counter()

    @property
    def held(self) -> int:
        """How many bytes the columns take, with their indexes."""
        return sum(column.nbytes for column in self.columns) + sum(each.held for each in self._indexes.values())

    def rows(self, places: tuple[int, ...], codes: Sequence[int]) -> list[Row]:
        """The rows that have these numbers in the columns at these places, in the order of their numbers."""
        if not places:
            return sorted(zip(*(column.tolist() for column in self.columns), strict=True))
        index = self._indexes.get(places) or self._index(places)
        if index is None:
            return self._among(self._scan(places[-1], codes[-1]), places[:-1], codes)
        start, end = index.group(codes)
        if end - start > _FEW:
            return self._among(index.order[start:end], places, codes)
        found: list[int] = index.view[start:end].tolist()
        for place, code in zip(places, codes, strict=True):
            view = self._views[place]
            found = [row for row in found if view[row] == code]
        views = self._views
        rows = [tuple([view[row] for view in views]) for row in found]
        return sorted(rows) if len(rows) > 1 else rows

    def _scan(self, place: int, code: int) -> Column:
        """The places of all rows that have a number in a column."""
        found: Column = (self.columns[place] == code).nonzero()[0]
        return found

    def _among(self, found: Column, places: Sequence[int], codes: Sequence[int]) -> list[Row]:
        """Those of some rows that have these numbers; later columns tell more, and are looked at first."""
        for place, code in zip(reversed(places), reversed(codes[: len(places)]), strict=True):
            found = found[self.columns[place][found] == code]
        return sorted(zip(*(column[found].tolist() for column in self.columns), strict=True))

    def _index(self, places: tuple[int, ...]) -> Index | None:
        """An index for these columns once that pays; None until then."""
        self._scanned[places] += 1
        if self._scanned[places] <= min(_SCANS, len(self.columns[0]) // _ROWS_A_SCAN):
            return None
        index = Index([self.columns[place] for place in places])
        return self._indexes.setdefault(places, index)


class Index:
    """The rows of a table in the order of a number that is mixed from what some columns have.

    Rows that agree in these columns stand together, and hardly ever another among them.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        mixed = np.zeros(len(columns[0]), np.uint32)
        for column in columns:
            mixed += column.astype(np.uint32)
            mixed *= np.uint32(_ODD)
        self.order = mixed.argsort().astype(np.int32)
        self.view = self.order.data
        self._mixed = mixed[self.order].data

    @property
    def held(self) -> int:
        """How many bytes it takes."""
        return self.view.nbytes + self._mixed.nbytes

    def group(self, codes: Sequence[int]) -> tuple[int, int]:
        """From where to where in the order the rows stand that may have these numbers."""
        mixed = 0
        for code in codes:
            mixed = (mixed + code) * _ODD & _WHOLE
        start = bisect_left(self._mixed, mixed)
        return start, bisect_right(self._mixed, mixed, start)
