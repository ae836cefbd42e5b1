"""A terminal sees how far long work has come; a pipe sees nothing, and whoever wants to listens."""

from __future__ import annotations

import io
import os
import re
import select
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import TextIO, TypeVar
from unittest import mock

import pytest

from tests.cli.running import run
from treaty_engine import terminal
from treaty_engine.engines.choosing import engine
from treaty_engine.progress import counted, heard_by
from treaty_engine.testing.evaluators import installed
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.loading import load

T = TypeVar("T")
ON = ("--on", "2008-06-12")


class Heard:
    """Remembers what was done, and of how many steps."""

    def __init__(self) -> None:
        self.steps: dict[str, int | None] = {}

    def hear(self, each_of: Iterable[T], doing: str) -> Iterator[T]:
        """The same in turn."""
        self.steps[doing] = len(each_of) if isinstance(each_of, Sized) else None
        return iter(each_of)


def test_work_is_as_it_was_where_nobody_listens() -> None:
    work = ["one", "two"]
    assert counted(work, "Counting") is work


@pytest.mark.parametrize("name", ["naive", *installed()])
def test_every_engine_tells_the_strata_that_it_evaluates(corpus: Corpus, name: str) -> None:
    about = corpus.program.about(corpus.sentences("adopted", "party"))
    heard = Heard()
    with heard_by(heard):
        engine(name)(about, corpus.world(Question(date(1970, 1, 1))).facts)
    assert "Evaluating rules" in heard.steps


def test_the_specification_tells_all_its_strata(corpus: Corpus) -> None:
    heard = Heard()
    with heard_by(heard):
        engine("naive")(corpus.program, ())
    assert heard.steps == {"Evaluating rules": len(corpus.program.strata)}


def test_reading_tells_the_files_that_it_reads(root: Path) -> None:
    heard = Heard()
    with heard_by(heard):
        load([root / "rules"], [root / "facts"])
    files = {path for path in (root / "rules").rglob("*.yaml") if path.name != "vocabulary.yaml"}
    assert heard.steps["Reading rules"] == len(files)
    assert {"Reading vocabularies", "Reading tables", "Reading facts", "Checking rules"} <= set(heard.steps)


@pytest.mark.parametrize(
    ("words", "doing", "steps"),
    [
        (("rules", "test", "--rule", "party"), "Running examples", None),
        (("claims", "tests/data/claims/four.md"), "Judging claims", 4),
        (("gaps", "--group", "GMS", "--treaty", "CRC", *ON), "Looking for gaps", 6),
        (("corridor", "--matrix", "GMS", *ON), "Comparing two ends", 30),
        (("calendar", "KHM", "--to", "2010-01-01", *ON), "Gathering the calendar", None),
        (("conflicts", "--state", "KHM"), "Explaining conflicts", None),
        (("force", "CRC", "--on", "1990-01-01..1992-01-01/1-year"), "Explaining each day", 3),
    ],
)
def test_a_verb_tells_what_it_is_doing(
    monkeypatch: pytest.MonkeyPatch, root: Path, words: tuple[str, ...], doing: str, steps: int | None
) -> None:
    monkeypatch.chdir(root)
    heard = Heard()
    with heard_by(heard):
        status, _, complaint = run(*words)
    assert status in (0, 1), complaint
    assert heard.steps[doing] == steps if steps else heard.steps[doing]


PATIENCE = 60
"""After so many seconds without a word a terminal will not say any more."""
BLANK = "          \r"
"""The end of a line that was taken back."""


class Screen:
    """A terminal, and what it is sent."""

    def __init__(self, descriptor: int, errors: TextIO) -> None:
        self.descriptor, self.errors, self.sent = descriptor, errors, ""

    @contextmanager
    def bars(self) -> Iterator[None]:
        """Shows on it what is done meanwhile."""
        with mock.patch("sys.stderr", self.errors), terminal.bars():
            yield

    def wait_for(self, text: str) -> None:
        """Reads until a text was sent since the last call, whatever the time it shows."""
        self.sent = ""
        while text not in self.sent:
            assert select.select([self.descriptor], [], [], PATIENCE)[0], f"{text!r} is not in {self.sent!r}"
            self.sent = re.sub(r"\d+:\d\d(?=  )", "TIME", self.sent + os.read(self.descriptor, 65536).decode())


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """A terminal that waits for no second."""
    pty, termios = (pytest.importorskip(name, reason="a system without pseudo-terminals") for name in ("pty", "termios"))
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 120))
    monkeypatch.setattr(terminal, "_SLOW", 0.0)
    with os.fdopen(theirs, "w", encoding="utf-8") as errors:
        yield Screen(ours, errors)
    os.close(ours)


def test_a_terminal_sees_how_many_steps_are_done_and_then_nothing(screen: Screen) -> None:
    with screen.bars():
        for done in counted(range(3), "Counting sheep"):
            screen.wait_for(f"{'━' * 10 * done}{'─' * 10 * (3 - done)}  TIME  Counting sheep {done}/3")
    screen.wait_for(BLANK)


def test_a_part_that_takes_long_itself_is_told_beside_the_whole_and_moves_its_bar(screen: Screen) -> None:
    with screen.bars():
        for day in counted(range(2), "Explaining each day"):
            for state in counted(range(3), "Looking for gaps"):
                moved = 5 * (3 * day + state)
                told = f"Explaining each day {day}/2 · Looking for gaps {state}/3"
                screen.wait_for(f"{'━' * moved}{'─' * (30 - moved)}  TIME  {told}")


def test_a_single_step_is_told_by_its_parts_and_steps_without_end_by_their_number(screen: Screen) -> None:
    with screen.bars():
        for _ in counted(["all"], "The whole"):
            for done in counted(count(), "Counting on"):
                screen.wait_for(f"\rTIME  Counting on {done}")
                if done == 2:
                    break
    screen.wait_for(BLANK)


def test_what_fails_takes_its_bar_back_before_anything_is_said(screen: Screen) -> None:
    def divided() -> None:
        with screen.bars():
            for done in counted(range(3), "Dividing"):
                screen.wait_for(f"Dividing {done}/3")
                assert 1 // done

    with pytest.raises(ZeroDivisionError):
        divided()
    screen.wait_for(BLANK)


def test_a_terminal_that_writes_only_plain_letters_has_a_plain_bar(screen: Screen) -> None:
    screen.errors.reconfigure(encoding="ascii")  # type: ignore[attr-defined]
    with screen.bars():
        for done in counted(range(2), "Counting"):
            screen.wait_for(f"{'#' * 15 * done}{'-' * 15 * (2 - done)}  TIME  Counting {done}/2")


def test_a_pipe_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_SLOW", 0.0)
    work = [1, 2]
    with mock.patch("sys.stderr", io.StringIO()), terminal.bars():
        assert counted(work, "Counting") is work
