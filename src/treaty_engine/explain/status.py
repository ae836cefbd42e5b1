"""Whether a sentence is true, false, unknown, in conflict or left to judgement; never a bare yes or no.

A fact may be missing where no source claims to be complete. Something not concluded is *no* only when no
such missing fact could lead to it; otherwise it is *unknown*, and the missing facts say what to find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from treaty_engine.explain.possible import MOST_WAYS, Need, Possible, several
from treaty_engine.explain.proof import Figure, Proof, Prover, Throughout, parts, within
from treaty_engine.language.terms import Atom, Fact
from treaty_engine.model import Model
from treaty_engine.program.program import Program

YES, NO, UNKNOWN, CONFLICT, JUDGEMENT = "yes", "no", "unknown", "conflict", "needs judgement"


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to a question: the facts found, those they clash with, and what would settle it."""

    status: str
    goal: Atom
    found: tuple[Fact, ...] = ()
    against: tuple[Fact, ...] = ()
    needs: tuple[Need, ...] = ()


def status(program: Program, model: Model, goal: Atom, possible: Possible | None = None) -> Status:
    """What is to be answered to a question; what was found `possible` for others need not be found again."""
    sentence = goal.predicate.sentence
    matches = (values for values in model.match(sentence, goal.pattern({})) if goal.matched(values, {}))
    found = tuple(Fact(sentence, values) for values in sorted(matches, key=lambda values: tuple(map(str, values))))
    against = tuple(dict.fromkeys(other for fact in found for other in clashes(program, model, fact)))
    if against:
        return Status(CONFLICT, goal, found, against)
    if found:
        prover = Prover(program, model)
        doubted = [doubts(prover, fact) for fact in found]
        return Status(YES, goal, found) if () in doubted else Status(UNKNOWN, goal, needs=doubted[0])
    if other := _other_value(program, model, goal):
        return Status(NO, goal, against=other)
    needs = _needs(possible or Possible(program, model), goal)
    if not needs:
        return Status(NO, goal)
    return Status(JUDGEMENT if all(need.judgement for need in needs) else UNKNOWN, goal, needs=needs)


def doubts(prover: Prover, fact: Fact) -> tuple[Need, ...]:
    """What could defeat every derivation of a fact if it were found; nothing when one stands whatever is found.

    What nothing ever records in full, and what is for somebody to judge, is presumed not to be so.
    """
    every = [tuple(_defeating(prover, proof)) for proof in islice(prover.alternatives(fact), MOST_WAYS)]
    return () if () in every else tuple(dict.fromkeys(every[0]))


def _defeating(prover: Prover, proof: Proof) -> Iterator[Need]:
    possible = Possible(prover.program, prover.model)
    bodies = [(d.body, each.values or {}) for each in within(proof) if each.rule for d in each.rule.exceptions]
    bodies += [(p.literal.of, p.values) for p in parts(proof) if isinstance(p, Figure | Throughout)]
    for body, values in bodies:
        for _, needs in islice(possible.body(body, values, ()), MOST_WAYS):
            if not any(_presumed_not(prover.program, need) for need in needs):
                yield from needs


def _presumed_not(program: Program, need: Need) -> bool:
    predicate = need.atom.predicate
    return predicate.kind == "judgement" or (
        predicate.kind == "given" and predicate.sentence in program.vocabulary.open
    )


def clashes(program: Program, model: Model, fact: Fact) -> Iterator[Fact]:
    """The facts that cannot hold beside this one."""
    predicate = program.vocabulary.predicates[fact.predicate]
    if predicate.only_one is not None and not several(program, model, predicate, fact.values):
        key = tuple(None if i == predicate.only_one else value for i, value in enumerate(fact.values))
        yield from (Fact(fact.predicate, v) for v in model.match(fact.predicate, key) if v != fact.values)
    for pair in program.vocabulary.contradicts:
        for other in pair - {fact.predicate} if fact.predicate in pair else ():
            yield from (Fact(other, values) for values in model.match(other, fact.values))


def _other_value(program: Program, model: Model, goal: Atom) -> tuple[Fact, ...]:
    """The fact that gives the one value there can be, where the question names another."""
    place = goal.predicate.only_one
    pattern = goal.pattern({})
    if place is None or pattern[place] is None or None in (*pattern[:place], *pattern[place + 1 :]):
        return ()
    if several(program, model, goal.predicate, pattern):
        return ()
    key = (*pattern[:place], None, *pattern[place + 1 :])
    return tuple(Fact(goal.predicate.sentence, values) for values in model.match(goal.predicate.sentence, key))


def _needs(possible: Possible, goal: Atom) -> tuple[Need, ...]:
    ways = islice(possible.atom(goal, {}, ()), MOST_WAYS)
    found = {need for _, needs in ways for need in needs}
    return tuple(sorted(found, key=lambda need: str(need.atom.pattern({}))))
