"""What the pages of verbs have in common: names, days, marks, and what is missing, from answers in their contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from treaty_engine.cli.tables import UNVERIFIED, Section
from treaty_engine.treaties import contract as c
from treaty_engine.treaties.contract_of_conflicts import RecordOut
from treaty_engine.treaties.corpus import Corpus

MANY = 20
"""How many instruments are printed whole; of more, only those that came until the number was complete."""
NOTE = "* rests on something that could not be confirmed on a text; `why` says what"


class Names:
    """The printed names of States, treaties, duties and instruments, and the kinds of gap in order."""

    def __init__(self, corpus: Corpus) -> None:
        self.types = corpus.vocabulary.types
        gaps = sorted(corpus.vocabulary.labelled("gap"), key=lambda each: each.span.path.count("/"))
        self.kinds = [each.variety for each in gaps]  # what the vocabulary of all law names comes first

    def __call__(self, type_name: str, member: str) -> str:
        return self.types.show(type_name, member)

    def say(self, type_name: str, member: str) -> str:
        """The name as it stands in a sentence, with its article where it has one."""
        return self.types.say(type_name, member)

    def place(self, read: c.ProofOut | RecordOut) -> str:
        """Where in a source a record was read, without the name of the source."""
        return self.types.beside("Source", read.source or "", read.locator or "")

    def without(self, sentence: str, type_name: str, member: str, instead: str) -> str:
        """A sentence with another word for a member whose name stands beside it."""
        for name in (self.say(type_name, member), self(type_name, member)):
            sentence = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", instead, sentence)
        return sentence


def dates(answer: c.Answer) -> list[str]:
    """The days that an answer speaks of, and what it presumes."""
    known = f" · known up to {answer.known_up_to}" if answer.known_up_to else ""
    lines = [f"as of {answer.as_of} · known by {answer.known_by or 'today'}{known}"]
    if answer.sources:
        lines.append(f"records of acts only from: {', '.join(answer.sources)}")
    if answer.presumed_after:
        ends = f"the first of its sources ends on {answer.presumed_after}"
        lines.append(f"{ends}: from where sources end, the last known status is presumed to continue")
    return lines


def force(answer: c.ForceOut, names: Names) -> tuple[list[str], list[Section]]:
    """Whether a treaty is in force: the lines that say it, and the instruments."""
    name = names.say("Treaty", answer.treaty)
    lines = [f"{answer.status}: {name} " + (f"is in force since {answer.since}" if answer.since else "is not in force")]
    if answer.status not in ("yes", "no"):
        lines = [f"{answer.status}: whether {name} is in force"]
    if answer.adopted and answer.adopted > answer.as_of:
        lines.append(f"it was adopted on {answer.adopted}, after the day asked about")
    elif answer.required is not None:
        enough = answer.counted is not None and answer.counted >= answer.required
        counted = f"{answer.counted}" if enough else f"{answer.counted} of {answer.required}"
        counted = counted if answer.complete else f"{answer.counted} known here, which need not be all"
        lines.append(f"{answer.clause} requires {answer.required} instruments; counted: {counted}")
    lines += [] if answer.required is not None else answer.met
    if answer.completing:
        *before, last_one = [names.say("State", state) for state in answer.completing]
        who = f"{', '.join(before)} and {last_one}" if before else last_one
        lines.append(f"all that it requires was met on {answer.completed}, with the instrument of {who}")
    lines += answer.lacking
    if answer.earliest and not answer.since:
        lines.append(f"earliest possible entry into force: {answer.earliest}")
    last = answer.completed if len(answer.deposits) > MANY else None
    shown = [d for d in answer.deposits if last is None or d.date <= last]
    title = "Instruments counted" if len(shown) == answer.counted else f"The first of {answer.counted} instruments"
    missing = tuple((names("State", state),) for state in answer.missing)
    sections = [
        _deposits(title, shown, names),
        _deposits("Dated otherwise by sources of equal standing", answer.also_dated, names),
        Section("Missing", ("state",), missing),
    ]
    return lines, with_note(sections)


def _deposits(title: str, deposits: Iterable[c.DepositOut], names: Names) -> Section:
    """Instruments with the day of each and where it was read."""
    rows = tuple((names("State", d.state), d.date, *leaf(d.proof, names)) for d in deposits)
    columns = ("state", "date", "source", UNVERIFIED)
    return Section(title, columns, rows, marked="source", heading=("state", "date"))


def with_note(sections: list[Section]) -> list[Section]:
    """The sections, the last one that is printed with the note on marks where some row has one."""
    if not any(section.noted for section in sections):
        return sections
    last = max(place for place, section in enumerate(sections) if section.rows)
    noted = sections[last]
    sections[last] = replace(noted, note=NOTE)
    return sections


def told(before: str) -> Callable[[str], str]:
    """How a cell is told after some words, and an empty one not at all."""
    return lambda cell: f"{before} {cell}" if cell else ""


def doubts(proof: c.ProofOut) -> str:
    """What a proof rests on that could not be confirmed on a text; empty where all could."""
    return "; ".join(dict.fromkeys(each.unverified for each in within(proof) if each.unverified))


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


def leaf(proof: c.ProofOut, names: Names) -> tuple[str, str]:
    """Where the record below a proof was read, and what could not be confirmed of it."""
    read: Iterator[c.ProofOut] = (each for each in within(proof) if each.source and each.values.get("date"))
    found = next(read, None)
    if found is None:
        return "", ""
    return f"{names('Source', found.source or '')}, {names.place(found)}", found.unverified or ""


def concerns(each: c.ConclusionOut) -> str:
    """What a conclusion speaks of beside the State, the treaty and the day: a provision, a part, a procedure."""
    return "; ".join(str(value) for name, value in each.values.items() if name not in ("state", "treaty", "date"))


def needed(unknown: c.UnknownOut, names: Names) -> str:
    """What would settle it, said of the State and the treaty that stand beside it."""
    if unknown.complete_until:
        return f"the sources end on {unknown.complete_until}"
    if not unknown.needs:
        return "the sources in use do not tell"
    need = min(unknown.needs, key=lambda each: "<" in each.sentence)  # one that leaves nothing open, if there is one
    told = names.without(missing(need), "Treaty", unknown.treaty, "the treaty")
    return names.without(told, "State", unknown.state, "it")


def missing(need: c.NeedOut) -> str:
    """What nobody has recorded, and who could tell."""
    who = " or ".join(dict.fromkeys(need.could_tell))
    return f"no source in use says {need.missing}" + (f"; would settle it: {who}" if who else "")
