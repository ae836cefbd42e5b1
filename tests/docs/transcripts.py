"""The pages of the documentation as steps: files that a reader writes and commands that a reader runs.

A page's ```` ```console ```` blocks show commands after `$ ` and what they print. A line `…` stands for any lines,
a `…` in a line for any text. `$ echo $?` shows the exit status of the command before it. A block after a line that
ends in a file name and a colon, such as ``Write `mine/rules.yaml`:``, is the whole text of that file, or, if it is a
```` ```diff ````, the lines to take out and those to put in.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
PROGRAM = "treaty-engine"
CUT = "…"
ERROR = 2
_FENCE = re.compile(r"^```(\w*)\s*$")
_FILE = re.compile(r"`([\w./-]+/[\w./-]+\.\w+)`:$")
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the reader writes: its path from the reader's folder, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that the reader runs: the lines of the page that show what it prints, and its exit status."""

    words: tuple[str, ...]
    first: int
    shown: tuple[str, ...]
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """Lines of a file as they are, and as the reader makes them."""

    path: str
    out: str
    into: str


Step = Written | Changed | Ran


def apart(page: Path) -> bool:
    """Whether a reader of the page needs a folder of their own: files are written there, by hand or by a command."""
    return any(not isinstance(step, Ran) or "--ics" in step.words for step in steps(page))


def steps(page: Path) -> list[Step]:
    """What a reader of the page does, in order; line numbers count from 0."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found: list[Step] = []
    for language, start, end in _blocks(lines):
        before = next((line for line in reversed(lines[: start - 1]) if line.strip()), "")
        if language == "console":
            found += _commands(lines, start, end)
        elif (named := _FILE.search(before)) and language == "diff":
            out, into = (_marked(marks, lines[start:end]) for marks in (" -", " +"))
            found.append(Changed(named[1], out, into))
        elif named:
            found.append(Written(named[1], "\n".join(lines[start:end]) + "\n"))
    return found


def _marked(marks: str, lines: Sequence[str]) -> str:
    return "".join(line[1:] + "\n" for line in lines if line[:1] in marks)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The fenced blocks: language, first line and the line after the last."""
    language, start = None, 0
    for number, line in enumerate(lines):
        if fence := _FENCE.match(line):
            if language is None:
                language, start = fence[1], number + 1
            else:
                yield language, start, number
                language = None


def _commands(lines: Sequence[str], start: int, end: int) -> Iterator[Ran]:
    prompts = [number for number in range(start, end) if lines[number].startswith("$ ")]
    for place, number in enumerate(prompts):
        words = shlex.split(lines[number][2:])
        if words[0] != PROGRAM:
            continue
        after = prompts[place + 1] if place + 1 < len(prompts) else end
        status = int(lines[after + 1]) if after < end and lines[after] == "$ echo $?" else None
        yield Ran(tuple(words[1:]), number + 1, tuple(lines[number + 1 : after]), status)


def run(words: Sequence[str], folder: Path) -> tuple[int, list[str]]:
    """The exit status of a command and the lines that it prints, errors included."""
    plain = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "COLUMNS")}
    program = Path(sysconfig.get_path("scripts")) / PROGRAM
    ended = subprocess.run(
        [program, *words],
        cwd=folder,
        env={**plain, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,  # a busy machine is no failure
        check=False,
    )
    return ended.returncode, [line.rstrip() for line in ended.stdout.rstrip("\n").split("\n")]


def write(step: Written | Changed, folder: Path) -> None:
    """Writes or changes a file as the reader would. Raises ValueError where it has no such lines."""
    path = folder / step.path
    if isinstance(step, Written):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if text.count(step.out) != 1:
        raise ValueError(f"`{step.path}` does not have these lines once:\n{step.out}")
    path.write_text(text.replace(step.out, step.into), encoding="utf-8")


def agrees(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether a page shows what was printed, save what it says to have cut."""
    pattern = "".join("(?:.*\n)*?" if line.strip() == CUT else _pattern(line) + "\n" for line in trimmed(shown))
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def trimmed(shown: Sequence[str]) -> list[str]:
    """Shown lines without the empty ones that set a command apart from the next."""
    return "\n".join(line.rstrip() for line in shown).rstrip("\n").split("\n")


def recorded(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """What a page should show now: what was printed, cut where the page cuts it already."""
    kept: list[str] = []
    at, cut = 0, False
    if not any(shown):
        return list(printed)
    for line in trimmed(shown):
        if line.strip() == CUT:
            cut = True
            continue
        found = next((n for n in range(at, len(printed)) if re.fullmatch(_pattern(line), printed[n])), None)
        if found is None:
            found = _most_like(line, printed, at)
        if found is None:
            continue
        kept += [CUT] if cut and found > at else [] if cut else printed[at:found]
        kept.append(_cut_like(line, printed[found]))
        at, cut = found + 1, False
    return kept + ([CUT] if cut and at < len(printed) else [] if cut else list(printed[at:]))


def _pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.split(CUT)))


def _most_like(line: str, printed: Sequence[str], at: int) -> int | None:
    likeness = [(difflib.SequenceMatcher(None, line, printed[n]).ratio(), -n) for n in range(at, len(printed))]
    most, number = max(likeness, default=(0.0, 0))
    return -number if most >= _ALIKE else None


def _cut_like(line: str, now: str) -> str:
    """A printed line, its end cut where the shown one was."""
    if re.fullmatch(_pattern(line), now):
        return line
    return now[: len(line) - 1] + CUT if line.endswith(CUT) else now
