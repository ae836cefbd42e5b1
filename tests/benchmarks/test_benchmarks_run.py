"""The benchmark still runs, and engines that share no code conclude the same from the same small world."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy", reason="worlds are made with NumPy")

from benchmarks.run.__main__ import main
from benchmarks.run.comparison import installed
from benchmarks.run.tables import called


def test_all_engines_and_programs_written_by_hand_conclude_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--quick"])
    printed = capsys.readouterr().out
    assert status == 0, printed
    assert all(called(name) in printed for name in installed())
