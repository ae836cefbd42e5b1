"""Which sections a verb prints, from the answer in the shape of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from treaty_engine.cli.show import Section
from treaty_engine.treaties import contract as c
from treaty_engine.treaties.corpus import Corpus

MANY = 20
"""How many instruments are printed whole; of more, only those that came until the number was complete."""
MARK = " *"
NOTE = "* rests on something that could not be confirmed on a text; `why` says what"


class Names:
    """The printed names of States, treaties, duties and instruments."""

    def __init__(self, corpus: Corpus) -> None:
        self.types = corpus.vocabulary.types

    def __call__(self, type_name: str, member: str) -> str:
        return self.types.show(type_name, member)


def dates(answer: c.Answer) -> list[str]:
    """The days that an answer speaks of, and what it presumes."""
    known = f" · known up to {answer.known_up_to}" if answer.known_up_to else ""
    lines = [f"as of {answer.as_of} · known by {answer.known_by or 'today'}{known}"]
    if answer.sources:
        lines.append(f"records of acts only from: {', '.join(answer.sources)}")
    if answer.presumed_after:
        lines.append(f"the sources end on {answer.presumed_after}: the last known status is presumed to continue")
    return lines


def applies(answer: c.AppliesOut, names: Names) -> list[Section]:
    """What applies to a State."""
    return with_note([*_standings(answer, names), *_terms(answer, names), *_obligations(answer, names)])


def _standings(answer: c.AppliesOut, names: Names) -> Iterator[Section]:
    """Where the State stands to each treaty."""

    def named(each: c.ConclusionOut) -> str:
        return names("Treaty", str(each.values["treaty"])) + mark(each.proof)

    def ahead(each: c.ConsentedOut) -> str:
        return f"enters into force on {each.in_force_on}" if each.in_force_on else "no date of entry into force yet"

    def period(each: c.FormerOut) -> tuple[str, str, str]:
        return named(each), f"from {each.since} until {each.until}", each.clause or ""

    bound = [(named(b), f"party since {b.since}", b.act or "", b.act_date or "", clause(b.proof)) for b in answer.bound]
    running = [(named(n), f"party until {n.until}", n.clause or "") for n in answer.notice_running]
    consented = [(named(b), b.act or "", b.act_date or "", ahead(b)) for b in answer.consented]
    signed = [(named(s), f"signed on {s.signed}") for s in answer.signed_only]
    no_act = [(named(n), searched(n.proof, names("Treaty", str(n.values["treaty"])))) for n in answer.no_act]
    not_open = [(named(n), n.citation or "") for n in answer.not_open]
    unknown = [(names("Treaty", u.treaty), needed(u, names)) for u in answer.unknown]
    yield Section("Bound", ("treaty", "since", "act", "act_date", "citation"), tuple(bound))
    yield Section("Notice running", ("treaty", "until", "citation"), tuple(running))
    title = "Consented to be bound, not in force for it"
    yield Section(title, ("treaty", "act", "act_date", "in_force_on"), tuple(consented))
    yield Section("Signed only", ("treaty", "signed"), tuple(signed))
    yield Section("Former party", ("treaty", "time", "citation"), tuple(map(period, answer.former_party)))
    title = "Bound before, and again or not yet again"
    yield Section(title, ("treaty", "time", "citation"), tuple(map(period, answer.formerly_bound)))
    yield Section("No act is recorded", ("treaty", "searched"), tuple(no_act), together="treaty")
    yield Section("Not open to it", ("treaty", "citation"), tuple(not_open))
    for step in dict.fromkeys(each.standing for each in answer.other_standings):
        others = [(named(each), each.citation or "") for each in answer.other_standings if each.standing == step]
        yield Section(step.capitalize(), ("treaty", "citation"), tuple(others))
    yield Section("Unknown", ("treaty", "needs"), tuple(unknown), together="treaty")


def _terms(answer: c.AppliesOut, names: Names) -> Iterator[Section]:
    """What narrows, explains or widens the terms on which it is bound, a row for each treaty."""
    titles = {
        "reservation": "Subject to its reservation, or to what it excluded",
        "declaration": "Declared how it understands",
        "procedure": "Accepts the procedure",
        "procedure not accepted": "Has not accepted the procedure",
    }
    for term, title in titles.items():
        treaties: dict[str, list[str]] = {}
        for each in answer.terms.get(term, []):
            since = f" since {each.values['date']}" if "date" in each.values else ""
            treaties.setdefault(str(each.values["treaty"]), []).append(f"{concerns(each)}{since}{mark(each.proof)}")
        rows = ((names("Treaty", treaty), "; ".join(what)) for treaty, what in treaties.items())
        yield Section(title, ("treaty", "concerns"), tuple(rows))


def _obligations(answer: c.AppliesOut, names: Names) -> Iterator[Section]:
    """What the State must do, and what it has undertaken otherwise."""
    yield Section("Duties in law", ("citation", "treaties", "duty"), tuple(duties(answer.duties, names)))
    taking = [(names("Instrument", i.instrument) + mark(i.proof), i.kind, i.since) for i in answer.commitments]
    title = "Takes part in (not treaties, or not shown to be)"
    yield Section(title, ("instrument", "kind", "since"), tuple(taking))
    political = [
        (str(p.values.get("role", "")), p.citation or "", names("Duty", str(p.values["duty"])) + mark(p.proof))
        for p in answer.political_duties
    ]
    yield Section("Political commitments (not duties in law)", ("role", "citation", "duty"), tuple(political))


def gaps(answer: c.GapsOut, names: Names) -> list[Section]:
    """What is missing."""
    kinds = list(dict.fromkeys(gap.kind for gap in answer.gaps))
    found = [
        Section(
            kind.capitalize(),
            ("state", "treaty", "since", "closed_by"),
            tuple(
                (
                    names("State", g.state),
                    names("Treaty", g.treaty) + mark(g.proof),
                    missing(g, names("Treaty", g.treaty)),
                    "closed by " + (" or ".join(g.closed_by) or "entry into force"),
                )
                for g in answer.gaps
                if g.kind == kind
            ),
        )
        for kind in kinds
    ]
    found.append(Section("Of whole groups", ("sentence",), tuple((r.sentence,) for r in answer.regional)))
    found.append(
        Section(
            "Unknown, which is not a gap",
            ("state", "treaty", "needs"),
            tuple((names("State", u.state), names("Treaty", u.treaty), needed(u, names)) for u in answer.unknown),
            together="treaty",
        )
    )
    return with_note(found)


def missing(gap: c.GapOut, treaty: str) -> str:
    """Since when there is a gap, or what it concerns; where that is several things, as its sentence goes on.

    Where it is dated by nothing and concerns nothing, no act is recorded at all.
    """
    if gap.since:
        return f"since {gap.since}"
    if len(gap.values.keys() - {"state", "treaty", "date"}) > 1:
        return gap.sentence.partition(treaty)[2].strip() or gap.sentence
    return concerns(gap) or "no act is recorded"


def concerns(each: c.ConclusionOut) -> str:
    """What a conclusion speaks of beside the State, the treaty and the day: a provision, a part, a procedure."""
    return "; ".join(str(value) for name, value in each.values.items() if name not in ("state", "treaty", "date"))


def force(answer: c.ForceOut, names: Names) -> tuple[list[str], list[Section]]:
    """Whether a treaty is in force: the lines that say it, and the instruments."""
    name = names("Treaty", answer.treaty)
    lines = [f"{answer.status}: {name} " + (f"is in force since {answer.since}" if answer.since else "is not in force")]
    if answer.status not in ("yes", "no"):
        lines = [f"{answer.status}: whether {name} is in force"]
    if answer.required is not None:
        enough = answer.counted is not None and answer.counted >= answer.required
        counted = f"{answer.counted}" if enough else f"{answer.counted} of {answer.required}"
        counted = counted if answer.complete else f"{answer.counted} known here, which need not be all"
        lines.append(f"{answer.clause} requires {answer.required} instruments; counted: {counted}")
    lines += [] if answer.required is not None else answer.met
    if answer.completing:
        *before, last_one = [names("State", state) for state in answer.completing]
        who = f"{', '.join(before)} and {last_one}" if before else last_one
        lines.append(f"all that it requires was met on {answer.completed}, with the deposit of {who}")
    lines += answer.lacking
    if answer.earliest and not answer.since:
        lines.append(f"earliest possible entry into force: {answer.earliest}")
    last = answer.completed if len(answer.deposits) > MANY else None
    shown = [d for d in answer.deposits if last is None or d.date <= last]
    deposits = tuple((names("State", d.state), d.date, leaf(d.proof, names)) for d in shown)
    others = tuple((names("State", d.state), d.date, leaf(d.proof, names)) for d in answer.also_dated)
    missing = tuple((names("State", state),) for state in answer.missing)
    title = "Instruments counted" if len(shown) == answer.counted else f"The first of {answer.counted} instruments"
    sections = [
        Section(title, ("state", "date", "source"), deposits),
        Section("Dated otherwise by sources of equal standing", ("state", "date", "source"), others),
        Section("Missing", ("state",), missing),
    ]
    return lines, with_note(sections)


def with_note(sections: list[Section]) -> list[Section]:
    """The sections, the last one that is printed with the note on marks where some row has one."""
    if not any(MARK in cell for section in sections for row in section.rows for cell in row):
        return sections
    last = max(place for place, section in enumerate(sections) if section.rows)
    noted = sections[last]
    sections[last] = replace(noted, note=NOTE)
    return sections


def mark(proof: c.ProofOut) -> str:
    """The mark of what rests on something unverified."""
    return MARK if any(each.unverified for each in within(proof)) else ""


def within(proof: c.ProofOut) -> Iterator[c.ProofOut]:
    """A proof and the proofs inside it."""
    yield proof
    members = (premise for figure in proof.figures for member in figure.members for premise in member.premises)
    for inner in (*proof.premises, *members):
        yield from within(inner)


def clause(proof: c.ProofOut) -> str:
    """The treaty's own clause that a proof rests on, where it names one."""
    named = (str(each.values["clause"]) for each in within(proof) if each.values.get("clause"))
    return next(named, proof.citation or "")


def leaf(proof: c.ProofOut, names: Names) -> str:
    """Where the record below a proof was read."""
    read: Iterator[c.ProofOut] = (each for each in within(proof) if each.source and each.values.get("date"))
    found = next(read, None)
    if found is None:
        return ""
    source = names("Source", found.source or "")
    return f"{source}, {(found.locator or '').removeprefix(source).lstrip(', ')}{mark(found)}"


def searched(proof: c.ProofOut, treaty: str) -> str:
    """Where an act under a treaty was looked for."""
    found = dict.fromkeys(place for each in within(proof) for absence in each.absences for place in absence.searched)
    return "searched: " + "; ".join(_unnamed(place, treaty) for place in found) if found else ""


def _unnamed(sentence: str, treaty: str) -> str:
    """A sentence without the name of the treaty, which stands beside it."""
    return re.sub(rf"(?<![\w-]){re.escape(treaty)}(?![\w-])", "the treaty", sentence)


def needed(unknown: c.UnknownOut, names: Names) -> str:
    """What would settle it."""
    if unknown.complete_until:
        return f"the sources end on {unknown.complete_until}"
    if not unknown.needs:
        return "the sources in use do not tell"
    need = min(unknown.needs, key=lambda each: "<" in each.sentence)  # one that leaves nothing open, if there is one
    who = f"; would settle it: {'; '.join(dict.fromkeys(need.settled_by))}" if need.settled_by else ""
    open_ = re.sub(r"<([\w-]+)(?::[\w-]+)?>", r"some \1", need.sentence)
    return f"not recorded whether {_unnamed(open_, names('Treaty', unknown.treaty))}{who}"


def duties(found: Iterable[c.DutyOut], names: Names) -> Iterator[tuple[str, str, str]]:
    """Each duty once, with the treaties or the membership that it follows from and since when."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for duty in found:
        treaty = names("Treaty", duty.treaty) if duty.treaty else "membership"
        phrase = names("Duty", duty.duty).replace(treaty, "the treaty")
        since = f" since {duty.since}" if duty.since else ""
        grouped.setdefault((duty.citation or "", phrase), []).append(f"{treaty}{since}{mark(duty.proof)}")
    return ((citation, "; ".join(whence), f"must {phrase}") for (citation, phrase), whence in grouped.items())
