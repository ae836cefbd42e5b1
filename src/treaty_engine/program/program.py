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
from treaty_engine.program.strata import cycles, dependencies, recursive, strata
from treaty_engine.progress import counted


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
    def recursive(self) -> frozenset[str]:
        """The predicates concluded in layers that lead back to themselves."""
        return frozenset(rule.head.predicate.sentence for layer in self.strata if recursive(layer) for rule in layer)

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

    @cached_property
    def needed_to_explain(self) -> frozenset[str]:
        """What explanations look up besides the question: coverage, who could tell, and what is shown beside."""
        vocabulary = self.vocabulary
        atoms = (*vocabulary.closed_by.values(), *vocabulary.settled_by.values(), *vocabulary.more_where.values())
        beside = (predicate.sentence for shown in vocabulary.beside.values() for predicate in shown)
        contradicting = (sentence for pair in vocabulary.contradicts for sentence in pair)
        return frozenset((*(atom.predicate.sentence for atom in atoms), *beside, *contradicting))

    def about(self, predicates: Iterable[str]) -> Program:
        """The part of the program that these predicates rest on: all that must be evaluated to know them."""
        asked = frozenset(predicates)
        if asked not in self._parts:
            wanted, waiting = set[str](), list(asked)
            while waiting:
                at = waiting.pop()
                if at not in wanted:
                    wanted.add(at)
                    waiting += self._asked_for.get(at, ())
            rules = tuple(rule for rule in self.rules if rule.head.predicate.sentence in wanted)
            self._parts[asked] = Program(self.vocabulary, rules)
        return self._parts[asked]

    @cached_property
    def _parts(self) -> dict[frozenset[str], Program]:
        """The parts that were asked for: many questions ask for one."""
        return {}

    @cached_property
    def _asked_for(self) -> dict[str, set[str]]:
        """What the rules that conclude a predicate ask about."""
        found: dict[str, set[str]] = {}
        for rule in self.rules:
            found.setdefault(rule.head.predicate.sentence, set()).update(asked for asked, _ in dependencies(rule))
        return found


def program(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Program:
    """A checked and stratified program. Raises Refused with all that is wrong with the rules."""
    required = counted(checks.REQUIRED, "Checking rules")
    problems: list[Problem] = [problem for check in required for problem in check(vocabulary, rules)]
    overridden, wrong = with_overrides(vocabulary, rules)
    problems += wrong
    in_order = []
    for rule in counted(overridden, "Putting conditions in order"):
        arranged, unsafe = ordered(rule)
        in_order.append(arranged)
        problems += unsafe
    problems += cycles(overridden)
    if problems:
        raise Refused(problems)
    return Program(vocabulary, tuple(in_order))
