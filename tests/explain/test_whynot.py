"""Why not: each rule that could conclude it, how far it got, what failed first, and what would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.explain.small import Small, small, vocabulary
from treaty_engine.engines.compiled import evaluate
from treaty_engine.explain.possible import Possible
from treaty_engine.explain.proof import Proof, Prover
from treaty_engine.explain.status import UNKNOWN, status
from treaty_engine.explain.whynot import Attempt, attempts, nearest_of
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every
from treaty_engine.language.terms import Atom, Fact, Variable
from treaty_engine.language.writing import fact_sentence, literal_lines, sentence_of
from treaty_engine.treaties.corpus import Corpus, Question

RULES = """
    - id: signing
      title: Who signed in time is bound
      cite: Article 1
      if:
        - <state> belongs to the circle
        - <state> signed <treaty> on <date>
        - <date> is before "2005-01-01"
      unless:
        - id: withdrawn
          title: It withdrew
          cite: Article 2
          if: [<state> withdrew its signature of <treaty>]
        - id: paid-nothing
          title: It paid nothing
          cite: Article 3
          if: ['<state> paid "0" toward the costs of <treaty>']
      then: <state> is bound by <treaty> since <date>
    - id: paying
      title: Who paid is bound from the first day
      cite: Article 4
      if:
        - <state> paid <n> toward the costs of <treaty>
        - <treaty> came into being on <date>
      then: <state> is bound by <treaty> since <date>
    - id: second
      title: The second signature
      cite: Article 5
      if:
        - <treaty> requires <n> signatures
        - {number: <n>, earliest: <day>, one per: <state>, of: <state> signed <treaty> on <day>, is: <date>}
      then: <treaty> came into being on <date>
    - id: free
      title: Who did not sign is free
      cite: Article 6
      if:
        - <state> belongs to the circle
        - <treaty> requires <n> signatures
        - no record that: <state> signed <treaty>
      then: <state> is free of <treaty>
    - id: whole
      title: Every State of the circle signed
      cite: Article 7
      if:
        - <treaty> requires <n> signatures
        - {all: <state>, of: <state> belongs to the circle, satisfy: <state> signed <treaty>}
      then: the circle has signed <treaty>
    - id: lapsed
      title: A report is owed once it is decided
      cite: Article 8
      if:
        - <state> belongs to the circle
        - it is decided that <treaty> has lapsed
      then: <state> owes a report under <treaty>
    """
CIRCLE = "Aland belongs to the circle"
BOUND = "Aland is bound by Charter"


def told(attempt: Attempt) -> tuple[str, list[str], str]:
    """The rule, the conditions that hold, and the first that does not."""
    reached = [fact_sentence(vocabulary(), each.fact) for each in attempt.reached if isinstance(each, Proof)]
    failed = attempt.failed and literal_lines(vocabulary(), attempt.failed, attempt.values)[0]
    return attempt.rule.id, reached, failed or ""


def first(asked: Small, question: str) -> Attempt:
    """The attempt of the first rule."""
    return asked.attempts(question)[0]


def by_rule(asked: Small, question: str, rule: str) -> Attempt:
    """The attempt of a rule."""
    return next(each for each in asked.attempts(question) if each.rule.id == rule)


def test_every_rule_that_could_conclude_it_tells_how_far_it_got() -> None:
    asked = small(RULES, CIRCLE, "Aland paid 3 toward the costs of Charter")
    assert [told(each) for each in asked.attempts(BOUND)] == [
        ("signing", ["Aland belongs to the circle"], "Aland signed Charter"),
        ("paying", ["Aland paid 3 toward the costs of Charter"], "Charter came into being on <date>"),
    ]


def test_a_condition_that_failed_is_explained_in_turn() -> None:
    asked = small(
        RULES, "Aland paid 3 toward the costs of Charter", "Charter requires 2 signatures", "Bland signed Charter on 2001-01-01"
    )
    paying = by_rule(asked, BOUND, "paying")
    (second,) = paying.because
    assert told(second)[:2] == ("second", ["Charter requires 2 signatures"])
    assert isinstance(second.failed, Aggregate)
    assert second.figure is not None
    assert [member.group for member in second.figure.members] == [("Bland",)]
    assert second.figure.reached == 1


def test_a_missing_record_inside_a_coverage_names_the_source_that_was_searched() -> None:
    asked = small(RULES, CIRCLE, "Gazette covers Charter for Aland until 2005-01-01")
    signing = first(asked, BOUND)
    assert [proof.fact.values[0] for proof in signing.searched] == ["Gazette"]
    assert signing.needs == ()


def test_a_missing_record_outside_any_coverage_says_what_to_find_out_and_who_could_tell() -> None:
    asked = small(RULES, CIRCLE, "Gazette is the depositary's record of Charter")
    signing = first(asked, BOUND)
    assert signing.searched == ()
    (need,) = signing.needs
    assert sentence_of(vocabulary(), need.atom, {}) == "Aland signed Charter"
    assert [fact.values for fact in need.settled_by] == [("Gazette", "Charter")]


def test_every_exception_that_applies_is_told_with_why() -> None:
    asked = small(
        RULES,
        CIRCLE,
        "Aland signed Charter on 2001-01-01",
        "Aland withdrew its signature of Charter",
        "Aland paid 0 toward the costs of Charter",
    )
    signing = by_rule(asked, BOUND, "signing")
    assert signing.failed is None
    assert [defeat.exception.id for defeat in signing.defeated_by] == ["withdrawn", "paid-nothing"]
    (because,) = signing.defeated_by[0].premises
    assert isinstance(because, Proof)
    assert fact_sentence(vocabulary(), because.fact) == "Aland withdrew its signature of Charter"


def test_a_comparison_that_fails_is_told_with_its_values() -> None:
    asked = small(RULES, CIRCLE, "Aland signed Charter on 2009-09-09")
    signing = first(asked, BOUND)
    assert isinstance(signing.failed, Computation)
    assert told(signing)[2] == "2009-09-09 is before 2005-01-01"


def test_an_absence_fails_by_the_record_that_there_is() -> None:
    asked = small(RULES, CIRCLE, "Charter requires 2 signatures", "Aland signed Charter on 2001-01-01")
    free = first(asked, "Aland is free of Charter")
    assert isinstance(free.failed, Absence)
    assert [fact_sentence(vocabulary(), proof.fact) for proof in free.against] == ["Aland signed Charter on 2001-01-01"]
    assert free.needs == ()


def test_an_absence_that_nothing_covers_fails_for_want_of_knowledge() -> None:
    free = first(small(RULES, CIRCLE, "Charter requires 2 signatures"), "Aland is free of Charter")
    assert isinstance(free.failed, Absence)
    assert free.against == ()
    assert [sentence_of(vocabulary(), need.atom, {}) for need in free.needs] == ["Aland signed Charter"]


def test_that_not_all_did_it_says_of_whom_it_is_not_known() -> None:
    asked = small(
        RULES,
        CIRCLE,
        "Bland belongs to the circle",
        "Charter requires 2 signatures",
        "Aland signed Charter on 2001-01-01",
    )
    whole = first(asked, "the circle has signed Charter")
    assert isinstance(whole.failed, Every)
    assert [case["state"] for case in whole.cases] == ["Bland"]
    assert [sentence_of(vocabulary(), need.atom, {}) for need in whole.needs] == ["Bland signed Charter"]


def test_what_is_for_somebody_to_decide_is_a_need_of_judgement() -> None:
    lapsed = first(small(RULES, CIRCLE), "Aland owes a report under Charter")
    assert [(need.judgement, need.atom.predicate.kind) for need in lapsed.needs] == [(True, "judgement")]


def test_rules_that_conclude_something_else_are_not_told() -> None:
    asked = small(
        """
        - id: by-the-gazette
          title: The Gazette covers what came into being
          cite: Article 9
          if: [<treaty> came into being on <day>, <state> belongs to the circle]
          then: '"Gazette" covers <treaty> for <state> until <day>'
        """
    )
    assert [each.rule.id for each in asked.attempts("Gazette covers Charter for Aland until <day>")] == ["by-the-gazette"]
    assert asked.attempts("Digest covers Charter for Aland until <day>") == ()


def test_rules_that_lead_back_to_themselves_are_told_once() -> None:
    asked = small(
        """
        - id: follows
          title: Who follows one that is free is free
          cite: Article 10
          if:
            - <other> is free of <treaty>
            - <state> belongs to the circle
            - <other> paid <n> toward the costs of <treaty>
          then: <state> is free of <treaty>
        """,
        CIRCLE,
    )
    (attempt,) = asked.attempts("Aland is free of Charter")
    assert [each.rule.id for each in attempt.because] == ["follows"]
    assert attempt.because[0].because == (), "asked of anybody already"


WAYS = """
    - id: by-decree
      title: Who paid as much as was required is bound by decree
      cite: Article 1
      if:
        - <state> belongs to the circle
        - <state> paid <n> toward the costs of <treaty>
        - <treaty> requires <n> signatures
        - <treaty> came into being on <date>
      then: <state> is bound by <treaty> since <date>
    - id: by-signature
      title: Who signed is bound
      cite: Article 2
      if:
        - <state> belongs to the circle
        - <state> signed <treaty> on <date>
      then: <state> is bound by <treaty> since <date>
    - id: by-birth
      title: Who belongs is bound from the first day
      cite: Article 3
      if:
        - <state> belongs to the circle
        - <treaty> came into being on <date>
      unless:
        - id: it-withdrew
          title: It withdrew
          cite: Article 4
          if: [<state> withdrew its signature of <treaty>]
      then: <state> is bound by <treaty> since <date>
    """
COVERED = "Gazette covers Charter for Aland until 2005-01-01"


def order(*given: str) -> list[str]:
    """The rules by which Aland could be bound, in the order in which they are told, and those told by name only."""
    tried = small(WAYS, *given).attempts(BOUND)
    near = len(nearest_of(tried))
    return [f"{each.rule.id} ({each.wanting.failing}, {each.wanting.open})" for each in tried[:near]] + [
        each.rule.id for each in tried[near:]
    ]


def test_the_rule_of_which_fewest_conditions_are_known_to_fail_comes_first() -> None:
    assert order(CIRCLE, COVERED) == ["by-signature (1, 0)", "by-birth (1, 0)", "by-decree"]
    assert order(COVERED, "Charter requires 2 signatures") == ["by-signature (2, 0)", "by-birth (2, 0)", "by-decree"]


def test_a_condition_that_nobody_recorded_stands_less_in_the_way_than_one_that_is_known_to_fail() -> None:
    assert order(CIRCLE) == ["by-signature (0, 1)", "by-birth", "by-decree"]


def test_an_exception_that_applies_stands_in_the_way_whatever_else_is_missing() -> None:
    withdrew = "Aland withdrew its signature of Charter"
    assert order(CIRCLE, COVERED, withdrew) == ["by-signature (1, 0)", "by-birth", "by-decree"]
    assert order(CIRCLE, COVERED, withdrew, "Charter came into being on 2001-01-01") == [
        "by-signature (1, 0)",
        "by-birth (1, 0)",
        "by-decree",
    ]


def test_rules_that_came_equally_near_keep_the_order_of_the_rule_base() -> None:
    paid = "Aland paid 3 toward the costs of Charter"
    assert order(CIRCLE, COVERED, paid, "Charter requires 3 signatures") == [
        "by-decree (1, 0)",
        "by-signature (1, 0)",
        "by-birth (1, 0)",
    ]


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2012, 1, 1)], ids=str)
def test_why_a_state_of_the_corpus_is_no_party_names_what_failed_the_nearest_first_and_what_is_open(corpus: Corpus, day: date) -> None:
    model = evaluate(corpus.program, corpus.world(Question(day)).facts)
    prover, possible = Prover(corpus.program, model), Possible(corpus.program, model)
    predicate = corpus.vocabulary.predicates["<state> is a party to <treaty> since <date>"]
    parties = {values[:2] for values in model.match(predicate.sentence, (None, None, None))}
    for state in sorted({values[0] for values in parties})[::4]:
        for treaty in corpus.members("Treaty"):
            if (state, treaty) not in parties:
                goal = Atom(predicate, (state, treaty, Variable("date")))
                found = attempts(prover, goal)
                assert found
                assert all(each.failed is not None or each.defeated_by for each in found)
                assert all(_holds(prover, each) for each in found)
                assert _nearest_first(found)
                if not found[0].wanting.failing:
                    assert status(corpus.program, model, goal, possible).status == UNKNOWN


def _holds(prover: Prover, attempt: Attempt) -> bool:
    facts: list[Fact] = [each.fact for each in attempt.reached if isinstance(each, Proof)]
    return all(prover.model.rank(fact) is not None for fact in facts)


def _nearest_first(tried: Sequence[Attempt]) -> bool:
    ordered = [each.wanting for each in tried]
    return ordered == sorted(ordered) and all(_nearest_first(each.because) for each in tried)
