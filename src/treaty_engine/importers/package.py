"""Writes an import as a data package: its tables, their description, and the report of what was not understood."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from treaty_engine.importers.outcome import Outcome
from treaty_engine.treaties.description import DESCRIPTION

NAME = "treaty-engine-import"
REPORT = "not-understood.csv"
RECORDS, PERIODS = "records.csv", "periods.csv"
_REPORTED = ("file", "row", "column", "text", "reason")
_CITED = {
    "source": "The source that tells us this row",
    "locator": "Where in that source: table, row, column",
    "unverified": "What could not be confirmed on a text; empty where nothing is in doubt",
}
_RECORDED = {
    "recorded_by": "The source that records the act",
    "treaty": "Treaty",
    "state": "State or other participant",
    "act": "The act",
}
_READ = {
    "printed": "The cell as printed (not stated as a fact)",
    "note": "Remark of the import (not stated as a fact)",
}
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "sources": {
        "id": "Stable identifier",
        "name": "How it is printed",
        "aliases": 'Other names, separated by " | "',
        "title": "Title",
        "collection": "What it belongs to",
        "publisher": "Who published it",
        "authority": "What kind of word it is",
        "stated_as_of": "The date that it claims for itself, or was given for it",
        "as_known_on": "The day from which it could be known",
        "complete_until": "The day until which it is taken to be complete for what it lists",
        "why_that_date": "Why that day is used",
    },
    "treaties": {
        "id": "Stable identifier",
        "name": "How it is printed",
        "full_title": "Title, place and date as the source has them",
        "aliases": 'Number and other names, separated by " | "',
        "number": "Number in the collection of the depositary",
    },
    "records": _RECORDED | {"date": "The day of the act"} | _READ,
    "periods": _RECORDED | {"period": "The time in which the act took place, as it is known"} | _READ,
    "entries": {key: _RECORDED[key] for key in ("recorded_by", "treaty", "state")},
}
_RECORDS_ACT = "<recorded_by> records <act> by <state> under <treaty>"
_STATED: Mapping[str, Mapping[str, Any]] = {
    "sources": {
        "title": "The sources of the import",
        "registry": {"type": "Source", "id": "id", "name": "name", "aliases": "aliases"},
        "sentences": [{"sentence": "<id> is complete until <complete_until>", "if": "complete_until"}],
    },
    "treaties": {
        "title": "Treaties that the packaged facts do not have",
        "registry": {"type": "Treaty", "id": "id", "name": "name", "aliases": "aliases"},
    },
    "records": {
        "title": "Acts known to the day",
        "sentences": [{"sentence": f"{_RECORDS_ACT} on <date>"}],
        "records": True,
    },
    "periods": {
        "title": "Acts known to a year or another period",
        "sentences": [{"sentence": f"{_RECORDS_ACT} in <period>"}],
        "records": True,
    },
    "entries": {
        "title": "Of whom the source says all there is: rows that were understood in whole, blanks included",
        "sentences": [{"sentence": "<recorded_by> has an entry for <state> under <treaty>"}],
        "records": True,
    },
}


def files(outcome: Outcome, kind: str) -> dict[str, bytes]:
    """The files of the package by name, the same bytes for the same outcome."""
    tables = _tables(outcome)
    found = {f"{name}.csv": _csv(_fields(name), tables[name]) for name in _COLUMNS}
    found[REPORT] = _csv(_REPORTED, _report(outcome))
    found[DESCRIPTION] = _description(kind)
    return found


def _fields(name: str) -> list[str]:
    return [*_COLUMNS[name], *_CITED]


def _tables(outcome: Outcome) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each table, in an order that does not depend on that of the files."""
    sources = [
        (s.id, s.name, "", s.title, s.collection, s.publisher, s.authority, s.stated, s.known_on, s.complete_until,
         s.why, s.id, s.locator, "") for s in outcome.sources
    ]  # fmt: skip
    treaties = [
        (t.id, t.name, t.title, " | ".join(t.aliases), t.number, t.source, t.locator, "") for t in outcome.treaties
    ]
    acts = [
        ((r.source, r.treaty, r.state, r.act, r.when, r.printed, r.note, r.source, r.locator, ""), r.in_period)
        for r in outcome.records
    ]
    entries = [(e.source, e.treaty, e.state, e.source, e.locator, "") for e in outcome.entries]
    return {
        "sources": sorted(sources),
        "treaties": sorted(treaties),
        "records": sorted(row for row, in_period in acts if not in_period),
        "periods": sorted(row for row, in_period in acts if in_period),
        "entries": sorted(entries),
    }


def _report(outcome: Outcome) -> Iterable[tuple[str, ...]]:
    for each in sorted(outcome.unread, key=lambda unread: (unread.file, unread.row, unread.column, unread.text)):
        yield each.file, str(each.row or ""), each.column, each.text, each.reason


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _description(kind: str) -> bytes:
    described = {
        "profile": "tabular-data-package",
        "name": f"{NAME}-{kind}",
        "title": f"Status tables imported by treaty-engine ({kind})",
        "description": f"Made by `treaty-engine import {kind}`; {REPORT} has what became no fact, and why.",
        "resources": [_resource(name) for name in _COLUMNS],
    }
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _resource(name: str) -> dict[str, Any]:
    described = {**_COLUMNS[name], **_CITED}
    fields = [{"name": field, "type": "string", "description": text} for field, text in described.items()]
    return {
        "name": f"import-{name}",
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": _STATED[name]["title"],
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
        **{key: value for key, value in _STATED[name].items() if key != "title"},
    }
