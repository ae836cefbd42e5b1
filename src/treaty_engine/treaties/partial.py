"""Days that the sources give no closer than by a month, a year or a span, written as they are known."""

from __future__ import annotations

from datetime import date

from treaty_engine.dates import bounds, span
from treaty_engine.treaties.session import Conclusion, Session

ACT, IN_FORCE = "day not known", "entry into force for a State, day not known"


def as_known(session: Session, conclusion: Conclusion) -> str:
    """The day that a conclusion of a State and a treaty names; the period, where that day only stands for one."""
    day = next(value for value in conclusion.fact.values if isinstance(value, date))
    predicate = session.corpus.vocabulary.predicates[conclusion.fact.predicate]
    values = dict(zip((hole.name for hole in predicate.holes), conclusion.fact.values, strict=True))
    whose = {name: values[name] for name in ("state", "treaty")}
    for told in session.conclusions(ACT, **whose):
        period = next(str(v) for v, h in zip(told.fact.values, _types(session, told), strict=True) if h == "Period")
        if bounds(period)[1] == day:
            return period
    for told in session.conclusions(IN_FORCE, **whose):
        first, last = (value for value in told.fact.values if isinstance(value, date))
        if last == day:
            return span(first, last)
    return day.isoformat()


def _types(session: Session, told: Conclusion) -> list[str]:
    return [hole.type for hole in session.corpus.vocabulary.predicates[told.fact.predicate].holes]
