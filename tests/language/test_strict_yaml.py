"""YAML as the rule language reads it: texts only, and every node knows its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.language.reading import problem, problems
from treaty_engine.errors import Refused
from treaty_engine.language.strict_yaml import Entries, Items, Node, Text, files, parse, text_of
from treaty_engine.source import Span


def text(node: Node | None) -> str:
    assert isinstance(node, Text)
    return node.text


def listed(source: str) -> list[str]:
    node = parse(source, "x.yaml")
    assert isinstance(node, Items)
    return [text(item) for item in node.items]


@pytest.mark.parametrize(
    "word",
    ["NO", "no", "on", "off", "yes", "true", "null", "~", "010", "1_000", "1e3", "0x1F", "12:30:45", "2004-09-27"],
)
def test_a_word_stays_the_text_that_was_written(word: str) -> None:
    assert listed(f"- {word}") == [word]


def test_keys_stay_text_too() -> None:
    node = parse("on: 1\nNO: 2", "x.yaml")
    assert isinstance(node, Entries)
    assert list(node.entries) == ["on", "NO"]


def test_an_empty_file_is_nothing_and_an_empty_value_an_empty_text() -> None:
    assert parse("", "x.yaml") is None
    assert parse("# only a remark\n", "x.yaml") is None
    node = parse("cite:", "x.yaml")
    assert isinstance(node, Entries)
    assert text(node.entries["cite"]) == ""


def test_lines_that_are_folded_become_one_and_a_block_keeps_its_lines() -> None:
    assert listed("- one\n  two\n- 'three\n  four'\n- |\n  five\n  six\n") == ["one two", "three four", "five\nsix"]


def test_every_node_knows_its_line_and_column() -> None:
    source = 'id: first\nif:\n  - <state> signed\n  - \'"quoted" word\'\n  - {count: <n>}\n'
    node = parse(source, "r.yaml")
    assert isinstance(node, Entries)
    body = node.entries["if"]
    assert isinstance(body, Items)
    plain, quoted, mapping = body.items
    assert node.keys == {"id": Span("r.yaml", 1, 1), "if": Span("r.yaml", 2, 1)}
    assert node.entries["id"].span == Span("r.yaml", 1, 5)
    assert plain.span == Span("r.yaml", 3, 5)
    assert quoted.span == Span("r.yaml", 4, 6), "the text begins inside the quotes"
    assert isinstance(plain, Text)
    assert plain.at(8) == Span("r.yaml", 3, 13)
    assert isinstance(mapping, Entries)
    assert mapping.keys["count"] == Span("r.yaml", 5, 6)


def test_a_key_given_twice_is_refused_and_says_where_it_was_first() -> None:
    found = problem(lambda: parse("id: one\ntitle: x\nid: two\n", "r.yaml"))
    assert (found.message, str(found.span)) == ("duplicate key `id`", "r.yaml:3:1")
    assert found.note == "first given at r.yaml:1:1"


def test_every_duplicate_key_of_a_file_is_reported_at_once() -> None:
    found = problems(lambda: parse("a: 1\na: 2\nb: {c: 1, c: 2}\n", "r.yaml"))
    assert [str(each.span) for each in found] == ["r.yaml:2:1", "r.yaml:3:11"]


def test_a_key_is_a_word() -> None:
    assert problem(lambda: parse("[a, b]: c", "r.yaml")).message == "a key must be a plain word"


def test_a_tab_is_refused_with_the_advice_to_use_spaces() -> None:
    found = problem(lambda: parse("if:\n\t- x\n", "r.yaml"))
    assert found.hint == "indent with spaces, not tabs"
    assert found.span == Span("r.yaml", 2, 1)


def test_the_advice_on_tabs_is_given_for_tabs_only() -> None:
    found = problem(lambda: parse("table: [established\n", "tables.yaml"))
    assert "tabs" not in found.hint


@pytest.mark.parametrize(
    "source", ['- "signature" by <state>', "cite: VCLT: article 18", "a: b\n c: d", "- [a", "{a: b", "a\n---\nb"]
)
def test_what_is_not_yaml_is_refused_where_it_goes_wrong(source: str) -> None:
    found = problem(lambda: parse(source, "r.yaml"))
    assert found.message.startswith("this is not YAML: ")
    assert found.span is not None
    assert found.span.path == "r.yaml"
    assert "single quotes" in found.hint


@pytest.mark.parametrize(
    ("source", "place", "what"),
    [
        ("- &a one\n- two", "r.yaml:1:3", "anchor"),
        ("- &a one\n- *a", "r.yaml:2:3", "alias"),
        ("- one\n- !!int 3", "r.yaml:2:3", "tag"),
        ("- !mine {a: b}", "r.yaml:1:3", "tag"),
        ("- !!python/object:os.system x", "r.yaml:1:3", "tag"),
    ],
)
def test_anchors_aliases_and_tags_are_refused(source: str, place: str, what: str) -> None:
    found = {str(each.span): each.message for each in problems(lambda: parse(source, "r.yaml"))}
    assert what in found[place]


def test_aliases_that_would_multiply_without_end_are_refused_before_they_do() -> None:
    lines = ["a0: &a0 x"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 15)]
    assert len(problems(lambda: parse("\n".join(lines), "r.yaml"))) == 1 + 14 * 11


def test_nesting_without_end_is_refused() -> None:
    found = problem(lambda: parse("[" * 50 + "]" * 50, "r.yaml"))
    assert found.message == "lists and mappings are nested too deeply"
    assert problems(lambda: parse("[" * 100_000, "r.yaml"))


def test_a_file_that_cannot_be_read_is_refused_in_plain_words(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"id: one\ntitle: Vi\xeat Nam\n")
    found = problem(lambda: text_of(latin, "latin.yaml"))
    assert (found.message, found.span) == ("the file is not UTF-8 text", Span("latin.yaml", 2))
    assert problem(lambda: text_of(tmp_path, "here")).message == "`here` is a folder, not a file"
    assert problem(lambda: text_of(tmp_path / "no.yaml", "no.yaml")).message == "there is no file `no.yaml`"


def test_files_come_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", "c.txt"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in files(tmp_path, ".yaml")] == ["a.yaml", "b.yaml"]
    assert list(files(tmp_path / "c.txt", ".yaml")) == [tmp_path / "c.txt"]


def _texts(node: Node | None) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif node is not None:
        for inner in node.items if isinstance(node, Items) else node.entries.values():
            yield from _texts(inner)


@given(st.text(max_size=60))
@example("\x00")
@example("? a\n: *b")
@example("%YAML 9.9\n---\na")
def test_any_text_at_all_is_read_or_refused(source: str) -> None:
    try:
        node = parse(source, "x.yaml")
    except Refused:
        node = None
    assert all(each.span.line >= 1 and each.span.column >= 1 for each in _texts(node))
