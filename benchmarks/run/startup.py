"""What a question costs from the shell: each verb in a new process, and Python alone beside it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.run.markdown import table
from benchmarks.run.processes import COMMAND, COPIES, Taken, taken
from treaty_engine.progress import counted

ON = "--on 2008-06-12"
PYTHON = "Python alone"
STARTED = (
    "--help",
    f'ask "Cambodia is a party to CRC" {ON}',
    f'why "Cambodia is a party to CRC" {ON}',
    f'why-not "Thailand is a party to ICRMW" {ON}',
    f"applies Cambodia {ON}",
    "applies France --on 2020-01-01",
    f"gaps --state Cambodia {ON}",
    f"gaps --group ASEAN {ON}",
    f"force CRC {ON}",
    "calendar Cambodia --from 1990-01-01 --to 2000-12-31",
    f"corridor Myanmar Thailand {ON}",
    f"corridor --matrix GMS {ON}",
    "conflicts --source chapter",
    "claims facts/chapter-2008/claims.yaml",
    "check",
    "rules test",
    "schema",
)
"""What is started, as it would be typed after the name of the command."""

LONG = 3.0
"""A question that takes so many seconds is asked twice only: what disturbs it is small beside it."""


@dataclass
class Started:
    """The runs of one command: with a copy of the corpus at hand, and one without."""

    runs: list[Taken] = field(default_factory=list)
    uncopied: Taken | None = None


def starts(times: int, commands: Sequence[str] = STARTED) -> dict[str, Started]:
    """Python alone and every command so many times, in turns. Raises CalledProcessError where one fails."""
    words = {PYTHON: ("-c", "pass"), **{each: (*COMMAND, *shlex.split(each)) for each in commands}}
    found = {name: Started() for name in words}
    with TemporaryDirectory() as copies:
        kept = {COPIES: copies}
        taken((*COMMAND, "ask", "Cambodia is a party to CRC"), **kept)  # which keeps the copy
        for turn, name in counted([(turn, name) for turn in range(times) for name in words], "Starting commands"):
            if turn < 2 or found[name].runs[0].clock < LONG:
                found[name].runs.append(taken(words[name], **kept))
    for name in counted(list(words)[1:], "Starting commands without a copy"):
        found[name].uncopied = taken(words[name], **{COPIES: "off"})
    return found


def shown(found: Mapping[str, Started]) -> str:
    """Seconds of each command: of the processor and by the clock, best and median, and once without a copy."""
    titles = ("in a new process", "processor: best", "median", "clock: best", "median", "no copy: processor", "clock")
    return table(titles, ([name if name == PYTHON else f"`{name}`", *_costs(each)] for name, each in found.items()))


def _costs(each: Started) -> list[str]:
    parts = [[run.processor for run in each.runs], [run.clock for run in each.runs]]
    once = [each.uncopied.processor, each.uncopied.clock] if each.uncopied else []
    costs = [of(part) for part in parts for of in (min, median)]
    return [f"{cost:.2f}" for cost in (*costs, *once)] + [""] * (2 - len(once))
