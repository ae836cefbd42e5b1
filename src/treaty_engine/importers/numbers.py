"""The numbers that the UN gives its treaties: IV-13, VII-11-a, XI-A-10."""

from __future__ import annotations

import re

_LETTERS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CHAPTER = re.compile(r"(?:CHAPTER\s+)?([IVXL]+)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})(?:[.-]?([a-z])|[.-](\d{1,3}[a-z]?))?", re.ASCII)
_WHOLE = re.compile(r"[IVXL]+(?:-[A-Z])?-\d{1,3}(?:-(?:[a-z]|\d{1,3}[a-z]?))?", re.ASCII)
_IN_FILE = re.compile(r"([IVXLivxl]+)(-[A-Za-z])?-(\d{1,3})(?:-([A-Za-z]|\d{1,3}[a-z]?))?", re.ASCII)


def roman(number: int) -> str:
    """A number below 40 in Roman figures, as chapters are numbered."""
    figures = ""
    for value, letters in _LETTERS:
        figures += letters * (number // value)
        number %= value
    return figures


def number(chapter: str, treaty: str) -> str:
    """The number of a treaty from those of its chapter and within it; empty where they are not understood."""
    place, within = _CHAPTER.fullmatch(chapter.strip()), _NUMBER.fullmatch(treaty.strip())
    if not place or not within:
        return ""
    return "-".join(filter(None, (place[1].upper(), *within.groups())))


def of_file(stem: str) -> str:
    """The number that the name of an official file writes, such as `iv-13.en`; empty where it writes none."""
    found = _IN_FILE.fullmatch(re.sub(r"\.(?:en|fr)(?:\..*)?$", "", stem, flags=re.IGNORECASE))
    if not found:
        return ""
    chapter, section, treaty, letter = found.groups()
    return "-".join(filter(None, (chapter.upper(), (section or "")[1:].upper(), treaty, (letter or "").lower())))


def fuller(said: str, of_the_file: str) -> str:
    """The number with its section where only the name of the file has one; otherwise as the file's text says it."""
    parts, more = said.split("-"), of_the_file.split("-")
    if not said or (len(more) > 2 and more[1].isupper() and [more[0], *more[2:]] == parts):
        return of_the_file
    return said


def is_number(text: str) -> bool:
    """Whether a text is such a number."""
    return _WHOLE.fullmatch(text) is not None
