"""Which sections `corridor` prints, from the answer in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treaty_engine.cli.pages import Names, duties, mark, with_note
from treaty_engine.cli.show import Section
from treaty_engine.treaties import contract as base
from treaty_engine.treaties import contract_of_texts as c

LEGEND = "each cell: treaties that bind both ends (the origin alone/the destination alone) ?unknown"
_KINDS = ("both", "origin_only", "destination_only", "signed_only", "neither", "unknown", "instruments")


def corridor(answer: c.CorridorOut, names: Names) -> list[Section]:
    """What binds the two ends of a corridor, and what else they share."""
    return with_note([*_treaties(answer, names), *_instruments(answer, names), *_obligations(answer, names)])


def _treaties(answer: c.CorridorOut, names: Names) -> Iterator[Section]:
    origin, destination = names("State", answer.origin), names("State", answer.destination)

    def named(each: c.EndsOut) -> str:
        return names("Treaty", each.treaty) + mark(each.proof)

    def ends(each: c.EndsOut | c.OpenOut) -> tuple[str, str]:
        at_origin, at_destination = each.at_origin or "unknown", each.at_destination or "unknown"
        return f"{origin}: {at_origin}", f"{destination}: {at_destination}"

    both = tuple((named(each), f"both since {each.since}") for each in answer.both)
    yield Section("Binds both ends", ("treaty", "since"), both)
    one = ("treaty", "since", "other_end")
    rows = tuple((named(e), f"{origin} since {e.since}", ends(e)[1]) for e in answer.origin_only)
    yield Section(f"Binds the origin only: a gap at {destination}", one, rows)
    rows = tuple((named(e), f"{destination} since {e.since}", ends(e)[0]) for e in answer.destination_only)
    yield Section(f"Binds the destination only: a gap at {origin}", one, rows)
    columns = ("treaty", "origin", "destination")
    title = "Signed or consented to, and binds neither end"
    yield Section(title, columns, tuple((named(each), *ends(each)) for each in answer.signed_only))
    yield Section("Binds neither end", columns, tuple((named(each), *ends(each)) for each in answer.neither))
    unknown = tuple((names("Treaty", e.treaty), *ends(e), _needed(e)) for e in answer.unknown)
    yield Section("Unknown", (*columns, "needs"), unknown)


def _needed(each: c.OpenOut) -> str:
    if not each.needs:
        ended = each.at_origin and each.at_destination
        return "the sources end before the day asked about" if ended else "the sources in use do not tell"
    settled = dict.fromkeys(who for need in each.needs for who in need.settled_by)
    return "would settle it: " + "; ".join(settled) if settled else f"not recorded whether {each.needs[0].sentence}"


def _instruments(answer: c.CorridorOut, names: Names) -> Iterator[Section]:
    """Memoranda, declarations and the rest, each kind by itself."""
    for title, found in (("between the two", answer.bilateral), ("of several States", answer.of_several_states)):
        for kind in sorted({each.kind for each in found}):
            rows = tuple(
                (names("Instrument", e.instrument) + mark(e.proof), f"since {e.since}") for e in found if e.kind == kind
            )
            heading = f"{kind.capitalize()}, {title} (not a treaty, or not shown to be one)"
            yield Section(heading, ("instrument", "since"), rows)


def _obligations(answer: c.CorridorOut, names: Names) -> Iterator[Section]:
    """What somebody may rely on at each end."""
    at = (
        ("origin", answer.origin, answer.duties_at_origin, answer.political_at_origin),
        ("destination", answer.destination, answer.duties_at_destination, answer.political_at_destination),
    )
    for end, state, owed, political in at:
        where = f"at the {end}, {names('State', state)}"
        yield Section(f"Duties in law {where}", ("citation", "treaties", "duty"), tuple(duties(owed, names)))
        rows = tuple(_political(political, names))
        yield Section(f"Political commitments {where} (not duties in law)", ("citation", "duty"), rows)


def _political(found: Iterable[base.ConclusionOut], names: Names) -> Iterator[tuple[str, str]]:
    for each in found:
        duty = names("Duty", str(each.values["duty"])) + mark(each.proof)
        yield each.citation or "", duty


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
