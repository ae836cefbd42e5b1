"""Each section of the page: what is measured for it, and the tables that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks import engines
from benchmarks.peers.peer import OURS
from benchmarks.run import aims, days, official, proofs, startup, tables
from benchmarks.run.comparison import QUICK, SIZES, Comparison, compared, installed
from benchmarks.run.growth import KINDS, Grown
from benchmarks.run.processes import in_a_process_of_its_own
from treaty_engine.progress import counted

NUMBERS = (1, 10, 100, 1000)
TIMES, FRESH = 5, 5
"""How often a command is started, and a table imported; on how many fresh models a relation is proved first."""

SLOW = {("strata", "durable", 1000), ("rounds", "naive", 1000), ("rounds", "durable", 1000)}
"""What takes minutes and is left out."""

Sections = Iterator[tuple[str, str]]
"""What is put between the marks of each name, as soon as it is measured."""


@dataclass
class Run:
    """What is measured, tiny when `quick`; where engines differed so far, and the figures of what was aimed at."""

    quick: bool
    treaties: Sequence[int] = ()
    differing: list[str] = field(default_factory=list)
    aims: dict[str, str] = field(default_factory=dict)


def of_engines(run: Run) -> Sections:
    """Every peer at every size, and what becomes of the cost of a row."""
    sizes = [size for size in SIZES if not run.treaties or size.treaties in run.treaties]
    sized, peers = list[Comparison](), installed()
    for size in QUICK if run.quick else sizes:
        sized.append(compared(size))
        run.differing += (differing := sized[-1].differing())
        agreed = "\n".join(f"* {each}" for each in differing) or "All concluded the same, relation by relation."
        yield f"engines-{size.treaties}", f"{tables.comparison(sized[-1], peers)}\n{agreed}\n"
    run.aims.update(aims.engines(sized))
    if run.quick or sizes == list(SIZES):
        yield "sizes", tables.by_size(sized, peers)


def of_proofs(run: Run) -> Sections:
    """Proofs on the two larger models, where tables can be read."""
    if "relational" not in installed():
        return
    sizes, fresh = (QUICK, 1) if run.quick else (SIZES[2:], FRESH)
    every = counted(sizes, "Proofs on large models")
    cells = [in_a_process_of_its_own("benchmarks.run.proofs", each.states, each.treaties, fresh) for each in every]
    found = [proofs.Proofs(**each) for each in cells]
    run.aims.update(aims.proofs(found))
    yield "proofs", proofs.shown(found)


def of_packaged(run: Run) -> Sections:
    """The packaged rules in every engine that is installed."""
    names = ["naive"] if run.quick else [name for name in OURS if name in installed()]
    sized = ((times, name) for times in engines.TIMES[: 1 if run.quick else None] for name in names)
    cells = [(times, name) for times, name in sized if times == 1 or name in engines.LOOPS]
    found = [
        engines.Cell(**in_a_process_of_its_own("benchmarks.engines", name, times))
        for times, name in counted(cells, "The packaged facts")
    ]
    yield "packaged", tables.shipped(found)


def of_questions(run: Run) -> Sections:
    """Every verb from the shell."""
    found = startup.starts(1, startup.STARTED[:2]) if run.quick else startup.starts(TIMES)
    yield "start", startup.shown(found)


def of_days(run: Run) -> Sections:
    """Many days against one."""
    if "relational" not in installed():
        return
    numbers = days.DAYS[:2] if run.quick else days.DAYS
    found = days.measured(numbers, (), 1) if run.quick else days.measured()
    if not run.quick:
        run.aims.update(aims.days(found))
    yield "days", days.shown(found, numbers)


def of_official(run: Run) -> Sections:
    """The official tables, where they are at hand."""
    if not official.FOLDER.is_dir():
        print(f"left out: the official tables are not at {official.FOLDER}; {official.VARIABLE} says where\n")
        return
    imports, found = official.measured(1, 3) if run.quick else official.measured(TIMES)
    if not run.quick:
        run.aims.update(aims.official(found[official.EVERY_FILE, "auto"]))
    yield "official", official.shown(imports, found)


def of_parts(run: Run) -> Sections:
    """What the relational engine spends its time on."""
    if "relational" not in installed():
        return
    sizes, profile = QUICK if run.quick else SIZES, "benchmarks.run.profile"
    every = counted(sizes, "Profiling tables")
    parts = [in_a_process_of_its_own(profile, size.states, size.treaties, "--json") for size in every]
    yield "spent", tables.spent(sizes, parts)


def of_growth(run: Run) -> Sections:
    """Every kind of growth for every engine that is installed."""
    here, numbers = installed(), NUMBERS[:1] if run.quick else NUMBERS
    cells = [(kind, name, n) for kind in KINDS for name in OURS if name in here for n in numbers]
    every = counted([each for each in cells if each not in SLOW], "Growing programs")
    found = [Grown(**in_a_process_of_its_own("benchmarks.run.growth", *each)) for each in every]
    yield "growth", "\n".join(tables.growth(found, kind) for kind in KINDS)


TABLES = {
    "start": of_questions,
    "engines": of_engines,
    "packaged": of_packaged,
    "proofs": of_proofs,
    "official": of_official,
    "days": of_days,
    "spent": of_parts,
    "growth": of_growth,
}
"""Each section by the name of its marks on the page, in the order of the page."""
