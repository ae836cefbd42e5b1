"""What binds the two ends of the way of a migrant worker: the answer behind `corridor`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from treaty_engine.explain.possible import Need
from treaty_engine.explain.status import UNKNOWN
from treaty_engine.language.terms import Fact, Predicate, Value
from treaty_engine.program.world import ABOUT
from treaty_engine.treaties.corpus import Corpus
from treaty_engine.treaties.session import Conclusion, Session, about, labelled
from treaty_engine.treaties.status_of_states import STANDING, adopted

CELL, INSTRUMENT, SUBJECT = "corridor, ", "instrument, ", "subject"
BOTH = "both ends"
DUTY, POLITICAL, GAP = "duty", "political, ", "gap, one end of a corridor"


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


def needed(corpus: Corpus, *, whole: bool) -> set[str]:
    """The sentences that an answer about corridors rests on; the whole answer has duties and what would be needed."""
    labels = {"adopted", "belongs", SUBJECT}
    if whole:
        labels |= {STANDING, DUTY, f"{POLITICAL}origin", f"{POLITICAL}destination", GAP, "party", "consent"}
    found = corpus.vocabulary.predicates.values()
    return {each.sentence for each in found if each.label in labels or each.label.startswith((CELL, INSTRUMENT))}


def corridor(session: Session, origin: str, destination: str, subjects: Sequence[str] = ()) -> Corridor:
    """What binds the two ends of one corridor, of all treaties or of those about some subjects."""
    treaties = treaties_about(session, subjects)
    ends = {"origin": origin, "destination": destination}
    cells: dict[str, list[Ends]] = {}
    found: set[str] = set()
    for predicate in cell_predicates(session.corpus):
        kind = predicate.label.removeprefix(CELL)
        for each in session.conclusions(predicate.label, **ends):
            treaty = str(each.value(0))
            if treaty in treaties and not session.presumed(each.proof):
                found.add(treaty)
                cells.setdefault(kind, []).append(_ends(session, each, origin, destination))
    unknown = tuple(_open(session, each, origin, destination) for each in treaties if each not in found)
    order = {treaty: place for place, treaty in enumerate(treaties)}
    return Corridor(
        origin,
        destination,
        {kind: tuple(sorted(listed, key=lambda each: order[each.treaty])) for kind, listed in cells.items()},
        unknown,
        dict(_instruments(session, ends, subjects)),
        {end: _duties(session, state, treaties, subjects) for end, state in ends.items()},
        {end: _political(session, POLITICAL + end, ends, subjects) for end in ends},
        tuple(each for each in session.conclusions(GAP, **ends) if set(each.fact.values) & set(treaties)),
    )


def matrix(session: Session, pairs: Iterable[tuple[str, str]], subjects: Sequence[str] = ()) -> list[Summary]:
    """Many corridors, each in short."""
    treaties = treaties_about(session, subjects)
    return [_summary(session, origin, destination, treaties, subjects) for origin, destination in pairs]


def _summary(
    session: Session, origin: str, destination: str, treaties: Sequence[str], subjects: Sequence[str]
) -> Summary:
    ends = {"origin": origin, "destination": destination}
    cells: dict[str, tuple[Fact, ...]] = {}
    found: set[Value] = set()
    for predicate in cell_predicates(session.corpus):
        facts = [fact for fact in _facts(session, predicate, ends) if fact.values[0] in treaties]
        cells[predicate.label.removeprefix(CELL)] = tuple(facts)
        found |= {fact.values[0] for fact in facts}
    instruments = _instrument_predicates(session.corpus)
    shared = tuple(fact for predicate in instruments for fact in _facts(session, predicate, ends))
    chosen = tuple(fact for fact in shared if _is_about(session, fact, subjects))
    return Summary(origin, destination, cells, tuple(each for each in treaties if each not in found), chosen)


def cell_predicates(corpus: Corpus) -> list[Predicate]:
    """The kinds of cell, in the order of the vocabulary."""
    return [each for each in corpus.vocabulary.predicates.values() if each.label.startswith(CELL)]


def _instrument_predicates(corpus: Corpus) -> list[Predicate]:
    return [each for each in corpus.vocabulary.predicates.values() if each.label.startswith(INSTRUMENT)]


def treaties_about(session: Session, subjects: Sequence[str]) -> list[str]:
    """The treaties of the day asked about that deal with some of these subjects; all when none is named."""
    every = adopted(session)
    if not subjects:
        return every
    chosen = {str(c.value(0)) for each in subjects for c in session.conclusions(SUBJECT, subject=each)}
    return [treaty for treaty in every if treaty in chosen]


def _facts(session: Session, predicate: Predicate, holes: Mapping[str, Value]) -> Iterator[Fact]:
    pattern = tuple(holes.get(hole.name) for hole in predicate.holes)
    return (Fact(predicate.sentence, values) for values in session.model.match(predicate.sentence, pattern))


def _is_about(session: Session, fact: Fact, subjects: Sequence[str]) -> bool:
    """Whether what a fact speaks of first is about some of these subjects."""
    if not subjects:
        return True
    tags = {
        values[0]
        for predicate in labelled(session.corpus, SUBJECT)
        for subject in subjects
        for values in session.model.match(predicate.sentence, (None, subject))
    }
    return bool(tags & set(fact.values))


def _ends(session: Session, found: Conclusion, origin: str, destination: str) -> Ends:
    treaty = str(found.value(0))
    return Ends(treaty, found, _standing(session, origin, treaty), _standing(session, destination, treaty))


def _standing(session: Session, state: str, treaty: str) -> str:
    (predicate,) = labelled(session.corpus, STANDING)
    found = session.model.match(predicate.sentence, (state, treaty, None))
    return next((str(values[-1]) for values in found), "")


def _open(session: Session, treaty: str, origin: str, destination: str) -> Open:
    needs: list[Need] = []
    for state in (origin, destination):
        if not _standing(session, state, treaty):
            for predicate in labelled(session.corpus, "consent"):
                answer = session.status(about(predicate, state=state, treaty=treaty))
                needs += answer.needs if answer.status == UNKNOWN else ()
    ends = [_standing(session, state, treaty) for state in (origin, destination)]
    return Open(treaty, ends[0], ends[1], tuple(dict.fromkeys(needs)))


def _instruments(
    session: Session, ends: Mapping[str, str], subjects: Sequence[str]
) -> Iterator[tuple[str, tuple[Conclusion, ...]]]:
    for predicate in _instrument_predicates(session.corpus):
        found = session.conclusions(predicate.label, **ends)
        chosen = tuple(each for each in found if _is_about(session, each.fact, subjects))
        yield predicate.label.removeprefix(INSTRUMENT), chosen


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
