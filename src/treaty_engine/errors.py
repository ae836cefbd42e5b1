"""Errors are data: problems are gathered, then raised and shown once.

TreatyEngineError
├── Refused            input that cannot be used: rules, facts, names, questions
└── OutsideSubset      a program or world that an engine cannot evaluate rightly
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from treaty_engine.source import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, why, and how to mend it."""

    message: str
    span: Span | None = None
    note: str = ""
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span else ""
        lines = [f"{where}{self.message}"]
        if self.span and (line := _line_at(self.span)):
            lines.append(f"{self.span.line:4} | {line}")
        if self.note:
            lines.append(f"  note: {self.note}")
        if self.hint:
            lines.append(f"  help: {self.hint}")
        return "\n".join(lines)


class TreatyEngineError(Exception):
    """Everything that this package raises on purpose."""


class Refused(TreatyEngineError):
    """Input that cannot be used, with all its problems at once."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        given = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.problems = tuple(dict.fromkeys(sorted(given, key=_reading_order)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@contextmanager
def gathered_in(problems: list[Problem]) -> Iterator[None]:
    """What is refused meanwhile is added to some problems, to be raised with others."""
    try:
        yield
    except Refused as refused:
        problems += refused.problems


class OutsideSubset(TreatyEngineError):
    """A program or world that this engine is not proven to evaluate rightly."""


def nearest(word: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The known words most like `word`, best first; fewer than `count` when nothing is alike."""
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.casefold(), candidate)
    found = difflib.get_close_matches(word.casefold(), folded, n=count, cutoff=0.6)
    return [folded[match] for match in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known words, or nothing."""
    found = nearest(word, known, 3)
    return "did you mean " + " or ".join(f"`{name}`" for name in found) + "?" if found else ""


def _reading_order(problem: Problem) -> tuple[str, int, int, str]:
    span = problem.span or Span("", 0, 0)
    return span.path, span.line, span.column, problem.message


def _line_at(span: Span) -> str:
    try:
        lines = Path(span.path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[span.line - 1].rstrip()[:160] if span.line <= len(lines) else ""
