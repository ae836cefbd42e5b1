"""Reads a file that anyone may have written: an ordinary file, not too large, and text."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from treaty_engine.errors import Problem, Refused
from treaty_engine.source import Span
from treaty_engine.treaties.corpus import shown

LARGEST = 8 * 2**20
"""Bytes in a file: many times what the largest table at hand has."""
LONGEST = 100_000
"""Characters in a cell."""
MOST_ROWS = 20_000
MOST_COLUMNS = 50

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HTML = re.compile(r"(?:<\?xml[^<>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_NOT_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, its name in messages, and how it was decoded."""

    path: Path
    shown: str
    text: str
    encoding: str

    def refused(self, message: str, line: int = 1, column: int = 1, hint: str = "") -> Refused:
        """What is raised when the document cannot be used because of what stands at a place in it."""
        return Refused(Problem(message, Span(self.shown, line, column), hint=hint))


def document(path: Path) -> Document:
    """The text of an ordinary file in UTF-8, UTF-16 with its mark, or ISO-8859-1. Raises Refused."""
    try:
        name = shown(path)
    except (OSError, RuntimeError):  # a link that leads back to itself
        name = str(path)
    raw = _bytes(path, name)
    text, encoding = _decoded(raw, name)
    if found := _UNPRINTABLE.search(text):
        message = f"{_place(name, text, found.start())}: this is not text: it holds the character {ord(found[0]):#04x}"
        raise Refused(Problem(message, hint="name a table in XML or CSV"))
    if not text.strip():
        raise Refused(Problem(f"`{name}` is empty"))
    if _HTML.match(text[:4096]):
        hint = "servers answer with such a page when they are under maintenance: fetch the file again"
        raise Refused(Problem("this is an HTML page, not a table in XML or CSV", Span(name), hint=hint))
    return Document(path, name, text, encoding)


def _bytes(path: Path, name: str) -> bytes:
    """The bytes of an ordinary file; nothing is waited for, and nothing beyond the largest size is read."""
    try:
        opened = os.open(path, os.O_RDONLY | _NOT_BLOCKING)
    except FileNotFoundError:
        raise Refused(Problem(f"there is no file `{name}`")) from None
    except (OSError, ValueError) as wrong:
        raise Refused(Problem(f"`{name}` cannot be opened: {getattr(wrong, 'strerror', None) or wrong}")) from None
    try:
        status = os.fstat(opened)
        if stat.S_ISDIR(status.st_mode):
            raise Refused(Problem(f"`{name}` is a folder, not a file", hint="name the files in it"))
        if not stat.S_ISREG(status.st_mode):
            raise Refused(Problem(f"`{name}` is no ordinary file"))
        if status.st_size > LARGEST:
            raise Refused(_too_large(name, status.st_size))
        parts, left = [], LARGEST + 1
        while left and (part := os.read(opened, left)):
            parts.append(part)
            left -= len(part)
    finally:
        os.close(opened)
    if not left:
        raise Refused(_too_large(name, LARGEST + 1))
    return b"".join(parts)


def _too_large(name: str, size: int) -> Problem:
    return Problem(f"`{name}` is too large: {size / 2**20:,.1f} MB, and a table has at most {LARGEST // 2**20} MB")


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The text that the bytes write, and in which encoding; never a guess between two that both could be."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as wrong:
            raise Refused(Problem(f"`{name}` is not UTF-16 text, as its first bytes say: byte {wrong.start}")) from None
    try:
        return raw.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        column = wrong.start - raw.rfind(b"\n", 0, wrong.start)
    only_latin = not re.search(rb"[\x80-\x9f]", raw) and not re.search(rb"[\xc2-\xf4][\x80-\xbf]", raw)
    if only_latin and b"\0" not in raw:
        return raw.decode("iso-8859-1"), "ISO-8859-1"
    message = f"{name}:{line}:{column}: this is neither UTF-8 nor ISO-8859-1 text"
    raise Refused(Problem(message, hint="save it with the encoding UTF-8"))


def _place(name: str, text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"{name}:{line}:{offset - text.rfind(chr(10), 0, offset)}"
