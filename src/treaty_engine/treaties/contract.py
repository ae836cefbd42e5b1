"""The shape of every answer in JSON: a stable contract, published as a JSON Schema."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from treaty_engine.treaties.shapes import Scalar, Shape


class AbsenceOut(Shape):
    """Something of which there is no record, and where it was searched."""

    sentence: str
    searched: list[str]


class MemberOut(Shape):
    """One member of a figure, or one of all cases, with why."""

    values: dict[str, Scalar]
    premises: list[ProofOut]
    absences: list[AbsenceOut] = field(default_factory=list)


class FigureOut(Shape):
    """A figure with the members that made it, the next after them, and how many are missing."""

    sentence: str
    members: list[MemberOut]
    runner_up: MemberOut | None = None
    shortfall: int = 0


class ProofOut(Shape):
    """Why a sentence holds: given, with source and locator, or concluded by a rule from premises."""

    sentence: str
    predicate: str
    values: dict[str, Scalar]
    rule: str | None = None
    citation: str | None = None
    unverified: str | None = None
    premises: list[ProofOut] = field(default_factory=list)
    absences: list[AbsenceOut] = field(default_factory=list)
    figures: list[FigureOut] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    exceptions_not_used: list[str] = field(default_factory=list)
    source: str | None = None
    locator: str | None = None


class NeedOut(Shape):
    """What nobody has recorded, as a sentence and as an indirect question, and who could tell."""

    sentence: str
    missing: str
    settled_by: list[str] = field(default_factory=list)
    could_tell: list[str] = field(default_factory=list)
    judgement: bool = False
    ended: str | None = None


class Answer(Shape):
    """What every answer has."""

    status: str
    as_of: str
    until: str | None = None
    known_by: str | None = None
    known_up_to: str | None = None
    presumed_after: str | None = None
    sources: list[str] = field(default_factory=list)
    engine: str


class ConclusionOut(Shape):
    """A conclusion: the sentence, its values, and by which rule."""

    sentence: str
    predicate: str
    values: dict[str, Scalar]
    rule: str | None
    citation: str | None
    known_up_to: str | None = None
    proof: ProofOut


class BoundOut(ConclusionOut):
    """A treaty in force for a State."""

    treaty: str
    since: str
    act: str | None
    act_date: str | None


class NoticeOut(ConclusionOut):
    """A treaty that a State is leaving: the first day on which it will no longer be bound."""

    treaty: str
    until: str
    clause: str | None


class FormerOut(ConclusionOut):
    """A time in which a State was bound by a treaty: its first day, and the first day on which it was not."""

    treaty: str
    since: str
    until: str
    clause: str | None


class StandingOut(ConclusionOut):
    """A treaty to which a State stands in a way that the contract has no key for."""

    treaty: str
    standing: str


class ConsentedOut(ConclusionOut):
    """A treaty to which a State has consented, not in force for it."""

    treaty: str
    act: str | None
    act_date: str | None
    in_force_on: str | None = None


class SignedOut(ConclusionOut):
    """A treaty that a State has only signed."""

    treaty: str
    signed: str


class NoActOut(ConclusionOut):
    """A treaty under which a source covers the State and no act is recorded."""

    treaty: str


class UnknownOut(Shape):
    """A treaty of which no source in use says enough about a State."""

    state: str
    treaty: str
    needs: list[NeedOut]
    complete_until: str | None = None


class DutyOut(ConclusionOut):
    """A duty in law."""

    duty: str
    treaty: str | None = None
    since: str | None = None


class CommitmentOut(ConclusionOut):
    """A part taken in an instrument that is not a treaty, or not shown to be one."""

    instrument: str
    since: str
    kind: str


class AppliesOut(Answer):
    """`applies`: what binds a State."""

    state: str
    bound: list[BoundOut]
    notice_running: list[NoticeOut]
    consented: list[ConsentedOut]
    signed_only: list[SignedOut]
    former_party: list[FormerOut]
    no_act: list[NoActOut]
    not_open: list[NoActOut]
    other_standings: list[StandingOut]
    formerly_bound: list[FormerOut]
    unknown: list[UnknownOut]
    terms: dict[str, list[ConclusionOut]]
    duties: list[DutyOut]
    commitments: list[CommitmentOut]
    political_duties: list[ConclusionOut]


class GapOut(ConclusionOut):
    """A gap: of which kind, since when, and the acts that would close it."""

    state: str
    treaty: str
    kind: str
    since: str | None
    closed_by: list[str]


class GapsOut(Answer):
    """`gaps`: what is missing."""

    gaps: list[GapOut]
    regional: list[ConclusionOut]
    unknown: list[UnknownOut]


class DepositOut(Shape):
    """An instrument that counts, with why."""

    state: str
    date: str
    proof: ProofOut


class AttemptOut(Shape):
    """How far a rule got toward a conclusion that it did not reach."""

    rule: str
    citation: str
    reached: list[ProofOut]
    failed: str | None
    beside: list[str] = field(default_factory=list)
    defeated_by: list[dict[str, Any]] = field(default_factory=list)
    because: list[AttemptOut] = field(default_factory=list)
    against: list[ProofOut] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    figure: FigureOut | None = None
    needs: list[NeedOut] = field(default_factory=list)


class ForceOut(Answer):
    """`force`: the entry into force of a treaty."""

    treaty: str
    adopted: str | None
    since: str | None
    clause: str
    required: int | None
    counted: int
    complete: bool
    deposits: list[DepositOut]
    also_dated: list[DepositOut]
    completed: str | None
    completing: list[str]
    met: list[str]
    lacking: list[str]
    missing: list[str]
    earliest: str | None
    conclusions: list[ConclusionOut]
    attempts: list[AttemptOut]


class WhyOut(Answer):
    """`why`: the proof of a sentence, with every other derivation on demand."""

    sentence: str
    proof: ProofOut | None
    found: list[ConclusionOut]
    alternatives: list[ProofOut]
    against: list[ConclusionOut]
    attempts: list[AttemptOut]
    needs: list[NeedOut]


class AskOut(Answer):
    """`ask`: every way to fill the holes of a sentence."""

    sentence: str
    found: list[ConclusionOut]
    needs: list[NeedOut]


VERBS: dict[str, type[Answer]] = {
    "applies": AppliesOut,
    "gaps": GapsOut,
    "force": ForceOut,
    "why": WhyOut,
    "why-not": WhyOut,
    "ask": AskOut,
}
