"""Evaluation on DuckDB, in this process: a model whose facts stay in its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from treaty_engine.engines.relational.dialects import DUCKDB
from treaty_engine.engines.relational.tables import RANK, Evaluation
from treaty_engine.engines.relational.tables import evaluate as run
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Fact, Value
from treaty_engine.model import Pattern
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

    def append(self, table: str, select: str) -> int:
        """Adds what a query gives to a table."""
        return _count(self.connection.execute(f"INSERT INTO {table} {select}").fetchone())

    def replace(self, table: str, select: str) -> int:
        """Puts what a query gives in the place of a table."""
        self.make(table, select)
        return _count(self.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone())


class DuckModel:
    """A model whose facts stay in DuckDB until somebody asks for them."""

    def __init__(self, evaluation: Evaluation, database: DuckDatabase) -> None:
        self.evaluation, self.database = evaluation, database

    def match(self, predicate: str, pattern: Pattern) -> Iterable[tuple[Value, ...]]:
        """The values of every fact of the predicate that agree with the pattern, in a fixed order."""
        rows = self._rows(predicate, pattern, "")
        return [values for values, _ in rows]

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact, None when it does not hold."""
        shared = self.evaluation.ranks.get(fact.predicate)
        rows = self._rows(fact.predicate, fact.values, "" if shared is not None else f", {RANK}")
        return None if not rows else shared if shared is not None else rows[0][1]

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        return self.evaluation.ranks.get(predicate)

    def facts(self) -> Iterator[Fact]:
        """Every fact, predicate by predicate."""
        for predicate in self.evaluation.ranks:
            yield from (Fact(predicate, values) for values, _ in self._rows(predicate, (), ""))

    def columns(self, predicate: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """All facts of a predicate as columns of whole numbers, without making a Python object of any."""
        names = ", ".join(f"c{place}" for place in range(len(self.evaluation.predicate(predicate).holes)))
        found = self.database.connection.execute(f"SELECT {names} FROM {self.evaluation.table(predicate)}")
        arrays: dict[str, numpy.ndarray[Any, Any]] = found.fetchnumpy()
        return arrays

    def __len__(self) -> int:
        tables = map(self.evaluation.table, self.evaluation.ranks)
        counts = (self.database.connection.execute(f"SELECT COUNT(*) FROM {t}").fetchone() for t in tables)
        return sum(map(_count, counts))

    def _rows(self, predicate: str, pattern: Pattern, more: str) -> list[tuple[tuple[Value, ...], int]]:
        if predicate not in self.evaluation.ranks:
            return []
        codes = self.evaluation.codes
        types = [hole.type for hole in self.evaluation.predicate(predicate).holes]
        wanted = [
            (f"c{place}", codes.known(types[place], value)) for place, value in enumerate(pattern) if value is not None
        ]
        if any(code is None for _, code in wanted):
            return []
        columns = ", ".join(f"c{place}" for place in range(len(types))) or "c0"
        where = " AND ".join(f"{column} = {code}" for column, code in wanted)
        query = f"SELECT {columns}{more} FROM {self.evaluation.table(predicate)}" + (f" WHERE {where}" if where else "")
        found = self.database.connection.execute(query + (f" ORDER BY {columns}" if where else "")).fetchall()
        return [(codes.values(types, row[: len(types)]), row[-1]) for row in found]


def evaluate(program: Program, facts: Iterable[Fact], *, threads: int = 1) -> DuckModel:
    """Every fact that follows, in the tables of a database of its own. Raises OutsideSubset without DuckDB."""
    database = DuckDatabase(threads)
    return DuckModel(run(program, facts, database), database)


def _count(row: tuple[Any, ...] | None) -> int:
    return int(row[0]) if row else 0
