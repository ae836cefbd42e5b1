"""Lines of an explanation: a tree, told with marks on terminals and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_BEGINNING = 8
"""How many of a long list are told, besides those that complete it."""

_ESCAPED = str.maketrans({"<": "&lt;", "*": "\\*", "|": "\\|", "#": "\\#"})
MARKS = {
    "holds": "✓",
    "given": "•",
    "absent": "–",
    "computed": "=",
    "figure": "#",
    "case": "·",
    "beside": "~",
    "unused": "○",
    "failed": "✗",
    "open": "?",
    "rule": "→",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an explanation with what explains it. `mark` says what kind of line it is."""

    text: str
    mark: str = "holds"
    detail: str = ""
    inner: tuple[Line, ...] = ()


def cut(lines: list[Line], completing: int = 1) -> list[Line]:
    """A long list without its middle: how it begins, and the last ones, which complete it."""
    last = min(completing, _BEGINNING)
    left_out = len(lines) - _BEGINNING - last
    if left_out <= 1:
        return lines
    return [*lines[:_BEGINNING], Line(f"… and {left_out} more", lines[0].mark), *lines[len(lines) - last :]]


def text(line: Line, indent: str = "", detail_below: int = 100) -> Iterator[str]:
    """The lines of an explanation for a terminal, indented, each with its mark."""
    head = f"{indent}{MARKS[line.mark]} {line.text}"
    if line.detail and len(head) + len(line.detail) + 4 > detail_below:
        yield head
        yield f"{indent}    [{line.detail}]"
    else:
        yield f"{head}  [{line.detail}]" if line.detail else head
    for each in line.inner:
        yield from text(each, indent + "  ", detail_below)


def markdown(line: Line, indent: str = "") -> Iterator[str]:
    """The lines of an explanation as a nested Markdown list."""
    detail = f" — *{escaped(line.detail)}*" if line.detail else ""
    yield f"{indent}- {escaped(f'{MARKS[line.mark]} {line.text}')}{detail}"
    for each in line.inner:
        yield from markdown(each, indent + "  ")


def escaped(text: str) -> str:
    """A text whose characters mean nothing in Markdown, nor in a table of it; backticks keep their meaning."""
    return text.translate(_ESCAPED)
