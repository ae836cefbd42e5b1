"""Invented worlds of States, treaties and acts, as a depositary might record them, for tests of treaty rules.

The names are those that the shipped vocabulary keeps for examples. `worlds` is a Hypothesis strategy; the
others draw a world together with `more`: what is added to it to see what changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from treaty_engine.dates import Delay, delay
from treaty_engine.language.terms import Fact, Value

RECORDS = "<source> records <act> by <state> under <treaty> on <date>"
ENTRY = "<source> has an entry for <state> under <treaty>"
COMPLETE = "<source> is complete until <day>"
PREVAILS = "<source> prevails over <other> by virtue of <clause>"
DEPOSITARY = "<source> is the depositary's own record of <treaty>"
WOULD_RECORD = "<source> would record the entry into force of <treaty> if there had been one"
RECORDED = "<source> records the entry into force of <treaty> on <date>"
CLAUSE = "<treaty> enters into force <delay> after instrument number <n> under <clause>"
OWN_CLAUSE = "<treaty> enters into force for a later State <delay> after its instrument under <clause>"
ADMITS = "<treaty> admits consent by <act>"
COUNTS = "<treaty> counts <act> toward its entry into force"
SIGNATURE = "<treaty> is open to signature subject to ratification"
ONLY = "<treaty> is open only to members of <group>"
ADOPTED = "<treaty> was adopted on <date>"
JOINED = "<state> became a member of <group> in <period>"
LEFT = "<state> ceased to be a member of <group> in <period>"
REGISTERED = "<state> is in the register of States"
FULL = "the membership of <group> is recorded in full"
INTENTION = "<state> made clear on <date> its intention not to become a party to <treaty>"
UNDUE = "it is decided that the entry into force of <treaty> is unduly delayed"

STATES = ("Aland", "Bland", "Cland", "Dland", "Eland")
TREATIES = ("Charter", "Covenant")
LEAGUE, GAZETTE, DIGEST = "League", "Gazette", "Digest"
CONSENTING = ("ratification", "accession", "definitive signature")
DAY_BASED = tuple(map(delay, ("0 days", "1 day", "30 days", "90 days")))
DELAYS = (
    *DAY_BASED,
    *map(delay, ("1 month", "3 months rolling over", "1 year", "first day of the month after 3 months")),
)
LIVES: tuple[tuple[str, ...], ...] = (
    (),
    ("ratification",),
    ("signature",),
    ("signature", "ratification"),
    ("accession",),
    ("definitive signature",),
    ("signature", "domestic approval"),
    ("signature", "ratification", "accession"),
)
"""What States do under a treaty, in the order of time."""

FIRST, LAST = date(2000, 1, 1), date(2003, 12, 31)
LONG_BEFORE, LONG_AFTER = date(1990, 1, 1), date(2030, 1, 1)
DAYS: st.SearchStrategy[date] = st.sampled_from(
    (FIRST, date(2000, 1, 2), date(2000, 1, 31), date(2000, 2, 29), date(2000, 11, 30), date(2001, 2, 28))
) | st.dates(FIRST, LAST)
"""The days on which something happens: ends of months, days that coincide, and any other."""


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """A day asked about, the facts there are, dated later ones included, and what a law adds to them."""

    as_of: date
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...] = ()

    def of(self, sentence: str) -> Iterator[tuple[Value, ...]]:
        """The values of the facts that say a sentence, what is added left out."""
        return (fact.values for fact in self.facts if fact.predicate == sentence)

    def __repr__(self) -> str:
        return f"World(as of {self.as_of}, {len(self.facts)} facts and {len(self.more)} more)"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What Hypothesis prints of an example: the story says the rest."""
        printer.text(repr(self))

    @property
    def whole(self) -> World:
        """The world with what is added to it."""
        return World(self.as_of, (*self.facts, *self.more))


@dataclass(frozen=True, slots=True)
class Kind:
    """Which worlds to draw.

    `settled`: no record contradicts another, or the count. `stable`: every member joined long ago and none leaves.
    `counted`: every treaty is closed to others than members and enters into force by count alone.
    `covered`: some source covers every State under every treaty. `gaps`: of every other State none does.
    `agreed`: no record of an entry into force contradicts the count. `eligible`: under a treaty that is open only to
    members nobody acts before it has joined.
    """

    delays: tuple[Delay, ...] = DELAYS
    settled: bool = False
    stable: bool = False
    counted: bool = False
    covered: bool = False
    gaps: bool = False
    agreed: bool = False
    eligible: bool = False


ANY_KIND = Kind()


def worlds(kind: Kind = ANY_KIND) -> st.SearchStrategy[World]:
    """Worlds of up to five States, two treaties and two sources."""
    return st.composite(lambda draw: _world(draw, kind))()


@st.composite
def worlds_and_another_deposit(draw: st.DrawFn, kind: Kind) -> World:
    """Worlds to which a deposit is added by a State that has done nothing, and that a source covers."""
    world = draw(worlds(replace(kind, covered=True)))
    acted = {(state, treaty) for _, _, state, treaty, _ in world.of(RECORDS)}
    idle = sorted({(str(s), str(t)) for _, s, t in world.of(ENTRY) if (s, t) not in acted})
    if not idle:
        return world
    state, treaty = draw(st.sampled_from(idle))
    act = draw(st.sampled_from([str(act) for t, act in world.of(COUNTS) if t == treaty]))
    sources = [str(source) for source, s, t in world.of(ENTRY) if (s, t) == (state, treaty)]
    when = draw(DAYS)
    return replace(world, more=tuple(Fact(RECORDS, (source, act, state, treaty, when)) for source in sources))


@st.composite
def worlds_and_a_repeated_deposit(draw: st.DrawFn, kind: Kind) -> World:
    """Worlds to which a State's deposit is added once more, of a later day."""
    world = draw(worlds(kind))
    done = {(act, s, t, day) for _, act, s, t, day in world.of(RECORDS) if act in CONSENTING and isinstance(day, date)}
    if not done:
        return world
    act, state, treaty, day = draw(st.sampled_from(sorted(done, key=str)))
    sources = [source for source, s, t in world.of(ENTRY) if (s, t) == (state, treaty)] or [DIGEST]
    again = (act, state, treaty, day + timedelta(days=draw(st.integers(1, 500))))
    return replace(world, more=tuple(Fact(RECORDS, (source, *again)) for source in sources))


@st.composite
def worlds_and_their_future(draw: st.DrawFn, kind: Kind = ANY_KIND) -> World:
    """Worlds to which facts dated after the day asked about are added."""
    world = draw(worlds(kind))
    added = [draw(st.sampled_from(_HAPPENINGS))(draw, world) for _ in range(draw(st.integers(1, 4)))]
    return replace(world, more=tuple(added))


@st.composite
def worlds_and_what_is_found_out(draw: st.DrawFn, kind: Kind = ANY_KIND) -> World:
    """Worlds to which a source is added that covers States which no source covered, with their acts."""
    world = draw(worlds(replace(kind, gaps=True)))
    states = [str(state) for (state,) in world.of(REGISTERED)]
    covered = {(state, treaty) for _, state, treaty in world.of(ENTRY)}
    unknown = [(s, str(t)) for s in states for t, _ in world.of(ADOPTED) if (s, t) not in covered]
    more = [Fact(COMPLETE, (DIGEST, LONG_AFTER))] if unknown else []
    for state, treaty in unknown:
        if draw(st.integers(0, 3)):
            more.append(Fact(ENTRY, (DIGEST, state, treaty)))
            heard = [(act, day) for _, act, s, t, day in world.of(RECORDS) if (s, t) == (state, treaty)]
            acts = [(act, _earlier(draw, day)) for act, day in heard] if draw(st.booleans()) else _life(draw)
            more += [Fact(RECORDS, (DIGEST, act, state, treaty, day)) for act, day in acts]
    return replace(world, more=tuple(fact for fact in more if fact not in world.facts))


def _world(draw: st.DrawFn, kind: Kind) -> World:
    states = STATES[: draw(st.integers(1, len(STATES)))]
    treaties = TREATIES[: draw(st.sampled_from((1, 1, 1, 2)))]
    facts = [*_group(draw, kind, states), *_sources(draw, treaties)]
    for treaty in treaties:
        facts += _treaty(draw, kind, treaty, len(states))
        for state in states:
            facts += _accounts(draw, kind, state, treaty)
            if not draw(st.integers(0, 5)):
                facts.append(Fact(INTENTION, (state, draw(DAYS), treaty)))
    kept = _by_members(facts) if kind.eligible else facts
    return World(draw(DAYS) if draw(st.booleans()) else LONG_AFTER, tuple(kept))


def _by_members(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without what States did before they joined, under treaties that are open only to members."""
    closed = {fact.values[0] for fact in facts if fact.predicate == ONLY}
    joined = {fact.values[0]: str(fact.values[-1]) for fact in facts if fact.predicate == JOINED}
    records = (fact for fact in facts if fact.predicate == RECORDS and fact.values[3] in closed)
    early = {fact for fact in records if str(fact.values[-1]) < joined.get(fact.values[2], "")}
    return [fact for fact in facts if fact not in early]


def _group(draw: st.DrawFn, kind: Kind, states: Sequence[str]) -> list[Fact]:
    """Who is a State, and who is a member of the League since when."""
    facts = [Fact(FULL, (LEAGUE,)), *(Fact(REGISTERED, (state,)) for state in states)]
    for state in states:
        if draw(st.integers(0, 9)) < 9:
            joined = LONG_BEFORE if kind.stable or draw(st.booleans()) else draw(DAYS)
            facts.append(Fact(JOINED, (state, LEAGUE, joined.isoformat())))
            if not kind.stable and not draw(st.integers(0, 3)):
                left = joined + timedelta(days=draw(st.integers(1, 1500)))
                facts.append(Fact(LEFT, (state, LEAGUE, left.isoformat())))
    return facts


def _sources(draw: st.DrawFn, treaties: Sequence[str]) -> list[Fact]:
    """What the two sources claim: the Gazette is the better one, where one is."""
    facts = [Fact(COMPLETE, (GAZETTE, LONG_AFTER)), Fact(COMPLETE, (DIGEST, draw(DAYS)))]
    if draw(st.booleans()):
        facts.append(Fact(PREVAILS, (GAZETTE, DIGEST, "art. 77")))
    return facts + [Fact(DEPOSITARY, (GAZETTE, treaty)) for treaty in treaties if draw(st.booleans())]


def _treaty(draw: st.DrawFn, kind: Kind, treaty: str, states: int) -> list[Fact]:
    """The final clauses of a treaty."""
    n, waits = draw(st.integers(1, (states + 1) // 2)), st.sampled_from(kind.delays)
    means = draw(st.lists(st.sampled_from(CONSENTING), min_size=1, unique=True))
    counted = means if draw(st.booleans()) else means[:1]
    facts = [Fact(ADOPTED, (treaty, date(1999, 6, 1))), Fact(CLAUSE, (treaty, draw(waits), n, "art. 1"))]
    facts += [Fact(ADMITS, (treaty, act)) for act in means] + [Fact(COUNTS, (treaty, act)) for act in counted]
    if draw(st.booleans()):
        facts.append(Fact(OWN_CLAUSE, (treaty, draw(waits), "art. 2")))
    if draw(st.booleans()):
        facts.append(Fact(SIGNATURE, (treaty,)))
    closed = kind.counted or draw(st.booleans())
    if closed:
        facts.append(Fact(ONLY, (treaty, LEAGUE)))
    if not kind.counted and not ((kind.settled or kind.agreed) and closed) and draw(st.booleans()):
        facts.append(Fact(RECORDED, (GAZETTE, treaty, draw(DAYS))))
    if not closed and draw(st.booleans()):
        facts.append(Fact(WOULD_RECORD, (GAZETTE, treaty)))
    if not draw(st.integers(0, 7)):
        facts.append(Fact(UNDUE, (treaty,)))
    return facts


def _accounts(draw: st.DrawFn, kind: Kind, state: str, treaty: str) -> Iterator[Fact]:
    """What each source says of a State under a treaty; where none covers it, the Digest may still know of acts."""
    life = _life(draw)
    nobody: list[tuple[str, ...]] = [()] * (0 if kind.covered else 3 if kind.gaps else 1)
    listed = draw(st.sampled_from([(GAZETTE,), (GAZETTE, DIGEST), (DIGEST,), *nobody]))
    yield from (Fact(ENTRY, (source, state, treaty)) for source in listed)
    for source in listed or (DIGEST,) * draw(st.integers(0, 1)):
        for act, day in life:
            said = True if kind.settled else draw(st.integers(0, 5)) < 5
            dated = day if kind.settled or draw(st.integers(0, 3)) else draw(DAYS)
            if said:
                yield Fact(RECORDS, (source, act, state, treaty, dated))


def _life(draw: st.DrawFn) -> list[tuple[str, date]]:
    """What a State does under a treaty, each act with its day."""
    acts = draw(st.sampled_from(LIVES))
    return list(zip(acts, sorted(draw(DAYS) for _ in acts), strict=True))


def _later(draw: st.DrawFn, world: World) -> date:
    return world.as_of + timedelta(days=draw(st.integers(1, 400)))


def _earlier(draw: st.DrawFn, day: Value) -> Value:
    return day - timedelta(days=draw(st.integers(0, 400))) if isinstance(day, date) else day


def _record(draw: st.DrawFn, world: World) -> Fact:
    who = (draw(st.sampled_from(each)) for each in ((GAZETTE, DIGEST), (*CONSENTING, "signature"), STATES, TREATIES))
    return Fact(RECORDS, (*who, _later(draw, world)))


def _correction(draw: st.DrawFn, world: World) -> Fact:
    """An act that some source records, of a later day in a better one."""
    acts = sorted({act[1:-1] for act in world.of(RECORDS)}, key=str)
    return Fact(RECORDS, (GAZETTE, *draw(st.sampled_from(acts)), _later(draw, world))) if acts else _record(draw, world)


def _notice(draw: st.DrawFn, world: World) -> Fact:
    return Fact(INTENTION, (draw(st.sampled_from(STATES)), _later(draw, world), draw(st.sampled_from(TREATIES))))


def _entry_into_force(draw: st.DrawFn, world: World) -> Fact:
    return Fact(RECORDED, (DIGEST, draw(st.sampled_from(TREATIES)), _later(draw, world)))


def _coming_or_going(draw: st.DrawFn, world: World) -> Fact:
    moves = draw(st.sampled_from((JOINED, LEFT)))
    return Fact(moves, (draw(st.sampled_from(STATES)), LEAGUE, _later(draw, world).isoformat()))


_Happening = Callable[[st.DrawFn, World], Fact]
_HAPPENINGS: tuple[_Happening, ...] = (_record, _correction, _notice, _entry_into_force, _coming_or_going)
