"""Files made to break a reader: each gives one clear error, soon, and without much memory."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.samples import page, xml

GOOD = xml([("Ghana", "", "7 Sep 2000 a")])
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 50}">' for n in range(12))
Made = Callable[[Path], object]


def _text(text: str) -> Made:
    return lambda path: path.write_text(text, encoding="utf-8", newline="")


def _long(text: Callable[[], str]) -> Made:
    """A text made only when its test runs."""
    return lambda path: path.write_text(text(), encoding="utf-8", newline="")


def _bytes(content: bytes) -> Made:
    return lambda path: path.write_bytes(content)


def _huge(path: Path) -> None:
    """A gigabyte that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(GOOD.encode()[:300])
        file.truncate(2**30)


def _in_place_of_ghana(text: str) -> Made:
    return _text(GOOD.replace("Ghana", text))


HOSTILE: dict[str, tuple[str, Made, str]] = {
    "a bomb of entities": ("x.xml", _text(f"<!DOCTYPE t [{BOMB}]>{GOOD[38:].replace('Ghana', '&e11;')}"), "the entity `e0` is declared"),
    "an entity that doubles itself in an attribute": ("x.xml", _text(f'<!DOCTYPE t [{BOMB}]><t a="&e11;"/>'), "the entity `e0` is declared"),
    "an external entity": ("x.xml", _text('<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><t>&x;</t>'), "the entity `x` is declared"),
    "an external parameter entity": ("x.xml", _text('<!DOCTYPE t [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><t/>'), "the entity `x` is declared"),
    "an entity that a foreign DTD would declare": ("x.xml", _text('<!DOCTYPE t SYSTEM "http://127.0.0.1:9/x.dtd"><t>&x;</t>'), "the entity `x` is not declared here"),
    "an entity that nothing declares": ("x.xml", _in_place_of_ghana("&nbsp;"), "undefined entity"),
    "a gigabyte": ("x.xml", _huge, "is too large: 1,024.0 MB"),
    "a gigabyte of CSV": ("4-5.csv", _huge, "is too large: 1,024.0 MB"),
    "elements nested deep": ("x.xml", _long(lambda: "<a>" * 100_000), "elements are nested more than 60 deep"),
    "two million elements": ("x.xml", _long(lambda: "<t>" + "<a/>" * 2_000_000 + "</t>"), "there are more than 200,000 elements"),
    "a cell of seven megabytes": ("x.xml", _long(lambda: GOOD.replace("Ghana", "x" * 7_000_000)), "a cell has more than 100,000 characters"),
    "an attribute of seven megabytes": ("x.xml", _long(lambda: f'<t a="{"x" * 7_000_000}"/>'), "there is no treaty in this XML"),
    "a hundred thousand attributes": ("x.xml", _long(lambda: "<t" + "".join(f" a{n}='{n}'" for n in range(100_000)) + "/>"), "there is no treaty in this XML"),
    "a row of a thousand cells": ("x.xml", _long(lambda: xml([("Ghana",) * 1000])), "a row has more than 50 cells"),
    "thirty thousand rows": ("x.xml", _long(lambda: xml([("Ghana", "", "")] * 30_000)), "a table has more than 20,000 rows"),
    "XML that ends too soon": ("x.xml", _text(GOOD[: len(GOOD) // 2]), "this is not well-formed XML"),
    "XML with tags that do not match": ("x.xml", _text(GOOD.replace("</Tbody>", "</tbody>")), "mismatched tag"),
    "XML that says nothing of treaties": ("x.xml", _text("<rss><channel/></rss>"), "there is no treaty in this XML"),
    "a treaty without a number": ("x.xml", _text("<Treaties><Treaty/></Treaties>"), "the treaty has no number"),
    "a maintenance page": ("x.xml", _text("<!DOCTYPE html><html><title>Urgent maintenance</title></html>"), "this is an HTML page"),
    "a maintenance page that is XML": ("x.xml", _text('<?xml version="1.0"?>\n<!-- x -->\n<HTML><body>unavailable</body></HTML>'), "this is an HTML page"),
    "a page of HTML called CSV": ("4-5.csv", _text("\n\n<html><body>unavailable</body></html>"), "this is an HTML page"),
    "nothing": ("x.xml", _bytes(b""), "is empty"),
    "blanks": ("4-5.csv", _bytes(b" \n\t\n"), "is empty"),
    "a NUL": ("4-5.csv", _bytes(page([("Gha\0na", "", "")]).encode()), "it holds the character 0x00"),
    "an escape sequence": ("4-5.csv", _text(page([("\x1b[2JGhana", "", "")])), "it holds the character 0x1b"),
    "a picture": ("x.xml", _bytes(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(50_000)), "neither UTF-8 nor ISO-8859-1"),
    "a zip": ("4-5.csv", _bytes(b"PK\x03\x04" + bytes(5000)), "it holds the character 0x03"),
    "UTF-16 without its mark": ("x.xml", _bytes(GOOD.encode("utf-16-le")), "it holds the character 0x00"),
    "UTF-16 cut in the middle": ("x.xml", _bytes(GOOD.encode("utf-16")[:-1]), "is not UTF-16 text"),
    "UTF-8 cut in the middle": ("4-5.csv", _bytes(page([("Côte d'Ivoire", "", ""), ("Cô", "", "")]).encode()[:-9]), "neither UTF-8 nor ISO-8859-1"),
    "UTF-8 that was cut out of its encoding": ("4-5.csv", _bytes("Participant,Signature\nCôte d'Ivoire,\n".encode() + b"T\xfcrkiye,"), "neither UTF-8 nor ISO-8859-1"),
    "Windows-1252": ("4-5.csv", _bytes(b"Participant,Signature\nC\xf4te d\x92Ivoire,\n"), "neither UTF-8 nor ISO-8859-1"),
    "a quotation mark never closed": ("4-5.csv", _text('Participant,Signature\n"Ghana,7 Sep 2000\n' + "Niger,\n" * 5), "this is not CSV"),
    "a cell of CSV of seven megabytes": ("4-5.csv", _long(lambda: f"Participant,Signature\n{'x' * 7_000_000},"), "a cell has more than 100,000 characters"),
    "four million rows": ("4-5.csv", _long(lambda: "Participant\n" + "x\n" * 4_000_000), "there are more than 20,000 rows"),
    "eight million columns": ("4-5.csv", _long(lambda: "," * 8_000_000), "a row has more than 50 cells"),
    "eight million lines": ("4-5.csv", _long(lambda: "Participant\n" + "\n" * 8_000_000 + '"'), "this is not CSV"),
    "a row of a million cells": ("4-5.csv", _long(lambda: "Participant\n" + "," * 1_000_000), "a row has more than 50 cells"),
    "another table": ("4-5.csv", _text("name,value\nx,1\n"), "this is no status table"),
    "a status table by no name": ("table.csv", _text(page([("Ghana", "", "")])), "does not say whose table this is"),
    "an index alone": ("index.csv", _text("chapter_no,treaty_no,treaty_name\n4,5,Protocol\n"), "only an index"),
    "an index without numbers": ("index.csv", _text("chapter_no,treaty_no,treaty_name\nx,5,Protocol\n"), "without the numbers of chapter and treaty"),
    "a folder": ("x.xml", lambda path: path.mkdir(), "is a folder, not a file"),
    "a named pipe": ("x.xml", os.mkfifo, "is no ordinary file"),
    "a device": ("x.xml", lambda path: path.symlink_to("/dev/zero"), "is no ordinary file"),
    "a link to itself": ("x.xml", lambda path: path.symlink_to(path), "cannot be opened"),
    "nothing at all": ("x.xml", lambda _: None, "there is no file"),
}  # fmt: skip


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))


def _import(file: Path, out: Path) -> tuple[int, str, float, float]:
    """Exit status, complaint, seconds and megabytes of an import in a process of its own."""
    words = [
        sys.executable,
        "-c",
        "from treaty_engine.cli import main; main()",
        "import",
        "untc",
        str(file),
        "--out",
        str(out),
    ]
    begun = time.monotonic()
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, preexec_fn=_limited) as process:
        assert process.stderr
        complaint = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, complaint, time.monotonic() - begun, used.ru_maxrss / 1024


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_file_gives_a_clear_error_soon(tmp_path: Path, name: str) -> None:
    file, made, expected = HOSTILE[name]
    made(tmp_path / file)
    status, complaint, seconds, megabytes = _import(tmp_path / file, tmp_path / "out")
    assert status == 2, complaint
    assert expected in complaint
    assert "Traceback" not in complaint
    assert "\x1b" not in complaint
    assert len(complaint) < 1000
    assert file in complaint or "these files" in complaint
    assert not (tmp_path / "out").exists()
    assert seconds < 60
    # a process is charged with what the one that starts it held: the bound is that, or 200 where it held less
    assert megabytes < max(200, 1.05 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + 5)


def test_all_that_is_wrong_in_several_files_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "cut.xml").write_text(GOOD[:400], encoding="utf-8")
    (tmp_path / "empty.xml").write_bytes(b"")
    from tests.cli.running import run

    files = [str(tmp_path / name) for name in ("good.xml", "cut.xml", "empty.xml")]
    status, _, complaint = run("import", "untc", *files, "--out", str(tmp_path / "out"))
    assert status == 2
    assert "cut.xml:2:" in complaint
    assert "empty.xml` is empty" in complaint
    assert not (tmp_path / "out").exists()
