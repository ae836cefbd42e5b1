"""What a status table is, wherever it was printed: a treaty, headings, and a line for each participant."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_NOTE = re.compile(r"<superscript[^<>]*>([^<>]*)</superscript>", re.IGNORECASE)
_BREAK = re.compile(r"<br[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: where it stands in the file, and its cells as printed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A status table: the file it is in, the number and title of its treaty, its headings and lines.

    `where_titled` says where the title was read; it is empty where there is none.
    """

    file: str
    treaty: str
    title: str
    where_titled: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as a reader sees it, and the marks of its footnotes."""

    text: str
    notes: str = ""


def printed(raw: str) -> Printed:
    """A text without its markup, be it escaped or not; the marks of footnotes are kept apart."""
    text = html.unescape(raw) if "&" in raw else raw
    text = text.replace(_OPEN, "�").replace(_CLOSE, "�")
    if "<" in text:
        text = _MARKUP.sub("", _BREAK.sub(" ", _NOTE.sub(rf"{_OPEN}\1{_CLOSE}", text)))
    notes = ",".join(note.strip() for note in _MARKED.findall(text))
    return Printed(" ".join(_MARKED.sub(" ", text).split()), notes)
