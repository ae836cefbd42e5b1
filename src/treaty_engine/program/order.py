"""The order in which a body is solved, and the variables that no order can bind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from treaty_engine.errors import Problem
from treaty_engine.language.rules import (
    Absence,
    Aggregate,
    Computation,
    Every,
    Literal,
    Rule,
    given_values,
    variables,
)
from treaty_engine.language.terms import Atom, Term, Variable
from treaty_engine.source import Span


def ordered(rule: Rule) -> tuple[Rule, list[Problem]]:
    """The rule with every body in an order that binds before it uses, and what cannot be bound."""
    shared = set(given_values(rule.body)) | set(rule.head.variables())
    body, bound, problems = _ordered(rule.body, frozenset(), shared)
    for name in dict.fromkeys(rule.head.variables()):
        if name not in bound:
            problems.append(_unbound(name, rule.head.span, "the conclusion"))
    exceptions = []
    for exception in rule.exceptions:
        inner, _, wrong = _ordered(exception.body, bound, set(given_values(exception.body)) | bound)
        problems += wrong
        exceptions.append(replace(exception, body=inner))
    return replace(rule, body=body, exceptions=tuple(exceptions)), problems


def starting_with(rule: Rule, place: int) -> Rule:
    """The rule with one atom of its body first and the rest in the order that then binds before it uses."""
    first = rule.body[place]
    rest = (*rule.body[:place], *rule.body[place + 1 :])
    shared = set(given_values(rule.body)) | set(rule.head.variables())
    body, _, _ = _ordered(rest, frozenset(given_values([first])), shared)
    return replace(rule, body=(first, *body))


def _ordered(
    body: Sequence[Literal], bound: frozenset[str], shared: set[str]
) -> tuple[tuple[Literal, ...], frozenset[str], list[Problem]]:
    left, problems = list(body), list[Problem]()
    done: list[Literal] = []
    while left:
        ready = [literal for literal in left if needs(literal, shared) <= bound]
        if not ready:
            for literal in left:
                missing = sorted(needs(literal, shared) - bound)
                problems += [_unbound(name, literal.span, "this condition") for name in missing]
            return (*done, *left), bound, problems
        chosen = min(ready, key=lambda literal: _cost(literal, bound))
        left.remove(chosen)
        chosen, wrong = _inside(chosen, bound)
        problems += wrong
        done.append(chosen)
        bound = bound | set(given_values([chosen]))
    return tuple(done), bound, problems


def _inside(literal: Literal, bound: frozenset[str]) -> tuple[Literal, list[Problem]]:
    """The literal with its inner bodies in order too."""
    if isinstance(literal, Aggregate):
        of, inner, problems = _ordered(literal.of, bound, set(given_values(literal.of)) | bound)
        wanted = {*literal.per, *([literal.value] if literal.value else [])}
        problems += [_unbound(name, literal.span, "`of`") for name in sorted(wanted - inner)]
        return replace(literal, of=of), problems
    if isinstance(literal, Every):
        of, inner, problems = _ordered(literal.of, bound, set(given_values(literal.of)) | bound)
        problems += [_unbound(name, literal.span, "`of`") for name in literal.per if name not in inner]
        also, _, wrong = _ordered(literal.also, inner, set(given_values(literal.also)) | inner)
        return replace(literal, of=of, also=also), problems + wrong
    return literal, []


def needs(literal: Literal, shared: Iterable[str]) -> set[str]:
    """The variables that must have values before the literal can be solved."""
    if isinstance(literal, Atom):
        return set()
    if isinstance(literal, Computation):
        return set(_names(literal.terms[1:] if literal.function.computes else literal.terms))
    inner = set(variables(literal)) & set(shared)
    if isinstance(literal, Absence):
        keys = set(literal.coverage.variables()) & set(literal.atom.variables())
        return inner | keys
    if isinstance(literal, Aggregate):
        return (inner - {*_names((literal.result,))}) | {*_names((literal.number,))}
    return inner


def _cost(literal: Literal, bound: frozenset[str]) -> tuple[int, int]:
    """Cheap first: tests, values computed, absences, atoms that join, figures, atoms that do not."""
    if isinstance(literal, Computation):
        return 0, 0
    if isinstance(literal, Absence):
        return 1, 0
    if isinstance(literal, Atom):
        joined = sum(not isinstance(term, Variable) or term.name in bound for term in literal.terms)
        return (2 if joined else 4), -joined
    return 3, 0


def _names(terms: Iterable[Term]) -> Iterator[str]:
    return (term.name for term in terms if isinstance(term, Variable))


def _unbound(name: str, span: Span, where: str) -> Problem:
    shown = name.lstrip("_").partition("#")[0]
    return Problem(
        f"unsafe variable `<{shown}>`: nothing gives it a value for {where}",
        span,
        hint=f"name `<{shown}>` in a sentence under `if`, spelled the same",
    )
