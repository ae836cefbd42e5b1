"""Reads folders of rules and facts into a corpus: every problem of every file at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from treaty_engine.errors import Problem, Refused, gathered_in
from treaty_engine.language.reader import read_rules
from treaty_engine.language.registry import Types
from treaty_engine.language.strict_yaml import files
from treaty_engine.language.vocabulary_reader import read_vocabularies
from treaty_engine.program.program import program
from treaty_engine.progress import counted
from treaty_engine.treaties.corpus import Corpus, shown
from treaty_engine.treaties.package import given, registries, resources

VOCABULARY = "vocabulary.yaml"
T = TypeVar("T")


def load(rule_folders: Sequence[Path], fact_folders: Sequence[Path]) -> Corpus:
    """The corpus of these folders, their vocabularies taken together. Raises Refused."""
    paths = [each for folder in rule_folders for each in files(folder, VOCABULARY) if each.name == VOCABULARY]
    if not paths:
        folders = ", ".join(f"`{shown(folder)}`" for folder in rule_folders)
        raise Refused(Problem(f"there is no {VOCABULARY} in {folders}", hint="name a folder of rules"))
    problems: list[Problem] = []
    tables = _gathered([partial(resources, f, shown(f)) for f in fact_folders], "Reading tables", problems)
    plain = read_vocabularies([(path, shown(path)) for path in paths])
    vocabulary = replace(plain, types=Types(plain.types.types.values(), registries(tables, plain.types.types)))
    rule_files = [each for f in rule_folders for each in files(f, ".yaml") if each.name != VOCABULARY]
    rules = _gathered([partial(read_rules, f, shown(f), vocabulary) for f in rule_files], "Reading rules", problems)
    facts = _gathered([partial(given, tables, vocabulary)], "Reading facts", problems)
    if problems:
        raise Refused(problems)
    return Corpus(program(vocabulary, rules), tuple(facts), tuple(rules))


def _gathered(readings: Sequence[Callable[[], list[T]]], doing: str, problems: list[Problem]) -> list[T]:
    """What all readings give together; the problems of those that are refused are added to `problems`."""
    found: list[T] = []
    for reading in counted(readings, doing):
        with gathered_in(problems):
            found += reading()
    return found
