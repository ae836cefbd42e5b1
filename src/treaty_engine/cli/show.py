"""Answers on a terminal, in Markdown and as CSV: sections of rows, and trees of sentences."""

from __future__ import annotations

import csv
import io
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from treaty_engine.explain.narrate import MARKS, Line, markdown, text

_STYLES = {
    "holds": "green",
    "given": "cyan",
    "absent": "cyan",
    "computed": "dim",
    "figure": "bold",
    "beside": "yellow",
    "unused": "dim",
    "failed": "red",
    "open": "yellow",
    "rule": "bold",
}


_WIDEST = 140
"""How wide a row may be where the output is piped."""
_SHORT = 40
"""How wide cells may be that stay side by side on whatever terminal."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a table below it; `note` says what the reader should keep in mind.

    `stacked` says that every row has a line a cell, the last cell first, even where the rows are short;
    `together` names a column of which those who read see the cells in one row where the rows are else alike;
    `headed` says that the first row names the columns.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    stacked: bool = False
    together: str = ""
    headed: bool = False

    @property
    def read(self) -> tuple[tuple[str, ...], ...]:
        """The rows for those who read."""
        if not self.together:
            return self.rows
        place = self.columns.index(self.together)
        alike: dict[tuple[str, ...], list[str]] = {}
        for row in self.rows:
            alike.setdefault((*row[:place], *row[place + 1 :]), []).append(row[place])
        told = {others: ", ".join(filter(None, cells)) for others, cells in alike.items()}
        return tuple((*others[:place], cell, *others[place:]) for others, cell in told.items())


def console() -> Console:
    """The terminal, or a plain stream where the output is piped."""
    return Console(highlight=False, soft_wrap=True)


def sections_text(heading: str, lines: Sequence[str], sections: Iterable[Section]) -> None:
    """Prints sections for reading."""
    out = console()
    width = out.width if out.is_terminal else 0
    out.print(Text(heading, style="bold"))
    for line in lines:
        out.print(Text(_folded(line, width), style="dim"))
    for section in sections:
        if not section.rows:
            continue
        out.print()
        out.print(Text(f"{section.title} ({len(section.rows) - section.headed})", style="bold"))
        for row in _laid_out(section, width):
            out.print(Text(_folded(row, width)))
        if section.note:
            out.print(Text(_folded(f"  {section.note}", width), style="dim"))


def sections_markdown(heading: str, lines: Sequence[str], sections: Iterable[Section]) -> None:
    """Prints sections as Markdown tables."""
    print(f"# {heading}\n")
    for line in lines:
        print(f"{line}  ")
    for section in sections:
        if section.rows:
            print(f"\n## {section.title} ({len(section.rows)})\n")
            print(f"| {' | '.join(section.columns)} |\n|{'---|' * len(section.columns)}")
            for row in section.read:
                print(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |")
            if section.note:
                print(f"\n{section.note}")


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    sys.stdout.write(buffer.getvalue())


def sections_csv(sections: Iterable[Section]) -> None:
    """Prints the rows of all sections as one CSV table, each with the section it belongs to."""
    listed = list(sections)
    columns = list(dict.fromkeys(name for section in listed for name in section.columns))
    rows = [
        [section.title, *(dict(zip(section.columns, row, strict=True)).get(name, "") for name in columns)]
        for section in listed
        for row in section.rows
    ]
    table_csv(["section", *columns], rows)


def trees(lines: Iterable[Line], *, as_markdown: bool = False) -> None:
    """Prints explanations, marks in colour where there are colours."""
    out = console()
    styles = {MARKS[kind]: style for kind, style in _STYLES.items()}
    for line in lines:
        for row in markdown(line) if as_markdown else text(line):
            mark = row.lstrip()[:1]
            shown = Text(_folded(row, out.width if out.is_terminal and not as_markdown else 0))
            if not as_markdown and mark in styles:
                place = len(row) - len(row.lstrip())
                shown.stylize(styles[mark], place, place + 1)
            elif row.lstrip().startswith("["):
                shown.stylize("dim")
            out.print(shown)


def _laid_out(section: Section, width: int) -> Iterator[str]:
    """Rows with their columns one below the other; rows too long for them have a line a cell."""
    rows = section.read
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    fits = sum(widths) + 2 * len(widths) <= (width or _WIDEST) or max(widths) <= _SHORT
    for row in rows:
        if len(row) == 1 or (fits and not section.stacked):
            yield from _side_by_side([cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)], width)
        else:
            yield f"  {row[-1]}"
            yield from (f"      {cell}" for cell in row[:-1] if cell)


def _side_by_side(cells: Iterable[str], width: int) -> Iterator[str]:
    """Cells one beside the other; on a terminal too narrow for them, the last ones on a line of their own."""
    line = ""
    for cell in cells:
        if line and width and len(line) + 2 + len(cell.rstrip()) > width:
            yield line.rstrip()
            line = "    "
        line += f"  {cell}"
    yield line.rstrip()


def _folded(row: str, width: int) -> str:
    """A row in lines no wider than the terminal, those after the first indented below it; whole for a width of 0."""
    if len(row) <= width or not width:
        return row
    indent = " " * min(len(row) - len(row.lstrip()) + 2, width // 2)
    lines = textwrap.wrap(row, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)
