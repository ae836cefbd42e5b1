"""The examples beside the rules, run: a small world each, and the answer that the rule's author expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from treaty_engine.dates import day
from treaty_engine.engines.naive import evaluate
from treaty_engine.errors import Problem, Refused
from treaty_engine.explain.status import status
from treaty_engine.language.rules import Example, Rule
from treaty_engine.language.statements import fact, statement
from treaty_engine.language.terms import Atom, Fact, Variable
from treaty_engine.model import Model
from treaty_engine.program.program import Program
from treaty_engine.program.world import asked_facts, happened
from treaty_engine.progress import counted

Evaluate = Callable[[Program, Iterable[Fact]], Model]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an example came to."""

    rule: Rule
    example: Example
    got: str

    @property
    def passed(self) -> bool:
        """Whether it came to what the author expects."""
        return self.got == self.example.expect


def outcomes(program: Program, rules: Iterable[Rule], engine: Evaluate = evaluate) -> Iterator[Outcome]:
    """Every example of the rules, run on the whole program. Raises Refused at one that cannot be read."""
    every = [(rule, example) for rule in rules for example in rule.examples]
    for rule, example in counted(every, "Running examples"):
        yield Outcome(rule, example, _answer(program, rule, example, engine))


def _answer(program: Program, rule: Rule, example: Example, engine: Evaluate) -> str:
    vocabulary = program.vocabulary
    try:
        as_of = day(example.as_of) if example.as_of else date.max
        horizon = day(example.until) if example.until else as_of
    except ValueError as wrong:
        raise Refused(Problem(str(wrong), example.span)) from None
    facts = [fact(vocabulary, text, span, examples=True) for text, span in example.given]
    known = [each for each in facts if happened(vocabulary.predicates[each.predicate], each.values, as_of)]
    goal = statement(vocabulary, example.asks, example.span, examples=True) if example.asks else _anything(rule.head)
    needed = program.about([goal.predicate.sentence, *program.needed_to_explain])
    return status(needed, engine(needed, [*known, *asked_facts(vocabulary, as_of, horizon)]), goal).status


def _anything(head: Atom) -> Atom:
    """The question whether the rule concludes anything."""
    return Atom(head.predicate, tuple(Variable(f"_{hole.name}") for hole in head.predicate.holes), head.span)
