"""Where the relational engine spends its time and memory on the workload, statement by statement.

    python -m benchmarks.run.profile STATES TREATIES [--sql | --json]

With `--json` only the parts, in seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from inspect import ismethod
from typing import Any, cast

from benchmarks.run.cell import on_one_core, peak_mb
from benchmarks.workload.said import CONCLUSIONS, facts, rulebook
from benchmarks.workload.world import world
from treaty_engine.engines.relational.duck import DuckDatabase, DuckModel
from treaty_engine.engines.relational.tables import Database, evaluate

WORTH_A_LINE = 0.001

PARTS = (
    "opening a database",
    "facts become rows, rules statements",
    "the statements of what other rules read",
    "reading back all but the costliest conclusion",
    "reading back that one",
)
"""What the time is spent on; a conclusion that no rule reads is computed when it is read."""


Noted = tuple[str, str, float, str]
"""What was asked for, of which table, for how long, and the query."""


class Watched:
    """A database that notes how long everything took that it was asked for."""

    def __init__(self, database: DuckDatabase) -> None:
        self._database = database
        self.noted: list[Noted] = []

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._database, name)
        return partial(self._noted, name, asked) if ismethod(asked) else asked

    def _noted(self, name: str, act: Callable[..., Any], table: str, *words: Any) -> Any:
        start = time.process_time()
        found = act(table, *words)
        sql = words[0] if words and isinstance(words[0], str) else ""
        self.noted.append((name, table, time.process_time() - start, sql))
        return found


def main(words: Sequence[str]) -> None:
    """Prints the profile of one run."""
    on_one_core()
    program, given = rulebook(), facts(world(int(words[0]), int(words[1])))
    before = peak_mb()
    import_module("duckdb")
    start = time.process_time()
    database = DuckDatabase()
    opened = time.process_time() - start
    watched = Watched(database)
    start = time.process_time()
    model = DuckModel(evaluate(program, given, cast(Database, watched)), database)
    evaluated = time.process_time() - start
    noted = list(watched.noted)
    rules = sum(taken for act, _, taken, _ in noted if act != "load")
    reads = _reads(model)
    widest = max(taken for *_, taken in reads)
    if "--json" in words:
        parts = (opened, evaluated - rules, rules, sum(taken for *_, taken in reads) - widest, widest)
        print(json.dumps(dict(zip(PARTS, parts, strict=True))))
        return
    print(f"{before:8.0f} MB before, {len(given)} facts")
    print(f"{opened:8.4f} s to open a database")
    print(f"{evaluated:8.4f} s to evaluate, {rules:.4f} of it in statements of rules")
    _print_statements(model, noted, "--sql" in words)
    for sentence, rows, taken in reads:
        print(f"{taken:8.4f} read    {rows:9} {sentence}")
    print(f"{peak_mb():8.0f} MB at most")


def _reads(model: DuckModel) -> list[tuple[str, int, float]]:
    """Each conclusion, its number of rows, and the seconds it takes to read it back."""
    found = []
    for sentence in CONCLUSIONS.values():
        start = time.process_time()
        rows = len(next(iter(model.columns(sentence).values())))
        found.append((sentence, rows, time.process_time() - start))
    return found


def _print_statements(model: DuckModel, noted: Sequence[Noted], with_sql: bool) -> None:
    named = {table: sentence for sentence, table in model.evaluation.tables.items()}
    for act, table, taken, sql in noted:
        if taken >= WORTH_A_LINE:
            print(f"{taken:8.4f} {act:7} {table:9} {named.get(table.partition('_')[0], '')}")
            if with_sql and sql:
                print(f"         {sql}")


if __name__ == "__main__":
    main(sys.argv[1:])
