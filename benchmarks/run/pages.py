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


def section(name: str) -> str:
    """What stands between the marks of a name; nothing where the page has none."""
    return _parted(PAGE.read_text(encoding="utf-8"), name)[1]


def written(sections: Mapping[str, str]) -> list[str]:
    """Puts each section between its marks; the names of those that have no marks on the page, which are left out."""
    text, without = PAGE.read_text(encoding="utf-8"), []
    for name, section in sections.items():
        before, _, after = _parted(text, name)
        if after:
            text = f"{before}\n{section}{after}"
        else:
            without.append(name)
    files.write({PAGE: text.encode()})
    return without


def _parted(text: str, name: str) -> tuple[str, str, str]:
    """A page up to the first mark of a name, what follows, and from the second mark on; all before without marks."""
    opening, closing = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    before, found, rest = text.partition(opening)
    section, ended, after = rest.partition(closing)
    return (before + found, section, ended + after) if found and ended else (text, "", "")
