"""The page on the law keeps its word: each of its sixty rules of law is stated by rules that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treaty_engine.treaties.corpus import Corpus

_ROW = re.compile(r"^\| (?P<law>[A-Z][A-Za-z0-9-]*) \| (?P<source>[^|]+) \| (?P<stated>[^|]+) \|$", re.MULTILINE)
_RULE = re.compile(r"`([a-z][a-z0-9-]*)`")


@pytest.fixture(scope="module")
def stated(root: Path) -> dict[str, tuple[str, list[str]]]:
    """For each rule of law its source, and the rules that the page names."""
    page = (root / "docs" / "law.md").read_text(encoding="utf-8").partition("## What is left aside")[0]
    return {row["law"]: (row["source"], _RULE.findall(row["stated"])) for row in _ROW.finditer(page)}


def test_sixty_rules_of_law_are_listed_each_with_a_source(stated: dict[str, tuple[str, list[str]]]) -> None:
    assert len(stated) == 60
    assert all(source.strip() for source, _ in stated.values())


def test_each_of_them_is_stated_by_a_rule(stated: dict[str, tuple[str, list[str]]]) -> None:
    assert [law for law, (_, rules) in stated.items() if not rules] == []


def test_every_rule_that_is_named_exists(stated: dict[str, tuple[str, list[str]]], corpus: Corpus) -> None:
    known = {rule.id for rule in corpus.authored}
    named = {(law, rule) for law, (_, rules) in stated.items() for rule in rules}
    assert sorted((law, rule) for law, rule in named if rule not in known) == []


def test_each_of_those_rules_has_an_authority_and_examples(
    stated: dict[str, tuple[str, list[str]]], corpus: Corpus
) -> None:
    named = {rule for _, rules in stated.values() for rule in rules}
    bare = [rule.id for rule in corpus.authored if rule.id in named and not (rule.cite and rule.examples)]
    assert bare == []
