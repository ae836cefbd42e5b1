"""A program that exists is whole: put in order, layered, and the same whatever order its author wrote in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from treaty_engine.engines.compiled import evaluate
from treaty_engine.errors import Refused
from treaty_engine.language.reader import read_rules
from treaty_engine.language.statements import fact
from treaty_engine.language.terms import Fact
from treaty_engine.language.vocabulary_reader import read_vocabulary
from treaty_engine.program.program import Program, program
from treaty_engine.program.strata import dependencies
from treaty_engine.program.world import asked_facts, happened
from treaty_engine.treaties.corpus import Corpus, Question

DAY = date(2012, 6, 12)


def good(data: Path, name: str) -> Program:
    """The program of one of the good files."""
    vocabulary = read_vocabulary(data / "rules" / "vocabulary.yaml", "vocabulary.yaml")
    return program(vocabulary, read_rules(data / "rules" / "good" / f"{name}.yaml", name, vocabulary))


def concluded(asked: Program, *given: str) -> set[tuple[str, ...]]:
    """What follows from facts that a person writes, without what was given."""
    facts = [fact(asked.vocabulary, text, examples=True) for text in given]
    return {tuple(map(str, found.values)) for found in evaluate(asked, facts).facts() if found not in facts}


def test_the_order_in_which_conditions_are_written_changes_nothing(corpus: Corpus) -> None:
    world = corpus.world(Question(DAY))
    backward = [replace(rule, body=rule.body[::-1]) for rule in reversed(corpus.authored)]
    again = evaluate(program(corpus.vocabulary, backward), world.facts)
    assert set(again.facts()) == set(evaluate(corpus.program, world.facts).facts())


def test_no_order_can_bind_what_nothing_names(corpus: Corpus) -> None:
    for rule in corpus.authored:
        for place in range(len(rule.body)):
            shorter = replace(rule, body=rule.body[:place] + rule.body[place + 1 :], overrides=())
            try:
                accepted = program(corpus.vocabulary, [shorter])
            except Refused as refused:
                words = str(refused)
                assert "unsafe variable" in words or "has no value" in words or "used only once" in words
            else:
                evaluate(accepted, corpus.world(Question(DAY)).facts)


def test_an_override_defeats_the_rule_that_gives_way_and_only_where_they_clash(data: Path) -> None:
    late = good(data, "override")
    assert ("Aland", "Charter", "2001-01-01") in concluded(late, "Aland signed Charter on 2001-01-01")
    both = concluded(
        late,
        "Aland signed Charter on 2001-01-01",
        "Aland deposited its ratification of Charter on 2002-02-02",
        "Bland signed Charter on 2001-01-01",
        "Aland signed Covenant on 2001-01-01",
    )
    assert ("Aland", "Charter", "2001-01-01") not in both
    assert {("Aland", "Charter", "2002-02-02"), ("Bland", "Charter", "2001-01-01")} <= both
    assert ("Aland", "Covenant", "2001-01-01") in both


def test_an_override_is_an_exception_with_a_name_and_a_citation(data: Path) -> None:
    early = good(data, "override").rule("early")
    assert early is not None
    assert [(each.id, each.cite) for each in early.exceptions] == [("early/overridden-by/late", "Article 22")]


def test_a_rule_that_leads_back_to_itself_stops_at_its_bound(data: Path) -> None:
    reviews = concluded(good(data, "recursion"), "Aland signed Charter on 2001-01-01")
    assert reviews == {(f"{year}-01-01", "Charter") for year in (2001, 2002, 2003, 2004)}


def test_the_part_of_a_program_that_a_question_rests_on_says_the_same_of_it(corpus: Corpus) -> None:
    asked = "<state> is a party to <treaty> since <date>"
    part = corpus.program.about([asked])
    facts = corpus.world(Question(DAY)).facts
    assert 0 < len(part.rules) < len(corpus.program.rules)
    parties = [{f for f in evaluate(each, facts).facts() if f.predicate == asked} for each in (part, corpus.program)]
    assert parties[0] == parties[1]
    assert len(parties[0]) > 10
    concluded_by_part = {rule.head.predicate.sentence for rule in part.rules}
    for rule in part.rules:
        for needed, _ in dependencies(rule):
            assert needed in concluded_by_part or not corpus.program.concluding(needed)


def test_rules_are_found_by_id_and_by_what_they_conclude(corpus: Corpus) -> None:
    for rule in corpus.program.rules:
        assert corpus.program.rule(rule.id) is rule
        assert rule in corpus.program.concluding(rule.head.predicate.sentence)
    assert corpus.program.rule("no such rule") is None
    assert corpus.program.concluding("no such sentence") == ()


def test_what_explains_an_answer_is_evaluated_with_it(data: Path) -> None:
    assert good(data, "override").needed_to_explain == {
        "<source> covers <treaty> for <state>",
        "<state> must remain in <treaty>",
        "<state> may leave <treaty> at any time",
    }


def test_what_happens_later_is_not_seen(data: Path) -> None:
    signed = good(data, "absence").vocabulary.predicates["<state> signed <treaty> on <date>"]
    values = ("Aland", "Charter", date(2004, 9, 27))
    assert not happened(signed, values, date(2004, 9, 26))
    assert happened(signed, values, date(2004, 9, 27))


def test_a_period_has_happened_once_it_is_over(corpus: Corpus) -> None:
    joined = corpus.vocabulary.predicates["<state> became a member of <group> in <period>"]
    assert not happened(joined, ("THA", "ASEAN", "1967-08"), date(1967, 8, 30))
    assert happened(joined, ("THA", "ASEAN", "1967-08"), date(1967, 8, 31))


def test_the_question_brings_the_day_it_asks_about(corpus: Corpus) -> None:
    asked, ahead = asked_facts(corpus.vocabulary, DAY)
    assert asked == Fact("the question is asked as of <day>", (DAY,))
    assert ahead == Fact("the question looks ahead until <day>", (DAY,))


def test_a_question_that_looks_ahead_brings_the_last_day_it_looks_at(corpus: Corpus) -> None:
    later = date(2030, 1, 1)
    assert asked_facts(corpus.vocabulary, DAY, later)[1] == Fact("the question looks ahead until <day>", (later,))
    assert Question(DAY).horizon == DAY
    assert Question(DAY, until=later).horizon == later
    assert Question(later, until=DAY).horizon == later
