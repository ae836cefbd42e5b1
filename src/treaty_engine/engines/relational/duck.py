"""Evaluation on DuckDB, in this process: a model whose facts stay in its tables."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from treaty_engine.engines.relational.codes import PAST
from treaty_engine.engines.relational.dialects import DUCKDB
from treaty_engine.engines.relational.model import TableModel
from treaty_engine.engines.relational.tables import Evaluation
from treaty_engine.engines.relational.tables import evaluate as run
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Fact
from treaty_engine.program.program import Program

if TYPE_CHECKING:
    from treaty_engine.engines.relational.columns import Column, Columns

_WORTH = 75_000
"""So many rows are read into columns of numbers in the time that one look-up by a query takes."""

_MOST = 10_000_000
"""A table with more rows stays where it is, and is always asked by a query: its columns would fill the memory."""

_AGAIN, _OFTEN = 2, 10
"""How often a query that has the name of a table is asked before its rows are worth keeping, if few or many."""

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
            message = "the relational engine needs DuckDB and NumPy: install the extra `relational`"
            raise OutsideSubset(message) from None
        self.connection, self._array = duckdb.connect(), np.asarray
        self.sizes: dict[str, int] = {}
        """How many rows each table has, at most; of a view that is not known."""
        self._past = duckdb.OutOfRangeException, duckdb.ConversionException
        self.connection.execute(f"SET threads = {threads}")
        self.connection.execute("SET preserve_insertion_order = false")
        self.connection.execute("SET enable_progress_bar = false")  # on a terminal it would stand in the answer

    def load(self, table: str, kinds: Mapping[str, str], columns: Sequence[array[int]]) -> int:
        """Makes a table of columns, each of the kind that its name has, and each row once; how many rows that is."""
        if not any(columns):
            typed = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
            self.connection.execute(f"CREATE TABLE {table} ({typed})")
            self.sizes[table] = 0
            return 0
        cast = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())
        if len(columns[0]) <= _FEW_ROWS:
            rows = dict.fromkeys(zip(*columns, strict=True))
            written = ", ".join(f"({', '.join(map(str, row))})" for row in rows)
            return self.make(table, f"SELECT {cast} FROM (VALUES {written}) AS incoming({', '.join(kinds)})")
        given = {name: self._array(values) for name, values in zip(kinds, columns, strict=True)}
        self.connection.register("incoming", given)
        found = self.make(table, f"SELECT DISTINCT {cast} FROM incoming")
        self.connection.unregister("incoming")
        return found

    def make(self, table: str, select: str) -> int:
        """Makes a table of what a query gives; how many rows that is."""
        with self._counting():
            found: int = self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {select}").fetchall()[0][0]
        self.sizes[table] = found
        return found

    def view(self, table: str, select: str) -> None:
        """Gives a query the name of a table."""
        self.connection.execute(f"CREATE VIEW {table} AS {select}")

    def settle(self, view: str, most: int) -> None:
        """Makes a table of a query that has the name of one, unless it gives more than so many rows."""
        made = f"{view}_made"
        found = self.make(made, f"SELECT * FROM {view} LIMIT {most + 1}")
        del self.sizes[made]
        if found > most:
            self.connection.execute(f"DROP TABLE {made}")
            return
        self.connection.execute(f"DROP VIEW {view}")
        self.connection.execute(f"ALTER TABLE {made} RENAME TO {view}")
        self.sizes[view] = found

    def append(self, table: str, select: str) -> int:
        """Adds what a query gives to a table; how many rows that is."""
        with self._counting():
            found: int = self.connection.execute(f"INSERT INTO {table} {select}").fetchall()[0][0]
        self.sizes[table] += found
        return found

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """What a query gives."""
        with self._counting():
            return self.connection.execute(query).fetchall()

    def columns(self, query: str) -> dict[str, Column]:
        """What a query gives, by column."""
        with self._counting():
            found: dict[str, Column] = self.connection.execute(query).fetchnumpy()
        return found

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
        self._read: dict[str, Columns] = {}

    @property
    def held(self) -> int:
        """How many bytes are held outside of DuckDB, for look-ups: columns of numbers, and their indexes."""
        return sum(columns.held for columns in self._read.values())

    def rows(self, table: str, places: tuple[int, ...] = (), codes: Sequence[int] = ()) -> list[tuple[int, ...]]:
        """The rows of a table that have these numbers in the columns at these places, in the order of their numbers."""
        columns = self._read.get(table) or self._columns(table)
        return super().rows(table, places, codes) if columns is None else columns.rows(places, codes)

    def _columns(self, table: str) -> Columns | None:
        """A table as columns of numbers, once look-ups have cost as much as reading it does; None until then."""
        from treaty_engine.engines.relational.columns import Columns

        given = self.evaluation.given.get(table)
        if given is None and not self._pays(table):
            return None
        read = self.database.columns(f"SELECT * FROM {table}").values() if given is None else given
        return self._read.setdefault(table, Columns(read))

    def _pays(self, table: str) -> bool:
        """Whether a table that is asked once more is worth reading; a query that is asked often becomes a table."""
        self._asked[table] += 1
        asked, worth = self._asked[table], self._asked[table] * _WORTH
        if table not in self.database.sizes and asked in (_AGAIN, _OFTEN):
            self.database.settle(table, _MOST if asked == _OFTEN else worth)
        rows = self.database.sizes.get(table)
        return rows is not None and rows <= min(_MOST, worth)


def evaluate(program: Program, facts: Iterable[Fact], *, threads: int = 1) -> DuckModel:
    """Every fact that follows, in the tables of a database of its own. Raises OutsideSubset without DuckDB."""
    database = DuckDatabase(threads)
    return DuckModel(run(program, facts, database), database)
