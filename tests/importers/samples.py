"""Small tables written for the tests, in the shapes of the official ones, and where the official ones may be."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.cli.running import run

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("TREATY_ENGINE_DATA", ROOT.parent / "shared" / "data"))
official = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the official tables are not at {DATA}: set TREATY_ENGINE_DATA"
)

SIGNED = ("Signature", "Ratification, Accession(a), Succession(d)")
Rows = Sequence[tuple[str, ...]]


def xml(rows: Rows, *, headings: tuple[str, ...] = SIGNED, chapter: str = "CHAPTER IV", number: str = "5") -> str:
    """A status table as the XML export writes it: markup inside the text is escaped."""
    head = "".join(f"<Entry>{escape(cell)}</Entry>" for cell in ("Participant", *headings))
    body = "".join(f"<Row>{''.join(f'<Entry>{escape(cell)}</Entry>' for cell in row)}</Row>\n" for row in rows)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Treaties>'
        f"<Header><Chapter><Number>{chapter}</Number><Name>HUMAN RIGHTS</Name></Chapter></Header>"
        f"<Treaty><ExternalData><Number>{number}</Number><Titlesect>Optional Protocol</Titlesect>"
        "<Conclusion>New York, 16 December 1966</Conclusion></ExternalData><Participants><Table><TGroup>"
        f"<Thead><Row>{head}</Row></Thead><Tbody><Rows>\n{body}</Rows></Tbody>"
        "</TGroup></Table></Participants></Treaty></Treaties>\n"
    )


def page(rows: Rows, headings: tuple[str, ...] = SIGNED) -> str:
    """A status table as the CSV of a page writes it."""
    quoted = (",".join(f'"{cell}"' for cell in row) for row in (("Participant", *headings), *rows))
    return "\n".join(quoted) + "\n"


class Imported:
    """What an import printed, and the rows of the files that it wrote."""

    def __init__(self, out: Path, *words: str) -> None:
        self.out = out
        self.status, self.said, self.complaint = run("import", *words, "--out", str(out))

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one of the files."""
        with (self.out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def acts(self, state: str) -> list[tuple[str, str]]:
        """The acts of a State, each with its day or period."""
        days = [(row["act"], row["date"]) for row in self.rows("records") if row["state"] == state]
        return days + [(row["act"], row["period"]) for row in self.rows("periods") if row["state"] == state]

    def entries(self) -> list[str]:
        """The States of whom the source says all there is."""
        return [row["state"] for row in self.rows("entries")]

    def reasons(self) -> list[str]:
        """Why things became no fact."""
        return [row["reason"] for row in self.rows("not-understood")]


def untc(folder: Path, text: str | bytes, *words: str, name: str = "IV-5.en.xml", day: str = "2015-03-14") -> Imported:
    """The import of one table of the UN."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    dated = ("--status-date", day) if day else ()
    return Imported(folder / "out", "untc", str(file), *dated, *words)


def normlex(folder: Path, text: str, *words: str) -> Imported:
    """The import of one table of NORMLEX."""
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    return Imported(folder / "out", "normlex", str(file), *words)
