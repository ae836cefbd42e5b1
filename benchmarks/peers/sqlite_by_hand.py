"""The rules as SQLite statements written by hand, one a rule, with the indexes that their joins want."""

from __future__ import annotations

import sqlite3

from benchmarks.peers.days import later
from benchmarks.peers.python_by_hand import load as rows_of
from benchmarks.peers.results import Results
from benchmarks.peers.statements import ORDER, SHARED
from benchmarks.workload.world import World

GIVEN = {
    "asked": "day",
    "states": "state",
    "held": "treaty",
    "clauses": "treaty, delay, number",
    "acts": "state, treaty, act, day",
    "duties": "treaty, duty",
    "revisions": "treaty, earlier",
    "corridors": "origin, destination",
}

_OWN = {
    "in_force": "SELECT treaty, later(day, delay) AS day FROM required JOIN clauses USING (treaty)",
    "bound": """
        SELECT state, consent.treaty, max(consent.day, in_force.day) AS day
        FROM consent JOIN in_force ON in_force.treaty = consent.treaty""",
    "replaces": """
        WITH RECURSIVE replaces(treaty, earlier) AS (
            SELECT treaty, earlier FROM revisions
            UNION
            SELECT revisions.treaty, replaces.earlier
            FROM replaces JOIN revisions ON revisions.earlier = replaces.treaty
        ) SELECT treaty, earlier FROM replaces""",
    "superseded": """
        SELECT later.state, new.duty, earlier, replaces.treaty
        FROM replaces
        CROSS JOIN duties AS new ON new.treaty = replaces.treaty
        CROSS JOIN duties AS old ON old.treaty = replaces.earlier AND old.duty = new.duty
        CROSS JOIN party AS later ON later.treaty = replaces.treaty
        CROSS JOIN party AS before ON before.treaty = replaces.earlier AND before.state = later.state""",
    "corridor": """
        SELECT origin, destination, duty, one.treaty
        FROM corridors
        CROSS JOIN party AS one ON one.state = origin
        CROSS JOIN party AS other ON other.state = destination AND other.treaty = one.treaty
        CROSS JOIN duties ON duties.treaty = one.treaty""",
}

STATEMENTS = {name: (SHARED | _OWN)[name] for name in ORDER}

INDEXES = {
    "acts": ("act, state, treaty, day",),
    "consent": ("state, treaty", "treaty, state, day"),
    "party": ("state, treaty", "treaty, state"),
    "duties": ("treaty, duty",),
    "revisions": ("earlier, treaty",),
    "in_force": ("treaty, day",),
}
"""The indexes of each table, made when it is filled."""


def load(world: World) -> sqlite3.Connection:
    """A database in memory with what is given."""
    connection = sqlite3.connect(":memory:")
    connection.create_function("later", 2, later, deterministic=True)
    given = rows_of(world)
    for name, columns in GIVEN.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
        holes = ", ".join("?" * len(columns.split(",")))
        connection.executemany(f"INSERT INTO {name} VALUES ({holes})", given[name])
        _index(connection, name)
    return connection


def evaluate(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Runs the statements."""
    for name, statement in STATEMENTS.items():
        connection.execute(f"CREATE TABLE {name} AS {statement}")
        _index(connection, name)
    return connection


def read(connection: sqlite3.Connection) -> Results:
    """Every conclusion as rows."""
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in STATEMENTS}


def _index(connection: sqlite3.Connection, table: str) -> None:
    for number, columns in enumerate(INDEXES.get(table, ())):
        connection.execute(f"CREATE INDEX {table}_{number} ON {table} ({columns})")
