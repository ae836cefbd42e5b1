"""The sentences that may be said, found by exact match, and the nearest when none matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from treaty_engine.language.functions import ANY, Function, functions
from treaty_engine.language.registry import Types
from treaty_engine.language.sentences import Skeleton, distance
from treaty_engine.language.terms import Atom, Hole, Predicate, Term, Variable
from treaty_engine.source import Span


def _anyone(name: str) -> Variable:
    return Variable(f"_{name}")


@dataclass(frozen=True, slots=True)
class Brief:
    """A shorter way to say a predicate: some of its holes left out, which then take any value."""

    sentence: str
    words: Skeleton
    predicate: Predicate
    positions: tuple[int, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The holes that are left, in the order of the shorter sentence."""
        return tuple(self.predicate.holes[position] for position in self.positions)

    def whole(self, terms: Iterable[Term], anyone: Callable[[str], Variable] = _anyone) -> tuple[Term, ...]:
        """The terms of the whole sentence: those given, and any value in the holes left out."""
        given = dict(zip(self.positions, terms, strict=True))
        holes = enumerate(self.predicate.holes)
        return tuple(given[i] if i in given else anyone(hole.name) for i, hole in holes)


Said = Predicate | Brief
Sentence = Said | Function


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Predicates with what closes them, the types of their holes, and the built-in sentences.

    `closed_by` has, for a predicate, the atom inside whose extent absence means no; a predicate in `open` is
    never complete. `settled_by` says who could tell. `beside` has the predicates whose facts are shown beside
    a fact with the same values in the holes of the same name. `contradicts` pairs predicates that cannot both hold of
    the same values. `more_where` has, for a predicate with a hole of which there can be only one value, the atom inside
    whose extent there may be more. `missing` says what nobody has recorded where a sentence is not known.
    """

    types: Types
    predicates: Mapping[str, Predicate]
    briefs: tuple[Brief, ...] = ()
    closed_by: Mapping[str, Atom] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    settled_by: Mapping[str, Atom] = field(default_factory=dict)
    contradicts: frozenset[frozenset[str]] = frozenset()
    beside: Mapping[str, tuple[Predicate, ...]] = field(default_factory=dict)
    more_where: Mapping[str, Atom] = field(default_factory=dict)
    missing: Mapping[str, tuple[Brief, ...]] = field(default_factory=dict)
    _by_words: dict[Skeleton, Sentence] = field(default_factory=dict, init=False)
    _vocables: list[tuple[frozenset[str | None], Said]] = field(default_factory=list, init=False)
    _by_label: dict[str, list[Predicate]] = field(default_factory=dict, init=False)
    _shorter: dict[str, list[Brief]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._by_words.update({sentence.words: sentence for sentence in self.sentences()})
        self._vocables.extend((frozenset(sentence.words) - {None}, sentence) for sentence in self.said())
        for each in self.predicates.values():
            for label in {each.label, each.label.partition(",")[0]} - {""}:
                self._by_label.setdefault(label, []).append(each)
        for brief in self.briefs:
            self._shorter.setdefault(brief.predicate.sentence, []).append(brief)

    def said(self) -> Iterator[Said]:
        """Every sentence of the vocabulary and its shorter forms, without the built-in ones."""
        yield from self.predicates.values()
        yield from self.briefs

    def labelled(self, *labels: str) -> Sequence[Predicate]:
        """The sentences with these labels, those included whose label says more of one of them after a comma."""
        return tuple(dict.fromkeys(each for label in labels for each in self._by_label.get(label, ())))

    def briefs_of(self, predicate: Predicate) -> Sequence[Brief]:
        """The shorter ways to say a sentence."""
        return self._shorter.get(predicate.sentence, ())

    def sayable(self, spoken: Set[str]) -> Iterator[Said]:
        """The sentences and shorter forms whose words are all among these."""
        return (sentence for words, sentence in self._vocables if words <= spoken)

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence that a body may say, built-in ones last."""
        yield from self.said()
        yield from functions()

    def find(self, words: Skeleton) -> Sentence | None:
        """The sentence with exactly these words, or None."""
        return self._by_words.get(words)

    def nearest(self, words: Skeleton, count: int = 1) -> list[Sentence]:
        """The sentences that need the fewest words changed to say `words`, best first."""
        most = max(2, len(words) // 2)
        ranked = sorted(
            ((distance(words, sentence.words, most), place) for place, sentence in enumerate(self.sentences())),
        )
        every = list(self.sentences())
        return [every[place] for apart, place in ranked[:count] if apart <= most]

    def close_pairs(self) -> Iterator[tuple[Sentence, Sentence]]:
        """Pairs of sentences with the same words, or that one changed word would turn into each other."""
        shortened: dict[Skeleton, list[Sentence]] = {}
        for one in self.sentences():
            variants = {one.words, *(one.words[:i] + one.words[i + 1 :] for i in range(len(one.words)))}
            others = {id(other): other for variant in variants for other in shortened.get(variant, ())}
            for other in others.values():
                apart = distance(one.words, other.words, 1)
                if apart == 0 or (apart == 1 and _confusable(one.holes, other.holes)):
                    yield other, one
            for variant in variants:
                shortened.setdefault(variant, []).append(one)


def place(sentence: Sentence) -> Span | None:
    """Where a sentence is defined; None when it is built in."""
    if isinstance(sentence, Function):
        return None
    return sentence.predicate.span if isinstance(sentence, Brief) else sentence.span


def _confusable(one: tuple[Hole, ...], other: tuple[Hole, ...]) -> bool:
    """Whether values that fit the holes of one sentence could fit those of another."""
    if len(one) != len(other):
        return True
    return all(a.type == b.type or ANY in (a.type, b.type) for a, b in zip(one, other, strict=True))
