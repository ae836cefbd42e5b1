"""How a sentence is wrong: another step, another day, another name; and what is right to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from treaty_engine.explain.whynot import searched
from treaty_engine.language.terms import Atom, Fact, Variable
from treaty_engine.language.writing import sentence_of
from treaty_engine.treaties.claims.assertions import Said
from treaty_engine.treaties.claims.dating import Days, dated, days, undated
from treaty_engine.treaties.claims.steps import ClaimedStep, Step, claimed_step, imprecision, steps
from treaty_engine.treaties.session import Session

_MOST_SHOWN = 3
ANOTHER_DATE = "another date"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How a claim is wrong, the facts that show it, and what would be right to say.

    `clause` is why it is no more than imprecise; empty where it is false.
    """

    kind: str
    sentence: str
    correction: str = ""
    facts: tuple[Fact, ...] = ()
    clause: str = ""


def how_wrong(session: Session, said: Said) -> list[Diagnosis]:
    """How a sentence that is false is wrong."""
    claimed = claimed_step(session, said)
    found = list(_Confused(session, said, claimed).diagnoses()) if claimed else []
    if found:
        return found
    others = [fact for fact, inside, _ in undated(session, said) if not inside]
    if others:
        known = [_first(fact) for fact in others]
        return [Diagnosis(*_other_day(session, said, known), shown(session, others), tuple(others))]
    near = None if claimed else _near(session, said)
    return [near or Diagnosis("nothing recorded", "nothing of the kind is recorded", nothing(session, said))]


@dataclass(frozen=True)
class _Confused:
    """A claim about a step, and the steps that it may have been confused with."""

    session: Session
    said: Said
    claimed: ClaimedStep

    def diagnoses(self) -> Iterator[Diagnosis]:
        """How the claim is wrong; nothing where no step is recorded at all."""
        every = steps(self.session, dict(self.claimed.key))
        same = [step for step in every if self._same(step)]
        others = [step for step in every if step not in same]
        period = next(iter(dated(self.said)[1].values()), None)
        hits = [step for step in others if period and _inside(step.on, period)]
        substitutes = [step for step in others if self._clause(step, same)]
        if hits:
            yield from self._taken_for(hits, same)
        elif period and (same or substitutes):
            named = same or substitutes
            kind, sentence = _other_day(self.session, self.said, [step.on for step in named])
            if kind == ANOTHER_DATE and (slip := self._slipped(others, period)):
                kind, sentence = slip[0], f"{sentence}: {slip[0]} of {slip[1].on}, the day of {slip[1].kind}"
            yield Diagnosis(kind, sentence, self._right(named), _facts(named))
            if not same:
                yield from self._taken_for(substitutes, same)
        elif substitutes:
            yield from self._taken_for(substitutes, same)
        elif elsewhere := self._elsewhere(period):
            yield Diagnosis("another name", "it is so of another", self._right(elsewhere), _facts(elsewhere))
        elif every:
            kinds = ", ".join(dict.fromkeys(step.kind for step in every))
            right = f"{self._right(every)}; {nothing(self.session, self.said)}"
            yield Diagnosis("another step", f"what is recorded is {kinds} only", right, _facts(every))

    def _same(self, step: Step) -> bool:
        if self.claimed.kind:
            return step.kind == self.claimed.kind
        return step.shown.predicate == self.claimed.predicate

    def _kind(self, same: Sequence[Step]) -> str:
        """The kind of step that the claim names, or that there is."""
        return self.claimed.kind or next((step.kind for step in same), "")

    def _clause(self, step: Step, same: Sequence[Step]) -> str:
        return imprecision(self.session).get((self._kind(same), step.kind), "")

    def _taken_for(self, hits: Sequence[Step], same: Sequence[Step]) -> Iterator[Diagnosis]:
        """What was taken for what the claim says: the most harmless confusion, where there are several."""
        hit = min(hits, key=lambda step: (not self._clause(step, same), step.on))
        clause, said = self._clause(hit, same), self._kind(same) or "that"
        acts = [step for step in steps(self.session, dict(self.claimed.key)) if self._clause(step, same)]
        right = self._right(same or (acts if clause else [hit]))
        if not same and not clause:
            right += f"; {nothing(self.session, self.said)}"
        sentence = f"{hit.on} is the day of {hit.kind}, not of {said}"
        yield Diagnosis("another step", sentence, right, _facts([*same, hit]), clause)

    def _slipped(self, others: Sequence[Step], period: Days) -> tuple[str, Step] | None:
        """The step whose day was miswritten, where one slip of the pen explains the day claimed."""
        if period[0] != period[1]:
            return None
        slips = ((_slip(period[0], step.on), step) for step in others)
        return next((found for found in slips if found[0] != ANOTHER_DATE), None)

    def _elsewhere(self, period: Days | None) -> list[Step]:
        """The same step on the same day, of another State or under another of what it may be a step of."""
        if period is None or period[0] != period[1] or not self.claimed.kind:
            return []
        found: list[Step] = []
        for name, _ in self.claimed.key:
            rest = {key: value for key, value in self.claimed.key if key != name}
            found += [s for s in steps(self.session, rest) if s.kind == self.claimed.kind and _inside(s.on, period)]
        return found

    def _right(self, named: Iterable[Step]) -> str:
        return shown(self.session, [step.shown for step in named])


def _facts(named: Iterable[Step]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(step.shown for step in named))


def nothing(session: Session, said: Said) -> str:
    """That there is no record of what is said, on whatever day, and where it was looked for."""
    atom, _ = dated(said)
    sentence = _plainest(session, atom)
    found = searched(session.prover, atom, {})
    names = dict.fromkeys(session.narrator.source(each.fact) or session.narrator.sentence(each.fact) for each in found)
    return f"no record that {sentence}" + (f" (searched: {'; '.join(names)})" if names else "")


def _plainest(session: Session, atom: Atom) -> str:
    """The shortest way to say an atom without what it leaves open, of which nothing is recorded either."""
    vocabulary, pattern = session.corpus.vocabulary, atom.pattern({})
    known = {place for place, value in enumerate(pattern) if value is not None}
    for brief in vocabulary.briefs_of(atom.predicate):
        if set(brief.positions) <= known:
            shorter = tuple(value if place in brief.positions else None for place, value in enumerate(pattern))
            if not list(session.model.match(atom.predicate.sentence, shorter)):
                terms = brief.whole(tuple(atom.terms[place] for place in brief.positions))
                return sentence_of(vocabulary, Atom(atom.predicate, terms), {})
    return sentence_of(vocabulary, atom, {})


def shown(session: Session, facts: Sequence[Fact]) -> str:
    """Facts in words, the first ones of many."""
    told = list(dict.fromkeys(map(session.narrator.sentence, facts)))
    more = f"; and {len(told) - _MOST_SHOWN} more" if len(told) > _MOST_SHOWN else ""
    return "; ".join(told[:_MOST_SHOWN]) + more


def _inside(day: date, period: Days) -> bool:
    return period[0] <= day <= period[1]


def _first(fact: Fact) -> date:
    """The first day of the first date or period of a fact."""
    for value in fact.values:
        if isinstance(value, date):
            return value
        try:
            return days(value)[0]
        except ValueError:
            continue
    return date.min


def _other_day(session: Session, said: Said, known: Sequence[date]) -> tuple[str, str]:
    """Which part of a date is wrong, and the date that is right."""
    claimed = next(iter(dated(said)[1].values()), (date.min, date.max))
    nearest = min(known, key=lambda day: abs((day - claimed[0]).days))
    dates = " or ".join(str(day) for day in dict.fromkeys(sorted(known)))
    if claimed[0] != claimed[1]:
        return ANOTHER_DATE, f"the date is {dates}, which does not lie from {claimed[0]} to {claimed[1]}"
    kind = _slip(claimed[0], nearest)
    return kind, f"the date is {dates}, not {claimed[0]}" + (f": {kind}" if kind != ANOTHER_DATE else "")


def _slip(said: date, right: date) -> str:
    if abs(right - said) == timedelta(days=1):
        return "off by one day"
    if (said.year, said.month, said.day) == (right.year, right.day, right.month):
        return "day and month are exchanged"
    if (said.month, said.day) == (right.month, right.day):
        return "the wrong year"
    if (said.year, said.day) == (right.year, right.day):
        return "the wrong month"
    if (said.year, said.month) == (right.year, right.month):
        return "the wrong day"
    return ANOTHER_DATE


def _near(session: Session, said: Said) -> Diagnosis | None:
    """The facts that say the same but for one value, where there are any: for the value of which there are fewest."""
    atom, _ = dated(said)
    best: tuple[int, str, list[Fact]] | None = None
    for place, (hole, term) in enumerate(zip(atom.predicate.holes, atom.terms, strict=True)):
        if isinstance(term, Variable):
            continue
        pattern = tuple(None if i == place else value for i, value in enumerate(atom.pattern({})))
        found = [Fact(atom.predicate.sentence, v) for v in session.model.match(atom.predicate.sentence, pattern)]
        if 0 < len(found) <= _MOST_SHOWN and (best is None or len(found) < best[0]):
            named = hole.name if len(hole.name) > 2 else hole.type.lower()
            best = len(found), named, found
    if best is None:
        return None
    _, name, facts = best
    return Diagnosis(f"another {name}", f"another {name} is on record", shown(session, facts), tuple(facts))
