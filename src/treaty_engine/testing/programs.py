"""Invented programs and worlds, for tests that hold of every program: stratified, safe and checked.

`programs` and `worlds` are Hypothesis strategies. `invented_program` and `invented_world` do the same from any
`random.Random`, which is what fuzzing for hours wants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random

from hypothesis import strategies as st

from treaty_engine.language.functions import ANY, Function
from treaty_engine.language.rules import (
    Absence,
    Aggregate,
    Computation,
    Defeat,
    Every,
    Literal,
    Rule,
    variables,
)
from treaty_engine.language.terms import Atom, Fact, Predicate, Term, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.program.program import Program, program
from treaty_engine.program.strata import dependencies
from treaty_engine.source import Span
from treaty_engine.testing.language import GIVEN, LAYERS, VALUES, computing, invented_vocabulary, tests

_OF_DAYS = ("earliest", "latest", "number", "number", "number")
LAST_DAY = date(2003, 6, 30)
"""What bounds computed days, so that rules that lead back to themselves come to an end."""


def programs(most_rules: int = 6) -> st.SearchStrategy[Program]:
    """Stratified programs of up to `most_rules` rules over a small vocabulary of people, days and numbers."""
    return st.builds(lambda draws: invented_program(draws, most_rules), st.randoms(use_true_random=False))


def worlds(asked: Program, most_facts: int = 60) -> st.SearchStrategy[list[Fact]]:
    """Worlds of up to `most_facts` facts that a program asks about, some twice, some of what its rules conclude."""
    return st.builds(lambda draws: invented_world(draws, asked, most_facts), st.randoms(use_true_random=False))


def invented_program(draws: Random, most_rules: int = 6) -> Program:
    """A checked program of up to `most_rules` rules."""
    count = draws.randint(1, most_rules)
    layer = draws.randrange(len(LAYERS)) if draws.random() < 0.3 else None
    return program(_vocabulary(), [_Writer(draws, number, layer).rule() for number in range(count)])


def invented_world(draws: Random, asked: Program, most_facts: int = 60) -> list[Fact]:
    """Up to `most_facts` facts that a program asks about, one in ten of what its rules conclude."""
    known = _vocabulary().predicates
    mentioned = {sentence for rule in asked.rules for sentence, _ in dependencies(rule)}
    concluded = sorted({rule.head.predicate.sentence for rule in asked.rules})
    given = sorted(mentioned.difference(concluded)) or GIVEN
    found = []
    for _ in range(draws.randint(0, most_facts)):
        about = known[draws.choice(concluded if draws.random() < 0.1 else given)]
        found.append(Fact(about.sentence, tuple(draws.choice(VALUES[hole.type]) for hole in about.holes)))
    return found


@cache
def _vocabulary() -> Vocabulary:
    return invented_vocabulary()


@dataclass
class _Body:
    """A body in the making, with the variables bound so far by type."""

    literals: list[Literal] = field(default_factory=list)
    bound: dict[str, list[str]] = field(default_factory=dict)

    def inner(self) -> _Body:
        """An inner body, which sees what is bound here."""
        return _Body([], {kind: list(names) for kind, names in self.bound.items()})


class _Writer:
    """Writes one rule. `whole` are the predicates that may be negated and counted, `own` those concluded beside it.

    Rules that share a given `layer` share two predicates of it too, and so often lead back to each other.
    """

    def __init__(self, draws: Random, number: int, layer: int | None) -> None:
        self.draws, self.number = draws, number
        self.layer = draws.randrange(len(LAYERS)) if layer is None else layer
        known = _vocabulary().predicates
        self.whole = [known[each] for each in (*GIVEN, *(s for layer in LAYERS[: self.layer] for s in layer))]
        self.own = [known[each] for each in LAYERS[self.layer][: 2 if layer is not None else None]]
        self.names = 0

    def rule(self) -> Rule:
        """A rule with one to four atoms and some of everything else."""
        body, draws = _Body(), self.draws
        own = self.own if draws.random() < 0.5 else []
        for _ in range(draws.choice((0, 1, 1, 2, 2, 2, 3, 4)) if self.layer else draws.choice((1, 2, 2, 3))):
            self._atom(body, draws.choice(own) if own and draws.random() < 0.4 else draws.choice(self.whole))
        makers = (self._test, self._compute, self._absence, self._aggregate, self._every)
        for make, chance in zip(makers, (0.3, 0.4, 0.35, 0.3, 0.15), strict=True):
            if draws.random() < chance:
                make(body)
        if draws.random() < 0.3:
            self._atom(body, draws.choice([*self.whole, *own]))
        head = Atom(about := draws.choice(self.own), tuple(self._term(body, hole.type, 0) for hole in about.holes))
        exceptions = tuple(self._exception(body, place) for place in range(draws.choice((0, 0, 0, 1, 1, 2))))
        draws.shuffle(body.literals)
        return Rule(f"rule-{self.number}", "", "", tuple(body.literals), head, Span("invented"), exceptions)

    def _term(self, body: _Body, kind: str, new: float) -> Term:
        """A bound variable, a constant or, with the chance `new`, a variable that is new."""
        draws, bound = self.draws, body.bound.get(kind, [])
        if draws.random() < (new if bound else new and 0.9):
            return self._new(body, kind)
        if bound and draws.random() < 0.85:
            return Variable(draws.choice(bound))
        return draws.choice(VALUES[kind])

    def _new(self, body: _Body, kind: str) -> Variable:
        self.names += 1
        name = f"{kind.lower()}{self.names}#"
        body.bound.setdefault(kind, []).append(name)
        return Variable(name)

    def _atom(self, body: _Body, about: Predicate) -> None:
        body.literals.append(Atom(about, tuple(self._term(body, hole.type, 0.5) for hole in about.holes)))

    def _test(self, body: _Body) -> None:
        """A comparison of what is bound."""
        function = self.draws.choice(tests())
        kind = self.draws.choice(tuple(body.bound) or ("Person",)) if function.holes[0].type == ANY else ""
        terms = tuple(self._term(body, kind or hole.type, 0) for hole in function.holes)
        if any(isinstance(term, Variable) for term in terms):
            body.literals.append(Computation(function, terms))

    def _compute(self, body: _Body) -> None:
        """A computed value, bounded by a comparison; numbers only where the rule cannot lead back to itself."""
        function = self.draws.choice(computing())
        kind = function.holes[0].type
        recursive = any(isinstance(each, Atom) and each.predicate in self.own for each in body.literals)
        if kind == "Number" and recursive:
            return
        rest = tuple(self._term(body, hole.type, 0) for hole in function.holes[1:])
        if "every" in function.sentence:
            rest = (*rest[:-1], LAST_DAY)
        known = body.bound.get(kind) and self.draws.random() < 0.2
        result = Variable(self.draws.choice(body.bound[kind])) if known else self._new(body, kind)
        body.literals.append(Computation(function, (result, *rest)))
        bound, most = ("is on or before", LAST_DAY) if kind == "Date" else ("does not exceed", 9)
        body.literals.append(Computation(_named(bound, kind), (result, most)))

    def _absence(self, body: _Body) -> None:
        """No record of an atom, inside a coverage that may be concluded in the same layer."""
        coverage, absent = self.draws.choice([*self.whole, *self.own]), self.draws.choice(self.whole)
        body.literals.append(Absence(self._local(body, absent), self._local(body, coverage)))

    def _local(self, body: _Body, about: Predicate) -> Atom:
        """An atom whose new variables stand for any value."""
        inner = body.inner()
        return Atom(about, tuple(self._term(inner, hole.type, 0.3) for hole in about.holes))

    def _inner_body(self, outer: _Body, most: int, depth: int) -> _Body:
        """Literals about what lower layers conclude, which see what is bound outside."""
        inner, draws = outer.inner(), self.draws
        for _ in range(draws.randint(1, most)):
            self._atom(inner, draws.choice(self.whole))
        for make, chance in ((self._test, 0.25), (self._inner_compute, 0.2), (self._inner_absence, 0.15)):
            if draws.random() < chance:
                make(inner)
        if depth and draws.random() < 0.15:
            draws.choice((self._aggregate, self._every))(inner, depth - 1)
        draws.shuffle(inner.literals)
        return inner

    def _inner_compute(self, body: _Body) -> None:
        function = self.draws.choice(computing())
        rest = tuple(self._term(body, hole.type, 0) for hole in function.holes[1:])
        rest = (*rest[:-1], LAST_DAY) if "every" in function.sentence else rest
        body.literals.append(Computation(function, (self._new(body, function.holes[0].type), *rest)))

    def _inner_absence(self, body: _Body) -> None:
        coverage, absent = self._local(body, self.draws.choice(self.whole)), self.draws.choice(self.whole)
        body.literals.append(Absence(self._local(body, absent), coverage))

    def _aggregate(self, body: _Body, depth: int = 1) -> None:
        """A figure of any kind over what an inner body finds."""
        draws, inner = self.draws, self._inner_body(body, 2, depth)
        known = {name for names in body.bound.values() for name in names}
        within = set(_bound(inner.literals))
        days, numbers = ([name for name in inner.bound.get(kind, ()) if name in within] for kind in ("Date", "Number"))
        kinds = ["count", *(["sum"] if numbers else []), *(_OF_DAYS if days else [])]
        kind = draws.choice(kinds)
        value = "" if kind == "count" else draws.choice(numbers if kind == "sum" else days)
        own = sorted(within - known)
        per = tuple(draws.sample(own, draws.randint(0, min(2, len(own)))))
        number: Term = draws.choice((self._term(body, "Number", 0), 1, 2, 2, 3)) if kind == "number" else 0
        type_name = "Number" if kind in ("count", "sum") else "Date"
        fixed = draws.random() < 0.25
        result = self._term(body, type_name, 0) if fixed else self._new(body, type_name)
        if fixed and isinstance(result, Variable) and result.name in {*_variables(inner.literals)}:
            result = draws.choice(VALUES[type_name])
        body.literals.append(Aggregate(kind, result, tuple(inner.literals), per, value, number))

    def _every(self, body: _Body, depth: int = 1) -> None:
        of = self._inner_body(body, 2, depth)
        also = self._inner_body(of, 2, 0)
        known = {name for names in body.bound.values() for name in names}
        per = tuple(sorted(set(_bound(of.literals)) - known))
        body.literals.append(Every(tuple(of.literals), tuple(also.literals), per))

    def _exception(self, body: _Body, place: int) -> Defeat:
        inner = self._inner_body(body, 3, 1)
        return Defeat(f"rule-{self.number}-unless-{place}", "", "", tuple(inner.literals))


def _variables(body: Sequence[Literal]) -> list[str]:
    return [name for literal in body for name in variables(literal)]


def _bound(body: Sequence[Literal]) -> list[str]:
    """The variables that these literals give values to."""
    tops = [each for each in body if isinstance(each, Atom | Computation)]
    results = [each.result.name for each in body if isinstance(each, Aggregate) and isinstance(each.result, Variable)]
    return [*_variables(tops), *results]


def _named(words: str, kind: str) -> Function:
    return next(each for each in tests() if words in each.sentence and each.holes[0].type == kind)
