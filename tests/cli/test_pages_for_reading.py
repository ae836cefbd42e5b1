"""What a reader sees: rows alike in one, lines no wider than the terminal, words and not placeholders."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from tests.cli.running import answer, run
from treaty_engine.cli import show
from treaty_engine.cli.show import Section
from treaty_engine.explain.narrate import Line

LOOKED_FOR = Section(
    "No act",
    ("treaty", "searched"),
    (("Charter", "searched: Gazette"), ("Covenant", "searched: Digest"), ("Protocol", "searched: Gazette")),
    together="treaty",
)


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr(
        show,
        "console",
        lambda: Console(highlight=False, soft_wrap=True, force_terminal=True, no_color=True, width=width),
    )


def test_rows_alike_are_read_as_one_and_counted_each(capsys: pytest.CaptureFixture[str]) -> None:
    show.sections_text("Heading", [], [LOOKED_FOR])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "No act (3)",
        "  Charter, Protocol  searched: Gazette",
        "  Covenant           searched: Digest",
    ]


def test_a_table_for_machines_keeps_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    show.sections_csv([LOOKED_FOR])
    assert len(capsys.readouterr().out.splitlines()) == 1 + 3


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    _on_a_terminal(monkeypatch, width)
    long = "searched: a source that has a long name, and another that has a longer one still"
    table = (("Charter", "party since 2001-01-01", "ratification", "Charter art. 9(2)"),)
    sections = [Section("Long", ("treaty", "searched"), (("Charter", long),)), Section("Short", tuple("abcd"), table)]
    show.sections_text("Heading", [long], sections)
    show.trees([Line(long, "holds", long, (Line(long, "given", long),))])
    lines = [Console(no_color=True).render_str(line).plain for line in capsys.readouterr().out.splitlines()]
    assert all(
        len(line.replace("\x1b[0m", "").replace("\x1b[1m", "").replace("\x1b[2m", "")) <= width for line in lines
    )
    assert any(line.strip().endswith("Charter art. 9(2)") for line in lines), "a cell is not torn"


def test_a_pipe_is_not_folded(capsys: pytest.CaptureFixture[str]) -> None:
    show.trees([Line("a sentence " * 40, "holds")])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_year_is_shown_as_a_year_at_both_ends_of_a_corridor() -> None:
    found = answer("corridor", "KHM", "THA", "--subject", "trafficking", "--on", "2026-01-01")
    assert {each["treaty"]: each["since"] for each in found["both"]}["ILO-C182"] == "2007"


def test_where_nothing_was_found_is_said_once_for_all_treaties() -> None:
    status, out, _ = run("applies", "Cambodia", "--on", "2008-06-12")
    assert status == 0
    assert [line for line in out.splitlines() if line.startswith("      ILO C-97, ")]
    assert "<" not in out


def test_gaps_name_the_states_asked_about() -> None:
    _, out, _ = run("gaps", "--state", "Thailand", "--treaty", "ILO-C155", "--on", "2008-06-12")
    assert out.startswith("Gaps: Thailand\n")
    assert "<" not in out
    assert "n/a" not in out


def test_a_row_that_names_the_columns_is_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    show.sections_text("Heading", [], [Section("Grid", ("to", "A"), (("to", "A"), ("A", "–")), headed=True)])
    assert "Grid (1)" in capsys.readouterr().out


COMMAND = [sys.executable, "-c", "from treaty_engine.cli import main; main()"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_an_answer_that_cannot_be_written_is_an_error_and_not_a_no() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*COMMAND, "schema", "force"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("the answer could not be written: ")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_who_leaves_early_gets_no_answer_of_no() -> None:
    with subprocess.Popen([*COMMAND, "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == b""
    assert asked.returncode not in (0, 1, 2)
