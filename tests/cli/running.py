"""Runs the command line in this process, as a user would from a shell."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from typing import Any
from unittest import mock

from treaty_engine import cli


def run(*words: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was complained of."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with (
        mock.patch.object(sys, "argv", ["treaty-engine", *words]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return status, out.getvalue(), err.getvalue()


def answer(*words: str) -> dict[str, Any]:
    """The answer of a verb as its JSON says it."""
    _, out, err = run(*words, "--format", "json")
    assert not err, err
    found: dict[str, Any] = json.loads(out)
    return found
