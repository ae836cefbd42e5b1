"""Answers on a terminal, in Markdown and as CSV: sections of rows, and trees of sentences."""

from __future__ import annotations

import csv
import io
import sys
import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from treaty_engine.cli.tables import UNVERIFIED, Section, laid_out
from treaty_engine.explain.lines import MARKS, Line, escaped, markdown, text

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
        out.print(Text(f"{section.title} ({section.number})", style="bold"))
        for row in laid_out(section, width):
            out.print(Text(_folded(row, width)))
        if section.note:
            out.print(Text(_folded(f"  {section.note}", width), style="dim"))


def sections_markdown(heading: str, lines: Sequence[str], sections: Iterable[Section]) -> None:
    """Prints sections as Markdown tables."""
    print(f"# {escaped(heading)}\n")
    for line in lines:
        print(f"{escaped(line)}  ")
    for section in sections:
        if section.rows:
            print(f"\n## {escaped(section.title)} ({section.number})\n")
            rows = section.read(in_words=False)
            filled = [place for place in range(len(section.names)) if any(row[place] for row in rows)]
            print("| " + " | ".join(section.names[place].replace("_", " ") for place in filled) + " |")
            print(f"|{'---|' * len(filled)}")
            for row in rows:
                print("| " + " | ".join(escaped(row[place]) for place in filled) + " |")
            if section.note:
                print(f"\n{escaped(section.note)}")


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    sys.stdout.write(buffer.getvalue())


def sections_csv(sections: Iterable[tuple[str, Section]]) -> None:
    """Prints the rows of all sections as one CSV table, each with the day asked about and the section it belongs to."""
    listed = list(sections)
    named = dict.fromkeys(name for _, section in listed for name in section.columns)
    columns = sorted(named, key=lambda name: name == UNVERIFIED)
    rows = [
        [day, section.title, *(dict(zip(section.columns, row, strict=True)).get(name, "") for name in columns)]
        for day, section in listed
        for row in section.rows
    ]
    table_csv(["as_of", "section", *columns], rows)


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


def _folded(row: str, width: int) -> str:
    """A row in lines no wider than the terminal, those after the first indented below it; whole for a width of 0."""
    if len(row) <= width or not width:
        return row
    indent = " " * min(len(row) - len(row.lstrip()) + 2, width // 2)
    lines = textwrap.wrap(row, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)
