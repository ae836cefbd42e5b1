"""The page that shows the tables: each between two marks that name it, and on which machine they were made."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.run.processes import ROOT
from treaty_engine import files

PAGE = ROOT / "docs" / "performance.md"
MEASURED = ("duckdb", "numpy", "clingo", "clipspy", "durable_rules")


def machine() -> str:
    """Where and when the tables were made."""
    versions = ", ".join(f"{name} {found}" for name in MEASURED if (found := _version(name)))
    return (
        f"{date.today()}, {os.cpu_count()} cores ({_processor()}), {_memory()}, {platform.system()},"
        f" Python {platform.python_version()}; {versions}.\n"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def _memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{pages / (1 << 30):.0f} GiB"


def written(sections: Mapping[str, str]) -> list[str]:
    """Puts each section between its marks; the names of those that have no marks on the page, which are left out."""
    text, without = PAGE.read_text(encoding="utf-8"), []
    for name, section in sections.items():
        opening, closing = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
        before, found, rest = text.partition(opening)
        _, ended, after = rest.partition(closing)
        if found and ended:
            text = f"{before}{opening}\n{section}{closing}{after}"
        else:
            without.append(name)
    files.write({PAGE: text.encode()})
    return without
