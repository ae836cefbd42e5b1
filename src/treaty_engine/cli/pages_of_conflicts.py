"""Which sections and rows `conflicts` prints, from the answer in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterator

from treaty_engine.cli import pages
from treaty_engine.cli.tables import MARK, Section
from treaty_engine.treaties import contract_of_conflicts as c


def sections(answer: c.ConflictsOut, names: pages.Names) -> list[Section]:
    """Where sources disagree, by diagnosis."""
    columns = ("case", "in_doubt", "beside", "chosen_by", "effect")
    told: dict[str, list[tuple[str, ...]]] = {}
    for each in answer.conflicts:
        told.setdefault(each.diagnosis, []).append(_conflict(each, names))
    return pages.with_note([Section(title.capitalize(), columns, tuple(lines)) for title, lines in told.items()])


def _conflict(each: c.ConflictOut, names: pages.Names) -> tuple[str, ...]:
    """A row: the State and the treaty, the records on both sides, what chose, and what hangs on it."""
    told = [(record.doubted, _record(record, names)) for record in each.records]
    told += [(True, f"{names('Source', source)}: no act") for source in _silent(each)]
    doubted, beside = ("; ".join(dict.fromkeys(text for side, text in told if side is on)) for on in (True, False))
    chosen = f"chosen by {each.chosen_by.rule} ({each.chosen_by.citation})" if each.chosen_by else "nothing chooses"
    one, other = each.effect.by_the_record_in_doubt, each.effect.otherwise
    hangs = f"changes nothing: by either alone {one}"
    if one != other:
        hangs = f"{each.effect.kind}: by what is in doubt {one}; otherwise {other}"
    case = f"{names('State', each.state)}, {names('Treaty', each.treaty)}"
    return case, doubted, f"beside {beside}" if beside else "", chosen, hangs


def _silent(each: c.ConflictOut) -> list[str]:
    """The sources in doubt that have no record of the pair, not even an empty entry."""
    heard = {record.source for record in each.records}
    return [source for source in each.in_doubt if source not in heard]


def _record(record: c.RecordOut, names: pages.Names) -> str:
    """A source, what it records, the cell as printed, and where it stands."""
    source, values = names("Source", record.source), record.values
    said = f"{values.get('act', '')} {values.get('date') or values.get('period') or ''}".strip() or "no act"
    printed = f", printed {record.printed}" if record.printed else ""
    doubt = MARK if record.unverified else ""
    return f"{source}: {said}{printed} ({names.place(record)}){doubt}"


def rows(answer: c.ConflictsOut) -> Iterator[tuple[str, ...]]:
    """Each record of each conflict, with the conflict that it belongs to: the rows of the table in CSV."""
    for number, each in enumerate(answer.conflicts, 1):
        case = (str(number), each.diagnosis, each.state, each.treaty)
        ending = ((each.chosen_by.rule or "") if each.chosen_by else "", each.effect.kind)
        for record in each.records:
            said = [str(record.values.get(name, "")) for name in ("act", "date")]
            side, relied = "in doubt" if record.doubted else "beside", "yes" if record.relied_on else ""
            yield *case, side, record.source, *said, record.printed or "", record.locator, relied, *ending
        for source in _silent(each):
            yield *case, "in doubt", source, "", "", "", "", "", *ending


COLUMNS = (
    "conflict", "diagnosis", "state", "treaty", "side", "source", "act", "date", "printed", "locator", "relied_on",
    "chosen_by", "effect",
)  # fmt: skip
