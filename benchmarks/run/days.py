"""What many days cost against one: their evaluation alone, and whole commands, in each engine that `auto` may take.

    python -m benchmarks.run.days ENGINE DAYS

evaluates so many days of what `gaps` rests on, and prints the seconds of the processor as JSON.
"""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.run.markdown import figures, seconds, table
from benchmarks.run.processes import COMMAND, COPIES, in_a_process_of_its_own, taken
from treaty_engine.progress import counted

DAYS = (1, 2, 5, 10, 20, 50)
ENGINES = ("compiled", "relational")
EVALUATED = "evaluating what `gaps` rests on"
COMMANDS = ("gaps --state Cambodia", "applies Cambodia", "gaps --group ASEAN")
TIMES, LONG = 3, 5.0
"""How often each is measured; once where it takes so many seconds."""

Row = tuple[str, str]
"""What is measured, and the engine."""


def range_of(number: int) -> str:
    """So many half-years up to 2014, as the option `--on` has them."""
    first = 2 * 2014 + 1 - number
    return f"{first // 2}-{1 + 6 * (first % 2):02}-01..2014-01-01/6-months" if number > 1 else "2014-01-01"


def evaluated(engine: str, number: int) -> float:
    """The seconds for choosing what so many days may see, and evaluating it, in this process."""
    from treaty_engine.dates import days
    from treaty_engine.treaties.corpus import Question
    from treaty_engine.treaties.kept import kept
    from treaty_engine.treaties.places import packaged
    from treaty_engine.treaties.session import sessions
    from treaty_engine.treaties.status_of_states import GAPS

    corpus = kept([packaged("rules")], [packaged("facts")])
    sentences = [each.sentence for each in corpus.vocabulary.labelled(*GAPS)]
    start = time.process_time()
    sessions(corpus, Question(date.today()), days(range_of(number)), engine, sentences)
    return time.process_time() - start


def measured(
    numbers: Sequence[int] = DAYS, commands: Sequence[str] = COMMANDS, times: int = TIMES
) -> dict[Row, list[float]]:
    """The seconds of the processor for each of so many days, in each engine: alone, and in whole commands."""
    rows = [(name, engine) for name in (EVALUATED, *commands) for engine in ENGINES]
    found: dict[Row, list[float]] = {row: [] for row in rows}
    with TemporaryDirectory() as copies:
        taken((*COMMAND, "ask", "Cambodia is a party to CRC"), **{COPIES: copies})  # which keeps the copy
        for row, number in counted([(row, number) for row in rows for number in numbers], "Many days"):
            runs = [_taken(*row, number, copies)]
            while len(runs) < times and runs[0] < LONG:
                runs.append(_taken(*row, number, copies))
            found[row].append(median(runs))
    return found


def _taken(name: str, engine: str, number: int, copies: str) -> float:
    kept = {COPIES: copies}
    if name == EVALUATED:
        return float(in_a_process_of_its_own("benchmarks.run.days", engine, number, **kept)["seconds"])
    words = (*COMMAND, *shlex.split(name), "--on", range_of(number), "--engine", engine)
    return taken(words, **kept).processor


def shown(found: Mapping[Row, Sequence[float]], numbers: Sequence[int] = DAYS) -> str:
    """Seconds for each number of days, and how many times as much the most cost as one."""
    titles = ("processor s for days", "engine", *map(str, numbers), f"{numbers[-1]} to {numbers[0]}")
    rows = (
        [name if name == EVALUATED else f"`{name}`", engine, *map(seconds, costs), f"{figures(costs[-1] / costs[0])}×"]
        for (name, engine), costs in found.items()
    )
    return table(titles, rows)


if __name__ == "__main__":
    print(json.dumps({"seconds": evaluated(sys.argv[1], int(sys.argv[2]))}))
