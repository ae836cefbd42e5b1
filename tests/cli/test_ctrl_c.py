"""How a command ends that is not let alone: Ctrl-C leaves one line, the status 130, and no file that was not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from tests.importers.samples import xml
from treaty_engine import files
from treaty_engine.errors import Refused
from treaty_engine.signals import undisturbed
from treaty_engine.treaties.kept import FOLDER

ROWS = [("Ghana", "7 Sep 2000", "7 Sep 2000")] * 20_000
"""So many rows take longer to understand than a signal to arrive."""

MOMENTS = {
    "modules are imported": "typer.colors",
    "rules and facts are read": "treaty_engine.language.strict_yaml",
    "rules are evaluated": "treaty_engine.engines.compiled",
    "the answer is worked out": "treaty_engine.explain.whynot",
}
"""What happens once a module has been imported, which Python is asked to tell."""


def interrupted(sign: str, folder: Path, *words: str, by: signal.Signals = signal.SIGINT) -> tuple[int, str, list[str]]:
    """The status, what was printed, and what was said of a command that is interrupted once a module is there."""
    command = [sys.executable, "-X", "importtime", "-c", "from treaty_engine.cli import main; main()", *words]
    started = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, FOLDER: str(folder / "copies"), "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=lambda: signal.signal(by, signal.SIG_DFL),  # which a job in the background ignores
    )
    assert started.stderr is not None
    for line in started.stderr:
        if line.split("|")[-1].strip() == sign:
            break
    started.send_signal(by)
    out, complaint = started.communicate()
    return started.returncode, out, [line for line in complaint.splitlines() if not line.startswith("import time:")]


@pytest.mark.parametrize("sign", MOMENTS.values(), ids=MOMENTS)
def test_a_question_that_is_interrupted_ends_in_one_line(tmp_path: Path, sign: str) -> None:
    assert interrupted(sign, tmp_path, "gaps", "--on", "2014-01-01") == (130, "", ["interrupted"])
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".corpus"]


@pytest.mark.parametrize("sign", ["typer.colors", "treaty_engine.importers.untc", "treaty_engine.importers.xml_tables"])
def test_an_import_that_is_interrupted_leaves_nothing(tmp_path: Path, sign: str) -> None:
    (tmp_path / "table.xml").write_text(xml(ROWS), encoding="utf-8")
    words = ("import", "untc", str(tmp_path / "table.xml"), "--out", str(tmp_path / "new" / "out"))
    assert interrupted(sign, tmp_path, *words) == (130, "", ["interrupted"])
    assert [path.name for path in tmp_path.iterdir()] == ["table.xml"]


def test_whoever_asks_a_process_to_end_is_answered_alike(tmp_path: Path) -> None:
    status = interrupted("typer.colors", tmp_path, "gaps", by=signal.SIGTERM)
    assert status == (128 + signal.SIGTERM, "", ["terminated"])


def test_a_command_whose_complaints_nobody_hears_still_has_its_status() -> None:
    command = [sys.executable, "-c", "from treaty_engine.cli import main; main()", "schema", "nothing"]
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *command],
        check=False,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (ended.returncode, ended.stdout) == (2, b"")


@pytest.fixture
def _foreground() -> Iterator[None]:
    """Ctrl-C is what it is in the foreground, wherever the tests run."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_foreground")
def test_work_that_is_undisturbed_is_done_before_ctrl_c_arrives() -> None:
    done = []

    def work() -> None:
        with undisturbed():
            with undisturbed():
                signal.raise_signal(signal.SIGINT)
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["inner", "outer"]


def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_files_are_written_in_other_threads_too(tmp_path: Path) -> None:
    writing = threading.Thread(target=files.write, args=({tmp_path / "a": b"a"},))
    writing.start()
    writing.join()
    assert (tmp_path / "a").read_bytes() == b"a"


@pytest.mark.usefixtures("_foreground")
def test_ctrl_c_while_files_are_written_waits_until_all_have_their_names(tmp_path: Path) -> None:
    replace = os.replace

    def disturbed(source: Path, target: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        replace(source, target)

    with mock.patch("os.replace", disturbed), pytest.raises(KeyboardInterrupt):
        files.write({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused, match=r"folder` cannot be written: it is no ordinary file$"):
        files.write({tmp_path / "a": b"new", tmp_path / "folder": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "folder"]


def test_a_file_keeps_its_permissions_and_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    files.write({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_that_the_mask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write({tmp_path / "shared": b""})
        files.write({tmp_path / "own": b""}, mode=0o600)
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("shared", "own")] == [0o640, 0o600]


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may do everything is refused nothing")
def test_a_file_that_may_not_be_written_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"old")
    (tmp_path / "mine").chmod(0o444)
    with pytest.raises(Refused, match="cannot be written: Permission denied"):
        files.write({tmp_path / "mine": b"new"})
    assert (tmp_path / "mine").read_bytes() == b"old"
