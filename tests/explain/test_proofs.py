"""A proof rests on what was known before, down to given facts; it ends, and says all that it rests on."""

from __future__ import annotations

from datetime import date

import pytest

from tests.explain.small import Small, small
from treaty_engine.explain.proof import Absent, Figure, Premise, Proof, Throughout, parts
from treaty_engine.language.rules import Absence
from treaty_engine.language.terms import Fact
from treaty_engine.model import Facts
from treaty_engine.treaties.corpus import Corpus, Question

DAYS = [date(1999, 12, 31), date(2008, 6, 12), date(2012, 1, 1)]

SIGNING = """
    - id: signing
      title: Signing binds
      cite: Article 1
      if: [<state> signed <treaty> on <date>]
      then: <state> is bound by <treaty> since <date>
    """


def rests_on(premise: Premise) -> list[Proof]:
    """The proofs right below a premise, through absences, figures and cases."""
    if isinstance(premise, Proof):
        return [premise]
    if isinstance(premise, Absent):
        return [premise.coverage]
    if isinstance(premise, Figure):
        return [found for member in premise.members for each in member.premises for found in rests_on(each)]
    if isinstance(premise, Throughout):
        return [found for case in premise.cases for each in (*case.of, *case.also) for found in rests_on(each)]
    return []


@pytest.fixture(scope="module", params=[pytest.param(day, marks=pytest.mark.xdist_group(str(day)), id=str(day)) for day in DAYS])
def packaged(request: pytest.FixtureRequest, corpus: Corpus) -> Small:
    """The shipped rules and facts as seen on a day, with the proofs that were found already."""
    return Small(corpus.program, corpus.world(Question(request.param)).facts)


def test_every_conclusion_has_a_proof_by_descending_rank_from_facts_that_hold(packaged: Small) -> None:
    model, given = packaged.model, set(packaged.given)
    for fact in model.facts():
        proof = packaged.prover.certain(fact)
        assert proof.fact == fact
        assert (proof.rule is None) == (fact in given)
        for below in (each for premise in proof.premises for each in rests_on(premise)):
            assert _rank(model, below.fact) < _rank(model, fact)
        for each in parts(proof):
            assert not isinstance(each, Proof) or each.fact in model


def _rank(model: Facts, fact: Fact) -> int:
    rank = model.rank(fact)
    assert rank is not None, "a premise holds"
    return rank


def test_other_derivations_of_a_fact_are_other_proofs_of_it(packaged: Small) -> None:
    several = 0
    for fact in packaged.model.facts():
        others = list(packaged.prover.alternatives(fact))
        assert others[0] == packaged.prover.certain(fact), "the shortest comes first"
        assert all(other.fact == fact for other in others)
        assert all(others.index(other) == place for place, other in enumerate(others)), "each once"
        several += len(others) > 1
    assert several > 10


def test_what_does_not_hold_has_no_proof() -> None:
    asked = small(SIGNING, "Aland signed Charter on 2001-01-01")
    absent = Fact("<state> is bound by <treaty> since <date>", ("Bland", "Charter", date(2001, 1, 1)))
    assert asked.prover.proof(absent) is None
    assert list(asked.prover.alternatives(absent)) == []
    with pytest.raises(LookupError, match="does not hold"):
        asked.prover.certain(absent)


def test_a_given_fact_is_its_own_proof_even_where_a_rule_concludes_it_too() -> None:
    asked = small(
        """
        - id: copied
          title: What the Digest covers the Gazette covers
          cite: Article 2
          if: ['"Digest" covers <treaty> for <state> until <day>']
          then: '"Gazette" covers <treaty> for <state> until <day>'
        """,
        "Digest covers Charter for Aland until 2001-01-01",
        "Gazette covers Charter for Aland until 2001-01-01",
    )
    proof = asked.proof("Gazette covers Charter for Aland until 2001-01-01")
    assert proof.rule is None
    assert [other.rule.id if other.rule else "given" for other in asked.prover.alternatives(proof.fact)] == [
        "given",
        "copied",
    ]


AROUND = """
    - id: free-when-unsigned
      title: Who did not sign, as far as is covered, is free
      cite: Article 3
      if:
        - <state> belongs to the circle
        - <treaty> requires <n> signatures
        - no record that: <state> signed <treaty>
      then: <state> is free of <treaty>

    - id: free-by-payment
      title: Who paid is free
      cite: Article 4
      if: [<state> paid <n> toward the costs of <treaty>]
      then: <state> is free of <treaty>

    - id: covered-when-free
      title: The Gazette covers who is free
      cite: Article 5
      if:
        - <state> is free of <treaty>
        - <treaty> came into being on <day>
      then: '"Gazette" covers <treaty> for <state> until <day>'

    - id: began
      title: A treaty begins with the first signature
      cite: Article 6
      if:
        - <state> signed <treaty>
        - {earliest: <day>, one per: <other>, of: <other> signed <treaty> on <day>, is: <date>}
      then: <treaty> came into being on <date>
    """


def test_a_conclusion_is_never_proven_by_a_coverage_that_rests_on_it() -> None:
    asked = small(
        AROUND,
        "Aland belongs to the circle",
        "Charter requires 3 signatures",
        "Aland paid 3 toward the costs of Charter",
        "Bland signed Charter on 2001-01-01",
    )
    free = asked.proof("Aland is free of Charter")
    assert free.rule is not None
    assert free.rule.id == "free-by-payment"
    assert [each.rule.id for each in asked.prover.alternatives(free.fact) if each.rule] == ["free-by-payment"]


def test_an_absence_names_every_source_that_covers_it() -> None:
    asked = small(
        AROUND,
        "Aland belongs to the circle",
        "Charter requires 3 signatures",
        "Digest covers Charter for Aland until 2005-01-01",
        "Gazette covers Charter for Aland until 2001-01-01",
    )
    (absent,) = (each for each in asked.proof("Aland is free of Charter").premises if isinstance(each, Absent))
    assert isinstance(absent.literal, Absence)
    assert [fact.values[0] for fact in (absent.coverage.fact, *absent.more_coverage)] == ["Digest", "Gazette"]


FIGURES = """
    - id: began
      title: A treaty begins with the second signature
      cite: Article 7
      if:
        - <treaty> requires <n> signatures
        - {number: <n>, earliest: <day>, one per: <state>, of: <state> signed <treaty> on <day>, is: <date>}
      then: <treaty> came into being on <date>

    - id: paid
      title: All that was paid
      cite: Article 8
      if:
        - <treaty> came into being on <date>
        - {sum: <m>, one per: <state>, of: <state> paid <m> toward the costs of <treaty>, is: <n>}
      then: <n> is the measure of <treaty>

    - id: whole
      title: Every State of the circle signed
      cite: Article 9
      if:
        - <treaty> requires <n> signatures
        - {all: <state>, of: <state> belongs to the circle, satisfy: <state> signed <treaty>}
      then: the circle has signed <treaty>
    """


def figures() -> Small:
    """Three signatures, one of them given twice, and four payments."""
    return small(
        FIGURES,
        "Charter requires 2 signatures",
        "Cland signed Charter on 2003-03-03",
        "Aland signed Charter on 2001-01-01",
        "Bland signed Charter on 2002-02-02",
        "Bland signed Charter on 2004-04-04",
        "Aland paid 9 toward the costs of Charter",
        "Aland paid 10 toward the costs of Charter",
        "Bland paid 10 toward the costs of Charter",
        "Aland belongs to the circle",
        "Bland belongs to the circle",
    )


def test_a_figure_lists_its_members_in_the_order_in_which_they_count() -> None:
    figure = figures().proof("Charter came into being on 2002-02-02").premises[1]
    assert isinstance(figure, Figure)
    assert [(*member.group, str(member.value)) for member in figure.members] == [
        ("Aland", "2001-01-01"),
        ("Bland", "2002-02-02"),
        ("Cland", "2003-03-03"),
    ]
    assert figure.reached == 2


def test_a_sum_lists_all_that_it_adds() -> None:
    figure = figures().proof("29 is the measure of Charter").premises[1]
    assert isinstance(figure, Figure)
    assert [(*member.group, member.value) for member in figure.members] == [("Aland", 9), ("Aland", 10), ("Bland", 10)]


def test_all_cases_are_listed_with_why_each_satisfies_what_all_must() -> None:
    throughout = figures().proof("the circle has signed Charter").premises[1]
    assert isinstance(throughout, Throughout)
    assert [case.values["state"] for case in throughout.cases] == ["Aland", "Bland"]
    assert all(rests_on(each) for case in throughout.cases for each in (*case.of, *case.also))


def test_the_shorter_of_two_proofs_is_told() -> None:
    asked = small(
        """
        - id: the-long-way
          title: Who owes a report is free
          cite: Article 10
          if: [<state> owes a report under <treaty>]
          then: the circle has signed <treaty>
        - id: report
          title: Who signed owes a report
          cite: Article 11
          if: [<state> signed <treaty>]
          then: <state> owes a report under <treaty>
        - id: the-short-way
          title: A signature is enough
          cite: Article 12
          if: [<state> signed <treaty>]
          then: the circle has signed <treaty>
        """,
        "Aland signed Charter on 2001-01-01",
    )
    told = [each.rule.id for each in asked.prover.alternatives(asked.proof("the circle has signed Charter").fact) if each.rule]
    assert told[0] == "the-short-way"
