"""The rules as DuckDB statements written by hand, one a rule: what our statements are measured against."""

from __future__ import annotations

import duckdb
import numpy as np

from benchmarks.peers.results import Results
from benchmarks.peers.statements import ORDER, SHARED
from benchmarks.workload.world import DELAYS, World

_OWN = {
    "in_force": """
        SELECT treaty, CASE WHEN first THEN
            CAST(date_trunc('month', later) + INTERVAL 1 MONTH AS DATE) - DATE '0001-01-01' + 1
            ELSE CAST(later AS DATE) - DATE '0001-01-01' + 1 END AS day
        FROM (
            SELECT treaty, first,
                DATE '0001-01-01' + (day - 1) + to_months(months) + to_days(days) AS later
            FROM required JOIN clauses USING (treaty)
        )""",
    "bound": """
        SELECT state, treaty, greatest(consent.day, in_force.day) AS day
        FROM consent JOIN in_force USING (treaty)""",
    "replaces": """
        WITH RECURSIVE replaces(treaty, earlier) AS (
            SELECT treaty, earlier FROM revisions
            UNION
            SELECT revisions.treaty, replaces.earlier
            FROM revisions JOIN replaces ON revisions.earlier = replaces.treaty
        ) SELECT treaty, earlier FROM replaces""",
    "superseded": """
        WITH shared AS MATERIALIZED (
            SELECT replaces.treaty, earlier, new.duty
            FROM replaces
            JOIN duties AS new ON new.treaty = replaces.treaty
            JOIN duties AS old ON old.treaty = replaces.earlier AND old.duty = new.duty
        )
        SELECT later.state, duty, earlier, shared.treaty
        FROM shared
        JOIN party AS later ON later.treaty = shared.treaty
        JOIN party AS before ON before.treaty = earlier AND before.state = later.state""",
    "corridor": """
        SELECT origin, destination, duty, one.treaty
        FROM corridors
        JOIN party AS one ON one.state = origin
        JOIN party AS other ON other.state = destination AND other.treaty = one.treaty
        JOIN duties ON duties.treaty = one.treaty""",
}

STATEMENTS = {name: (SHARED | _OWN)[name] for name in ORDER}


def load(world: World) -> duckdb.DuckDBPyConnection:
    """A database with what is given."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SET preserve_insertion_order = false")
    chosen = [DELAYS[place] for place in world.delays]
    tables = {
        "asked": {"day": np.array([world.as_of.toordinal()], dtype=np.int32)},
        "states": {"state": np.arange(world.states, dtype=np.int32)},
        "held": {"treaty": np.arange(world.treaties, dtype=np.int32)},
        "clauses": {
            "treaty": np.arange(world.treaties, dtype=np.int32),
            "number": world.numbers,
            "days": np.array([delay.days for delay in chosen], dtype=np.int32),
            "months": np.array([delay.months for delay in chosen], dtype=np.int32),
            "first": np.array([delay.to_first_of_month for delay in chosen]),
        },
        "acts": dict(zip(("state", "treaty", "act", "day"), world.acts, strict=True)),
        "duties": dict(zip(("treaty", "duty"), world.duties, strict=True)),
        "revisions": dict(zip(("treaty", "earlier"), world.revisions, strict=True)),
        "corridors": dict(zip(("origin", "destination"), world.corridors, strict=True)),
    }
    for name, columns in tables.items():
        connection.register("incoming", columns)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
        connection.unregister("incoming")
    return connection


def evaluate(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Runs the statements."""
    for name, statement in STATEMENTS.items():
        connection.execute(f"CREATE TABLE {name} AS {statement}")
    return connection


def read(connection: duckdb.DuckDBPyConnection) -> Results:
    """Every conclusion as columns."""
    return {
        name: tuple(connection.execute(f"SELECT * FROM {name}").fetchnumpy().values()) for name in STATEMENTS
    }
