"""The shape of the answer of `conflicts` in JSON: part of the contract."""

from __future__ import annotations

from treaty_engine.treaties.contract import Answer, ConclusionOut
from treaty_engine.treaties.shapes import Scalar, Shape


class RecordOut(Shape):
    """What a source records, or that it has an empty entry: the reading, and the cell as it is printed."""

    source: str
    sentence: str
    values: dict[str, Scalar]
    printed: str | None = None
    locator: str
    unverified: str | None = None
    doubted: bool
    relied_on: bool


class EffectOut(Shape):
    """Whether it matters which side is right: none, changes since-date or changes status; and what would hold."""

    kind: str
    by_the_record_in_doubt: str
    otherwise: str


class ConflictOut(Shape):
    """A disagreement: the diagnosis, the records on both sides, the rule that chose between them, and the effect."""

    diagnosis: str
    state: str
    treaty: str
    in_doubt: list[str]
    records: list[RecordOut]
    chosen_by: ConclusionOut | None
    effect: EffectOut
    conclusions: list[ConclusionOut]


class ConflictsOut(Answer):
    """`conflicts`: where sources disagree or cannot be right, and why."""

    counts: dict[str, int]
    conflicts: list[ConflictOut]


VERBS: dict[str, type[Answer]] = {"conflicts": ConflictsOut}
