"""Where the packaged rules and facts are: inside an installed copy, or beside the sources."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).resolve().parent.parent / "packaged"
_SOURCES = Path(__file__).resolve().parents[3]


def packaged(kind: str) -> Path:
    """The folder of the packaged `rules` or `facts`."""
    installed = _INSTALLED / kind
    return installed if installed.is_dir() else _SOURCES / kind
