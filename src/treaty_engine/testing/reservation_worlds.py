"""Invented worlds of reservations: who made one, who was told, who objected, accepted or withdrew, and when."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from treaty_engine.language.terms import Fact
from treaty_engine.testing.treaty_worlds import DAYS, LONG_AFTER, STATES, TREATIES, World

TREATY, CLAUSE = TREATIES[0], "art. 22"
ACTORS = STATES[:4]

MADE = "<state> made at <occasion> a <naming> concerning <clause> of <treaty>"
DECIDED = "it is decided that what <state> declared on <clause> of <treaty> excludes or modifies its legal effect"
HELD = "the declarations of <state> under <treaty> are held"
CONSENTED = "<state> consented to be bound by <treaty> through <act> on <date>"
PARTY = "<state> is a party to <treaty> since <date>"
NOTIFIED = "the reservation of <state> to <clause> of <treaty> was notified to the other States on <date>"
OBJECTED = "<other> objected in <period> to the reservation of <state> to <clause> of <treaty>"
OPPOSED = "<other> definitely opposed <treaty> being in force with <state> over its reservation to <clause>"
DROPPED = "<other> withdrew by notice of <date> its objection to what <state> reserved on <clause> of <treaty>"
WITHDREW = "<state> withdrew by notice of <date> its reservation to <clause> of <treaty>"
WITHIN = "<clause> of <treaty> comes within <place>"
AUTHORISES = "<treaty> authorises a reservation to <place> under <article>"
PERIOD = "<treaty> gives <delay> to object to a reservation under <article>"


@st.composite
def worlds_of_reservations(draw: st.DrawFn) -> World:
    """Worlds of up to four States and one treaty, in which some made a reservation and others reacted."""
    facts = [Fact(HELD, (state, TREATY)) for state in ACTORS]
    if not draw(st.integers(0, 3)):
        facts += [Fact(WITHIN, (CLAUSE, TREATY, CLAUSE)), Fact(AUTHORISES, (TREATY, CLAUSE, "art. 29(2)"))]
    for state in ACTORS:
        if draw(st.integers(0, 7)):
            day = draw(DAYS)
            facts.append(Fact(CONSENTED, (state, TREATY, "accession", day)))
            if draw(st.integers(0, 7)):
                facts.append(Fact(PARTY, (state, TREATY, day + timedelta(days=draw(st.integers(0, 90))))))
    for state in draw(st.lists(st.sampled_from(ACTORS), min_size=1, max_size=2, unique=True)):
        facts += _reservation(draw, state)
    return World(draw(st.dates(date(2001, 6, 1), LONG_AFTER)), tuple(facts))


def _reservation(draw: st.DrawFn, state: str) -> list[Fact]:
    """A reservation of a State, and what the others do about it."""
    occasion = draw(st.sampled_from(("consent",) * 5 + ("signature", "later notification")))
    naming = draw(st.sampled_from(("reservation", "declaration")))
    facts = [Fact(MADE, (state, occasion, naming, CLAUSE, TREATY))]
    if draw(st.integers(0, 3)):
        facts.append(Fact(DECIDED, (state, CLAUSE, TREATY)))
    if draw(st.integers(0, 3)):
        facts.append(Fact(NOTIFIED, (state, CLAUSE, TREATY, draw(DAYS))))
    if not draw(st.integers(0, 5)):
        facts.append(Fact(WITHDREW, (state, draw(DAYS), CLAUSE, TREATY)))
    for other in ACTORS:
        if other != state and draw(st.booleans()):
            day = draw(DAYS) + timedelta(days=draw(st.sampled_from((0, 0, 365, 366, 730))))
            facts.append(Fact(OBJECTED, (other, day.isoformat(), state, CLAUSE, TREATY)))
            if draw(st.booleans()):
                facts.append(Fact(OPPOSED, (other, TREATY, state, CLAUSE)))
            if not draw(st.integers(0, 3)):
                facts.append(Fact(DROPPED, (other, day + timedelta(days=30), state, CLAUSE, TREATY)))
    return facts
