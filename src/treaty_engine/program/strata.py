"""Which rules must be finished before which: strongly connected predicates, and the cycles that have no meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from treaty_engine.errors import Problem
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule
from treaty_engine.language.terms import Atom


@lru_cache(maxsize=4096)  # every part of a program asks it of every rule
def dependencies(rule: Rule) -> tuple[tuple[str, bool], ...]:
    """The predicates that a rule asks about; True where it must know all of them before it concludes."""
    exceptional = (literal for exception in rule.exceptions for literal in exception.body)
    return (
        *(asked for literal in rule.body for asked in _asked(literal, whole=False)),
        *(asked for literal in exceptional for asked in _asked(literal, whole=True)),
    )


def _asked(literal: Literal, *, whole: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(literal, Atom):
        yield literal.predicate.sentence, whole
    elif isinstance(literal, Absence):
        yield literal.coverage.predicate.sentence, whole
        yield literal.atom.predicate.sentence, True
    elif not isinstance(literal, Computation):
        inner = literal.of if isinstance(literal, Aggregate) else (*literal.of, *literal.also)
        for each in inner:
            yield from _asked(each, whole=True)


def needed(body: Iterable[Literal]) -> set[str]:
    """The predicates of which there must be a fact for a body to be true at all."""
    found = set[str]()
    for literal in body:
        if isinstance(literal, Atom):
            found.add(literal.predicate.sentence)
        elif isinstance(literal, Absence):
            found.add(literal.coverage.predicate.sentence)
        elif isinstance(literal, Every):
            found |= needed(literal.of)
    return found


def within_reach(rules: Sequence[Rule], given: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that may conclude something where facts are given of these predicates alone.

    An exception that cannot be true is left out.
    """
    reached, waiting = set(given), [(rule, needed(rule.body)) for rule in rules]
    while able := [rule for rule, premises in waiting if premises <= reached]:
        waiting = [each for each in waiting if not each[1] <= reached]
        reached |= {rule.head.predicate.sentence for rule in able}
    out = {id(rule) for rule, _ in waiting}
    return tuple(_with_exceptions_within(rule, reached) for rule in rules if id(rule) not in out)


def _with_exceptions_within(rule: Rule, reached: set[str]) -> Rule:
    exceptions = tuple(each for each in rule.exceptions if needed(each.body) <= reached)
    return rule if len(exceptions) == len(rule.exceptions) else replace(rule, exceptions=exceptions)


def strata(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """The rules in layers: a rule negates or aggregates only what lower layers conclude."""
    by_head = _by_head(rules)
    edges = {head: {asked for rule in made for asked, _ in dependencies(rule)} for head, made in by_head.items()}
    layers = []
    for component in components(edges):
        layer = tuple(rule for head in sorted(component) for rule in by_head.get(head, ()))
        if layer:
            layers.append(layer)
    return tuple(layers)


def levels(rules: Sequence[Rule]) -> dict[str, int]:
    """For each predicate concluded, how many times something must be finished before it: the fewest layers."""
    level: dict[str, int] = {}
    for layer in strata(rules):
        heads = {rule.head.predicate.sentence for rule in layer}
        floor = max(
            (
                level.get(asked, 0) + whole
                for rule in layer
                for asked, whole in dependencies(rule)
                if asked not in heads
            ),
            default=0,
        )
        level.update(dict.fromkeys(heads, floor))
    return level


def recursive(layer: Sequence[Rule]) -> bool:
    """Whether some rule of a layer asks about what the layer itself concludes."""
    heads = {rule.head.predicate.sentence for rule in layer}
    return any(asked in heads for rule in layer for asked, _ in dependencies(rule))


def covered_within(rule: Rule, heads: Iterable[str]) -> bool:
    """Whether something becomes absent for a rule by what its own layer concludes: the coverage of a record."""
    absences = (each for each in rule.body if isinstance(each, Absence))
    return any(each.coverage.predicate.sentence in heads for each in absences)


def cycles(rules: Sequence[Rule]) -> list[Problem]:
    """A problem for each cycle through an absence, an exception or a figure, named rule by rule."""
    problems = []
    for layer in strata(rules):
        heads = {rule.head.predicate.sentence for rule in layer}
        for rule in layer:
            for asked, whole in dependencies(rule):
                if whole and asked in heads:
                    path = _path(layer, asked, rule.head.predicate.sentence)
                    named = "\n        ".join(
                        f"{each.id} ({each.span}) concludes `{each.head.predicate}`" for each in path
                    )
                    problems.append(
                        Problem(
                            f"rule `{rule.id}` concludes `{rule.head.predicate}` from not, or from all of, `{asked}`,"
                            " which is concluded from it again",
                            rule.span,
                            f"the cycle:\n        {rule.id}\n        {named}",
                            "let the exception, absence or figure ask about something concluded before",
                        )
                    )
                    break
    return problems


def _path(layer: Iterable[Rule], start: str, goal: str) -> list[Rule]:
    """Rules that lead from the conclusion `goal` to `start`, the last of them first."""
    ways: list[tuple[str, list[Rule]]] = [(start, [])]
    seen = {start}
    for at, so_far in ways:
        for rule in layer:
            if rule.head.predicate.sentence == at:
                for asked, _ in dependencies(rule):
                    if asked == goal:
                        return [*so_far, rule]
                    if asked not in seen:
                        seen.add(asked)
                        ways.append((asked, [*so_far, rule]))
    return []


def _by_head(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.head.predicate.sentence, []).append(rule)
    return found


def components(edges: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """Strongly connected components, each after those it leads to (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []
    for root in sorted(edges):
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(sorted(edges.get(root, ()))))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, ahead = work[-1]
            for following in ahead:
                if following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    work.append((following, iter(sorted(edges.get(following, ())))))
                    break
                if following in stack:
                    low[node] = min(low[node], index[following])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    found.append(set(stack[at:]))
                    del stack[at:]
    return found
