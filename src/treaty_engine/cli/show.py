"""Answers on a terminal, in Markdown and as CSV: sections of rows, and trees of sentences."""

from __future__ import annotations

import csv
import io
import sys
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


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a table below it; `note` says what the reader should keep in mind.

    `stacked` says that every row has a line a cell, the last cell first, even where the rows are short.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    stacked: bool = False


def console() -> Console:
    """The terminal, or a plain stream where the output is piped."""
    return Console(highlight=False, soft_wrap=True)


def sections_text(heading: str, lines: Sequence[str], sections: Iterable[Section]) -> None:
    """Prints sections for reading."""
    out = console()
    out.print(Text(heading, style="bold"))
    for line in lines:
        out.print(Text(line, style="dim"))
    for section in sections:
        if not section.rows:
            continue
        out.print()
        out.print(Text(f"{section.title} ({len(section.rows)})", style="bold"))
        for row in _laid_out(section, out.width if out.is_terminal else 0):
            out.print(Text(row))
        if section.note:
            out.print(Text(f"  {section.note}", style="dim"))


def sections_markdown(heading: str, lines: Sequence[str], sections: Iterable[Section]) -> None:
    """Prints sections as Markdown tables."""
    print(f"# {heading}\n")
    for line in lines:
        print(f"{line}  ")
    for section in sections:
        if section.rows:
            print(f"\n## {section.title} ({len(section.rows)})\n")
            print(f"| {' | '.join(section.columns)} |\n|{'---|' * len(section.columns)}")
            for row in section.rows:
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
            shown = Text(row)
            if not as_markdown and mark in styles:
                place = len(row) - len(row.lstrip())
                shown.stylize(styles[mark], place, place + 1)
            elif row.lstrip().startswith("["):
                shown.stylize("dim")
            out.print(shown)


def _laid_out(section: Section, width: int) -> Iterator[str]:
    """Rows with their columns one below the other; rows too long for them have a line a cell."""
    widths = [max(len(row[place]) for row in section.rows) for place in range(len(section.rows[0]))]
    fits = not section.stacked and sum(widths) + 2 * len(widths) <= (width or _WIDEST)
    for row in section.rows:
        if fits or len(row) == 1:
            cells = zip(row, widths, strict=True)
            yield "  " + "  ".join(cell.ljust(wide) for cell, wide in cells).rstrip()
        else:
            yield f"  {row[-1]}"
            yield from (f"      {cell}" for cell in row[:-1] if cell)
