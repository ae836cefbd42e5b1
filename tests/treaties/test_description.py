"""What a data package says of its tables is checked before any table is read: each slip is one clear error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from treaty_engine.errors import Refused
from treaty_engine.treaties.description import DESCRIPTION, described

TABLE: dict[str, Any] = {
    "name": "members",
    "path": "members.csv",
    "schema": {"fields": [{"name": "state"}, {"name": "group"}]},
    "sentences": [{"sentence": "<state> belongs to <group>", "if": "group"}],
}
LIST: dict[str, Any] = {**TABLE, "sentences": [], "registry": {"type": "State", "id": "state", "name": "state"}}


def told(folder: Path, whole: object) -> str:
    """What is said of a description; nothing where it is as it should be."""
    (folder / DESCRIPTION).write_text(json.dumps(whole), encoding="utf-8")
    try:
        described(folder, "package")
    except Refused as refused:
        return str(refused)
    return ""


def test_a_description_says_which_columns_a_table_has_and_what_its_rows_state(tmp_path: Path) -> None:
    assert told(tmp_path, {"resources": [TABLE, LIST]}) == ""
    members, states = described(tmp_path, "package")
    assert (members.columns, members.sentences[0]["if"], members.records) == (("state", "group"), "group", False)
    assert states.registry["type"] == "State"


@pytest.mark.parametrize("whole", [[], None, "facts", {}, {"resources": None}, {"resources": {}}])
def test_a_description_without_tables_is_refused(tmp_path: Path, whole: object) -> None:
    assert told(tmp_path, whole) == "package/datapackage.json:1:1: a data package lists its `resources`"


@pytest.mark.parametrize(
    "table", [None, [], "members", {}, {**TABLE, "path": 5}, {**TABLE, "schema": []}, {**TABLE, "schema": {"fields": 5}}]
)
def test_a_table_without_name_path_and_fields_is_refused(tmp_path: Path, table: object) -> None:
    assert "a resource has a `name`, a `path` and a `schema` with `fields`" in told(tmp_path, {"resources": [table]})


SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "a field that is no mapping": ({**TABLE, "schema": {"fields": ["state"]}}, "a field has a `name`, which is a text"),
    "a field named by a number": ({**TABLE, "schema": {"fields": [{"name": 5}]}}, "a field has a `name`, which is a text"),
    "a column twice": ({**TABLE, "schema": {"fields": [{"name": "group"}] * 2}}, "the column `group` is there twice"),
    "a path out of the folder": ({**TABLE, "path": "../members.csv"}, "the path `../members.csv` leads out of the folder"),
    "a path from the root": ({**TABLE, "path": "/members.csv"}, "the path `/members.csv` leads out of the folder"),
    "a path that is none": ({**TABLE, "path": "a\0.csv"}, "leads out of the folder"),
    "sentences that are no list": ({**TABLE, "sentences": {"sentence": "x"}}, "`sentences` is a list"),
    "a sentence by itself": ({**TABLE, "sentences": ["x"]}, "`sentences` holds keys and texts: sentence, if, printed"),
    "a sentence that is a number": ({**TABLE, "sentences": [{"sentence": 5}]}, "`sentences` holds keys and texts"),
    "a sentence left out": ({**TABLE, "sentences": [{"if": "group"}]}, "one of the `sentences` has no `sentence`"),
    "a key mistyped": (
        {**TABLE, "sentences": [{"sentence": "x", "prnted": "group"}]},
        "unknown key `prnted` in `sentences`\n  note: in the resource `members`\n  help: did you mean `printed`?",
    ),
    "a registry by itself": ({**LIST, "registry": "State"}, "`registry` holds keys and texts"),
    "a registry of many types": ({**LIST, "registry": {"type": ["State"], "id": "state"}}, "`registry` holds keys and texts"),
    "a registry without a type": ({**LIST, "registry": {"id": "state"}}, "a registry names its `type`"),
    "a registry without identifiers": ({**LIST, "registry": {"type": "State"}}, "a registry names its `id`"),
    "a registry of another column": (
        {**LIST, "registry": {"type": "State", "id": "sttae"}},
        "`sttae` is no column\n  note: in the resource `members`\n  help: did you mean `state`?",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_description_is_one_clear_error(tmp_path: Path, slip: str) -> None:
    table, complaint = SLIPS[slip]
    assert complaint in told(tmp_path, {"resources": [table]})


def test_all_slips_of_all_tables_are_told_at_once(tmp_path: Path) -> None:
    said = told(tmp_path, {"resources": [table for table, _ in SLIPS.values()]})
    assert all(complaint.partition("\n")[0] in said for _, complaint in SLIPS.values())
