"""What becomes of Ctrl-C: one line, no traceback, and never half a file."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

Handler = Callable[[int, FrameType | None], object] | int | None
"""What a signal is given to: a function, or one of the numbers and the nothing that the system has for it."""

_SAID = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}
"""What is said when the process is asked to end."""


def end_at_once() -> None:
    """From here on Ctrl-C ends the process with one line and the status 130, wherever it is, unless `undisturbed`."""
    _handle(dict.fromkeys(_SAID, _end))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of what is done meanwhile."""
    waiting: list[int] = []
    before = _handle({number: lambda number, _: waiting.append(number) for number in _SAID})
    try:
        yield
    finally:
        _handle(before)
        for number in waiting[:1]:
            signal.raise_signal(number)


def _handle(handlers: dict[signal.Signals, Handler]) -> dict[signal.Signals, Handler]:
    """Sets what becomes of signals, and gives what became of them; those that are ignored stay so."""
    before = {}
    with suppress(ValueError):  # outside the main thread no signal arrives
        for number, handler in handlers.items():
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)
    return before


def _end(number: int, _: FrameType | None) -> None:
    """Ends here and now: raised instead, an exception could be lost in whatever is under way, or told at length."""
    with suppress(OSError):
        line = "\n" if os.isatty(2) else ""  # a bar may stand there
        os.write(2, f"{line}{_SAID[signal.Signals(number)]}\n".encode())
    os._exit(128 + number)
