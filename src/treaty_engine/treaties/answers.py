"""The verbs' answers in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from treaty_engine.explain.narrate import citation
from treaty_engine.explain.proof import Proof
from treaty_engine.explain.status import NO, UNKNOWN, YES, Status
from treaty_engine.explain.whynot import attempts
from treaty_engine.language.terms import Atom, Variable
from treaty_engine.language.writing import sentence_of
from treaty_engine.progress import counted
from treaty_engine.treaties import contract as c
from treaty_engine.treaties.entry_into_force import Force
from treaty_engine.treaties.session import Conclusion, Session
from treaty_engine.treaties.shapes import Scalar
from treaty_engine.treaties.status_of_states import AHEAD, Gaps, Sheet, Stand, Unknown
from treaty_engine.treaties.told import Teller, iso, scalar

SECTIONS = {
    "party": "bound",
    "notice running": "notice_running",
    "consented and not yet in force": "consented",
    "signatory only": "signed_only",
    "former party": "former_party",
    "no act recorded": "no_act",
    "not open to it": "not_open",
}
"""The key of the contract for a step of the ladder; a step that has none is among the other standings."""


def applies(session: Session, sheet: Sheet) -> c.AppliesOut:
    """What applies to a State."""
    teller = Teller(session)
    shown: dict[str, list[c.ConclusionOut]] = {}
    for step, stands in sheet.steps.items():
        for stand in stands:
            shown.setdefault(SECTIONS.get(step, "other_standings"), []).extend(_told(teller, step, stand))
    every = [told for stands in sheet.steps.values() for stand in stands for told in stand.told]
    bound = shown.get("bound") or shown.get("notice_running")
    return c.AppliesOut(
        **teller.common(YES if bound else UNKNOWN if sheet.unknown else NO, _known(every)),
        state=sheet.state,
        **{key: shown.get(key, []) for key in (*SECTIONS.values(), "other_standings")},  # type: ignore[arg-type]
        formerly_bound=[_former(teller, str(each.value(1)), each) for each in sheet.earlier],
        unknown=[_unknown(teller, each) for each in sheet.unknown],
        terms={key: [c.ConclusionOut(**teller.conclusion(e)) for e in found] for key, found in sheet.terms.items()},
        duties=[duty(teller, each) for each in sheet.duties],
        commitments=[_commitment(teller, each) for each in sheet.commitments],
        political_duties=[c.ConclusionOut(**teller.conclusion(each)) for each in sheet.political_duties],
    )


def _told(teller: Teller, step: str, stand: Stand) -> Iterator[c.ConclusionOut]:
    """What is to be said of a treaty and a step of the ladder, as often as it is concluded."""
    for each in stand.told:
        keys = {**teller.conclusion(each), "treaty": stand.treaty}
        match SECTIONS.get(step):
            case "bound":
                yield c.BoundOut(**keys, since=_day(each), **_act(stand.consent))
            case "notice_running":
                yield c.NoticeOut(**keys, until=_day(each), clause=_clause(teller, each))
            case "consented":
                yield c.ConsentedOut(**keys, in_force_on=iso(stand.in_force_on), **_act(stand.consent))
            case "signed_only":
                yield c.SignedOut(**keys, signed=_day(each))
            case "former_party":
                yield _former(teller, stand.treaty, each)
            case None:
                yield c.StandingOut(**keys, standing=step)
            case _:
                yield c.NoActOut(**keys)


def _former(teller: Teller, treaty: str, each: Conclusion) -> c.FormerOut:
    start, end = (value.isoformat() for value in each.fact.values if isinstance(value, date))
    clause = _clause(teller, each)
    return c.FormerOut(**teller.conclusion(each), treaty=treaty, since=start, until=end, clause=clause)


def _clause(teller: Teller, each: Conclusion) -> str | None:
    """What a State leaves by on the last day that a conclusion names: the treaty's clause, or the rule's authority."""
    state, treaty = each.value(0), each.value(1)
    last = max(value for value in each.fact.values if isinstance(value, date))
    found = teller.session.conclusions("leaving", state=state, treaty=treaty)
    left = next((told for told in found if _day(told) == last.isoformat()), None)
    if left is None:
        return None
    parts = (part.values or {} for part in _leaving(teller, left.proof))
    clauses = [str(values["clause"]) for values in parts if "clause" in values]
    return clauses[0] if clauses else citation(left.proof.rule, left.proof.values or {}) if left.proof.rule else None


def _leaving(teller: Teller, proof: Proof) -> Iterator[Proof]:
    """What a State's leaving rests on, without what it left: that the treaty had entered into force for it."""
    yield proof
    predicates = teller.session.corpus.vocabulary.predicates
    for each in proof.premises:
        if isinstance(each, Proof) and predicates[each.fact.predicate].label != AHEAD:
            yield from _leaving(teller, each)


def gaps(session: Session, found: Gaps) -> c.GapsOut:
    """What is missing."""
    teller = Teller(session)
    status = YES if found.gaps else UNKNOWN if found.unknown else NO
    return c.GapsOut(
        **teller.common(status, _known(gap.conclusion for gap in found.gaps)),
        gaps=[
            c.GapOut(
                **teller.conclusion(gap.conclusion),
                state=gap.state,
                treaty=gap.treaty,
                kind=gap.kind,
                since=iso(gap.since) if gap.since and gap.since <= session.as_of else None,
                closed_by=list(gap.closed_by),
            )
            for gap in counted(found.gaps, "Explaining gaps")
        ],
        regional=[c.ConclusionOut(**teller.conclusion(each)) for each in found.regional],
        unknown=[_unknown(teller, each) for each in found.unknown],
    )


def force(session: Session, found: Force) -> c.ForceOut:
    """Whether a treaty is in force."""
    teller = Teller(session)
    known = _known((*found.conclusions, *found.deposits))
    return c.ForceOut(
        **teller.common(found.answer.status, known),
        treaty=found.treaty,
        adopted=iso(found.adopted),
        since=iso(found.since),
        clause=found.clause,
        required=found.required,
        counted=len(found.deposits),
        complete=found.held,
        deposits=[_deposit(teller, each) for each in found.deposits],
        also_dated=[_deposit(teller, each) for each in found.also_dated],
        completed=iso(found.completed),
        completing=list(found.completing),
        met=[teller.narrator.sentence(each.fact) for each in found.met],
        lacking=[teller.narrator.sentence(each.fact) for each in found.lacking],
        missing=list(found.missing),
        earliest=iso(found.earliest),
        conclusions=[c.ConclusionOut(**teller.conclusion(each)) for each in found.conclusions],
        attempts=[teller.attempt(each) for each in found.attempts],
    )


def why(session: Session, answer: Status, *, alternatives: bool = False) -> c.WhyOut:
    """Why a sentence holds, or why not."""
    teller = Teller(session)
    found = [session.conclusion(fact) for fact in answer.found]
    others = [p for each in found[:1] for p in session.prover.alternatives(each.fact)][1:] if alternatives else []
    tried = () if found else attempts(session.prover, answer.goal)
    return c.WhyOut(
        **teller.common(answer.status, _known(found) if found else [session.denied_up_to(tried)]),
        sentence=sentence_of(session.corpus.vocabulary, answer.goal, {}),
        proof=teller.proof(found[0].proof) if found else None,
        found=[c.ConclusionOut(**teller.conclusion(each)) for each in found],
        alternatives=[teller.proof(each) for each in others],
        against=[c.ConclusionOut(**teller.conclusion(session.conclusion(fact))) for fact in answer.against],
        attempts=[teller.attempt(each) for each in tried],
        needs=[teller.need(each) for each in answer.needs],
    )


def ask(session: Session, answer: Status) -> c.AskOut:
    """Every way to fill the holes of a sentence."""
    teller = Teller(session)
    found = [session.conclusion(fact) for fact in answer.found]
    denied = [] if found else [session.denied_up_to(attempts(session.prover, answer.goal))]
    return c.AskOut(
        **teller.common(answer.status, _known(found) or denied),
        sentence=sentence_of(session.corpus.vocabulary, answer.goal, {}),
        found=[c.ConclusionOut(**teller.conclusion(each)) for each in found],
        needs=[teller.need(each) for each in answer.needs],
    )


def asked_values(goal: Atom, conclusion: Conclusion) -> dict[str, Scalar]:
    """What the variables of a question stand for in one of its answers."""
    pairs = zip(goal.terms, conclusion.fact.values, strict=True)
    return {t.name: scalar(v) for t, v in pairs if isinstance(t, Variable) and not t.name.startswith("_")}


def _known(conclusions: Iterable[Conclusion]) -> list[date | None]:
    return [each.known_up_to for each in conclusions]


def _day(conclusion: Conclusion) -> str:
    return conclusion.period or next(value.isoformat() for value in conclusion.fact.values if isinstance(value, date))


def _act(consent: Conclusion | None) -> dict[str, Any]:
    """The act by which a State is bound, where it is its own."""
    return {"act": str(consent.value(2)), "act_date": _day(consent)} if consent else {"act": None, "act_date": None}


def _deposit(teller: Teller, each: Conclusion) -> c.DepositOut:
    return c.DepositOut(state=str(each.value(0)), date=_day(each), proof=teller.proof(each.proof))


def _unknown(teller: Teller, each: Unknown) -> c.UnknownOut:
    needs = [teller.need(need) for need in each.needs]
    return c.UnknownOut(state=each.state, treaty=each.treaty, needs=needs, complete_until=iso(each.complete_until))


def duty(teller: Teller, each: Conclusion) -> c.DutyOut:
    """A duty in law."""
    values = teller.values(each.fact)
    treaty, since = values.get("treaty"), each.period or values.get("date")
    sentence = teller.narrator.sentence(each.fact)
    said = values.get("duty") or sentence.partition(" must ")[2].rpartition(" since ")[0]
    return c.DutyOut(
        **teller.conclusion(each),
        duty=str(said),
        treaty=str(treaty) if treaty else None,
        since=str(since) if since else None,
    )


def _commitment(teller: Teller, each: Conclusion) -> c.CommitmentOut:
    values = teller.values(each.fact)
    shown: dict[str, Any] = {
        "instrument": str(values["instrument"]),
        "since": str(values["period"]),
        "kind": str(values["kind"]),
    }
    return c.CommitmentOut(**teller.conclusion(each), **shown)
