"""What a terminal shows of long work: bars, from the second on that it takes, taken back when it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from treaty_engine.progress import heard_by

if TYPE_CHECKING:
    from rich.live import Live
    from rich.table import Table

T = TypeVar("T")

_SLOW = 1.0
"""After so many seconds work is shown that is not done."""

_BRIEF = 0.2
"""What takes no longer is not shown, however long the command has taken before."""


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
        shown.take_back()


@dataclass(slots=True, eq=False)
class _Work:
    """Work under way: how many steps are done, and of how many where that is known."""

    doing: str
    total: int | None
    done: int = 0
    begun: float = field(default_factory=monotonic)


class _Bars:
    """A bar for the work under way, and below it one for each part of it that takes long itself."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._under_way: list[_Work] = []
        self._due: Timer | None = None
        self._live: Live | None = None

    def hear(self, each_of: Iterable[T], doing: str) -> Iterator[T]:
        """The same in turn, with a bar for as long as it takes; a single step is told by its parts alone."""
        total = len(each_of) if isinstance(each_of, Sized) else None
        if total == 1:
            yield from each_of
            return
        work = _Work(doing, total)
        self._under_way.append(work)
        if self._due is None:
            self._due = Timer(max(_BRIEF, self._begun + _SLOW - monotonic()), self._show)
            self._due.daemon = True
            self._due.start()
        try:
            for work.done, each in enumerate(each_of):
                yield each
        finally:
            self._under_way.remove(work)
            if not self._under_way:
                self.take_back()

    def take_back(self) -> None:
        """Removes what is shown."""
        if self._due is not None:
            self._due.cancel()
            self._due.join()
        if self._live is not None:
            self._live.stop()
        self._due = self._live = None

    def _show(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._live = Live(
            console=Console(stderr=True),
            get_renderable=self._shown,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()

    def _shown(self) -> Table:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        now, shown = monotonic(), Table.grid(padding=(0, 1))
        for place, work in enumerate(tuple(self._under_way)):
            if place == 0 or now - work.begun > _SLOW:
                bar = ProgressBar(work.total, work.done, width=30, pulse=work.total is None)
                of = "" if work.total is None else f"{work.total:,}"
                minutes, seconds = divmod(int(now - work.begun), 60)
                shown.add_row(work.doing, bar, f"{work.done:>{len(of)},}{'/' * bool(of)}{of}", f"{minutes}:{seconds:02}")
        return shown
