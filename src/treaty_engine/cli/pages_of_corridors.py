"""Which sections `corridor` prints, from the answer in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from treaty_engine.cli.pages import Names, doubts, missing, told, with_note
from treaty_engine.cli.pages_of_states import duties, political
from treaty_engine.cli.tables import UNVERIFIED, Section
from treaty_engine.treaties import contract_of_texts as c

LEGEND = "each cell: treaties that bind both ends (the origin alone/the destination alone) ?unknown"
_KINDS = ("both", "origin_only", "destination_only", "signed_only", "neither", "unknown", "instruments")


def corridor(answer: c.CorridorOut, names: Names) -> list[Section]:
    """What binds the two ends of a corridor, and what else they share."""
    return with_note([*_treaties(answer, names), *_instruments(answer, names), *_obligations(answer, names)])


def _treaties(answer: c.CorridorOut, names: Names) -> Iterator[Section]:
    origin, destination = names("State", answer.origin), names("State", answer.destination)

    def of(title: str, found: Iterable[c.EndsOut], since: str = "", at: str = "") -> Section:
        """The treaties of a kind: since when, and where the ends stand of which it is to be said."""
        columns = ("treaty", *(["since"] if since else []), *at.split(), UNVERIFIED)
        said = {"since": "since", "origin": "at_origin", "destination": "at_destination"}
        rows = tuple(
            (
                names("Treaty", each.treaty),
                *(str(getattr(each, said[column]) or "unknown") for column in columns[1:-1]),
                doubts(each.proof),
            )
            for each in found
        )
        listed = Section(title, columns, rows, told={**ends, "since": told(since)}, marked="treaty")
        return listed if since else replace(listed, together=("treaty",), heading=("origin", "destination"))

    ends = {"origin": told(f"{origin}:"), "destination": told(f"{destination}:")}
    yield of("Binds both ends", answer.both, "both since")
    title = f"Binds the origin only: a gap at {names.say('State', answer.destination)}"
    yield of(title, answer.origin_only, f"{origin} since", "destination")
    title = f"Binds the destination only: a gap at {names.say('State', answer.origin)}"
    yield of(title, answer.destination_only, f"{destination} since", "origin")
    title = "Signed or consented to, and binds neither end"
    yield of(title, answer.signed_only, at="origin destination")
    yield of("Binds neither end", answer.neither, at="origin destination")
    rows = (
        (
            names("Treaty", each.treaty),
            each.at_origin or "unknown",
            each.at_destination or "unknown",
            _needed(each, (answer.origin, answer.destination), names),
        )
        for each in answer.unknown
    )
    columns = ("treaty", "origin", "destination", "needs")
    shown = ("origin", "destination", "treaty", "needs")
    yield Section("Unknown", columns, tuple(rows), told=ends, shown=shown, together=("treaty",), heading=("needs",))


def _needed(each: c.OpenOut, ends: tuple[str, str], names: Names) -> str:
    """What would settle it, said of the end that is unknown and of the treaty that stand beside it."""
    if not each.needs:
        ended = each.at_origin and each.at_destination
        return "the sources end before the day asked about" if ended else "the sources in use do not tell"
    said = names.without(missing(each.needs[0]), "Treaty", each.treaty, "the treaty")
    for state in ends:
        said = names.without(said, "State", state, "it")
    return said


def _instruments(answer: c.CorridorOut, names: Names) -> Iterator[Section]:
    """Memoranda, declarations and the rest, each kind by itself."""
    for title, found in (("between the two", answer.bilateral), ("of several States", answer.of_several_states)):
        for kind in sorted({each.kind for each in found}):
            rows = tuple(
                (names("Instrument", e.instrument), e.since, doubts(e.proof)) for e in found if e.kind == kind
            )
            heading = f"{kind.capitalize()}, {title} (not a treaty, or not shown to be one)"
            columns = ("instrument", "since", UNVERIFIED)
            yield Section(heading, columns, rows, told={"since": told("since")}, marked="instrument")


def _obligations(answer: c.CorridorOut, names: Names) -> Iterator[Section]:
    """What somebody may rely on at each end."""
    at = (
        ("origin", answer.origin, answer.duties_at_origin, answer.political_at_origin),
        ("destination", answer.destination, answer.duties_at_destination, answer.political_at_destination),
    )
    for end, state, owed, undertaken in at:
        where = f"at the {end}, {names.say('State', state)}"
        yield duties(f"Duties in law {where}", owed, names)
        yield political(f"Political commitments {where} (not duties in law)", undertaken, names)


def matrix(answer: c.MatrixOut, names: Names, *, with_header: bool = False) -> list[Section]:
    """The grid of all corridors, then each with its counts; in text the grid names its own columns."""
    states = list(dict.fromkeys(each.origin for each in answer.cells))
    cells = {(each.origin, each.destination): each.short for each in answer.cells}
    columns = ("from \\ to", *states)
    grid = [(names("State", one), *(cells.get((one, other), "–") for other in states)) for one in states]
    rows = tuple(
        (names("State", each.origin), names("State", each.destination), *_counts(each, with_header=with_header))
        for each in answer.cells
    )
    return [
        Section("From each to each", columns, tuple([columns, *grid] if with_header else grid), headed=with_header),
        Section("Each corridor", ("origin", "destination", *_KINDS), rows),
    ]


def _counts(cell: c.CellOut, *, with_header: bool) -> tuple[str, ...]:
    counted = {
        "both": cell.both,
        "origin_only": cell.origin_only,
        "destination_only": cell.destination_only,
        "signed_only": cell.signed_only,
        "neither": cell.neither,
        "unknown": cell.unknown,
        "instruments": cell.instruments,
    }
    if not with_header:
        return tuple(str(len(listed)) for listed in counted.values())
    return tuple(f"{len(listed)} {kind.replace('_', ' ')}" for kind, listed in counted.items())
