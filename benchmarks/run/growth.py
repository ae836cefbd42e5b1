"""How the cost of our engines grows with the number of rules, of strata and of rounds of a recursion, as JSON.

    python -m benchmarks.run.growth KIND ENGINE NUMBER

Each rule of kind `rules` stands alone; each of kind `strata` has the conclusion of the one before as its exception.
Of kind `rounds` there are two rules, which follow a chain of revisions from every treaty to its end.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module

from benchmarks.engines import ENGINES
from benchmarks.run.cell import on_one_core
from treaty_engine.language.reader import rules_of
from treaty_engine.language.strict_yaml import parse
from treaty_engine.language.terms import Fact
from treaty_engine.language.vocabulary_reader import vocabulary_of
from treaty_engine.program.program import Program, program

KINDS = ("rules", "strata", "rounds")
STATES, TREATIES = 20, 50
ENTERED, REVISES = "<state> entered <treaty>", "<treaty> revises <earlier>"
VOCABULARY = """
types:
  - type: State
    registry: yes
  - type: Treaty
    registry: yes
sentences:
  - sentence: <state> entered <treaty>
    kind: given
  - sentence: <treaty> revises <earlier:Treaty>
    kind: given
  - sentence: <treaty> takes the place of <earlier:Treaty>
    kind: derived
"""
CHAIN = """
- id: revision
  title: A treaty takes the place of the one that it revises
  cite: none
  if:
    - <treaty> revises <earlier>
  then: <treaty> takes the place of <earlier>
- id: revision-of-a-revision
  title: A treaty takes the place of what the one that it revises took the place of
  cite: none
  if:
    - <treaty> revises <between>
    - <between> takes the place of <earlier>
  then: <treaty> takes the place of <earlier>
"""


@dataclass(frozen=True)
class Grown:
    """What one engine takes to evaluate so many and to count what follows."""

    kind: str
    engine: str
    number: int
    concluded: int
    seconds: float


def measured(kind: str, engine: str, number: int) -> Grown:
    """One engine on one such program, measured in this process."""
    on_one_core()
    if engine == "relational":
        import_module("duckdb")  # as the other engines have what they need
    evaluate = import_module(f"treaty_engine.engines.{ENGINES[engine]}").evaluate
    rulebook = grown(kind, number)
    facts = _facts(kind, number)
    gc.collect()
    start = time.process_time()
    concluded = len(evaluate(rulebook, facts)) - len(facts)
    return Grown(kind, engine, number, concluded, time.process_time() - start)


def grown(kind: str, number: int) -> Program:
    """The program, of so many rules where it is rules that grow."""
    number = 0 if kind == "rounds" else number
    sentences = "".join(f"  - sentence: {_sentence(place)}\n    kind: derived\n" for place in range(number))
    vocabulary = vocabulary_of(parse(VOCABULARY + sentences, "growth"), "growth")
    text = "".join(_rule(kind, place) for place in range(number)) or CHAIN
    return program(vocabulary, rules_of(parse(text, "growth"), "growth", vocabulary))


def _facts(kind: str, number: int) -> list[Fact]:
    """A thousand facts, or a chain so long."""
    if kind == "rounds":
        return [Fact(REVISES, (f"T{place + 1}", f"T{place}")) for place in range(number)]
    return [Fact(ENTERED, (f"S{state}", f"T{treaty}")) for state in range(STATES) for treaty in range(TREATIES)]


def _sentence(place: int) -> str:
    """A conclusion; two words tell it from every other, for one would be refused as a likely slip."""
    return f"<state> takes part in scheme-{place} of list-{place} under <treaty>"


def _rule(kind: str, place: int) -> str:
    opening = f"- id: rule-{place}\n  title: One of many\n  cite: none\n  if:\n    - {ENTERED}\n"
    exception = ""
    if kind == "strata" and place:
        exception = (
            f"  unless:\n    - id: unless-{place}\n      title: The one before\n      cite: none\n"
            f"      if:\n        - {_sentence(place - 1)}\n"
        )
    return f"{opening}{exception}  then: {_sentence(place)}\n"


if __name__ == "__main__":
    print(json.dumps(asdict(measured(sys.argv[1], sys.argv[2], int(sys.argv[3])))))
