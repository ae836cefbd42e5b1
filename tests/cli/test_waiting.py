"""A terminal says what takes long; a pipe hears nothing."""

from __future__ import annotations

import time

import pytest

from treaty_engine.cli import waiting


@pytest.mark.parametrize("terminal", [True, False])
def test_only_a_terminal_says_what_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    monkeypatch.setattr(waiting, "_SLOW", 0.0)
    with waiting.waiting("Evaluating rules"):
        time.sleep(0.2)
    assert capsys.readouterr().err == ("Evaluating rules …\r\x1b[K" if terminal else "")


def test_what_is_quick_is_not_announced(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(waiting, "_SLOW", 60.0)
    with waiting.waiting("Evaluating rules"):
        pass
    assert capsys.readouterr().err == ""
