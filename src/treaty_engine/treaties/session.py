"""One question under way: a corpus, the world that the question sees, and the model evaluated for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from treaty_engine.dates import bounds
from treaty_engine.engines.choosing import chosen, engine
from treaty_engine.explain.memory import Memory, Once, Remembered, Watched
from treaty_engine.explain.narrate import Narrator
from treaty_engine.explain.possible import Need, Possible
from treaty_engine.explain.proof import Absent, Premise, Proof, Prover, inside, within
from treaty_engine.explain.status import UNKNOWN, Status, status
from treaty_engine.explain.whynot import Attempt, searched
from treaty_engine.language.terms import Atom, Fact, Predicate, Value, Variable
from treaty_engine.model import Model
from treaty_engine.program.days import daily
from treaty_engine.program.program import Program
from treaty_engine.treaties import partial
from treaty_engine.treaties.corpus import Corpus, Question, World


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A fact that holds, why, and the day until which the sources that it rests on claim to be complete.

    Where its day only stands for a period, because the sources give no day, `period` is that period.
    """

    fact: Fact
    proof: Proof
    known_up_to: date | None
    period: str = ""

    def value(self, hole: int) -> Value:
        """The value in a hole."""
        return self.fact.values[hole]


@dataclass(frozen=True)
class Session:
    """A corpus evaluated for one question."""

    corpus: Corpus
    world: World
    program: Program
    model: Model
    engine: str = "naive"
    memory: Memory = field(default_factory=Once, repr=False, compare=False)

    @cached_property
    def prover(self) -> Prover:
        """Finds proofs."""
        return Prover(self.program, self.model, self.memory)

    @cached_property
    def _possible(self) -> Possible:
        return Possible(self.program, self.model)

    @cached_property
    def narrator(self) -> Narrator:
        """Tells proofs."""
        return Narrator(self.corpus.vocabulary, self.world.origins, self.model)

    @property
    def as_of(self) -> date:
        """The day asked about. Raises LookupError in work that is done once for many days."""
        if isinstance(self.memory, Watched) and self.memory.working:
            raise LookupError("what is found out once for many days asks the model which day it is")
        return self.world.question.as_of

    def status(self, goal: Atom) -> Status:
        """The answer to a question; asked strictly, it is unknown where it rests on what sources no longer cover."""
        answer = status(self.program, self.model, goal, None if self.memory.lasting else self._possible)
        if answer.found and all(self.presumed(self.prover.certain(fact)) for fact in answer.found):
            return Status(UNKNOWN, goal, needs=(Need(goal, ended=self._last_covered(answer.found)),))
        return answer

    def _last_covered(self, found: Iterable[Fact]) -> date | None:
        """The day on which the sources end that a conclusion rests on, were it not asked strictly."""
        lenient = replace(self.world.question, strict=False)
        again = session(self.corpus, lenient, self.engine, [fact.predicate for fact in found])
        return again.known_up_to([again.prover.certain(fact) for fact in found])

    def presumed(self, proof: Proof) -> bool:
        """Whether, asked strictly, a conclusion rests on an act that no source covers on the day asked about."""
        if not self.world.question.strict:
            return False
        resting = (each.fact for each in within(proof) if self._covered_until_a_day(each.fact))
        predicates = self.corpus.vocabulary.predicates
        return not all(searched(self.prover, Atom(predicates[fact.predicate], fact.values), {}) for fact in resting)

    def _covered_until_a_day(self, fact: Fact) -> bool:
        """Whether a fact is derived from records that sources cover until some day."""
        closing = self.corpus.vocabulary.closed_by.get(fact.predicate)
        derived = self.corpus.vocabulary.predicates[fact.predicate].kind == "derived"
        return derived and closing is not None and any(hole.type == "Date" for hole in closing.predicate.holes)

    def doubts(self, proof: Proof) -> list[str]:
        """What a conclusion rests on that could not be confirmed on a text."""
        rules = [each.rule.unverified for each in within(proof) if each.rule and each.rule.unverified]
        facts = [o.unverified for each in within(proof) for o in self.world.origins.get(each.fact, ()) if not each.rule]
        return list(dict.fromkeys(doubt for doubt in (*rules, *facts) if doubt))

    def conclusion(self, fact: Fact) -> Conclusion:
        """A fact of the model with why it holds."""
        return self.memory.find(("conclusion", fact), lambda: self._concluded(fact))

    def _concluded(self, fact: Fact) -> Conclusion:
        proof = self.prover.certain(fact)
        period = partial.period_of(self.corpus.vocabulary, self.model, fact)
        return Conclusion(fact, proof, self.known_up_to([proof]), period)

    def facts(self, label: str, **holes: Value) -> list[Fact]:
        """Everything that the sentences with a label say of these values, in order, without why."""
        found = []
        for predicate in self.corpus.vocabulary.labelled(label):
            names = [hole.name for hole in predicate.holes]
            if set(holes) <= set(names):
                pattern = tuple(holes.get(name) for name in names)
                found += [Fact(predicate.sentence, values) for values in self.model.match(predicate.sentence, pattern)]
        return sorted(found, key=lambda fact: tuple(map(str, fact.values)))

    def conclusions(self, label: str, **holes: Value) -> list[Conclusion]:
        """Everything that the sentences with a label say of these values, with why."""
        return [self.conclusion(fact) for fact in self.facts(label, **holes)]

    def known_up_to(self, premises: Iterable[Premise]) -> date | None:
        """The earliest day on which a source that these premises rest on stops claiming to be complete."""
        return min((day for premise in premises if (day := self._up_to(premise))), default=None)

    def _up_to(self, premise: Premise) -> date | None:
        """The same of one premise; that of a proof is worked out once, for many rest on it."""
        if not isinstance(premise, Proof):
            return self._earliest(premise)
        key = "up to", id(premise)  # kept with its proof, so that no other can get its number
        return self.memory.find(key, lambda: (premise, self._earliest(premise)))[1]

    def _earliest(self, premise: Premise) -> date | None:
        days = [self._complete(premise), *map(self._up_to, inside(premise))]
        return min((day for day in days if day), default=None)

    def denied_up_to(self, tried: Iterable[Attempt]) -> date | None:
        """The earliest day on which the sources end by which a missing record means no."""
        days = [day for each in tried for day in self._searched_up_to(each)]
        return min(days, default=None)

    def _searched_up_to(self, tried: Attempt) -> Iterator[date]:
        if day := self._latest(tried.searched):
            yield day
        for inner in tried.because:
            yield from self._searched_up_to(inner)
        if (day := self.known_up_to((*tried.reached, *tried.against))) is not None:
            yield day

    def _complete(self, part: Premise) -> date | None:
        """The latest day until which some source claims to have all there is to say of a fact, or of its absence."""
        if isinstance(part, Absent):
            covering = searched(self.prover, part.literal.atom, part.values)
        elif isinstance(part, Proof) and self._covered_until_a_day(part.fact):
            predicate = self.corpus.vocabulary.predicates[part.fact.predicate]
            covering = searched(self.prover, Atom(predicate, part.fact.values), {})
        else:
            return None
        return self._latest(covering)

    def _latest(self, covering: Iterable[Proof]) -> date | None:
        """The latest day until which the sources of some coverage claim to be complete."""
        sources = self.corpus.members("Source")
        claimed = (
            sources[origin.source].extra.get("complete_until", "")
            for proof in covering
            for each in within(proof)
            for origin in self.world.origins.get(each.fact, ())
            if origin.source in sources
        )
        return max((bounds(day)[1] for day in claimed if day), default=None)


def session(corpus: Corpus, question: Question, engine_name: str, predicates: Iterable[str] | None = None) -> Session:
    """The model of a world, of the whole program or of the part that these predicates rest on."""
    program, world = _part(corpus, predicates), corpus.world(question)
    name = chosen(engine_name, len(world.facts), len(program.rules))
    return Session(corpus, world, program, engine(name)(program, world.facts), name)


def sessions(
    corpus: Corpus,
    question: Question,
    days: Sequence[date],
    engine_name: str,
    predicates: Iterable[str] | None = None,
) -> list[Session]:
    """The models of many days, from one evaluation of them all."""
    if len(days) == 1:
        return [session(corpus, replace(question, as_of=days[0]), engine_name, predicates)]
    worlds = corpus.worlds(question, days)
    every, program = worlds[0].origins, _part(corpus, predicates)
    together = daily(program)
    name = chosen(engine_name, len(every) * len(days), len(program.rules))
    ahead = {world.question.as_of: world.question.horizon for world in worlds}
    models = together.each(engine(name)(together.program, together.facts(every, ahead)), days)
    remembered = Remembered(together.names)
    watched = [(world, Watched(model, remembered)) for world, model in zip(worlds, models, strict=True)]
    return [Session(corpus, world, program, model, name, model) for world, model in watched]


def _part(corpus: Corpus, predicates: Iterable[str] | None) -> Program:
    """The part of the program that answers rest on which say no more than these predicates; all of it for None."""
    if predicates is None:
        return corpus.program
    needed = corpus.program.needed_to_explain
    return corpus.program.about([*predicates, *needed, *corpus.sentences(partial.DAY_NOT_KNOWN)])


def about(predicate: Predicate, **holes: Value) -> Atom:
    """The question whether a sentence holds of these values, whatever the others."""
    return Atom(predicate, tuple(holes.get(hole.name, Variable(f"_{hole.name}")) for hole in predicate.holes))
