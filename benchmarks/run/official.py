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
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.run.processes import COMMAND, ROOT, Taken, taken
from benchmarks.run.tables import seconds, table

VARIABLE = "TREATY_ENGINE_DATA"
TABLES = Path(os.environ.get(VARIABLE, ROOT.parent / "shared" / "data")) / "untc_2015"
AS_OF = date(2015, 3, 14)
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
    tables = sorted(map(str, (TABLES / "treaties").glob("*.csv")))[:most]
    words = ("import", "untc", *tables, str(TABLES / "index.csv"), "--status-date", str(AS_OF), "--out", str(out))
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


def typical(runs: Sequence[Standing]) -> Standing:
    """The median of each phase."""
    phases = {phase: median(each.phases[phase] for each in runs) for phase in PHASES}
    return Standing(runs[0].engine, phases, runs[0].facts, runs[0].rules, runs[0].standings)


def shown_import(runs: Sequence[Taken]) -> str:
    """What the import took, and what it said."""
    said = re.findall(r"^(?:\d.*read|[\d,]+ facts)", runs[0].said, re.MULTILINE)
    titles = ("import untc", "clock s", "processor s", "peak MB")
    costs = (median(getattr(each, part) for each in runs) for part in ("clock", "processor", "peak_mb"))
    clock, processor, peak = costs
    return table(titles, [["; ".join(said), seconds(clock), seconds(processor), f"{peak:,.0f}"]])


def shown(found: Mapping[str, Standing], beside: Sequence[Standing]) -> str:
    """Each phase without and with a copy of the corpus; what the rules take in the other engines."""
    some = next(iter(found.values()))
    counts = dict.fromkeys(PHASES, "")
    counts[PHASES[2]], counts[PHASES[3]] = f": {some.facts:,} facts", f": {some.rules}, by `{some.engine}`"
    counts[PHASES[4]] = f": {some.standings:,}"
    rows = [[f"{phase}{counts[phase]}", *(seconds(each.phases[phase]) for each in found.values())] for phase in PHASES]
    rows.append(["all", *(seconds(each.all) for each in found.values())])
    others = (f"`{each.engine}` takes {seconds(each.phases[PHASES[3]])} s for the rules" for each in beside)
    return f"{table(('processor s', *found), rows)}\n{'; '.join(others)}, and {seconds(0)}.\n"


if __name__ == "__main__":
    print(json.dumps(asdict(standing(Path(sys.argv[1]), sys.argv[2]))))
