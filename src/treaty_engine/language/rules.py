"""What a rule says: the one form that engines evaluate, proofs cite and pages print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from treaty_engine.language.functions import Function
from treaty_engine.language.terms import Atom, Term, Variable
from treaty_engine.source import Span


@dataclass(frozen=True, slots=True)
class Computation:
    """A built-in sentence in a body: a comparison, or a value computed from others."""

    function: Function
    terms: tuple[Term, ...]
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class Absence:
    """*No record that* an atom holds: true where the coverage holds and no such fact does."""

    atom: Atom
    coverage: Atom
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure over everything that satisfies `of`, each group `per` counted once.

    `kind` is `count`, `sum`, `earliest`, `latest` or `number` (the day on which the `number`-th group came,
    each at its earliest). `value` is the variable whose dates or numbers are ordered or added.
    """

    kind: str
    result: Term
    of: tuple[Literal, ...]
    per: tuple[str, ...]
    value: str = ""
    number: Term = 0
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class Every:
    """Everything that satisfies `of`, of which there is something, also satisfies `also`."""

    of: tuple[Literal, ...]
    also: tuple[Literal, ...]
    per: tuple[str, ...]
    span: Span = field(default=Span(""), compare=False)


Literal = Atom | Computation | Absence | Aggregate | Every


@dataclass(frozen=True, slots=True)
class Defeat:
    """What defeats a rule, with an identity and a citation of its own."""

    id: str
    title: str
    cite: str
    body: tuple[Literal, ...]
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A small case with its expected answer, written beside the rule."""

    as_of: str
    given: tuple[tuple[str, Span], ...]
    asks: str
    expect: str
    span: Span
    title: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """`head` if `body`, unless an exception; with where it comes from and who says so."""

    id: str
    title: str
    cite: str
    body: tuple[Literal, ...]
    head: Atom
    span: Span
    exceptions: tuple[Defeat, ...] = ()
    overrides: tuple[tuple[str, str, Span], ...] = ()
    examples: tuple[Example, ...] = ()
    unverified: str = ""
    never: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.id


def atoms(literals: Iterable[Literal]) -> Iterator[Atom]:
    """Every atom that is asked for positively at the top of a body."""
    return (literal for literal in literals if isinstance(literal, Atom))


def variables(literal: Literal) -> Iterator[str]:
    """The variables of a literal, those of its inner bodies included, repeated where they are."""
    if isinstance(literal, Atom):
        yield from literal.variables()
    elif isinstance(literal, Computation):
        yield from _names(literal.terms)
    elif isinstance(literal, Absence):
        yield from literal.atom.variables()
        yield from literal.coverage.variables()
    elif isinstance(literal, Aggregate):
        yield from _names((literal.result, literal.number))
        yield from (name for inner in literal.of for name in variables(inner))
    else:
        yield from (name for inner in (*literal.of, *literal.also) for name in variables(inner))


def given_values(body: Iterable[Literal]) -> Iterator[str]:
    """The variables that get values from these literals."""
    for literal in body:
        if isinstance(literal, Atom):
            yield from literal.variables()
        elif isinstance(literal, Computation):
            yield from _names(literal.terms)
        elif isinstance(literal, Aggregate):
            yield from _names((literal.result, literal.number))


def _names(terms: Iterable[Term]) -> Iterator[str]:
    return (term.name for term in terms if isinstance(term, Variable))
