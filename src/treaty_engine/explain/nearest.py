"""How near a rule came to its conclusion: by what is known to fail it, and by what nobody has recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from treaty_engine.engines.naive import holds
from treaty_engine.explain.possible import Possible, overruling
from treaty_engine.explain.proof import Prover
from treaty_engine.language.rules import Literal, Rule, variables
from treaty_engine.language.terms import Atom, Substitution


@dataclass(frozen=True, slots=True, order=True)
class Wanting:
    """What stands between a rule and its conclusion; the less, the nearer it came.

    `failing` counts the conditions that are known not to hold and the exceptions that apply, `open` those of which
    nobody has recorded whether they hold. One that is known to fail weighs more than any number that are open.
    """

    failing: int = 0
    open: int = 0

    def __add__(self, other: Wanting) -> Wanting:
        return Wanting(self.failing + other.failing, self.open + other.open)


NOTHING, FAILS, OPEN = Wanting(), Wanting(failing=1), Wanting(open=1)


def beyond(prover: Prover, rule: Rule, failed: int, values: Substitution) -> Wanting:
    """What else is wanting of a rule besides the condition that failed, as far as it can be told without it."""
    unknown = set(_unbound(rule.body[failed], values))
    found = NOTHING
    for literal in rule.body[failed + 1 :]:
        told = isinstance(literal, Atom) or unknown.isdisjoint(variables(literal))
        if told and not holds([literal], prover.model, values):
            found += alone(prover, literal, values)
        unknown.update(_unbound(literal, values))
    return sum((FAILS for _ in overruling(rule, prover.model, values)), found)


def _unbound(literal: Literal, values: Substitution) -> Iterator[str]:
    """The variables of a condition that have no value yet."""
    return (name for name in variables(literal) if name not in values)


def alone(prover: Prover, literal: Literal, values: Substitution) -> Wanting:
    """What a condition that does not hold wants by itself, whatever would have to hold for it."""
    possible = Possible(prover.program, prover.model)
    return FAILS if next(possible.body([literal], values, ()), None) is None else OPEN
