"""Evaluation on DuckDB, in this process: a model whose facts stay in its tables."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from treaty_engine.engines.relational.codes import PAST
from treaty_engine.engines.relational.dialects import DUCKDB
from treaty_engine.engines.relational.model import TableModel
from treaty_engine.engines.relational.tables import RANK, Evaluation
from treaty_engine.engines.relational.tables import evaluate as run
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Fact
from treaty_engine.program.program import Program

if TYPE_CHECKING:
    import numpy

_OFTEN = 40
"""How often the same columns of a table are asked about before an index is worth making."""

_ALL = 1 << 40

_UNIQUE = re.compile(r"approx.unique\W+(\d+)", re.IGNORECASE)
"""How many values a column has, as DuckDB words it in what it tells of a column."""

_LARGE = 200_000
"""A table with fewer rows is read through faster than an index is asked."""

_FEW_ROWS = 16
"""Up to so many rows are written into a statement, which takes half as long as handing over columns."""


class DuckDatabase:
    """Tables of whole numbers in DuckDB."""

    dialect = DUCKDB

    def __init__(self, threads: int = 1) -> None:
        """Raises OutsideSubset where DuckDB is not installed."""
        try:
            import duckdb
            import numpy as np
        except ImportError:
            message = "the relational engine needs DuckDB and NumPy: install `treaty-engine[relational]`"
            raise OutsideSubset(message) from None
        self.connection, self._array = duckdb.connect(), np.asarray
        self.views = set[str]()
        self._past = duckdb.OutOfRangeException, duckdb.ConversionException
        self.connection.execute(f"SET threads = {threads}")
        self.connection.execute("SET preserve_insertion_order = false")
        self.connection.execute("SET enable_progress_bar = false")  # on a terminal it would stand in the answer

    def load(self, table: str, kinds: Mapping[str, str], columns: Sequence[array[int]]) -> None:
        """Makes a table of columns, each of the kind that its name has, and each row once."""
        if not any(columns):
            typed = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
            self.connection.execute(f"CREATE TABLE {table} ({typed})")
            return
        cast = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())
        if len(columns[0]) <= _FEW_ROWS:
            rows = dict.fromkeys(zip(*columns, strict=True))
            written = ", ".join(f"({', '.join(map(str, row))})" for row in rows)
            incoming = f"(VALUES {written}) AS incoming({', '.join(kinds)})"
            self.connection.execute(f"CREATE TABLE {table} AS SELECT {cast} FROM {incoming}")
            return
        given = {name: self._array(values) for name, values in zip(kinds, columns, strict=True)}
        self.connection.register("incoming", given)
        self.connection.execute(f"CREATE TABLE {table} AS SELECT DISTINCT {cast} FROM incoming")
        self.connection.unregister("incoming")

    def make(self, table: str, select: str) -> int:
        """Makes a table of what a query gives; how many rows that is."""
        with self._counting():
            found: int = self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {select}").fetchall()[0][0]
        return found

    def view(self, table: str, select: str) -> None:
        """Gives a query the name of a table."""
        self.views.add(table)
        self.connection.execute(f"CREATE VIEW {table} AS {select}")

    def append(self, table: str, select: str) -> int:
        """Adds what a query gives to a table; how many rows that is."""
        with self._counting():
            found: int = self.connection.execute(f"INSERT INTO {table} {select}").fetchall()[0][0]
        return found

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """What a query gives."""
        with self._counting():
            return self.connection.execute(query).fetchall()

    def columns(self, query: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """What a query gives, by column."""
        with self._counting():
            found: dict[str, numpy.ndarray[Any, Any]] = self.connection.execute(query).fetchnumpy()
        return found

    def spread(self, table: str) -> tuple[int, Sequence[int]]:
        """How many rows a table has, and about how many values each column, as DuckDB has them at hand."""
        rows = self.rows(f"SELECT COUNT(*) FROM {table}")[0][0]
        described = self.connection.execute(f"SELECT * FROM {table} LIMIT 0").description or ()
        columns = ", ".join(f"stats({name})" for name, *_ in described if name != RANK)
        told = self.connection.execute(f"SELECT {columns} FROM {table} LIMIT 1").fetchall()
        found = [_UNIQUE.search(str(each)) for each in (told[0] if told else ())]
        return rows, [int(each[1]) for each in found if each] if all(found) else ()

    @contextmanager
    def _counting(self) -> Iterator[None]:
        try:
            yield
        except self._past as past:
            raise OutsideSubset(PAST) from past


class DuckModel(TableModel):
    """A model whose facts stay in DuckDB until somebody asks for them."""

    def __init__(self, evaluation: Evaluation, database: DuckDatabase) -> None:
        super().__init__(evaluation)
        self.database = database
        self._asked: Counter[str] = Counter()
        self._copies = set[str]()
        self._spread: dict[str, tuple[int, Sequence[int]]] = {}

    def source(self, table: str, wanted: Sequence[tuple[str, int]]) -> str:
        """Where the rows are: in a copy with an index, once the same columns have been asked about often."""
        plain = super().source(table, wanted)
        keyed = wanted[:2]
        copy = f"{table}_by_{'_'.join(column for column, _ in keyed)}"
        self._asked[copy] += 1
        if not keyed or self._asked[copy] < _OFTEN or 0 < self.spread(table)[0] < _LARGE:
            return plain
        if copy not in self._copies:
            self._copies.add(copy)
            key = _key([column for column, _ in keyed])
            self.database.make(copy, f"SELECT *, {key} AS k FROM {table}")
            self.database.rows(f"CREATE INDEX {copy}_k ON {copy}(k)")
        rest = " AND ".join(f"{column} = {code}" for column, code in wanted[2:])
        found = f"{copy} WHERE k = {_key([str(code) for _, code in keyed])}"
        # an index serves one condition alone: the others are put to its few rows
        return f"(SELECT * FROM {found} LIMIT {_ALL}) WHERE {rest}" if rest else found


    def spread(self, table: str) -> tuple[int, Sequence[int]]:
        """How many rows a table has, and about how many values each column; of a view that is not known."""
        if table not in self._spread:
            self._spread[table] = (0, ()) if table in self.database.views else self.database.spread(table)
        return self._spread[table]


def evaluate(program: Program, facts: Iterable[Fact], *, threads: int = 1) -> DuckModel:
    """Every fact that follows, in the tables of a database of its own. Raises OutsideSubset without DuckDB."""
    database = DuckDatabase(threads)
    return DuckModel(run(program, facts, database), database)


def _key(values: Sequence[str]) -> str:
    """One number for the values of one column or of two."""
    first, *others = (f"CAST({value} AS BIGINT)" for value in values)
    return f"({first} * 4294967296 + {others[0]})" if others else first
