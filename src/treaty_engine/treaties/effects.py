"""What hangs on a record: where a State would stand by one side's account and by the other's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from treaty_engine.engines.choosing import chosen, engine
from treaty_engine.language.terms import Fact, Predicate, Value
from treaty_engine.model import Model
from treaty_engine.progress import counted
from treaty_engine.treaties.session import Session

STANDING, ACT = "standing", "act"
DATED = {"party": "party", "signed only": "signed only", "consent": "consented"}
"""What says since when a State stands where it does, from the step nearest to being bound."""

KEPT = ("entry into force", "in force")
"""What hangs on the acts of all States, and is not asked again for each side of each dispute."""

NONE, MOVED, CHANGED = "none", "changes since-date", "changes status"


@dataclass(frozen=True, slots=True)
class Side:
    """Sources that agree, and what they record of a State under a treaty."""

    sources: frozenset[str]
    records: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A State and a treaty, and two accounts of what it did."""

    state: str
    treaty: str
    one: Side
    other: Side


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether it matters to the answer which side is right, and what would hold by each."""

    kind: str
    one: str
    other: str


def effects(session: Session, disputes: Sequence[Dispute]) -> list[Effect]:
    """The effect of each dispute. Disputes about different pairs are weighed in the same two models."""
    found: dict[int, Effect] = {}
    beside = _beside(session) if disputes else []
    for together in counted(list(_rounds(list(enumerate(disputes)))), "Weighing conflicts"):
        one = (fact for _, each in together for fact in _account(session, each, each.one))
        other = (fact for _, each in together for fact in _account(session, each, each.other))
        by_one, by_other = _model(session, [*beside, *one]), _model(session, [*beside, *other])
        found |= {place: _effect(session, dispute, by_one, by_other) for place, dispute in together}
    return [found[place] for place in range(len(disputes))]


def cell(predicate: Predicate, fact: Fact) -> tuple[str, str] | None:
    """The State and the treaty that a fact is about; None where it is not about one of each."""
    types = [hole.type for hole in predicate.holes]
    if types.count("State") != 1 or types.count("Treaty") != 1:
        return None
    return str(fact.values[types.index("State")]), str(fact.values[types.index("Treaty")])


def recorded(session: Session) -> Iterator[tuple[Fact, tuple[str, str]]]:
    """What the question sees of records about one State and one treaty."""
    seen = session.world.origins
    predicates = session.corpus.vocabulary.predicates
    for fact in dict.fromkeys(each.fact for each in session.corpus.given if each.record and each.fact in seen):
        about = cell(predicates[fact.predicate], fact)
        if about is not None:
            yield fact, about


def _rounds(disputes: list[tuple[int, Dispute]]) -> Iterator[list[tuple[int, Dispute]]]:
    """The disputes in groups that have no pair of a State and a treaty twice."""
    while disputes:
        taken: dict[tuple[str, str], tuple[int, Dispute]] = {}
        for each in disputes:
            taken.setdefault((each[1].state, each[1].treaty), each)
        yield list(taken.values())
        disputes = [each for each in disputes if each not in taken.values()]


def _beside(session: Session) -> list[Fact]:
    """The facts of the world without any records, with what hangs on the acts of all States."""
    seen = {each.fact for each in session.corpus.given if each.record}
    kept = (fact for label in KEPT for fact in session.facts(label))
    return list(dict.fromkeys((*(fact for fact in session.world.facts if fact not in seen), *kept)))


def _account(session: Session, dispute: Dispute, side: Side) -> Iterator[Fact]:
    """The acts as one side records them, and what its sources cover of the pair."""
    vocabulary = session.corpus.vocabulary
    for act in vocabulary.labelled(ACT):
        for fact in side.records:
            holes = vocabulary.predicates[fact.predicate].holes
            given = {hole.type: value for hole, value in zip(holes, fact.values, strict=True)}
            values = tuple(given[hole.type] for hole in act.holes if hole.type in given)
            day = given.get("Date")
            if len(values) == len(act.holes) and isinstance(day, date) and day <= session.as_of:
                yield Fact(act.sentence, values)
        covering = vocabulary.closed_by[act.sentence].predicate
        here = {"State": dispute.state, "Treaty": dispute.treaty}
        for source in sorted(side.sources):
            pattern = tuple((here | {"Source": source}).get(hole.type) for hole in covering.holes)
            yield from (Fact(covering.sentence, values) for values in session.model.match(covering.sentence, pattern))


def _model(session: Session, facts: Sequence[Fact]) -> Model:
    """What would hold of these facts alone, as far as it says where States stand."""
    program = session.corpus.program.about(session.corpus.sentences(STANDING, *DATED))
    return engine(chosen("auto", len(facts), len(program.rules)))(program, facts)


def _effect(session: Session, dispute: Dispute, by_one: Model, by_other: Model) -> Effect:
    (one, since), (other, otherwise) = (_stands(session, dispute, model) for model in (by_one, by_other))
    if one[0] != other[0]:
        return Effect(CHANGED, one[1], other[1])
    return Effect(NONE if since == otherwise else MOVED, one[1], other[1])


def _stands(session: Session, dispute: Dispute, model: Model) -> tuple[tuple[str, str], tuple[str, ...]]:
    """Where the State stands and how that is told, and the days since when."""
    standing = ", ".join(str(values[-1]) for _, values in _said(session, dispute, model, STANDING)) or "unknown"
    for label, told in DATED.items():
        said = _said(session, dispute, model, label)
        if said:
            days = tuple(sorted({str(_day(predicate, values)) for predicate, values in said}))
            return (standing, f"{told} since {' or '.join(days)}"), days
    return (standing, standing), ()


def _said(session: Session, dispute: Dispute, model: Model, label: str) -> list[tuple[Predicate, tuple[Value, ...]]]:
    holes = {"State": dispute.state, "Treaty": dispute.treaty}
    return [
        (predicate, values)
        for predicate in session.corpus.vocabulary.labelled(label)
        for values in model.match(predicate.sentence, tuple(holes.get(hole.type) for hole in predicate.holes))
    ]


def _day(predicate: Predicate, values: tuple[Value, ...]) -> Value:
    return next(value for hole, value in zip(predicate.holes, values, strict=True) if hole.type == "Date")
