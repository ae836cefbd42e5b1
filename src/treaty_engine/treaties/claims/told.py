"""Verdicts in the shape of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from treaty_engine.explain.status import NO, UNKNOWN, YES
from treaty_engine.explain.whynot import attempts
from treaty_engine.progress import counted
from treaty_engine.treaties import contract as base
from treaty_engine.treaties import contract_of_texts as c
from treaty_engine.treaties.claims import assertions as a
from treaty_engine.treaties.claims.diagnosis import Diagnosis
from treaty_engine.treaties.claims.reader import VERDICTS
from treaty_engine.treaties.claims.trial import FALSE, IMPRECISE, TRUE, Finding, Trial, Verdict
from treaty_engine.treaties.claims.trial import UNKNOWN as OPEN
from treaty_engine.treaties.session import Session
from treaty_engine.treaties.told import Teller


def claims(trial: Trial) -> c.ClaimsOut:
    """Every verdict on the claims of a file."""
    verdicts = trial.verdicts()
    session = trial.session()
    known: list[date | None] = []
    told = [_claim(each, known, trial.alone) for each in counted(verdicts, "Explaining claims")]
    teller = Teller(session)
    return c.ClaimsOut(
        **teller.common(_status(verdicts, trial.claims.unread), known),
        file=trial.claims.path,
        claims=told,
        unread=[_unread(each) for each in trial.claims.unread],
        totals={verdict: sum(each.verdict == verdict for each in verdicts) for verdict in VERDICTS},
    )


def _status(verdicts: Sequence[Verdict], unread: Sequence[a.Unread]) -> str:
    found = {each.verdict for each in verdicts}
    if found & {FALSE, IMPRECISE}:
        return NO
    return UNKNOWN if unread or OPEN in found else YES


def _claim(verdict: Verdict, known: list[date | None], alone: bool) -> c.ClaimOut:
    claim, session = verdict.claim, verdict.session
    found = [session.conclusion(fact) for each in verdict.findings for s in each.answers for fact in s.found]
    known += [each.known_up_to for each in found]
    doubts = dict.fromkeys(doubt for each in found for doubt in session.doubts(each.proof))
    return c.ClaimOut(
        id=claim.id,
        text=claim.text,
        where=claim.where,
        line=claim.span.line,
        as_of=session.as_of.isoformat(),
        verdict=verdict.verdict,
        reason=verdict.reason or None,
        correction=correction(verdict) or None,
        unverified=list(doubts),
        expected=(claim.expected_alone if alone else claim.expected) or None,
        note=claim.note or None,
        assertions=[_assertion(session, each) for each in verdict.findings],
    )


def correction(verdict: Verdict) -> str:
    """What would be right to say; nothing where the claim is true, or where nobody can tell."""
    if verdict.verdict not in (FALSE, IMPRECISE) and not verdict.claim.mended:
        return ""
    if verdict.right:
        return f"perhaps: {verdict.right}"
    right = [each.correction for finding in verdict.findings for each in finding.diagnoses if each.correction]
    if not right and verdict.verdict == FALSE:
        right = [f"it is so that {_says(each.leaf)}" for each in verdict.findings if each.verdict == TRUE]
    right = list(dict.fromkeys(right))
    return "; ".join(each for each in right if not any(each in other for other in right if other != each))


def _assertion(session: Session, finding: Finding) -> c.AssertionOut:
    teller = Teller(session)
    tried = [] if finding.verdict == TRUE else [t for s in finding.answers for t in attempts(session.prover, s.goal)]
    return c.AssertionOut(
        says=("not: " if finding.denied else "") + _says(finding.leaf),
        verdict=finding.verdict,
        reason=finding.reason or None,
        wrong=[_wrong(session, each) for each in finding.diagnoses],
        found=[
            base.ConclusionOut(**teller.conclusion(session.conclusion(fact)))
            for answer in finding.answers
            for fact in answer.found
        ],
        attempts=[teller.attempt(each) for each in tried],
        needs=[teller.need(each) for each in finding.needs],
    )


def _says(leaf: a.Leaf) -> str:
    if isinstance(leaf, a.Quantified) and ":" not in leaf.text:
        return f"{leaf.kind}: {leaf.text}"
    return leaf.text


def _wrong(session: Session, diagnosis: Diagnosis) -> c.WrongOut:
    teller = Teller(session)
    return c.WrongOut(
        kind=diagnosis.kind,
        sentence=diagnosis.sentence,
        correction=diagnosis.correction,
        imprecise_by=diagnosis.clause or None,
        facts=[base.ConclusionOut(**teller.conclusion(session.conclusion(fact))) for fact in diagnosis.facts],
    )


def _unread(each: a.Unread) -> c.UnreadOut:
    return c.UnreadOut(
        id=each.id,
        text=each.text,
        says=each.said,
        line=each.span.line,
        problem=each.problem,
        hint=each.hint or None,
    )
