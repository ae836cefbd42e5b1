"""Delays for programs that know days only as numbers."""

from __future__ import annotations

from datetime import date

from benchmarks.workload.world import DELAYS
from treaty_engine.dates import after


def later(day: int, delay: int) -> int:
    """The day that comes so long after another; the delay is a place in DELAYS."""
    return after(date.fromordinal(day), DELAYS[delay]).toordinal()
