"""Small worlds for the traps: what sources record in the invented names, asked of the shipped rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from treaty_engine.dates import day
from treaty_engine.engines.naive import evaluate
from treaty_engine.explain.status import status
from treaty_engine.language.statements import fact, statement
from treaty_engine.language.terms import Fact
from treaty_engine.program.world import asked_facts, happened
from treaty_engine.source import Span
from treaty_engine.treaties.corpus import Corpus

HERE = Span("a trap")


@dataclass(frozen=True)
class Story:
    """What is given, in sentences, and the shipped rules."""

    corpus: Corpus
    given: tuple[str, ...]

    def ask(self, question: str, on: str) -> str:
        """The answer to a question as of a day."""
        program, as_of = self.corpus.program, day(on)
        goal = statement(program.vocabulary, question, HERE, examples=True)
        return status(program, evaluate(program, self._facts(as_of)), goal).status

    def standing(self, state: str, treaty: str, on: str) -> list[str]:
        """Every step of the ladder on which a State stands."""
        program, as_of = self.corpus.program, day(on)
        goal = statement(program.vocabulary, f"{state} stands to {treaty} as <standing>", HERE, examples=True)
        needed = program.about([goal.predicate.sentence])
        model = evaluate(needed, self._facts(as_of))
        return sorted(str(values[-1]) for values in model.match(goal.predicate.sentence, (state, treaty, None)))

    def _facts(self, as_of: date) -> list[Fact]:
        vocabulary = self.corpus.vocabulary
        facts = [fact(vocabulary, text, HERE, examples=True) for text in self.given]
        known = [each for each in facts if happened(vocabulary.predicates[each.predicate], each.values, as_of)]
        return [*known, *asked_facts(vocabulary, as_of, as_of)]


def story(corpus: Corpus, *given: str) -> Story:
    """A world in which these sentences are given."""
    return Story(corpus, given)


OPEN = (
    "Gazette is complete until 2030-01-01",
    "Gazette has an entry for Aland under Charter",
    "Gazette has an entry for Bland under Charter",
    "Charter admits consent by ratification",
    "Charter admits consent by acceptance",
    "Charter admits consent by accession",
    "Charter is open to signature subject to ratification",
    "Gazette would record the entry into force of Charter if there had been one",
    "Gazette records the entry into force of Charter on 2016-11-04",
    "Charter enters into force for a later State 30 days after its instrument under Charter art. 21(3)",
)
"""A treaty in force since 2016-11-04, the depositary's complete record of two States, and the usual clauses."""
