"""The benchmark still runs, engines that share no code conclude the same, and its tables have their places on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="worlds are made with NumPy")

from benchmarks.run import aims, official, pages
from benchmarks.run.__main__ import main
from benchmarks.run.comparison import SIZES, installed
from benchmarks.run.sections import TABLES, Run, of_official
from benchmarks.run.tables import called


def test_all_engines_and_programs_written_by_hand_conclude_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--quick"])
    printed = capsys.readouterr().out
    assert status == 0, printed
    assert all(called(name) in printed for name in installed())


def test_every_table_has_its_place_on_the_page() -> None:
    marks = {"machine", "aims", "sizes", *TABLES, *(f"engines-{size.treaties}" for size in SIZES)} - {"engines"}
    assert {mark for mark in marks if not pages.section(mark).strip()} == set()


def test_a_section_takes_the_place_of_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("One\n<!-- bench:one -->\nold\n<!-- /bench:one -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(pages, "PAGE", page)
    assert pages.written({"one": "new\n", "two": "nowhere\n"}) == ["two"]
    assert page.read_text(encoding="utf-8") == "One\n<!-- bench:one -->\nnew\n<!-- /bench:one -->\nafter\n"


def test_an_aim_that_was_not_measured_again_keeps_its_figure() -> None:
    first, second = (each.about for each in aims.EVERY[:2])
    before = aims.shown({first: "0.4 s", second: "170 MB"}, "")
    assert aims.shown({first: "0.5 s"}, before) == before.replace("0.4 s", "0.5 s")


def test_without_the_official_tables_their_section_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(official, "FOLDER", tmp_path / "nowhere")
    assert list(of_official(Run(quick=True))) == []
    assert f"not at {tmp_path / 'nowhere'}; TREATY_ENGINE_DATA says where" in capsys.readouterr().out
