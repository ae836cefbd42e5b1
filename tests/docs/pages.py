"""What of the documentation is made from the program: the schema of answers and the table of built-in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.docs.transcripts import ROOT, run
from treaty_engine.language.functions import Function, functions

SCHEMA = ROOT / "docs" / "schema" / "answers.json"
LANGUAGE = ROOT / "docs" / "language.md"
_OPENING, _CLOSING = "<!-- built-in sentences -->\n", "<!-- end of built-in sentences -->"
_ROW = re.compile(r"^\| `(?P<sentence>[^`]*)` \| [^|]* \| (?P<says>.*) \|$", re.MULTILINE)


def schema() -> str:
    """The schema of every verb's answer, as the command prints it."""
    return "\n".join(run(["schema"], ROOT)[1]) + "\n"


def built_in_table() -> str:
    """The part of the language reference that lists the built-in sentences, as the page has it now."""
    return LANGUAGE.read_text(encoding="utf-8").partition(_OPENING)[2].partition(_CLOSING)[0]


def built_in_rows() -> str:
    """The same as it should be: the words are the program's, what is said of each the page's."""
    said = {row["sentence"]: row["says"] for row in _ROW.finditer(built_in_table())}
    return "".join(_rows(said))


def _rows(said: dict[str, str]) -> Iterator[str]:
    yield "| sentence | what it does | |\n|---|---|---|\n"
    for each in functions():
        yield f"| `{each.sentence}` | {_does(each)} | {said.get(each.sentence, '')} |\n"


def _does(function: Function) -> str:
    return f"computes `<{function.holes[0].name}>`" if function.computes else "test"


def write_generated() -> None:
    """Writes the schema and the table again."""
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    SCHEMA.write_text(schema(), encoding="utf-8")
    page = LANGUAGE.read_text(encoding="utf-8")
    before, opening, rest = page.partition(_OPENING)
    _, closing, after = rest.partition(_CLOSING)
    LANGUAGE.write_text(before + opening + built_in_rows() + closing + after, encoding="utf-8")
