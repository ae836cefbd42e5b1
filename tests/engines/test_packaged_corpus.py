"""Every engine concludes the same from the packaged rules and facts, whatever the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from treaty_engine.engines import compiled, durable, naive
from treaty_engine.language.terms import Fact
from treaty_engine.model import Model
from treaty_engine.program.program import Program
from treaty_engine.treaties.corpus import Corpus, Question

DAYS = (
    "1955-01-01", "1976-03-23", "1988-02-29", "1999-06-30", "2004-01-01",
    "2008-06-12", "2015-03-27", "2019-12-31", "2026-01-01", "2040-07-01",
)  # fmt: skip
"""From before most treaties to years ahead."""


def concluded(
    evaluate: Callable[[Program, Iterable[Fact]], Model], corpus: Corpus, day: str, *, strict: bool = False
) -> set[Fact]:
    world = corpus.world(Question(date.fromisoformat(day), strict=strict)).facts
    return set(evaluate(corpus.program, world).facts())


@pytest.mark.parametrize("day", DAYS)
def test_tables_and_loops_conclude_the_same(corpus: Corpus, day: str) -> None:
    duck = pytest.importorskip("treaty_engine.engines.relational.duck", reason="DuckDB is not installed")
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    assert concluded(duck.evaluate, corpus, day) == concluded(compiled.evaluate, corpus, day)


@pytest.mark.parametrize(("day", "strict"), [("2008-06-12", False), ("2026-01-01", True)])
def test_loops_conclude_what_the_specification_does(corpus: Corpus, day: str, strict: bool) -> None:
    expected = concluded(naive.evaluate, corpus, day, strict=strict)
    assert concluded(compiled.evaluate, corpus, day, strict=strict) == expected


def test_durable_rules_concludes_the_same(corpus: Corpus) -> None:
    pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed")
    assert concluded(durable.evaluate, corpus, "2008-06-12") == concluded(compiled.evaluate, corpus, "2008-06-12")
