"""Laws of reservations, tried on the shipped rules in invented worlds; a broken one is told as the smallest story.

Articles are those of the Vienna Convention on the Law of Treaties (VCLT).
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from treaty_engine.testing import reservation_laws as law
from treaty_engine.testing.reservation_worlds import worlds_of_reservations
from treaty_engine.testing.stories import Law, model, uphold
from treaty_engine.testing.treaty_worlds import World
from treaty_engine.treaties.corpus import Corpus

tried = settings(
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a story is made as small as it gets by `uphold`, fact by fact
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)

LAWS = (
    law.a_reservation_does_the_same_both_ways,
    law.a_reservation_does_nothing_between_others,
    law.a_reservation_makes_nobody_less_of_a_party,
    law.silence_is_acceptance_after_twelve_months,
    law.an_objection_blocks_only_where_it_says_so,
    law.a_reservation_is_accepted_or_objected_to,
)


@pytest.mark.parametrize("stated", LAWS, ids=lambda stated: stated.__name__)
@tried
@given(world=worlds_of_reservations())
def test_properties_15_and_16(corpus: Corpus, stated: Law, world: World) -> None:
    """Properties 15 and 16: reservation symmetry, and the algebra of objections."""
    uphold(stated, corpus.program, world)


def test_the_worlds_are_not_empty(corpus: Corpus) -> None:
    """What the laws speak of does come about, each in some of the worlds."""
    seen: Counter[str] = Counter()

    @tried
    @given(world=worlds_of_reservations())
    def count(world: World) -> None:
        spoken = (law.SUBJECT_TO, law.ACCEPTED, law.MAINTAINED, law.MODIFIES, law.EXCLUDES, law.BLOCKED)
        found = model(corpus.program, world, spoken)
        seen.update({fact.predicate for fact in found.facts()} & set(spoken))

    count()
    assert len(seen) == 6, seen
    assert min(seen.values()) >= 3, seen
