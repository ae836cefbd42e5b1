"""An answer is yes, no, unknown, a conflict or for somebody to judge; and it says what it rests on."""

from __future__ import annotations

from datetime import date

from tests.explain.small import Small, small, vocabulary
from treaty_engine.language.terms import Fact, Variable
from treaty_engine.language.writing import fact_sentence, sentence_of

SIGNING = """
    - id: signing
      title: Signing binds
      cite: Article 1
      if: [<state> signed <treaty> on <date>]
      then: <state> is bound by <treaty> since <date>
    """


def told(asked: Small, question: str) -> tuple[str, list[str]]:
    """The answer, and what would have to be known for a better one."""
    answer = asked.status(question)
    return answer.status, [sentence_of(vocabulary(), need.atom, {}) for need in answer.needs]


def sentences(facts: tuple[Fact, ...]) -> list[str]:
    """Facts in words."""
    return [fact_sentence(vocabulary(), each) for each in facts]


def test_what_follows_is_yes_and_names_every_fact_found() -> None:
    asked = small(SIGNING, "Aland signed Charter on 2001-01-01", "Bland signed Charter on 2002-02-02")
    answer = asked.status("<who> is bound by Charter")
    assert answer.status == "yes"
    assert sentences(answer.found) == [
        "Aland is bound by Charter since 2001-01-01",
        "Bland is bound by Charter since 2002-02-02",
    ]
    assert told(asked, "Aland is bound by Charter") == ("yes", [])


def test_what_no_source_covers_is_unknown_and_says_who_could_tell() -> None:
    asked = small(SIGNING, "Gazette is the depositary's record of Charter")
    answer = asked.status("Aland is bound by Charter")
    assert told(asked, "Aland is bound by Charter") == ("unknown", ["Aland signed Charter"])
    assert [sentences(need.settled_by) for need in answer.needs] == [
        ["Official Gazette is the depositary's record of Charter"]
    ]


def test_what_a_source_covers_and_does_not_record_is_no() -> None:
    asked = small(SIGNING, "Gazette covers Charter for Aland until 2005-01-01")
    assert told(asked, "Aland is bound by Charter") == ("no", [])
    assert told(asked, "Bland is bound by Charter") == ("unknown", ["Bland signed Charter"]), "another State"
    assert told(asked, "Aland is bound by Covenant") == ("unknown", ["Aland signed Covenant"]), "another treaty"


def test_another_value_than_the_one_there_can_be_is_no_and_says_which_it_is() -> None:
    asked = small(SIGNING, "Aland signed Charter on 2001-01-01")
    answer = asked.status("Aland is bound by Charter since 2009-09-09")
    assert answer.status == "no"
    assert sentences(answer.against) == ["Aland is bound by Charter since 2001-01-01"]


def test_two_values_where_there_can_be_one_are_a_conflict_with_both_sides() -> None:
    asked = small(SIGNING, "Aland signed Charter on 2001-01-01", "Aland signed Charter on 2002-02-02")
    answer = asked.status("Aland is bound by Charter since 2001-01-01")
    assert answer.status == "conflict"
    assert sentences(answer.found) == ["Aland is bound by Charter since 2001-01-01"]
    assert sentences(answer.against) == ["Aland is bound by Charter since 2002-02-02"]
    assert asked.status("Aland is bound by Charter").status == "conflict"


def test_sentences_that_contradict_each_other_are_a_conflict_whichever_is_asked() -> None:
    asked = small(
        """
        - id: free
          title: Who paid is free
          cite: Article 2
          if: [<state> paid <n> toward the costs of <treaty>]
          then: <state> is free of <treaty>
        - id: owes
          title: Who signed owes a report
          cite: Article 3
          if: [<state> signed <treaty>]
          then: <state> owes a report under <treaty>
        """,
        "Aland paid 3 toward the costs of Charter",
        "Aland signed Charter on 2001-01-01",
        "Bland signed Charter on 2001-01-01",
    )
    free = asked.status("Aland is free of Charter")
    assert (free.status, sentences(free.against)) == ("conflict", ["Aland owes a report under Charter"])
    owes = asked.status("Aland owes a report under Charter")
    assert (owes.status, sentences(owes.against)) == ("conflict", ["Aland is free of Charter"])
    assert asked.status("Bland owes a report under Charter").status == "yes"


JUDGED = """
    - id: lapsed
      title: Of a treaty that has lapsed one is free
      cite: Article 4
      if:
        - <state> belongs to the circle
        - it is decided that <treaty> has lapsed
      then: <state> is free of <treaty>
    """


def test_what_no_rule_may_decide_needs_judgement_until_somebody_decided() -> None:
    asked = small(JUDGED, "Aland belongs to the circle")
    assert told(asked, "Aland is free of Charter") == ("needs judgement", ["it is decided that Charter has lapsed"])
    assert told(asked, "Bland is free of Charter") == ("no", []), "whatever is decided"
    decided = small(JUDGED, "Aland belongs to the circle", "it is decided that Charter has lapsed")
    assert decided.status("Aland is free of Charter").status == "yes"


UNLESS = """
    - id: owes
      title: Who belongs to the circle owes a report, unless it signed
      cite: Article 5
      if:
        - <state> belongs to the circle
        - <treaty> requires <n> signatures
      unless:
        - id: signed
          title: It signed
          cite: Article 6
          if: [<state> signed <treaty>]
      then: <state> owes a report under <treaty>
    """
CIRCLE = ("Aland belongs to the circle", "Charter requires 2 signatures")


def test_a_conclusion_that_a_missing_record_could_defeat_is_unknown() -> None:
    question = "Aland owes a report under Charter"
    assert told(small(UNLESS, *CIRCLE), question) == ("unknown", ["Aland signed Charter"])
    covered = (*CIRCLE, "Gazette covers Charter for Aland until 2005-01-01")
    assert told(small(UNLESS, *covered), question) == ("yes", [])
    assert told(small(UNLESS, *CIRCLE, "Aland signed Charter on 2001-01-01"), question) == ("no", [])


def test_what_nothing_ever_records_in_full_is_presumed_not_to_be_so() -> None:
    asked = small(
        SIGNING.replace(
            "then:",
            "unless: [{id: withdrawn, title: It withdrew, cite: Article 7, if: [<state> withdrew its signature of <treaty>]}]"
            "\n      then:",
        ),
        "Aland signed Charter on 2001-01-01",
        "Bland signed Charter on 2001-01-01",
        "Bland withdrew its signature of Charter",
        "Gazette covers Charter for Bland until 2005-01-01",
    )
    assert told(asked, "Aland is bound by Charter") == ("yes", [])
    assert asked.status("Bland is bound by Charter").status != "yes"


def test_a_figure_short_of_what_is_required_is_unknown_while_a_member_may_be_missing() -> None:
    rules = """
        - id: second
          title: The second signature
          cite: Article 8
          if:
            - <treaty> requires <n> signatures
            - number: <n>
              earliest: <day>
              one per: <state>
              of: [<state> paid "1" toward the costs of <treaty>, <state> signed <treaty> on <day>]
              is: <date>
          then: <treaty> came into being on <date>
        """
    given = (
        "Charter requires 2 signatures",
        "Aland paid 1 toward the costs of Charter",
        "Bland paid 1 toward the costs of Charter",
        "Aland signed Charter on 2001-01-01",
        "Gazette covers Charter for Aland until 2005-01-01",
    )
    assert told(small(rules, *given), "Charter came into being on <day>") == ("unknown", ["Bland signed Charter"])
    covered = (*given, "Gazette covers Charter for Bland until 2005-01-01")
    assert told(small(rules, *covered), "Charter came into being on <day>") == ("no", [])
    signed = (*covered, "Bland signed Charter on 2003-03-03")
    assert told(small(rules, *signed), "Charter came into being on <day>") == ("yes", [])


ALL = """
    - id: whole
      title: Every State of the circle signed
      cite: Article 9
      if:
        - <treaty> requires <n> signatures
        - {all: <state>, of: <state> belongs to the circle, satisfy: <state> signed <treaty>}
      then: the circle has signed <treaty>
    """


def test_that_all_did_something_is_no_when_one_did_not_and_unknown_while_one_may_have() -> None:
    given = (
        *CIRCLE,
        "Bland belongs to the circle",
        "Aland signed Charter on 2001-01-01",
        "Gazette covers Charter for Aland until 2005-01-01",
    )
    question = "the circle has signed Charter"
    assert told(small(ALL, *given), question) == ("unknown", ["Bland signed Charter"])
    assert told(small(ALL, *given, "Gazette covers Charter for Bland until 2005-01-01"), question) == ("no", [])
    assert told(small(ALL, *given, "Bland signed Charter on 2001-01-01"), question) == ("yes", [])
    assert told(small(ALL, "Charter requires 2 signatures"), question) == ("no", []), "all of none is not all"


def test_what_is_known_without_a_missing_record_is_not_made_unknown_by_it() -> None:
    asked = small(
        SIGNING
        + """
    - id: paying
      title: Paying binds too
      cite: Article 10
      if:
        - <state> paid <n> toward the costs of <treaty>
        - <treaty> came into being on <date>
      then: <state> is bound by <treaty> since <date>
    """,
        "Aland signed Charter on 2001-01-01",
        "Aland paid 3 toward the costs of Charter",
    )
    assert told(asked, "Aland is bound by Charter") == ("yes", [])


def test_a_need_leaves_open_what_nobody_can_know_yet() -> None:
    (need,) = small(SIGNING).status("Aland is bound by Charter since <when>").needs
    assert need.atom.terms == ("Aland", "Charter", Variable("date"))
    (dated,) = small(SIGNING).status("Aland is bound by Charter since 2001-01-01").needs
    assert dated.atom.terms == ("Aland", "Charter", date(2001, 1, 1))


def test_what_nothing_ever_records_in_full_does_not_make_a_figure_unknown() -> None:
    rules = """
        - id: by-coverage
          title: A treaty comes into being on the day until which a source covers it
          cite: Article 8
          if: [<treaty> requires <n> signatures, <source> covers <treaty> for <state> until <date>]
          then: <treaty> came into being on <date>
        - id: by-withdrawal
          title: It does so with the withdrawal of a signature as well
          cite: Article 9
          if: [<state> withdrew its signature of <treaty>, <source> covers <treaty> for <state> until <date>]
          then: <treaty> came into being on <date>
        - id: bound-since-the-first
          title: The circle is bound since the first day on which it came into being
          cite: Article 10
          if:
            - <state> belongs to the circle
            - <treaty> requires <n> signatures
            - {earliest: <day>, of: <treaty> came into being on <day>, is: <date>}
          then: <state> is bound by <treaty> since <date>
        """
    given = (
        "Aland belongs to the circle",
        "Charter requires 2 signatures",
        "Gazette covers Charter for Aland until 2005-01-01",
    )
    answer = small(rules, *given).status("Aland is bound by Charter")
    assert answer.status == "yes", answer.needs
