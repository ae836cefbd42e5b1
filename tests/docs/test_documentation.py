"""The documentation does what it says: its commands run and print what it shows, its tables and links hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.docs.figures import miscounted
from tests.docs.pages import SCHEMA, built_in_rows, built_in_table, every_rule, rules_listed, schema
from tests.docs.transcripts import ERROR, PAGES, ROOT, Ran, agrees, apart, run, steps, write
from treaty_engine.treaties.schema import VERBS

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")


SHOWING = [page for page in PAGES if any(isinstance(step, Ran) for step in steps(page))]


def names(page: Path) -> str:
    """How a page is called in the list of tests."""
    return str(page.relative_to(ROOT))


def told(page: Path, folder: Path) -> list[str]:
    """Where a page shows something other than what happens; empty when it is right."""
    wrong = []
    for step in steps(page):
        if isinstance(step, Ran):
            wrong += ran(page, step, folder)
        else:
            write(step, folder)
    return wrong


def ran(page: Path, step: Ran, folder: Path) -> list[str]:
    """What is wrong with one transcript."""
    status, printed = run(step.words, folder)
    where = f"{names(page)}:{step.first}: {' '.join(step.words)}"
    wrong = []
    if status != step.status and (step.status is not None or status == ERROR):
        wrong.append(f"{where}: exit status {status}, not {step.status}")
    if not agrees(step.shown, printed):
        wrong.append("\n".join([f"{where}: prints", *printed[:60], "and the page shows", *step.shown[:60]]))
    return wrong


@pytest.mark.parametrize("page", SHOWING, ids=names)
def test_a_page_shows_what_its_commands_print(tmp_path: Path, page: Path) -> None:
    wrong = told(page, tmp_path if apart(page) else ROOT)
    assert not wrong, "\n\n".join([*wrong, "`make docs` records the pages again"])


def test_the_readme_and_the_tutorial_show_commands() -> None:
    for page in (ROOT / "README.md", ROOT / "docs" / "tutorial.md"):
        assert sum(isinstance(step, Ran) for step in steps(page)) >= 4, page


def test_a_transcript_may_cut_but_not_change() -> None:
    printed = ["Bound (2)", "  CRC   party since 1992-11-14", "  ICCPR party since 1992-08-26"]
    assert agrees(["Bound (2)", "…"], printed)
    assert agrees(["Bound (2)", "  CRC …", "…"], printed)
    assert not agrees(["Bound (2)", "  CRC   party since 1992-11-14"], printed)
    assert not agrees(["Bound (3)", "…"], printed)


def test_the_schema_is_the_one_that_the_program_prints() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema(), "`make docs` writes it again"
    assert set(json.loads(SCHEMA.read_text(encoding="utf-8"))) == set(VERBS)


def test_every_built_in_sentence_is_in_the_reference_with_a_word_about_it() -> None:
    assert built_in_table() == built_in_rows(), "`make docs` writes it again"
    assert "|  |\n" not in built_in_table().partition("|---|---|---|\n")[2]


def test_the_list_of_decisions_has_each_once_in_order_and_by_its_title() -> None:
    folder = ROOT / "docs" / "decisions"
    titles = [
        (path.name, *path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").split(". ", 1))
        for path in sorted(folder.glob("0*.md"))
    ]
    listed = re.findall(r"^\| (\d+) \| \[(.*)\]\((.*)\) \|$", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert [(int(number), title, name) for number, title, name in listed] == [
        (int(name[:4]), title, name) for name, _, title in titles
    ]
    assert all(int(name[:4]) == int(number) for name, number, _ in titles)


def test_every_rule_is_on_the_page_about_the_law() -> None:
    assert every_rule() == rules_listed(), "`make docs` writes it again"


def test_every_figure_is_what_the_facts_come_to() -> None:
    assert miscounted() == [], "`make docs` counts again"


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        there = page if not target else (page.parent / target)
        assert there.exists(), f"{names(page)} links to {target}"
        if anchor:
            assert anchor in anchors(there), f"{names(page)} links to {target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as links write them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}
