"""Terms, atoms and facts: the smallest things that can be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from treaty_engine.dates import Delay
from treaty_engine.source import Span

Value = str | int | date | Delay
"""Names, enumerated words, texts and periods are `str`; numbers `int`; days `date`; durations `Delay`."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A value to be found. Names that begin with `_` stand for any value at all."""

    name: str

    def __str__(self) -> str:
        return f"<{self.name}>"


Term = Variable | Value
Substitution = Mapping[str, Value]
"""The values found so far, by the name of their variable."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A place in a sentence that takes one value of one type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, eq=False)
class Predicate:
    """A sentence with typed holes.

    `words` are its tokens, None at a hole. `kind` is `given` (facts only), `derived` (rules only), `either`,
    `asked` (part of the question) or `judgement` (a fact that somebody decided). `when` and `only_one` are
    positions in `holes`: the date of the event, and the value of which there can be but one. `label` is the role that
    it plays in answers.
    """

    sentence: str
    words: tuple[str | None, ...]
    holes: tuple[Hole, ...]
    kind: str
    span: Span
    when: int | None = None
    only_one: int | None = None
    asked: str = ""
    label: str = ""

    def __str__(self) -> str:
        return self.sentence

    @property
    def variety(self) -> str:
        """What the label says after its comma: which of several sentences that play one role."""
        return self.label.partition(", ")[2]


class Fact(NamedTuple):
    """A ground atom held true: the sentence of its predicate, and the values in its holes."""

    predicate: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """A predicate with its holes filled by terms."""

    predicate: Predicate
    terms: tuple[Term, ...]
    span: Span = field(default=Span(""), compare=False)

    def variables(self) -> Iterator[str]:
        """The names of its variables, in order, repeated where they are."""
        return (term.name for term in self.terms if isinstance(term, Variable))

    def bound(self, values: Substitution) -> Atom:
        """The same atom with the values known so far put in."""
        return Atom(self.predicate, tuple(resolved(term, values) for term in self.terms), self.span)

    def pattern(self, values: Substitution) -> tuple[Value | None, ...]:
        """The values in its holes, None where a variable has none yet."""
        return tuple(values.get(term.name) if isinstance(term, Variable) else term for term in self.terms)

    def matched(self, found: tuple[Value, ...], values: Substitution) -> tuple[Substitution, ...]:
        """The substitution extended so that this atom says `found`; none where it cannot."""
        extended = dict(values)
        for term, value in zip(self.terms, found, strict=True):
            if isinstance(term, Variable):
                if extended.setdefault(term.name, value) != value:
                    return ()
            elif term != value:
                return ()
        return (extended,)

    def fact(self, values: Substitution) -> Fact:
        """The fact that this atom states under `values`. Raises KeyError where a variable has no value."""
        return Fact(
            self.predicate.sentence,
            tuple(values[term.name] if isinstance(term, Variable) else term for term in self.terms),
        )


def resolved(term: Term, values: Substitution) -> Term:
    """The value of a term where it is known, else the term."""
    return values.get(term.name, term) if isinstance(term, Variable) else term
