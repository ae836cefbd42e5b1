"""One world inside durable-rules: facts asserted, matches handed over, and all memory given back.

The native module is driven directly. Its Python host would start threads that never end and swallow every
error of an action (DURABLE.md, 5 and 6).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType, TracebackType

from treaty_engine.engines.durable_ruleset import FINISHED, OPENING, Ruleset
from treaty_engine.errors import OutsideSubset

Match = dict[str, dict[str, int]]
"""The facts that matched, by the alias of their pattern."""

HANDLED, NOT_WANTED = 0, 1


def native() -> ModuleType:
    """The native module of durable-rules. Raises OutsideSubset where it is not installed or does not load."""
    try:
        import durable_rules_engine
    except ImportError as missing:
        raise OutsideSubset(
            f"durable-rules cannot be loaded: {missing}\n"
            "  note: its last release loads on Python 3.12 and older\n"
            "  help: use the engine `naive`, or Python 3.11 or 3.12"
        ) from missing
    return durable_rules_engine  # type: ignore[no-any-return]


class World:
    """A ruleset of durable-rules with one state. Use as a context, so that it is freed whatever happens."""

    def __init__(self, ruleset: Ruleset, on_matches: Callable[[int, list[Match]], None]) -> None:
        self._native = native()
        self._on_matches = on_matches
        self._finished: set[str] = set()
        self._started = False
        self._handle: int = self._native.create_ruleset("world", ruleset.text)
        self._state = self._assert(ruleset.opening)
        self._triggers = ruleset.triggers

    def __enter__(self) -> World:
        self._run(OPENING)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        # In this order: a ruleset deleted before its state leaks it, and a state that never fired cannot be deleted.
        if self._started:
            self._native.delete_state(self._handle, "0")
        self._native.delete_ruleset(self._handle)

    def add(self, fact: str) -> None:
        """Asserts a fact, written as the ruleset wants it and under a number of its own."""
        self._assert(fact)

    def finish(self, level: int) -> None:
        """Fires everything, the rules that waited for this stratum included, until nothing is left to fire."""
        for trigger in self._triggers[level]:
            self._assert(trigger)
        self._run(FINISHED % level)

    def _assert(self, fact: str) -> int:
        result, state = self._native.assert_fact(self._handle, fact)
        if result not in (HANDLED, NOT_WANTED):
            raise OutsideSubset(f"durable-rules took a fact for one it had: {fact}")
        return int(state)

    def _run(self, last: str) -> None:
        started = self._native.start_action_for_state(self._handle, self._state)
        self._started = self._started or started is not None
        text = started[1] if started else None
        while text is not None:
            ((rule, matches),) = json.loads(text).items()
            if isinstance(matches, list):
                self._on_matches(int(rule), matches)
            else:
                self._finished.add(rule)
            text = self._native.complete_and_start_action(self._handle, self._state)
        if last not in self._finished:
            raise OutsideSubset(f"durable-rules stopped before `{last}` was reached: its results are incomplete")
