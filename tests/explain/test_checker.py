"""The independent checker: it accepts every proof that is found, and none in which anything was altered."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

import pytest

from tests.conftest import ROOT, shipped
from tests.explain.small import Small, small
from treaty_engine.dates import Delay
from treaty_engine.engines.compiled import evaluate
from treaty_engine.engines.naive import holding, holds, solve
from treaty_engine.explain.check import Checker
from treaty_engine.explain.proof import Absent, Case, Computed, Counted, Figure, Premise, Proof, Prover, Throughout
from treaty_engine.language.rules import Rule
from treaty_engine.language.terms import Fact, Value
from treaty_engine.treaties.corpus import Corpus, Question

SOURCE = ROOT / "src" / "treaty_engine"
DAYS = [date(1990, 1, 1), date(2008, 6, 12), date(2012, 1, 1), date(2026, 1, 1)]
A_FEW = 40
"""Of how many facts of each sentence a proof is tried."""
WAYS_TO_ALTER = 3
"""How many other facts and values are tried in each place."""


def test_the_checker_fits_in_160_lines_and_the_specification_in_80() -> None:
    assert len((SOURCE / "explain" / "check.py").read_text(encoding="utf-8").splitlines()) <= 160
    assert len((SOURCE / "engines" / "naive.py").read_text(encoding="utf-8").splitlines()) <= 80


def test_the_checker_shares_nothing_with_the_engines() -> None:
    tree = ast.parse((SOURCE / "explain" / "check.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    ours = {name for name in imported if name and name.startswith("treaty_engine")}
    assert ours == {
        "treaty_engine.explain.proof",
        "treaty_engine.language.rules",
        "treaty_engine.language.terms",
    }
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    assert not names & {"Prover", "solve", "satisfy", "aggregated", "holds", "Model", "Facts"}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_proofs_of_every_sentence_of_the_corpus_are_accepted(corpus: Corpus, day: date) -> None:
    world = corpus.world(Question(day))
    model = evaluate(corpus.program, world.facts)
    prover = Prover(corpus.program, model)
    checker = Checker(corpus.program.rules, world.facts, list(model.facts()))
    said: dict[str, list[Fact]] = {}
    for fact in model.facts():
        said.setdefault(fact.predicate, []).append(fact)
    tried = [fact for facts in said.values() for fact in facts[:: max(1, len(facts) // A_FEW)]]
    refused = {fact: faults for fact in tried if (faults := checker.faults(prover.certain(fact)))}
    assert len(model) > 500
    assert refused == {}


FIGURES = """
    - id: second
      title: The second signature
      cite: Article 1
      if:
        - <treaty> requires <n> signatures
        - {number: <n>, earliest: <day>, one per: <state>, of: <state> signed <treaty> on <day>, is: <date>}
      then: <treaty> came into being on <date>
    - id: paid
      title: All that was paid
      cite: Article 2
      if:
        - <treaty> came into being on <date>
        - {sum: <m>, one per: <state>, of: <state> paid <m> toward the costs of <treaty>, is: <n>}
      then: <n> is the measure of <treaty>
    - id: last
      title: Bound since the last signature of all
      cite: Article 3
      if:
        - <state> belongs to the circle
        - <state> signed <treaty>
        - {latest: <day>, one per: <other>, of: <other> signed <treaty> on <day>, is: <date>}
      then: <state> is bound by <treaty> since <date>
    - id: whole
      title: Every State of the circle signed, and the first did so early
      cite: Article 4
      if:
        - <treaty> requires <n> signatures
        - {all: <state>, of: <state> belongs to the circle, satisfy: <state> signed <treaty>}
        - {earliest: <day>, of: <other> signed <treaty> on <day>, is: <date>}
        - <date> is before "2002-01-01"
        - {count: <k>, one per: <other>, of: <other> signed <treaty>}
        - <k> is at least <n>
      unless:
        - id: withdrawn
          title: One withdrew
          cite: Article 5
          if: [<other> withdrew its signature of <treaty>]
      then: the circle has signed <treaty>
    - id: free
      title: Who did not sign is free
      cite: Article 6
      if:
        - <treaty> requires <n> signatures
        - <state> belongs to the circle
        - no record that: <state> signed <treaty>
      then: <state> is free of <treaty>
    """


@cache
def figures() -> Small:
    """Every kind of premise at least once."""
    return small(
        FIGURES,
        "Charter requires 2 signatures",
        "Covenant requires 2 signatures",
        "Aland signed Charter on 2001-01-01",
        "Bland signed Charter on 2002-02-02",
        "Bland signed Charter on 2004-04-04",
        "Cland signed Charter on 2003-03-03",
        "Aland signed Covenant on 2005-05-05",
        "Cland signed Covenant on 2006-06-06",
        "Cland withdrew its signature of Covenant",
        "Aland paid 9 toward the costs of Charter",
        "Aland paid 10 toward the costs of Charter",
        "Bland paid 10 toward the costs of Charter",
        "Aland belongs to the circle",
        "Bland belongs to the circle",
        "Digest covers Covenant for Bland until 2007-07-07",
        "Gazette covers Covenant for Bland until 2006-06-06",
        "Gazette covers Charter for Bland until 2006-06-06",
    )


@cache
def packaged() -> Small:
    """The shipped rules and facts as seen on one day."""
    return Small(shipped().program, shipped().world(Question(date(2012, 1, 1))).facts)


def one_proof_by_each_rule(asked: Small) -> list[Proof]:
    """For each rule that concludes anything, a proof that it does."""
    return [proof for rule in asked.program.rules for proof in islice(_proofs_by(asked, rule), 1)]


def _proofs_by(asked: Small, rule: Rule) -> Iterator[Proof]:
    for fact in (rule.head.fact(each) for each in holding(rule, asked.model)):
        yield from (proof for proof in asked.prover.alternatives(fact) if proof.rule is rule)


def altered(asked: Small, proof: Proof) -> Iterator[tuple[str, Proof]]:
    """The proof with one thing altered, for each thing that could be, and what was altered."""
    rule, values = proof.rule, dict(proof.values or {})
    assert rule is not None
    yield "given, they say", Proof(proof.fact)
    for fact in _other_facts(proof.fact):
        yield "another conclusion", replace(proof, fact=fact)
    for other in asked.program.rules:
        if other is not rule:
            yield "another rule", replace(proof, rule=other)
    yield "the rule without its exceptions", replace(proof, rule=replace(rule, exceptions=()))
    yield "the rule without a condition", replace(
        proof, rule=replace(rule, body=rule.body[1:]), premises=proof.premises[1:]
    )
    for name, value in values.items():
        yield "a value dropped", replace(proof, values={n: v for n, v in values.items() if n != name})
        for other_value in _other_values(value):
            yield "another value", replace(proof, values={**values, name: other_value})
    yield "a value for what the rule does not name", replace(proof, values={**values, "nobody": "x"})
    for defeat in rule.exceptions:
        for name in {n for each in defeat.body for n in getattr(each, "variables", lambda: ())()} - set(values):
            yield "a value that blinds an exception", replace(proof, values={**values, name: "nowhere"})
    for premises, what in _altered_premises(asked, proof.premises):
        yield what, replace(proof, premises=premises)


def _altered_premises(asked: Small, premises: tuple[Premise, ...]) -> Iterator[tuple[tuple[Premise, ...], str]]:
    for place, premise in enumerate(premises):
        before, after = premises[:place], premises[place + 1 :]
        yield (*before, *after), "a premise dropped"
        yield (*before, premise, premise, *after), "a premise twice"
        for another, what in _altered_premise(asked, premise):
            yield (*before, another, *after), what


def _altered_premise(asked: Small, premise: Premise) -> Iterator[tuple[Premise, str]]:
    if isinstance(premise, Proof):
        for values in list(asked.model.match(premise.fact.predicate, (None,) * len(premise.fact.values)))[:60:20]:
            if values != premise.fact.values:
                yield asked.prover.certain(Fact(premise.fact.predicate, values)), "another premise"
        for fact in _other_facts(premise.fact):
            yield Proof(fact), "a premise that nobody gave"
        if premise.rule is not None:
            yield replace(premise, premises=()), "a premise without its premises"
        return
    known = dict(premise.values)
    for name, value in known.items():
        for other in _other_values(value):
            yield replace(premise, values={**known, name: other}), "other values beside a premise"
    if isinstance(premise, Absent):
        yield from _altered_absence(asked, premise)
    elif isinstance(premise, Figure):
        yield from _altered_figure(asked, premise)
    elif isinstance(premise, Throughout):
        yield from _altered_cases(asked, premise)
    else:
        yield _other_comparison(premise), "another comparison"


def _other_comparison(premise: Computed) -> Computed:
    return replace(premise, literal=replace(premise.literal, terms=premise.literal.terms[::-1]))


def _altered_absence(asked: Small, premise: Absent) -> Iterator[tuple[Premise, str]]:
    covering = premise.coverage.fact
    uncovered = [
        Fact(covering.predicate, values)
        for values in asked.model.match(covering.predicate, (None,) * len(covering.values))
        if not premise.literal.coverage.matched(values, premise.values)
    ]
    for fact in uncovered[:WAYS_TO_ALTER]:
        yield replace(premise, coverage=asked.prover.certain(fact)), "a coverage of something else"
        yield replace(premise, more_coverage=(*premise.more_coverage, fact)), "more coverage than there is"
    for fact in _other_facts(covering):
        yield replace(premise, coverage=Proof(fact)), "a coverage that nobody gave"
        yield replace(premise, more_coverage=(fact,)), "more coverage that nobody gave"
    swapped = replace(premise.literal, atom=premise.literal.coverage)
    yield replace(premise, literal=swapped), "an absence of something else"


def _altered_figure(asked: Small, premise: Figure) -> Iterator[tuple[Premise, str]]:
    members, literal = premise.members, premise.literal
    for place, member in enumerate(members):
        before, after = members[:place], members[place + 1 :]
        yield replace(premise, members=before + after, reached=max(0, premise.reached - 1)), "a member missing"
        yield replace(premise, members=(*before, member, member, *after)), "a member twice"
        for another, what in _altered_member(asked, member):
            yield replace(premise, members=(*before, another, *after)), what
    if len(members) > 1:
        yield replace(premise, members=members[::-1]), "the members in another order"
    yield replace(premise, reached=premise.reached + 1), "a figure reached by more"
    kind = "sum" if literal.kind == "count" else "count"
    yield replace(premise, literal=replace(literal, kind=kind)), "a figure of another kind"
    if members:
        stranger = replace(members[0], group=tuple(f"{each} of nowhere" for each in members[0].group) or ("x",))
        yield replace(premise, members=(*members, stranger)), "a member added"


def _altered_member(asked: Small, member: Counted) -> Iterator[tuple[Counted, str]]:
    for other in _other_values(member.value):
        yield replace(member, value=other), "a member that brings another value"
    yield replace(member, premises=member.premises[1:]), "a member without a premise"
    for name, value in member.values.items():
        for other in _other_values(value):
            yield replace(member, values={**member.values, name: other}), "a member with other values"
    for premises, what in _altered_premises(asked, tuple(member.premises)):
        yield replace(member, premises=premises), f"in a member, {what}"


def _altered_cases(asked: Small, premise: Throughout) -> Iterator[tuple[Premise, str]]:
    for place, case in enumerate(premise.cases):
        before, after = premise.cases[:place], premise.cases[place + 1 :]
        yield replace(premise, cases=before + after), "a case missing"
        yield replace(premise, cases=(*before, case, case, *after)), "a case twice"
        for premises, what in _altered_premises(asked, case.of):
            yield replace(premise, cases=(*before, Case(case.values, premises, case.also), *after)), f"in a case, {what}"
        for premises, what in _altered_premises(asked, case.also):
            yield replace(premise, cases=(*before, Case(case.values, case.of, premises), *after)), f"in a case, {what}"


def _other_facts(fact: Fact) -> list[Fact]:
    return [
        Fact(fact.predicate, (*fact.values[:place], other, *fact.values[place + 1 :]))
        for place, value in enumerate(fact.values)
        for other in _other_values(value)[:1]
    ]


def _other_values(value: Value) -> list[Value]:
    if isinstance(value, date):
        return [value + timedelta(days=1), value - timedelta(days=400)]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, Delay):
        return [Delay(days=value.days + 1)]
    return ["1801"] if value[:4].isdigit() else [f"{value} of nowhere"]  # a period is another period


@pytest.mark.parametrize("world", [figures, packaged], ids=["every kind of premise", "the corpus"])
def test_no_altered_proof_is_accepted(world: Any) -> None:
    asked: Small = world()
    accepted, tried = [], Counter[str]()
    for proof in one_proof_by_each_rule(asked):
        assert asked.checker.faults(proof) == []
        for what, another in altered(asked, proof):
            if another == proof:
                continue  # two values that happen to be one
            tried[what.removeprefix("in a case, ").removeprefix("in a member, ")] += 1
            if not asked.checker.faults(another):
                accepted.append((what, another.fact))
    assert accepted == []
    print(f"{tried.total()} altered proofs, all refused: {dict(tried)}")
    assert len(tried) >= 25, "no kind of alteration was left out"
    assert tried.total() > 500


def test_an_absence_of_which_there_is_a_record_is_refused() -> None:
    asked = figures()
    free = asked.proof("Bland is free of Covenant")
    record = Fact("<state> signed <treaty> on <date>", ("Bland", "Covenant", date(2007, 1, 1)))
    assert asked.checker.faults(free) == []
    assert asked.checker_with([record]).faults(free) == ["rule free: condition 3: it is not so"]


def test_a_conclusion_that_an_exception_defeats_is_refused() -> None:
    asked = figures()
    whole = asked.proof("the circle has signed Charter")
    withdrawn = Fact("<state> withdrew its signature of <treaty>", ("Bland", "Charter"))
    assert asked.checker_with([withdrawn]).faults(whole) == ["rule whole is defeated by withdrawn"]


def test_every_conclusion_of_the_corpus_that_an_exception_defeats_is_refused() -> None:
    asked, defeated = packaged(), 0
    for rule in asked.program.rules:
        for proof in _defeated(asked, rule):
            faults = asked.checker.faults(proof)
            assert faults
            assert set(faults) <= {f"rule {rule.id} is defeated by {each.id}" for each in rule.exceptions}
            defeated += 1
    assert defeated > 10


def _defeated(asked: Small, rule: Rule) -> Iterator[Proof]:
    """Proofs by a rule that are whole but for an exception that holds, a few of them."""
    found = solve(rule.body, asked.model, {}) if rule.exceptions else iter(())
    values = [each for each in found if any(holds(defeat.body, asked.model, each) for defeat in rule.exceptions)]
    for each in values[:WAYS_TO_ALTER]:
        yield Proof(rule.head.fact(each), rule, each, asked.prover.premises(rule.body, each))


def test_a_proof_is_refused_when_what_lies_deep_in_it_is_false() -> None:
    asked = packaged()
    duty = next(p for p in one_proof_by_each_rule(asked) if p.rule and p.rule.id == "pacta-sunt-servanda")
    (party,) = duty.premises
    assert isinstance(party, Proof)
    forged = replace(duty, premises=(replace(party, premises=party.premises[:-1]),))
    (fault,) = asked.checker.faults(forged)
    assert fault.startswith("rule pacta-sunt-servanda: condition 1: rule party: ")
