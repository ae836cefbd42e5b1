"""A program as joins for durable-rules, each with the steps that Python takes on what it joined.

A rule becomes one join: its atoms, then absences of single atoms, then steps. Where an atom needs a value
that a step computes, the join is cut in two by an auxiliary relation. The inner bodies of exceptions and
figures are joined too, as auxiliary relations that only Python reads, once they are finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import count

from treaty_engine.engines.durable_steps import (
    Codes,
    Compute,
    Figure,
    Holds,
    Look,
    Same,
    Step,
    Term,
    Universal,
)
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule, variables
from treaty_engine.language.terms import Atom, Variable
from treaty_engine.language.terms import Term as SourceTerm
from treaty_engine.program.program import Program
from treaty_engine.program.strata import levels

MOST_POSITIVES, MOST_NONES = 9, 5
"""With a trigger these stay below the 16 patterns that durable-rules takes in a rule (DURABLE.md, H8)."""

Names = dict[str, str]
"""The variables of a body, each with the name that it alone has in the whole rule."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A relation with names and codes in its places."""

    relation: int
    terms: tuple[Term, ...]

    def names(self) -> list[str]:
        """The names in its places."""
        return [term for term in self.terms if isinstance(term, str)]


@dataclass(frozen=True, slots=True)
class Join:
    """One rule of the ruleset. It `waits` when it may fire only after the strata below `level` are finished."""

    level: int
    waits: bool
    positives: tuple[Pattern, ...]
    nones: tuple[Pattern, ...]
    steps: tuple[Step, ...]
    head: Pattern


@dataclass(frozen=True, slots=True)
class Plan:
    """All joins of a program; relations below `len(sentences)` are its predicates, the others auxiliary."""

    joins: tuple[Join, ...]
    sentences: tuple[str, ...]
    codes: Codes
    levels: int


@dataclass(slots=True)
class _Group:
    """A join in the making."""

    positives: list[Pattern] = field(default_factory=list)
    nones: list[Pattern] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    computed: set[str] = field(default_factory=set)
    waits: bool = False


def plan(program: Program) -> Plan:
    """The joins that evaluate a program."""
    level = levels(program.rules)
    compiler = _Compiler(program.rules)
    for rule in program.rules:
        compiler.add(rule, level[rule.head.predicate.sentence])
    most = max(level.values(), default=0) + 1
    return Plan(tuple(compiler.joins), tuple(compiler.relations), compiler.codes, most)


class _Compiler:
    """Joins so far. `names` has the own name of each variable of a body, `scope` those bound so far."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        sentences = dict.fromkeys(atom.predicate.sentence for rule in rules for atom in _atoms(_whole(rule)))
        self.relations = {sentence: number for number, sentence in enumerate(sentences)}
        self.joins: list[Join] = []
        self.codes = Codes()
        self._auxiliary = count(len(self.relations))
        self._fresh = count()
        self._level = 0

    def add(self, rule: Rule, level: int) -> None:
        """Adds the joins of one rule."""
        self._level = level
        group, scope = _Group(), Names()
        names = self._named(rule.body, scope)
        end = {*rule.head.variables(), *_variables(each for e in rule.exceptions for each in e.body)}
        for place, literal in enumerate(rule.body):
            needed = {names[name] for name in end.union(_variables(rule.body[place:])) if name in names}
            self._literal(group, literal, names, scope, needed)
            scope.update((name, names[name]) for name in _bound([literal]))
        for exception in rule.exceptions:
            group.waits = True
            if len(exception.body) == 1 and isinstance(atom := exception.body[0], Atom):
                self._none(group, atom, scope)
            else:
                steps, _ = self._inner(exception.body, scope, ())
                group.steps.append(Holds(steps, False))
        self._close(group, self._pattern(rule.head, scope))

    def _named(self, body: Iterable[Literal], outer: Names) -> Names:
        """Every variable that a body binds, under a name of its own; those bound outside keep theirs."""
        names = dict(outer)
        for name in _bound(body):
            self._name(name, names)
        return names

    def _literal(self, group: _Group, literal: Literal, names: Names, scope: Names, needed: set[str]) -> None:
        if isinstance(literal, Atom):
            self._positive(group, self._pattern(literal, names), needed)
        elif isinstance(literal, Absence):
            # The coverage may be concluded in the same stratum, so it is joined and never looked up.
            self._positive(group, self._pattern(literal.coverage, dict(scope)), needed)
            self._none(group, literal.atom, scope)
            group.waits = True
        else:
            group.steps.append(self._step(literal, names, scope))
            group.computed.update(names[name] for name in _bound([literal]) if name not in scope)
            group.waits |= not isinstance(literal, Computation)

    def _positive(self, group: _Group, pattern: Pattern, needed: set[str]) -> None:
        if group.computed.intersection(pattern.names()) or len(group.positives) >= MOST_POSITIVES:
            self._cut(group, needed)
        known = {name for each in group.positives for name in each.names()}
        terms: list[Term] = []
        for term in pattern.terms:
            # A name twice in one fact would need a test that durable-rules was not proven on: Python makes it.
            if isinstance(term, str) and term in terms and term not in known:
                again = f"{term} again {next(self._fresh)}"
                group.steps.insert(0, Same(term, again))
                terms.append(again)
            else:
                terms.append(term)
        group.positives.append(Pattern(pattern.relation, tuple(terms)))

    def _none(self, group: _Group, atom: Atom, outer: Names) -> None:
        known = set(outer.values())
        pattern = self._pattern(atom, dict(outer))
        free = [name for name in pattern.names() if name not in known]
        if group.computed.intersection(pattern.names()) or len(set(free)) < len(free) or len(group.nones) >= MOST_NONES:
            group.steps.append(Holds((_look(pattern, known),), False))
        else:
            group.nones.append(pattern)

    def _cut(self, group: _Group, needed: set[str]) -> None:
        """Closes the join so far as an auxiliary relation with what is needed later, and goes on from that."""
        names = dict.fromkeys(name for each in group.positives for name in each.names())
        kept = [name for name in (*names, *sorted(group.computed)) if name in needed]
        head = Pattern(next(self._auxiliary), tuple(dict.fromkeys(kept)))
        self._close(group, head)
        group.positives, group.nones, group.steps = [head], [], []
        group.computed, group.waits = set(), False

    def _close(self, group: _Group, head: Pattern) -> None:
        positives, nones, steps = tuple(group.positives), tuple(group.nones), tuple(group.steps)
        self.joins.append(Join(self._level, group.waits or not positives, positives, nones, steps, head))

    def _step(self, literal: Computation | Aggregate | Every, names: Names, scope: Names) -> Step:
        if isinstance(literal, Computation):
            return Compute(literal.function, tuple(self._term(term, names) for term in literal.terms))
        if isinstance(literal, Every):
            of, inner = self._inner(literal.of, scope, _variables(literal.also))
            return Universal(of, self._inner(literal.also, inner, ())[0])
        of, inner = self._inner(literal.of, scope, (*literal.per, literal.value))
        per = tuple(inner[name] for name in literal.per)
        value = inner[literal.value] if literal.value else ""
        number, result = self._term(literal.number, names), self._term(literal.result, names)
        return Figure(literal.kind, of, per, value, number, result)

    def _inner(self, body: Sequence[Literal], outer: Names, wanted: Iterable[str]) -> tuple[tuple[Step, ...], Names]:
        """The steps that find what satisfies an inner body, and the names bound after it."""
        names, scope, steps = self._named(body, outer), dict(outer), list[Step]()
        known, kept = set(outer.values()), {*outer, *wanted}
        parts = {id(part[0]): part for part in _parts(body, outer)}
        for literal in body:
            if isinstance(literal, Atom):
                if part := parts.get(id(literal)):
                    asked = kept.union(_variables(each for each in body if all(each is not atom for atom in part)))
                    pattern = self._joined(part, names, {names[name] for name in asked if name in names})
                    steps.append(_look(pattern, known))
                    known.update(pattern.names())
            elif isinstance(literal, Absence):
                for atom, wanted_to_hold in ((literal.coverage, True), (literal.atom, False)):
                    steps.append(Holds((_look(self._pattern(atom, dict(scope)), known),), wanted_to_hold))
            else:
                steps.append(self._step(literal, names, scope))
                known.update(names[name] for name in _bound([literal]))
            scope.update((name, names[name]) for name in _bound([literal]))
        return tuple(steps), scope

    def _joined(self, part: Sequence[Atom], names: Names, needed: set[str]) -> Pattern:
        """What Python looks up for atoms that belong together: their relation, or the auxiliary one that joins them."""
        patterns = [self._pattern(atom, names) for atom in part]
        if len(patterns) == 1:
            return patterns[0]
        group, every = _Group(), {name for pattern in patterns for name in pattern.names()}
        for pattern in patterns:
            self._positive(group, pattern, every)
        head = Pattern(next(self._auxiliary), tuple(sorted(every & needed)))
        self._close(group, head)
        return head

    def _pattern(self, atom: Atom, names: Names) -> Pattern:
        terms = tuple(self._term(term, names) for term in atom.terms)
        return Pattern(self.relations[atom.predicate.sentence], terms)

    def _term(self, term: SourceTerm, names: Names) -> Term:
        return self._name(term.name, names) if isinstance(term, Variable) else self.codes.code(term)

    def _name(self, name: str, names: Names) -> str:
        """The own name of a variable; one not met before is local, and gets a name that nothing else has."""
        if name not in names:
            names[name] = f"{name} {next(self._fresh)}"
        return names[name]


def _look(pattern: Pattern, known: Set[str]) -> Look:
    """The step that looks up a pattern in a finished relation, when the `known` names have codes."""
    places, given, new, same = [], list[Term](), dict[str, int](), []
    for place, term in enumerate(pattern.terms):
        if not isinstance(term, str) or term in known:
            places.append(place)
            given.append(term)
        elif term in new:
            same.append((new[term], place))
        else:
            new[term] = place
    return Look(pattern.relation, tuple(places), tuple(given), tuple(new.items()), tuple(same))


def _parts(body: Iterable[Literal], outer: Names) -> list[list[Atom]]:
    """The atoms of an inner body, those together that share a variable not bound outside."""
    parts: list[tuple[set[str], list[Atom]]] = []
    for atom in body:
        if isinstance(atom, Atom):
            own, members = {name for name in atom.variables() if name not in outer}, [atom]
            for part in [part for part in parts if part[0] & own]:
                parts.remove(part)
                own, members = own | part[0], [*part[1], *members]
            parts.append((own, members))
    order = [id(literal) for literal in body]
    return [sorted(members, key=lambda atom: order.index(id(atom))) for _, members in parts]


def _bound(body: Iterable[Literal]) -> Iterator[str]:
    """The variables that get values from these literals."""
    for literal in body:
        if isinstance(literal, Atom):
            yield from literal.variables()
        elif isinstance(literal, Computation):
            yield from (term.name for term in literal.terms if isinstance(term, Variable))
        elif isinstance(literal, Aggregate):
            yield from (term.name for term in (literal.result, literal.number) if isinstance(term, Variable))


def _variables(literals: Iterable[Literal]) -> tuple[str, ...]:
    return tuple(name for literal in literals for name in variables(literal))


def _whole(rule: Rule) -> tuple[Literal, ...]:
    return (rule.head, *rule.body, *(literal for exception in rule.exceptions for literal in exception.body))


def _atoms(literals: Iterable[Literal]) -> Iterator[Atom]:
    """Every atom in these literals, inner ones included."""
    for literal in literals:
        if isinstance(literal, Atom):
            yield literal
        elif isinstance(literal, Absence):
            yield from (literal.coverage, literal.atom)
        elif isinstance(literal, Aggregate):
            yield from _atoms(literal.of)
        elif isinstance(literal, Every):
            yield from _atoms((*literal.of, *literal.also))
