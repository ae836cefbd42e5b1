"""What the packaged facts know already: participants by every name of theirs, treaties by every number, sources."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from treaty_engine.dates import bounds
from treaty_engine.errors import Problem, Refused
from treaty_engine.importers.tables import printed
from treaty_engine.language.registry import Registry
from treaty_engine.language.strict_yaml import text_of
from treaty_engine.source import Span
from treaty_engine.treaties.corpus import shown
from treaty_engine.treaties.package import registries, resources

_TYPES = ("State", "Treaty", "Source")
_NAMES = "state-names.csv"
_GLUED = re.compile(r"(?<=[^\W\d_])\d+(?:,\s?\d+)*$|(?<=\))\d+(?:,\s?\d+)*$")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Named:
    """Who bore a name, from when until when; None where it is open."""

    id: str
    since: date | None
    until: date | None

    def bore_it_on(self, day: date) -> bool:
        """Whether the name was in use on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Known:
    """The registries of States, treaties and sources, and the names that were borne for a time."""

    states: Registry
    treaties: Registry
    sources: Registry
    once: dict[str, tuple[Named, ...]]

    def participant(self, name: str, on: date | None) -> str:
        """The identifier of the participant that a table of that day prints.

        Raises ValueError, with the reason in words, when none or more than one goes by the name.
        """
        if not name or len(name) > _LONGEST_NAME:
            raise ValueError("the row names no participant" if not name else "this is too long for a name")
        for spelt in dict.fromkeys((name, _GLUED.sub("", name), name.rstrip("* "))):
            bearers = self.once.get(spelt.casefold(), ())
            if len({bearer.id for bearer in bearers}) > 1:
                return _borne(spelt, bearers, on)
            if found := self.states.find(spelt) or next((bearer.id for bearer in bearers), None):
                return found
        raise ValueError("the participant is not in the register")


def known(folders: Sequence[Path]) -> Known:
    """What the packages in these folders know. Raises Refused."""
    tables = [table for folder in folders for table in resources(folder, shown(folder))]
    chosen = [table for table in tables if table.registry.get("type") in _TYPES]
    found = {registry.type: registry for registry in registries(chosen, dict.fromkeys(_TYPES))}
    states, treaties, sources = (found.get(name) or Registry(name, ()) for name in _TYPES)
    once: dict[str, tuple[Named, ...]] = {}
    for folder in folders:
        if (folder / _NAMES).exists():
            for name, bearer in _names(folder / _NAMES):
                once[name] = (*once.get(name, ()), bearer)
    return Known(states, treaties, sources, once)


def _names(path: Path) -> list[tuple[str, Named]]:
    found = []
    rows = csv.DictReader(io.StringIO(text_of(path, shown(path)), newline=""))
    for number, row in enumerate(rows, 2):
        try:
            since, until = (bounds(row[c])[0] if row[c] else None for c in ("from", "until"))
            found.append((printed(row["name"]).text.casefold(), Named(row["id"], since, until)))
        except (KeyError, TypeError, ValueError) as wrong:
            raise Refused(Problem(f"this names nobody for a time: {wrong}", Span(shown(path), number))) from None
    return found


def _borne(name: str, bearers: Sequence[Named], on: date | None) -> str:
    """Who bore a name of several on a day. Raises ValueError when that is not one."""
    then = {bearer.id for bearer in bearers if on is not None and bearer.bore_it_on(on)}
    if len(then) != 1:
        every = ", ".join(sorted({bearer.id for bearer in bearers}))
        raise ValueError(f"the name has been borne by more than one: {every}")
    return then.pop()
