"""What official tables cost: their import, and from facts on disk to the standing of every State to every treaty.

    python -m benchmarks.run.official FOLDER ENGINE

evaluates the facts that an import left in a folder, with the packaged ones, and prints what each phase took, as JSON.
Where the tables are, TREATY_ENGINE_DATA says, for the tests as for this.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.run.markdown import seconds, table
from benchmarks.run.processes import COMMAND, COPIES, ROOT, Taken, in_a_process_of_its_own, taken
from treaty_engine.progress import counted

VARIABLE = "TREATY_ENGINE_DATA"
FOLDER = Path(os.environ.get(VARIABLE, ROOT.parent / "shared" / "data")) / "untc_2015"
AS_OF = date(2015, 3, 14)
ENGINES = ("compiled", "relational")
EVERY_FILE, FROM_A_COPY = "reading every file", "with a copy kept"
Way = tuple[str, str]
"""Where rules and facts are read from, and the engine."""

STANDING = "standing"
"""The label of the sentences that say where a State stands to a treaty."""

PHASES = (
    "Python and its modules",
    "rules and facts",
    "the world of the day",
    "the rules that standing rests on",
    "every standing",
)


@dataclass(frozen=True)
class Standing:
    """Seconds of the processor for each phase, and of what: facts, rules, what is found."""

    engine: str
    phases: dict[str, float]
    facts: int
    rules: int
    standings: int

    @property
    def all(self) -> float:
        """All of it."""
        return sum(self.phases.values())


def imported(out: Path, most: int | None = None) -> Taken:
    """The import of every table, or of the first few, into a folder. Raises CalledProcessError where it fails."""
    tables = sorted(map(str, (FOLDER / "treaties").glob("*.csv")))[:most]
    words = ("import", "untc", *tables, str(FOLDER / "index.csv"), "--status-date", str(AS_OF), "--out", str(out))
    return taken((*COMMAND, *words))


def standing(folder: Path, engine_name: str) -> Standing:
    """From facts on disk to the standing of every State to every treaty, in this process."""
    from treaty_engine.engines.choosing import chosen, engine
    from treaty_engine.treaties.corpus import Question
    from treaty_engine.treaties.kept import kept
    from treaty_engine.treaties.places import packaged

    gc.set_threshold(100_000, 50, 100)  # as the command line has it
    marks = [0.0, time.process_time()]
    corpus = kept([packaged("rules")], [packaged("facts"), folder])
    marks.append(time.process_time())
    world = corpus.world(Question(AS_OF))
    marks.append(time.process_time())
    sentences = corpus.vocabulary.labelled(STANDING)
    program = corpus.program.about([each.sentence for each in sentences])
    name = chosen(engine_name, len(world.facts), len(program.rules))
    model = engine(name)(program, world.facts)
    marks.append(time.process_time())
    found = sum(len(list(model.match(each.sentence, (None,) * len(each.holes)))) for each in sentences)
    marks.append(time.process_time())
    phases = {phase: after - before for phase, (before, after) in zip(PHASES, pairwise(marks), strict=True)}
    return Standing(name, phases, len(world.facts), len(program.rules), found)


def measured(times: int, most: int | None = None) -> tuple[list[Taken], dict[Way, Standing]]:
    """Every import, and the median of each phase in each way, with each engine. Raises CalledProcessError."""
    with TemporaryDirectory() as made, TemporaryDirectory() as copies:
        folders = [Path(made, str(turn)) for turn in range(times)]
        imports = [imported(folder, most) for folder in counted(folders, "Importing official tables")]
        _standing(folders[0], "auto", copies)  # which keeps the copy
        ways: list[Way] = [(EVERY_FILE, "auto"), (FROM_A_COPY, "auto"), *((FROM_A_COPY, engine) for engine in ENGINES)]
        runs: dict[Way, list[Standing]] = {way: [] for way in ways}
        for turn in counted(ways * times, "Standing of every State"):
            runs[turn].append(_standing(folders[0], turn[1], copies if turn[0] == FROM_A_COPY else "off"))
    return imports, {way: _typical(each) for way, each in runs.items()}


def _standing(folder: Path, engine: str, copies: str) -> Standing:
    return Standing(**in_a_process_of_its_own("benchmarks.run.official", folder, engine, **{COPIES: copies}))


def _typical(runs: Sequence[Standing]) -> Standing:
    """The median of each phase."""
    return replace(runs[0], phases={phase: median(each.phases[phase] for each in runs) for phase in PHASES})


def shown(imports: Sequence[Taken], found: Mapping[Way, Standing]) -> str:
    """What the import takes, and each phase from facts on disk to every standing."""
    by_auto = {way: each for (way, engine), each in found.items() if engine == "auto"}
    some = found[EVERY_FILE, "auto"]
    told = ("", "", f", {some.facts:,} facts", f", {some.rules}", f", {some.standings:,}")
    rows = [
        [phase + of_what, *(seconds(each.phases[phase]) for each in by_auto.values())]
        for phase, of_what in zip(PHASES, told, strict=True)
    ]
    rows.append(["**all**", *(seconds(each.all) for each in by_auto.values())])
    others = (f"{seconds(found[FROM_A_COPY, name].phases[PHASES[3]])} s with `{name}`" for name in ENGINES)
    engine = f"`auto` takes `{some.engine}` here. The rules take {' and '.join(others)}."
    return f"{_imports(imports)}\n{table(('processor s', *by_auto), rows)}\n{engine}\n"


def _imports(runs: Sequence[Taken]) -> str:
    said = "; ".join(re.findall(r"^(?:\d.* read|[\d,]+ facts)", runs[0].said, re.MULTILINE))
    parts = ("clock", "processor", "peak_mb")
    clock, processor, peak = (median(getattr(each, part) for each in runs) for part in parts)
    titles = ("`import untc`", "clock s", "processor s", "peak MB")
    return table(titles, [[said, seconds(clock), seconds(processor), f"{peak:,.0f}"]])


if __name__ == "__main__":
    print(json.dumps(asdict(standing(Path(sys.argv[1]), sys.argv[2]))))
