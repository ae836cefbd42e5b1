"""The States of groups, on the day asked about."""

from __future__ import annotations

from collections.abc import Iterable

from treaty_engine.treaties.session import Session

BELONGS = "belongs"
"""The label of the sentence that says who belongs to a group."""


def members(session: Session, groups: Iterable[str]) -> list[str]:
    """The States that belong to some groups, each once, group by group."""
    found = (str(fact.values[0]) for group in groups for fact in session.facts(BELONGS, group=group))
    return list(dict.fromkeys(found))
