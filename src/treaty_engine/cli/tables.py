"""Sections of rows: all that a table has for machines, and how it is told to those who read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MARK = " *"
"""The mark of a row that rests on something unverified."""
UNVERIFIED = "unverified"
"""The column that says what could not be confirmed on a text; those who read see the mark in its place."""

_WIDEST = 140
"""How wide a row may be where the output is piped."""
_LIST = 100
"""How wide the lines of a long list are, and those cells that stay side by side below a heading."""
_SHORT = 40
"""How wide cells may be that stay side by side on whatever terminal."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A title with a table below it; `note` says what the reader should keep in mind.

    `told` says how the cells of a column are told, `shown` which columns are, and in which order; all, unless it says.
    `together` names columns whose cells stand in the first of them, of all rows that are else alike; `marked` the
    column that has the mark, of those that are shown. Rows too wide to stand side by side stand below their `heading`,
    the first column unless it says, and so they do where they are `stacked`. `headed` says that the first row names
    the columns, `counted` that it is the different cells of a column that are counted, and not the rows.
    """

    title: str
    columns: Row
    rows: tuple[Row, ...]
    note: str = ""
    told: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    shown: Row = ()
    together: Row = ()
    marked: str = ""
    heading: Row = ()
    stacked: bool = False
    headed: bool = False
    counted: str = ""

    @property
    def number(self) -> int:
        """How many rows there are, or how many different things in the column that is counted."""
        if self.counted:
            return len({row[self.columns.index(self.counted)] for row in self.rows})
        return len(self.rows) - self.headed

    @property
    def noted(self) -> bool:
        """Whether a mark is to be explained."""
        return any(MARK in cell for row in self.read() for cell in row)

    @property
    def names(self) -> Row:
        """The columns that those who read see."""
        columns = self.shown or tuple(name for name in self.columns if name != UNVERIFIED)
        return tuple(name for name in columns if name not in self.together[1:])

    def read(self, *, in_words: bool = True) -> list[Row]:
        """The rows for those who read; in words, or with the bare cells below the names of their columns."""
        told = [self._told(row, in_words) for row in self.rows]
        if not self.together:
            return told
        place = self.names.index(self.together[0])
        alike: dict[Row, list[str]] = {}
        for row in told:
            alike.setdefault((*row[:place], *row[place + 1 :]), []).append(row[place])
        between = ", " if len(self.together) == 1 else "; "
        joined = ((others, between.join(filter(None, cells))) for others, cells in alike.items())
        return [(*others[:place], cell, *others[place:]) for others, cell in joined]

    def _told(self, row: Row, in_words: bool) -> Row:
        cells = dict(zip(self.columns, row, strict=True))
        doubtful = bool(cells.get(UNVERIFIED))
        if in_words:
            cells |= {name: say(cells[name]) for name, say in self.told.items() if name in cells}
        if self.together:
            cells[self.together[0]] = " ".join(filter(None, (cells[name] for name in self.together)))
        if self.marked:
            cells[self.marked] += MARK * doubtful
        return tuple(cells[name] for name in self.names)


def laid_out(section: Section, width: int) -> Iterator[str]:
    """The rows of a section as lines: side by side, or below their headings where they are too wide for a `width`."""
    rows, names = section.read(), section.names
    widths = [max(len(row[place]) for row in rows) for place in range(len(names))]
    fits = sum(widths) + 2 * len(widths) <= (width or _WIDEST) or max(widths) <= _SHORT
    if len(names) == 1 or (fits and not section.stacked):
        for row in rows:
            cells = [cell.ljust(wide) for cell, wide in zip(row, widths, strict=True) if wide]
            yield from _side_by_side(cells, width)
        return
    heading = section.heading or names[:1]
    others = [name for name in names if name not in heading]
    below: dict[Row, list[Row]] = {}
    for row in rows:
        named = dict(zip(names, row, strict=True))
        told = tuple(named[name] for name in heading if named[name])
        below.setdefault(told, []).append(tuple(named[name] for name in others))
    joined = others.index(section.together[0]) if section.together and section.together[0] in others else None
    for told, cells_below in below.items():
        yield f"  {'  '.join(told)}"
        yield from _below(cells_below, joined, width)


def _below(rows: list[Row], joined: int | None, width: int) -> Iterator[str]:
    """Rows below a heading: the cells side by side where all but the last are short, else a line each."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    beside = sum(widths[:-1]) <= _SHORT or sum(widths) + 2 * len(widths) + 6 <= _LIST
    for row in rows:
        lines = [(cell, place == joined) for place, cell in enumerate(row)]
        if beside:
            line = "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True) if wide)
            lines = [(line.rstrip(), joined is not None)]
        for line, is_list in lines:
            if line:
                yield from _listed(line, width) if is_list else [f"      {line}"]


def _listed(line: str, width: int) -> Iterator[str]:
    """A line below a heading, in as many as it takes; a list goes on below where it began, and no member is torn."""
    wide = min(width or _LIST, _LIST)
    begins = line.rfind("  ", 0, _SHORT)
    indent = " " * (begins + 8 if begins >= 0 else 6)
    first, *members = re.split(r"(?<=[,;]) ", line)
    told = f"      {first}"
    for member in members:
        if len(told) + 1 + len(member) > wide:
            yield told
            told = f"{indent}{member}"
        else:
            told += f" {member}"
    yield told


def _side_by_side(cells: Iterable[str], width: int) -> Iterator[str]:
    """Cells one beside the other; on a terminal too narrow for them, the last ones on a line of their own."""
    line = ""
    for cell in cells:
        if line and width and len(line) + 2 + len(cell.rstrip()) > width:
            yield line.rstrip()
            line = "    "
        line += f"  {cell}"
    yield line.rstrip()
