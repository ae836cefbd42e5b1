"""Laws that any program of rules must uphold, whatever it is about, in worlds of States, treaties and acts.

A law takes a program and a world, and says how it is broken. `stories.uphold` runs one and tells the story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from random import Random

from treaty_engine.dates import bounds
from treaty_engine.engines import compiled
from treaty_engine.explain.check import Checker
from treaty_engine.explain.possible import MOST_WAYS, Possible
from treaty_engine.explain.proof import Prover
from treaty_engine.explain.status import CONFLICT, JUDGEMENT, NO, UNKNOWN, YES, Status, status
from treaty_engine.language.terms import Atom, Fact, Term, Value, Variable
from treaty_engine.language.writing import sentence_of
from treaty_engine.model import Facts, Model
from treaty_engine.program.days import daily
from treaty_engine.program.program import Program
from treaty_engine.testing.stories import Breach, concluded, known, model, part
from treaty_engine.testing.treaty_worlds import World

STATUSES = frozenset({YES, NO, UNKNOWN, CONFLICT, JUDGEMENT})


def every_conclusion_has_a_proof(program: Program, world: World) -> Breach | None:
    """What is concluded has a finite proof, down to given facts, that the independent checker accepts."""
    given = known(program, world)
    found = model(program, world)
    prover, checker = Prover(program, found), Checker(program.rules, given, list(found.facts()))
    for fact in found.facts():
        proof = prover.proof(fact)
        faults = ["it has no proof"] if proof is None else checker.faults(proof)
        if faults:
            return Breach("; ".join(faults), (fact,))
    return None


def every_question_has_one_answer(program: Program, world: World) -> Breach | None:
    """A question is answered yes, no, unknown, in conflict or for judgement: in one of these ways, and always."""
    found = model(program, world)
    for goal in questions(program, world, found):
        answer = answered(program, found, goal)
        held = found.match(goal.predicate.sentence, goal.pattern({}))
        if answer.status not in STATUSES:
            return Breach(f"`{asked(program, goal)}` has no answer: {answer.status}")
        if (answer.status == NO) == bool(held) and answer.status in (YES, NO, CONFLICT):
            facts = tuple(Fact(goal.predicate.sentence, values) for values in held)
            return Breach(f"`{asked(program, goal)}` is answered {answer.status}", facts)
    return None


def order_changes_nothing(program: Program, world: World, seed: int) -> Breach | None:
    """The order in which facts and rules are written, and a fact written twice, change no answer and no need.

    A need is what is said to be missing where the answer is unknown. Where there are more ways to it than are looked
    at, which of the needs are told is a matter of order.
    """
    draws, facts, rules = Random(seed), [*world.facts, *world.facts[:3]], list(program.rules)
    draws.shuffle(facts)
    draws.shuffle(rules)
    shuffled = Program(program.vocabulary, tuple(rules))
    before, after = model(program, world), model(shuffled, replace(world, facts=tuple(facts)))
    if breach := unequal(set(before.facts()), set(after.facts())):
        return breach
    for goal in questions(program, world, before, one_in=4):
        one, other = answered(program, before, goal), answered(shuffled, after, goal)
        if _told(one) != _told(other) and (one.status != other.status or not _some_ways_only(program, before, goal)):
            says = f"is answered {one.status} in one order, {other.status} in another"
            return Breach(f"`{asked(program, goal)}` {says if one.status != other.status else 'needs something else'}")
    return None


def renaming_renames(program: Program, world: World, names: Mapping[str, str]) -> Breach | None:
    """States, treaties, sources and groups by other names have the same answers, by those names, and no others."""
    before, after = model(program, world), model(program, renamed(program, world, names))
    expected = {_with_names(program, fact, names) for fact in before.facts()}
    if breach := unequal(expected, set(after.facts())):
        return breach
    for goal in questions(program, world, before, one_in=4):
        one = answered(program, before, goal).status
        terms = _with_names(program, Fact(goal.predicate.sentence, goal.terms), names).values  # type: ignore[arg-type]
        other = answered(program, after, replace(goal, terms=terms)).status
        if one != other:
            return Breach(f"`{asked(program, goal)}` is answered {one} by one name, {other} by another")
    return None


def days_shift_together(program: Program, world: World, days: int) -> Breach | None:
    """When every date is some days later, every date computed from delays in days is as many days later."""
    moved = World(world.as_of + timedelta(days), tuple(_later(program, fact, days) for fact in world.facts))
    expected = {_later(program, fact, days) for fact in model(program, world).facts()}
    return unequal(expected, set(model(program, moved).facts()))


def each_of_many_days_is_as_alone(program: Program, world: World, days: Collection[date]) -> Breach | None:
    """What holds on a day is the same whether it is asked about alone or with others."""
    together = _together(program)
    found = compiled.evaluate(together.program, together.facts(world.facts, {day: day for day in days}))
    for day, of_day in zip(days, together.each(found, days), strict=True):
        alone = model(program, replace(world, as_of=day))
        if breach := unequal(set(alone.facts()), set(of_day.facts())):
            return Breach(f"asked together with other days, as of {day}: {breach.says}", breach.concluded)
        prover = Prover(program, of_day)
        if unproved := [fact for fact in of_day.facts() if prover.proof(fact) is None]:
            return Breach(f"asked together with other days, as of {day}: this has no proof", _some(set(unproved)))
    return None


_together = cache(daily)


def finding_out_flips_nothing(program: Program, world: World, sentences: Iterable[str]) -> Breach | None:
    """What was unknown, once found out, turns no yes into no and no no into yes.

    What may still change is a presumption: what nothing ever records in full, and what is for somebody to judge.
    """
    rules = part(program, frozenset(sentences))
    before, after = model(rules, world), model(rules, world.whole)
    for sentence in sentences:
        for goal in _ground(rules, sentence, before, after) + list(_of_pairs(rules, world.whole, sentence)):
            one, other = answered(rules, before, goal), answered(rules, after, goal)
            if {one.status, other.status} == {YES, NO}:
                says = f"is answered {one.status} first, and {other.status} when more is known"
                return Breach(f"`{asked(program, goal)}` {says}", (*one.found, *other.found))
    return None


def unequal(expected: set[Fact], found: set[Fact]) -> Breach | None:
    """What one set of facts has and another has not."""
    if missing := expected - found:
        return Breach("this is not concluded when it should be", _some(missing))
    if extra := found - expected:
        return Breach("this is concluded when it should not be", _some(extra))
    return None


def answered(program: Program, found: Facts, goal: Atom) -> Status:
    """The answer to a question; where the engine fails to give one, a status that says so."""
    try:
        return status(program, found, goal)
    except (TypeError, LookupError, ValueError, AttributeError, RecursionError) as failed:
        return Status(f"the engine fails with {type(failed).__name__}: {failed}", goal)


def asked(program: Program, goal: Atom) -> str:
    """A question in words."""
    return sentence_of(program.vocabulary, goal)


def questions(program: Program, world: World, found: Facts, one_in: int = 1) -> Iterator[Atom]:
    """The questions whether each conclusion holds, and whether each sentence holds of each State and treaty.

    Of the latter only some are asked where `one_in` is more than 1.
    """
    predicates = program.vocabulary.predicates
    for fact in sorted(concluded(program, found), key=str):
        yield Atom(predicates[fact.predicate], fact.values)
    for place, sentence in enumerate(sorted(program.by_head)):
        yield from list(_of_pairs(program, world, sentence))[place % one_in :: one_in]


def _of_pairs(program: Program, world: World, sentence: str) -> Iterator[Atom]:
    """Whether a sentence holds of each State and treaty of a world, whatever the rest of it."""
    predicate = program.vocabulary.predicates[sentence]
    members = {
        kind: sorted({name for fact in world.facts for name in _named(program, fact, kind)})
        for kind in ("State", "Treaty")
    }
    pairs = [(state, treaty) for state in members["State"] or ("",) for treaty in members["Treaty"] or ("",)]
    for state, treaty in pairs:
        terms = tuple(_filling(hole.type, hole.name, state, treaty) for hole in predicate.holes)
        if "" not in terms and any(not isinstance(term, Variable) for term in terms):
            yield Atom(predicate, terms)


def _filling(kind: str, name: str, state: str, treaty: str) -> Term:
    return state if kind == "State" else treaty if kind == "Treaty" else Variable(f"_{name}")


def _named(program: Program, fact: Fact, kind: str) -> Iterator[str]:
    holes = program.vocabulary.predicates[fact.predicate].holes
    return (str(value) for hole, value in zip(holes, fact.values, strict=True) if hole.type == kind)


def renamed(program: Program, world: World, names: Mapping[str, str]) -> World:
    """A world with other names in every hole that takes a member of a registry."""
    return replace(world, facts=tuple(_with_names(program, fact, names) for fact in world.facts))


def _with_names(program: Program, fact: Fact, names: Mapping[str, str]) -> Fact:
    types, holes = program.vocabulary.types.types, program.vocabulary.predicates[fact.predicate].holes
    named = [types[hole.type].registry for hole in holes]
    pairs = zip(named, fact.values, strict=True)
    return Fact(fact.predicate, tuple(names.get(str(value), value) if is_name else value for is_name, value in pairs))


def _later(program: Program, fact: Fact, days: int) -> Fact:
    holes = program.vocabulary.predicates[fact.predicate].holes
    return Fact(fact.predicate, tuple(_moved(h.type, v, days) for h, v in zip(holes, fact.values, strict=True)))


def _moved(kind: str, value: Value, days: int) -> Value:
    """A date, or a period of days, some days later; anything else as it is."""
    if isinstance(value, date):
        return value + timedelta(days)
    if kind == "Period" and isinstance(value, str):
        first, last = (each + timedelta(days) for each in bounds(value))
        return first.isoformat() if first == last else f"{first}/{last}"
    return value


def _ground(program: Program, sentence: str, *models: Facts) -> list[Atom]:
    """The questions whether a sentence holds of just the values of which it holds in one of the models."""
    predicate = program.vocabulary.predicates[sentence]
    anything = (None,) * len(predicate.holes)
    found = {values for each in models for values in each.match(sentence, anything)}
    return [Atom(predicate, values) for values in sorted(found, key=str)]


def _told(answer: Status) -> tuple[object, ...]:
    found, against = frozenset(answer.found), frozenset(answer.against)
    return answer.status, found, against, frozenset(need.atom for need in answer.needs)


def _some_ways_only(program: Program, model: Model, goal: Atom) -> bool:
    """Whether there are more ways in which something might be true than are looked at."""
    return sum(1 for _ in islice(Possible(program, model).atom(goal, {}, ()), MOST_WAYS)) == MOST_WAYS


def _some(facts: set[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=str)[:3])
