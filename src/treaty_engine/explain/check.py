"""An independent checker of proofs: it shares no code with the join, and tries every fact that could do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from treaty_engine.explain.proof import Absent, Figure, Premise, Proof, Throughout
from treaty_engine.language.rules import Aggregate, Computation, Every, Literal, Rule, given_values
from treaty_engine.language.terms import Atom, Fact, Term, Variable
from treaty_engine.language.terms import Substitution as Known


class Checker:
    """Knows the rules, the given facts and every fact of the model that proofs are about."""

    def __init__(self, rules: Sequence[Rule], given: Collection[Fact], facts: Collection[Fact]) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.given, self.facts = frozenset(given), frozenset(facts)
        self.all: dict[Any, list[tuple[Any, ...]]] = {}
        for said, values in self.facts:
            for key in (said, *((said, place, value) for place, value in enumerate(values))):
                self.all.setdefault(key, []).append(values)
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
        """What is wrong with the premises of a body; `known` is `outer` and what the body gives values to."""
        if not outer.items() <= known.items() or known.keys() != {*outer, *given_values(body)}:
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
        for fact in (premise.coverage.fact, *premise.more_coverage):
            if fact not in self.facts or not _says(premise.literal.coverage, fact, premise.values):
                yield f"{fact} does not cover it"
        yield from self.faults(premise.coverage)

    def _figure(self, premise: Figure) -> Iterator[str]:
        literal, known = premise.literal, premise.values
        members = _members(literal, self._all_ways(literal.of, known))
        reached = {"number": _value(literal.number, known), "earliest": 1}.get(literal.kind, len(members))
        told = [((each.group, each.value), _member(literal, each.values)) for each in premise.members]
        if told != [(each, each) for each in members] or premise.reached != reached:
            yield "these are not the members of the figure, in their order"
        for each in premise.members:
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
        if not body:
            yield known
        for found in self._ways(body[0], known) if body else ():
            yield from self._all_ways(body[1:], found)

    def _shelves(self, atom: Atom, known: Known) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The facts of the predicate; and those of them with a known value in its place, for each such place."""
        yield self.all.get(said := atom.predicate.sentence, ())
        values = ((place, _value(term, known)) for place, term in enumerate(atom.terms))
        yield from (self.all.get((said, place, value), ()) for place, value in values if value is not None)

    def _ways(self, literal: Literal, known: Known) -> Iterable[Known]:
        if isinstance(literal, Atom):
            relation = min(self._shelves(literal, known), key=len)
            return (found for values in relation for found in _unified(literal.terms, values, known))
        if isinstance(literal, Computation):
            first, *rest = (_value(term, known) for term in literal.terms)
            if None in (rest if literal.function.computes else (first, *rest)):
                return ()
            true = literal.function.results(rest) if first is None else [first] * literal.function.holds((first, *rest))
            return (found for one in true for found in _unified(literal.terms[:1], [one], known))
        if isinstance(literal, Aggregate):
            figure = _figure(literal, _members(literal, self._all_ways(literal.of, known)), known)
            return _unified([literal.result], [figure], known) if figure is not None else ()
        if isinstance(literal, Every):
            return [known] * ({self._is_true(literal.also, one) for one in self._all_ways(literal.of, known)} == {True})
        return [known] * (self._is_true([literal.coverage], known) and not self._is_true([literal.atom], known))


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
    nth = {"number": _value(literal.number, known), "latest": len(values)}.get(literal.kind, 1)
    return dict(enumerate(values, 1)).get(nth)


def _says(atom: Atom, fact: Fact, known: Known) -> bool:
    return atom.predicate.sentence == fact.predicate and bool(_unified(atom.terms, fact.values, known))


def _value(term: Term, known: Known) -> Any:
    return known.get(term.name) if isinstance(term, Variable) else term


def _unified(terms: Sequence[Term], values: Sequence[Any], known: Known) -> list[Known]:
    found = dict(known)
    for term, value in zip(terms, values, strict=True):
        if (found.setdefault(term.name, value) if isinstance(term, Variable) else term) != value:
            return []
    return [found]
