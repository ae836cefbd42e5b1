"""What of the documentation is made from the program: the schema of answers, built-in sentences, every rule, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.docs.figures import counted_anew
from tests.docs.transcripts import ROOT, run
from treaty_engine import files
from treaty_engine.language.functions import Function, functions
from treaty_engine.language.rules import Rule
from treaty_engine.treaties.loading import load

SCHEMA = ROOT / "docs" / "schema" / "answers.json"
LANGUAGE = ROOT / "docs" / "language.md"
LAW = ROOT / "docs" / "law.md"
_RULES, _END_OF_RULES = "<!-- every rule -->\n", "<!-- end of every rule -->"
_ABBREVIATED = {"asean": "ASEAN", "ilo": "ILO"}
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


def every_rule() -> str:
    """The part of the page on the law that lists every rule, as the page has it now."""
    return LAW.read_text(encoding="utf-8").partition(_RULES)[2].partition(_END_OF_RULES)[0]


def rules_listed() -> str:
    """The same as it should be: each body of law with its files, each rule with its title and its authority."""
    corpus = load([ROOT / "rules"], [ROOT / "facts"])
    return "".join(_bodies(corpus.authored))


def _bodies(rules: Sequence[Rule]) -> Iterator[str]:
    body = ""
    for rule in rules:
        file = Path(rule.span.path)
        if file.parent.name != body:
            body = file.parent.name
            yield f"\n### {_ABBREVIATED.get(body, body.replace('-', ' ').capitalize())}\n\n| rule | what it says | authority |\n|---|---|---|\n"
        source = f"../rules/{body}/{file.name}"
        yield f"| [`{rule.id}`]({source}) | {rule.title} | {rule.cite.replace('<', '&lt;')} |\n"
    yield "\n"


def write_generated() -> None:
    """Writes the schema, the table, the list and the figures again."""
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    page = LANGUAGE.read_text(encoding="utf-8")
    before, opening, rest = page.partition(_OPENING)
    _, closing, after = rest.partition(_CLOSING)
    language = before + opening + built_in_rows() + closing + after
    before, opening, rest = LAW.read_text(encoding="utf-8").partition(_RULES)
    _, closing, after = rest.partition(_END_OF_RULES)
    law = before + opening + rules_listed() + closing + after
    files.write({SCHEMA: schema().encode(), LANGUAGE: language.encode(), LAW: law.encode()})
    files.write(counted_anew())
