"""A copy of the corpus that was last read from some folders, good for as long as none of their files changes."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from treaty_engine import files
from treaty_engine.errors import Refused
from treaty_engine.program.program import Program
from treaty_engine.treaties.corpus import Corpus, shown

FOLDER = "TREATY_ENGINE_CACHE"
"""The variable that names the folder of copies; `off` keeps none."""

_MOST = 8
"""So many copies are kept: the ones used last."""


def kept(rule_folders: Sequence[Path], fact_folders: Sequence[Path]) -> Corpus:
    """The corpus of these folders, without what only authors of rules ask for: examples. Raises Refused."""
    folder = copies()
    if folder is None:
        return _loaded(rule_folders, fact_folders)
    copy = folder / f"{_fingerprint(rule_folders, fact_folders)}.corpus"
    if (found := _read(copy)) is not None:
        return found
    corpus = _loaded(rule_folders, fact_folders)
    _write(copy, _lean(corpus))
    return corpus


def _loaded(rule_folders: Sequence[Path], fact_folders: Sequence[Path]) -> Corpus:
    from treaty_engine.treaties.loading import load  # the readers of YAML and CSV, which a copy does without

    return load(rule_folders, fact_folders)


def copies() -> Path | None:
    """The folder of the copies; None where none are wanted."""
    named = os.environ.get(FOLDER, "")
    if named == "off":
        return None
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "treaty-engine"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "treaty-engine"


def _fingerprint(rule_folders: Sequence[Path], fact_folders: Sequence[Path]) -> str:
    """What changes when any file of the folders does, or the program that reads them."""
    ours = Path(__file__).parents[1]
    seen = [sys.version, *_stamps(ours, "*.py")]
    for kind, folders in (("rules", rule_folders), ("facts", fact_folders)):
        for folder in folders:
            seen += [kind, shown(folder), str(folder.resolve()), *_stamps(folder, "*")]
    return sha256("\0".join(seen).encode()).hexdigest()


def _stamps(folder: Path, pattern: str) -> Iterator[str]:
    for path in sorted(folder.rglob(pattern)):
        told = path.stat()
        yield f"{path} {told.st_size} {told.st_mtime_ns}"


def _lean(corpus: Corpus) -> Corpus:
    """The corpus without the examples of its rules, its layers worked out."""
    rules = tuple(replace(rule, examples=()) for rule in corpus.program.rules)
    program = Program(corpus.program.vocabulary, rules)
    _ = program.by_head
    return Corpus(program, corpus.given)


def _read(copy: Path) -> Corpus | None:
    """A copy that we wrote ourselves, None where there is none that can be read."""
    with suppress(Exception):  # a copy that is broken in any way is made again
        if not hasattr(os, "getuid") or copy.stat().st_uid == os.getuid():
            found = pickle.loads(copy.read_bytes())
            os.utime(copy)
            return found if isinstance(found, Corpus) else None
    return None


def _write(copy: Path, corpus: Corpus) -> None:
    """Keeps a copy, where the folder can be written, and lets go of those not used for longest."""
    with suppress(OSError, Refused):
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write({copy: pickle.dumps(corpus, protocol=pickle.HIGHEST_PROTOCOL)}, mode=0o600, lasting=False)
        others = sorted(copy.parent.glob("*.corpus"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in others[_MOST:]:
            old.unlink(missing_ok=True)
