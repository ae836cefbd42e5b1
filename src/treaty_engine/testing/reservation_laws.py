"""Laws of reservations that rules must uphold: their symmetry between two States, and what objections do.

Each is stated with its article of the Vienna Convention on the Law of Treaties (VCLT).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from treaty_engine.dates import after, bounds, delay
from treaty_engine.language.terms import Fact, Value
from treaty_engine.program.program import Program
from treaty_engine.testing.reservation_worlds import CONSENTED, DROPPED, NOTIFIED, OBJECTED, OPPOSED, PARTY, WITHDREW
from treaty_engine.testing.stories import Breach, model
from treaty_engine.testing.treaty_worlds import World

SUBJECT_TO = "<state> is bound by <treaty> subject to its reservation to <clause>"
ACCEPTED = "<other> accepted by <date> the reservation of <state> to <clause> of <treaty>"
MAINTAINED = "<other> maintains its objection to the reservation of <state> to <clause> of <treaty>"
MODIFIES = "between <state> and <other> the reservation of <maker> modifies <clause> of <treaty>"
EXCLUDES = "between <state> and <other> <clause> of <treaty> does not apply as far as <maker> reserved it"
BLOCKED = "<treaty> is not in force between <state> and <other> over a reservation to <clause>"
YEAR = delay("12 months")


def a_reservation_does_the_same_both_ways(program: Program, world: World) -> Breach | None:
    """What a reservation does between two States it does in both directions, to the same extent (VCLT 21(1), 21(3))."""
    found = model(program, world, [MODIFIES, EXCLUDES, BLOCKED])
    places = {MODIFIES: (0, 1), EXCLUDES: (0, 1), BLOCKED: (1, 2)}
    for sentence, (one, other) in places.items():
        for values in found.match(sentence, (None,) * 5 if sentence != BLOCKED else (None,) * 4):
            turned = list(values)
            turned[one], turned[other] = values[other], values[one]
            if Fact(sentence, tuple(turned)) not in found:
                return Breach("the other direction does not follow", (Fact(sentence, values),))
    return None


def a_reservation_does_nothing_between_others(program: Program, world: World) -> Breach | None:
    """A reservation changes nothing between two States neither of which made it (VCLT 21(2))."""
    found = model(program, world, [MODIFIES, EXCLUDES])
    for sentence, place in ((MODIFIES, 2), (EXCLUDES, 4)):
        for values in found.match(sentence, (None,) * 5):
            if values[place] not in values[:2] or values[0] == values[1]:
                return Breach("neither of the two made it, or the two are one", (Fact(sentence, values),))
    return None


def a_reservation_makes_nobody_less_of_a_party(program: Program, world: World) -> Breach | None:
    """A State with a reservation is a party as much as without it, and is bound only while it is one (VCLT 20(4))."""
    reacting = (OBJECTED, OPPOSED, DROPPED, NOTIFIED, WITHDREW)
    without = replace(world, facts=tuple(fact for fact in world.facts if fact.predicate not in reacting))
    parties = [set(model(program, each, [PARTY]).match(PARTY, (None,) * 3)) for each in (world, without)]
    if parties[0] != parties[1]:
        return Breach("there are other parties without the reservations and objections")
    bound = {(state, treaty) for state, treaty, _ in parties[0]}
    for values in model(program, world, [SUBJECT_TO]).match(SUBJECT_TO, (None,) * 3):
        if values[:2] not in bound:
            return Breach("it is no party", (Fact(SUBJECT_TO, values),))
    return None


def silence_is_acceptance_after_twelve_months(program: Program, world: World) -> Breach | None:
    """Silence accepts by the later of twelve months from the notification and one's own consent (VCLT 20(5))."""
    found = model(program, world, [ACCEPTED])
    notified = {tuple(values[:3]): values[3] for values in world.of(NOTIFIED)}
    for other, day, *reserved in found.match(ACCEPTED, (None,) * 5):
        shown = (Fact(ACCEPTED, (other, day, *reserved)),)
        told, consents = notified.get(tuple(reserved)), list(_consents(world, other))
        if not isinstance(told, date) or not isinstance(day, date):
            return Breach("nobody was notified", shown)
        if day < after(told, YEAR) or day not in {max(after(told, YEAR), each) for each in consents}:
            return Breach(f"the later of {after(told, YEAR)} and its own consent is another day", shown)
        if day > world.as_of or any(first <= day for first in _objections(world, other, reserved)):
            return Breach("that day has not come, or it had objected by then", shown)
    return None


def an_objection_blocks_only_where_it_says_so(program: Program, world: World) -> Breach | None:
    """An objection keeps the treaty from being in force between the two only if it says so (VCLT 20(4)(b))."""
    found = model(program, world, [BLOCKED, MAINTAINED])
    opposed = {(treaty, frozenset((other, state)), clause) for other, treaty, state, clause in world.of(OPPOSED)}
    for treaty, state, other, clause in found.match(BLOCKED, (None,) * 4):
        two = Fact(BLOCKED, (treaty, state, other, clause))
        if (treaty, frozenset((state, other)), clause) not in opposed:
            return Breach("nobody definitely opposed it", (two,))
        pairs = ((state, other), (other, state))
        if not any(list(found.match(MAINTAINED, (a, b, clause, treaty))) for a, b in pairs):
            return Breach("no objection is maintained", (two,))
    return None


def a_reservation_is_accepted_or_objected_to(program: Program, world: World) -> Breach | None:
    """No State both maintains an objection to a reservation and has accepted it by silence (VCLT 20(5), 21(3))."""
    found = model(program, world, [ACCEPTED, MAINTAINED])
    for other, *reserved in found.match(MAINTAINED, (None,) * 4):
        both = [Fact(ACCEPTED, values) for values in found.match(ACCEPTED, (other, None, *reserved))]
        if both:
            return Breach("it cannot be both", (Fact(MAINTAINED, (other, *reserved)), *both))
    return None


def _consents(world: World, state: Value) -> Iterator[date]:
    return (day for each, _, _, day in world.of(CONSENTED) if each == state and isinstance(day, date))


def _objections(world: World, other: Value, reserved: list[Value]) -> Iterator[date]:
    """The first days of the objections of a State to a reservation that the question sees."""
    for each, period, *to in world.of(OBJECTED):
        first, last = bounds(str(period))
        if each == other and to == reserved and last <= world.as_of:
            yield first
