"""Laws of the law of treaties that rules must uphold: entry into force, party status, and duties before it.

Each is stated with its article of the Vienna Convention on the Law of Treaties (VCLT).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from treaty_engine.dates import Delay, after, bounds
from treaty_engine.language.terms import Fact, Value
from treaty_engine.model import Facts
from treaty_engine.program.program import Program
from treaty_engine.testing.laws import unequal
from treaty_engine.testing.stories import Breach, concluded, known, model
from treaty_engine.testing.treaty_worlds import (
    ADMITS,
    CLAUSE,
    INTENTION,
    LONG_AFTER,
    ONLY,
    OWN_CLAUSE,
    PREVAILS,
    RECORDED,
    RECORDS,
    SIGNATURE,
    UNDUE,
    World,
)

COVERS = "<source> covers <treaty> for <state> until <day>"
SIGNED = "<state> signed <treaty> on <date>"
CONSENTED = "<state> consented to be bound by <treaty> through <act> on <date>"
SIGNATORY = "<state> is only a signatory to <treaty> since <date>"
CONTRACTING = "<state> is a contracting State to <treaty> since <date>"
PARTY = "<state> is a party to <treaty> since <date>"
STANDS = "<state> stands to <treaty> as <standing>"
COUNTED = "the instrument of <state> of <date> counts toward the entry into force of <treaty>"
MISSING = "the instrument of <state> is missing for the entry into force of <treaty>"
ORDER = "<state> is number <order> in the order of instruments under <treaty>"
ENTERS = "<treaty> enters into force on <date>"
IN_FORCE = "<treaty> is in force since <date>"
EARLIEST = "<treaty> can enter into force on <date> at the earliest"
ENTERS_FOR = "<treaty> enters into force for <state> on <date>"
INTERIM = "<state> must refrain from acts that would defeat the object and purpose of <treaty> since <date>"
PERFORM = "<state> must perform <treaty> in good faith since <date>"
JOINED_ON = "<state> joined <group> on <date>"
KNOWN = "it is known whether <treaty> enters into force"
NOT_BOUND = "<state> has not consented to be bound by <treaty>"

ONCE_AND_FOR_ALL = (
    STANDS, SIGNATORY, CONTRACTING, PARTY, MISSING, NOT_BOUND, INTERIM, PERFORM,
    ORDER, ENTERS, IN_FORCE, EARLIEST,
)  # fmt: skip
"""What a second deposit by the same State says nothing new about; each has an entry into force of its own."""


def the_future_changes_nothing(program: Program, world: World) -> Breach | None:
    """What happens after the day asked about changes no answer as of that day, beyond what it corrects (VCLT 28).

    A later record corrects another where its source prevails over the other's and dates the same act of that State
    under that treaty otherwise (VCLT 77, 78): the answer is then that of a world without the record that was wrong.
    What is said of sources, such as which record is overruled or where two differ, is said of what they hold and
    not of the day.
    """
    if known(program, world) == known(program, world.whole):
        return None
    wrong = corrected(world)
    right = replace(world, facts=tuple(fact for fact in world.facts if fact not in wrong))
    before, after = (
        {f for f in concluded(program, found) if not _is_of_sources(program, f)}
        for found in (model(program, right), model(program, world.whole))
    )
    return unequal(before, after)


def _is_of_sources(program: Program, fact: Fact) -> bool:
    return any(hole.type == "Source" for hole in program.vocabulary.predicates[fact.predicate].holes)


def corrected(world: World) -> set[Fact]:
    """The records that what is added corrects: it has the same act of another day, from a source that prevails."""
    prevails = {(better, source) for better, source, _ in world.of(PREVAILS)}
    added = {fact.values[:4] for fact in world.more if fact.predicate == RECORDS}
    kept = set(world.of(RECORDS))
    return {
        Fact(RECORDS, (source, *told))
        for source, *told in kept
        for better, *same in added
        if (better, source) in prevails and same == told[:-1] and (better, *told) not in kept
    }


def a_repeated_deposit_changes_nothing(program: Program, world: World) -> Breach | None:
    """A deposit that a State repeats later changes nothing: it is bound by its first (VCLT 11, 16)."""
    sentences = ONCE_AND_FOR_ALL
    before = model(program, world, (*sentences, CONSENTED))
    first: dict[tuple[Value, Value], Value] = {}
    for state, treaty, _, day in sorted(before.match(CONSENTED, (None,) * 4), key=lambda each: str(each[-1])):
        first.setdefault((state, treaty), day)
    for _, _, state, treaty, day in (fact.values for fact in world.more):
        if (state, treaty) not in first or not _is_before(first[state, treaty], day):
            return None
    again = model(program, world.whole, (*sentences, CONSENTED))
    return unequal(*({f for f in found.facts() if f.predicate in sentences} for found in (before, again)))


def a_further_deposit_never_delays(program: Program, world: World) -> Breach | None:
    """The deposit of one more State never delays entry into force, and one after the last required never moves it.

    VCLT 24(1), with the treaty's own clause. Speaks of treaties whose entry into force nobody recorded.
    """
    before, further = (model(program, each, [ENTERS]) for each in (world, world.whole))
    for treaty, wait, _, _ in world.of(CLAUSE):
        was, now = _entry(before, treaty), _entry(further, treaty)
        if was is None or treaty in {each for _, each, _ in world.of(RECORDED)}:
            continue
        if now is None or now > was:
            return Breach(f"without the further deposit it would enter into force on {was}", _facts(further, ENTERS))
        added = min((fact.values[-1] for fact in world.more if fact.predicate == RECORDS), default=LONG_AFTER)
        if now != was and isinstance(wait, Delay) and isinstance(added, date) and after(added, wait) > was:
            return Breach(f"the last instrument required came before, and fixed {was}", _facts(further, ENTERS))
    return None


def enough_states_have_consented(program: Program, world: World) -> Breach | None:
    """A treaty enters into force by count when as many States as it requires have consented, never with one less.

    VCLT 24(1), with the treaty's own clause. Speaks of treaties whose entry into force nobody recorded. Where only
    members of a group may become parties, a deposit counts if its State had joined by that day.
    """
    found = model(program, world, [ENTERS, COUNTED, JOINED_ON])
    for treaty, wait, n, _ in world.of(CLAUSE):
        if treaty in {each for _, each, _ in world.of(RECORDED)} or not isinstance(n, int):
            continue
        days = _first_deposits(found, treaty, {group for each, group in world.of(ONLY) if each == treaty})
        for _, day in found.match(ENTERS, (treaty, None)):
            fixing = [d for d in days if isinstance(wait, Delay) and after(d, wait) == day]
            if not any(sum(other <= d for other in days) >= n for d in fixing):
                return Breach(f"no day on which {n} States had deposited fixes {day}", _facts(found, ENTERS))
        keep = sorted({str(state) for state, _, _ in found.match(COUNTED, (None, None, treaty))})[: n - 1]
        fewer = tuple(f for f in world.facts if f.predicate != RECORDS or f.values[2] in keep or f.values[3] != treaty)
        if (left := model(program, replace(world, facts=fewer), [ENTERS])) and _entry(left, treaty) is not None:
            return Breach(f"with the deposits of {keep or 'nobody'} alone it enters into force", _facts(left, ENTERS))
    return None


def in_force_stays_in_force(program: Program, world: World) -> Breach | None:
    """A treaty once in force stays in force, and a party stays a party, whatever happens later (VCLT 42(2), 55).

    In these worlds nobody gives notice, and no treaty is abrogated: leaving has laws of its own.
    """
    last = replace(world, as_of=LONG_AFTER)
    days = sorted({value for fact in world.facts for value in _days(fact)} | {world.as_of})
    earlier: Facts | None = None
    for day in (*days, LONG_AFTER):
        now = model(program, replace(last, as_of=day), [IN_FORCE, PARTY])
        for sentence in (IN_FORCE, PARTY):
            lost = set(_facts(earlier, sentence)) - set(_facts(now, sentence)) if earlier else set()
            if lost:
                says = f"as of {day} that is concluded no more"
                return Breach(says, tuple(sorted(lost, key=str)))
        earlier = now
    return None


def what_is_so_since_a_day_was_so_on_that_day(program: Program, world: World) -> Breach | None:
    """A treaty in force since a day was in force on that day, and a party since a day was one then (VCLT 24, 28)."""
    for sentence in (IN_FORCE, PARTY):
        for fact in _facts(model(program, world, [sentence]), sentence):
            since = fact.values[-1]
            then = model(program, replace(world, as_of=since), [sentence]) if isinstance(since, date) else None
            if then is not None and fact not in then:
                return Breach(f"as of {since} that was not concluded", (fact,))
    return None


def a_party_consented_and_is_bound(program: Program, world: World) -> Breach | None:
    """A party has consented, and the treaty is in force, in general and for it, since after any delay of its own.

    VCLT 2(1)(g) and 24.
    """
    found = model(program, world, [PARTY, CONSENTED, ENTERS, ENTERS_FOR])
    own = {treaty: wait for treaty, wait, _ in world.of(OWN_CLAUSE)}
    for state, treaty, since in found.match(PARTY, (None, None, None)):
        shown = (Fact(PARTY, (state, treaty, since)), *_facts(found, ENTERS))
        consents = list(found.match(CONSENTED, (state, treaty, None, None)))
        waited = [_waited(day, own.get(treaty)) for _, _, _, day in consents]
        general = [day for _, day in found.match(ENTERS, (treaty, None))]
        if not any(not _is_before(since, day) for day in waited):
            return Breach("it had not consented, or its own delay had not run", shown)
        if not any(not _is_before(since, day) for day in general):
            return Breach("the treaty was not in force in general", shown)
        if not found.match(ENTERS_FOR, (treaty, state, since)) or _is_before(world.as_of, since):
            return Breach("the treaty was not in force for it", shown)
        if not {act for _, _, act, _ in consents} <= {act for each, act in world.of(ADMITS) if each == treaty}:
            return Breach("it had not consented by a means that the treaty admits", shown)
    return None


def the_interim_duty_ends_with_party_status(program: Program, world: World) -> Breach | None:
    """A State that must perform a treaty is under no duty to refrain from defeating it meanwhile (VCLT 18, 26)."""
    found = model(program, world, [INTERIM, PARTY])
    for state, treaty, since in found.match(PARTY, (None, None, None)):
        both = [Fact(INTERIM, duty) for duty in found.match(INTERIM, (state, treaty, None))]
        if both:
            return Breach("it cannot be both", (Fact(PARTY, (state, treaty, since)), *both))
    return None


def a_signatory_is_bound_until_it_says_otherwise(program: Program, world: World) -> Breach | None:
    """Between signature and consent either the interim duty holds or the State made its intention clear (VCLT 18(a)).

    Only an intention made clear on or after signature counts, as who signs later shows another one.
    """
    found = model(program, world, [INTERIM, SIGNED, CONSENTED, COVERS])
    for (treaty,) in world.of(SIGNATURE):
        for state in {state for state, _, _ in found.match(SIGNED, (None, treaty, None))}:
            covered = found.match(COVERS, (None, treaty, state, None))
            if found.match(CONSENTED, (state, treaty, None, None)) or not covered:
                continue
            signed = sorted(found.match(SIGNED, (state, treaty, None)), key=str)
            notices = [day for each, day, of in world.of(INTENTION) if (each, of) == (state, treaty)]
            clear = any(not _is_before(d, signed[-1][-1]) and not _is_before(world.as_of, d) for d in notices)
            if bool(found.match(INTERIM, (state, treaty, None))) == clear:
                says = "it made its intention clear since, and has a duty" if clear else "it has no duty to refrain"
                return Breach(says, tuple(Fact(SIGNED, each) for each in signed))
    return None


def a_contracting_state_is_bound_until_undue_delay(program: Program, world: World) -> Breach | None:
    """Between consent and entry into force for it a State is under the interim duty (VCLT 18(b)).

    Not where it is decided that the entry into force is unduly delayed, nor where nobody knows whether it came.
    """
    found = model(program, world, [INTERIM, CONTRACTING, PARTY, KNOWN])
    unduly = {treaty for (treaty,) in world.of(UNDUE)}
    for state, treaty, since in found.match(CONTRACTING, (None, None, None)):
        duty = bool(found.match(INTERIM, (state, treaty, None)))
        pending = found.match(KNOWN, (treaty,)) and not found.match(PARTY, (state, treaty, None))
        if pending and duty == (treaty in unduly):
            return Breach("the interim duty does not follow", (Fact(CONTRACTING, (state, treaty, since)),))
    return None


def a_state_stands_on_one_step(program: Program, world: World) -> Breach | None:
    """A State stands to a treaty in one way, never in two."""
    found = model(program, world, [STANDS])
    for state, treaty, standing in found.match(STANDS, (None, None, None)):
        if len(both := list(found.match(STANDS, (state, treaty, None)))) > 1:
            return Breach(f"it cannot be {standing} and something else", tuple(Fact(STANDS, each) for each in both))
    return None


def _first_deposits(found: Facts, treaty: Value, groups: set[Value]) -> list[date]:
    """The days of the instruments that count, of each State the first since it joined those who may become parties."""
    joined = {group: list(found.match(JOINED_ON, (None, group, None))) for group in groups}
    first: dict[Value, date] = {}
    for state, day, _ in found.match(COUNTED, (None, None, treaty)):
        eligible = all(any(s == state and not _is_before(day, d) for s, _, d in joined[g]) for g in groups)
        if eligible and isinstance(day, date):
            first[state] = min(day, first.get(state, day))
    return sorted(first.values())


def _entry(found: Facts, treaty: Value) -> date | None:
    return min((day for _, day in found.match(ENTERS, (treaty, None)) if isinstance(day, date)), default=None)


def _facts(found: Facts, sentence: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in found.facts() if fact.predicate == sentence)


def _days(fact: Fact) -> Iterator[date]:
    """The days on which a fact may change something, and the days before."""
    ends = [bounds(str(fact.values[-1]))[1]] if fact.predicate.endswith("<period>") else []
    for day in (*ends, *(value for value in fact.values if isinstance(value, date))):
        yield from (day - timedelta(1), day)


def _waited(day: Value, wait: Value | None) -> Value:
    return after(day, wait) if isinstance(wait, Delay) and isinstance(day, date) else day


def _is_before(one: Value, other: Value) -> bool:
    return isinstance(one, date) and isinstance(other, date) and one < other
