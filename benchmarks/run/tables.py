"""The figures as tables of Markdown, and as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.engines import Cell as Shipped
from benchmarks.peers.peer import BY_HAND
from benchmarks.run.comparison import Comparison, Size
from benchmarks.run.growth import Grown
from benchmarks.run.markdown import figures, seconds, table

MEASURES = ("DuckDB", "numpy")
"""The peers that others are compared with."""


def comparison(compared: Comparison, peers: Sequence[str]) -> str:
    """One size: what each peer takes, in seconds and against the programs written by hand."""
    size, cells = compared.size, compared.cells
    some = next(iter(cells.values()))
    heading = f"{size.states} States × {size.treaties:,} treaties: {some.given:,} facts, {some.rows:,} conclusions"
    beside = (f"to {name}" for name in MEASURES)
    titles = ("engine", "load s", "evaluate s", "read s", "all s", *beside, "µs a row", "peak MB")
    return f"**{heading}**\n\n{table(titles, (_row(name, compared) for name in peers))}"


def _row(name: str, compared: Comparison) -> list[str]:
    cell = compared.cells.get(name)
    if cell is None:
        return [called(name), *["–"] * (6 + len(MEASURES))]
    parts = [seconds(each) for each in (cell.load, cell.evaluate, cell.read)]
    parts = parts if name in BY_HAND else ["", seconds(cell.load + cell.evaluate), seconds(cell.read)]
    beside = [compared.cells.get(measure) for measure in MEASURES]
    ratios = [f"{figures(cell.seconds / each.seconds)}×" if each else "–" for each in beside]
    costs = [seconds(cell.seconds), *ratios, _cost_of_a_row(name, compared), f"{cell.peak_mb:,.0f}"]
    return [called(name), *parts, *costs]


def called(name: str) -> str:
    """How a peer is called in a table."""
    return f"{name}, by hand" if name in BY_HAND else f"**{name}**"


def by_size(compared: Sequence[Comparison], peers: Sequence[str]) -> str:
    """How the cost of a row changes with the number of rows, in microseconds."""
    titles = ("µs a row at", *(f"({each.size.states}, {each.size.treaties:,})" for each in compared))
    rows = [[called(name), *(_cost_of_a_row(name, each) for each in compared)] for name in peers]
    return table(titles, rows)


def _cost_of_a_row(name: str, compared: Comparison) -> str:
    cell = compared.cells.get(name)
    return figures(1e6 * cell.seconds / (cell.given + cell.rows)) if cell else "–"


def growth(grown: Sequence[Grown], kind: str) -> str:
    """Seconds for each number of rules, strata or rounds."""
    numbers = sorted({each.number for each in grown if each.kind == kind})
    engines = list(dict.fromkeys(each.engine for each in grown))
    found = {(each.engine, each.number): seconds(each.seconds) for each in grown if each.kind == kind}
    titles = (f"s for so many {kind}", *map(str, numbers))
    return table(titles, ([called(e), *(found.get((e, n), "–") for n in numbers)] for e in engines))


def spent(sizes: Sequence[Size], parts: Sequence[Mapping[str, float]]) -> str:
    """What the relational engine spends its time on at each size, in seconds."""
    titles = ("**relational**, s", *(f"({size.states}, {size.treaties:,})" for size in sizes))
    return table(titles, ([part, *(seconds(each[part]) for each in parts)] for part in parts[0]))


def shipped(cells: Iterable[Shipped]) -> str:
    """The packaged rules, on the packaged facts and on copies of them."""
    titles = ("engine", "copies", "given", "concluded", "first ms", "median ms", "µs a row", "peak MB")
    rows = (
        [
            called(each.engine),
            f"{each.times:,}",
            f"{each.given:,}",
            f"{each.concluded:,}",
            f"{each.first_ms:,.0f}",
            f"{each.median_ms:,.0f}",
            figures(1000 * each.median_ms / (each.given + each.concluded)),
            f"{each.peak_mb:,.0f}",
        ]
        for each in cells
    )
    return table(titles, rows)
