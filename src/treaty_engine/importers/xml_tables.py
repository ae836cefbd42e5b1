"""Reads the status tables of the UN's XML export with expat: no entity is declared, nothing outside is fetched."""

from __future__ import annotations

from xml.parsers import expat

from treaty_engine.errors import Refused
from treaty_engine.importers import numbers
from treaty_engine.importers.reading import LONGEST, MOST_COLUMNS, MOST_ROWS, Document
from treaty_engine.importers.tables import Line, Table, printed

_DEEPEST = 60
_MOST_ELEMENTS = 200_000
_HEADING = ("Thead", "Row", "Entry")
_CELL = ("Rows", "Row", "Entry")
_SAID = {("Chapter", "Number"): "chapter", ("ExternalData", "Number"): "number", ("ExternalData", "Titlesect"): "title",
         ("ExternalData", "Conclusion"): "concluded"}  # fmt: skip


def xml_tables(document: Document) -> list[Table]:
    """The status tables in an XML export, one for each table of each treaty. Raises Refused."""
    reader = _Reader(document)
    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = reader.entity
    parser.SkippedEntityHandler = reader.skipped
    reader.parser = parser
    try:
        parser.Parse(document.text.encode("utf-8"), True)
    except expat.ExpatError as wrong:
        message = expat.ErrorString(wrong.code) or "unreadable"
        raise document.refused(f"this is not well-formed XML: {message}", wrong.lineno, wrong.offset + 1) from None
    if not reader.treaties:
        raise document.refused("there is no treaty in this XML", hint="its element `Treaty` holds a status table")
    return reader.tables


class _Reader:
    """Gathers treaties and their tables while expat reads."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.parser: expat.XMLParserType
        self.path: list[str] = []
        self.text: list[str] | None = None
        self.length = self.elements = self.treaties = 0
        self.captured = 0
        self.said = dict.fromkeys(_SAID.values(), "")
        self.headings: list[str] = []
        self.cells: list[str] = []
        self.lines: list[Line] = []
        self.begun = 0
        self.tabled = False
        self.tables: list[Table] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.path.append(name)
        self.elements += 1
        if len(self.path) > _DEEPEST:
            raise self._refused(f"elements are nested more than {_DEEPEST} deep")
        if self.elements > _MOST_ELEMENTS:
            raise self._refused(f"there are more than {_MOST_ELEMENTS:,} elements")
        if len(self.path) == 1 and name.lower() == "html":
            raise self._refused("this is an HTML page, not a table in XML or CSV")
        if self.text is not None:
            self._add(f"<{name}>")
        elif tuple(self.path[-3:]) in (_HEADING, _CELL) or tuple(self.path[-2:]) in _SAID:
            self.text, self.length, self.captured = [], 0, len(self.path)
        elif tuple(self.path[-2:]) == _CELL[:2]:
            self.cells, self.begun = [], self.parser.CurrentLineNumber
        elif name == "TGroup":
            self.headings, self.lines = [], []

    def end(self, name: str) -> None:
        """An element ends."""
        if self.text is not None and len(self.path) == self.captured:
            self._captured("".join(self.text))
            self.text = None
        elif self.text is not None:
            self._add(f"</{name}>")
        elif tuple(self.path[-2:]) == _CELL[:2]:
            self.lines.append(Line(self.begun, tuple(self.cells)))
            if len(self.lines) > MOST_ROWS:
                raise self._refused(f"a table has more than {MOST_ROWS:,} rows")
        elif name == "TGroup":
            self._table(self.headings, self.lines)
        elif name == "Treaty":
            self.treaties += 1
            if not self.tabled:
                self._table([], [])
            self.tabled = False
            self.said |= dict.fromkeys(("number", "title", "concluded"), "")
        self.path.pop()

    def data(self, text: str) -> None:
        """Text stands in an element."""
        if self.text is not None:
            self._add(text)

    def entity(self, name: str, *_: object) -> None:
        """Something declares an entity."""
        raise self._refused(f"the entity `{name[:40]}` is declared; a status table needs none")

    def skipped(self, name: str, *_: object) -> None:
        """Something names an entity that only another file could declare."""
        raise self._refused(f"the entity `{name[:40]}` is not declared here, and nothing else is read")

    def _add(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST:
            raise self._refused(f"a cell has more than {LONGEST:,} characters")
        if self.text is not None:
            self.text.append(text)

    def _captured(self, text: str) -> None:
        said = _SAID.get((self.path[-2], self.path[-1]))
        if said:
            self.said[said] = printed(text).text
            return
        cells = self.headings if self.path[-3] == _HEADING[0] else self.cells
        cells.append(text)
        if len(cells) > MOST_COLUMNS:
            raise self._refused(f"a row has more than {MOST_COLUMNS} cells")

    def _number(self) -> str:
        stem = numbers.of_file(self.document.path.stem)
        return numbers.fuller(numbers.number(self.said["chapter"], self.said["number"]), stem)

    def _table(self, headings: list[str], lines: list[Line]) -> None:
        number = self._number()
        if not number:
            raise self._refused("the treaty has no number: neither its chapter and number nor the file's name says it")
        title = ". ".join(filter(None, (self.said["title"], self.said["concluded"])))
        where = f"{number}, title" if title else ""
        self.tabled = True
        plain = tuple(printed(heading).text for heading in headings)
        self.tables.append(Table(self.document.path.name, number, title, where, plain, tuple(lines)))

    def _refused(self, message: str) -> Refused:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return self.document.refused(message, line, column)
