"""Windows, ends and beginnings in a world of two States and two treaties, whose rules know no real one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import answer, run

VOCABULARY = """\
types:
  - {type: State, registry: yes}
  - {type: Treaty, registry: yes}
  - {type: Source, registry: yes}
  - {type: Group, registry: yes}
sentences:
  - {sentence: 'the question is asked as of <day:Date>', kind: asked, asked: as of}
  - {sentence: 'the question looks ahead until <day:Date>', kind: asked, asked: horizon}
  - {sentence: <treaty> begins for <state> on <date>, kind: given, label: entry into force for a State}
  - {sentence: <state> is released from <treaty> on <date>, kind: given, label: leaving}
  - {sentence: 'whoever is bound by <treaty> may leave it from <date> until <end:Date>', kind: given, label: denunciation window}
  - {sentence: <state> is one of <group>, kind: given, label: belongs}
"""
TABLES = {
    "sources": ("id", "registry", "Source", [["register"]]),
    "states": ("id", "registry", "State", [["Aland"], ["Bland"]]),
    "treaties": ("id", "registry", "Treaty", [["Charter"], ["Protocol"]]),
    "groups": ("id", "registry", "Group", [["League"]]),
    "begins": (
        "treaty,state,date",
        "sentence",
        "<treaty> begins for <state> on <date>",
        [["Charter", "Aland", "2000-01-01"], ["Protocol", "Bland", "2015-01-01"]],
    ),
    "ends": ("treaty,state,date", "sentence", "<state> is released from <treaty> on <date>", [["Charter", "Aland", "2021-06-01"]]),
    "windows": (
        "treaty,date,end",
        "sentence",
        "whoever is bound by <treaty> may leave it from <date> until <end>",
        [
            ["Charter", "2010-05-01", "2011-05-01"],
            ["Charter", "2020-05-01", "2021-05-01"],
            ["Charter", "2030-05-01", "2031-05-01"],
            ["Protocol", "2010-05-01", "2011-05-01"],
            ["Protocol", "2014-05-01", "2015-01-01"],
            ["Protocol", "2014-06-01", "2015-01-02"],
        ],
    ),
    "members": ("state,group", "sentence", "<state> is one of <group>", [["Aland", "League"], ["Bland", "League"]]),
}


@pytest.fixture
def world(tmp_path: Path) -> list[str]:
    """The options that make the small world the only one."""
    rules, facts = tmp_path / "rules", tmp_path / "facts"
    rules.mkdir()
    facts.mkdir()
    (rules / "vocabulary.yaml").write_text(VOCABULARY)
    resources = []
    for name, (columns, kind, says, rows) in TABLES.items():
        fields = [*columns.split(","), "source", "locator", "unverified"]
        lines = [fields, *([*row, "register", "page 1", ""] for row in rows)]
        (facts / f"{name}.csv").write_text("".join(",".join(line) + "\n" for line in lines))
        about = {"registry": {"type": says, "id": "id"}} if kind == "registry" else {"sentences": [{"sentence": says}]}
        resources.append({"name": name, "path": f"{name}.csv", "schema": {"fields": [{"name": f} for f in fields]}, **about})
    (facts / "datapackage.json").write_text(json.dumps({"name": "small", "resources": resources}))
    return ["--rules", str(rules), "--facts", str(facts), "--only-these"]


def days(world: list[str], *words: str) -> list[tuple[str, str, str, str | None]]:
    """Day, kind, State and last day of each entry."""
    found = answer("calendar", *words, *world)["entries"]
    return [(each["day"], each["kind"], each["state"], each["last"]) for each in found]


def test_a_window_is_listed_for_those_whom_the_treaty_binds_in_it(world: list[str]) -> None:
    found = days(world, "Aland", "--on", "2020-01-01", "--from", "2005-01-01", "--to", "2040-01-01")
    assert found == [
        ("2010-05-01", "denunciation window", "Aland", "2011-04-30"),
        ("2020-05-01", "denunciation window", "Aland", "2021-04-30"),
        ("2021-06-01", "end of being bound", "Aland", None),
    ], "who has left has no more windows"


def test_a_window_that_closes_before_the_treaty_binds_a_state_is_none_of_its_own(world: list[str]) -> None:
    found = days(world, "Bland", "--on", "2020-01-01", "--from", "2000-01-01", "--to", "2020-01-01")
    assert found == [
        ("2014-06-01", "denunciation window", "Bland", "2015-01-01"),
        ("2015-01-01", "entry into force", "Bland", None),
    ]


def test_a_window_that_is_open_on_the_first_day_is_listed_and_one_that_has_closed_is_not(world: list[str]) -> None:
    assert days(world, "Aland", "--on", "2021-04-30", "--to", "2021-05-01") == [
        ("2020-05-01", "denunciation window", "Aland", "2021-04-30")
    ]
    assert days(world, "Aland", "--on", "2021-05-01", "--to", "2021-05-01") == []


def test_what_a_group_has_on_one_day_stands_in_the_order_of_states_and_kinds(world: list[str]) -> None:
    found = days(world, "--group", "League", "--from", "2000-01-01", "--to", "2022-01-01", "--on", "2022-01-01")
    assert found == sorted(found, key=lambda each: each[:1] + each[2:3])
    assert {state for *_, state, _ in found} == {"Aland", "Bland"}


def test_events_of_a_window_last_until_its_last_day(world: list[str], tmp_path: Path) -> None:
    path = tmp_path / "aland.ics"
    assert run("calendar", "Aland", "--on", "2020-01-01", "--to", "2020-12-31", "--ics", str(path), *world)[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20200501" in text
    assert "DTEND;VALUE=DATE:20210501" in text
