"""Whether what a text says is true, false, imprecise or unknown, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from treaty_engine.dates import day
from treaty_engine.explain.possible import Need
from treaty_engine.explain.proof import within
from treaty_engine.explain.status import CONFLICT, NO, YES, Status, clashes
from treaty_engine.program.world import brought
from treaty_engine.progress import counted
from treaty_engine.treaties.claims import assertions as a
from treaty_engine.treaties.claims.compiled import Compiled, compiled, with_claims
from treaty_engine.treaties.claims.dating import undated
from treaty_engine.treaties.claims.diagnosis import Diagnosis
from treaty_engine.treaties.claims.exceptions import certain, diagnosed, so
from treaty_engine.treaties.claims.steps import LENIENT, STEP
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.session import Session, session

TRUE, FALSE, IMPRECISE, UNKNOWN = "true", "false", "imprecise", "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one leaf: the verdict, the answers behind it, and how it is wrong where it is.

    `denied` says that the claim denies it: then it is wrong where the leaf is true.
    """

    leaf: a.Leaf
    verdict: str
    answers: tuple[Status, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    reason: str = ""
    denied: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        """What would settle it."""
        return tuple(dict.fromkeys(need for answer in self.answers for need in answer.needs))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim with its verdict, the reason in a sentence where there is one, and what was found of each leaf.

    `right` is what the claim would truly say if the nearest known name was meant.
    """

    claim: a.Claim
    verdict: str
    session: Session
    findings: tuple[Finding, ...]
    reason: str = ""
    right: str = ""


class _World(NamedTuple):
    """Which world a claim is judged in: the day, whether all sources are admitted, and whether the text itself is."""

    as_of: date
    every_source: bool
    without_text: bool


@dataclass
class Trial:
    """Judges the claims of one file; each world is evaluated once, for all claims that are judged in it.

    `fixed_day` says that the question names its day itself, whatever the file has; `alone` that only some sources are
    asked and the text on trial is one of them, so that it may testify for itself.
    """

    corpus: Corpus
    claims: a.Claims
    question: Question
    engine: str
    fixed_day: bool = False
    alone: bool = field(default=False, init=False)
    _sessions: dict[_World, Session] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._compiled = compiled(self.claims.claims)
        self._corpus = with_claims(self.corpus, self._compiled.values())
        said = (each.leaf.atom for each in self._compiled.values() if isinstance(each.leaf, a.Said))
        self._about = tuple(dict.fromkeys(fact for atom in said for fact in brought(self.corpus.vocabulary, atom)))
        self._own = self.corpus.admitted([self.claims.text]) if self.claims.text else frozenset()
        admitted = self.corpus.admitted(self.question.sources)
        self.alone = bool(self.question.sources) and bool(self._own & admitted)

    def verdicts(self) -> list[Verdict]:
        """The verdict on each claim, in the order of the file."""
        return [self._verdict(claim) for claim in counted(self.claims.claims, "Judging claims")]

    def day(self, claim: a.Claim | None = None) -> date:
        """The day as of which a claim is judged: the question's if it names one, else the claim's or the file's."""
        written = (claim.on if claim else "") or self.claims.on
        return day(written) if written and not self.fixed_day else self.question.as_of

    def session(self, claim: a.Claim | None = None) -> Session:
        """The session in which a claim is judged."""
        return self._session(_World(self.day(claim), claim is not None and claim.of_itself, False))

    def _verdict(self, claim: a.Claim) -> Verdict:
        judged = self.session(claim)
        if claim.says is None:
            return self._misnamed(claim, judged)
        findings: list[Finding] = []
        verdict = self._judged(claim.says, judged, findings)
        reason = next((each.reason for each in findings if each.reason and each.verdict == verdict), "")
        if verdict == FALSE and claim.substance and self._judged(claim.substance, judged, findings) == TRUE:
            verdict, reason = IMPRECISE, "right in substance, not as it is said"
        if verdict != UNKNOWN and self._alone(claim, verdict):
            verdict, reason = UNKNOWN, "no source says so but the text itself"
        reason = reason or (claim.doubt if verdict == UNKNOWN else "")
        return Verdict(claim, verdict, judged, tuple(findings), reason)

    def _misnamed(self, claim: a.Claim, judged: Session) -> Verdict:
        """A claim that says nothing that can be judged, and how it would come out if the nearest name was meant."""
        findings: list[Finding] = []
        if claim.mended is None:
            return Verdict(claim, UNKNOWN, judged, (), claim.doubt)
        meant = self._judged(claim.mended.says, judged, findings)
        right = claim.mended.text if meant == TRUE else ""
        return Verdict(claim, UNKNOWN, judged, tuple(findings), claim.doubt, right)

    def _alone(self, claim: a.Claim, verdict: str) -> bool:
        """Whether the verdict rests on the text that makes the claim, and would be another without it."""
        if not self._own or self.alone or claim.of_itself or claim.says is None:
            return False
        without = self._session(_World(self.day(claim), False, True))
        plain = self._judged(claim.says, without, [])
        if plain == FALSE and claim.substance and self._judged(claim.substance, without, []) == TRUE:
            plain = IMPRECISE
        return plain != verdict

    def _judged(
        self, assertion: a.Assertion, judged: Session, findings: list[Finding], *, denied: bool = False
    ) -> str:
        if isinstance(assertion, a.Negated):
            inner = self._judged(assertion.inner, judged, findings, denied=not denied)
            return {TRUE: FALSE, IMPRECISE: FALSE, FALSE: TRUE}.get(inner, UNKNOWN)
        if isinstance(assertion, a.Joined):
            return joined([self._judged(part, judged, findings, denied=denied) for part in assertion.parts])
        if isinstance(assertion, a.Either):
            found = [self._judged(part, judged, findings, denied=denied) for part in assertion.parts]
            return next((each for each in (TRUE, IMPRECISE, UNKNOWN) if each in found), FALSE)
        finding = self._found(self._compiled[id(assertion)], judged, denied=denied)
        findings.append(finding)
        return finding.verdict

    def _found(self, found: Compiled, judged: Session, *, denied: bool) -> Finding:
        answers = tuple(judged.status(goal) for goal in found.goals)
        verdict = certain(judged, found) or joined([_said(answer) for answer in answers])
        if isinstance(found.leaf, a.Said):
            if reason := _disputed(found.leaf, judged, answers):
                return Finding(found.leaf, UNKNOWN, answers, reason=reason)
            if verdict == FALSE and (reason := _less_exact(found.leaf, judged)):
                return Finding(found.leaf, UNKNOWN, answers, reason=reason)
        if verdict == UNKNOWN:
            return Finding(found.leaf, verdict, answers, (), _why_unknown(answers), denied)
        if denied:
            wrong = (so(judged, answers),) if verdict == TRUE else ()
            return Finding(found.leaf, verdict, answers, wrong, "", denied)
        if verdict == TRUE:
            return Finding(found.leaf, verdict, answers)
        diagnoses = tuple(diagnosed(judged, found))
        imprecise = bool(diagnoses) and all(each.clause for each in diagnoses)
        return Finding(found.leaf, IMPRECISE if imprecise else FALSE, answers, diagnoses)

    def _session(self, world: _World) -> Session:
        if world not in self._sessions:
            corpus = self._corpus
            if world.without_text:
                corpus = replace(corpus, given=tuple(g for g in corpus.given if g.origin.source not in self._own))
            sources = () if world.every_source else self.question.sources
            question = replace(self.question, as_of=world.as_of, sources=sources, about=self._about)
            self._sessions[world] = session(corpus, question, self.engine, self._asked(world))
        return self._sessions[world]

    def _asked(self, world: _World) -> set[str]:
        """The sentences that the claims judged in a world rest on, and those that diagnoses look up."""
        claims = [claim for claim in self.claims.claims if self.day(claim) == world.as_of]
        every = [each for claim in claims for each in a.spoken(claim)]
        found = [self._compiled[id(leaf)] for each in every for leaf in a.leaves(each)]
        goals = {goal.predicate.sentence for each in found for goal in each.goals}
        figures = {each.figure.sentence for each in found if each.figure}
        atoms = {each.leaf.atom.predicate.sentence for each in found if isinstance(each.leaf, a.Said)}
        return goals | figures | atoms | set(self._corpus.sentences(STEP, LENIENT))


def joined(verdicts: Sequence[str]) -> str:
    """The verdict on several things said together: no better than the worst of them."""
    return next((each for each in (FALSE, UNKNOWN, IMPRECISE) if each in verdicts), TRUE)


def _said(answer: Status) -> str:
    if answer.status == CONFLICT:
        return UNKNOWN
    return {YES: TRUE, NO: FALSE}.get(answer.status, UNKNOWN)


def _why_unknown(answers: Iterable[Status]) -> str:
    return "sources disagree" if any(answer.status == CONFLICT for answer in answers) else ""


def _disputed(said: a.Said, judged: Session, answers: Sequence[Status]) -> str:
    """Why sources disagree on the date claimed, where one has it as claimed and none that prevails another day."""
    found = list(undated(judged, said))
    others = [fact for fact, inside, _ in found if not inside]
    if not others or len(others) == len(found) or not any(answer.status in (YES, CONFLICT) for answer in answers):
        return ""
    prover = judged.prover
    for fact, inside, _ in found:
        proof = prover.certain(fact)
        if inside and not any(True for each in within(proof) for _ in clashes(judged.program, judged.model, each.fact)):
            return ""
    return "sources disagree: " + "; ".join(judged.narrator.sentence(fact) for fact, *_ in found)


def _less_exact(said: a.Said, judged: Session) -> str:
    """Where the record is less exact than the claim, so that it may be as claimed."""
    open_ = [fact for fact, inside, touching in undated(judged, said) if touching and not inside]
    return "it is recorded less exactly: " + "; ".join(map(judged.narrator.sentence, open_)) if open_ else ""
