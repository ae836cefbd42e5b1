"""The shape in JSON of what texts claim, part of the same contract."""

from __future__ import annotations

from treaty_engine.treaties.contract import Answer, AttemptOut, ConclusionOut, NeedOut, Shape


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


VERBS: dict[str, type[Answer]] = {"claims": ClaimsOut}
