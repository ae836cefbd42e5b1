"""Records the documentation again: `make docs`, or `python -m tests.docs.refresh [PAGE …]`.

What a page cuts stays cut; an error that the page does not announce is not recorded. Read the difference before you commit it: a transcript is a promise.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.docs.pages import write_generated
from tests.docs.transcripts import ERROR, PAGES, ROOT, Ran, agrees, apart, recorded, run, steps, write
from treaty_engine import files
from treaty_engine.progress import counted
from treaty_engine.terminal import bars


def refresh(page: Path, folder: Path) -> int:
    """Runs a page's commands and writes what they print into it; how many transcripts changed."""
    lines = page.read_text(encoding="utf-8").splitlines()
    changes: list[tuple[Ran, int, list[str]]] = []
    for step in steps(page):
        if not isinstance(step, Ran):
            write(step, folder)
            continue
        status, printed = run(step.words, folder)
        if status == ERROR != step.status or any(line.startswith("Traceback ") for line in printed):
            raise SystemExit(
                "\n".join([f"{page}: `{' '.join(step.words)}` is an error; nothing is recorded", *printed])
            )
        if not agrees(step.shown, printed) or step.status not in (None, status):
            changes.append((step, status, recorded(step.shown, printed)))
    for step, status, shown in reversed(changes):
        end = step.first + len(step.shown)
        if step.status is not None:
            lines[end + 1] = str(status)
        gap = [""] * (len(step.shown) - len("\n".join(step.shown).rstrip("\n").split("\n")))
        lines[step.first : end] = [*shown, *gap]
    files.write({page: ("\n".join(lines) + "\n").encode()})
    return len(changes)


def main(named: Iterable[str]) -> None:
    """Records the pages named, or all of them and what is made from the program."""
    pages = [Path(name).resolve() for name in named]
    changed: dict[Path, int] = {}
    with bars():
        for page in counted(pages or list(PAGES), "Recording pages"):
            with tempfile.TemporaryDirectory() as reader:
                changed[page] = refresh(page, Path(reader) if apart(page) else ROOT)
    for page, transcripts in changed.items():
        if transcripts:
            print(f"{page.relative_to(ROOT)}: {transcripts} transcripts changed")
    if not pages:
        write_generated()


if __name__ == "__main__":
    main(sys.argv[1:])
