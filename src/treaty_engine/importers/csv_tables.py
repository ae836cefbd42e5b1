"""Reads tables in CSV: the UN's status pages, the index of their names, and any table with a header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from treaty_engine.importers import numbers
from treaty_engine.importers.reading import LONGEST, MOST_COLUMNS, MOST_ROWS, Document
from treaty_engine.importers.tables import Line, Table, printed

_OF_PAGE = re.compile(r"(\d{1,2})-(\d{1,3}(?:-(?:[a-z]|\d{1,3}[a-z]?))?)", re.ASCII)
_IN_ADDRESS = re.compile(r"[?&]mtdsg_no=([^&]+)")
_INDEX = ("chapter_no", "treaty_no", "treaty_name")
_SECTIONED = "XI"
Titled = tuple[str, str, str]
"""Number and title of a treaty, and where the title was read."""


def rows(document: Document) -> tuple[tuple[str, ...], list[Line]]:
    """The header of a table in CSV and its lines. Raises Refused."""
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(document.text, newline=""), strict=True)
    found: list[Line] = []
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise document.refused(f"a row has more than {MOST_COLUMNS} cells", reader.line_num)
            if cells:
                found.append(Line(reader.line_num, tuple(cells)))
            if len(found) > MOST_ROWS:
                raise document.refused(f"there are more than {MOST_ROWS:,} rows", reader.line_num)
    except csv.Error as wrong:
        message = f"a cell has more than {LONGEST:,} characters" if "field larger" in str(wrong) else str(wrong)
        raise document.refused(f"this is not CSV: {message}", reader.line_num) from None
    return found[0].cells, found[1:]


def is_index(header: tuple[str, ...]) -> bool:
    """Whether a header is that of the index of the UN's treaties."""
    return header[: len(_INDEX)] == _INDEX


def index(document: Document, header: tuple[str, ...], lines: list[Line]) -> dict[str, Titled]:
    """Number, title and place in the index of each treaty, by the name of its page. Raises Refused."""
    found = {}
    for line in lines:
        row = dict(zip(header, line.cells, strict=False))
        chapter, treaty = row.get("chapter_no", ""), row.get("treaty_no", "")
        address = _IN_ADDRESS.search(row.get("url", ""))
        if not (chapter.isascii() and chapter.isdigit() and 0 < int(chapter[:3]) < 40 and treaty):
            raise document.refused("the index has a row without the numbers of chapter and treaty", line.number)
        number = _letters(address[1] if address else numbers.number(numbers.roman(int(chapter)), treaty))
        if not numbers.is_number(number):
            raise document.refused(f"`{number or treaty}` is not the number of a treaty, such as IV-13", line.number)
        title = printed(row.get("treaty_name", "")).text
        found[f"{chapter}-{treaty.replace('.', '-')}"] = (number, title, f"index, row {chapter}, {treaty}")
    return found


def table(document: Document, header: tuple[str, ...], lines: list[Line], names: Mapping[str, Titled]) -> Table:
    """The status table of a page. Raises Refused where its treaty cannot be known."""
    headings = tuple(printed(heading).text for heading in header)
    stem = document.path.stem
    page = _OF_PAGE.fullmatch(stem)
    number, title, where = names.get(stem, ("", "", ""))
    if not number and page and 0 < int(page[1]) < 40:
        number = f"{numbers.roman(int(page[1]))}-{page[2]}"
        if number.startswith(f"{_SECTIONED}-"):
            hint = "give the index of the treaties (index.csv) too: it has the section"
            raise document.refused("chapter XI has sections, and the file's name does not say which", hint=hint)
    number = number or numbers.of_file(stem)
    if not number:
        hint = "name it after its page, such as 4-13.csv, or give the index (index.csv) too"
        raise document.refused(f"the name `{document.path.name}` does not say whose table this is", hint=hint)
    return Table(document.path.name, number, title, where, headings, tuple(lines))


def _letters(number: str) -> str:
    """A number as the UN prints it, its last letter small and apart: `VII-11-a` for `VII-11a`."""
    return re.sub(r"(?<=-)(\d+)\.([0-9a-z]+)$", r"\1-\2", number)
