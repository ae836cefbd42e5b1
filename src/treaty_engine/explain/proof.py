"""Proofs: trees of derivations, by descending rank, down to given facts, absences, figures and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice
from typing import Any, overload

from treaty_engine.engines.naive import aggregated, holds, solve
from treaty_engine.explain.memory import Memory, Once
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Fact, Substitution, Value, resolved
from treaty_engine.model import Model
from treaty_engine.program.program import Program

_COMPARED = 200
"""How many derivations of one fact are compared to find a short one."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a fact holds: it is given (no rule), or one rule concludes it from the premises, in body order."""

    fact: Fact
    rule: Rule | None = None
    values: Substitution | None = None
    premises: tuple[Premise, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """No fact of that pattern, where the coverage says that there would be one."""

    literal: Absence
    values: Substitution
    coverage: Proof
    more_coverage: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """A comparison that is true, or a value as it was computed."""

    literal: Computation
    values: Substitution


class Later(Sequence["Premise"]):
    """Premises that are found when somebody looks: of a hundred members of a figure, few are ever opened."""

    def __init__(self, find: Callable[[], tuple[Premise, ...]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> tuple[Premise, ...]:
        return self._find()

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, place: int) -> Premise: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Premise]: ...
    def __getitem__(self, place: int | slice) -> Premise | Sequence[Premise]:
        return self._found[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._found == tuple(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Counted:
    """One member of a figure: the group that counts once, what it brings, and why."""

    group: tuple[Value, ...]
    value: Value
    values: Substitution
    premises: Sequence[Premise]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its members in order; `reached` of them made it what it is, the rest came later."""

    literal: Aggregate
    values: Substitution
    members: tuple[Counted, ...]
    reached: int


@dataclass(frozen=True, slots=True)
class Case:
    """One of all the cases: why it is one, and why it satisfies what all must."""

    values: Substitution
    of: tuple[Premise, ...]
    also: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Throughout:
    """Every case there is."""

    literal: Every
    values: Substitution
    cases: tuple[Case, ...]


Premise = Proof | Absent | Computed | Figure | Throughout


class Prover:
    """Finds proofs in one model, each fact's once."""

    def __init__(self, program: Program, model: Model, memory: Memory | None = None) -> None:
        self.program, self.model, self.memory = program, model, memory or Once()

    def proof(self, fact: Fact) -> Proof | None:
        """A short proof of a fact, None when it does not hold."""
        return self.memory.find(("proof", fact), lambda: self._proof(fact))

    def _proof(self, fact: Fact) -> Proof | None:
        derivation = next(self._derivations(fact), None)
        return self._expanded(fact, *derivation) if derivation else None

    def alternatives(self, fact: Fact) -> Iterator[Proof]:
        """Every derivation of a fact, the shortest first, each with short proofs of its premises."""
        return (self._expanded(fact, rule, values) for rule, values in self._derivations(fact, every=True))

    def _derivations(self, fact: Fact, *, every: bool = False) -> Iterator[tuple[Rule | None, Substitution]]:
        rank = self.model.rank(fact)
        if rank is None:
            return
        if rank == 0:
            yield None, {}
        found = [
            (self._height(rule, values), place, rule, values)
            for place, rule in enumerate(self.program.concluding(fact.predicate))
            for values in islice(self._applications(rule, fact, rank), _COMPARED if every else self._compared(rule))
        ]
        for _, _, rule, values in sorted(found, key=lambda each: each[:2]):
            yield rule, values

    def _applications(self, rule: Rule, fact: Fact, rank: int) -> Iterator[Substitution]:
        for bound in rule.head.matched(fact.values, {}):
            for values in solve(rule.body, self.model, bound):
                if self._height(rule, values) < (rank or 1 << 60) and not any(
                    holds(defeat.body, self.model, values) for defeat in rule.exceptions
                ):
                    yield values

    def _height(self, rule: Rule, values: Substitution) -> int:
        """The greatest rank among the facts that a derivation rests on."""
        asked = (literal for literal in rule.body if isinstance(literal, Atom | Absence))
        return max((self._rank(literal, values) for literal in asked), default=0)

    def _rank(self, literal: Atom | Absence, values: Substitution) -> int:
        shared = self.model.level(_asked(literal))
        if shared is not None:
            return shared
        fact = literal.fact(values) if isinstance(literal, Atom) else self._covering(literal, values)[0]
        return self.model.rank(fact) or 0

    def _covering(self, literal: Absence, values: Substitution) -> list[Fact]:
        """The facts that cover an absence, those known first before the others."""
        facts = [literal.coverage.fact(found) for found in solve([literal.coverage], self.model, values)]
        return sorted(facts, key=lambda fact: self.model.rank(fact) or 0)

    def _compared(self, rule: Rule) -> int:
        """How many derivations by one rule are worth comparing: one, where all are as high."""
        levels = (self.model.level(_asked(each)) for each in rule.body if isinstance(each, Atom | Absence))
        return 1 if None not in levels else _COMPARED

    def _expanded(self, fact: Fact, rule: Rule | None, values: Substitution) -> Proof:
        return Proof(fact, rule, values, self.premises(rule.body, values)) if rule else Proof(fact)

    def premises(self, body: tuple[Literal, ...], values: Substitution) -> tuple[Premise, ...]:
        """Why each literal of a body is true under values that make it so."""
        return tuple(self._premise(literal, values) for literal in body)

    def _premise(self, literal: Literal, values: Substitution) -> Premise:
        if isinstance(literal, Atom):
            return self.certain(literal.fact(values))
        if isinstance(literal, Computation):
            return Computed(literal, values)
        if isinstance(literal, Absence):
            first, *more = self._covering(literal, values)
            return Absent(literal, values, self.certain(first), tuple(more))
        if isinstance(literal, Aggregate):
            members = self.members(literal, values)
            if self.memory.lasting:  # another model might show something else later
                members = tuple(replace(member, premises=tuple(member.premises)) for member in members)
            return Figure(literal, values, members, _reached(literal, values, members))
        found = _distinct(literal, solve(literal.of, self.model, values))
        return Throughout(literal, values, tuple(self._case(literal, case) for case in found))

    def _case(self, literal: Every, case: Substitution) -> Case:
        satisfied = next(solve(literal.also, self.model, case))
        return Case(satisfied, self.premises(literal.of, satisfied), self.premises(literal.also, satisfied))

    def certain(self, fact: Fact) -> Proof:
        """The proof of a fact that is known to hold. Raises LookupError when it does not."""
        proof = self.proof(fact)
        if proof is None:
            raise LookupError(f"{fact} does not hold")
        return proof

    def members(self, literal: Aggregate, values: Substitution) -> tuple[Counted, ...]:
        """The members of a figure in the order in which they count, each with why."""
        best: dict[object, tuple[Any, tuple[Value, ...], Substitution]] = {}
        for case in solve(literal.of, self.model, values):
            group, value = tuple(case[name] for name in literal.per), case.get(literal.value, 0)
            key = (group, value) if literal.kind == "sum" else group
            if key not in best or _comes_first(literal.kind, value, best[key][0]):
                best[key] = value, group, case
        ordered = sorted(best.values(), key=lambda member: (member[0], tuple(map(str, member[1]))))
        why = (Later(partial(self.premises, literal.of, case)) for _, _, case in ordered)
        return tuple(Counted(group, value, case, each) for (value, group, case), each in zip(ordered, why, strict=True))

    def figure(self, literal: Aggregate, values: Substitution) -> Value | None:
        """What the figure comes to, None where there is none."""
        return aggregated(literal, self.model, values)


def _asked(literal: Atom | Absence) -> str:
    """The predicate of which some fact must come before the literal can be true."""
    return (literal.coverage if isinstance(literal, Absence) else literal).predicate.sentence


def _comes_first(kind: str, value: Value, before: Value) -> bool:
    return value > before if kind == "latest" else value < before  # type: ignore[operator]


def _reached(literal: Aggregate, values: Substitution, members: tuple[Counted, ...]) -> int:
    if literal.kind == "number":
        number = resolved(literal.number, values)
        return number if isinstance(number, int) else len(members)
    return min(1, len(members)) if literal.kind == "earliest" else len(members)


def _distinct(literal: Every, cases: Iterator[Substitution]) -> list[Substitution]:
    """One case for each of the things that the literal speaks of."""
    found: dict[tuple[Value, ...], Substitution] = {}
    for case in cases:
        found.setdefault(tuple(case[name] for name in literal.per), case)
    return [found[key] for key in sorted(found, key=lambda key: tuple(map(str, key)))]


def parts(premise: Premise) -> Iterator[Premise]:
    """A premise and everything that it rests on, from left to right."""
    yield premise
    for inner in inside(premise):
        yield from parts(inner)


def within(premise: Premise) -> Iterator[Proof]:
    """Every proof in a premise, itself first where it is one."""
    return (part for part in parts(premise) if isinstance(part, Proof))


def inside(premise: Premise) -> tuple[Premise, ...]:
    """What a premise rests on next."""
    if isinstance(premise, Proof):
        return premise.premises
    if isinstance(premise, Absent):
        return (premise.coverage,)
    if isinstance(premise, Figure):
        return tuple(each for member in premise.members for each in member.premises)
    if isinstance(premise, Throughout):
        return tuple(each for case in premise.cases for each in (*case.of, *case.also))
    return ()
