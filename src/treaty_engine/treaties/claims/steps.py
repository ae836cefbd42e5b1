"""The dated steps that rules know of: what a claim about one of them may be confused with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from treaty_engine.language.rules import Rule, atoms
from treaty_engine.language.terms import Atom, Fact, Predicate, Value, Variable
from treaty_engine.treaties.claims.assertions import Said
from treaty_engine.treaties.claims.dating import dated
from treaty_engine.treaties.session import Session

STEP, LENIENT = "step", "imprecise"
"""Labels: a dated step, of a kind that is a word of some list; and which kind may be said for which."""


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step: its kind, what it is a step of, its day, and the sentence that it was derived from."""

    kind: str
    key: tuple[tuple[str, Value], ...]
    on: date
    shown: Fact


@dataclass(frozen=True, slots=True)
class ClaimedStep:
    """The step that a claim speaks of; the kind is empty where it may be any that the sentence allows."""

    kind: str
    key: tuple[tuple[str, Value], ...]
    predicate: str


def claimed_step(session: Session, said: Said) -> ClaimedStep | None:
    """The step that a sentence speaks of, where a rule derives steps from it and the sentence says of what."""
    atom, _ = dated(said)
    for predicate in session.corpus.vocabulary.labelled(STEP):
        for rule in session.corpus.program.concluding(predicate.sentence):
            source = next(iter(atoms(rule.body)), None)
            if source is not None and source.predicate.sentence == atom.predicate.sentence:
                claimed = _claimed(rule, source, atom, predicate)
                return claimed if len(claimed.key) == len(_key(predicate)) else None
    return None


def _claimed(rule: Rule, source: Atom, atom: Atom, predicate: Predicate) -> ClaimedStep:
    pairs = zip(source.terms, atom.terms, strict=True)
    bound = {one.name: other for one, other in pairs if isinstance(one, Variable) and not isinstance(other, Variable)}
    values = [bound.get(term.name) if isinstance(term, Variable) else term for term in rule.head.terms]
    holes = [(hole, value) for hole, value in zip(predicate.holes, values, strict=True) if value is not None]
    key = tuple((hole.name, value) for hole, value in holes if hole.name in _key(predicate))
    kind = next((str(value) for hole, value in holes if hole.name == kind_hole(predicate)), "")
    return ClaimedStep(kind, key, atom.predicate.sentence)


def kind_hole(predicate: Predicate) -> str:
    """The hole of a step that says its kind: the first one."""
    return predicate.holes[0].name


def _key(predicate: Predicate) -> list[str]:
    return [hole.name for hole in predicate.holes[1:] if hole.type != "Date"]


def steps(session: Session, key: Mapping[str, Value]) -> list[Step]:
    """Every step of which these values are part, in the order of their days; one fact is one step."""
    found: dict[tuple[str, tuple[tuple[str, Value], ...], date], Step] = {}
    for predicate in session.corpus.vocabulary.labelled(STEP):
        pattern = tuple(key.get(hole.name) for hole in predicate.holes)
        for values in session.model.match(predicate.sentence, pattern):
            step = _step(session, predicate, values)
            found.setdefault((step.kind, step.key, step.on), step)
    return sorted(found.values(), key=lambda step: (step.on, step.kind, str(step.key)))


def _step(session: Session, predicate: Predicate, values: tuple[Value, ...]) -> Step:
    rules = session.program.rules
    told = session.prover.alternatives(Fact(predicate.sentence, values))
    proof = max(told, key=lambda each: rules.index(each.rule) if each.rule else -1)
    named = list(zip((hole.name for hole in predicate.holes), values, strict=True))
    key = tuple((name, value) for name, value in named if name in _key(predicate))
    day = next(value for value in values if isinstance(value, date))
    shown = [each.fact for each in proof.premises if hasattr(each, "fact")]
    return Step(str(values[0]), key, day, shown[0] if shown else proof.fact)


def imprecision(session: Session) -> dict[tuple[str, str], str]:
    """Why saying the one kind of step for the other is no more than imprecise."""
    return dict(_imprecision(session))


def _imprecision(session: Session) -> Iterator[tuple[tuple[str, str], str]]:
    for fact in session.facts(LENIENT):
        said, found, clause = map(str, fact.values)
        yield (said, found), clause
