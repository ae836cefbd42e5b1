"""A program: rules that were checked, put in order and stratified. One that exists is valid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from treaty_engine.errors import Problem, Refused
from treaty_engine.language.rules import Rule
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.program import checks
from treaty_engine.program.order import ordered
from treaty_engine.program.overriding import with_overrides
from treaty_engine.program.strata import cycles, dependencies, strata


@dataclass(frozen=True, eq=False)
class Program:
    """Checked rules in strata, with the vocabulary they are written in."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...]

    @cached_property
    def strata(self) -> tuple[tuple[Rule, ...], ...]:
        """The rules in layers, each after what it must wait for."""
        return strata(self.rules)

    @cached_property
    def by_head(self) -> dict[str, tuple[Rule, ...]]:
        """The rules that conclude each predicate, in the order of the rule base."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules:
            head = rule.head.predicate.sentence
            found[head] = (*found.get(head, ()), rule)
        return found

    def concluding(self, predicate: str) -> tuple[Rule, ...]:
        """The rules that can conclude a predicate."""
        return self.by_head.get(predicate, ())

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with that id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def needed_to_explain(self) -> set[str]:
        """What explanations look up besides the question: coverage, who could tell, and what is shown beside."""
        vocabulary = self.vocabulary
        atoms = (*vocabulary.closed_by.values(), *vocabulary.settled_by.values(), *vocabulary.more_where.values())
        beside = (predicate.sentence for shown in vocabulary.beside.values() for predicate in shown)
        contradicting = (sentence for pair in vocabulary.contradicts for sentence in pair)
        return {*(atom.predicate.sentence for atom in atoms), *beside, *contradicting}

    def about(self, predicates: Iterable[str]) -> Program:
        """The part of the program that these predicates rest on: all that must be evaluated to know them."""
        wanted, waiting = set[str](), list(predicates)
        while waiting:
            at = waiting.pop()
            if at not in wanted:
                wanted.add(at)
                waiting += [asked for rule in self.concluding(at) for asked, _ in dependencies(rule)]
        return Program(self.vocabulary, tuple(r for r in self.rules if r.head.predicate.sentence in wanted))


def program(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Program:
    """A checked and stratified program. Raises Refused with all that is wrong with the rules."""
    problems: list[Problem] = [problem for check in checks.REQUIRED for problem in check(vocabulary, rules)]
    overridden, wrong = with_overrides(vocabulary, rules)
    problems += wrong
    in_order = []
    for rule in overridden:
        arranged, unsafe = ordered(rule)
        in_order.append(arranged)
        problems += unsafe
    problems += cycles(overridden)
    if problems:
        raise Refused(problems)
    return Program(vocabulary, tuple(in_order))
