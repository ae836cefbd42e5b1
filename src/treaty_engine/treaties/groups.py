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


def groups_of(session: Session, states: Iterable[str]) -> list[str]:
    """The groups to which some States belong, each once."""
    found = (str(fact.values[1]) for state in states for fact in session.facts(BELONGS, state=state))
    return list(dict.fromkeys(found))
