"""The shapes in JSON of what texts claim and of corridors, part of the same contract."""

from __future__ import annotations

from treaty_engine.treaties.contract import Answer, AttemptOut, ConclusionOut, DutyOut, NeedOut
from treaty_engine.treaties.shapes import Shape


class WrongOut(Shape):
    """How a claim is wrong: the kind, in a sentence, what would be right, and why it is no worse than imprecise."""

    kind: str
    sentence: str
    correction: str
    imprecise_by: str | None = None
    facts: list[ConclusionOut]


class AssertionOut(Shape):
    """One sentence, sum or count that a claim is made of, with the verdict on it and why."""

    says: str
    verdict: str
    reason: str | None = None
    wrong: list[WrongOut]
    found: list[ConclusionOut]
    attempts: list[AttemptOut]
    needs: list[NeedOut]


class ClaimOut(Shape):
    """A claim: `true`, `false`, `imprecise` or `unknown`, the reason, and what would be right to say."""

    id: str
    text: str
    where: str
    line: int
    as_of: str
    verdict: str
    reason: str | None = None
    correction: str | None = None
    unverified: list[str]
    expected: str | None = None
    note: str | None = None
    assertions: list[AssertionOut]


class UnreadOut(Shape):
    """A claim whose words no sentence says."""

    id: str
    text: str
    says: str
    line: int
    problem: str
    hint: str | None = None


class ClaimsOut(Answer):
    """`claims`: each claim of a text held against the facts and the rules."""

    file: str
    claims: list[ClaimOut]
    unread: list[UnreadOut]
    totals: dict[str, int]


class EndsOut(ConclusionOut):
    """A treaty with the conclusion about the two ends of a corridor, and where each of them stands to it."""

    treaty: str
    since: str | None
    at_origin: str
    at_destination: str


class OpenOut(Shape):
    """A treaty of which no source in use says enough about one of the ends."""

    treaty: str
    at_origin: str | None
    at_destination: str | None
    needs: list[NeedOut]


class SharedOut(ConclusionOut):
    """An instrument that is not a treaty, or not shown to be one, in which both ends take part."""

    instrument: str
    kind: str
    since: str


class CorridorOut(Answer):
    """`corridor`: what binds both ends, one of them or neither, and what else they share."""

    origin: str
    destination: str
    subjects: list[str]
    both: list[EndsOut]
    origin_only: list[EndsOut]
    destination_only: list[EndsOut]
    signed_only: list[EndsOut]
    neither: list[EndsOut]
    unknown: list[OpenOut]
    bilateral: list[SharedOut]
    of_several_states: list[SharedOut]
    duties_at_origin: list[DutyOut]
    duties_at_destination: list[DutyOut]
    political_at_origin: list[ConclusionOut]
    political_at_destination: list[ConclusionOut]
    gaps: list[ConclusionOut]


class CellOut(Shape):
    """One corridor of a matrix: the treaties of each kind, and the sentences that `why` explains."""

    origin: str
    destination: str
    short: str
    both: list[str]
    origin_only: list[str]
    destination_only: list[str]
    signed_only: list[str]
    neither: list[str]
    unknown: list[str]
    instruments: list[str]
    sentences: list[str]


class MatrixOut(Answer):
    """`corridor --matrix`: every way from one State of a group to another, each in short."""

    group: str
    subjects: list[str]
    cells: list[CellOut]


VERBS: dict[str, type[Answer]] = {"claims": ClaimsOut, "corridor": CorridorOut, "corridor --matrix": MatrixOut}
