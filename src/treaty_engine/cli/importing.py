"""The verb import: official status tables become a package of facts that `--facts` can load."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treaty_engine.dates import day
from treaty_engine.errors import Problem, Refused
from treaty_engine.progress import counted
from treaty_engine.treaties.places import packaged

if TYPE_CHECKING:
    from treaty_engine.importers.folder import Difference
    from treaty_engine.importers.known import Known
    from treaty_engine.importers.outcome import Outcome

app = typer.Typer(no_args_is_help=True)
_SHOWN = 20
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

Tables = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Tables in XML or CSV.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of the package.", show_default=False)]
StatusDate = Annotated[str, typer.Option("--status-date", metavar="DATE", help="The day of which the tables speak.")]
SourceId = Annotated[str, typer.Option("--source", metavar="ID", help="The source that the facts will name.")]
Facts = Annotated[
    list[Path] | None, typer.Option("--facts", metavar="DIR", help="More facts that know States and treaties.")
]


@app.command()
def untc(tables: Tables, out: Out, status_date: StatusDate = "", source: SourceId = "", facts: Facts = None) -> None:
    """Status tables of the UN Treaty Collection: its XML, or the CSV of its pages with their index."""
    from treaty_engine.importers import untc as importer
    from treaty_engine.importers.files import untc_tables

    known = _known(out, facts)
    when = _day(status_date)
    name, when = _source(source or f"untc-{when or 'undated'}", when, known)
    found = untc_tables(counted(tables, "Reading tables"))
    outcome = importer.imported(counted(found, "Understanding tables"), importer.Asked(known, name, when))
    _finish(outcome, out, "untc", f"{len(found)} {_plural('table', len(found))}")
    if when is None:
        _hint("no --status-date: nothing says until when the tables are complete, so their silence proves nothing")


@app.command()
def normlex(tables: Tables, out: Out, status_date: StatusDate = "", source: SourceId = "", facts: Facts = None) -> None:
    """Tables of ratifications of the ILO's NORMLEX, in CSV."""
    from treaty_engine.importers import normlex as importer
    from treaty_engine.importers.files import gathered
    from treaty_engine.importers.outcome import together
    from treaty_engine.importers.reading import document

    known = _known(out, facts)
    when = _day(status_date)
    if source:
        source, when = _source(source, when, known)
    asked = importer.Asked(known, source, when)
    outcomes = gathered(counted(tables, "Reading tables"), lambda path: importer.imported(document(path), asked))
    _finish(together(outcomes), out, "normlex", f"{len(tables)} {_plural('table', len(tables))}")


def _known(out: Path, facts: Sequence[Path] | None) -> Known:
    """What the facts know already, once it is clear that the package may be written. Raises Refused."""
    from treaty_engine.importers import folder
    from treaty_engine.importers.known import known

    folder.check(out)
    return known([packaged("facts"), *(facts or ())])


def _day(text: str) -> date | None:
    try:
        return day(text) if text else None
    except ValueError as wrong:
        raise Refused(Problem(f"--status-date: {wrong}")) from None


def _source(name: str, when: date | None, known: Known) -> tuple[str, date | None]:
    """The identifier of the source, and its day: that of the registry where the source is known. Raises Refused."""
    if not _ID.fullmatch(name):
        raise Refused(Problem(f"--source: `{name}` is no identifier", hint="letters, figures, dots and hyphens"))
    member = known.sources.members.get(name)
    complete = member.extra.get("complete_until", "") if member else ""
    if not complete:
        return name, when
    if when and when.isoformat() != complete:
        hint = "leave out --status-date, or give the tables a source of their own"
        raise Refused(Problem(f"the source `{name}` is known, and is of {complete}, not of {when}", hint=hint))
    return name, day(complete)


def _finish(outcome: Outcome, out: Path, kind: str, tables: str) -> None:
    """Writes the package and says what was read, written, reported and changed."""
    from treaty_engine.importers import folder, package

    files = package.files(outcome, kind)
    difference = folder.difference(out, files)
    folder.write(out, files)
    days = sum(not record.in_period for record in outcome.records)
    print(f"{tables}: {outcome.rows:,} rows read")
    print(f"{outcome.facts:,} facts written to {out}")
    print(f"  {days:,} acts on a day, {len(outcome.records) - days:,} in a period, {len(outcome.entries):,} entries")
    print(f"  {len(outcome.treaties):,} new treaties, {len(outcome.sources):,} new sources")
    parts = len(outcome.unread) - outcome.reported
    print(f"{outcome.reported:,} rows and {parts:,} other parts became no fact: {out / package.REPORT}")
    for reason, count in outcome.reasons().items():
        print(f"  {count:,} {reason}")
    if difference is not None:
        _print_difference(difference)


def _print_difference(difference: Difference) -> None:
    added, removed, changed = map(len, (difference.added, difference.removed, difference.changed))
    print(f"since the last import: {added:,} added, {removed:,} removed, {changed:,} changed")
    for sign, lines in (("+", difference.added), ("-", difference.removed), ("~", difference.changed)):
        for line in lines[:_SHOWN]:
            print(f"  {sign} {line}")
        if len(lines) > _SHOWN:
            print(f"  {sign} … and {len(lines) - _SHOWN:,} more")


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _hint(text: str) -> None:
    sys.stderr.write(f"  help: {text}\n")
