"""Reads the heading of a column: which act a bare date in it means, and which act each mark."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

CONSENT = "consent to be bound"
_MARK = re.compile(r"\s*\(([A-Za-z]{1,2})\)$")
_REFERENCE = re.compile(r"(?:\b\d+|\b[IVXL]+|\))\s+\([A-Za-z]{1,2}\)$")
_MEANINGS = re.compile(r",\s*(?=[A-Z])")
_GLUED = re.compile(r"(?<=[A-Za-z)])\d+(?:,\d+)*$")
_GOES_ON = re.compile(r"(?:of|to|in|under|by|thereto)\b")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a heading says of its column: the acts it may mean, and the mark that tells it.

    No act at all is meant by a column of numbers and references; `known` is false where the words are not understood.
    """

    words: str
    mark: str
    acts: tuple[str, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """The meanings of a column."""

    text: str
    meanings: tuple[Meaning, ...]

    @property
    def dates_acts(self) -> bool:
        """Whether a date in the column is the date of an act, as far as its words are understood."""
        return any(meaning.acts or not meaning.known for meaning in self.meanings)

    @property
    def _signatures(self) -> bool:
        """Whether nothing but signatures that do not bind stand in the column."""
        acts = {act for meaning in self.meanings for act in meaning.acts}
        return bool(acts) and not acts & consents() and all("signature" in act for act in acts)

    def act(self, mark: str) -> str:
        """The act that a date with this mark means; a bare date has the mark "".

        Raises ValueError, with the reason in words, when the heading leaves it open.
        """
        said = [meaning for meaning in self.meanings if meaning.mark == mark]
        if not mark and not said and len(self.meanings) == 1:
            said = list(self.meanings)
        if any(not meaning.known for meaning in said):
            raise ValueError(f"the heading `{next(m.words for m in said if not m.known)}` is not understood")
        acts = tuple(dict.fromkeys(act for meaning in said for act in meaning.acts))
        if len(acts) == 1:
            return acts[0]
        if acts and all(act in consents() for act in acts):
            return CONSENT
        if acts or (said and not mark):
            raise ValueError(f"the heading may mean {' or '.join(acts)}" if acts else "the column states no act")
        return self._usual(mark)

    def _usual(self, mark: str) -> str:
        """What a mark that the heading does not explain means everywhere."""
        if not mark:
            raise ValueError("the date bears no mark, and every meaning of the heading has one")
        usual = marks().get(mark)
        if usual is None:
            raise ValueError(f"the mark `{mark}` is not known")
        if not self.dates_acts:
            raise ValueError("the column states no act")
        if usual == "succession" and self._signatures:
            raise ValueError("the mark `d` in a column of signatures may be succession, or succession to signature")
        return usual


@lru_cache(maxsize=4096)
def heading(text: str) -> Heading:
    """The meanings that the words of a heading have."""
    plain = _GLUED.sub("", text.strip()) if not _known(text.strip()) else text.strip()
    return Heading(text, tuple(_meaning(part.strip()) for part in _MEANINGS.split(plain)))


def _meaning(text: str) -> Meaning:
    words, mark = text, ""
    if (found := _MARK.search(text)) and found[1] in marks() and not _REFERENCE.search(text):
        words, mark = text[: found.start()].rstrip(), found[1]
    acts = _acts(words)
    return Meaning(text, mark, acts or (), acts is not None)


def _acts(words: str) -> tuple[str, ...] | None:
    """The acts that some words mean, None when they are not understood."""
    if _known(words):
        return tuple(filter(None, [_act(words)]))
    first, either, other = words.partition(" or ")
    if either and _known(first) and (rest := _acts(other[:1].upper() + other[1:])):
        return (_act(first), *rest)
    return None


def _known(words: str) -> bool:
    return _opening(words) is not None


def _act(words: str) -> str:
    return openings()[_opening(words) or ""][0]


def _opening(words: str) -> str | None:
    """The longest known opening of some words that a preposition follows, or that is all of them."""
    fitting = (o for o in openings() if words == o or (words.startswith(f"{o} ") and _GOES_ON.match(words, len(o) + 1)))
    return max(fitting, key=len, default=None)


@lru_cache(maxsize=1)
def openings() -> Mapping[str, tuple[str, bool]]:
    """How meanings begin: the act, and whether it expresses consent to be bound."""
    return {row["opening"]: (row["act"], bool(row["consent"])) for row in _rows("columns.csv")}


@lru_cache(maxsize=1)
def consents() -> frozenset[str]:
    """The acts that express consent to be bound."""
    return frozenset(act for act, consent in openings().values() if consent)


@lru_cache(maxsize=1)
def marks() -> Mapping[str, str]:
    """The act that each mark means where the heading does not say otherwise."""
    return {row["mark"]: row["act"] for row in _rows("marks.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("treaty_engine.importers").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
