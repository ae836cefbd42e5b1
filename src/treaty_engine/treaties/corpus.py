"""The corpus: rules and facts as loaded, and the world that a question sees of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from treaty_engine.dates import bounds
from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.registry import Member
from treaty_engine.language.rules import Rule
from treaty_engine.language.terms import Fact, Predicate
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.program.program import Program
from treaty_engine.program.world import asked_facts, happened, happened_by
from treaty_engine.progress import counted
from treaty_engine.source import Origin

COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Question:
    """What a question lets an answer see: the day asked about, what was known by then, and which sources.

    `until` is how far ahead it looks: what falls due later is not worked out. `about` are the facts that say what it is
    about, such as two States between which somebody goes. Where the sources end before the day asked about, the last
    known status is presumed to continue; not when `strict`.
    """

    as_of: date
    known_by: date | None = None
    sources: tuple[str, ...] = ()
    strict: bool = False
    until: date | None = None
    about: tuple[Fact, ...] = ()

    @property
    def horizon(self) -> date:
        """The last day that the question looks at: never before the day asked about, and that day unless it says."""
        return max(self.as_of, self.until or self.as_of)


class Given(NamedTuple):
    """A fact as a row gives it; `record` when the row is what a source records of acts."""

    fact: Fact
    origin: Origin
    record: bool


@dataclass(frozen=True)
class World:
    """The facts that a question sees, each with where it was read."""

    question: Question
    facts: tuple[Fact, ...]
    origins: Mapping[Fact, tuple[Origin, ...]]


@dataclass(frozen=True)
class Corpus:
    """A checked program with every fact of its packages."""

    program: Program
    given: tuple[Given, ...]
    authored: tuple[Rule, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        return f"Corpus({len(self.program.rules)} rules, {len(self.given)} facts)"

    @property
    def vocabulary(self) -> Vocabulary:
        """The sentences of the corpus."""
        return self.program.vocabulary

    def members(self, type_name: str) -> dict[str, Member]:
        """The members of a registry by identifier."""
        registry = self.vocabulary.types.registries.get(type_name)
        return registry.members if registry else {}

    def sentences(self, *labels: str) -> list[str]:
        """The sentences with these labels, or with one that says more of one of them after a comma."""
        return [each.sentence for each in self.vocabulary.labelled(*labels)]

    def world(self, question: Question) -> World:
        """What a question sees: events up to its day, records of the sources it admits, known by its day."""
        admitted = self.admitted(question.sources)
        origins: dict[Fact, tuple[Origin, ...]] = {}
        for each in self.given:
            if each.record and not self._seen(each.origin, question, admitted):
                continue
            predicate = self.vocabulary.predicates[each.fact.predicate]
            if not happened(predicate, each.fact.values, question.as_of) or _ended(predicate, each.fact, question):
                continue
            origins[each.fact] = (*origins.get(each.fact, ()), each.origin)
        return self._world(question, origins, origins)

    def _world(
        self, question: Question, seen: Iterable[Fact], origins: Mapping[Fact, tuple[Origin, ...]]
    ) -> World:
        """What a question sees, with what it brings itself."""
        asked = asked_facts(self.vocabulary, question.as_of, question.horizon)
        return World(question, (*seen, *asked, *question.about), origins)

    def worlds(self, question: Question, days: Sequence[date]) -> list[World]:
        """What the question sees on each of many days; where a fact was read, each world knows of those of all days.

        It is not for questions asked strictly, which see no claim to be complete that ended before their day.
        """
        every = self.world(replace(question, as_of=max(days))).origins
        predicates = self.vocabulary.predicates
        since = [(fact, happened_by(predicates[fact.predicate], fact.values)) for fact in every]
        return [
            self._world(replace(question, as_of=day), (fact for fact, first in since if first <= day), every)
            for day in counted(days, "Seeing what each day does")
        ]

    def admitted(self, names: Sequence[str]) -> frozenset[str]:
        """The sources that go by these names, collections of sources included; all when none is named.

        Raises Refused at a name that no source and no collection has.
        """
        sources = self.members("Source")
        registry = self.vocabulary.types.registries.get("Source")
        collections = {member.extra.get("collection", "") for member in sources.values()} - {""}
        found: set[str] = set()
        for name in names:
            if name in collections:
                found |= {m.id for m in sources.values() if m.extra.get("collection") == name}
            elif registry is not None and (source := registry.find(name)):
                found.add(source)
            else:
                known = [*collections, *(registry.names() if registry else [])]
                hint = did_you_mean(name, known) or f"collections of sources: {', '.join(sorted(collections))}"
                raise Refused(Problem(f"unknown Source `{name}`", hint=hint))
        return frozenset(found or sources)

    def _seen(self, origin: Origin, question: Question, admitted: frozenset[str]) -> bool:
        source = self.members("Source").get(origin.source)
        known_on = source.extra.get("as_known_on", "") if source else ""
        late = question.known_by is not None and known_on and bounds(known_on)[0] > question.known_by
        return origin.source in admitted and not late


def _ended(predicate: Predicate, fact: Fact, question: Question) -> bool:
    """Whether a fact is a source's claim to be complete that ends before the day asked about, asked strictly."""
    last = fact.values[-1]
    return question.strict and predicate.label == COMPLETE and isinstance(last, date) and last < question.as_of


def shown(path: Path) -> str:
    """A path as its user would write it: from here when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
