"""Whatever is broken, one clear message and exit status 2: where, what, and how to mend it; never a traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import run

FACTS = Path(__file__).parents[2] / "facts"
RULE = """- id: {id}
  title: A rule under test
  cite: VCLT art. 26
  if:
    - {condition}
  then: {conclusion}
"""
PARTY = "<state> is a party to <treaty> since <date>"
GOOD_FAITH = "<state> must perform <treaty> in good faith since <date>"


def rules(text: str) -> Callable[[Path], list[str]]:
    def written(folder: Path) -> list[str]:
        (folder / "own.yaml").write_text(text, encoding="utf-8")
        return ["check", "--rules", str(folder)]

    return written


def facts(change: Callable[[Path], None]) -> Callable[[Path], list[str]]:
    def written(folder: Path) -> list[str]:
        copy = folder / "facts"
        shutil.copytree(FACTS, copy)
        change(copy)
        return ["check", "--facts", str(copy), "--only-these"]

    return written


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def words(*given: str) -> Callable[[Path], list[str]]:
    return lambda _: list(given)


def two_registries(folder: Path) -> list[str]:
    return ["check", "--facts", str(FACTS)]


def folder_for_file(folder: Path) -> None:
    (folder / "states.csv").unlink()
    (folder / "states.csv").mkdir()


def not_utf8(folder: Path) -> None:
    (folder / "states.csv").write_bytes(
        (folder / "states.csv").read_bytes() + "Côte d’Ivoire\n".encode("latin-1", "replace")
    )


def rules_not_utf8(folder: Path) -> list[str]:
    (folder / "own.yaml").write_bytes("- id: caf\xe9\n".encode("latin-1"))
    return ["check", "--rules", str(folder)]


def rules_are_a_file(folder: Path) -> list[str]:
    path = folder / "own.yaml"
    path.write_text("[]", encoding="utf-8")
    return ["check", "--rules", str(path)]


def cyclic(folder: Path) -> list[str]:
    text = """- id: round-about
  title: A rule that leads back to its own exception
  cite: VCLT art. 26
  if:
    - <state> is in the register of States
  unless:
    - id: round-about-exception
      cite: VCLT art. 26
      if:
        - <state> is in the register of States
        - <state> belongs to <group>
  then: <state> belongs to "ILO"
"""
    return rules(text)(folder)


BROKEN: dict[str, tuple[Callable[[Path], list[str]], str, str]] = {
    "unknown State": (words("applies", "Cambodja"), "unknown State `Cambodja`", "did you mean `Cambodia`"),
    "unknown treaty": (words("force", "ASEAN-CHARTR"), "unknown Treaty `ASEAN-CHARTR`", "did you mean `ASEAN-CHARTER`"),
    "unknown group": (words("gaps", "--group", "ASAEN"), "unknown Group `ASAEN`", "did you mean `ASEAN`"),
    "unknown source": (
        words("applies", "KHM", "--sources", "chaptr"),
        "unknown Source `chaptr`",
        "did you mean `chapter`",
    ),
    "impossible day": (words("applies", "KHM", "--on", "2008-02-30"), "`2008-02-30` is not a day of the calendar", ""),
    "an option that an unset variable left empty": (words("applies", "KHM", "--on", ""), "an empty word stands after `--on`", "may not be set"),
    "the same in one word": (words("gaps", "--group="), "an empty word stands after `--group`", "may not be set"),
    "an empty name of a folder": (words("import", "untc", "x.xml", "--out", ""), "an empty word stands after `--out`", ""),
    "a range of every day there is": (
        words("applies", "KHM", "--on", "1000-01-01..9999-01-01/1-day"),
        "names more than 1,000 days",
        "a longer step",
    ),
    "a range that goes back": (words("force", "CRC", "--on", "2008-01-01..2000-01-01"), "names no days", ""),
    "a range that stands still": (words("force", "CRC", "--on", "2008-01-01..2009-01-01/0-days"), "names no days", ""),
    "no group like it": (words("gaps", "--group", "X"), "unknown Group `X`", "there are ASEAN"),
    "no rule like it": (words("rules", "show", "%"), "unknown rule `%`", "`rules list` has them all"),
    "day in words": (words("applies", "KHM", "--on", "12/06/2008"), "`12/06/2008` is not a date", "such as 2008-06-12"),
    "day known by": (words("applies", "KHM", "--known-by", "soon"), "--known-by: `soon` is not a date", ""),
    "wrong sentence": (words("why", "Cambodia has ratified CRC"), "no sentence says", "did you mean"),
    "wrong name in a sentence": (words("why", "Cambodja is a party to CRC"), "unknown State `Cambodja`", "`Cambodia`"),
    "a proof as a table": (words("why", "Cambodia is a party to CRC", "--format", "csv"), "a proof is a tree, and no table", "md"),
    "unknown rule": (words("rules", "show", "vclt-18"), "unknown rule `vclt-18`", "`vclt-18-a`"),
    "missing folder": (words("check", "--rules", "no-such-folder"), "`no-such-folder` does not exist", "name a folder"),
    "a file for a folder": (rules_are_a_file, "is a file, not a folder", "name a folder"),
    "malformed YAML": (rules("- id: [x\n  title: y\n"), "own.yaml:2:8: this is not YAML", ""),
    "tabs in YAML": (rules("- id: x\n\ttitle: y\n"), "this is not YAML", "spaces, not tabs"),
    "no rules in YAML": (rules("just a text\n"), "holds no list of rules", "begins with `- id:`"),
    "duplicate key": (rules("- id: x\n  id: y\n"), "own.yaml:2:3: duplicate key `id`", ""),
    "one word slipped": (
        rules(RULE.format(id="x", condition="<state> is party to <treaty> since <date>", conclusion=GOOD_FAITH)),
        "own.yaml:5:7: unknown sentence",
        f"did you mean `{PARTY}`",
    ),
    "duplicate id": (
        rules(RULE.format(id="party", condition=PARTY, conclusion=GOOD_FAITH)),
        "duplicate id `party`",
        "",
    ),
    "missing citation": (
        rules(RULE.format(id="x", condition=PARTY, conclusion=GOOD_FAITH).replace("  cite: VCLT art. 26\n", "")),
        "`cite` is missing",
        "",
    ),
    "unsafe variable": (
        rules(RULE.format(id="x", condition=PARTY, conclusion=GOOD_FAITH.replace("<date>", "<day>"))),
        "unsafe variable `<day>`",
        "name `<day>` in a sentence under `if`",
    ),
    "wrong type": (
        rules(
            RULE.format(id="x", condition=PARTY, conclusion="<treaty> must perform <state> in good faith since <date>")
        ),
        "wrong type: `<treaty>` is a State here",
        "",
    ),
    "cyclic negation": (cyclic, "which is concluded from it again", ""),
    "YAML not UTF-8": (rules_not_utf8, "own.yaml:1:1: the file is not UTF-8 text", "save it with the encoding UTF-8"),
    "facts not UTF-8": (facts(not_utf8), "states.csv", "save it with the encoding UTF-8"),
    "a folder for a table": (facts(folder_for_file), "is a folder, not a file", ""),
    "missing table": (facts(lambda folder: (folder / "states.csv").unlink()), "there is no file", ""),
    "missing description": (
        facts(lambda folder: (folder / "datapackage.json").unlink()),
        "there is no file",
        "a folder of facts has a datapackage.json",
    ),
    "description is not JSON": (facts(replaced("datapackage.json", "{", "{{")), "this is not JSON", ""),
    "cell too many": (
        facts(replaced("membership.csv", "KHM,GMS", "KHM,GMS,GMS")),
        "membership.csv:2:1: 7 cells where the header has 6",
        "",
    ),
    "quote left open": (facts(replaced("membership.csv", "KHM,GMS,", 'KHM,GMS,"')), "this is not CSV", ""),
    "unknown State in a table": (
        facts(replaced("membership.csv", "KHM,GMS", "KHN,GMS")),
        "membership.csv:2:1: unknown State `KHN`",
        "did you mean",
    ),
    "wrong day in a table": (
        facts(replaced("chapter-2008/table-1.csv", "1978-04-14", "1978-04-41")),
        "is not a day of the calendar",
        "",
    ),
    "unknown column": (
        facts(replaced("membership.csv", "state,group", "stat,group")),
        "unknown column `stat`",
        "`state`",
    ),
    "no locator": (
        facts(replaced("complete-groups.csv", "section 5: all ten Member States; Table 3 names them", "")),
        "`locator` is empty",
        "say where the row was found",
    ),
    "State twice": (two_registries, "duplicate State `KHM`", ""),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_input_gets_one_clear_message_and_status_2(what: str, tmp_path: Path) -> None:
    made, message, hint = BROKEN[what]
    status, out, complaint = run(*made(tmp_path))
    assert status == 2, out + complaint
    assert message in complaint
    assert hint in complaint
    assert "Traceback" not in complaint
    assert out == ""


def test_all_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("- id: x\n  titel: y\n", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("- id: x\n  id: y\n", encoding="utf-8")
    status, _, complaint = run("check", "--rules", str(tmp_path))
    assert status == 2
    assert "one.yaml:2:3: unknown key `titel`" in complaint
    assert "two.yaml:2:3: duplicate key `id`" in complaint


def test_an_unknown_option_is_a_usage_error() -> None:
    status, _, complaint = run("applies", "KHM", "--onn", "2008-06-12")
    assert status == 2
    assert "--onn" in complaint


def test_the_schema_is_published_for_every_verb() -> None:
    status, out, _ = run("schema")
    assert status == 0
    asked = {"applies", "gaps", "force", "why", "why-not", "ask"}
    assert set(json.loads(out)) == asked | {"calendar", "claims", "conflicts", "corridor", "corridor --matrix"}
