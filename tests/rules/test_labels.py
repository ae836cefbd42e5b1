"""Labels: each is asked for by the program, and stands in the reference."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from treaty_engine.treaties.corpus import Corpus

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "treaty_engine"


def texts() -> set[str]:
    """Every text that the program's code has."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str)}


def labels(corpus: Corpus) -> set[str]:
    """Every label of a packaged sentence."""
    return {predicate.label for predicate in corpus.vocabulary.predicates.values() if predicate.label}


def test_every_label_is_asked_for_by_the_program(corpus: Corpus) -> None:
    asked = texts()
    assert {label for label in labels(corpus) if not {label, label.partition(",")[0]} & asked} == set()


def test_every_label_stands_in_the_reference(corpus: Corpus) -> None:
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8").partition("## Labels")[2].partition("\n## ")[0]
    listed = {label.removesuffix(", …") for label in re.findall(r"`([^`]*)`", page)}
    assert {label for label in labels(corpus) if not {label, label.partition(",")[0]} & listed} == set()
