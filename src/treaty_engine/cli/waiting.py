"""What a terminal shows while an answer is worked out; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SLOW = 1.0


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Says on a terminal what takes more than a second, and takes it back when it is done."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread

    done, shown = Event(), Event()

    def tell() -> None:
        if not done.wait(_SLOW):
            shown.set()
            print(f"{what} …", end="", file=sys.stderr, flush=True)

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        if shown.is_set():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
