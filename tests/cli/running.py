"""Runs the command line in this process, as a user would from a shell."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from tests.conftest import shipped
from treaty_engine.cli import commands
from treaty_engine.treaties.corpus import Corpus
from treaty_engine.treaties.loading import load
from treaty_engine.treaties.places import packaged


def run(*words: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was complained of."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with (
        mock.patch.object(sys, "argv", ["treaty-engine", *words]),
        mock.patch("treaty_engine.cli.options.kept", _load),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            commands.run()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return status, out.getvalue(), err.getvalue()


def answer(*words: str) -> dict[str, Any]:
    """The answer of a verb as its JSON says it."""
    _, out, err = run(*words, "--format", "json")
    assert not err, err
    found: dict[str, Any] = json.loads(out)
    return found


def _load(rule_folders: Sequence[Path], fact_folders: Sequence[Path]) -> Corpus:
    """The corpus of these folders; the packaged one, which no test changes, is read once."""
    if (*rule_folders, *fact_folders) == (packaged("rules"), packaged("facts")):
        return shipped()
    return load(rule_folders, fact_folders)
