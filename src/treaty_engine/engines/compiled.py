"""Evaluation in memory by rules written out as Python: loops over indexes, one function a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

from treaty_engine.engines.compiled_source import Written, written
from treaty_engine.language.rules import Rule
from treaty_engine.language.terms import Atom, Fact
from treaty_engine.model import Facts, Values
from treaty_engine.program.order import starting_with
from treaty_engine.program.program import Program
from treaty_engine.program.strata import covered_within, recursive
from treaty_engine.progress import counted

Concluding = Callable[[Facts, Facts], Iterable[Values]]
"""Gives what a rule concludes from a model; the atom that it starts with is looked up in the second one."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to run: the predicate it concludes, and its function."""

    head: str
    conclude: Concluding


def evaluate(program: Program, facts: Iterable[Fact]) -> Facts:
    """Every fact that follows: a layer that leads back to itself goes on from what was new in its last round."""
    model, rank = Facts(facts), 0
    for layer in counted(program.strata, "Evaluating rules"):
        rank += 1
        first = [(each.head, each.conclude(model, model)) for each in map(compiled, layer)]
        if not recursive(layer):
            for head, found in first:
                model.extend(head, found, rank)
            continue
        fresh, again, whole = _added(model, first, rank), _continued(layer), _covered(layer)
        while len(fresh):
            rank += 1
            concluded = [(each.head, each.conclude(model, fresh)) for each in again]
            concluded += [(each.head, each.conclude(model, model)) for each in whole]
            fresh = _added(model, concluded, rank)
    return model


def _added(model: Facts, concluded: Iterable[tuple[str, Iterable[Values]]], rank: int) -> Facts:
    """Adds what rules concluded; gives what of it was new."""
    new = Facts()
    for head, found in concluded:
        new.extend(head, model.extend(head, found, rank), rank)
    return new


def _continued(layer: Sequence[Rule]) -> tuple[Compiled, ...]:
    """The rules of a layer, each once for every atom by which it leads back to the layer, that atom first."""
    heads = {rule.head.predicate.sentence for rule in layer}
    return tuple(
        compiled(rule, place)
        for rule in layer
        for place, literal in enumerate(rule.body)
        if isinstance(literal, Atom) and literal.predicate.sentence in heads
    )


def _covered(layer: Sequence[Rule]) -> tuple[Compiled, ...]:
    """The rules for which a record becomes absent by what the layer concludes: these are tried whole each time."""
    heads = {rule.head.predicate.sentence for rule in layer}
    return tuple(compiled(rule) for rule in layer if covered_within(rule, heads))


@lru_cache(maxsize=4096)  # a rule is compiled once for all the worlds it is tried in
def compiled(rule: Rule, first: int | None = None) -> Compiled:
    """A rule as a function, which may look up one of its atoms first."""
    made = written(rule if first is None else starting_with(rule, first))
    names: dict[str, Any] = dict(made.constants)
    exec(_code(made), names)
    return Compiled(rule.head.predicate.sentence, names["conclude"])


def _code(made: Written) -> CodeType:
    return compile(made.text, f"<rule {made.name}>", "exec", dont_inherit=True, optimize=2)
