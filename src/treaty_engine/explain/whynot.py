"""Why something is not concluded: how far each rule got, what failed first, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from treaty_engine.engines.naive import holds, satisfy, solve
from treaty_engine.explain.possible import Need, Possible, unified
from treaty_engine.explain.proof import Figure, Premise, Proof, Prover
from treaty_engine.language.rules import Absence, Aggregate, Defeat, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Substitution

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Defeated:
    """An exception that applies, with why its conditions hold."""

    exception: Defeat
    premises: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far one rule got toward a conclusion.

    `reached` are the conditions that hold, then `failed` is the first that does not; None when all hold and
    exceptions defeat the rule. `because` has the attempts at the failed condition itself, `against` the fact that
    an absence denies, `figure` what an insufficient figure has counted, `cases` those of which what all must
    satisfy is not so, `searched` the coverage that makes a missing record mean no, and `needs` what nobody has
    recorded.
    """

    rule: Rule
    values: Substitution
    reached: tuple[Premise, ...]
    failed: Literal | None
    defeated_by: tuple[Defeated, ...] = ()
    because: tuple[Attempt, ...] = ()
    against: tuple[Proof, ...] = ()
    figure: Figure | None = None
    searched: tuple[Proof, ...] = ()
    needs: tuple[Need, ...] = field(default=())
    cases: tuple[Substitution, ...] = ()


def attempts(prover: Prover, goal: Atom) -> tuple[Attempt, ...]:
    """How far each rule that could conclude the goal got, in the order of the rule base."""
    return tuple(_attempts(prover, goal, {}, ()))


def searched(prover: Prover, atom: Atom, values: Substitution) -> tuple[Proof, ...]:
    """The coverage by which a missing fact means no: one proof for each source that has it."""
    closing = prover.program.vocabulary.closed_by.get(atom.predicate.sentence)
    if closing is None or not Possible(prover.program, prover.model).covered(atom, values):
        return ()
    pairs = zip(atom.predicate.holes, atom.pattern(values), strict=True)
    keys = set(closing.variables())
    filled = {hole.name: value for hole, value in pairs if value is not None and hole.name in keys}
    return tuple(prover.certain(closing.fact(found)) for found in satisfy(closing, prover.model, filled))


def _attempts(prover: Prover, goal: Atom, values: Substitution, path: tuple[object, ...]) -> Iterator[Attempt]:
    key = (goal.predicate.sentence, goal.pattern(values))
    if key in path or len(path) >= _DEEPEST:
        return
    for rule in prover.program.concluding(goal.predicate.sentence):
        bound = unified(rule, goal.pattern(values))
        if bound is not None:
            yield _attempt(prover, rule, bound, (*path, key))


def _attempt(prover: Prover, rule: Rule, bound: Substitution, path: tuple[object, ...]) -> Attempt:
    reached, values = _furthest(prover, rule.body, bound)
    premises = prover.premises(rule.body[:reached], values)
    if reached == len(rule.body):
        return Attempt(rule, values, premises, None, tuple(_defeats(prover, rule, values)))
    literal = rule.body[reached]
    possible = Possible(prover.program, prover.model)
    if isinstance(literal, Atom):
        covering = searched(prover, literal, values)
        closed = literal.predicate.sentence in prover.program.vocabulary.closed_by
        because = () if closed else tuple(_attempts(prover, literal, values, path))
        judged = literal.predicate.kind == "judgement"
        open_ = judged or (closed and not covering) or literal.predicate.sentence in prover.program.vocabulary.open
        needs: tuple[Need, ...] = (possible.need(literal, values, judgement=judged),) if open_ else ()
        return Attempt(rule, values, premises, literal, (), because, searched=covering, needs=needs)
    if isinstance(literal, Absence):
        against = tuple(
            prover.certain(literal.atom.fact(found)) for found in satisfy(literal.atom, prover.model, values)
        )
        needs = () if against else (possible.need(literal.atom, values),)
        return Attempt(rule, values, premises, literal, against=against, needs=needs)
    if isinstance(literal, Aggregate):
        members = prover.members(literal, values)
        needs = tuple(dict.fromkeys(n for _, found in possible.body(literal.of, values, ()) for n in found))
        figure = Figure(literal, values, members, len(members))
        return Attempt(rule, values, premises, literal, figure=figure, needs=needs)
    if isinstance(literal, Every):
        cases = tuple(c for c in solve(literal.of, prover.model, values) if not holds(literal.also, prover.model, c))
        return Attempt(rule, values, premises, literal, needs=_missing(prover, literal, cases), cases=cases)
    return Attempt(rule, values, premises, literal)


def _missing(prover: Prover, literal: Every, cases: Sequence[Substitution]) -> tuple[Need, ...]:
    """What would have to be known of the cases that do not satisfy what all must."""
    possible = Possible(prover.program, prover.model)
    ways = (way for case in cases for way in possible.body(literal.also, case, ()))
    return tuple(dict.fromkeys(need for _, needs in ways for need in needs))


def _furthest(prover: Prover, body: Sequence[Literal], bound: Substitution) -> tuple[int, Substitution]:
    """How many conditions can be made true from the left, and values that make them so."""
    best: tuple[int, Substitution] = (0, bound)
    for reached in range(1, len(body) + 1):
        found = next(solve(body[:reached], prover.model, bound), None)
        if found is None:
            break
        best = reached, found
    return best


def _defeats(prover: Prover, rule: Rule, values: Substitution) -> Iterator[Defeated]:
    for exception in rule.exceptions:
        found = next(solve(exception.body, prover.model, values), None)
        if found is not None:
            yield Defeated(exception, prover.premises(exception.body, found))
