"""Which engine evaluates a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from treaty_engine.language.terms import Fact
from treaty_engine.model import Model
from treaty_engine.program.program import Program

ENGINES = ("auto", "naive", "durable")


def engine(name: str) -> Callable[[Program, Iterable[Fact]], Model]:
    """The engine of that name, imported when it is asked for. `auto` is the quickest at the size of a few treaties."""
    if name == "durable":
        from treaty_engine.engines import durable

        return durable.evaluate
    from treaty_engine.engines import naive

    return naive.evaluate
