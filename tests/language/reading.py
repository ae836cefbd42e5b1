"""Small texts read in tests: a vocabulary, rules, and what was refused about them."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from treaty_engine.errors import Problem, Refused
from treaty_engine.language.reader import rules_of
from treaty_engine.language.registry import Member, Registry
from treaty_engine.language.rules import Literal, Rule
from treaty_engine.language.strict_yaml import parse
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.vocabulary_reader import vocabulary_of

SMALL = """
    types:
      - type: State
        registry: yes
        examples: [Aland, Bland]
      - type: Treaty
        registry: yes
      - type: Source
        registry: yes
      - type: Act
        members: [signature, accession, formal confirmation]
    sentences:
      - sentence: <state> signed <treaty> on <date>
        kind: given
        when: date
        closed by: <source> covers <treaty> for <state>
        briefly: <state> signed <treaty>
      - sentence: <source> covers <treaty> for <state>
        kind: given
      - sentence: <act> by <state> under <treaty> took place on <date>
        kind: given
      - sentence: <treaty> needs <n:Number> instruments and then waits <delay:Duration>
        kind: given
      - sentence: <state> is bound by <treaty> since <date>
        kind: derived
        briefly: <state> is bound by <treaty>
      - sentence: <treaty> counts <n:Number> instruments
        kind: derived
    """


def names() -> list[Registry]:
    """A few States, treaties and sources, with the names they go by."""
    return [
        Registry("State", [Member("THA", "Thailand", ("Siam",)), Member("VNM", "Viet Nam"), Member("NO", "Norway")]),
        Registry("Treaty", [Member("CRMW", "CRMW"), Member("CIRCLE", "Treaty of the Circle", ("the Circle",))]),
        Registry("Source", [Member("list", "Status list")]),
    ]


def vocabulary_from(text: str = SMALL) -> Vocabulary:
    """The vocabulary that a text defines."""
    return vocabulary_of(parse(dedent(text), "vocabulary.yaml"), "vocabulary.yaml", names())


def rules_from(text: str, vocabulary: Vocabulary | None = None) -> list[Rule]:
    """The rules that a text says, in the small vocabulary."""
    return rules_of(parse(dedent(text), "rules.yaml"), "rules.yaml", vocabulary or vocabulary_from())


def rule_if(*conditions: str, then: str = "<state> is bound by <treaty> since <date>") -> str:
    """A rule with these conditions, written as YAML in flow style."""
    lines = "\n".join(f"    - {condition}" for condition in conditions)
    return f"- id: small\n  title: Small\n  cite: Nowhere\n  if:\n{lines}\n  then: {then}\n"


def condition_from(condition: str) -> Literal:
    """One condition of a rule, as it was read."""
    return rules_from(rule_if(condition))[0].body[0]


def problems(act: Callable[[], object]) -> tuple[Problem, ...]:
    """What is wrong, when the act is refused; fails when it is not."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.problems


def problem(act: Callable[[], object]) -> Problem:
    """The one thing that is wrong."""
    (found,) = problems(act)
    return found
