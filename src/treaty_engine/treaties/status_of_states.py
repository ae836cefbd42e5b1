"""What applies to a State, and what is missing: the answers behind `applies` and `gaps`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from treaty_engine.explain.possible import Need
from treaty_engine.explain.proof import within
from treaty_engine.explain.status import UNKNOWN
from treaty_engine.language.terms import Fact
from treaty_engine.progress import counted
from treaty_engine.treaties.session import Conclusion, Session, about

STANDING, PARTY, CONSENT, SIGNED = "standing", "party", "consent", "signed only"
CONTRACTING, RUNNING, FORMER = "contracting", "notice running", "formerly bound"
AHEAD = "entry into force for a State"
GAP, REGIONAL, MEANS, CLOSING = "gap", "regional gap", "means", "closing act"
TOLD = {
    "party": PARTY,
    "notice running": RUNNING,
    "consented and not yet in force": CONTRACTING,
    "signatory only": SIGNED,
    "former party": FORMER,
}
"""The label of the sentence that says more of a step of the ladder; of other steps there is no more to say."""
TERMS = {
    "reservation": "reservation",
    "declaration": "declaration",
    "procedure": "procedure",
    "procedure not accepted": "gap, optional procedure not accepted",
}
"""What narrows, explains or widens the terms on which a State is bound, and the label of the sentences that say so."""
SHEET = (STANDING, *TOLD.values(), *TERMS.values(), CONSENT, PARTY, AHEAD)
SHEET += ("adopted", "leaving", "duty", "commitment", "political duty")
"""The labels of what a sheet shows."""
GAPS = (GAP, REGIONAL, MEANS, CLOSING, STANDING, PARTY, CONSENT, CONTRACTING, "adopted", "belongs")
"""The labels of what is looked up to list gaps."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A State and a treaty of which no source in use says enough, and what would settle it."""

    state: str
    treaty: str
    needs: tuple[Need, ...] = ()
    complete_until: date | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a State stands to a treaty: what is concluded of it, and the act and the day that matter where it has any.

    `told` is the standing itself or what is said more of it, as often as it is said: a State may have left twice.
    """

    treaty: str
    standing: Conclusion
    told: tuple[Conclusion, ...]
    consent: Conclusion | None = None
    in_force_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What applies to a State on a day; `steps` has every step of the ladder, in the order of the vocabulary."""

    state: str
    steps: Mapping[str, tuple[Stand, ...]]
    earlier: tuple[Conclusion, ...]
    unknown: tuple[Unknown, ...]
    terms: Mapping[str, tuple[Conclusion, ...]]
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
    steps: dict[str, list[Stand]] = {step: [] for step in _steps(session)}
    unknown: list[Unknown] = []
    for treaty in counted(adopted(session), "Explaining treaties"):
        standing = session.conclusions(STANDING, state=state, treaty=treaty)
        known = [each for each in standing if not session.presumed(each.proof)]
        for each in known:
            steps[str(each.fact.values[-1])].append(_stand(session, state, treaty, each))
        if not known:
            unknown.append(_unknown(session, state, treaty, standing))
    left = {each.treaty for each in steps.get("former party", ())}
    return Sheet(
        state,
        {step: tuple(stands) for step, stands in steps.items()},
        tuple(c for c in session.conclusions(FORMER, state=state) if str(c.value(1)) not in left),
        tuple(unknown),
        {term: _certain(session, label, state) for term, label in TERMS.items()},
        _certain(session, "duty", state),
        tuple(session.conclusions("commitment", state=state)),
        tuple(session.conclusions("political duty", state=state)),
    )


def gaps(
    session: Session, states: Sequence[str], treaties: Sequence[str], groups: Sequence[str] | None = None
) -> Gaps:
    """What is missing between these States and these treaties, and in whole groups: these, or all that there are."""
    asked = [treaty for treaty in adopted(session) if treaty in treaties]
    pairs = counted([(state, treaty) for state in states for treaty in asked], "Looking for gaps")
    each = [session.memory.find(("missing", *pair), partial(_missing, session, *pair)) for pair in pairs]
    found = tuple(gap for gaps, _ in each for gap in gaps)
    unknown = tuple(unknown for _, unknown in each if unknown)
    regional = [fact for fact in session.facts(REGIONAL) if fact.values[-1] in treaties and _said_once(fact, groups)]
    return Gaps(found, tuple(map(session.conclusion, regional)), unknown)


def _missing(session: Session, state: str, treaty: str) -> tuple[tuple[Gap, ...], Unknown | None]:
    """What is missing between a State and a treaty, or that too little is known to tell."""
    standing = session.facts(STANDING, state=state, treaty=treaty)
    if standing and not any(session.presumed(session.prover.certain(each)) for each in standing):
        return tuple(_gaps_of(session, state, treaty)), None
    return (), _unknown(session, state, treaty, list(map(session.conclusion, standing)))


def _certain(session: Session, label: str, state: str) -> tuple[Conclusion, ...]:
    """What the sentences with a label say of a State, without what is only presumed where nothing is to be."""
    return tuple(each for each in session.conclusions(label, state=state) if not session.presumed(each.proof))


def _said_once(fact: Fact, asked: Sequence[str] | None) -> bool:
    """Whether one of its groups is asked about, and they stand in the order of their names: of two it is said once."""
    groups = list(map(str, fact.values[:-1]))
    return groups == sorted(groups) and (asked is None or not set(groups).isdisjoint(asked))


def adopted(session: Session) -> list[str]:
    """The treaties that existed on the day asked about, in the order of the registry."""
    facts = {str(each.values[0]) for each in session.facts("adopted")}
    return [treaty for treaty in session.corpus.members("Treaty") if treaty in facts]


def spoken_of(session: Session) -> list[str]:
    """The States of which some source says where they stand, in the order of the registry."""
    (standing,) = session.corpus.vocabulary.labelled(STANDING)
    known = {values[0] for values in session.model.match(standing.sentence, (None,) * len(standing.holes))}
    return [state for state in session.corpus.members("State") if state in known]


def gap_kind(conclusion: Conclusion, session: Session) -> str:
    """Which kind of gap a conclusion is, as the vocabulary names it."""
    return session.corpus.vocabulary.predicates[conclusion.fact.predicate].variety


def _gaps_of(session: Session, state: str, treaty: str) -> Iterable[Gap]:
    kinds = ((gap_kind(each, session), each) for each in session.conclusions(GAP, state=state, treaty=treaty))
    for kind, each in sorted(kinds, key=lambda pair: pair[0]):
        since = next((value for value in each.fact.values if isinstance(value, date)), None)
        yield Gap(state, treaty, kind, since, _closing(session, state, treaty, kind), each)


def _closing(session: Session, state: str, treaty: str, kind: str) -> tuple[str, ...]:
    """The acts that would close a gap of a kind; none where a consent stands and only time is wanting."""
    acts = session.facts(f"{CLOSING}, {kind}", state=state, treaty=treaty)
    if not acts and not session.facts(CONTRACTING, state=state, treaty=treaty):
        acts = session.facts(MEANS, treaty=treaty)
    predicates = session.corpus.vocabulary.predicates
    filled = [pair for act in acts for pair in zip(predicates[act.predicate].holes, act.values, strict=True)]
    return tuple(str(value) for hole, value in filled if hole.type == "Act")


def _steps(session: Session) -> tuple[str, ...]:
    """The steps of the ladder, in the order of the vocabulary."""
    vocabulary = session.corpus.vocabulary
    (predicate,) = vocabulary.labelled(STANDING)
    return vocabulary.types.types[predicate.holes[-1].type].members


def _stand(session: Session, state: str, treaty: str, standing: Conclusion) -> Stand:
    label = TOLD.get(str(standing.fact.values[-1]))
    told = session.conclusions(label, state=state, treaty=treaty) if label else [standing]
    named = [value for each in session.facts(AHEAD, state=state, treaty=treaty) for value in each.values]
    ahead = min((day for day in named if isinstance(day, date) and day > session.as_of), default=None)
    consents = session.corpus.sentences(CONSENT)
    resting = (part.fact for each in told for part in within(each.proof) if part.fact.predicate in consents)
    consent = next((session.conclusion(fact) for fact in resting), None)
    return Stand(treaty, standing, tuple(told), consent, ahead)


def _unknown(session: Session, state: str, treaty: str, standing: Sequence[Conclusion]) -> Unknown:
    known = min((each.known_up_to for each in standing if each.known_up_to), default=None)
    needs = session.memory.find(("unknown", state, treaty), lambda: _needs(session, state, treaty))
    return Unknown(state, treaty, needs, known)


def _needs(session: Session, state: str, treaty: str) -> tuple[Need, ...]:
    """What would have to be known to tell where a State stands."""
    return tuple(
        need
        for predicate in session.corpus.vocabulary.labelled(CONSENT, PARTY)
        if (found := session.status(about(predicate, state=state, treaty=treaty))).status == UNKNOWN
        for need in found.needs
    )
