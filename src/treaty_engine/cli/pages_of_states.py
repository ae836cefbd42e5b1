"""Which sections `applies` and `gaps` print, from answers in the shape of the contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from treaty_engine.cli.pages import Names, clause, concerns, doubts, needed, told, with_note, within
from treaty_engine.cli.tables import UNVERIFIED, Section
from treaty_engine.treaties import contract as c

Cells = Mapping[str, Callable[[Any], str | None]]
"""What each column of a table has of a conclusion."""

_ACT: Cells = {"act": attrgetter("act"), "act_date": attrgetter("act_date")}
_BOUND: Cells = {"since": attrgetter("since"), **_ACT, "citation": lambda each: clause(each.proof)}
_AHEAD: Cells = {**_ACT, "in_force_on": attrgetter("in_force_on")}
_LEAVING: Cells = {"until": attrgetter("until"), "citation": attrgetter("clause")}
_BEFORE: Cells = {"since": attrgetter("since"), **_LEAVING}
_SINCE = {"since": told("since")}
_FROM_UNTIL = {"since": told("from"), "until": told("until")}


def applies(answer: c.AppliesOut, names: Names) -> list[Section]:
    """What applies to a State."""
    return with_note([*_standings(answer, names), *_terms(answer, names), *_obligations(answer, names)])


def _standings(answer: c.AppliesOut, names: Names) -> Iterator[Section]:
    """Where the State stands to each treaty."""

    def of(
        title: str,
        found: Iterable[c.ConclusionOut],
        cells: Cells,
        in_words: Mapping[str, Callable[[str], str]] | None = None,
        together: tuple[str, ...] = (),
    ) -> Section:
        columns = ("treaty", *cells, UNVERIFIED)
        rows = tuple(
            (
                names("Treaty", str(each.values["treaty"])),
                *(cell(each) or "" for cell in cells.values()),
                doubts(each.proof),
            )
            for each in found
        )
        heading = tuple(cells) if together else ()
        return Section(
            title, columns, rows, told=in_words or {}, together=together, marked="treaty", heading=heading
        )

    looked_for: Cells = {"searched": lambda each: searched(each, names)}
    yield of("Bound", answer.bound, _BOUND, {"since": told("party since")})
    yield of("Notice running", answer.notice_running, _LEAVING, {"until": told("party until")})
    yield of("Consented to be bound, not in force for it", answer.consented, _AHEAD, {"in_force_on": _ahead})
    yield of("Signed only", answer.signed_only, {"signed": attrgetter("signed")}, {"signed": told("signed on")})
    yield of("Former party", answer.former_party, _BEFORE, _FROM_UNTIL)
    yield of("Bound before, and again or not yet again", answer.formerly_bound, _BEFORE, _FROM_UNTIL)
    yield of("No act is recorded", answer.no_act, looked_for, {"searched": told("searched:")}, ("treaty",))
    yield of("Not open to it", answer.not_open, {"citation": attrgetter("citation")})
    for step in dict.fromkeys(each.standing for each in answer.other_standings):
        others = [each for each in answer.other_standings if each.standing == step]
        yield of(step.capitalize(), others, {"citation": attrgetter("citation")})
    unknown = tuple((names("Treaty", u.treaty), needed(u, names)) for u in answer.unknown)
    yield Section("Unknown", ("treaty", "needs"), unknown, together=("treaty",), heading=("needs",))


def _ahead(day: str) -> str:
    return f"enters into force on {day}" if day else "no date of entry into force yet"


def _terms(answer: c.AppliesOut, names: Names) -> Iterator[Section]:
    """What narrows, explains or widens the terms on which it is bound."""
    titles = {
        "reservation": "Subject to its reservation, or to what it excluded",
        "declaration": "Declared how it understands",
        "procedure": "Accepts the procedure",
        "procedure not accepted": "Has not accepted the procedure",
    }
    for term, title in titles.items():
        rows = tuple(
            (
                names("Treaty", str(each.values["treaty"])),
                concerns(each),
                str(each.values.get("date", "")),
                doubts(each.proof),
            )
            for each in answer.terms.get(term, [])
        )
        columns = ("treaty", "concerns", "since", UNVERIFIED)
        yield Section(title, columns, rows, told=_SINCE, together=("concerns", "since"), marked="concerns")


def _obligations(answer: c.AppliesOut, names: Names) -> Iterator[Section]:
    """What the State must do, and what it has undertaken otherwise."""
    yield duties("Duties in law", answer.duties, names)
    taking = ((names("Instrument", i.instrument), i.kind, i.since, doubts(i.proof)) for i in answer.commitments)
    title = "Takes part in (not treaties, or not shown to be)"
    columns = ("instrument", "kind", "since", UNVERIFIED)
    yield Section(title, columns, tuple(taking), told=_SINCE, marked="instrument")
    yield political("Political commitments (not duties in law)", answer.political_duties, names)


def duties(title: str, found: Iterable[c.DutyOut], names: Names) -> Section:
    """What a State must do in law: what most treaties ask first, and with the treaties it follows from."""
    rows = []
    for each in found:
        treaty = names("Treaty", each.treaty) if each.treaty else "membership"
        phrase = names("Duty", each.duty)
        phrase = names.without(phrase, "Treaty", each.treaty, "the treaty") if each.treaty else phrase
        rows.append((f"must {phrase}", each.citation or "", treaty, each.since or "", doubts(each.proof)))
    often = Counter(row[0] for row in rows)
    rows.sort(key=lambda row: (-often[row[0]], row[0], row[1]))
    columns = ("duty", "citation", "treaty", "since", UNVERIFIED)
    together = ("treaty", "since")
    return Section(title, columns, tuple(rows), told=_SINCE, together=together, marked="treaty", counted="duty")


def political(title: str, found: Iterable[c.ConclusionOut], names: Names) -> Section:
    """What is undertaken, and is no duty in law."""
    rows = tuple(
        (
            names("Duty", str(each.values["duty"])),
            str(each.values.get("role", "")),
            names("Instrument", str(each.values["instrument"])),
            each.citation or "",
            doubts(each.proof),
        )
        for each in found
    )
    return Section(title, ("duty", "role", "instrument", "citation", UNVERIFIED), rows, marked="duty")


def gaps(answer: c.GapsOut, names: Names) -> list[Section]:
    """What is missing: each kind of gap, then gaps of whole groups, and what is not known."""
    states = {each.state for each in answer.gaps} | {each.state for each in answer.unknown}
    whose = () if len(states) == 1 else ("state",)
    sections = [_gaps(kind, [each for each in answer.gaps if each.kind == kind], names, whose) for kind in names.kinds]
    groups = tuple(_of_groups(each, names) for each in answer.regional)
    said, together = ("said", "treaty"), ("treaty",)
    columns = (*said, "sentence", UNVERIFIED)
    sections.append(Section("Of whole groups", columns, groups, shown=said, together=together, marked="treaty"))
    unknown = tuple((names("State", u.state), names("Treaty", u.treaty), needed(u, names)) for u in answer.unknown)
    title, open_ = "Unknown, which is not a gap", ("state", "treaty", "needs")
    shown = (*whose, "treaty", "needs")
    sections.append(Section(title, open_, unknown, shown=shown, together=together, heading=("needs",)))
    return with_note(sections)


def _gaps(kind: str, found: Iterable[c.GapOut], names: Names, whose: tuple[str, ...]) -> Section:
    """The gaps of a kind, with the treaties or what they concern together, whichever takes fewer rows."""
    columns = ("state", "treaty", "since", "concerns", "closed_by", UNVERIFIED)
    in_words = {**_SINCE, "closed_by": lambda acts: f"closed by {acts or 'entry into force'}"}
    shown = (*whose, "treaty", "since", "concerns", "closed_by")
    rows = tuple(_gap(each, names) for each in found)
    listed = Section(kind.capitalize(), columns, rows, told=in_words, shown=shown)
    by_treaty = replace(listed, together=("treaty",), marked="treaty", heading=("since", "concerns", "closed_by"))
    by_what = replace(listed, together=("concerns",), marked="concerns", heading=("closed_by",))
    return min(by_treaty, by_what, key=lambda section: len(section.read()))


def _gap(gap: c.GapOut, names: Names) -> tuple[str, ...]:
    """A gap: whose, since when or what it concerns, and what would close it.

    Where it concerns several things, or began when something ended, it goes on as its sentence does; where it is
    dated by nothing and concerns nothing, no act is recorded at all.
    """
    treaty = names("Treaty", gap.treaty)
    since = gap.since if gap.values.get("date") == gap.since else None
    about = "" if since else concerns(gap) or "no act is recorded"
    if gap.since != since or (not since and len(gap.values.keys() - {"state", "treaty", "date"}) > 1):
        about = gap.sentence.partition(treaty)[2].strip() or gap.sentence
    *acts, last = gap.closed_by or [""]
    acts_told = f"{', '.join(acts)} or {last}" if acts else last
    return (names("State", gap.state), treaty, since or "", about, acts_told, doubts(gap.proof))


def _of_groups(each: c.ConclusionOut, names: Names) -> tuple[str, ...]:
    """What is true of a group, the treaty apart from what is said of it."""
    treaty = str(each.values["treaty"])
    said = each.sentence.removesuffix(names.say("Treaty", treaty)).strip()
    said = said if said != each.sentence else names.without(said, "Treaty", treaty, "the treaty")
    return said, names("Treaty", treaty), each.sentence, doubts(each.proof)


def searched(each: c.ConclusionOut, names: Names) -> str:
    """Where an act under a treaty was looked for."""
    absences = (absence for part in within(each.proof) for absence in part.absences)
    found = dict.fromkeys(place for absence in absences for place in absence.searched)
    treaty = str(each.values["treaty"])
    return "; ".join(names.without(place, "Treaty", treaty, "the treaty") for place in found)
