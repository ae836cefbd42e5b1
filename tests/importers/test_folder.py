"""The folder of an import: the same bytes again, what changed, and nothing half-written or overwritten."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from tests.importers.samples import Imported, untc, xml
from treaty_engine.errors import Refused
from treaty_engine.importers import folder

FIRST = [("Ghana", "7 Sep 2000", "7 Sep 2000"), ("Niger", "", "1 Mar 1986 a"), ("[Jamaica]", "", "3 Oct 1975")]
SECOND = [("Ghana", "7 Sep 2000", "8 Sep 2000"), ("Mali", "", "24 Oct 2001 a"), ("[Jamaica]", "", "3 Oct 1975")]


def _bytes(found: Imported) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in found.out.iterdir()}


def test_the_same_import_again_writes_the_same_bytes_and_changes_nothing(tmp_path: Path) -> None:
    first = untc(tmp_path, xml(FIRST))
    before, times = _bytes(first), {path.name: path.stat().st_mtime_ns for path in first.out.iterdir()}
    again = untc(tmp_path, xml(FIRST))
    assert "since the last import: 0 added, 0 removed, 0 changed" in again.said
    assert _bytes(again) == before
    assert {path.name: path.stat().st_mtime_ns for path in again.out.iterdir()} == times
    assert "since" not in first.said


def test_the_order_of_rows_and_files_changes_no_byte(tmp_path: Path) -> None:
    before = _bytes(untc(tmp_path, xml(FIRST)))
    changed = _bytes(untc(tmp_path, xml(FIRST[::-1])))
    assert changed == before


def test_a_later_import_says_what_changed(tmp_path: Path) -> None:
    untc(tmp_path, xml(FIRST))
    found = untc(tmp_path, xml(SECOND))
    assert "since the last import: 1 added, 1 removed, 1 changed" in found.said
    assert "+ untc-2015-03-14: accession by MLI under ICCPR-OP1: 2001-10-24" in found.said
    assert "- untc-2015-03-14: accession by NER under ICCPR-OP1: 1986-03-01" in found.said
    assert "~ untc-2015-03-14: ratification by GHA under ICCPR-OP1: 2000-09-07 -> 2000-09-08" in found.said


def test_a_broken_file_leaves_the_last_import_as_it_was(tmp_path: Path) -> None:
    before = _bytes(untc(tmp_path, xml(FIRST)))
    broken = untc(tmp_path, xml(SECOND)[:500])
    assert broken.status == 2
    assert _bytes(broken) == before


def test_an_error_while_writing_leaves_the_last_import_as_it_was(tmp_path: Path) -> None:
    before = _bytes(untc(tmp_path, xml(FIRST)))
    with mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")):
        found = folder_written(tmp_path / "out")
    assert "cannot be written: No space left on device" in found
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def folder_written(out: Path) -> str:
    """What is said when a file cannot be written."""
    with pytest.raises(Refused) as refused:
        folder.write(out, {"records.csv": b"half"})
    return str(refused.value)


def test_an_import_that_cannot_be_written_leaves_no_folder(tmp_path: Path) -> None:
    with (
        mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")),
        pytest.raises(Refused, match="No space left on device"),
    ):
        folder.write(tmp_path / "new" / "out", {"a.csv": b"a"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("datapackage.json", '{"name": "treaty-engine-facts"}', "holds another data package, which is not overwritten"),
        ("datapackage.json", "[]", "holds another data package, which is not overwritten"),
        ("records.csv", "mine", "holds `records.csv`, which no import wrote"),
    ],
)
def test_what_no_import_wrote_is_not_overwritten(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text(content, encoding="utf-8")
    found = untc(tmp_path, xml(FIRST))
    assert (found.status, complaint in found.complaint) == (2, True)
    assert (tmp_path / "out" / name).read_text(encoding="utf-8") == content


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    found = untc(tmp_path, xml(FIRST))
    assert (found.status, "is a file, not a folder" in found.complaint) == (2, True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--status-date", "14 March 2015"), "--status-date: `14 March 2015` is not a date"),
        (("--source", "a b"), "--source: `a b` is no identifier"),
    ],
)
def test_options_that_say_nothing_are_refused(tmp_path: Path, words: tuple[str, ...], complaint: str) -> None:
    found = untc(tmp_path, xml(FIRST), *words, day="")
    assert (found.status, complaint in found.complaint) == (2, True)
