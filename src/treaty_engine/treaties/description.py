"""What a data package says of its tables: `datapackage.json`, with all that is wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from treaty_engine.errors import Problem, Refused, did_you_mean, gathered_in
from treaty_engine.language.strict_yaml import text_of
from treaty_engine.source import Span

DESCRIPTION = "datapackage.json"
_NEEDED, _REGISTRY = ("type", "id"), ("type", "id", "name", "aliases", "article")
_SENTENCE = ("sentence", "if", "printed")


@dataclass(frozen=True, slots=True)
class Described:
    """A table as it is described: where it is, its columns, what it registers and what its rows state.

    `records` says that the rows are what a source records of acts.
    """

    name: str
    path: str
    columns: tuple[str, ...]
    registry: Mapping[str, str]
    sentences: tuple[Mapping[str, str], ...]
    records: bool


def described(folder: Path, shown: str) -> list[Described]:
    """The tables that the data package in a folder lists; `shown` is the folder's name. Raises Refused."""
    name = f"{shown}/{DESCRIPTION}"
    if not (folder / DESCRIPTION).exists():
        hint = f"a folder of facts has a {DESCRIPTION}, which says what its tables hold"
        raise Refused(Problem(f"there is no file `{name}`", hint=hint))
    try:
        whole = json.loads(text_of(folder / DESCRIPTION, name))
    except (json.JSONDecodeError, RecursionError) as wrong:
        line, column = getattr(wrong, "lineno", 1), getattr(wrong, "colno", 1)
        raise Refused(Problem("this is not JSON", Span(name, line, column))) from None
    listed = whole.get("resources") if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        raise Refused(Problem("a data package lists its `resources`", Span(name)))
    found, problems = [], list[Problem]()
    for each in listed:
        with gathered_in(problems):
            found.append(_table(each, Span(name)))
    if problems:
        raise Refused(problems)
    return found


def _table(told: Any, span: Span) -> Described:
    """One table. Raises Refused with all that is wrong with what is told of it."""
    told = told if isinstance(told, dict) else {}
    name, path, schema = told.get("name"), told.get("path"), told.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(name, str) or not isinstance(path, str) or not isinstance(fields, list):
        raise Refused(Problem("a resource has a `name`, a `path` and a `schema` with `fields`", span))
    columns = [each.get("name") if isinstance(each, dict) else None for each in fields]
    named = tuple(each for each in columns if isinstance(each, str))
    registry, sentences = told.get("registry") or {}, told.get("sentences") or []
    wrong = [
        *_columns(columns, named),
        *_place(path),
        *(_registry(registry, named) if registry else ()),
        *(_sentences(sentences) if isinstance(sentences, list) else ["`sentences` is a list"]),
    ]
    if wrong:
        problems = ((message, "") if isinstance(message, str) else message for message in wrong)
        raise Refused([Problem(said, span, f"in the resource `{name}`", hint) for said, hint in problems])
    return Described(name, path, named, registry, tuple(sentences), bool(told.get("records")))


Wrong = Iterator[str | tuple[str, str]]
"""What is wrong, some of it with a hint."""


def _columns(told: Sequence[Any], named: Sequence[str]) -> Wrong:
    if len(named) < len(told):
        yield "a field has a `name`, which is a text"
    yield from (f"the column `{each}` is there twice" for each in dict.fromkeys(named) if named.count(each) > 1)


def _place(path: str) -> Wrong:
    """A table lies in the folder of its package, so that reading facts reads nothing else."""
    if "\0" in path or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        yield f"the path `{path}` leads out of the folder", "name a file in the folder of the package"


def _registry(told: Any, columns: Sequence[str]) -> Wrong:
    yield from _texts(told, "registry", _REGISTRY)
    if isinstance(told, dict):
        yield from (f"a registry names its `{each}`" for each in _NEEDED if each not in told)
        others = [column for key, column in told.items() if key in _REGISTRY[1:] and column not in columns]
        yield from ((f"`{each}` is no column", did_you_mean(str(each), columns)) for each in others)


def _sentences(told: Sequence[Any]) -> Wrong:
    for each in told:
        yield from _texts(each, "sentences", _SENTENCE)
        if isinstance(each, dict) and "sentence" not in each:
            yield "one of the `sentences` has no `sentence`"


def _texts(told: Any, key: str, known: Sequence[str]) -> Wrong:
    """What is wrong with a mapping from some keys to texts."""
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        yield f"`{key}` holds keys and texts: {', '.join(known)}"
    elif odd := next((each for each in told if each not in known), None):
        yield f"unknown key `{odd}` in `{key}`", did_you_mean(odd, known)
