"""Figures that pages name in their prose, counted anew: what stands between braces is what the facts come to."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.docs.transcripts import ROOT
from treaty_engine.language.strict_yaml import Entries, Items, Text, parse, text_of
from treaty_engine.treaties.corpus import Corpus
from treaty_engine.treaties.loading import load

SAID: Mapping[str, tuple[str, ...]] = {
    "README.md": (
        "over {rules} rules, each with a citation and examples",
        "some {facts} facts on {treaties} treaties: every participant of {listed 2015} treaties of the United Nations in"
        " March 2015 and of {listed 2020} of them in September 2020, the {members} Members of the ILO under"
        " {listed ilo} of its instruments in June 2026",
        "ends in March 2015, for {listed 2020} of them in September 2020",
        "give years; {elsewhere} of them, such as C-97 and C-189,",
        "declarations and objections are those of {reserving} States, until March 2015",
        "has its first day for {joined} States only",
    ),
    "facts/README.md": (
        "beside them, under {treaties} treaties;",
        "the {claims} claims of the chapter",
        "the status tables of {listed 2015} treaties, `ohchr-2020/` {listed 2020} treaties five years later",
        "`normlex-2026/` {listed ilo} instruments of the ILO for its {members} Members by the year",
        "declarations and objections of {reserving} States, and what",
        "the two are the same for {alike} of {compared} pairs of a State and a protocol",
        "recorded for the {joined} States of the chapter alone",
    ),
    "facts/datapackage.json": ("acts of all States under {treaties} treaties, the",),
    "docs/claims.md": ("has the claims of the chapter of 2008, all {claims}.",),
    "docs/conflicts.md": (
        "of March 2015 ({listed 2015} treaties, {acts} acts)",
        "under {common} of the same treaties",
        "raise one alarm in {acts} acts",
    ),
}
"""What each page says, and which figure where."""

_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"]
_PROTOCOLS = {
    "ICCPR": "ICCPR-OP1",
    "CEDAW": "OP-CEDAW",
    "CRPD": "CRPD-OP",
    "ICESCR": "ICESCR-OP",
    "CRC": "OP-CRC-IC",
}
"""The protocol by which a State accepts communications about a convention."""


@cache
def figures() -> dict[str, str]:
    """Every figure by its name, as prose has it: in words up to fourteen."""
    corpus = load([ROOT / "rules"], [ROOT / "facts"])
    lists = "<source> lists every participant in <treaty>"
    alike, compared = _communications()
    counted = {
        "treaties": len(corpus.members("Treaty")),
        "listed 2015": len(_stated(corpus, lists, source="untc-2015")),
        "listed 2020": len(_stated(corpus, lists, source="ohchr-2020")),
        "listed ilo": len(_stated(corpus, lists, source="normlex-2026")),
        "elsewhere": len(
            _stated(corpus, "<source> is the depositary's own record of <treaty>", source="normlex-by-convention")
        ),
        "members": len(_stated(corpus, "<state> was a member of <group> on <date>", group="ILO", date="2026-06-04")),
        "joined": len(
            {each[0] for each in _stated(corpus, "<state> became a member of <group> in <period>", group="ILO")}
        ),
        "reserving": len(
            _stated(corpus, "the reservations and declarations of <state> are carried over from <source>")
        ),
        "claims": len(_claims()),
        "acts": len(_rows("records/untc-2015/acts.csv")),
        "common": len(
            {r["treaty"] for r in _rows("records/untc-2015/acts.csv")}
            & {r["treaty"] for r in _rows("records/ohchr-2020/acts.csv")}
        ),
        "alike": alike,
        "compared": compared,
    }
    told = {name: _WORDS[n] if n < len(_WORDS) else f"{n:,}" for name, n in counted.items()}
    about = {"rules": len(corpus.authored) // 100 * 100, "facts": round(len(corpus.given), -3)}
    return told | {name: f"{n:,}" for name, n in about.items()}


def miscounted() -> list[str]:
    """Where a page names another figure, or says something else."""
    found = []
    for page, told in SAID.items():
        text = (ROOT / page).read_text(encoding="utf-8")
        found += [f"{page}: {each}" for each in map(_filled, told) if each not in text]
    return found


def counted_anew() -> dict[Path, bytes]:
    """The pages with their figures as they are now."""
    pages = {}
    for page, told in SAID.items():
        text = (ROOT / page).read_text(encoding="utf-8")
        for each in told:
            somehow = r"[\w,]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", each))
            text = re.sub(somehow, lambda _, each=each: _filled(each), text)  # type: ignore[misc]
        pages[ROOT / page] = text.encode()
    return pages


def _filled(said: str) -> str:
    return re.sub(r"\{([^}]*)\}", lambda name: figures()[name[1]], said)


def _stated(corpus: Corpus, sentence: str, **values: str) -> set[tuple[str, ...]]:
    """What the facts say in a sentence of these values."""
    holes = [hole.name for hole in corpus.vocabulary.predicates[sentence].holes]
    rows = (tuple(map(str, each.fact.values)) for each in corpus.given if each.fact.predicate == sentence)
    return {row for row in rows if values.items() <= dict(zip(holes, row, strict=True)).items()}


def _claims() -> set[str]:
    """The numbers of the chapter's claims: one that is read in two ways is one."""
    path = ROOT / "facts" / "chapter-2008" / "claims.yaml"
    return {name.partition(",")[0] for name in _ids(parse(text_of(path, path.name), path.name))}


def _ids(node: object) -> Iterator[str]:
    listed = node.entries.get("claims") if isinstance(node, Entries) else None
    for item in listed.items if isinstance(listed, Items) else ():
        named = item.entries.get("id") if isinstance(item, Entries) else None
        if isinstance(named, Text):
            yield named.text


def _communications() -> tuple[int, int]:
    """Of how many pairs the table of 2020 has the day on which the table of 2015 has the consent to the protocol."""
    acts: dict[tuple[str, str], set[str]] = {}
    for row in _rows("records/untc-2015/acts.csv"):
        if "signature" not in row["act"]:
            acts.setdefault((row["treaty"], row["state"]), set()).add(row["date"])
    days = [
        (row["date"], acts.get((_PROTOCOLS[row["treaty"]], row["state"]), set()))
        for row in _rows("records/ohchr-2020/acceptances.csv")
        if row["procedure"] == "individual communications" and row["treaty"] in _PROTOCOLS and row["date"] <= "2015-03-14"
    ]
    return sum(day in known for day, known in days), len(days)


def _rows(path: str) -> list[dict[str, str]]:
    with (ROOT / "facts" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
