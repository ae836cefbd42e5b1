"""Every engine finds what the specification finds, and ranks it so that every proof comes to an end."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.ranking import founded

from treaty_engine.engines import compiled, durable, naive
from treaty_engine.language.terms import Fact
from treaty_engine.model import Facts
from treaty_engine.program.program import Program
from treaty_engine.testing.fuzz import Case, Compared, cases, compare, differ, written
from treaty_engine.testing.programs import programs, worlds

PROGRAMS = 3_000
"""Always the same ones, so that a run is as good as any other; `make fuzz` looks at others."""

Evaluate = Callable[[Program, Iterable[Fact]], Facts]


@pytest.mark.parametrize("evaluate", [durable.evaluate, compiled.evaluate], ids=["durable", "compiled"])
@pytest.mark.parametrize("start", range(0, PROGRAMS, 250))
def test_an_engine_finds_what_the_specification_finds(start: int, evaluate: Evaluate) -> None:
    compared = Compared()

    disagreement = compare(range(start, start + 250), compared, evaluate)

    assert disagreement is None, "\n" + written(disagreement, evaluate)
    assert compared.programs == 250
    assert compared.concluded >= 500  # worlds in which nothing follows would prove nothing


@settings(max_examples=100, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_user_can_draw_programs_and_worlds_of_their_own(data: st.DataObject) -> None:
    program = data.draw(programs())
    world = data.draw(worlds(program))
    assert not differ(Case(program, tuple(world)))


@pytest.mark.parametrize(
    "evaluate", [naive.evaluate, durable.evaluate, compiled.evaluate], ids=["naive", "durable", "compiled"]
)
def test_every_concluded_fact_ranks_after_the_premises_of_some_derivation(evaluate: Evaluate) -> None:
    for seed in range(1000):
        for case in cases(seed):
            model = evaluate(case.program, case.world)
            assert {fact for fact in model.facts() if model.rank(fact) == 0} == set(case.world)
            assert set(model.facts()) - set(case.world) <= set(founded(case.program, model))
