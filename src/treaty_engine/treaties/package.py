"""Reads a data package of facts: registries of names, and rows that state sentences, each with its origin."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from treaty_engine.errors import Problem, Refused, did_you_mean, gathered_in
from treaty_engine.language.registry import Member, Registry
from treaty_engine.language.sentences import Token, skeleton, tokens
from treaty_engine.language.strict_yaml import text_of
from treaty_engine.language.terms import Fact, Predicate, Value
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.progress import counted
from treaty_engine.source import Origin, Span
from treaty_engine.treaties.corpus import Given

DESCRIPTION = "datapackage.json"
REPEATED = "repeated"
_WIDEST = 100_000


class Row(NamedTuple):
    """One row of a resource: its cells by column, and where it stands."""

    cells: Mapping[str, str]
    span: Span
    raw: str

    def at(self, column: str) -> Span:
        """The place of a cell in the line on which its row ends."""
        names = list(self.cells)
        before = names.index(column) if column in names else 0
        starts = [0, *(place + 1 for place in _commas(self.raw))]
        return Span(self.span.path, self.span.line, starts[before] + 1 if before < len(starts) else 1)

    @property
    def origin(self) -> Origin:
        """Where the row says that it was found."""
        cells = self.cells
        return Origin(cells.get("source", ""), cells.get("locator", ""), self.span, cells.get("unverified", ""))


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of the package: what it registers, what its rows state, and whether they are records of a source."""

    name: str
    shown: str
    registry: Mapping[str, str]
    sentences: tuple[Mapping[str, str], ...]
    records: bool
    rows: tuple[Row, ...]


def resources(folder: Path, shown: str) -> list[Resource]:
    """The tables of the data package in a folder and of those in its subfolders. Raises Refused."""
    inner = sorted(each.parent for each in folder.rglob(DESCRIPTION) if each.parent != folder)
    found, problems = [], list[Problem]()
    for each in (folder, *inner):
        with gathered_in(problems):
            found += _described(each, f"{shown}/{each.relative_to(folder)}" if each != folder else shown)
    if problems:
        raise Refused(problems)
    return found


def _described(folder: Path, shown: str) -> list[Resource]:
    """The tables that the data package in a folder describes. Raises Refused."""
    name = f"{shown}/{DESCRIPTION}"
    if not (folder / DESCRIPTION).exists():
        hint = f"a folder of facts has a {DESCRIPTION}, which says what its tables hold"
        raise Refused(Problem(f"there is no file `{name}`", hint=hint))
    try:
        described = json.loads(text_of(folder / DESCRIPTION, name))
    except (json.JSONDecodeError, RecursionError) as wrong:
        line, column = getattr(wrong, "lineno", 1), getattr(wrong, "colno", 1)
        raise Refused(Problem("this is not JSON", Span(name, line, column))) from None
    listed = described.get("resources") if isinstance(described, dict) else None
    if not isinstance(listed, list):
        raise Refused(Problem("a data package lists its `resources`", Span(name)))
    found, problems = [], list[Problem]()
    for each in counted(listed, "Reading tables"):
        with gathered_in(problems):
            found.append(_resource(folder, shown, each))
    if problems:
        raise Refused(problems)
    return found


def _resource(folder: Path, shown: str, described: Mapping[str, Any]) -> Resource:
    try:
        path, fields, called = str(described["path"]), described["schema"]["fields"], str(described["name"])
        wanted = [field["name"] for field in fields]
        registry, sentences = dict(described.get("registry") or {}), tuple(described.get("sentences") or ())
    except (KeyError, TypeError, ValueError, AttributeError):
        message = "a resource has a `name`, a `path` and a `schema` with `fields`"
        raise Refused(Problem(message, Span(f"{shown}/{DESCRIPTION}"))) from None
    rows = tuple(_rows(text_of(folder / path, f"{shown}/{path}"), f"{shown}/{path}", wanted))
    return Resource(called, f"{shown}/{path}", registry, sentences, bool(described.get("records")), rows)


def _rows(text: str, shown: str, wanted: list[str]) -> Iterator[Row]:
    csv.field_size_limit(_WIDEST)
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    try:
        header = next(reader, [])
        if header != wanted:
            odd = next((n for n in header if n not in wanted), None)
            message = f"unknown column `{odd}`" if odd else f"the columns are not those of {DESCRIPTION}"
            raise Refused(
                Problem(message, Span(shown), f"expected: {', '.join(wanted)}", did_you_mean(odd or "", wanted))
            )
        for cells in counted(reader, shown):
            span = Span(shown, reader.line_num)
            if len(cells) != len(header):
                problems.append(Problem(f"{len(cells)} cells where the header has {len(header)}", span))
            else:
                yield Row(dict(zip(header, cells, strict=True)), span, lines[reader.line_num - 1])
    except csv.Error as wrong:
        problems.append(Problem(f"this is not CSV: {wrong}", Span(shown, reader.line_num)))
    if problems:
        raise Refused(problems)


def registries(tables: list[Resource], type_names: Mapping[str, Any]) -> list[Registry]:
    """The registries that the tables fill. Raises Refused."""
    members: dict[str, list[Member]] = {}
    problems: list[Problem] = []
    for table in tables:
        if not table.registry:
            continue
        if table.registry.get("type") not in type_names:
            problems.append(Problem(f"`{table.registry.get('type')}` is no type of the vocabulary", Span(table.shown)))
            continue
        members.setdefault(table.registry["type"], []).extend(_member(table, row) for row in table.rows)
    found = []
    for type_name, listed in members.items():
        with gathered_in(problems):
            found.append(Registry(type_name, listed))
    if problems:
        raise Refused(problems)
    return found


def _commas(line: str) -> Iterator[int]:
    """The offsets of the commas that part cells."""
    quoted = False
    for place, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == "," and not quoted:
            yield place


def _member(table: Resource, row: Row) -> Member:
    cell, registry = row.cells, table.registry
    aliases = cell.get(registry.get("aliases", "aliases"), "")
    named = tuple(alias.strip() for alias in aliases.split("|") if alias.strip())
    article = cell.get(registry.get("article", "article"), "")
    return Member(cell[registry["id"]], cell[registry.get("name", "id")], named, cell, row.origin, article)


def given(tables: list[Resource], vocabulary: Vocabulary) -> list[Given]:
    """Every fact that the rows state. Raises Refused with all that is wrong in them."""
    facts: list[Given] = []
    problems: list[Problem] = []
    for table in counted(tables, "Reading facts"):
        for entry in table.sentences:
            statement = _Statement(table, entry, vocabulary, problems)
            facts += statement.given()
        problems += [
            Problem(f"`{column}` is empty", row.at(column), hint="say where the row was found")
            for row in table.rows
            for column in ("source", "locator")
            if not row.cells.get(column)
        ]
        problems += _unknown_sources(table, vocabulary)
    if problems:
        raise Refused(problems)
    return [*facts, *_repeated(facts, vocabulary)]


def _repeated(facts: Sequence[Given], vocabulary: Vocabulary) -> Iterator[Given]:
    """What the sentences labelled so say of records that two rows of one table give alike, with the later row."""
    told = {each.holes: each for each in vocabulary.labelled(REPEATED)}
    saying = {
        each.sentence: told[each.holes].sentence
        for each in (vocabulary.predicates.values() if told else ())
        if each.holes in told and each not in told.values()
    }
    seen: dict[tuple[Fact, str, str], Given] = {}
    for each in facts:
        if each.record and each.fact.predicate in saying:
            first = seen.setdefault((each.fact, each.origin.source, each.origin.span.path), each)
            if first.origin.span != each.origin.span:
                yield Given(Fact(saying[each.fact.predicate], each.fact.values), each.origin, record=True)


def _unknown_sources(table: Resource, vocabulary: Vocabulary) -> Iterator[Problem]:
    known = vocabulary.types.registries.get("Source")
    for row in table.rows:
        name = row.cells.get("source", "")
        if known is not None and name and name not in known.members:
            yield Problem(f"unknown Source `{name}`", row.at("source"), hint=did_you_mean(name, known.members))


class _Statement:
    """A sentence whose holes are columns, ready to be stated by rows."""

    def __init__(
        self, table: Resource, entry: Mapping[str, str], vocabulary: Vocabulary, problems: list[Problem]
    ) -> None:
        self.table, self.vocabulary, self.problems = table, vocabulary, problems
        self.only_if, self.printed = entry.get("if", ""), entry.get("printed", "")
        self.predicate: Predicate | None = None
        self.fillings: list[Token] = []
        self._read: defaultdict[str, dict[str, Value]] = defaultdict(dict)
        try:
            parts = list(tokens(entry.get("sentence", "")))
        except ValueError as wrong:
            self.problems.append(Problem(str(wrong), Span(table.shown)))
            return
        found = vocabulary.find(skeleton(parts))
        if not isinstance(found, Predicate):
            near = vocabulary.nearest(skeleton(parts))
            hint = f"did you mean `{near[0].sentence}`?" if near else ""
            note = f"in the resource `{table.name}` of {DESCRIPTION}"
            problems.append(Problem(f"unknown sentence `{entry.get('sentence', '')}`", Span(table.shown), note, hint))
            return
        columns = tuple(table.rows[0].cells) if table.rows else ()
        self.fillings = [part for part in parts if part.kind != "word"]
        holes = [part.text for part in self.fillings if part.kind == "hole"]
        for name in [*holes, *filter(None, (self.only_if, self.printed))]:
            if columns and name not in columns:
                hint = did_you_mean(name, columns)
                problems.append(Problem(f"`{name}` is no column of `{table.name}`", Span(table.shown), hint=hint))
                return
        self.predicate = found

    def given(self) -> Iterator[Given]:
        """The facts that the rows state."""
        if self.predicate is None:
            return
        sentence, records = self.predicate.sentence, self.table.records
        filled = [(part, hole.type) for part, hole in zip(self.fillings, self.predicate.holes, strict=True)]
        read = [(part.text, self._read[kind], part.kind == "hole") for part, kind in filled]
        for row in counted(self.table.rows, self.table.name):
            cells = row.cells
            if self.only_if and not cells[self.only_if]:
                continue
            try:  # most texts were read before
                values = tuple([known[cells[text] if named else text] for text, known, named in read])
            except KeyError:
                found = [self._value(part, kind, row) for part, kind in filled]
                values = tuple(value for value in found if value is not None)
                if len(values) < len(found):
                    continue
            origin = row.origin._replace(printed=cells[self.printed]) if self.printed else row.origin
            yield Given(Fact(sentence, values), origin, records)

    def _value(self, part: Token, type_name: str, row: Row) -> Value | None:
        text = row.cells[part.text] if part.kind == "hole" else part.text
        if (known := self._read[type_name].get(text)) is not None:
            return known
        if not text:
            note = f"the row states `{self.predicate}`"
            self.problems.append(Problem(f"`{part.text}` is empty", row.at(part.text), note))
            return None
        try:
            value = self._read[type_name][text] = self.vocabulary.types.value(type_name, text)
        except ValueError as wrong:
            hint = self.vocabulary.types.hint(type_name, text)
            self.problems.append(Problem(f"{wrong} in the column `{part.text}`", row.at(part.text), hint=hint))
            return None
        return value
