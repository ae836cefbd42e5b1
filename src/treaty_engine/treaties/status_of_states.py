"""What applies to a State, and what is missing: the answers behind `applies` and `gaps`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from treaty_engine.explain.status import UNKNOWN, Need
from treaty_engine.treaties.session import Conclusion, Session, about, labelled

STANDING, PARTY, CONSENT, SIGNED = "standing", "party", "consent", "signed only"
GAP, REGIONAL = "gap", "regional gap"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A State and a treaty of which no source in use says enough, and what would settle it."""

    state: str
    treaty: str
    needs: tuple[Need, ...] = ()
    complete_until: date | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A treaty that binds a State, or will: the conclusion, and the act by which it consented."""

    treaty: str
    conclusion: Conclusion
    consent: Conclusion
    in_force_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What applies to a State on a day."""

    state: str
    bound: tuple[Bound, ...]
    consented: tuple[Bound, ...]
    signed_only: tuple[Conclusion, ...]
    no_act: tuple[Conclusion, ...]
    not_open: tuple[Conclusion, ...]
    unknown: tuple[Unknown, ...]
    duties: tuple[Conclusion, ...]
    commitments: tuple[Conclusion, ...]
    political_duties: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing between a State and a treaty, since when, and the acts that would close it."""

    state: str
    treaty: str
    kind: str
    since: date | None
    closed_by: tuple[str, ...]
    conclusion: Conclusion


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of some States under some treaties, and where the sources say too little to tell."""

    gaps: tuple[Gap, ...]
    regional: tuple[Conclusion, ...]
    unknown: tuple[Unknown, ...]


def sheet(session: Session, state: str) -> Sheet:
    """What applies to a State."""
    by_standing: dict[str, list[Conclusion]] = {}
    unknown: list[Unknown] = []
    for treaty in adopted(session):
        standing = session.conclusions(STANDING, state=state, treaty=treaty)
        known = [each for each in standing if not session.presumed(each.proof)]
        for each in known:
            by_standing.setdefault(str(each.fact.values[-1]), []).append(each)
        if not known:
            unknown.append(_unknown(session, state, treaty, standing))
    party, consented, signed, none, not_open = (by_standing.get(step, []) for step in _steps(session))
    return Sheet(
        state,
        tuple(_bound(session, state, str(each.value(1)), PARTY) for each in party),
        tuple(_bound(session, state, str(each.value(1)), CONSENT) for each in consented),
        tuple(c for each in signed for c in session.conclusions(SIGNED, state=state, treaty=each.value(1))),
        tuple(none),
        tuple(not_open),
        tuple(unknown),
        tuple(d for d in session.conclusions("duty", state=state) if not session.presumed(d.proof)),
        tuple(session.conclusions("commitment", state=state)),
        tuple(session.conclusions("political duty", state=state)),
    )


def gaps(session: Session, states: Sequence[str], treaties: Sequence[str]) -> Gaps:
    """What is missing between these States and these treaties."""
    found: list[Gap] = []
    unknown: list[Unknown] = []
    for state in states:
        for treaty in (treaty for treaty in adopted(session) if treaty in treaties):
            standing = session.conclusions(STANDING, state=state, treaty=treaty)
            if not standing or any(session.presumed(each.proof) for each in standing):
                unknown.append(_unknown(session, state, treaty, standing))
            else:
                found += _gaps_of(session, state, treaty)
    regional = [c for c in session.conclusions(REGIONAL) if c.fact.values[-1] in treaties and _said_once(c)]
    return Gaps(tuple(found), tuple(regional), tuple(unknown))


def _said_once(conclusion: Conclusion) -> bool:
    """Whether the groups stand in the order of their names: what is true of two is said of them once."""
    groups = list(map(str, conclusion.fact.values[:-1]))
    return groups == sorted(groups)


def adopted(session: Session) -> list[str]:
    """The treaties that existed on the day asked about, in the order of the registry."""
    facts = {str(each.value(0)) for each in session.conclusions("adopted")}
    return [treaty for treaty in session.corpus.members("Treaty") if treaty in facts]


def spoken_of(session: Session) -> list[str]:
    """The States of which some source says where they stand, in the order of the registry."""
    (standing,) = labelled(session.corpus, STANDING)
    known = {values[0] for values in session.model.match(standing.sentence, (None,) * len(standing.holes))}
    return [state for state in session.corpus.members("State") if state in known]


def gap_kind(conclusion: Conclusion, session: Session) -> str:
    """Which kind of gap a conclusion is, as the vocabulary names it."""
    label = session.corpus.vocabulary.predicates[conclusion.fact.predicate].label
    return label.removeprefix(f"{GAP}, ")


def _gaps_of(session: Session, state: str, treaty: str) -> Iterable[Gap]:
    labels = {p.label for p in session.corpus.vocabulary.predicates.values() if p.label.startswith(f"{GAP}, ")}
    means = tuple(str(each.value(1)) for each in session.conclusions("means", treaty=treaty))
    for label in sorted(labels):
        for each in session.conclusions(label, state=state, treaty=treaty):
            since = next((value for value in each.fact.values if isinstance(value, date)), None)
            waits = bool(session.conclusions(CONSENT, state=state, treaty=treaty))
            yield Gap(state, treaty, gap_kind(each, session), since, () if waits else means, each)


def _steps(session: Session) -> tuple[str, ...]:
    """The steps of the ladder, in the order of the vocabulary."""
    predicate = next(labelled(session.corpus, STANDING))
    return session.corpus.vocabulary.types.types[predicate.holes[-1].type].members


def _bound(session: Session, state: str, treaty: str, label: str) -> Bound:
    consent = session.conclusions(CONSENT, state=state, treaty=treaty)[0]
    conclusion = session.conclusions(label, state=state, treaty=treaty)[0]
    ahead = session.conclusions("entry into force for a State", state=state, treaty=treaty)
    day = next((value for each in ahead for value in each.fact.values if isinstance(value, date)), None)
    return Bound(treaty, conclusion, consent, day)


def _unknown(session: Session, state: str, treaty: str, standing: Sequence[Conclusion]) -> Unknown:
    known = min((each.known_up_to for each in standing if each.known_up_to), default=None)
    needs = [
        need
        for label in (CONSENT, PARTY)
        for predicate in labelled(session.corpus, label)
        if (found := session.status(about(predicate, state=state, treaty=treaty))).status == UNKNOWN
        for need in found.needs
    ]
    return Unknown(state, treaty, tuple(needs), known)
