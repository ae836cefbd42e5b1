"""Whether a treaty is in force, and if not what its clause still requires: the answer behind `force`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from treaty_engine.explain.status import Status
from treaty_engine.explain.whynot import Attempt, attempts
from treaty_engine.treaties.session import Conclusion, Session, about

IN_FORCE = "in force"
LACKING = ("shortfall", "shortfall of a share", "short at the record")


@dataclass(frozen=True, slots=True)
class Force:
    """A treaty's entry into force: the answer, the clause, the instruments counted and those missing.

    `held` says whether sources cover every State whose instrument could count, so that the count is complete.
    `completed` is the day on which all that the treaty requires was met, `completing` the States whose instruments
    came on that day: several may complete a number together. `met` has each requirement with its day; `lacking` says
    what is still required, or what a list lacks that gives another day than the record. Of a treaty that was adopted
    later than the day asked about nothing is lacking or missing yet.
    """

    treaty: str
    answer: Status
    adopted: date | None
    since: date | None
    clause: str
    required: int | None
    deposits: tuple[Conclusion, ...]
    also_dated: tuple[Conclusion, ...]
    completed: date | None
    completing: tuple[str, ...]
    met: tuple[Conclusion, ...]
    lacking: tuple[Conclusion, ...]
    missing: tuple[str, ...]
    earliest: date | None
    held: bool
    conclusions: tuple[Conclusion, ...]
    attempts: tuple[Attempt, ...]


LABELS = (IN_FORCE, "clause", "counted", "entry into force", "earliest", "missing", "held")
"""The labels of what is looked up."""


def force(session: Session, treaty: str) -> Force:
    """Whether a treaty is in force on the day asked about, and what its clause requires."""
    goal = about(session.corpus.vocabulary.labelled(IN_FORCE)[0], treaty=treaty)
    answer = session.status(goal)
    found = tuple(session.conclusions(IN_FORCE, treaty=treaty))
    clause = next(iter(session.conclusions("clause", treaty=treaty)), None)
    counted = sorted(session.conclusions("counted", treaty=treaty), key=lambda each: (_day(each), str(each.value(0))))
    first = {each.value(0): each for each in reversed(counted)}
    deposits = tuple(each for each in counted if first[each.value(0)] is each)
    entry = session.conclusions("entry into force", treaty=treaty)
    completed = next((_day(each) for each in session.conclusions("completed", treaty=treaty)), None)
    earliest = min((_day(each) for each in session.conclusions("earliest", treaty=treaty)), default=None)
    adopted = _adopted(session, treaty)
    begun = adopted is None or adopted <= session.as_of
    missing = session.conclusions("missing", treaty=treaty) if begun and not found else ()
    return Force(
        treaty,
        answer,
        adopted,
        _day(found[0]) if found else None,
        str(clause.fact.values[-1]) if clause else "",
        next((value for value in clause.fact.values if isinstance(value, int)), None) if clause else None,
        deposits,
        tuple(each for each in counted if each not in deposits),
        completed,
        tuple(str(each.value(0)) for each in deposits if _day(each) == completed),
        tuple(session.conclusions("requirement met", treaty=treaty)),
        tuple(each for label in LACKING for each in session.conclusions(label, treaty=treaty) if begun),
        tuple(sorted(str(each.value(0)) for each in missing)),
        earliest if begun else None,
        bool(session.conclusions("held", treaty=treaty)),
        (*session.conclusions("by count", treaty=treaty), *found, *entry),
        () if found else attempts(session.prover, goal),
    )


def _adopted(session: Session, treaty: str) -> date | None:
    """The day on which a treaty was adopted, however the day asked about lies to it; None where it is not recorded."""
    said = {predicate.sentence for predicate in session.corpus.vocabulary.labelled("adopted")}
    facts = (each.fact for each in session.corpus.given if each.fact.predicate in said and treaty in each.fact.values)
    return next((value for fact in facts for value in fact.values if isinstance(value, date)), None)


def _day(conclusion: Conclusion) -> date:
    return next(value for value in conclusion.fact.values if isinstance(value, date))
