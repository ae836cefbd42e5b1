"""What a terminal shows of long work: a bar, from the second on that it takes, taken back when it is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic
from typing import TypeVar

from treaty_engine.progress import heard_by

T = TypeVar("T")

_SLOW = 1.0
"""After so many seconds work is shown that is not done."""

_OFTEN = 0.2
"""The seconds from one look at the work to the next: what takes less is not shown."""

_LONG = 30
"""The letters of a bar."""

_USUAL = 80
"""The letters of a line, where the terminal does not say."""

_DRAWN = (("━", "─"), ("#", "-"))
"""What is done and what is not, as a bar shows it: a terminal takes the first pair that it can write."""


@contextmanager
def bars() -> Iterator[None]:
    """Shows on a terminal how far everything has come that is done meanwhile; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    shown = _Bars()
    try:
        with heard_by(shown):
            yield
    finally:
        shown.end()


class _Work:
    """Work under way: how many steps are done, and of how many where that is known."""

    def __init__(self, doing: str, total: int | None) -> None:
        self.doing, self.total, self.done, self.begun = doing, total, 0, monotonic()

    def __str__(self) -> str:
        return f"{self.doing} {self.done:,}" + (f"/{self.total:,}" if self.total else "")


class _Bars:
    """One line for the work under way and for those parts of it that take long themselves."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._under_way: list[_Work] = []
        self._line = ""
        self._lock, self._over = Lock(), Event()
        self._looking: Thread | None = None
        self._letters = next(pair for pair in _DRAWN if all(map(_writable, pair)))

    def hear(self, each_of: Iterable[T], doing: str) -> Iterator[T]:
        """The same in turn, shown for as long as it takes; a single step is told by its parts alone."""
        total = len(each_of) if isinstance(each_of, Sized) else None
        if total == 1:
            yield from each_of
            return
        if self._looking is None:
            self._looking = Thread(target=self._look, daemon=True)
            self._looking.start()
        work = _Work(doing, total)
        self._under_way.append(work)
        try:
            for work.done, each in enumerate(each_of):
                yield each
        finally:
            self._under_way.remove(work)
            if not self._under_way:
                self._draw("")

    def end(self) -> None:
        """Takes back what is shown."""
        self._over.set()
        self._under_way.clear()
        self._draw("")

    def _look(self) -> None:
        while not self._over.wait(_OFTEN):
            self._draw(self._told(monotonic()))

    def _draw(self, line: str) -> None:
        """Puts a line in the place of the last one, unless the work that it tells of is done."""
        with self._lock:
            if (line and not self._under_way) or line == self._line == "":
                return
            blank = " " * (len(self._line) - len(line))
            sys.stderr.write(f"\r{line}{blank}" + f"\r{line}" * bool(blank))
            sys.stderr.flush()
            self._line = line

    def _told(self, now: float) -> str:
        """How far the work has come; nothing before it takes long."""
        under_way = tuple(self._under_way)
        if not under_way or now - self._begun < _SLOW:
            return ""
        whole, done = under_way[0], 0.0
        for work in reversed(under_way):
            done = (work.done + done) / work.total if work.total else 0.0
        full, empty = self._letters
        bar = (full * round(_LONG * done)).ljust(_LONG, empty) + "  " if whole.total else ""
        minutes, seconds = divmod(int(now - whole.begun), 60)
        told = " · ".join(str(work) for work in under_way if work is whole or now - work.begun >= _SLOW)
        return f"{bar}{minutes}:{seconds:02}  {told}"[: _width() - 1]


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL
    except OSError:
        return _USUAL


def _writable(letter: str) -> bool:
    try:
        letter.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
