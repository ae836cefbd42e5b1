"""One world inside durable-rules: facts asserted, matches handed over, and all memory given back.

The native module is driven directly. Its Python host would start threads that never end and swallow every
error of an action (DURABLE.md, 5 and 6).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from treaty_engine.engines.durable_ruleset import FINISHED, OPENING, Ruleset
from treaty_engine.errors import OutsideSubset

Match = dict[str, dict[str, int]]
"""The facts that matched, by the alias of their pattern."""

OnMatches = Callable[[int, list[Match]], None]
"""What is done with matches: the number of the join, and all that matched it since the last call."""

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


@contextmanager
def world(ruleset: Ruleset, on_matches: OnMatches) -> Iterator[World]:
    """A world for as long as the context lasts, freed whatever happens in it."""
    made = World(native(), ruleset, on_matches)
    try:
        made.open()
        yield made
    finally:
        made.free()


class World:
    """A ruleset of durable-rules with one state."""

    def __init__(self, module: ModuleType, ruleset: Ruleset, on_matches: OnMatches) -> None:
        self._native, self._ruleset, self._on_matches = module, ruleset, on_matches
        self._finished: set[str] = set()
        self._state, self._fired = 0, False
        try:
            self._handle: int = module.create_ruleset("world", ruleset.text)
        except module.error as refused:
            raise OutsideSubset(f"durable-rules refuses the program: {refused}") from refused

    def open(self) -> None:
        """Fires one rule, after which the world can be freed."""
        self.add(self._ruleset.opening)
        self._run(OPENING)

    def add(self, fact: str) -> None:
        """Asserts a fact, written as the ruleset wants it and under a number of its own."""
        result, self._state = self._native.assert_fact(self._handle, fact)
        if result not in (HANDLED, NOT_WANTED):
            raise OutsideSubset(f"durable-rules took a fact for one that it had: {fact}")

    def finish(self, level: int) -> None:
        """Fires everything, the rules that waited for this stratum included, until nothing is left to fire."""
        for trigger in self._ruleset.triggers[level]:
            self.add(trigger)
        self._run(FINISHED % level)

    def free(self) -> None:
        """Gives all memory back: the state first, which a deleted ruleset would leak."""
        if self._fired:  # a state in which nothing ever fired cannot be deleted
            self._native.delete_state(self._handle, "0")
        self._native.delete_ruleset(self._handle)

    def _run(self, last: str) -> None:
        started = self._native.start_action_for_state(self._handle, self._state)
        self._fired = self._fired or started is not None
        text = started[1] if started else None
        while text is not None:
            ((rule, matches),) = json.loads(text).items()
            if isinstance(matches, list):
                self._on_matches(int(rule), matches)
            else:
                self._finished.add(rule)
            text = self._native.complete_and_start_action(self._handle, self._state)
        if last not in self._finished:
            raise OutsideSubset(f"durable-rules stopped before `{last}`, so its results are not complete")
