"""Why something is not concluded: how far each rule got, what failed first, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from treaty_engine.engines.naive import holds, satisfy, solve
from treaty_engine.explain.nearest import NOTHING, OPEN, Wanting, alone, beyond
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
    exceptions defeat the rule. `because` has the attempts at the failed condition itself, the nearest first,
    `against` the fact that an absence denies, `figure` what an insufficient figure has counted, `cases` those of
    which what all must satisfy is not so, `searched` the coverage that makes a missing record mean no, `needs` what
    nobody has recorded. `own` is what the failed condition wants, `beyond` what is wanting besides it.
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
    needs: tuple[Need, ...] = ()
    cases: tuple[Substitution, ...] = ()
    own: Wanting = NOTHING
    beyond: Wanting = NOTHING

    @property
    def wanting(self) -> Wanting:
        """How near the rule came: what its failed condition, or what the exceptions want, and what is beyond."""
        return self.own + self.beyond


def attempts(prover: Prover, goal: Atom) -> tuple[Attempt, ...]:
    """How far each rule that could conclude the goal got, the nearest first, else in the order of the rule base."""
    return _attempts(prover, goal, {}, ())


def nearest_of(attempts: Sequence[Attempt]) -> Sequence[Attempt]:
    """Those of some attempts that came as near as the first of them, and those of which nothing is known to fail."""
    return [each for each in attempts if not each.wanting.failing or each.wanting == attempts[0].wanting]


def searched(prover: Prover, atom: Atom, values: Substitution) -> tuple[Proof, ...]:
    """The coverage by which a missing fact means no: one proof for each source that has it."""
    closing = prover.program.vocabulary.closed_by.get(atom.predicate.sentence)
    if closing is None or not Possible(prover.program, prover.model).covered(atom, values):
        return ()
    pairs = zip(atom.predicate.holes, atom.pattern(values), strict=True)
    keys = set(closing.variables())
    filled = {hole.name: value for hole, value in pairs if value is not None and hole.name in keys}
    return tuple(prover.certain(closing.fact(found)) for found in satisfy(closing, prover.model, filled))


def _attempts(prover: Prover, goal: Atom, values: Substitution, path: tuple[object, ...]) -> tuple[Attempt, ...]:
    key = (goal.predicate.sentence, goal.pattern(values))
    if key in path or len(path) >= _DEEPEST:
        return ()
    bound = ((rule, unified(rule, key[1])) for rule in prover.program.concluding(key[0]))
    found = [_attempt(prover, rule, start, (*path, key)) for rule, start in bound if start is not None]
    return tuple(sorted(found, key=lambda each: each.wanting))


def _attempt(prover: Prover, rule: Rule, bound: Substitution, path: tuple[object, ...]) -> Attempt:
    reached, values = _furthest(prover, rule.body, bound)
    premises = prover.premises(rule.body[:reached], values)
    if reached == len(rule.body):
        defeated = tuple(_defeats(prover, rule, values))
        return Attempt(rule, values, premises, None, defeated, own=Wanting(failing=len(defeated)))
    attempt = _failing(prover, Attempt(rule, values, premises, rule.body[reached]), path)
    return replace(attempt, own=_own(prover, attempt), beyond=beyond(prover, rule, reached, values))


def _failing(prover: Prover, attempt: Attempt, path: tuple[object, ...]) -> Attempt:
    """An attempt with why its condition failed."""
    literal, values, possible = attempt.failed, attempt.values, Possible(prover.program, prover.model)
    needs: tuple[Need, ...] = ()
    if isinstance(literal, Atom):
        sentence, vocabulary = literal.predicate.sentence, prover.program.vocabulary
        because = () if sentence in vocabulary.closed_by else _attempts(prover, literal, values, path)
        judged = literal.predicate.kind == "judgement"
        recorded = judged or sentence in vocabulary.closed_by or sentence in vocabulary.open
        if recorded and alone(prover, literal, values) == OPEN:
            needs = (possible.need(literal, values, judgement=judged),)
        return replace(attempt, because=because, searched=searched(prover, literal, values), needs=needs)
    if isinstance(literal, Absence):
        found = satisfy(literal.atom, prover.model, values)
        against = tuple(prover.certain(literal.atom.fact(each)) for each in found)
        return replace(attempt, against=against, needs=() if against else (possible.need(literal.atom, values),))
    if isinstance(literal, Aggregate):
        members = prover.members(literal, values)
        needs = tuple(dict.fromkeys(n for _, found in possible.body(literal.of, values, ()) for n in found))
        return replace(attempt, figure=Figure(literal, values, members, len(members)), needs=needs)
    if isinstance(literal, Every):
        cases = tuple(c for c in solve(literal.of, prover.model, values) if not holds(literal.also, prover.model, c))
        return replace(attempt, needs=_missing(prover, literal, cases), cases=cases)
    return attempt


def _own(prover: Prover, attempt: Attempt) -> Wanting:
    """What the condition that failed wants: as much as the nearest attempt at it, where rules conclude it."""
    if attempt.because:
        return attempt.because[0].wanting
    return alone(prover, attempt.failed, attempt.values) if attempt.failed is not None else NOTHING


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
