"""How far long work has come: told step by step to whoever listens, and to nobody where nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

T = TypeVar("T")


class Listener(Protocol):
    """Whoever wants to know how far work has come."""

    def hear(self, each_of: Iterable[T], doing: str) -> Iterator[T]:
        """The same in turn: each is done when the next is asked for."""


_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def counted(each_of: Iterable[T], doing: str) -> Iterable[T]:
    """The same in turn; a listener hears what is being done, how many are, and of how many where that is known."""
    listener = _listener.get()
    return each_of if listener is None else listener.hear(each_of, doing)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Whatever is done meanwhile is told to a listener."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)
