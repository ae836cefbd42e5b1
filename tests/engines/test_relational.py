"""Rules as relational algebra on DuckDB: the same facts as the specification, ranked so that proofs come to an end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from random import Random

import pytest
from tests.engines.calendars import agree
from tests.engines.kinds import ACQUAINTED, KINDS, WORLD, N
from tests.engines.sentences import SENTENCES, compiled, computed, facts, rule, say
from tests.properties.ranking import founded

from treaty_engine.engines import compiled as in_memory
from treaty_engine.engines import durable, naive
from treaty_engine.engines.relational import duck, tables
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.rules import Aggregate, Rule
from treaty_engine.language.terms import Atom, Fact, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.model import Facts
from treaty_engine.program.program import Program, program
from treaty_engine.source import Span
from treaty_engine.testing.evaluators import relational
from treaty_engine.testing.fuzz import Case, cases, differ, shrunk, written
from treaty_engine.testing.language import predicate

Evaluation = Callable[[Program, Iterable[Fact]], duck.DuckModel]

PROGRAMS = 1_000
"""Always the same ones, each in the fullest of its worlds; `make fuzz` is for others."""


@pytest.fixture(scope="module")
def evaluate() -> Evaluation:
    return relational()


def ranked(model: duck.DuckModel) -> Facts:
    """The same facts in memory, with the same ranks."""
    known = Facts()
    for fact in model.facts():
        level = model.level(fact.predicate)
        rank = model.rank(fact) if level is None else level
        assert rank is not None
        known.add(fact, rank)
    return known


@pytest.mark.parametrize("start", range(0, PROGRAMS, 125))
def test_duckdb_finds_what_the_specification_finds(evaluate: Evaluation, start: int) -> None:
    concluded = 0
    for seed in range(start, start + 125):
        case = max(cases(seed), key=lambda case: len(case.world))
        model = ranked(evaluate(case.program, case.world))
        if set(model.facts()) != set(naive.evaluate(case.program, case.world).facts()):
            smallest = shrunk(case, lambda smaller: differ(smaller, duck.evaluate))
            pytest.fail(f"seed {seed}\n{written(smallest, duck.evaluate)}")
        new = set(model.facts()) - set(case.world)
        assert {fact for fact in model.facts() if model.rank(fact) == 0} == set(case.world)
        assert new <= set(founded(case.program, model))
        concluded += len(new)
    assert concluded >= 125  # worlds in which nothing follows would prove nothing


@pytest.mark.parametrize("seed", range(0, 100, 10))
def test_in_an_empty_world_only_rules_without_conditions_conclude(evaluate: Evaluation, seed: int) -> None:
    for each in range(seed, seed + 10):
        case = next(cases(each))
        assert not differ(Case(case.program, ()), evaluate)


@pytest.mark.parametrize("shown", KINDS)
def test_each_thing_that_a_rule_can_say(evaluate: Evaluation, shown: str) -> None:
    kind = KINDS[shown]
    given = facts(*filter(None, kind.given.split(", ")))
    model = evaluate(compiled(*kind.rules), given)
    follows = set(facts(*filter(None, kind.follows.split(", "))))
    assert set(model.facts()) == set(given) | follows
    for engine in (naive, durable, in_memory):
        assert set(engine.evaluate(compiled(*kind.rules), given).facts()) == set(given) | follows, engine.__name__


@pytest.mark.parametrize("seed", range(4))
def test_the_calendar_is_the_calendar_of_the_language(seed: int) -> None:
    assert agree(duck.evaluate, Random(seed), 5_000) > 25_000


class TestNumbers:
    """Tables hold 64 bits; what does not fit is refused, never another number."""

    MORE = rule("<x> has <n>", "<x> owns <m>", computed("more than <k: Number>", N, Variable("m"), 1))
    SUM = rule("<x> has <n>", "<x> exists", Aggregate("sum", N, (say("<y> owns <m>"),), ("y",), "m"))
    GREATEST = 2**63 - 1

    def owned(self, *numbers: int) -> list[Fact]:
        return [Fact("<x: Person> owns <n: Number>", (f"p{place}", number)) for place, number in enumerate(numbers)]

    @pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**40])
    def test_a_number_too_great_to_load_is_refused(self, number: int) -> None:
        with pytest.raises(OutsideSubset, match="64 bits"):
            duck.evaluate(compiled(self.MORE), self.owned(number))

    def test_a_number_too_great_in_a_rule_is_refused(self) -> None:
        limit = computed("does not exceed <b: Number>", N, 10**40)
        with pytest.raises(OutsideSubset, match="64 bits"):
            duck.evaluate(compiled(rule("<x> is a friend", "<x> owns <n>", limit)), self.owned(1))

    def test_a_number_that_grows_too_great_is_refused(self) -> None:
        with pytest.raises(OutsideSubset, match="64 bits"):
            list(duck.evaluate(compiled(self.MORE), self.owned(self.GREATEST)).facts())

    def test_a_sum_that_grows_too_great_is_refused(self) -> None:
        world = [*facts("ann exists"), *self.owned(self.GREATEST, 1)]
        with pytest.raises(OutsideSubset, match="64 bits"):
            list(duck.evaluate(compiled(self.SUM), world).facts())

    def test_a_sum_may_pass_by_numbers_too_great(self) -> None:
        world = [*facts("ann exists"), *self.owned(self.GREATEST, 5, -5)]
        found = duck.evaluate(compiled(self.SUM), world)
        assert list(found.match("<x: Person> has <n: Number>", (None, None))) == [("ann", self.GREATEST)]

    def test_asking_for_a_number_too_great_finds_nothing(self) -> None:
        found = duck.evaluate(compiled(self.MORE), self.owned(1))
        assert not list(found.match("<x: Person> has <n: Number>", (None, 10**40)))


def test_a_text_that_is_written_like_a_period_is_not_taken_for_one() -> None:
    known = Vocabulary(SENTENCES.types, {each.sentence: each for each in (
        predicate("<t: Text> is written", "given"), predicate("it lasts <p: Period>", "given"),
        predicate("<d: Date> is the start", "derived"))})  # fmt: skip
    lasts, start = known.predicates["it lasts <p: Period>"], known.predicates["<d: Date> is the start"]
    first = computed("first day of <period: Period>", Variable("d"), Variable("p"))
    made = Rule("start", "", "", (Atom(lasts, (Variable("p"),)), first), Atom(start, (Variable("d"),)), Span("test"))
    world = [Fact("<t: Text> is written", ("2002",)), Fact("it lasts <p: Period>", ("2002",))]
    found = duck.evaluate(program(known, [made]), world)
    assert list(found.match("<d: Date> is the start", (None,))) == [(date(2002, 1, 1),)]


@pytest.fixture(scope="module", params=[(0, 1 << 40), (0, 1), (1 << 40, 1)], ids=["queries", "tables", "columns"])
def model(request: pytest.FixtureRequest) -> Iterator[duck.DuckModel]:
    """A model that is always asked by queries, one that keeps the rows of each, and one that reads each at once."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in zip(("_WORTH", "_OFTEN"), request.param, strict=True):
            patch.setattr(duck, name, value)
        yield duck.evaluate(ACQUAINTED, WORLD)


class TestTheModel:
    """What explanation asks of it."""

    REACHES = "<x: Person> reaches <y: Person>"
    FRIEND = "<x: Person> is a friend"
    KNOWS = "<x: Person> knows <y: Person>"

    def test_match_finds_what_agrees_in_a_fixed_order(self, model: duck.DuckModel) -> None:
        everyone = [(one, other) for one in ("ann", "bob", "cat") for other in ("ann", "bob", "cat")]
        for pattern in ((None, None), ("ann", None), (None, "cat"), ("bob", "bob")):
            found = list(model.match(self.REACHES, pattern))
            assert sorted(found) == [
                pair for pair in everyone if all(each in (None, value) for each, value in zip(pattern, pair, strict=True))
            ]
            assert found == list(model.match(self.REACHES, pattern))

    def test_match_finds_nothing_of_what_is_unknown(self, model: duck.DuckModel) -> None:
        assert list(model.match(self.REACHES, ("nobody", None))) == []
        assert list(model.match("<x: Person> greets <y: Person>", (None, None))) == []

    def test_match_of_a_sentence_without_holes(self, model: duck.DuckModel) -> None:
        assert list(model.match("all is well", ())) == [()]
        assert list(model.match("the day is over", ())) == []

    def test_ranks(self, model: duck.DuckModel) -> None:
        given, near, far = Fact(self.KNOWS, ("ann", "bob")), *(Fact(self.REACHES, ("ann", who)) for who in ("bob", "cat"))
        friend = Fact(self.FRIEND, ("ann",))
        ranks = [model.rank(each) for each in (given, near, far, friend)]
        assert ranks == sorted(set(ranks), key=lambda rank: -1 if rank is None else rank)
        assert ranks[0] == 0
        assert model.rank(Fact("all is well", ())) is not None

    def test_what_does_not_hold_has_no_rank(self, model: duck.DuckModel) -> None:
        assert model.rank(Fact(self.KNOWS, ("ann", "cat"))) is None
        assert model.rank(Fact(self.KNOWS, ("ann", "nobody"))) is None
        assert model.rank(Fact("the day is over", ())) is None

    def test_facts_and_their_number(self, model: duck.DuckModel) -> None:
        found = list(model.facts())
        assert len(found) == len(set(found)) == len(model) == 5 + 9 + 3 + 1 + 1
        assert set(found) == set(naive.evaluate(ACQUAINTED, WORLD).facts())

    def test_columns_are_whole_numbers(self, model: duck.DuckModel) -> None:
        starts = model.columns("<x: Person> starts on <d: Date>")
        assert list(starts["c1"]) == [date(2000, 1, 31).toordinal()]
        assert len(model.columns(self.REACHES)["c0"]) == 9
        assert len(model.columns("all is well")["c0"]) == 1


def test_a_linear_recursion_is_one_statement_and_ranks_each_fact_above_what_it_follows_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    knows, reaches = TestTheModel.KNOWS, TestTheModel.REACHES
    ring = [Fact(knows, (f"p{place}", f"p{(place + 1) % 30}")) for place in range(30)]
    world = [*ring, Fact(reaches, ("p7", "p21")), Fact(reaches, ("p8", "p9"))]
    monkeypatch.delattr(tables, "_rounds")
    found = duck.evaluate(ACQUAINTED, world)
    assert set(found.facts()) == set(naive.evaluate(ACQUAINTED, world).facts())
    assert set(found.facts()) - set(world) <= set(founded(ACQUAINTED, ranked(found)))
    assert found.rank(world[-1]) == 0
    ranks = [found.rank(Fact(reaches, ("p0", f"p{place}"))) or 0 for place in (1, 2, 3)]
    assert 0 < ranks[0] < ranks[1] < ranks[2]


@pytest.mark.parametrize("missing", ["duckdb", "numpy"])
def test_without_duckdb_the_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(OutsideSubset, match="install the extra `relational`"):
        duck.evaluate(compiled(), [])
