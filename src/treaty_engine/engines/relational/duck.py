"""Evaluation on DuckDB, in this process: a model whose facts stay in its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from treaty_engine.engines.relational.dialects import DUCKDB
from treaty_engine.engines.relational.model import TableModel
from treaty_engine.engines.relational.tables import Evaluation
from treaty_engine.engines.relational.tables import evaluate as run
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Fact
from treaty_engine.program.program import Program

if TYPE_CHECKING:
    import numpy


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
        self.connection.execute(f"SET threads = {threads}")
        self.connection.execute("SET preserve_insertion_order = false")

    def load(self, table: str, kinds: Mapping[str, str], columns: Sequence[Sequence[int]]) -> None:
        """Makes a table of columns, each of the kind that its name has."""
        given = {name: self._array(values, dtype="int64") for name, values in zip(kinds, columns, strict=True)}
        self.connection.register("incoming", given)
        cast = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())
        self.connection.execute(f"CREATE TABLE {table} AS SELECT {cast} FROM incoming")
        self.connection.unregister("incoming")

    def make(self, table: str, select: str) -> None:
        """Makes a table of what a query gives."""
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {select}")

    def view(self, table: str, select: str) -> None:
        """Gives a query the name of a table."""
        self.connection.execute(f"CREATE VIEW {table} AS {select}")

    def append(self, table: str, select: str) -> None:
        """Adds what a query gives to a table."""
        self.connection.execute(f"INSERT INTO {table} {select}")

    def replace(self, table: str, select: str) -> int:
        """Puts what a query gives in the place of a table."""
        self.make(table, select)
        return self.rows(f"SELECT COUNT(*) FROM {table}")[0][0]

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """What a query gives."""
        return self.connection.execute(query).fetchall()

    def columns(self, query: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """What a query gives, by column."""
        found: dict[str, numpy.ndarray[Any, Any]] = self.connection.execute(query).fetchnumpy()
        return found


class DuckModel(TableModel):
    """A model whose facts stay in DuckDB until somebody asks for them."""

    def __init__(self, evaluation: Evaluation, database: DuckDatabase) -> None:
        super().__init__(evaluation)
        self.database = database


def evaluate(program: Program, facts: Iterable[Fact], *, threads: int = 1) -> DuckModel:
    """Every fact that follows, in the tables of a database of its own. Raises OutsideSubset without DuckDB."""
    database = DuckDatabase(threads)
    return DuckModel(run(program, facts, database), database)
