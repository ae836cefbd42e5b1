"""What a question costs from the shell: the command in a new process, and Python alone beside it."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.run.processes import done
from treaty_engine.progress import counted

_COMMAND = ("-c", "from treaty_engine.cli import main; main()")  # what the installed command does

COMMANDS = {
    "Python alone": ("-c", "pass"),
    "`treaty-engine --help`": (*_COMMAND, "--help"),
    "`treaty-engine applies KHM`": (*_COMMAND, "applies", "KHM"),
}
"""What is started, as words after the name of the interpreter."""


@dataclass(frozen=True)
class Start:
    """The median of the clock and of the processor for one command, in seconds."""

    command: str
    clock: float
    processor: float


def starts(times: int) -> list[Start]:
    """Every command so many times, in turns. Raises CalledProcessError where one fails."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for name in counted(list(COMMANDS) * times, "Starting commands"):
        runs[name].append(_started(COMMANDS[name]))
    return [Start(name, *map(statistics.median, zip(*done, strict=True))) for name, done in runs.items()]


def _started(words: Sequence[str]) -> tuple[float, float]:
    before, clock = _processor(), time.perf_counter()
    done([sys.executable, *words])
    return time.perf_counter() - clock, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
