"""What a reader sees: rows alike in one, lines no wider than the terminal, words and not placeholders."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from tests.cli.running import answer, run
from treaty_engine.cli import pages, show
from treaty_engine.cli.tables import Section
from treaty_engine.explain.lines import Line

LOOKED_FOR = Section(
    "No act",
    ("treaty", "searched"),
    (("Charter", "searched: Gazette"), ("Covenant", "searched: Digest"), ("Protocol", "searched: Gazette")),
    together=("treaty",),
)
RESTING = Section(
    "Bound",
    ("treaty", "since", "unverified"),
    (("Charter", "2001-01-01", "the text was not seen"), ("Covenant | 2", "", "")),
    told={"since": lambda day: f"party since {day}" if day else "on an unknown day"},
    marked="treaty",
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


def test_rows_too_wide_stand_below_what_they_share(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"Convention {place}" for place in range(1, 13)]
    rows = tuple((state, name, f"closed by {'an act ' * 20}") for state in ("Aland", "Bland") for name in names)
    show.sections_text("Heading", [], [
        Section("Gaps", ("state", "treaty", "acts"), rows, together=("treaty",), heading=("acts",)),
    ])  # fmt: skip
    printed = capsys.readouterr().out.splitlines()[2:]
    assert printed[0] == "Gaps (24)"
    assert printed[1].startswith("  closed by an act")
    assert [line.split("Convention")[0] for line in printed[2:]] == [
        "      Aland  ",
        "             ",
        "      Bland  ",
        "             ",
    ], "the list goes on below where it began"
    assert all(len(line) <= 100 and line.endswith((",", "12")) for line in printed[2:]), "no name is torn"


def test_a_mark_and_words_are_for_those_who_read(capsys: pytest.CaptureFixture[str]) -> None:
    show.sections_text("Heading", [], [RESTING])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "Bound (2)",
        "  Charter *     party since 2001-01-01",
        "  Covenant | 2  on an unknown day",
    ]


def test_a_table_for_machines_has_bare_values_each_row_and_the_day_asked_about(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show.sections_csv([("2008-06-12", LOOKED_FOR), ("2008-06-12", RESTING)])
    read = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(read) == 3 + 2
    assert read[3] == {
        "as_of": "2008-06-12",
        "section": "Bound",
        "treaty": "Charter",
        "searched": "",
        "since": "2001-01-01",
        "unverified": "the text was not seen",
    }


def test_a_table_in_markdown_is_one_table_with_its_note(capsys: pytest.CaptureFixture[str]) -> None:
    show.sections_markdown("Gaps: <all>", ["as of 2008-06-12"], pages.with_note([RESTING]))
    read = MarkdownIt().enable("table").parse(capsys.readouterr().out)
    cells = [token.content for token in read if token.type == "inline"]
    assert [token.tag for token in read if token.type == "heading_open"] == ["h1", "h2"]
    assert cells[0] == "Gaps: &lt;all>"
    assert cells[3:9] == ["treaty", "since", "Charter \\*", "2001-01-01", "Covenant | 2", ""]
    assert not any(token.type == "bullet_list_open" for token in read), "the note is no item of a list"


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
