"""What the literals of a body ask about: which variables, and how many rows may come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from treaty_engine.language.rules import Aggregate, Computation, Literal, Rule, variables
from treaty_engine.language.terms import Atom


def closes(atom: Atom, bound: Mapping[str, str]) -> bool:
    """Whether an atom has nothing but values that are known already, and from more than one table."""
    names = set(atom.variables())
    return names <= bound.keys() and len({bound[name].partition(".")[0] for name in names}) > 1


def deeper(body: Sequence[Literal]) -> set[str]:
    """The variables that a body's own inner bodies ask about, and those that these may be computed from."""
    computed = {name for each in body if isinstance(each, Computation) for name in variables(each)}
    inner = [each for each in body if not isinstance(each, Atom | Computation) or _many(each)]
    return computed.union(*map(variables, inner)) if inner else set()


def shared(literal: Aggregate) -> set[str]:
    """The variables that the cases of a figure ask about."""
    return {name for inner in literal.of for name in variables(inner)}


def telling(rule: Rule) -> set[str]:
    """The variables whose values tell one row of the joined tables from another; the others follow from them."""
    return {
        name for literal in rule.body
        if isinstance(literal, Atom) or _many(literal)
        for name in variables(literal)
    }


def _many(literal: Literal) -> bool:
    """Whether a literal is a built-in sentence that has several results."""
    return isinstance(literal, Computation) and "falls every" in literal.function.sentence
