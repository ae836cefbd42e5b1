"""What falls due again and again: as far ahead as the question looks, on each of many days."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from treaty_engine.engines.choosing import engine
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


@pytest.mark.parametrize("name", ["naive", "relational"])
def test_each_of_many_days_looks_as_far_ahead_as_its_own_question(name: str) -> None:
    asked = reports()
    ahead = {
        date(1995, 1, 1): date(1995, 1, 1),
        date(1996, 1, 1): date(2005, 1, 1),
        date(2001, 1, 1): date(2001, 1, 1),
    }
    together = daily(asked)
    model = engine(name)(together.program, together.facts([FIRST], ahead))
    for day, until in ahead.items():
        alone = engine("naive")(asked, [FIRST, *asked_facts(asked.vocabulary, day, until)])
        for sentence in (DUE, "by <day> a report was due on <due> already", "the question looks ahead until <day>"):
            anything = (None,) * len(asked.vocabulary.predicates[sentence].holes)
            assert set(together.on(model, day).match(sentence, anything)) == set(alone.match(sentence, anything)), day
