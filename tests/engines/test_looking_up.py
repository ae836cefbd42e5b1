"""Looking up in tables: a query, a column read through and an index find the same, which is what the specification has."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

import pytest

pytest.importorskip("numpy", reason="tables are read into columns of NumPy")
pytest.importorskip("duckdb", reason="tables are DuckDB's")

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.kinds import ACQUAINTED
from tests.engines.sentences import SENTENCES

from treaty_engine.engines import naive
from treaty_engine.engines.relational import columns, duck
from treaty_engine.language.terms import Fact
from treaty_engine.model import Pattern
from treaty_engine.program.program import Program
from treaty_engine.testing.evaluators import relational
from treaty_engine.testing.language import VALUES

ALWAYS, NEVER = 1 << 40, 0
WAYS = {
    "queries": {"_WORTH": NEVER, "_OFTEN": ALWAYS},
    "queries that give too much to be kept": {"_WORTH": NEVER, "_OFTEN": 1, "_MOST": NEVER},
    "tables of queries": {"_WORTH": NEVER, "_OFTEN": 1},
    "columns": {"_WORTH": ALWAYS, "_OFTEN": 1},
}
"""How a model is asked, as what it thinks worth while."""

ASKED = [
    SENTENCES.predicates[sentence] for sentence in (
        "<x: Person> called <y: Person> on <d: Date>", "<x: Person> owns <n: Number>", "<x: Person> waits <w: Duration>",
        "<x: Person> stayed during <p: Period>", "<x: Person> knows <y: Person>", "<x: Person> reaches <y: Person>",
        "<x: Person> is a friend", "<x: Person> starts on <d: Date>", "all is well", "it rained",
    )
]  # fmt: skip
"""What is given only, what is concluded only, and what is both; each type of value; no hole at all."""

GIVEN = [each for each in ASKED if each.sentence not in ("<x: Person> is a friend", "all is well")]
NUMBERS = st.sampled_from((-(2**63), -(2**32) - 1, -1, 0, 1, 7, 2**32, 2**32 + 1, 2**63 - 1))
SHORTER = st.sampled_from((-(2**31), -1, 0, 1, 2, 730_000, 2**31 - 1))
ROWS = st.lists(st.tuples(SHORTER, SHORTER, NUMBERS), unique=True, max_size=12)

Evaluation = Callable[[Program, Iterable[Fact]], duck.DuckModel]


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """A fact of a few values."""
    predicate = draw(st.sampled_from(GIVEN))
    return Fact(predicate.sentence, tuple(draw(st.sampled_from(VALUES[hole.type])) for hole in predicate.holes))


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, Pattern]:
    """A sentence with some of its holes filled."""
    predicate = draw(st.sampled_from(ASKED))
    return predicate.sentence, tuple(draw(st.sampled_from((None, *VALUES[hole.type]))) for hole in predicate.holes)


@pytest.fixture(scope="module")
def evaluate() -> Evaluation:
    return relational()


@pytest.mark.parametrize("scans", [0, 1], ids=["an index at once", "an index once it pays"])
@pytest.mark.parametrize("way", WAYS)
@given(world=st.lists(facts(), max_size=25), asked=st.lists(questions(), max_size=40))
def test_what_a_pattern_finds_is_what_the_specification_finds(
    evaluate: Evaluation, way: str, scans: int, world: list[Fact], asked: list[tuple[str, Pattern]]
) -> None:
    known = naive.evaluate(ACQUAINTED, world)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WAYS[way].items():
            patch.setattr(duck, name, value)
        patch.setattr(columns, "_ROWS_A_SCAN", scans or ALWAYS)
        model = evaluate(ACQUAINTED, world)
        for sentence, pattern in asked:
            found = list(model.match(sentence, pattern))
            assert sorted(map(str, found)) == sorted(map(str, known.match(sentence, pattern)))
            assert list(model.match(sentence, pattern)) == found
            for values in found if None in pattern else [*found, pattern]:
                fact = Fact(sentence, values)  # type: ignore[arg-type]
                assert (model.rank(fact) is None) == (known.rank(fact) is None)
                assert (model.rank(fact) == 0) == (known.rank(fact) == 0)


@pytest.mark.parametrize("few", [0, 64], ids=["rows by NumPy", "rows one by one"])
@given(rows=ROWS, data=st.data())
def test_rows_are_the_same_before_and_after_a_column_has_its_index(
    few: int, rows: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    kinds = zip("iiq", zip(*rows, strict=True) if rows else ((), (), ()), strict=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_FEW", few)
        patch.setattr(columns, "_ROWS_A_SCAN", 1)
        table = columns.Columns([array(kind, column) for kind, column in kinds])
        places = tuple(sorted(data.draw(st.sets(st.integers(0, 2)), label="places")))
        drawn = [st.tuples(*((NUMBERS if place == 2 else SHORTER) for place in places))]
        drawn += [st.sampled_from([tuple(row[place] for place in places) for row in rows])] if rows else []
        for _ in range(len(rows) + 2):
            codes = data.draw(st.one_of(drawn), label="numbers")
            agreeing = [row for row in rows if tuple(row[place] for place in places) == codes]
            assert table.rows(places, codes) == sorted(agreeing)
