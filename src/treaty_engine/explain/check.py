"""An independent checker of proofs: it shares no code with the join, and tries every fact of a predicate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from treaty_engine.explain.proof import Absent, Computed, Figure, Premise, Proof, Throughout
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Fact, Term, Variable

Known = Mapping[str, Any]


class Checker:
    """Knows the rules, the given facts and every fact of the model that proofs are about."""

    def __init__(self, rules: Sequence[Rule], given: Collection[Fact], facts: Collection[Fact]) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.given = frozenset(given)
        self.all: dict[str, list[tuple[Any, ...]]] = {}
        for fact in facts:
            self.all.setdefault(fact.predicate, []).append(fact.values)
        self._accepted: dict[int, Proof] = {}

    def faults(self, proof: Proof) -> list[str]:
        """What is wrong with a proof; nothing when it is sound."""
        if id(proof) in self._accepted:
            return []
        if proof.rule is None:
            return [] if proof.fact in self.given else [f"{proof.fact} is no given fact"]
        known, rule = dict(proof.values or {}), self.rules.get(proof.rule.id)
        if rule is None or rule is not proof.rule:
            return [f"{proof.fact} cites a rule that is not in the program: {proof.rule.id}"]
        if _said(rule.head, known) != proof.fact:
            return [f"rule {rule.id} does not conclude {proof.fact}"]
        found = self._body(rule.body, known, proof.premises, rule.id)
        for defeat in rule.exceptions:
            if next(self._all_ways(defeat.body, known), None) is not None:
                found.append(f"rule {rule.id} is defeated by {defeat.id}")
        if not found:
            self._accepted[id(proof)] = proof
        return found

    def _body(self, body: Sequence[Literal], known: Known, premises: Sequence[Premise], where: str) -> list[str]:
        if len(body) != len(premises):
            return [f"{where}: {len(premises)} premises for {len(body)} conditions"]
        pairs = zip(body, premises, strict=True)
        return [fault for literal, premise in pairs for fault in self._premise(literal, known, premise, where)]

    def _premise(self, literal: Literal, known: Known, premise: Premise, where: str) -> list[str]:
        if isinstance(literal, Atom) and isinstance(premise, Proof):
            if _said(literal, known) != premise.fact:
                return [f"{where}: {premise.fact} is not what the condition asks"]
            return self.faults(premise)
        if isinstance(literal, Computation) and isinstance(premise, Computed):
            values = tuple(_value(term, known) for term in literal.terms)
            return (
                [] if None not in values and literal.function.holds(values) else [f"{where}: {literal.function} fails"]
            )
        if isinstance(literal, Absence) and isinstance(premise, Absent):
            covered = premise.coverage.fact.predicate == literal.coverage.predicate.sentence
            if not covered or not _agrees(literal.coverage, premise.coverage.fact.values, known):
                return [f"{where}: {premise.coverage.fact} does not cover the absence"]
            found = [f"{where}: there is a record that {literal.atom}"] if self._some(literal.atom, known) else []
            return found + self.faults(premise.coverage)
        if isinstance(literal, Every) and isinstance(premise, Throughout):
            return self._throughout(literal, known, premise, where)
        if isinstance(literal, Aggregate) and isinstance(premise, Figure):
            return self._figure(literal, known, premise, where)
        return [f"{where}: a premise of the wrong kind"]

    def _throughout(self, literal: Every, known: Known, premise: Throughout, where: str) -> list[str]:
        cases = list(self._all_ways(literal.of, known))
        if not cases or any(next(self._all_ways(literal.also, case), None) is None for case in cases):
            return [f"{where}: not every case satisfies what all must"]
        if _things(literal, cases) != _things(literal, [case.values for case in premise.cases]):
            return [f"{where}: the cases are not all, or too many"]
        found = [self._body(literal.of, case.values, case.of, where) for case in premise.cases]
        found += [self._body(literal.also, case.values, case.also, where) for case in premise.cases]
        return [fault for faults in found for fault in faults]

    def _figure(self, literal: Aggregate, known: Known, premise: Figure, where: str) -> list[str]:
        cases = list(self._all_ways(literal.of, known))
        if _things(literal, cases) != _things(literal, [member.values for member in premise.members]):
            return [f"{where}: the members of the figure are not all, or too many"]
        if _figure(literal, known, cases) != _value(literal.result, known):
            return [f"{where}: the figure is wrong"]
        found = (self._body(literal.of, member.values, member.premises, where) for member in premise.members)
        return [fault for faults in found for fault in faults]

    def _all_ways(self, body: Sequence[Literal], known: Known) -> Iterator[Known]:
        """Every way to make a body true, found by trying each fact."""
        if not body:
            yield known
            return
        literal, rest = body[0], body[1:]
        for found in self._ways(literal, known):
            yield from self._all_ways(rest, found)

    def _ways(self, literal: Literal, known: Known) -> Iterator[Known]:
        if isinstance(literal, Atom):
            for values in self.all.get(literal.predicate.sentence, ()):
                if _agrees(literal, values, known):
                    pairs = zip(literal.terms, values, strict=True)
                    yield {**known, **{term.name: value for term, value in pairs if isinstance(term, Variable)}}
        elif isinstance(literal, Computation):
            values = tuple(_value(term, known) for term in literal.terms)
            results = literal.function.results(values[1:]) if values[0] is None else values[:1]
            for result in results:
                if literal.function.holds((result, *values[1:])):
                    first = literal.terms[0]
                    yield {**known, first.name: result} if isinstance(first, Variable) else known
        elif isinstance(literal, Absence):
            if self._some(literal.coverage, known) and not self._some(literal.atom, known):
                yield known
        elif isinstance(literal, Every):
            cases = list(self._all_ways(literal.of, known))
            if cases and all(next(self._all_ways(literal.also, case), None) is not None for case in cases):
                yield known
        else:
            result, before = (
                _figure(literal, known, list(self._all_ways(literal.of, known))),
                _value(literal.result, known),
            )
            if result is not None and before in (None, result):
                yield {**known, literal.result.name: result} if isinstance(literal.result, Variable) else known

    def _some(self, atom: Atom, known: Known) -> bool:
        return any(_agrees(atom, values, known) for values in self.all.get(atom.predicate.sentence, ()))


def _things(literal: Aggregate | Every, cases: Sequence[Known]) -> set[tuple[Any, ...]]:
    return {tuple(case[name] for name in literal.per) for case in cases}


def _figure(literal: Aggregate, known: Known, cases: Sequence[Known]) -> Any:
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for case in cases:
        groups.setdefault(tuple(case[name] for name in literal.per), []).append(case.get(literal.value, 0))
    if literal.kind in ("count", "sum"):
        return len(groups) if literal.kind == "count" else sum(sum(set(group)) for group in groups.values())
    if literal.kind == "latest":
        return max((max(group) for group in groups.values()), default=None)
    nth = _value(literal.number, known) if literal.kind == "number" else 1
    return dict(enumerate(sorted(min(group) for group in groups.values()), 1)).get(nth)


def _value(term: Term, known: Known) -> Any:
    return known.get(term.name) if isinstance(term, Variable) else term


def _said(atom: Atom, known: Known) -> Fact:
    return Fact(atom.predicate.sentence, tuple(_value(term, known) for term in atom.terms))


def _agrees(atom: Atom, values: tuple[Any, ...], known: Known) -> bool:
    seen = dict(known)
    for term, value in zip(atom.terms, values, strict=True):
        if (seen.setdefault(term.name, value) if isinstance(term, Variable) else term) != value:
            return False
    return True
