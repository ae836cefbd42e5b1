"""The executable specification: what a program means, on one screen. Every other engine must agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Fact, Substitution, Value, Variable, resolved
from treaty_engine.model import Facts, Model
from treaty_engine.program.program import Program
from treaty_engine.program.strata import recursive
from treaty_engine.progress import counted


def evaluate(program: Program, facts: Iterable[Fact]) -> Facts:
    """Every fact that follows: stratum by stratum, rules that lead back to themselves until nothing is new."""
    model, rank = Facts(facts), 0
    for stratum in counted(program.strata, "Evaluating rules"):
        fresh = True
        while fresh:
            concluded = [rule.head.fact(found) for rule in stratum for found in holding(rule, model)]
            rank += 1
            fresh = sum(model.add(fact, rank) for fact in concluded) > 0 and recursive(stratum)
    return model


def holding(rule: Rule, model: Model) -> Iterator[Substitution]:
    """The substitutions under which the body holds and no exception does."""
    found = solve(rule.body, model, {})
    return (each for each in found if not any(holds(defeat.body, model, each) for defeat in rule.exceptions))


def holds(body: Sequence[Literal], model: Model, values: Substitution) -> bool:
    """Whether some substitution makes every literal of the body true."""
    return next(solve(body, model, values), None) is not None


def solve(body: Sequence[Literal], model: Model, values: Substitution) -> Iterator[Substitution]:
    """The substitutions, extending `values`, that make every literal true, from left to right."""
    if not body:
        yield values
    for found in satisfy(body[0], model, values) if body else ():
        yield from solve(body[1:], model, found)


def satisfy(literal: Literal, model: Model, values: Substitution) -> Iterator[Substitution]:
    """The substitutions, extending `values`, that make one literal true."""
    if isinstance(literal, Atom):
        for found in model.match(literal.predicate.sentence, literal.pattern(values)):
            yield from literal.matched(found, values)
    elif isinstance(literal, Computation):
        terms: list[Any] = [resolved(term, values) for term in literal.terms]
        if isinstance(terms[0], Variable):
            yield from ({**values, terms[0].name: result} for result in literal.function.results(terms[1:]))
        elif literal.function.holds(tuple(terms)):
            yield values
    elif isinstance(literal, Absence):
        if holds([literal.coverage], model, values) and not holds([literal.atom], model, values):
            yield values
    elif isinstance(literal, Every):
        if {holds(literal.also, model, case) for case in solve(literal.of, model, values)} == {True}:
            yield values
    elif (result := aggregated(literal, model, values)) is not None:
        known = resolved(literal.result, values)
        yield from [{**values, known.name: result}] if isinstance(known, Variable) else [values] * (known == result)


def aggregated(literal: Aggregate, model: Model, values: Substitution) -> Value | None:
    """The figure that an aggregate comes to; None where there is none, such as a tenth of nine."""
    groups: dict[tuple[Value, ...], set[Any]] = {}
    for case in solve(literal.of, model, values):
        groups.setdefault(tuple(case[name] for name in literal.per), set()).add(case.get(literal.value, 0))
    if literal.kind in ("count", "sum"):
        return len(groups) if literal.kind == "count" else sum(map(sum, groups.values()))
    if literal.kind == "latest":
        return max(map(max, groups.values()), default=None)
    days = sorted(map(min, groups.values()))
    number = resolved(literal.number, values) if literal.kind == "number" else 1
    return days[number - 1] if isinstance(number, int) and 0 < number <= len(days) else None
