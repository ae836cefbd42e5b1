"""An independent checker of proofs: it shares no code with the join, and tries every fact of a predicate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from treaty_engine.explain.proof import Absent, Figure, Premise, Proof, Throughout
from treaty_engine.language.rules import Aggregate, Computation, Every, Literal, Rule, given_values
from treaty_engine.language.terms import Atom, Fact, Term, Variable, resolved

Known = Mapping[str, Any]


class Checker:
    """Knows the rules, the given facts and every fact of the model that proofs are about."""

    def __init__(self, rules: Sequence[Rule], given: Collection[Fact], facts: Collection[Fact]) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.given, self.facts = frozenset(given), frozenset(facts)
        self.all: dict[str, list[tuple[Any, ...]]] = {}
        for fact in facts:
            self.all.setdefault(fact.predicate, []).append(fact.values)
        self._sound: dict[int, Proof] = {}

    def faults(self, proof: Proof) -> list[str]:
        """What is wrong with a proof; nothing when it is sound."""
        found = [] if id(proof) in self._sound else list(self._proof(proof))
        if not found:
            self._sound[id(proof)] = proof
        return found

    def _proof(self, proof: Proof) -> Iterator[str]:
        known, rule = proof.values or {}, proof.rule
        if rule is None:
            yield from [] if proof.fact in self.given else [f"{proof.fact} is no given fact"]
        elif self.rules.get(rule.id) is not rule or not _says(rule.head, proof.fact, known):
            yield f"no rule {rule.id} concludes {proof.fact}"
        else:
            yield from (f"rule {rule.id}: {fault}" for fault in self._body(rule.body, proof.premises, known, {}))
            defeats = (each for each in rule.exceptions if self._is_true(each.body, known))
            yield from (f"rule {rule.id} is defeated by {each.id}" for each in defeats)

    def _body(self, body: Sequence[Literal], premises: Sequence[Premise], known: Known, outer: Known) -> Iterator[str]:
        """What is wrong with the premises of a body; `known` adds to `outer` only what the body gives values to."""
        if not outer.items() <= known.items() or not known.keys() <= {*outer, *given_values(body)}:
            yield "values for something else"
        elif len(body) != len(premises):
            yield f"{len(premises)} premises for {len(body)} conditions"
        else:
            for place, (literal, premise) in enumerate(zip(body, premises, strict=True), 1):
                yield from (f"condition {place}: {fault}" for fault in self._premise(literal, premise, known))

    def _premise(self, literal: Literal, premise: Premise, known: Known) -> Iterator[str]:
        if isinstance(premise, Proof):
            asked = isinstance(literal, Atom) and _says(literal, premise.fact, known)
            yield from self.faults(premise) if asked else [f"{premise.fact} is not what it asks"]
        elif premise.literal != literal or premise.values != known:
            yield "the premise is about something else"
        elif not self._is_true([literal], known):
            yield "it is not so"
        elif isinstance(premise, Absent):
            yield from self._absent(premise)
        elif isinstance(premise, Figure):
            yield from self._figure(premise)
        elif isinstance(premise, Throughout):
            yield from self._throughout(premise)

    def _absent(self, premise: Absent) -> Iterator[str]:
        coverage = premise.literal.coverage
        for fact in (premise.coverage.fact, *premise.more_coverage):
            covers = fact in self.facts and fact.predicate == coverage.predicate.sentence
            if not covers or not _with(coverage.terms, fact.values, premise.values):
                yield f"{fact} does not cover it"
        yield from self.faults(premise.coverage)

    def _figure(self, premise: Figure) -> Iterator[str]:
        literal, known = premise.literal, premise.values
        members = _members(literal, self._all_ways(literal.of, known))
        reached = {"number": resolved(literal.number, known), "earliest": 1}.get(literal.kind, len(members))
        if [(each.group, each.value) for each in premise.members] != members or premise.reached != reached:
            yield "these are not the members of the figure, in their order"
        for each in premise.members:
            if (each.group, each.value) != _member(literal, each.values):
                yield f"{each.group} brings something else"
            yield from self._body(literal.of, each.premises, each.values, known)

    def _throughout(self, premise: Throughout) -> Iterator[str]:
        literal, known = premise.literal, premise.values
        cases = {tuple(case[name] for name in literal.per) for case in self._all_ways(literal.of, known)}
        if sorted(tuple(each.values[name] for name in literal.per) for each in premise.cases) != sorted(cases):
            yield "these are not all the cases"
        for each in premise.cases:
            yield from self._body((*literal.of, *literal.also), (*each.of, *each.also), each.values, known)

    def _is_true(self, body: Sequence[Literal], known: Known) -> bool:
        return next(self._all_ways(body, known), None) is not None

    def _all_ways(self, body: Sequence[Literal], known: Known) -> Iterator[Known]:
        """Every way to make a body true, found by trying each fact."""
        if not body:
            yield known
        for found in self._ways(body[0], known) if body else ():
            yield from self._all_ways(body[1:], found)

    def _ways(self, literal: Literal, known: Known) -> Iterable[Known]:
        if isinstance(literal, Atom):
            relation = self.all.get(literal.predicate.sentence, ())
            return (found for values in relation for found in _with(literal.terms, values, known))
        if isinstance(literal, Computation):
            first, *rest = (resolved(term, known) for term in literal.terms)
            results = literal.function.results(rest) if isinstance(first, Variable) else (first,)
            true = (each for each in results if literal.function.holds((each, *rest)))
            return (found for each in true for found in _with(literal.terms, (each, *rest), known))
        if isinstance(literal, Aggregate):
            figure = _figure(literal, _members(literal, self._all_ways(literal.of, known)), known)
            return _with([literal.result], [figure], known) if figure is not None else ()
        if isinstance(literal, Every):
            cases = list(self._all_ways(literal.of, known))
            return [known] if cases and all(self._is_true(literal.also, case) for case in cases) else []
        true = self._is_true([literal.coverage], known) and not self._is_true([literal.atom], known)
        return [known] if true else []


def _members(literal: Aggregate, cases: Iterator[Known]) -> list[tuple[tuple[Any, ...], Any]]:
    """Each group with the value that it brings, or each value of a sum, in the order in which they count."""
    found, first = {_member(literal, case) for case in cases}, max if literal.kind == "latest" else min
    if literal.kind != "sum":
        found = {(group, first(value for other, value in found if other == group)) for group, _ in found}
    return sorted(found, key=lambda member: (member[1], [str(each) for each in member[0]]))


def _member(literal: Aggregate, case: Known) -> tuple[tuple[Any, ...], Any]:
    return tuple(case[name] for name in literal.per), case.get(literal.value, 0)


def _figure(literal: Aggregate, members: Sequence[tuple[Any, Any]], known: Known) -> Any:
    values = [value for _, value in members]
    if literal.kind in ("count", "sum"):
        return len(values) if literal.kind == "count" else sum(values)
    nth = {"number": resolved(literal.number, known), "latest": len(values)}.get(literal.kind, 1)
    return dict(enumerate(values, 1)).get(nth)


def _says(atom: Atom, fact: Fact, known: Known) -> bool:
    return atom.predicate.sentence == fact.predicate and _with(atom.terms, fact.values, known) == [known]


def _with(terms: Sequence[Term], values: Sequence[Any], known: Known) -> list[Known]:
    """What is known when the terms have these values; nothing when they cannot."""
    found = dict(known)
    for term, value in zip(terms, values, strict=True):
        if (found.setdefault(term.name, value) if isinstance(term, Variable) else term) != value:
            return []
    return [found]
