"""Puts the files of an import into a folder: all or none, whole, and only over an earlier import."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from treaty_engine import files as whole
from treaty_engine.errors import Problem, Refused
from treaty_engine.importers.package import NAME, PERIODS, RECORDS
from treaty_engine.signals import undisturbed
from treaty_engine.treaties.description import DESCRIPTION

_KEY = ("recorded_by", "treaty", "state", "act")


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import has that the one before it had not, what it lacks, and acts whose day is another."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def check(folder: Path) -> None:
    """Raises Refused when a folder holds anything that an import would overwrite and did not write."""
    if folder.exists() and not folder.is_dir():
        raise Refused(Problem(f"`{folder}` is a file, not a folder", hint="name another folder with --out"))
    description = folder / DESCRIPTION
    if description.exists() and not _is_import(description):
        hint = "name another folder with --out"
        raise Refused(Problem(f"`{folder}` holds another data package, which is not overwritten", hint=hint))
    if not description.exists() and (found := sorted(folder.glob("*.csv"))):
        hint = "name an empty folder, or that of an earlier import, with --out"
        raise Refused(Problem(f"`{folder}` holds `{found[0].name}`, which no import wrote", hint=hint))


def _is_import(description: Path) -> bool:
    try:
        described = json.loads(description.read_text(encoding="utf-8"))
        return str(described["name"]).startswith(NAME)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts files into a folder, which is made where there is none: all of them or nothing. Raises Refused."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    with undisturbed():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh = {folder / name: content for name, content in files.items() if _content(folder / name) != content}
            whole.write(fresh)
        except OSError as wrong:
            raise Refused(Problem(f"`{folder}` cannot be written: {wrong.strerror or wrong}")) from None
        finally:
            for each in made:
                with suppress(OSError):  # what was written stays
                    each.rmdir()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def difference(folder: Path, files: Mapping[str, bytes]) -> Difference | None:
    """How the records of an import differ from those in a folder; None when there are none to compare with."""
    if not (folder / RECORDS).exists():
        return None
    before = {name: content for name in (RECORDS, PERIODS) if (content := _content(folder / name)) is not None}
    try:
        old = _records(before)
    except (csv.Error, UnicodeDecodeError, KeyError, TypeError):
        return None
    new = _records(files)
    changed = [key for key in new if key in old and old[key] != new[key] and len(old[key]) == len(new[key])]
    told = [f"{_said(key)}: {', '.join(sorted(old[key]))} -> {', '.join(sorted(new[key]))}" for key in changed]
    return Difference(_only(new, old, changed), _only(old, new, changed), tuple(sorted(told)))


def _records(files: Mapping[str, bytes]) -> dict[tuple[str, ...], set[str]]:
    """The days and periods of acts, by source, treaty, State and act."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name, column in ((RECORDS, "date"), (PERIODS, "period")):
        for row in csv.DictReader(io.StringIO(files.get(name, b"").decode("utf-8"), newline="")):
            found.setdefault(tuple(row[part] for part in _KEY), set()).add(row[column])
    return found


def _only(
    some: Mapping[tuple[str, ...], set[str]], others: Mapping[tuple[str, ...], set[str]], changed: list[tuple[str, ...]]
) -> tuple[str, ...]:
    apart = set(changed)
    mine = ((key, when) for key, days in some.items() if key not in apart for when in days - others.get(key, set()))
    return tuple(sorted(f"{_said(key)}: {when}" for key, when in mine))


def _said(key: tuple[str, ...]) -> str:
    source, treaty, state, act = key
    return f"{source}: {act} by {state} under {treaty}"
