"""Rules as relational algebra: what is joined, what must hold, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from treaty_engine.engines.relational.asking import closes, deeper, shared, telling
from treaty_engine.engines.relational.codes import Codes
from treaty_engine.engines.relational.dialects import LAST_DAY, Dialect, delayed, in_month, whole_years
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule, variables
from treaty_engine.language.terms import Atom, Term, Variable

Bound = Mapping[str, str]
"""The expression that stands for each variable."""

MANY = 4
"""From so many tables on, the order in which they are joined decides what a rule costs."""

LONG = 400
"""An expression of so many characters is not written again into another: three dates deep it would fill pages."""

DELAYS, PERIODS = "delays", "periods"

RANK = "rk"
"""The column that holds the rank, in tables whose facts do not all have the same."""


@dataclass(frozen=True)
class Join:
    """What a body joins: tables with their aliases, conditions, and the expression of each variable."""

    tables: tuple[tuple[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    bound: Bound = field(default_factory=dict)

    def select(self, columns: Sequence[str]) -> str:
        """The SQL of these expressions over the join."""
        tables = ", ".join(f"{table} AS {alias}" for table, alias in self.tables)
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        return f"SELECT {', '.join(columns) or '1'}" + (f" FROM {tables}" if tables else "") + where

    def also(self, *conditions: str) -> Join:
        """The join with more conditions."""
        return replace(self, conditions=(*self.conditions, *conditions))


class Compiler:
    """Compiles bodies for one dialect; `table` names the table of a predicate."""

    def __init__(self, dialect: Dialect, codes: Codes, table: Callable[[str], str]) -> None:
        self.dialect, self.codes, self.table = dialect, codes, table
        self._aliases = count(1)
        self.own = set[str]()
        """The language's own tables that what was compiled reads."""

    def rule(
        self, rule: Rule, recent: Mapping[int, str] | None = None, rank: str | None = None
    ) -> tuple[str, bool]:
        """The SQL of what a rule concludes, and whether its rows are surely distinct.

        `recent` gives, for places in the body, another table to read than the whole one; `rank` is what the rank of
        a conclusion comes to, out of the rank that the row of that table has.
        """
        join = self.body(rule.body, Join(), recent or {}, outermost=True)
        for defeat in rule.exceptions:
            join = join.also(f"NOT EXISTS ({self.body(defeat.body, self.inner(defeat.body, join.bound)).select(())})")
        holes = rule.head.predicate.holes
        columns = [
            f"{self.term(term, hole.type, join.bound)} AS c{place}"
            for place, (term, hole) in enumerate(zip(rule.head.terms, holes, strict=True))
        ]
        columns = columns or ["0 AS c0"]
        if rank is not None:
            columns.append(f"{rank.format(join.bound[RANK])} AS {RANK}")
        return join.select(columns), telling(rule) <= set(rule.head.variables())

    def body(
        self, body: Sequence[Literal], join: Join, recent: Mapping[int, str] | None = None, *, outermost: bool = False
    ) -> Join:
        """The join of a body, added to one that may have bound variables already.

        In the outermost one, where there are many tables, an atom that only compares values from several of them is
        no table more, but a condition: engines expect too much of what several conditions on one table leave, and
        would join it last. And what was computed gets a name before more is computed from it.
        """
        closing = outermost and sum(isinstance(literal, Atom) for literal in body) >= MANY
        for place, literal in enumerate(body):
            if isinstance(literal, Atom):
                table = (recent or {}).get(place)
                if closing and table is None and closes(literal, join.bound):
                    join = join.also(f"EXISTS ({self._atom(literal, Join(bound=join.bound), table).select(())})")
                else:
                    join = self._atom(literal, join, table)
            elif isinstance(literal, Computation):
                long = outermost and any(len(join.bound.get(name, "")) > LONG for name in variables(literal))
                join = self._computation(literal, self._named(join) if long else join)
            elif isinstance(literal, Absence):
                covered = self._atom(literal.coverage, Join(bound=join.bound)).select(())
                recorded = self._atom(literal.atom, Join(bound=join.bound)).select(())
                join = join.also(f"EXISTS ({covered})", f"NOT EXISTS ({recorded})")
            elif isinstance(literal, Every):
                cases = self.body(literal.of, self.inner((*literal.of, literal), join.bound))
                satisfied = self.body(literal.also, self.inner(literal.also, cases.bound)).select(())
                failing = cases.also(f"NOT EXISTS ({satisfied})").select(())
                join = join.also(f"EXISTS ({cases.select(())})", f"NOT EXISTS ({failing})")
            else:
                join = self._aggregate(literal, join)
        return join

    def _named(self, join: Join) -> Join:
        """The join as one table with a column for each variable, however long the expression was that it stood for."""
        alias = f"t{next(self._aliases)}"
        columns = [f"{expression} AS v{place}" for place, expression in enumerate(join.bound.values())]
        bound = {name: f"{alias}.v{place}" for place, name in enumerate(join.bound)}
        return Join(((f"({join.select(columns)})", alias),), (), bound)

    def inner(self, body: Sequence[Literal], bound: Bound) -> Join:
        """What a body inside another starts from.

        Not every engine sees further out than one body: what its own inner bodies need it takes over as a row.
        """
        asked = deeper(body)
        needed = {name: expression for name, expression in bound.items() if name in asked}
        if not needed:
            return Join(bound=bound)
        alias = f"t{next(self._aliases)}"
        row = ", ".join(f"{expression} AS v{place}" for place, expression in enumerate(needed.values()))
        taken = {name: f"{alias}.v{place}" for place, name in enumerate(needed)}
        return Join(((f"(SELECT {row})", alias),), (), {**bound, **taken})

    def term(self, term: Term, type_name: str, bound: Bound) -> str:
        """The expression of a term."""
        return bound[term.name] if isinstance(term, Variable) else str(self.codes.code(type_name, term))

    def _atom(self, atom: Atom, join: Join, table: str | None = None) -> Join:
        alias = f"t{next(self._aliases)}"
        bound, conditions = dict(join.bound), []
        if table is not None:
            bound[RANK] = f"{alias}.{RANK}"
        for place, (term, hole) in enumerate(zip(atom.terms, atom.predicate.holes, strict=True)):
            column = f"{alias}.c{place}"
            if isinstance(term, Variable) and term.name not in bound:
                bound[term.name] = column
            else:
                conditions.append(f"{column} = {self.term(term, hole.type, bound)}")
        tables = (*join.tables, (table or self.table(atom.predicate.sentence), alias))
        return replace(join, tables=tables, conditions=(*join.conditions, *conditions), bound=bound)

    def _computation(self, literal: Computation, join: Join) -> Join:
        words = " ".join(word or "_" for word in literal.function.words)
        holes = literal.function.holes
        types = [hole.type for hole in holes]
        if words in _TESTS:
            pairs = zip(literal.terms, types, strict=True)
            one, other = (self.term(term, type_name, join.bound) for term, type_name in pairs)
            return join.also(f"{one} {_TESTS[words]} {other}")
        return _FUNCTIONS[words](self, literal, join)

    def inputs(self, literal: Computation, join: Join) -> list[str]:
        """The expressions of what a built-in sentence computes from."""
        pairs = zip(literal.terms[1:], literal.function.holes[1:], strict=True)
        return [self.term(term, hole.type, join.bound) for term, hole in pairs]

    def result(self, literal: Computation, join: Join, expression: str, *conditions: str) -> Join:
        """The join with the result of a built-in sentence bound, or compared where it has a value already."""
        term = literal.terms[0]
        if isinstance(term, Variable) and term.name not in join.bound:
            return replace(join.also(*conditions), bound={**join.bound, term.name: expression})
        known = self.term(term, literal.function.holes[0].type, join.bound)
        return join.also(f"{known} = {expression}", *conditions)

    def joined(self, join: Join, table: str) -> tuple[Join, str]:
        """The join with a table of the language's own, and its alias."""
        alias = f"t{next(self._aliases)}"
        self.own.add(table)
        return replace(join, tables=(*join.tables, (table, alias))), alias

    def _aggregate(self, literal: Aggregate, join: Join) -> Join:
        figure = self._figure(literal, join.bound)
        result = literal.result
        if not (isinstance(result, Variable) and result.name not in join.bound):
            kind = "Number" if literal.kind in ("count", "sum") else "Date"
            return join.also(f"{self.term(result, kind, join.bound)} = {figure}")
        alias = f"t{next(self._aliases)}"
        names = {name: f"v{place}" for place, name in enumerate(join.bound)}
        columns = [f"{expression} AS {names[name]}" for name, expression in join.bound.items()]
        inner = join.select([*columns, f"{figure} AS v{len(names)}"])
        bound = {name: f"{alias}.{column}" for name, column in names.items()} | {result.name: f"{alias}.v{len(names)}"}
        return Join(((f"({inner})", alias),), (f"{alias}.v{len(names)} IS NOT NULL",), bound)

    def _figure(self, literal: Aggregate, bound: Bound) -> str:
        of = self.body(literal.of, self.inner(literal.of, {k: v for k, v in bound.items() if k in shared(literal)}))
        groups = [of.bound[name] for name in literal.per]
        named = [f"{expression} AS g{place}" for place, expression in enumerate(groups)]
        by = ", ".join(f"g{place}" for place in range(len(groups)))
        if literal.kind == "count":
            inner = of.select(named or ["1 AS g0"]).replace("SELECT ", "SELECT DISTINCT ", 1)
            return f"(SELECT COUNT(*) FROM ({inner}) AS counted)"
        value = of.bound[literal.value]
        if literal.kind == "sum":
            inner = of.select([*named, f"{value} AS v"]).replace("SELECT ", "SELECT DISTINCT ", 1)
            return f"(SELECT CAST(COALESCE(SUM(v), 0) AS BIGINT) FROM ({inner}) AS summed)"
        if literal.kind in ("earliest", "latest"):
            smallest = "MIN" if literal.kind == "earliest" else "MAX"
            return f"(SELECT {smallest}(v) FROM ({of.select([f'{value} AS v'])}) AS dated)"
        inner = of.select([*named, f"{value} AS v"])
        days = f"SELECT MIN(v) AS d FROM ({inner}) AS each" + (f" GROUP BY {by}" if by else "")
        number = self.term(literal.number, "Number", bound)
        return f"(CASE WHEN {number} >= 1 THEN {self.dialect.nth(days, number)} END)"


_TESTS = {
    "_ is before _": "<", "_ comes after _": ">", "_ is on or before _": "<=", "_ comes on or after _": ">=",
    "_ is less than _": "<", "_ exceeds _": ">", "_ is at least _": ">=", "_ does not exceed _": "<=",
    "_ differs from _": "<>", "_ is the same as _": "=",
}


def _after(self: Compiler, literal: Computation, join: Join) -> Join:
    wait, start = self.inputs(literal, join)
    join, alias = self.joined(join, DELAYS)
    end, limits = delayed(self.dialect, start, alias, "1")
    return self.result(literal, join.also(f"{alias}.c0 = {wait}"), end, *limits)


def _every(self: Compiler, literal: Computation, join: Join) -> Join:
    wait, start, end = self.inputs(literal, join)
    join, alias = self.joined(join, DELAYS)
    step = f"(CASE WHEN {alias}.c1 + {alias}.c2 = 0 THEN {LAST_DAY} ELSE {alias}.c1 + {alias}.c2 * 28 END)"
    join, times = self.joined(join, self.dialect.numbers(f"({end} - {start}) / {step} + 1"))
    falls, limits = delayed(self.dialect, start, alias, f"{times}.c0")
    within = (f"{falls} <= {end}", f"{falls} > {start}")
    return self.result(literal, join.also(f"{alias}.c0 = {wait}"), falls, *limits, *within)


def _period(column: str) -> Callable[[Compiler, Computation, Join], Join]:
    def bound_of(self: Compiler, literal: Computation, join: Join) -> Join:
        (period,) = self.inputs(literal, join)
        join, alias = self.joined(join, PERIODS)
        return self.result(literal, join.also(f"{alias}.c0 = {period}"), f"{alias}.{column}")

    return bound_of


def _plain(template: str) -> Callable[[Compiler, Computation, Join], Join]:
    def computed(self: Compiler, literal: Computation, join: Join) -> Join:
        return self.result(literal, join, template.format(*self.inputs(literal, join)))

    return computed


def _years(self: Compiler, literal: Computation, join: Join) -> Join:
    return self.result(literal, join, whole_years(self.dialect, *self.inputs(literal, join)))


def _moved(self: Compiler, literal: Computation, join: Join) -> Join:
    day, other = self.inputs(literal, join)
    start = self.dialect.day(day)
    return self.result(literal, join, *in_month(self.dialect, other, f"month({start})", f"day({start})"))


def _exchanged(self: Compiler, literal: Computation, join: Join) -> Join:
    (day,) = self.inputs(literal, join)
    start = self.dialect.day(day)
    date, exists = in_month(self.dialect, day, f"LEAST(day({start}), 12)", f"month({start})")
    return self.result(literal, join, date, exists, f"day({start}) <= 12")


_FUNCTIONS: dict[str, Callable[[Compiler, Computation, Join], Join]] = {
    "_ is _ after _": _after,
    "_ falls every _ from _ until _": _every,
    "_ is the later of _ and _": _plain("GREATEST({0}, {1})"),
    "_ is whichever comes first of _ and _": _plain("LEAST({0}, {1})"),
    "_ is _ moved to the year of _": _moved,
    "_ is _ with day and month exchanged": _exchanged,
    "_ is the first day of _": _period("c1"),
    "_ is the day on which _ ends": _period("c2"),
    "_ is _ more than _": _plain("({0} + {1})"),
    "_ is what remains of _ after _": _plain("({0} - {1})"),
    "_ is the number of days from _ to _": _plain("({1} - {0})"),
    "_ is the number of whole years from _ to _": _years,
}
