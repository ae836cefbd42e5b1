"""Where sources disagree, or cannot be right, and why: the answer behind `conflicts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from treaty_engine.explain.proof import within
from treaty_engine.language.terms import Fact, Value
from treaty_engine.progress import counted
from treaty_engine.source import Origin
from treaty_engine.treaties import effects
from treaty_engine.treaties.groups import BELONGS
from treaty_engine.treaties.session import Conclusion, Session

CONFLICT, OVERRULED, ACT = "conflict", "overruled", "act"
LABELS = (CONFLICT, OVERRULED, ACT, BELONGS, *effects.KEPT)
"""The labels of what is looked up."""
SOURCE, OTHER = "source", "other"


@dataclass(frozen=True, slots=True)
class Record:
    """What a source records, where, whether the diagnosis puts it in doubt, and whether the answer rests on it."""

    fact: Fact
    origin: Origin
    by: str
    doubted: bool
    relied_on: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A disagreement: its diagnosis, the records on both sides, what chose between them, and what hangs on it."""

    diagnosis: str
    state: str
    treaty: str
    in_doubt: tuple[str, ...]
    conclusions: tuple[Conclusion, ...]
    records: tuple[Record, ...]
    chosen_by: Conclusion | None
    effect: effects.Effect


@dataclass(frozen=True, slots=True)
class Scope:
    """Which findings are wanted; nothing named is everything, and a group that nobody belongs to has none."""

    sources: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    states: frozenset[str] | None = None
    treaties: frozenset[str] = frozenset()

    def has(self, state: str, treaty: str, source: str, other: str) -> bool:
        """Whether a conclusion about these is wanted, whichever of the two sources is named first."""
        if (self.states is not None and state not in self.states) or (self.treaties and treaty not in self.treaties):
            return False
        sides = ((source, other), (other, source))
        return any(
            (not self.sources or one in self.sources) and (not self.beside or two in self.beside or not two)
            for one, two in sides
            if one
        )


def conflicts(session: Session, scope: Scope) -> list[Finding]:
    """Every disagreement within a scope, by diagnosis in the order of the vocabulary."""
    weighing = _Weighing(session)
    groups = _grouped(weighing.conclusions(scope))
    weights = effects.effects(session, [weighing.dispute(group) for group in groups])
    weighed = list(zip(groups, weights, strict=True))
    found = [weighing.finding(group, effect) for group, effect in counted(weighed, "Explaining conflicts")]
    place = {diagnosis: number for number, diagnosis in enumerate(weighing.order)}
    return sorted(found, key=lambda each: (place[each.diagnosis], each.treaty, each.state, str(each.records[:1])))


@dataclass(frozen=True, slots=True)
class _Said:
    """A conclusion that has the label, its values by the names of the holes."""

    fact: Fact
    holes: Mapping[str, str]

    @property
    def cell(self) -> tuple[str, str]:
        """The State and the treaty."""
        return self.holes["state"], self.holes["treaty"]

    @property
    def sources(self) -> tuple[str, ...]:
        """The source whose record is in doubt, then the other, where there is one."""
        return tuple(self.holes[name] for name in (SOURCE, OTHER) if name in self.holes)

    @property
    def about(self) -> set[tuple[str, ...]]:
        """What it has in common with others that belong to the same finding: a record, or a silence."""
        first = tuple(self.holes[name] for name in (SOURCE, "said", "dated") if name in self.holes)
        second = tuple(self.holes[name] for name in (OTHER, "act", "date") if name in self.holes)
        return {first, second} if "said" in self.holes and OTHER in self.holes else {first}


Group = tuple[_Said, ...]
"""Conclusions of one diagnosis about one State and treaty, each of which shares a record with another."""


def _grouped(said: Iterable[_Said]) -> list[Group]:
    groups: list[tuple[tuple[str, ...], set[tuple[str, ...]], list[_Said]]] = []
    for each in said:
        key, about = (each.holes["diagnosis"], *each.cell), each.about
        joined = [group for group in groups if group[0] == key and group[1] & about]
        groups = [group for group in groups if not any(group is other for other in joined)]
        together = [one for group in joined for one in group[2]]
        groups.append((key, about.union(*(group[1] for group in joined)), [*together, each]))
    return [tuple(sorted(members, key=lambda each: tuple(each.holes.values()))) for _, _, members in groups]


@dataclass(frozen=True)
class _Weighing:
    """A session asked for conflicts, with what is looked up again and again."""

    session: Session

    @cached_property
    def order(self) -> Sequence[str]:
        """The diagnoses, in the order of the vocabulary."""
        vocabulary = self.session.corpus.vocabulary
        holes = (hole for predicate in vocabulary.labelled(CONFLICT) for hole in predicate.holes)
        named = next(hole.type for hole in holes if hole.name == "diagnosis")
        return vocabulary.types.types[named].members

    @cached_property
    def records(self) -> Mapping[tuple[str, str], Sequence[Fact]]:
        """The records by State and treaty."""
        found: dict[tuple[str, str], list[Fact]] = {}
        for fact, about in effects.recorded(self.session):
            found.setdefault(about, []).append(fact)
        return found

    def conclusions(self, scope: Scope) -> Iterator[_Said]:
        """The conclusions within a scope."""
        for predicate in self.session.corpus.vocabulary.labelled(CONFLICT):
            names = [hole.name for hole in predicate.holes]
            for values in self.session.model.match(predicate.sentence, (None,) * len(names)):
                said = _Said(Fact(predicate.sentence, values), dict(zip(names, map(str, values), strict=True)))
                if scope.has(*said.cell, said.holes[SOURCE], said.holes.get(OTHER, "")):
                    yield said

    def value(self, fact: Fact, type_name: str) -> Value | None:
        """The value of a fact in its first hole of a type."""
        holes = self.session.corpus.vocabulary.predicates[fact.predicate].holes
        pairs = zip(holes, fact.values, strict=True)
        return next((value for hole, value in pairs if hole.type == type_name), None)

    def by(self, fact: Fact) -> str:
        """The source whose record a fact is."""
        return str(self.value(fact, "Source"))

    def dated(self, fact: Fact) -> bool:
        """Whether a record gives a day or a period, and not only the pair that a list has."""
        return any(self.value(fact, type_name) for type_name in ("Date", "Period"))

    def read(self, group: Group) -> list[Fact]:
        """The records of the pair that the conclusions rest on."""
        here = set(self.records.get(group[0].cell, ()))
        proofs = (self.session.prover.certain(each.fact) for each in group)
        return list(dict.fromkeys(each.fact for proof in proofs for each in within(proof) if each.fact in here))

    def dispute(self, group: Group) -> effects.Dispute:
        """Two accounts of the pair: by the sources in doubt, and by the others; or with the record and without."""
        doubted = {each.holes[SOURCE] for each in group}
        others = {each.holes[OTHER] for each in group if OTHER in each.holes}
        if not others:
            everyone = {self.by(fact) for fact in self.records.get(group[0].cell, ())}
            without = [fact for fact in self.read(group) if self._in_doubt(group, fact)]
            return effects.Dispute(*group[0].cell, self._side(group, everyone), self._side(group, everyone, without))
        if doubted & others:  # neither prevails: those who agree with the first against the rest
            first = group[0].holes.get("dated")
            agreeing = {each.holes[SOURCE] for each in group if each.holes.get("dated") == first}
            doubted, others = agreeing, (doubted | others) - agreeing
        return effects.Dispute(*group[0].cell, self._side(group, doubted), self._side(group, others))

    def _side(self, group: Group, sources: Set[str], without: Sequence[Fact] = ()) -> effects.Side:
        """What some sources record of the pair, as far as it is of the kinds of acts in dispute."""
        acts = {each.holes[name] for each in group for name in ("said", "act") if name in each.holes}
        disputed = acts if any(OTHER in each.holes for each in group) else set()
        here = (fact for fact in self.records.get(group[0].cell, ()) if self.by(fact) in sources)
        kept = (fact for fact in here if not disputed or str(self.value(fact, "Act")) in disputed)
        return effects.Side(frozenset(sources), tuple(fact for fact in kept if fact not in without))

    def _in_doubt(self, group: Group, fact: Fact) -> bool:
        """Whether a record is the one that a conclusion says cannot be right."""
        values = set(map(str, fact.values))
        named = ((SOURCE, "said", "dated") if "said" in each.holes else (SOURCE, "date") for each in group)
        same = any({each.holes[name] for name in names} <= values for each, names in zip(group, named, strict=True))
        return same and ("said" in group[0].holes) == (self.value(fact, "Act") is not None)

    def finding(self, group: Group, effect: effects.Effect) -> Finding:
        """A group as it is told."""
        state, treaty = group[0].cell
        doubted = {each.holes[SOURCE] for each in group}
        shown = sorted(self._shown(group), key=lambda fact: (self.by(fact) not in doubted, str(fact.values)))
        records = tuple(
            Record(fact, origin, self.by(fact), self.by(fact) in doubted, self._relied_on(fact))
            for fact in shown
            for origin in self.session.world.origins[fact][:1]
        )
        conclusions = tuple(self.session.conclusion(each.fact) for each in group)
        chosen = self._chosen(group, [record.fact for record in records])
        diagnosis = group[0].holes["diagnosis"]
        return Finding(diagnosis, state, treaty, tuple(sorted(doubted)), conclusions, records, chosen, effect)

    def _shown(self, group: Group) -> list[Fact]:
        """The records on both sides: of the days in dispute, the empty entries, and what others have of the pair."""
        days = {each.holes[name] for each in group for name in ("dated", "date") if name in each.holes}
        beside = any(OTHER in each.holes for each in group)
        read = self.read(group)
        telling = [fact for fact in read if (str(self.value(fact, "Date")) in days if beside else self.dated(fact))]
        heard = {self.by(fact) for fact in telling}
        named = {source for each in group for source in each.sources}
        empty = [f for f in read if self.by(f) in named - heard and not self.dated(f)]
        if beside:
            return [*telling, *empty]
        here = self.records.get(group[0].cell, ())
        return [*telling, *(fact for fact in here if self.dated(fact) and self.by(fact) not in heard)]

    def _took_place(self, fact: Fact) -> Fact | None:
        """The act that is taken to have happened as a record has it."""
        held = self.session.model
        for predicate in self.session.corpus.vocabulary.labelled(ACT):
            pattern = tuple(self.value(fact, hole.type) for hole in predicate.holes)
            if None not in pattern:
                found = (Fact(predicate.sentence, values) for values in held.match(predicate.sentence, pattern))
                return next(found, None)
        return None

    def _relied_on(self, fact: Fact) -> bool:
        return self._took_place(fact) is not None

    def _chosen(self, group: Group, shown: Sequence[Fact]) -> Conclusion | None:
        """The conclusion that chose: one record overrules another, or nothing speaks against the one there is."""
        state, treaty = group[0].cell
        sources = {source for each in group for source in each.sources}
        for predicate in self.session.corpus.vocabulary.labelled(OVERRULED):
            types = [hole.type for hole in predicate.holes]
            here = {"State": state, "Treaty": treaty}
            for values in self.session.model.match(predicate.sentence, tuple(here.get(each) for each in types)):
                if sources.issuperset(v for v, each in zip(values, types, strict=True) if each == "Source"):
                    return self.session.conclusion(Fact(predicate.sentence, values))
        relied = {act for fact in shown if (act := self._took_place(fact)) is not None}
        differ = any("said" in each.holes and OTHER in each.holes for each in group)
        return self.session.conclusion(min(relied, key=str)) if relied and not differ else None
