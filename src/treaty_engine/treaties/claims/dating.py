"""A sentence apart from its dates, and the days within which a claim has them lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from treaty_engine.dates import bounds
from treaty_engine.language.terms import Atom, Fact, Term, Value, Variable
from treaty_engine.treaties.claims.assertions import Said
from treaty_engine.treaties.session import Session

Days = tuple[date, date]


def dated(said: Said) -> tuple[Atom, Mapping[int, Days]]:
    """The sentence without its dates, and the days within which each of them is claimed to lie."""
    periods = {bound.variable: bounds(bound.period) for bound in said.bounds}
    claimed: dict[int, Days] = {}
    terms: list[Term] = []
    for place, (hole, term) in enumerate(zip(said.atom.predicate.holes, said.atom.terms, strict=True)):
        if isinstance(term, Variable) and term.name in periods:
            claimed[place] = periods[term.name]
        elif isinstance(term, date):
            claimed[place] = (term, term)
            term = Variable(f"_{hole.name}")
        terms.append(term)
    return Atom(said.atom.predicate, tuple(terms), said.atom.span), claimed


def undated(judged: Session, said: Said) -> Iterator[tuple[Fact, bool, bool]]:
    """Each fact that says the same on any day: whether its dates lie, and whether they may lie, where claimed."""
    atom, claimed = dated(said)
    for values in judged.model.match(atom.predicate.sentence, atom.pattern({})):
        spans = [(days(values[place]), period) for place, period in claimed.items()]
        inside = all(start <= first and last <= end for (first, last), (start, end) in spans)
        touching = all(first <= end and start <= last for (first, last), (start, end) in spans)
        yield Fact(atom.predicate.sentence, values), inside, touching


def days(value: Value) -> Days:
    """The first and the last day of a date or a period."""
    return (value, value) if isinstance(value, date) else bounds(str(value))
