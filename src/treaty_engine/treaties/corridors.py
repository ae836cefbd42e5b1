"""What binds the two ends of the way of a migrant worker: the answer behind `corridor`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from treaty_engine.explain.possible import Need
from treaty_engine.explain.status import UNKNOWN
from treaty_engine.language.terms import Fact, Value
from treaty_engine.program.world import ABOUT
from treaty_engine.progress import counted
from treaty_engine.treaties.corpus import Corpus
from treaty_engine.treaties.groups import BELONGS
from treaty_engine.treaties.session import Conclusion, Session, about
from treaty_engine.treaties.status_of_states import STANDING, adopted

CELL, INSTRUMENT, SUBJECT = "corridor", "instrument", "subject"
BOTH = "both ends"
DUTY, POLITICAL, GAP = "duty", "political", "gap, one end of a corridor"
MATRIX = ("adopted", BELONGS, SUBJECT, CELL, INSTRUMENT)
"""The labels of what is looked up to show many corridors, each in short."""
WHOLE = (*MATRIX, STANDING, DUTY, POLITICAL, GAP, "party", "consent")
"""The labels of what is looked up for one corridor, with its duties and with what would be needed."""


@dataclass(frozen=True, slots=True)
class Ends:
    """A treaty with the conclusion about the two ends, and where each of them stands to it."""

    treaty: str
    conclusion: Conclusion
    origin: str
    destination: str


@dataclass(frozen=True, slots=True)
class Open:
    """A treaty of which no source in use says enough about one of the ends."""

    treaty: str
    origin: str
    destination: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Corridor:
    """What binds the two ends of a corridor, by the kinds of cell that the vocabulary has, and what else they share."""

    origin: str
    destination: str
    cells: Mapping[str, tuple[Ends, ...]]
    unknown: tuple[Open, ...]
    instruments: Mapping[str, tuple[Conclusion, ...]]
    duties: Mapping[str, tuple[Conclusion, ...]]
    political: Mapping[str, tuple[Conclusion, ...]]
    gaps: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """One corridor among many: the sentences of each kind of cell, the treaties unknown, and the instruments shared."""

    origin: str
    destination: str
    cells: Mapping[str, tuple[Fact, ...]]
    unknown: tuple[str, ...]
    instruments: tuple[Fact, ...]


def asked_about(corpus: Corpus, pairs: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    """What a question about these corridors brings."""
    named = (each for each in corpus.vocabulary.predicates.values() if each.asked == ABOUT)
    sentences = [each.sentence for each in named if [hole.name for hole in each.holes] == ["origin", "destination"]]
    return tuple(Fact(sentence, pair) for sentence in sentences for pair in pairs)


def pairs_of(states: Sequence[str]) -> list[tuple[str, str]]:
    """Every way from one of these States to another."""
    return list(permutations(states, 2))


def corridor(session: Session, origin: str, destination: str, subjects: Sequence[str] = ()) -> Corridor:
    """What binds the two ends of one corridor, of all treaties or of those about some subjects."""
    treaties = treaties_about(session, subjects)
    ends = {"origin": origin, "destination": destination}
    cells: dict[str, list[Ends]] = {}
    found: set[str] = set()
    for predicate in session.corpus.vocabulary.labelled(CELL):
        for each in session.conclusions(predicate.label, **ends):
            treaty = str(each.value(0))
            if treaty in treaties and not session.presumed(each.proof):
                found.add(treaty)
                cells.setdefault(predicate.variety, []).append(_ends(session, each, origin, destination))
    unknown = tuple(_open(session, each, origin, destination) for each in treaties if each not in found)
    order = {treaty: place for place, treaty in enumerate(treaties)}
    return Corridor(
        origin,
        destination,
        {kind: tuple(sorted(listed, key=lambda each: order[each.treaty])) for kind, listed in cells.items()},
        unknown,
        dict(_instruments(session, ends, subjects)),
        {end: _duties(session, state, treaties, subjects) for end, state in ends.items()},
        {end: _political(session, f"{POLITICAL}, {end}", ends, subjects) for end in ends},
        tuple(each for each in session.conclusions(GAP, **ends) if set(each.fact.values) & set(treaties)),
    )


def matrix(session: Session, pairs: Sequence[tuple[str, str]], subjects: Sequence[str] = ()) -> list[Summary]:
    """Many corridors, each in short."""
    treaties = treaties_about(session, subjects)
    every = counted(pairs, "Comparing two ends")
    return [_summary(session, origin, destination, treaties, subjects) for origin, destination in every]


def _summary(
    session: Session, origin: str, destination: str, treaties: Sequence[str], subjects: Sequence[str]
) -> Summary:
    ends = {"origin": origin, "destination": destination}
    cells: dict[str, tuple[Fact, ...]] = {}
    found: set[Value] = set()
    for predicate in session.corpus.vocabulary.labelled(CELL):
        facts = [fact for fact in session.facts(predicate.label, **ends) if fact.values[0] in treaties]
        cells[predicate.variety] = tuple(sorted(facts, key=lambda fact: treaties.index(str(fact.values[0]))))
        found |= {fact.values[0] for fact in facts}
    chosen = tuple(fact for fact in session.facts(INSTRUMENT, **ends) if _is_about(session, fact, subjects))
    return Summary(origin, destination, cells, tuple(each for each in treaties if each not in found), chosen)


def treaties_about(session: Session, subjects: Sequence[str]) -> list[str]:
    """The treaties of the day asked about that deal with some of these subjects; all when none is named."""
    every = adopted(session)
    if not subjects:
        return every
    chosen = {fact.values[0] for each in subjects for fact in session.facts(SUBJECT, subject=each)}
    return [treaty for treaty in every if treaty in chosen]


def _is_about(session: Session, said: Fact, subjects: Sequence[str]) -> bool:
    """Whether something that a fact speaks of is about some of these subjects; anything where none is named."""
    if not subjects:
        return True
    tags = {fact.values[0] for subject in subjects for fact in session.facts(SUBJECT, subject=subject)}
    return bool(tags & set(said.values))


def _ends(session: Session, found: Conclusion, origin: str, destination: str) -> Ends:
    treaty = str(found.value(0))
    return Ends(treaty, found, _standing(session, origin, treaty), _standing(session, destination, treaty))


def _standing(session: Session, state: str, treaty: str) -> str:
    return next((str(fact.values[-1]) for fact in session.facts(STANDING, state=state, treaty=treaty)), "")


def _open(session: Session, treaty: str, origin: str, destination: str) -> Open:
    needs: list[Need] = []
    for state in (origin, destination):
        if not _standing(session, state, treaty):
            for predicate in session.corpus.vocabulary.labelled("consent"):
                answer = session.status(about(predicate, state=state, treaty=treaty))
                needs += answer.needs if answer.status == UNKNOWN else ()
    ends = [_standing(session, state, treaty) for state in (origin, destination)]
    return Open(treaty, ends[0], ends[1], tuple(dict.fromkeys(needs)))


def _instruments(
    session: Session, ends: Mapping[str, str], subjects: Sequence[str]
) -> Iterator[tuple[str, tuple[Conclusion, ...]]]:
    for predicate in session.corpus.vocabulary.labelled(INSTRUMENT):
        found = session.conclusions(predicate.label, **ends)
        chosen = tuple(each for each in found if _is_about(session, each.fact, subjects))
        yield predicate.variety, chosen


def _duties(
    session: Session, state: str, treaties: Sequence[str], subjects: Sequence[str]
) -> tuple[Conclusion, ...]:
    """What a State must do in law, under these treaties; or as a member, where no subject narrows it."""
    found = (each for each in session.conclusions(DUTY, state=state) if not session.presumed(each.proof))
    return tuple(each for each in found if set(each.fact.values) & set(treaties) or not subjects)


def _political(
    session: Session, label: str, ends: Mapping[str, str], subjects: Sequence[str]
) -> tuple[Conclusion, ...]:
    """What the State at one end is politically committed to, in the role that it has there."""
    return tuple(each for each in session.conclusions(label, **ends) if _is_about(session, each.fact, subjects))
