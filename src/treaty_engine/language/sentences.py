"""How a sentence is cut into words and holes, and how far two sentences are apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r'<(?P<hole>[^<>]*)>|"(?P<quoted>[^"]*)"|(?P<word>[^\s<>"]+)|(?P<stray>[<>"])')
_HOLE = re.compile(r"(?P<name>[a-z_][a-z0-9_]*)(?:: *(?P<type>[A-Z][A-Za-z]*))?")

Skeleton = tuple[str | None, ...]
"""The words of a sentence, None at each hole."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted constant or a hole of a sentence, and its offset there."""

    kind: str
    text: str
    offset: int
    type: str = ""


def tokens(text: str) -> Iterator[Token]:
    """The words, constants and holes of `text` in order. Raises ValueError at what is none of them."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "word":
            yield Token("word", found["word"], found.start())
        elif kind == "quoted":
            yield Token("constant", found["quoted"], found.start())
        elif kind == "hole" and (named := _HOLE.fullmatch(found["hole"])):
            yield Token("hole", named["name"], found.start(), named["type"] or "")
        else:
            raise ValueError(f'`{found[0]}` is neither a word, a `<variable>` nor a "constant"')


def skeleton(parts: Iterable[Token]) -> Skeleton:
    """What is left of a sentence when whatever fills its holes is left out."""
    return tuple(part.text if part.kind == "word" else None for part in parts)


def distance(one: Sequence[str | None], other: Sequence[str | None], most: int = 99) -> int:
    """How many words must be inserted, deleted or replaced to make one sentence of the other.

    Stops early, with some number above `most`, when it is more than that.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, another in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (word != another))
        if min(row) > most:
            return most + 1
    return row[-1]
