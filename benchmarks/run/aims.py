"""What was aimed at, and what was measured: the aims stand here, the figures come from the cells of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from benchmarks.run.cell import Cell
from benchmarks.run.comparison import Comparison
from benchmarks.run.days import DAYS, EVALUATED, Row
from benchmarks.run.markdown import figures, seconds, table
from benchmarks.run.official import Standing
from benchmarks.run.proofs import Proofs

USUAL, LARGE = 600, 5_000
"""How many treaties, beside 200 States, the two sizes have of which aims speak."""


@dataclass(frozen=True)
class Aim:
    """What is aimed at of something, and how its figure comes from the cells of a table."""

    about: str
    aim: str
    figure: Callable[[Any], str]


def _ours(treaties: int, figure: Callable[[Cell], str]) -> Callable[[Mapping[int, Comparison]], str]:
    return lambda sized: figure(sized[treaties].cells["relational"])


def _beside(one: str, other: str) -> Callable[[Mapping[int, Comparison]], str]:
    """How many times as much one takes as the other."""

    def figure(sized: Mapping[int, Comparison]) -> str:
        cells = sized[USUAL].cells
        return f"{figures(cells[one].seconds / cells[other].seconds)}×"

    return figure


def _cost_of_rows(sized: Mapping[int, Comparison]) -> str:
    large, usual = (sized[treaties].cells["relational"] for treaties in (LARGE, USUAL))
    of_a_row = [cell.seconds / (cell.given + cell.rows) for cell in (large, usual)]
    return f"{figures(of_a_row[0] / of_a_row[1])}×"


def _costliest(times: Mapping[str, float]) -> str:
    return f"{figures(max(times.values()))} ms"


def _many_days(name: str) -> Callable[[Mapping[Row, list[float]]], str]:
    """Fifty days with tables to one with loops, as `auto` takes them."""
    return lambda found: f"{figures(found[name, 'relational'][DAYS.index(50)] / found[name, 'compiled'][0])}×"


def _time(cell: Cell) -> str:
    return f"{seconds(cell.seconds)} s"


def _peak(cell: Cell) -> str:
    return f"{cell.peak_mb:,.0f} MB"


OF_ENGINES = (
    Aim("evaluating (200, 600), ranks kept, everything read back", "0.6 s", _ours(USUAL, _time)),
    Aim("… peak of memory", "300 MB", _ours(USUAL, _peak)),
    Aim("… to DuckDB statements written by hand", "2×", _beside("relational", "DuckDB")),
    Aim("… to the array program written by hand", "6×", _beside("relational", "numpy")),
    Aim("… clingo, to it", "at least 40×", _beside("clingo", "relational")),
    Aim("… CLIPS, to it", "at least 40×", _beside("CLIPS", "relational")),
    Aim("evaluating (200, 5,000), likewise", "7 s", _ours(LARGE, _time)),
    Aim("… peak of memory there", "1,200 MB", _ours(LARGE, _peak)),
    Aim("… a row there, to one at (200, 600)", "1.4×", _cost_of_rows),
)
OF_PROOFS: tuple[Aim, ...] = (
    Aim("a proof at (200, 600): the costliest relation's median", "10 ms", lambda at: _costliest(at[USUAL].median)),
    Aim("… the costliest relation's first on a fresh model", "10 ms", lambda at: _costliest(at[USUAL].first)),
    Aim("a proof at (200, 5,000): the costliest relation's median", "10 ms", lambda at: _costliest(at[LARGE].median)),
    Aim("a look-up in a table that was read, at (200, 600)", "10 µs", lambda at: f"{at[USUAL].look_up:.1f} µs"),
    Aim("… at (200, 5,000)", "10 µs", lambda at: f"{at[LARGE].look_up:.1f} µs"),
)
OF_OFFICIAL = (
    Aim("official tables, from facts on disk to every standing", "2 s", lambda found: f"{seconds(found.all)} s"),
)
OF_DAYS = (
    Aim("fifty days to one: evaluating", "10×", _many_days(EVALUATED)),
    Aim("… the whole of `gaps --state Cambodia`", "10×", _many_days("gaps --state Cambodia")),
)
EVERY = (*OF_ENGINES, *OF_PROOFS, *OF_OFFICIAL, *OF_DAYS)


def engines(sized: Iterable[Comparison]) -> dict[str, str]:
    """The figures of engines, by what each is about."""
    return _figures(OF_ENGINES, {each.size.treaties: each for each in sized})


def proofs(found: Iterable[Proofs]) -> dict[str, str]:
    """The figures of proofs."""
    return _figures(OF_PROOFS, {each.treaties: each for each in found})


def official(found: Standing) -> dict[str, str]:
    """The figures of official tables."""
    return _figures(OF_OFFICIAL, found)


def days(found: Mapping[Row, list[float]]) -> dict[str, str]:
    """The figures of many days."""
    return _figures(OF_DAYS, found)


def _figures(aims: Iterable[Aim], cells: object) -> dict[str, str]:
    """The figure of each aim whose cells were measured."""
    found = dict[str, str]()
    for each in aims:
        with suppress(KeyError):  # a size, or a peer that is not installed
            found[each.about] = each.figure(cells)
    return found


def shown(measured: Mapping[str, str], before: str) -> str:
    """Every aim with its figure; one that was not measured now keeps the figure that it had before."""
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in before.splitlines() if "|" in line]
    had = {row[0]: row[-1] for row in cells}
    rows = [[each.about, each.aim, measured.get(each.about, had.get(each.about, "–"))] for each in EVERY]
    return table(("processor time, unless it is memory", "aim", "measured"), rows)
