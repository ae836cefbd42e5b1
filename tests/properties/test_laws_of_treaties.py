"""Laws of treaties, tried on the shipped rules in invented worlds; a broken one is told as the smallest story found.

Articles are those of the Vienna Convention on the Law of Treaties (VCLT). The laws themselves are public, in
`treaty_engine.testing`, so that authors can try them on rules of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from treaty_engine.language.statements import fact
from treaty_engine.language.vocabulary_reader import read_vocabulary
from treaty_engine.program.program import Program
from treaty_engine.testing import laws
from treaty_engine.testing import treaty_laws as law
from treaty_engine.testing.stories import Law, LawBroken, known, model, uphold
from treaty_engine.testing.treaty_worlds import (
    DAY_BASED,
    DIGEST,
    FIRST,
    GAZETTE,
    LAST,
    LEAGUE,
    STATES,
    TREATIES,
    Kind,
    World,
    worlds,
    worlds_and_a_repeated_deposit,
    worlds_and_another_deposit,
    worlds_and_their_future,
    worlds_and_what_is_found_out,
)
from treaty_engine.treaties.corpus import Corpus

EVERY = 100
"""Worlds in which a law is tried: always the same ones, so that a run is as good as any other."""

ROOT = Path(__file__).parents[2]
VOCABULARY = read_vocabulary(ROOT / "rules" / "vocabulary.yaml", "rules/vocabulary.yaml")


def story(as_of: str, sentences: str, more: str = "") -> World:
    """A world in the words of the rules, one sentence a line."""
    told = [
        [fact(VOCABULARY, line, examples=True) for line in each.splitlines() if line.strip()]
        for each in (sentences, more)
    ]
    return World(date.fromisoformat(as_of), tuple(told[0]), tuple(told[1]))


CLAUSES = """
    Charter is open only to members of League
    the membership of League is recorded in full
    Aland is in the register of States
    Bland is in the register of States
    Charter enters into force 30 days after instrument number 2 under "art. 1"
    Charter admits consent by ratification
    Charter admits consent by accession
    Charter counts ratification toward its entry into force
    Charter is open to signature subject to ratification
    Gazette is complete until 2030-01-01
    Digest is complete until 2030-01-01
    Gazette has an entry for Aland under Charter
"""
MEMBERS = (
    CLAUSES
    + """
    Gazette has an entry for Bland under Charter
    Aland became a member of League in 1990-01-01
    Bland became a member of League in 1990-01-01
"""
)
BOTH_RATIFIED = (
    MEMBERS
    + """
    Gazette records ratification by Aland under Charter on 2000-01-01
    Gazette records ratification by Bland under Charter on 2001-01-01
"""
)
MEMBERS_ONE_KNOWN = (
    CLAUSES
    + """
    Aland became a member of League in 1990-01-01
    Bland became a member of League in 1990-01-01
    Gazette records ratification by Aland under Charter on 2000-06-01
"""
)

LEAVES = story("2030-01-01", BOTH_RATIFIED + "Aland ceased to be a member of League in 2002-05-01")
JOINS = story("2030-01-01", BOTH_RATIFIED + "Cland became a member of League in 2002-05-01")
TWO_DAYS = story(
    "2030-01-01",
    BOTH_RATIFIED
    + """Gazette prevails over Digest by virtue of "art. 77"
    Digest has an entry for Bland under Charter
    Digest records ratification by Bland under Charter on 2000-06-01""",
)
RATIFIES_AND_JOINS = story(
    "2030-01-01",
    MEMBERS.replace("number 2", "number 1").replace(
        "Bland became a member of League in 1990", "Bland became a member of League in 2001"
    )
    + """Gazette records ratification by Aland under Charter on 2000-01-01
    Gazette records ratification by Bland under Charter on 2000-06-01""",
)
COUNTED_LATER = story("2030-01-01", BOTH_RATIFIED + "Gazette records the entry into force of Charter on 2000-06-01")
DEPOSITS_BEFORE_IT_JOINS = story(
    "2030-01-01",
    BOTH_RATIFIED.replace("Aland became a member of League in 1990", "Aland became a member of League in 2002"),
)

NAMES = (*STATES, *TREATIES, GAZETTE, DIGEST, LEAGUE)
SETTLED = Kind(settled=True)
AGREED = Kind(agreed=True)
ELIGIBLE = Kind(agreed=True, eligible=True)
COUNTED = Kind(counted=True, covered=True)
CLOSED = Kind(settled=True, stable=True, counted=True)

OF_THE_WORLD = (
    law.SIGNED, law.CONSENTED, law.SIGNATORY, law.PARTY, law.COUNTED, law.MISSING, law.NOT_BOUND, law.INTERIM,
    law.ENTERS, law.ENTERS_FOR, law.IN_FORCE, law.PERFORM, law.CONTRACTING, law.ORDER,
)  # fmt: skip
"""What is said of the world, not of what sources cover: only that must not change when a source is found."""

tried = settings(
    max_examples=EVERY,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a story is made as small as it gets by `uphold`, fact by fact
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


tried_half = settings(tried, max_examples=EVERY // 2)  # where many questions are asked of each world

Upheld = Callable[[Law, World], None]


@pytest.fixture(scope="module")
def upheld(corpus: Corpus) -> Upheld:
    """Fails with the smallest story found where a law does not hold under the shipped rules."""

    def check(stated: Law, world: World) -> None:
        uphold(stated, corpus.program, world)

    return check


@tried
@given(world=worlds())
def test_every_conclusion_has_a_proof_that_the_checker_accepts(upheld: Upheld, world: World) -> None:
    """Property 1."""
    upheld(laws.every_conclusion_has_a_proof, world)


@tried_half
@given(world=worlds())
@example(world=story("2030-01-01", MEMBERS_ONE_KNOWN))
def test_every_question_has_exactly_one_answer(upheld: Upheld, world: World) -> None:
    """Property 3."""
    upheld(laws.every_question_has_one_answer, world)


@tried_half
@given(world=worlds(), seed=st.integers(0, 10_000))
@example(
    world=story(
        "2030-01-01",
        """Charter is open only to members of League
        Charter admits consent by ratification
        Charter counts ratification toward its entry into force
        Aland became a member of League in 1990-01-01
        Bland became a member of League in 1990-01-01
        Cland became a member of League in 1990-01-01
        Aland is in the register of States""",
    ),
    seed=1,
)
def test_the_order_of_facts_and_rules_changes_no_answer_and_no_need(upheld: Upheld, world: World, seed: int) -> None:
    """Properties 3 and 5."""
    upheld(partial(laws.order_changes_nothing, seed=seed), world)


@tried_half
@given(world=worlds_and_what_is_found_out(CLOSED))
@example(
    world=story(
        "2030-01-01",
        MEMBERS_ONE_KNOWN,
        """Digest has an entry for Bland under Charter
        Digest records ratification by Bland under Charter on 2000-01-01""",
    )
)
@example(
    world=story(
        "2030-01-01",
        """Charter admits consent by ratification
        Digest records ratification by Aland under Charter on 2001-11-04""",
        """Digest is complete until 2030-01-01
        Digest has an entry for Aland under Charter
        Digest records ratification by Aland under Charter on 2001-03-09""",
    )
)
def test_what_is_found_out_flips_no_answer_but_a_presumption(upheld: Upheld, world: World) -> None:
    """Property 4, of all that is said of the world. A presumption is what holds unless an exception is shown."""
    upheld(partial(laws.finding_out_flips_nothing, sentences=OF_THE_WORLD), world)


@tried
@given(world=worlds_and_a_repeated_deposit(replace(SETTLED, eligible=True)))
@example(world=story("2030-01-01", BOTH_RATIFIED, "Gazette records ratification by Aland under Charter on 2003-01-01"))
def test_a_deposit_that_a_state_repeats_changes_nothing(upheld: Upheld, world: World) -> None:
    """Property 5; VCLT 16, 24. Of States that join first: a deposit made before that does not count, and a repeated
    one then may."""
    upheld(law.a_repeated_deposit_changes_nothing, world)


@tried_half
@given(world=worlds(), states=st.permutations(STATES))
def test_other_names_have_the_same_answers(upheld: Upheld, world: World, states: list[str]) -> None:
    """Property 6."""
    names = dict(zip(NAMES, (*states, *reversed(TREATIES), DIGEST, GAZETTE, "Union"), strict=True))
    upheld(partial(laws.renaming_renames, names=names), world)


@tried
@given(world=worlds(Kind(delays=DAY_BASED)), days=st.integers(-400, 4000))
def test_when_every_date_is_later_every_computed_date_is_as_much_later(upheld: Upheld, world: World, days: int) -> None:
    """Property 7, of delays in days: months differ in length."""
    upheld(partial(laws.days_shift_together, days=days), world)


@tried_half
@given(world=worlds(), days=st.lists(st.dates(FIRST, LAST), min_size=2, max_size=4, unique=True))
def test_what_holds_on_a_day_is_the_same_when_other_days_are_asked_about(
    upheld: Upheld, world: World, days: list[date]
) -> None:
    """One run for many days means what a run for each would."""
    upheld(partial(laws.each_of_many_days_is_as_alone, days=days), world)


@tried
@given(world=worlds_and_another_deposit(replace(COUNTED, stable=True)))
def test_a_further_deposit_never_delays_entry_into_force(upheld: Upheld, world: World) -> None:
    """Property 8; VCLT 24(1)."""
    upheld(law.a_further_deposit_never_delays, world)


@tried
@given(world=worlds(COUNTED))
@example(
    world=story(
        "2030-01-01",
        MEMBERS
        + """Charter counts accession toward its entry into force
        Gazette records ratification by Aland under Charter on 2000-01-01
        Gazette records accession by Aland under Charter on 2001-01-01""",
    )
)
@example(world=DEPOSITS_BEFORE_IT_JOINS)
def test_a_treaty_enters_into_force_when_enough_states_have_consented(upheld: Upheld, world: World) -> None:
    """Property 9; VCLT 24(1)."""
    upheld(law.enough_states_have_consented, world)


@tried
@given(world=worlds(AGREED))
@example(world=LEAVES)
@example(world=JOINS)
@example(world=TWO_DAYS)
def test_a_treaty_in_force_stays_in_force(upheld: Upheld, world: World) -> None:
    """Property 10; VCLT 42(2), 55, 77. Where members leave and join, and sources date acts differently."""
    upheld(law.in_force_stays_in_force, world)


@tried
@given(world=worlds())
@example(world=COUNTED_LATER)
def test_a_treaty_stays_in_force_where_a_record_of_it_differs_from_the_count(upheld: Upheld, world: World) -> None:
    """Property 10; VCLT 77."""
    upheld(law.in_force_stays_in_force, world)


@tried
@given(world=worlds(ELIGIBLE))
@example(world=LEAVES)
@example(world=JOINS)
@example(world=TWO_DAYS)
def test_what_is_so_since_a_day_was_so_on_that_day(upheld: Upheld, world: World) -> None:
    """Property 13; VCLT 24, 28. Where nobody acts before it may, and no record differs from the count."""
    upheld(law.what_is_so_since_a_day_was_so_on_that_day, world)


@pytest.mark.xfail(
    raises=LawBroken,
    strict=True,
    reason="ratified on 2000-06-01, joined on 2001-01-01: asked after that it is a party since 2000, when it was none",
)
@tried
@given(world=worlds(SETTLED))
@example(world=RATIFIES_AND_JOINS)
def test_a_state_that_joins_the_group_later_is_a_party_no_earlier(upheld: Upheld, world: World) -> None:
    """Property 13; VCLT 15, 24, 28."""
    upheld(law.what_is_so_since_a_day_was_so_on_that_day, world)


@tried
@given(world=worlds())
def test_a_party_has_consented_and_the_treaty_is_in_force_for_it(upheld: Upheld, world: World) -> None:
    """Property 11; VCLT 2(1)(g), 24."""
    upheld(law.a_party_consented_and_is_bound, world)


@tried
@given(world=worlds())
def test_a_party_is_under_no_interim_duty(upheld: Upheld, world: World) -> None:
    """Property 12; VCLT 18."""
    upheld(law.the_interim_duty_ends_with_party_status, world)


@tried
@given(world=worlds(replace(SETTLED, covered=True)))
@example(
    world=story(
        "2030-01-01",
        MEMBERS
        + """Aland made clear on 2000-01-01 its intention not to become a party to Charter
        Gazette records signature by Aland under Charter on 2000-06-01""",
    )
)
def test_a_signatory_is_bound_until_it_makes_its_intention_clear(upheld: Upheld, world: World) -> None:
    """Property 12; VCLT 18(a). A State that signs after all has not made it clear."""
    upheld(law.a_signatory_is_bound_until_it_says_otherwise, world)


@tried
@given(world=worlds())
def test_a_contracting_state_is_bound_until_the_treaty_is_in_force_for_it(upheld: Upheld, world: World) -> None:
    """Property 12; VCLT 18(b)."""
    upheld(law.a_contracting_state_is_bound_until_undue_delay, world)


@tried
@given(world=worlds_and_their_future())
@example(
    world=story(
        "2000-06-01",
        """Charter admits consent by ratification
        Gazette prevails over Digest by virtue of "art. 77"
        Digest records ratification by Aland under Charter on 2000-01-01""",
        "Gazette records ratification by Aland under Charter on 2000-07-01",
    )
)
def test_what_happens_later_changes_no_answer_of_today(upheld: Upheld, world: World) -> None:
    """Property 13; VCLT 28, 77. Records are read whatever the day, so that a later one may correct an earlier."""
    upheld(law.the_future_changes_nothing, world)


@tried
@given(world=worlds())
@example(world=story("2030-01-01", CLAUSES + "Gazette records signature by Aland under Charter on 2000-06-01"))
def test_a_state_stands_on_one_step_of_the_ladder(upheld: Upheld, world: World) -> None:
    """Property 3, of standing; VCLT 2(1)(f) to (h)."""
    upheld(law.a_state_stands_on_one_step, world)


def test_a_broken_law_is_told_as_the_smallest_story(corpus: Corpus) -> None:
    changed = tuple(replace(rule, exceptions=()) if rule.id == "vclt-18-b" else rule for rule in corpus.program.rules)
    broken = Program(corpus.vocabulary, changed)
    told: list[str] = []

    @tried
    @given(world=worlds())
    def try_the_law(world: World) -> None:
        try:
            uphold(law.the_interim_duty_ends_with_party_status, broken, world)
        except LawBroken as story:
            told.append(str(story))

    try_the_law()

    smallest = min(told, key=len).splitlines()
    assert smallest[1].startswith("broken: A State that must perform a treaty is under no duty to refrain")
    assert smallest[2].startswith("as of ")
    assert smallest[3:-4] != []
    assert all(line.startswith("  ") for line in smallest[3:-4])
    assert len(smallest[3:-4]) <= 4  # a means of consent, a record of it, an entry into force, and who would record it
    assert "must refrain from acts that would defeat the object and purpose of" in smallest[-2]
    assert smallest[-1] == "but it cannot be both"


def test_the_invented_worlds_are_worth_asking_about(corpus: Corpus) -> None:
    met: Counter[str] = Counter()

    @tried
    @given(world=worlds())
    def look(world: World) -> None:
        found = model(corpus.program, world)
        met.update(
            {fact.predicate for fact in found.facts()} - {fact.predicate for fact in known(corpus.program, world)}
        )

    @tried
    @given(world=worlds(COUNTED))
    def count(world: World) -> None:
        met["by count"] += bool(model(corpus.program, world).match(law.ENTERS, (None, None)))

    look()
    count()

    assert met["by count"] >= EVERY / 10
    assert {sentence: met[sentence] for sentence in OF_THE_WORLD if met[sentence] < EVERY / 20} == {}
