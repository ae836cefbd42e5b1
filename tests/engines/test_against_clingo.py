"""Clingo, which shares no join with us, concludes what we do: small invented worlds, and large ones.

In large worlds it is compared with the relational engine: in two of them at every run, in all with
`TREATY_ENGINE_LONG=1`. `python -m tests.engines.test_against_clingo` tells how large they are and how long it takes.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from itertools import islice
from random import Random
from textwrap import dedent

import pytest

from treaty_engine.dates import delay
from treaty_engine.engines.relational import duck
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.reader import rules_of
from treaty_engine.language.strict_yaml import parse
from treaty_engine.language.terms import Fact, Hole, Predicate, Value
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.vocabulary_reader import vocabulary_of
from treaty_engine.program.program import program
from treaty_engine.program.strata import dependencies
from treaty_engine.testing import asp
from treaty_engine.testing.fuzz import Case, Compared, compare, written
from treaty_engine.testing.language import invented_vocabulary

needs_clingo = pytest.mark.skipif(not find_spec("clingo"), reason="clingo is not installed: `treaty-engine[test]`")
needs_tables = pytest.mark.skipif(
    not (find_spec("duckdb") and find_spec("numpy")), reason="DuckDB is not installed: `treaty-engine[relational]`"
)
pytestmark = needs_clingo

SENTENCES = """
    types:
      - {type: Member, registry: yes}
      - {type: Club, registry: yes}
    sentences:
      - {sentence: "<member> joined <club> on <date>", kind: given}
      - {sentence: "<member> turned its back on <club> on <date>", kind: given, closed by: <club> keeps books,
         briefly: <member> turned its back on <club>}
      - {sentence: "<member> paid <n: Number> to <club>", kind: given}
      - {sentence: "<member> follows <other: Member> from <date>", kind: given}
      - {sentence: "<member> was expelled", kind: given}
      - {sentence: "<club> keeps books", kind: given}
      - {sentence: "<club> waits <delay: Duration>", kind: given}
      - {sentence: "<club> needs <n: Number> members", kind: given}
      - {sentence: "<club> meets during <period>", kind: given}
      - {sentence: "<member> belongs to <club> since <date>", kind: derived}
      - {sentence: "<member> is still in <club>", kind: derived}
      - {sentence: "<club> counts <n: Number> present", kind: derived}
      - {sentence: "<club> took <n: Number> in all", kind: derived}
      - {sentence: "<club> was active from <date> until <last: Date>", kind: derived}
      - {sentence: "<club> opened its doors on <date>", kind: derived}
      - {sentence: "<club> has debts of <n: Number>", kind: derived}
      - {sentence: "<member> heard of <other: Member> on <date>", kind: derived}
      - {sentence: "<member> knows <n: Number> others by <last: Date>", kind: derived}
      - {sentence: "<club> is in good order", kind: derived}
      - {sentence: "<club> is to be watched", kind: derived}
      - {sentence: "<member> owes a fee to <club> on <date>", kind: derived}
      - {sentence: "<member> spent <n: Number> days and <years: Number> years in <club>", kind: derived}
      - {sentence: "<club> reviews itself on <date>", kind: derived}
    """

RULES = """
    - {id: belonging, title: "-", cite: "-", then: "<member> belongs to <club> since <date>",
       if: ["<member> joined <club> on <day>", <club> waits <delay>, "<date> is <delay> after <day>"],
       unless: [{id: left-before, cite: "-", if: ["<member> turned its back on <club> on <end>", "<end> is on or before <date>"]},
                {id: expelled, cite: "-", if: [<member> was expelled]}]}
    - {id: staying, title: "-", cite: "-", then: "<member> is still in <club>",
       if: ["<member> belongs to <club> since <date>", no record that: "<member> turned its back on <club>"]}
    - {id: counting, title: "-", cite: "-", then: <club> counts <n> present,
       if: [<club> waits <delay>,
            {count: <n>, one per: <member>, of: ["<member> joined <club> on <date>", no record that: "<member> turned its back on <club>"]}]}
    - {id: summing, title: "-", cite: "-", then: <club> took <n> in all,
       if: [<club> keeps books, {sum: <paid>, one per: <member>, is: <n>, of: ["<member> paid <paid> to <club>"]}]}
    - {id: active, title: "-", cite: "-", then: <club> was active from <date> until <last>,
       if: [<club> keeps books, {earliest: <day>, is: <date>, of: ["<member> joined <club> on <day>"]},
            {latest: <end>, is: <last>, of: ["<member> turned its back on <club> on <end>"]}]}
    - {id: opening, title: "-", cite: "-", then: <club> opened its doors on <date>,
       if: [<club> needs <n> members,
            {number: <n>, earliest: <day>, one per: <member>, is: <date>, of: ["<member> joined <club> on <day>"]}]}
    - {id: indebted, title: "-", cite: "-", then: <club> has debts of <n>,
       if: [<club> took <taken> in all, <club> counts <present> present, '<cost> is "100" more than <present>',
            <n> is what remains of <cost> after <taken>, '<n> exceeds "0"']}
    - {id: hearing, title: "-", cite: "-", then: <member> heard of <other> on <date>,
       if: [<member> follows <other> from <date>]}
    - {id: hearing-from-others, title: "-", cite: "-", then: <member> heard of <other> on <date>,
       if: [<member> heard of <middle> on <day>, <middle> follows <other> from <start>,
            <date> is the later of <day> and <start>, '<date> is before "2009-07-01"'],
       unless: [{id: nobody-listens, cite: "-", if: [<middle> was expelled]}]}
    - {id: knowing, title: "-", cite: "-", then: <member> knows <n> others by <last>,
       if: [<member> follows <other> from <date>, '<n> is at least "3"',
            {latest: <day>, is: <last>, of: [<member> heard of <one> on <day>]},
            {count: <n>, one per: <one>, of: [<member> heard of <one> on <day>]}]}
    - {id: order, title: "-", cite: "-", then: <club> is in good order,
       if: [<club> keeps books, {all: <member>, of: ["<member> turned its back on <club> on <date>"],
                                 satisfy: ["<member> paid <n> to <club>", '<n> exceeds "3"']}]}
    - {id: watched, title: "-", cite: "-", then: <club> is to be watched,
       if: [<club> waits <delay>],
       unless: [{id: orderly, cite: "-", if: [<club> is in good order]},
                {id: paid-for, cite: "-", if: ["<one> paid <n> to <club>", "<two> paid <n> to <club>", <one> differs from <two>]}]}
    - {id: fees, title: "-", cite: "-", then: "<member> owes a fee to <club> on <date>",
       if: ["<member> joined <club> on <start>", "<member> turned its back on <club> on <end>", <club> waits <delay>,
            "<date> falls every <delay> from <start> until <end>"]}
    - {id: spending, title: "-", cite: "-", then: "<member> spent <n> days and <years> years in <club>",
       if: ["<member> joined <club> on <start>", "<member> turned its back on <club> on <end>", <start> is before <end>,
            <n> is the number of days from <start> to <end>, <years> is the number of whole years from <start> to <end>]}
    - {id: first-review, title: "-", cite: "-", then: <club> reviews itself on <date>,
       if: [<club> meets during <period>, <first> is the first day of <period>, <end> is the day on which <period> ends,
            <date> is whichever comes first of <end> and <third>, '<third> is "1 month rolling over" after <first>']}
    - {id: next-review, title: "-", cite: "-", then: <club> reviews itself on <date>,
       if: [<club> reviews itself on <day>, <club> waits <delay>, <date> is <delay> after <day>,
            '<date> is before "2012-01-01"']}
    """

SHAPES = {
    "delays and exceptions": ("belonging", "staying"),
    "figures": ("counting", "summing", "active", "opening", "indebted"),
    "recursion": ("hearing", "hearing-from-others", "knowing"),
    "all of them": ("order", "watched"),
    "calendar": ("fees", "spending", "first-review", "next-review"),
}
"""The rules of each kind of large world."""

PROGRAMS = 500
"""Small ones, each in three worlds."""

WORLDS, AT_EVERY_RUN = 20, (1, 2)
"""Large ones: four of each kind; figures and recursion at every run."""

FACTS = 100_000
DELAYS = tuple(
    map(delay, ("90 days", "200 days", "6 months", "9 months rolling over", "first day of the month after 12 months"))
)
PERIODS = ("2001", "2003-02", "2004-02-29", "2005-12-31/2006-01-15", "2011-11")


@cache
def vocabulary() -> Vocabulary:
    """The sentences of the large worlds."""
    return vocabulary_of(parse(dedent(SENTENCES), "sentences"), "sentences")


def shape(seed: int) -> str:
    """The kind of the world of a seed."""
    return tuple(SHAPES)[seed % len(SHAPES)]


def large(seed: int) -> Case:
    """The program and the world of a seed."""
    rules = rules_of(parse(dedent(RULES), "rules"), "rules", vocabulary())
    chosen = program(vocabulary(), [rule for rule in rules if rule.id in SHAPES[shape(seed)]])
    asked = {sentence for rule in chosen.rules for sentence, _ in dependencies(rule)} - set(chosen.by_head)
    return Case(chosen, tuple(_Populace(Random(seed)).facts([vocabulary().predicates[each] for each in sorted(asked)])))


class _Populace:
    """Members and clubs, of whom what is said is often said of the same pair."""

    def __init__(self, draws: Random) -> None:
        self.draws = draws
        # Each follows less than one other on average, and so what leads on from one soon comes to an end.
        self.members = [f"m{number}" for number in range(FACTS * 2)]
        self.clubs = [f"c{number}" for number in range(FACTS // 20)]
        self.pairs = [(draws.choice(self.members), draws.choice(self.clubs)) for _ in range(FACTS // 2)]

    def facts(self, asked: list[Predicate]) -> Iterator[Fact]:
        """Facts of each of these predicates: of clubs one for most of them, of members as many as there is room for."""
        about_clubs = [each for each in asked if each.holes[0].type == "Club"]
        others = [each for each in asked if each not in about_clubs]
        for each in about_clubs:
            for club in self.draws.sample(self.clubs, len(self.clubs) * 4 // 5):
                yield Fact(each.sentence, (club, *(self.value(hole) for hole in each.holes[1:])))
        alone = [each for each in others if len(each.holes) == 1]
        left = FACTS - len(about_clubs) * len(self.clubs) * 4 // 5 - len(alone) * FACTS // 10
        for each in others:
            room = FACTS // 10 if each in alone else left // (len(others) - len(alone))
            yield from islice(self.said(each), room)

    def said(self, about: Predicate) -> Iterator[Fact]:
        """Different facts of a predicate, without end."""
        seen = set[tuple[Value, ...]]()
        while True:
            member, club = self.draws.choice(self.pairs)
            known = {"member": member, "club": club}
            values = tuple(known[hole.name] if hole.name in known else self.value(hole) for hole in about.holes)
            if values not in seen:
                seen.add(values)
                yield Fact(about.sentence, values)

    def value(self, hole: Hole) -> Value:
        """Some value of the type of a hole."""
        draws = self.draws
        if hole.type == "Date":
            return date(2000, 1, 1) + timedelta(days=draws.randrange(3650))
        if hole.type == "Number":
            return draws.randrange(30)
        values: dict[str, Sequence[Value]] = {"Duration": DELAYS, "Period": PERIODS, "Member": self.members}
        return draws.choice(values[hole.type])


@dataclass(frozen=True)
class Outcome:
    """How a large world was evaluated twice."""

    seed: int
    facts: int
    concluded: Counter[str]
    seconds_of_clingo: float
    seconds_of_tables: float
    missed: frozenset[Fact]
    alone: frozenset[Fact]

    def __str__(self) -> str:
        """A line of a table."""
        agree = "agree" if not self.missed and not self.alone else f"{len(self.missed)} missed, {len(self.alone)} alone"
        times = f"clingo {self.seconds_of_clingo:5.1f} s  tables {self.seconds_of_tables:5.1f} s"
        return f"{self.seed:3}  {shape(self.seed):22}  {self.facts:7} facts {sum(self.concluded.values()):7} concluded  {times}  {agree}"


def outcome(seed: int) -> Outcome:
    """What the relational engine misses, and what it alone finds, in the large world of a seed."""
    case = large(seed)
    start = time.perf_counter()
    expected = set(asp.evaluate(case.program, case.world).facts())
    middle = time.perf_counter()
    found = set(duck.evaluate(case.program, case.world).facts())
    end = time.perf_counter()
    concluded = Counter(dict.fromkeys(case.program.by_head, 0))
    concluded.update(fact.predicate for fact in expected.difference(case.world))
    missed, alone = frozenset(expected - found), frozenset(found - expected)
    return Outcome(seed, len(case.world), concluded, middle - start, end - middle, missed, alone)


@pytest.mark.parametrize("start", range(200_000, 200_000 + PROGRAMS, 100))
def test_clingo_concludes_what_the_specification_concludes(start: int) -> None:
    compared = Compared()

    disagreement = compare(range(start, start + 100), compared, asp.evaluate)

    assert disagreement is None, "\n" + written(disagreement, asp.evaluate)
    assert compared.concluded >= 100  # worlds in which nothing follows would prove nothing


def test_a_number_too_big_for_clingo_is_refused_and_not_wrapped() -> None:
    owning = Fact("<x: Person> owns <n: Number>", ("ann", 2**31))
    with pytest.raises(OutsideSubset, match="32 bits"):
        asp.evaluate(program(invented_vocabulary(), ()), [owning])


def test_without_clingo_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "clingo", None)
    with pytest.raises(OutsideSubset, match="clingo"):
        asp.evaluate(program(invented_vocabulary(), ()), ())


@needs_tables
@pytest.mark.parametrize("seed", range(WORLDS) if os.environ.get("TREATY_ENGINE_LONG") == "1" else AT_EVERY_RUN)
def test_tables_hold_what_clingo_concludes_of_a_hundred_thousand_facts(seed: int) -> None:
    found = outcome(seed)

    assert not found.missed, f"clingo alone: {sorted(map(str, found.missed))[:5]}"
    assert not found.alone, f"tables alone: {sorted(map(str, found.alone))[:5]}"
    assert 0.9 * FACTS <= found.facts <= 1.1 * FACTS
    assert min(found.concluded.values()) >= 50  # by the predicate: a rule that never fires would prove nothing


if __name__ == "__main__":
    for number in map(int, sys.argv[1:] or range(WORLDS)):
        print(outcome(number), flush=True)
