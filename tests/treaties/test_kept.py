"""A corpus is read once, and again when any file changes; a copy that cannot be read is made again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from treaty_engine.language.statements import statement
from treaty_engine.treaties import kept as kept_module
from treaty_engine.treaties import loading
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.kept import FOLDER, copies, kept
from treaty_engine.treaties.session import session


@pytest.fixture
def folders(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Path], list[Path]]:
    """The packaged rules and facts, to be changed; copies are kept beside them."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "copies"))
    for kind in ("rules", "facts"):
        shutil.copytree(root / kind, tmp_path / kind)
    return [tmp_path / "rules"], [tmp_path / "facts"]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Corpus]:
    """Every corpus that was read from its files."""
    read: list[Corpus] = []
    def load(rules: list[Path], facts: list[Path]) -> Corpus:
        read.append(loading.load(rules, facts))
        return read[-1]

    monkeypatch.setattr(kept_module, "_loaded", load)
    return read


def test_a_corpus_is_read_once(folders: tuple[list[Path], list[Path]], reads: list[Corpus]) -> None:
    first, second = kept(*folders), kept(*folders)

    assert len(reads) == 1
    assert second.given == first.given == reads[0].given
    assert [rule.id for rule in second.program.rules] == [rule.id for rule in reads[0].program.rules]


def test_an_answer_from_the_copy_is_the_answer(folders: tuple[list[Path], list[Path]]) -> None:
    kept(*folders)
    copy = kept(*folders)
    asked = session(copy, Question(date(2008, 6, 12)), "auto")
    goal = statement(copy.vocabulary, "Cambodia is a party to CRC since <date>")

    assert asked.status(goal).status == "yes"


@pytest.mark.parametrize("changed", ["rules/gaps/gaps.yaml", "facts/groups.csv"])
def test_a_file_that_changes_is_read_again(
    changed: str, folders: tuple[list[Path], list[Path]], reads: list[Corpus], tmp_path: Path
) -> None:
    kept(*folders)
    (tmp_path / changed).touch()
    kept(*folders)

    assert len(reads) == 2


def test_a_broken_copy_is_made_again(folders: tuple[list[Path], list[Path]], reads: list[Corpus]) -> None:
    kept(*folders)
    (copy,) = (copies() or Path()).glob("*.corpus")
    copy.write_bytes(copy.read_bytes()[:1000])
    kept(*folders)

    assert len(reads) == 2


def test_a_folder_that_cannot_be_written_is_no_error(
    folders: tuple[list[Path], list[Path]], reads: list[Corpus], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(FOLDER, str(tmp_path / "file" / "copies"))

    kept(*folders)
    kept(*folders)

    assert len(reads) == 2


def test_no_copy_is_kept_when_none_is_wanted(
    folders: tuple[list[Path], list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, "off")

    kept(*folders)

    assert not (tmp_path / "copies").exists()


def test_copies_not_used_for_longest_are_let_go(
    folders: tuple[list[Path], list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "_MOST", 1)
    kept(*folders)
    (tmp_path / "facts" / "groups.csv").touch()
    kept(*folders)

    assert len(list((tmp_path / "copies").iterdir())) == 1
