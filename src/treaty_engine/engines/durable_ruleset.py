"""A plan as a ruleset in the subset of durable-rules that was proven right, and within its limits.

Each line prevents a failure that was reproduced (DURABLE.md): `dist` is 0; positives come first, then the
trigger of the stratum, then absences; tests join to earlier patterns only, never in the first one, and the last
of them is made twice.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from treaty_engine.engines.durable_plan import Join, Pattern, Plan
from treaty_engine.errors import OutsideSubset

MOST_PATTERNS = 60
"""Patterns on one relation: 65 that match one fact overflow a stack inside durable-rules."""
MOST_WAITING = 250
"""Rules on one trigger: 256 fire twice or crash."""
MOST_RELATIONS = 500
"""Relations in one ruleset: 512 loop for ever or lose all facts."""
BATCH = 500
"""Matches given to one call of an action."""

OPENING = "opening"
"""The rule that fires first, on a fact of its own: a state in which nothing ever fired cannot be freed."""
FINISHED = "finished %d"
"""The rule that fires last in a stratum, and so proves that the run was finished."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """What durable-rules is given: rules as text, and the facts that stand for rows and for triggers.

    `facts` has the forms in which a row of a relation is asserted, to be filled with its codes and a number:
    several where too many patterns ask for it, none where only Python reads it.
    """

    text: str
    facts: Mapping[int, tuple[str, ...]]
    opening: str
    triggers: tuple[tuple[str, ...], ...]


def ruleset(plan: Plan) -> Ruleset:
    """The ruleset of a plan. Raises OutsideSubset when no division of it stays within the limits."""
    return _Writer(plan).ruleset()


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kinds = count()
        self._uses: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._waiting: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._arity: dict[int, int] = {}

    def ruleset(self) -> Ruleset:
        """The whole ruleset."""
        opening = next(self._kinds)
        rules: dict[str, Any] = {OPENING: _rule([{"g": {"p": opening}}], 1)}
        for number, join in enumerate(self.plan.joins):
            rules[str(number)] = _rule(self._patterns(join), 2) | {"cap": BATCH}
        for level in range(self.plan.levels):
            trigger = self._kind(self._waiting[level], MOST_WAITING)
            rules[FINISHED % level] = _rule([{"g": {"p": trigger}}], 3)
        if (kinds := next(self._kinds)) > MOST_RELATIONS:
            raise OutsideSubset(
                f"the program needs {kinds} relations, and durable-rules holds {MOST_RELATIONS}\n"
                "  help: evaluate only the part that a question is about, or use the engine `naive`"
            )
        facts = {
            relation: tuple(self._fact(kind, self._arity[relation]) for kind, _ in uses)
            for relation, uses in self._uses.items()
        }
        ids = count(1)
        triggers = tuple(
            tuple(_trigger(kind, next(ids)) for kind, _ in self._waiting[level]) for level in range(self.plan.levels)
        )
        return Ruleset(json.dumps(rules), facts, _trigger(opening, 0), triggers)

    def _patterns(self, join: Join) -> list[dict[str, Any]]:
        where: dict[str, tuple[str, str]] = {}
        patterns = []
        for place, pattern in enumerate(join.positives):
            patterns.append({f"m{place}": self._condition(pattern, where)})
            for hole, term in enumerate(pattern.terms):
                if isinstance(term, str):
                    where.setdefault(term, (f"m{place}", f"a{hole}"))
        if join.waits:
            patterns.append({"g": {"p": self._kind(self._waiting[join.level], MOST_WAITING)}})
        for place, pattern in enumerate(join.nones):
            patterns.append({f"n{place}$not": self._condition(pattern, where)})
        return patterns

    def _condition(self, pattern: Pattern, where: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
        """The tests of one pattern: its relation, its constants, and its joins to the patterns before it."""
        self._arity[pattern.relation] = len(pattern.terms)
        tests: list[dict[str, Any]] = [{"p": self._kind(self._uses[pattern.relation], MOST_PATTERNS)}]
        joins: list[dict[str, Any]] = []
        for hole, term in enumerate(pattern.terms):
            if not isinstance(term, str):
                tests.append({f"a{hole}": term})
            elif term in where:
                alias, name = where[term]
                joins.append({f"a{hole}": {alias: name}})
        tests += [*joins, *joins[-1:]]
        return {"$and": tests} if len(tests) > 1 else tests[0]

    def _kind(self, uses: list[tuple[int, int]], most: int) -> int:
        """The number under which durable-rules knows a relation, a further one each time `most` patterns use it."""
        if not uses or uses[-1][1] == most:
            uses.append((next(self._kinds), 0))
        kind, used = uses[-1]
        uses[-1] = kind, used + 1
        return kind

    @staticmethod
    def _fact(kind: int, arity: int) -> str:
        holes = "".join(f'"a{hole}":%d,' for hole in range(arity))
        return f'{{"p":{kind},{holes}"id":"%07d"}}'


def _rule(patterns: Iterable[dict[str, Any]], turn: int) -> dict[str, Any]:
    return {"all": list(patterns), "dist": 0, "pri": turn}


def _trigger(kind: int, number: int) -> str:
    return f'{{"p":{kind},"id":"go{number}"}}'
