"""The answer of `conflicts` in the shape of the contract."""

from __future__ import annotations

from collections.abc import Sequence

from treaty_engine.explain.status import NO, YES
from treaty_engine.treaties import contract_of_conflicts as c
from treaty_engine.treaties.conflicts import Finding
from treaty_engine.treaties.contract import ConclusionOut
from treaty_engine.treaties.session import Session
from treaty_engine.treaties.told import Teller


def conflicts(session: Session, found: Sequence[Finding]) -> c.ConflictsOut:
    """Where sources disagree."""
    teller = Teller(session)
    counts = {each.diagnosis: sum(other.diagnosis == each.diagnosis for other in found) for each in found}
    return c.ConflictsOut(
        **teller.common(YES if found else NO, ()),
        counts=counts,
        conflicts=[_conflict(teller, each) for each in found],
    )


def _conflict(teller: Teller, each: Finding) -> c.ConflictOut:
    chosen = ConclusionOut(**teller.conclusion(each.chosen_by)) if each.chosen_by else None
    effect = c.EffectOut(kind=each.effect.kind, by_the_record_in_doubt=each.effect.one, otherwise=each.effect.other)
    records = [
        c.RecordOut(
            source=record.by,
            sentence=teller.narrator.sentence(record.fact),
            values=teller.values(record.fact),
            printed=record.origin.printed or None,
            locator=record.origin.locator,
            unverified=record.origin.unverified or None,
            doubted=record.doubted,
            relied_on=record.relied_on,
        )
        for record in each.records
    ]
    return c.ConflictOut(
        diagnosis=each.diagnosis,
        state=each.state,
        treaty=each.treaty,
        in_doubt=list(each.in_doubt),
        records=records,
        chosen_by=chosen,
        effect=effect,
        conclusions=[ConclusionOut(**teller.conclusion(conclusion)) for conclusion in each.conclusions],
    )
