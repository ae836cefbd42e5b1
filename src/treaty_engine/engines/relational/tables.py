"""A program run on tables: strata in order, rounds where a stratum leads back to itself, ranks kept."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from treaty_engine.engines.relational.algebra import DELAYS, PERIODS, RANK, Compiler
from treaty_engine.engines.relational.codes import Codes
from treaty_engine.engines.relational.dialects import Dialect
from treaty_engine.language.rules import Rule
from treaty_engine.language.terms import Atom, Fact, Predicate, Value
from treaty_engine.program.program import Program
from treaty_engine.program.strata import covered_within, dependencies, needed, recursive, within_reach
from treaty_engine.progress import counted

if TYPE_CHECKING:
    import numpy

_GROWING = "growing"
"""What a statement that follows a recursion calls the rows that are new."""


class Database(Protocol):
    """What an engine of tables does for an evaluation; rows are whole numbers."""

    dialect: Dialect

    def load(self, table: str, kinds: Mapping[str, str], columns: Sequence[array[int]]) -> int | None:
        """Makes a table of columns, each of the kind that its name has, and each row once.

        How many rows that is, None where counting them would cost.
        """

    def make(self, table: str, select: str) -> int | None:
        """Makes a table of what a query gives; how many rows that is, None where counting them would cost."""

    def view(self, table: str, select: str) -> None:
        """Gives a query the name of a table, to be answered when it is asked."""

    def append(self, table: str, select: str) -> int:
        """Adds what a query gives to a table; how many rows that is."""

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """What a query gives."""

    def columns(self, query: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """What a query gives, by column."""


@dataclass
class Evaluation:
    """A program under way on a database: the tables of its predicates, and the rank that all facts of one share."""

    program: Program
    database: Database
    codes: Codes
    tables: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int | None] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    """The predicates that are known to have no fact."""
    given: dict[str, Sequence[array[int]]] = field(default_factory=dict)
    """The columns of each table that has just what was given, each row once: it need not be read back."""
    queries: dict[str, Sequence[Rule]] = field(default_factory=dict)
    """The rules of each predicate that no rule reads: its facts stay a query until they are asked for."""

    def table(self, predicate: str) -> str:
        """The name of the table of a predicate."""
        return self.tables.setdefault(predicate, f"r{len(self.tables)}")

    def predicate(self, sentence: str) -> Predicate:
        """The predicate with that sentence."""
        return self.program.vocabulary.predicates[sentence]


def evaluate(program: Program, facts: Iterable[Fact], database: Database) -> Evaluation:
    """Every fact that follows, left in the tables of a database."""
    evaluation = Evaluation(program, database, Codes())
    given = _by_predicate(facts)
    able = Program(program.vocabulary, within_reach(program.rules, given))
    heads = {rule.head.predicate.sentence for rule in able.rules}
    read = {asked for rule in able.rules for asked, _ in dependencies(rule)}
    _load(evaluation, given, heads, read - heads)
    compiler = Compiler(database.dialect, evaluation.codes, evaluation.table)
    plans = {id(rule): compiler.rule(rule) for rule in able.rules}
    for table, width, rows in ((DELAYS, 5, evaluation.codes.delay_rows), (PERIODS, 3, evaluation.codes.period_rows)):
        if table in compiler.own:
            _load_rows(database, table, width, rows())
    for number, layer in enumerate(counted(able.strata, "Evaluating rules"), 1):
        if recursive(layer):
            follow = _at_once if database.dialect.follows and linear(layer) else _rounds
            follow(evaluation, compiler, layer, number << 32)
            continue
        sentence = layer[0].head.predicate.sentence
        selects = [plans[id(rule)] for rule in layer if not needed(rule.body) & evaluation.empty]
        _conclude(evaluation, sentence, selects, number << 32, mixed=sentence in given, seen=sentence in read)
        if sentence not in read:
            evaluation.queries[sentence] = layer
    return evaluation


def _by_predicate(facts: Iterable[Fact]) -> dict[str, list[tuple[Value, ...]]]:
    found = defaultdict[str, list[tuple[Value, ...]]](list)
    for fact in facts:
        found[fact.predicate].append(fact.values)
    return found


def _load(
    evaluation: Evaluation, given: Mapping[str, list[tuple[Value, ...]]], heads: set[str], asked: set[str]
) -> None:
    """Loads the given facts; predicates that are asked about and have none get an empty table."""
    for sentence in counted([*given, *sorted(asked - set(given))], "Loading facts"):
        rows = given.get(sentence, [])
        predicate, name = evaluation.predicate(sentence), evaluation.table(sentence)
        columns = [
            evaluation.codes.column(hole.type, [*map(itemgetter(place), rows)])
            for place, hole in enumerate(predicate.holes)
        ] or [array("i", [0] * len(rows))]
        table = f"{name}_given" if sentence in heads else name
        if evaluation.database.load(table, dict(typed(predicate)), columns) == len(rows) and sentence not in heads:
            evaluation.given[table] = columns
        evaluation.ranks[sentence] = 0
        if not rows:
            evaluation.empty.add(sentence)


def _conclude(
    evaluation: Evaluation, sentence: str, selects: Sequence[tuple[str, bool]], rank: int, *, mixed: bool, seen: bool
) -> None:
    """One layer that does not lead back to itself. What no rule reads stays a query until it is asked."""
    table, database = evaluation.table(sentence), evaluation.database
    evaluation.ranks[sentence] = None if mixed else rank
    if mixed:
        database.make(table, _with_given(evaluation, sentence, selects, rank))
    elif not selects:
        database.load(table, dict(typed(evaluation.predicate(sentence))), [])
        evaluation.empty.add(sentence)
    elif not seen:
        database.view(table, union(selects))
    elif database.make(table, union(selects)) == 0:
        evaluation.empty.add(sentence)


def linear(layer: Sequence[Rule]) -> bool:
    """Whether a layer concludes one thing, by rules that each ask for it once at most, as a record that is there."""
    heads = {rule.head.predicate.sentence for rule in layer}
    return len(heads) == 1 and all(
        len(_returning(rule, heads)) < 2 and not covered_within(rule, heads) for rule in layer
    )


def _returning(rule: Rule, heads: Iterable[str]) -> dict[int, str]:
    """The places in a body that lead back to what a layer concludes, and to what of it."""
    return {
        place: literal.predicate.sentence for place, literal in enumerate(rule.body)
        if isinstance(literal, Atom) and literal.predicate.sentence in heads
    }


def _at_once(evaluation: Evaluation, compiler: Compiler, layer: Sequence[Rule], base: int) -> None:
    """A linear layer in one statement, which goes on from each row that is new, or has a lower rank than before."""
    sentence = layer[0].head.predicate.sentence
    table, columns = evaluation.table(sentence), _names(evaluation, sentence)
    first = [compiler.rule(rule) for rule in layer if not _returning(rule, (sentence,))]
    if sentence in evaluation.ranks:
        seed = _with_given(evaluation, sentence, first, base + 1)
    else:
        fresh = f"({union(first)}) AS fresh" if first else f"({_nothing(evaluation, sentence)}) AS fresh"
        seed = f"SELECT {', '.join(columns)}, {base + 1} AS {RANK} FROM {fresh}"
    rank = f"GREATEST({{}}, {base}) + 1"
    steps = [
        compiler.rule(rule, {place: _GROWING}, rank)[0] for rule in layer for place in _returning(rule, (sentence,))
    ]
    kinds = [*typed(evaluation.predicate(sentence)), (RANK, "BIGINT")]
    cast = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds)
    step = f"SELECT {cast} FROM ({' UNION '.join(steps)}) AS step"
    named = ", ".join(columns)
    evaluation.ranks[sentence] = None
    evaluation.database.make(
        table,
        f"WITH RECURSIVE {_GROWING}({named}, {RANK}) USING KEY ({named}, min({RANK})) AS "
        f"(SELECT {cast} FROM ({seed}) AS seed UNION {step}) SELECT * FROM {_GROWING}",
    )


def _rounds(evaluation: Evaluation, compiler: Compiler, layer: Sequence[Rule], base: int) -> None:
    """A layer that leads back to itself: each step joins what is new since its last one, until nothing is.

    Every step has a rank of its own, so that what it adds ranks after all that it read.
    """
    database = evaluation.database
    heads = sorted({rule.head.predicate.sentence for rule in layer})
    for sentence in heads:
        table, columns = evaluation.table(sentence), ", ".join(_names(evaluation, sentence))
        given = sentence in evaluation.ranks
        database.make(table, _ranked_given(table, columns) if given else _nothing(evaluation, sentence))
        evaluation.ranks[sentence] = None
    rank, last, idle = base, dict[str, int](), 0
    while idle < len(heads):
        for sentence in heads:
            rank += 1
            rules = [rule for rule in layer if rule.head.predicate.sentence == sentence]
            plans = [plan for rule in rules for plan in _steps(evaluation, compiler, rule, heads, last.get(sentence))]
            idle = 0 if plans and _grown(evaluation, sentence, union(plans), rank) else idle + 1
            last[sentence] = rank
            if idle == len(heads):
                break


def _grown(evaluation: Evaluation, sentence: str, select: str, rank: int) -> int:
    """Adds what a query gives and the table of a sentence does not have; how many rows that is."""
    table, columns = evaluation.table(sentence), ", ".join(_names(evaluation, sentence))
    fresh = f"({select} EXCEPT SELECT {columns} FROM {table}) AS fresh"
    return evaluation.database.append(table, f"SELECT {columns}, CAST({rank} AS BIGINT) AS {RANK} FROM {fresh}")


def _steps(
    evaluation: Evaluation, compiler: Compiler, rule: Rule, heads: Sequence[str], last: int | None
) -> Iterator[tuple[str, bool]]:
    """The queries of one step: the whole rule at first, then one for each atom that may be new since the last step."""
    if last is None or covered_within(rule, heads):
        yield compiler.rule(rule)
        return
    for place, sentence in _returning(rule, heads).items():
        table = evaluation.table(sentence)
        yield compiler.rule(rule, {place: f"(SELECT * FROM {table} WHERE {RANK} >= {last})"})


def union(plans: Sequence[tuple[str, bool]]) -> str:
    """One query for what several give, each row once."""
    if len(plans) == 1:
        select, distinct = plans[0]
        return select if distinct else select.replace("SELECT ", "SELECT DISTINCT ", 1)
    return " UNION ".join(select for select, _ in plans)


def _with_given(evaluation: Evaluation, sentence: str, selects: Sequence[tuple[str, bool]], rank: int) -> str:
    """One query for what is given of a sentence, and for what others give and is not given, with its rank."""
    table, columns = evaluation.table(sentence), ", ".join(_names(evaluation, sentence))
    given = _ranked_given(table, columns)
    if not selects:
        return given
    fresh = f"({union(selects)} EXCEPT SELECT {columns} FROM {table}_given) AS fresh"
    return f"{given} UNION ALL SELECT {columns}, {rank} AS {RANK} FROM {fresh}"


def _ranked_given(table: str, columns: str) -> str:
    return f"SELECT {columns}, CAST(0 AS BIGINT) AS {RANK} FROM {table}_given"


def _nothing(evaluation: Evaluation, sentence: str) -> str:
    columns = ", ".join(f"CAST(0 AS {kind}) AS {name}" for name, kind in typed(evaluation.predicate(sentence)))
    return f"SELECT {columns}, CAST(0 AS BIGINT) AS {RANK} WHERE 1 = 0"


def typed(predicate: Predicate) -> list[tuple[str, str]]:
    """The columns of a predicate's table with their types."""
    kinds = ["BIGINT" if hole.type == "Number" else "INTEGER" for hole in predicate.holes]
    return [(f"c{place}", kind) for place, kind in enumerate(kinds)] or [("c0", "INTEGER")]


def _names(evaluation: Evaluation, sentence: str) -> list[str]:
    return [name for name, _ in typed(evaluation.predicate(sentence))]


def _load_rows(database: Database, table: str, width: int, rows: Sequence[Sequence[int]]) -> None:
    kinds = {f"c{place}": "INTEGER" for place in range(width)}
    database.load(table, kinds, [array("i", (row[place] for row in rows)) for place in range(width)])
