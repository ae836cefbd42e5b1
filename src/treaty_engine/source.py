"""Where a thing comes from: a place in a file, and a citation."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A place in a text: path as the user knows it, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Origin(NamedTuple):
    """Where a given fact was read: its source, the place in that source, and the row of our file.

    `unverified` says what about the row could not be confirmed on a text; empty when nothing. `printed` is the cell
    as the source prints it, where the row keeps it beside its reading.
    """

    source: str
    locator: str
    span: Span
    unverified: str = ""
    printed: str = ""
