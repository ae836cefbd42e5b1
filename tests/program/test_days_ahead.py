"""What falls due again and again: as far ahead as the question looks, on each of many days."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from treaty_engine.engines.choosing import engine
from treaty_engine.explain.check import Checker
from treaty_engine.explain.proof import Prover
from treaty_engine.language.reader import rules_of
from treaty_engine.language.strict_yaml import parse
from treaty_engine.language.terms import Fact
from treaty_engine.language.vocabulary_reader import vocabulary_of
from treaty_engine.program.days import daily
from treaty_engine.program.program import Program, program
from treaty_engine.program.world import asked_facts

VOCABULARY = """
    sentences:
      - {sentence: 'the question is asked as of <day: Date>', kind: asked, asked: as of}
      - {sentence: 'the question looks ahead until <day: Date>', kind: asked, asked: horizon}
      - {sentence: a first report is due on <date>, kind: given}
      - {sentence: 'one more report is due on <due: Date>', kind: derived}
      - {sentence: 'by <day: Date> a report was due on <due: Date> already', kind: derived}
      - {sentence: nothing is past yet, kind: derived}
      - {sentence: '<n: Number> reports are past', kind: derived}
    """
RULES = """
    - id: again
      title: Every five years
      cite: Nowhere
      if:
        - a first report is due on <first>
        - the question looks ahead until <day>
        - <due> falls every 5 years from <first> until <day>
      then: one more report is due on <due>
    - id: already
      title: What is past on the day asked about
      cite: Nowhere
      if:
        - one more report is due on <due>
        - the question is asked as of <day>
        - <due> is on or before <day>
      then: by <day> a report was due on <due> already
    - id: nothing-yet
      title: Until the first report is due
      cite: Nowhere
      if:
        - a first report is due on <first>
      unless:
        - id: something
          title: One was due by the day asked about
          cite: Nowhere
          if:
            - the question is asked as of <day>
            - <first> is on or before <day>
      then: nothing is past yet
    - id: how-many
      title: Those due by the day asked about
      cite: Nowhere
      if:
        - count: <n>
          one per: <due>
          of:
            - one more report is due on <due>
            - the question is asked as of <day>
            - <due> is on or before <day>
      then: <n> reports are past
    """.replace("every 5 years from", 'every "5 years" from')
FIRST = Fact("a first report is due on <date>", (date(1994, 11, 14),))
DUE = "one more report is due on <due>"


def reports() -> Program:
    """A report every five years."""
    vocabulary = vocabulary_of(parse(dedent(VOCABULARY), "v.yaml"), "v.yaml")
    return program(vocabulary, rules_of(parse(dedent(RULES), "r.yaml"), "r.yaml", vocabulary))


def due(as_of: date, horizon: date | None = None) -> list[int]:
    """The years in which reports are due, asked on a day."""
    asked = reports()
    model = engine("naive")(asked, [FIRST, *asked_facts(asked.vocabulary, as_of, horizon)])
    return sorted(day.year for (day,) in model.match(DUE, (None,)) if isinstance(day, date))


def test_a_question_looks_no_further_than_its_day_unless_it_says_so() -> None:
    assert due(date(1999, 11, 13)) == []
    assert due(date(1999, 11, 14)) == [1999]
    assert due(date(1999, 11, 14), date(2009, 11, 14)) == [1999, 2004, 2009]


AHEAD = {
    date(1990, 1, 1): date(1994, 1, 1),
    date(1995, 1, 1): date(1995, 1, 1),
    date(1996, 1, 1): date(2005, 1, 1),
    date(2001, 1, 1): date(2001, 1, 1),
}
"""How far ahead each day looks."""


@pytest.mark.parametrize("name", ["naive", "durable", "compiled", "relational"])
def test_each_of_many_days_is_answered_as_if_asked_alone(name: str) -> None:
    """Also where an exception or a figure asks which day it is: it sees its own day, and no other."""
    asked = reports()
    together = daily(asked)
    models = together.each(engine(name)(together.program, together.facts([FIRST], AHEAD)), AHEAD)
    for (day, until), of_day in zip(AHEAD.items(), models, strict=True):
        alone = engine("naive")(asked, [FIRST, *asked_facts(asked.vocabulary, day, until)])
        assert set(of_day.facts()) == set(alone.facts()), day
        for sentence, predicate in asked.vocabulary.predicates.items():
            anything = (None,) * len(predicate.holes)
            assert set(of_day.match(sentence, anything)) == set(alone.match(sentence, anything)), day


@pytest.mark.parametrize("name", ["compiled", "relational"])
def test_what_holds_on_one_of_many_days_is_proved_from_what_holds_on_that_day(name: str) -> None:
    asked = reports()
    together = daily(asked)
    models = together.each(engine(name)(together.program, together.facts([FIRST], AHEAD)), AHEAD)
    for (day, until), of_day in zip(AHEAD.items(), models, strict=True):
        given = [FIRST, *asked_facts(asked.vocabulary, day, until)]
        prover, checker = Prover(asked, of_day), Checker(asked.rules, given, list(of_day.facts()))
        for fact in of_day.facts():
            assert checker.faults(prover.certain(fact)) == [], (day, fact)
            level = of_day.level(fact.predicate)
            assert level is None or level == of_day.rank(fact)
