"""What ranks must be: every fact concluded after the premises of some derivation, so that proofs come to an end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treaty_engine.engines import naive
from treaty_engine.language.rules import Absence, Aggregate, Every, Literal
from treaty_engine.language.terms import Atom, Fact, Substitution
from treaty_engine.model import Facts
from treaty_engine.program.program import Program


def founded(program: Program, model: Facts) -> Iterator[Fact]:
    """The facts that some rule concludes from premises which all rank before them."""
    for rule in program.rules:
        for found in naive.holding(rule, model):
            fact = rule.head.fact(found)
            rank = model.rank(fact)
            if rank is not None and all(premise < rank for premise in premises(rule.body, model, found)):
                yield fact


def premises(body: Sequence[Literal], model: Facts, found: Substitution) -> Iterator[int]:
    """The ranks of what a body that holds rests on: its atoms, its coverage, and all that its figures count."""
    for literal in body:
        if isinstance(literal, Atom):
            yield model.rank(literal.fact(found)) or 0
        elif isinstance(literal, Absence):
            yield min(ranks_of(literal.coverage, model, found))
        elif isinstance(literal, Aggregate | Every):
            for case in naive.solve(literal.of, model, found):
                yield from premises(literal.of, model, case)
                if isinstance(literal, Every):
                    yield min(
                        max(premises(literal.also, model, also), default=0)
                        for also in naive.solve(literal.also, model, case)
                    )


def ranks_of(atom: Atom, model: Facts, found: Substitution) -> Iterator[int]:
    """The ranks of the facts that agree with an atom."""
    sentence = atom.predicate.sentence
    for values in model.match(sentence, atom.pattern(found)):
        if atom.matched(values, found):
            yield model.rank(Fact(sentence, values)) or 0
