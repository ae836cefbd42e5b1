"""Evaluation on Spark: the same plan, for facts that one machine no longer holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import weakref
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from treaty_engine.engines.relational.codes import PAST
from treaty_engine.engines.relational.dialects import SPARK
from treaty_engine.engines.relational.model import TableModel
from treaty_engine.engines.relational.tables import evaluate as run
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Fact
from treaty_engine.program.program import Program

if TYPE_CHECKING:
    import numpy
    from pyspark.sql import DataFrame, SparkSession

FEW_ROWS = 1_000
"""Up to so many rows are written into the plan itself, which lets Spark see that a table is small or empty."""

MOST_PARTS = 8
"""A table that grows in rounds is made one again when it has so many parts."""

OLDEST_JAVA = 17

LOCAL: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "localhost",
    "spark.sql.ui.explainMode": "simple",
    "spark.sql.maxPlanStringLength": "0",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.join.preferSortMergeJoin": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m "
    f"-Dlog4j2.configurationFile={Path(__file__).with_name('spark-log4j2.properties').as_uri()}",
}
"""Settings for small runs on one machine: most of their time goes into planning and compiling, not into rows.

So plans are not told, tables are not sent round, which is a job for each, and compiled code has room: where it has not,
Java stops compiling.
"""

_LEFT: deque[tuple[SparkSession, Mapping[str, int]]] = deque()
"""The views of databases that nobody holds any more: the next one drops them, and Spark then clears their rows away."""


class SparkDatabase:
    """Tables of whole numbers in Spark, each a view with a name in a session of its own."""

    dialect = SPARK

    def __init__(self, session: SparkSession) -> None:
        self.session = session.newSession()
        self.session.conf.set("spark.sql.ansi.enabled", "true")  # a number too great is an error, not another number
        self.session.conf.set("spark.sql.constraintPropagation.enabled", "false")  # fails on unions with subqueries
        self._parts: dict[str, int] = {}
        while _LEFT:
            left, views = _LEFT.popleft()
            if left.sparkContext is session.sparkContext:
                for view in views:
                    left.catalog.dropTempView(view)
        weakref.finalize(self, _LEFT.append, (self.session, self._parts)).atexit = False

    def load(self, table: str, kinds: Mapping[str, str], columns: Sequence[array[int]]) -> None:
        """Makes a table of columns, each of the kind that its name has, and each row once."""
        rows = list(dict.fromkeys(zip(*columns, strict=True)))
        if len(rows) > FEW_ROWS:
            parts = ", ".join(f"('{json.dumps(rows[at : at + FEW_ROWS])}')" for at in range(0, len(rows), FEW_ROWS))
            each = f"SELECT explode(from_json(part, 'ARRAY<ARRAY<BIGINT>>')) AS r FROM VALUES {parts} AS incoming(part)"
            named = (f"CAST(r[{place}] AS {kind}) AS {name}" for place, (name, kind) in enumerate(kinds.items()))
            self.make(table, f"SELECT {', '.join(named)} FROM ({each})")
            return
        written = ", ".join(f"({', '.join(map(str, row))})" for row in rows or [(0,) * len(kinds)])
        typed = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())
        limit = "" if rows else " WHERE 1 = 0"
        self.view(table, f"SELECT {typed} FROM VALUES {written} AS incoming({', '.join(kinds)}){limit}")

    def make(self, table: str, select: str) -> None:
        """Makes a table of what a query gives."""
        self._name(table, self._kept(self.session.sql(select)))

    def view(self, table: str, select: str) -> None:
        """Gives a query the name of a table."""
        self._name(table, self.session.sql(select))

    def append(self, table: str, select: str) -> int:
        """Adds what a query gives to a table; how many rows that is."""
        fresh = self._kept(self.session.sql(select))
        found = fresh.count()
        if found:
            parts = self._parts[table] + 1
            grown = self.session.table(table).union(fresh)
            self._name(table, grown if parts < MOST_PARTS else self._kept(grown))
            self._parts[table] = parts % MOST_PARTS or 1
        return found

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """What a query gives."""
        with _counting():
            return [tuple(row) for row in self.session.sql(query).collect()]

    def columns(self, query: str) -> dict[str, numpy.ndarray[Any, Any]]:
        """What a query gives, by column."""
        import numpy as np

        names = self.session.sql(query).columns
        rows = np.asarray(self.rows(query), dtype="int64").reshape(-1, len(names))
        return {name: rows[:, place] for place, name in enumerate(names)}

    def _kept(self, rows: DataFrame) -> DataFrame:
        """The rows where they were made, without the plan that made them.

        Where the session has a folder for it they are written there, so that they outlive the machine that made them.
        """
        safe = self.session.sparkContext.getCheckpointDir() is not None
        with _counting():
            return rows.checkpoint() if safe else rows.localCheckpoint()

    def _name(self, table: str, rows: DataFrame) -> None:
        rows.createOrReplaceTempView(table)
        self._parts[table] = 1


@contextmanager
def _counting() -> Iterator[None]:
    from pyspark.errors import ArithmeticException

    try:
        yield
    except ArithmeticException as past:
        raise OutsideSubset(PAST) from past


class SparkModel(TableModel):
    """A model whose facts stay in Spark until somebody asks for them."""


def evaluate(
    program: Program, facts: Iterable[Fact], *, session: SparkSession | None = None, master: str = "local[2]"
) -> SparkModel:
    """Every fact that follows, in tables of Spark. Raises OutsideSubset without PySpark or Java."""
    database = SparkDatabase(session or local(master))
    return SparkModel(run(program, facts, database))


def local(master: str = "local[2]") -> SparkSession:
    """A session for small runs, or the one that this process has. Raises OutsideSubset without PySpark or Java."""
    if lacking := "; ".join(_lacking()):
        raise OutsideSubset(f"the engine on Spark lacks {lacking}")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("rules")
    return builder.config(map=LOCAL).getOrCreate()


def _lacking() -> Iterator[str]:
    java = _java()
    if java < OLDEST_JAVA:
        there = f"what is there is Java {java}" if java else "none is at `JAVA_HOME` or on the path"
        yield f"Java {OLDEST_JAVA} or later: {there}"
    try:
        import pyspark.sql  # noqa: F401
    except ImportError:
        yield "PySpark: install the extra `spark`"


def _java() -> int:
    """The version of the Java that Spark would run on; 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which(Path(home, "bin", "java") if home else "java")
    if program is None:
        return 0
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(version[1]) if version else 0
