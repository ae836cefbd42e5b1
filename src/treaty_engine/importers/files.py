"""Reads the files named on a command line, and gathers all that is wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from treaty_engine.errors import Problem, Refused, gathered_in
from treaty_engine.importers import csv_tables
from treaty_engine.importers.csv_tables import Titled
from treaty_engine.importers.reading import Document, document
from treaty_engine.importers.tables import Line, Table
from treaty_engine.importers.xml_tables import xml_tables

T = TypeVar("T")
_Pages = tuple[Document, tuple[str, ...], list[Line]]


def gathered(paths: Iterable[Path], read: Callable[[Path], T]) -> list[T]:
    """What is read from each file. Raises Refused with the problems of all files."""
    found: list[T] = []
    problems: list[Problem] = []
    for path in paths:
        with gathered_in(problems):
            found.append(read(path))
    if problems:
        raise Refused(problems)
    return found


def untc_tables(paths: Iterable[Path]) -> list[Table]:
    """The status tables in XML exports and in the CSV of pages, with the titles of an index. Raises Refused."""
    found = gathered(paths, _read)
    titles: dict[str, Titled] = {}
    tables = [table for each in found if isinstance(each, list) for table in each]
    pages = [each for each in found if isinstance(each, tuple)]
    for page in pages:
        if csv_tables.is_index(page[1]):
            titles |= csv_tables.index(*page)
    problems: list[Problem] = []
    for page in pages:
        if not csv_tables.is_index(page[1]):
            with gathered_in(problems):
                tables.append(csv_tables.table(*page, titles))
    if problems:
        raise Refused(problems)
    if not tables:
        raise Refused(Problem("there is no status table in these files, only an index"))
    return tables


def _read(path: Path) -> list[Table] | _Pages:
    read = document(path)
    if read.text.lstrip().startswith("<"):
        return xml_tables(read)
    header, lines = csv_tables.rows(read)
    if not csv_tables.is_index(header) and header[0].strip().casefold() != "participant":
        hint = "expected: a column `Participant`, or an index with chapter_no, treaty_no, treaty_name"
        raise read.refused(f"this is no status table: its first column is `{header[0][:60]}`", hint=hint)
    return read, header, lines
