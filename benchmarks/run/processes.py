"""Measurements made in processes of their own, each with memory that is only its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def in_a_process_of_its_own(module: str, *words: object) -> dict[str, Any]:
    """What a module prints as JSON when it is run with these words. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", module, *map(str, words)]
    found: dict[str, Any] = json.loads(done(command))
    return found


def done(command: Sequence[str]) -> str:
    """What a command prints. Ctrl-C goes to us alone, who end it. Raises CalledProcessError when it fails."""
    ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, process_group=0)
    return ended.stdout
