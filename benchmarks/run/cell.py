"""One cell of the comparison: one peer at one size, measured once in a process of its own on one core, as JSON.

    python -m benchmarks.run.cell PEER STATES TREATIES

Seconds are those of the processor: on a quiet machine they are what the clock says, as a cell never waits.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import pairwise

from benchmarks.peers.peer import BY_HAND, OURS, Peer
from benchmarks.peers.results import digest, rows
from benchmarks.run.processes import megabytes
from benchmarks.workload.world import world


@dataclass(frozen=True)
class Cell:
    """Seconds to load, evaluate and read everything back, and by the clock for all; the peak of memory in MB."""

    peer: str
    states: int
    treaties: int
    given: int
    rows: int
    load: float
    evaluate: float
    read: float
    clock: float
    peak_mb: float
    digests: dict[str, str]

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.load + self.evaluate + self.read


def peer(name: str) -> Peer:
    """The peer of that name, imported when it is asked for."""
    if name in OURS:
        from benchmarks.peers import ours  # its memory is not the others'

        return ours.relational() if name == "relational" else ours.in_memory(name)
    module = import_module(f"benchmarks.peers.{BY_HAND[name]}")
    return Peer(module.load, module.evaluate, module.read)


def measured(name: str, states: int, treaties: int) -> Cell:
    """One peer at one size, measured in this process."""
    on_one_core()
    the_world, taking = world(states, treaties), peer(name)
    given = taking.given(the_world)
    gc.collect()
    clock = time.perf_counter()
    marks = [time.process_time()]
    loaded = taking.load(given)
    marks.append(time.process_time())
    evaluated = taking.evaluate(loaded)
    marks.append(time.process_time())
    found = taking.read(evaluated)
    marks.append(time.process_time())
    clock = time.perf_counter() - clock
    peak = peak_mb()
    load, evaluate, read = (after - before for before, after in pairwise(marks))
    results = taking.numbered(found)
    digests = {relation: digest(each) for relation, each in results.items()}
    size = rows(results)
    return Cell(name, states, treaties, the_world.size, size, load, evaluate, read, clock, peak, digests)


def on_one_core() -> None:
    """Keeps this process on one core, where the system lets it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def peak_mb() -> float:
    """The most memory that this process ever had, in MB."""
    return megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    print(json.dumps(asdict(measured(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
