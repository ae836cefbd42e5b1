"""The same plan on Spark, in one local session with two workers: the same facts as the specification."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.engines.calendars import agree
from tests.engines.kinds import ACQUAINTED, KINDS, WORLD, N
from tests.engines.sentences import compiled, computed, facts, rule
from tests.properties.ranking import founded

from treaty_engine.engines import compiled as compiled_rules
from treaty_engine.engines import naive
from treaty_engine.engines.relational import spark
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Fact, Variable
from treaty_engine.model import Facts
from treaty_engine.program.program import Program
from treaty_engine.testing.fuzz import Case, cases, differ, shrunk, written
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.status_of_states import STANDING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PROGRAMS = 30
"""Each in the fullest of its worlds."""

@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """Two workers in one Java; where there is none, or no PySpark, what is missing is told with the tests left out."""
    try:
        started = spark.local("local[2]")
    except OutsideSubset as lacking:
        pytest.skip(str(lacking))
    yield started
    started.stop()


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
class TestSpark:
    """What DuckDB is held to at length, on few programs: a round of Spark takes as long as a thousand facts."""

    @pytest.mark.parametrize("start", range(0, PROGRAMS, 10))
    def test_spark_finds_what_the_specification_finds(self, session: SparkSession, start: int) -> None:
        def evaluate(asked: Program, world: Iterable[Fact]) -> spark.SparkModel:
            return spark.evaluate(asked, world, session=session)

        for seed in range(start, start + 10):
            case = max(cases(seed), key=lambda case: len(case.world))
            model = ranked(evaluate(case.program, case.world))
            if set(model.facts()) != set(naive.evaluate(case.program, case.world).facts()):
                smallest = shrunk(case, lambda smaller: differ(smaller, evaluate))
                pytest.fail(f"seed {seed}\n{written(smallest, evaluate)}")
            assert set(model.facts()) - set(case.world) <= set(founded(case.program, model))

    def test_in_an_empty_world_nothing_goes_wrong(self, session: SparkSession) -> None:
        for seed in range(3):
            assert not differ(Case(next(cases(seed)).program, ()), lambda p, w: spark.evaluate(p, w, session=session))

    @pytest.mark.parametrize("shown", KINDS)
    def test_each_thing_that_a_rule_can_say(self, session: SparkSession, shown: str) -> None:
        kind = KINDS[shown]
        given = facts(*filter(None, kind.given.split(", ")))
        model = spark.evaluate(compiled(*kind.rules), given, session=session)
        assert set(model.facts()) == set(given) | set(facts(*filter(None, kind.follows.split(", "))))

    def test_the_calendar_is_the_calendar_of_the_language(self, session: SparkSession) -> None:
        assert agree(lambda asked, world: spark.evaluate(asked, world, session=session), Random(0), 2_000) > 10_000

    def test_the_shipped_rules_mean_the_same(self, session: SparkSession, corpus: Corpus) -> None:
        """Those that the standing of every State to every treaty rests on: all of them take minutes."""
        asked, world = corpus.program.about(corpus.sentences(STANDING)), corpus.world(Question(date(2026, 1, 1))).facts
        found = spark.evaluate(asked, world, session=session)
        assert set(found.facts()) == set(compiled_rules.evaluate(asked, world).facts())

    def test_a_table_that_grows_in_many_rounds_is_put_together_again(self, session: SparkSession) -> None:
        chain = [Fact("<x: Person> knows <y: Person>", (f"p{n}", f"p{n + 1}")) for n in range(spark.MOST_PARTS + 4)]
        reaches = compiled(rule("<x> reaches <y>", "<x> knows <y>"), rule("<x> reaches <z>", "<x> knows <y>", "<y> reaches <z>"))
        found = spark.evaluate(reaches, chain, session=session)
        assert len(found) == len(chain) + len(chain) * (len(chain) + 1) // 2

    def test_a_number_that_grows_too_great_is_refused(self, session: SparkSession) -> None:
        more = rule("<x> has <n>", "<x> owns <m>", computed("more than <k: Number>", N, Variable("m"), 1))
        greatest = [Fact("<x: Person> owns <n: Number>", ("ann", 2**63 - 1))]
        with pytest.raises(OutsideSubset, match="64 bits"):
            list(spark.evaluate(compiled(more), greatest, session=session).facts())

    def test_the_model_answers_as_the_specification_does(self, session: SparkSession) -> None:
        found, expected = spark.evaluate(ACQUAINTED, WORLD, session=session), naive.evaluate(ACQUAINTED, WORLD)
        reaches = "<x: Person> reaches <y: Person>"
        for pattern in ((None, None), ("ann", None), ("bob", "cat"), ("nobody", None)):
            assert list(found.match(reaches, pattern)) == list(found.match(reaches, pattern))
            assert set(found.match(reaches, pattern)) == set(expected.match(reaches, pattern))
        assert found.rank(WORLD[0]) == 0
        assert found.rank(Fact(reaches, ("ann", "nobody"))) is None
        assert list(found.columns("<x: Person> starts on <d: Date>")["c1"]) == [date(2000, 1, 31).toordinal()]
        assert len(found.columns("all is well")["c0"]) == 1
        assert len(found) == len(expected)

    def test_two_evaluations_in_one_session_do_not_meet(self, session: SparkSession) -> None:
        first = spark.evaluate(ACQUAINTED, WORLD, session=session)
        second = spark.evaluate(ACQUAINTED, facts("cat knows ann"), session=session)
        assert (len(list(first.facts())), len(list(second.facts()))) == (19, 2)
        assert not session.catalog.listTables()

    def test_what_nobody_holds_is_cleared_when_the_next_database_opens(self, session: SparkSession) -> None:
        database = spark.SparkDatabase(session)
        database.make("kept", "SELECT 1 AS c0")
        own = database.session
        assert [table.name for table in own.catalog.listTables()] == ["kept"]
        del database
        gc.collect()
        spark.SparkDatabase(session)
        assert not own.catalog.listTables()


def ranked(model: spark.SparkModel) -> Facts:
    """The same facts in memory, with the same ranks."""
    known = Facts()
    for fact in model.facts():
        level = model.level(fact.predicate)
        rank = model.rank(fact) if level is None else level
        assert rank is not None
        known.add(fact, rank)
    return known


def test_without_pyspark_the_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(OutsideSubset, match="PySpark: install the extra `spark`"):
        spark.evaluate(compiled(), [])


@pytest.mark.parametrize("home", ["", "/nowhere"])
def test_without_java_the_engine_says_so(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("JAVA_HOME", home)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OutsideSubset, match="lacks Java 17 or later: none is"):
        spark.evaluate(compiled(), [])


@pytest.mark.parametrize(("version", "told"), [("1.8.0_302", "8"), ("11.0.2", "11"), ("16-ea", "16")])
def test_a_java_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, told: str) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(OutsideSubset, match=f"lacks Java 17 or later: what is there is Java {told}"):
        spark.evaluate(compiled(), [])
