"""Measurements made in processes of their own, each with memory that is only its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

COMMAND = ("-c", "from treaty_engine.cli import main; main()")
"""What the installed command does, as words after the name of the interpreter."""

ANSWERS = (0, 1, 3, 4, 5)
"""The statuses by which a command tells its answer; any other is a failure."""

COPIES = "TREATY_ENGINE_CACHE"
"""The variable that names the folder of copies of the corpus, or is `off`."""


@dataclass(frozen=True)
class Taken:
    """What a process took, by the clock and of the processor in seconds, its peak of memory in MB, and what it said."""

    clock: float
    processor: float
    peak_mb: float
    said: str


def in_a_process_of_its_own(module: str, *words: object, **variables: str) -> dict[str, Any]:
    """What a module prints as JSON when it is run with these words. Raises CalledProcessError when it fails."""
    found: dict[str, Any] = json.loads(taken(("-m", module, *map(str, words)), **variables).said)
    return found


def taken(words: Sequence[str], **variables: str) -> Taken:
    """What Python takes for these words, in an environment with these variables. Raises CalledProcessError.

    Ctrl-C goes to us alone, who end it.
    """
    command, start = [sys.executable, *words], time.perf_counter()
    with TemporaryFile("w+", encoding="utf-8") as said:
        begun = subprocess.Popen(command, stdout=said, cwd=ROOT, env={**os.environ, **variables}, process_group=0)
        try:
            _, status, used = os.wait4(begun.pid, 0)
        except BaseException:
            begun.kill()
            begun.wait()
            raise
        clock = time.perf_counter() - start
        begun.returncode = os.waitstatus_to_exitcode(status)
        if begun.returncode not in ANSWERS:
            raise subprocess.CalledProcessError(begun.returncode, command)
        said.seek(0)
        return Taken(clock, used.ru_utime + used.ru_stime, megabytes(used.ru_maxrss), said.read())


def megabytes(most: int) -> float:
    """The most memory of a process, as systems tell it, in MB."""
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
