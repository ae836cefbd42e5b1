"""The examples beside the rules: what they come to, and that no condition or exception can go unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import ROOT

from treaty_engine.engines import compiled
from treaty_engine.errors import Refused
from treaty_engine.explain.examples import outcomes
from treaty_engine.language.functions import functions
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Example, Literal, Rule
from treaty_engine.language.statements import statement
from treaty_engine.language.terms import Atom
from treaty_engine.program.checks import REQUIRED, missing_examples
from treaty_engine.program.order import ordered
from treaty_engine.program.program import Program, program
from treaty_engine.program.strata import cycles
from treaty_engine.source import Span
from treaty_engine.treaties.corpus import Corpus

BODIES_OF_LAW = sorted(path.name for path in (ROOT / "rules").iterdir() if path.is_dir())

DOUBTED = "what rests on all members, or on a count of them, is unknown already while a member may be missing"
GAP = "before and after entry into force a State waits as long: the rules on either side give the same day"
DOUBTED_DAY = "what rests on a State not being a party is unknown already while the entry into force is"
CHANGES_NOTHING = {
    "number-of-members-reached without `the membership of <group> is recorded in full`": DOUBTED,
    "number-of-members-reached without `all`": DOUBTED,
    "number-of-states-of-a-kind-reached without `every instrument under <treaty> is held`": DOUBTED,
    "share-by-a-day without `every instrument under <treaty> is held`": DOUBTED,
    "every-signatory-consented without `every instrument under <treaty> is held`": DOUBTED,
    "members-instruments-lacking without `every instrument under <treaty> is held`": DOUBTED,
    "participants-instruments-lacking without `every instrument under <treaty> is held`": DOUBTED,
    "instruments-of-a-kind-lacking without `every instrument under <treaty> is held`": DOUBTED,
    "share-lacking without `every instrument under <treaty> is held`": DOUBTED,
    "short-at-the-recorded-day without `every instrument under <treaty> is held`": DOUBTED,
    "by-count-with-its-parent with `<a: Date> is on or before <b: Date>`": (
        "what is ready on the very day of its parent enters on it by by-count-after-its-parent as well"
    ),
    "entry-into-force-for-a-later-state without the exception later-state-in-the-gap": GAP,
    "entry-into-force-for-a-later-state without `<a: Date> is before <b: Date>` in later-state-in-the-gap": GAP,
    "entry-into-force-for-a-later-state with `<a: Date> is on or before <b: Date>` in later-state-in-the-gap": GAP,
    "entry-into-force-for-a-later-state without `<a: Any> differs from <b: Any>`": (
        "every succession dates back, be it to its own day, and then the exception later-state-by-succession holds"
    ),
    "entry-into-force-in-the-gap without `<a: Date> is before <b: Date>`": GAP,
    "entry-into-force-in-the-gap without `<treaty> treats as later only States that come after its entry into force under <clause>`": GAP,
    "entry-into-force-in-the-gap with `<a: Date> is on or before <b: Date>`": GAP,
    "order-of-instruments without `every instrument under <treaty> is held`": DOUBTED,
    "commitment-of-an-organisation without `the membership of <group> is recorded in full`": DOUBTED,
    "instruments-held-of-a-closed-circle without `the membership of <group> is recorded in full`": DOUBTED,
    "standing-consented without `it is known whether <treaty> enters into force`": DOUBTED_DAY,
    "vclt-18-b without `it is known whether <treaty> enters into force`": DOUBTED_DAY,
    "entry-into-force-on-late-consent with `<a: Date> comes on or after <b: Date>`": (
        "consent on the very day gives that day by entry-into-force-for-the-first-states as well"
    ),
}
"""The changes of a rule that change no lawful conclusion, and why."""

MAY_BE_UNHELD = (
    "Charter is open only to members of League",
    "the membership of League is recorded in full",
    "Aland belongs to League",
    "Bland belongs to League",
    "Gazette covers Charter for Aland until 2020-12-31",
    "the instrument of Aland of 2020-03-01 counts toward the entry into force of Charter",
)
NEVER_YES = {
    "entry-into-force-by-count": (
        "Charter enters into force 30 days after instrument number 1 under Charter art. 47(4)",
        "by count Charter enters into force on 2020-03-31",
    ),
    "earliest-entry-into-force": (
        "Charter enters into force 30 days after instrument number 2 under Charter art. 47(4)",
        "Charter can enter into force on 2021-01-31 at the earliest",
    ),
}
"""By rule, a clause and a question: nobody can tell while Bland may have deposited an instrument unseen."""

_MOVED = {
    "is before": "is on or before",
    "is on or before": "is before",
    "comes after": "comes on or after",
    "comes on or after": "comes after",
    "is less than": "does not exceed",
    "does not exceed": "is less than",
    "exceeds": "is at least",
    "is at least": "exceeds",
}
_BY_SENTENCE = {function.sentence: function for function in functions()}
Body = tuple[Literal, ...]


@dataclass(frozen=True)
class Mutant:
    """A rule that somebody got wrong, and how."""

    rule: Rule
    change: str

    def __str__(self) -> str:
        return f"{self.rule.id} {self.change}"


def test_every_example_comes_to_what_its_author_expects(corpus: Corpus) -> None:
    wrong = [
        f"{outcome.example.span}: {outcome.rule.id}: {outcome.example.title}: "
        f"expected {outcome.example.expect}, got {outcome.got}"
        for outcome in outcomes(corpus.program, corpus.authored)
        if not outcome.passed
    ]
    assert wrong == []


def test_every_example_has_a_title_and_a_day_of_its_own_and_asks_something(corpus: Corpus) -> None:
    for rule in corpus.authored:
        titles = [example.title for example in rule.examples]
        assert len({*titles} - {""}) == len(titles), rule.id
        assert all(example.as_of and example.asks for example in rule.examples), rule.id


def test_every_rule_shows_each_answer_or_says_why_it_cannot(corpus: Corpus) -> None:
    assert [problem.message for problem in missing_examples(corpus.vocabulary, corpus.authored)] == []


def test_no_rule_shows_an_answer_that_it_says_it_never_has(corpus: Corpus) -> None:
    for rule in corpus.authored:
        assert not {example.expect for example in rule.examples} & set(rule.never), rule.id


@pytest.mark.parametrize("body_of_law", BODIES_OF_LAW)
def test_no_condition_and_no_exception_can_be_left_out_unnoticed(corpus: Corpus, body_of_law: str) -> None:
    rules = [rule for rule in corpus.authored if Path(rule.span.path).parent.name == body_of_law]
    mutants = [mutant for rule in rules for mutant in _with_something_left_out(rule)]
    assert _unnoticed(corpus, mutants) == {str(mutant) for mutant in mutants} & CHANGES_NOTHING.keys()


def test_what_changes_nothing_is_something_that_can_be_changed(corpus: Corpus) -> None:
    mutants = [m for rule in corpus.authored for m in (*_with_something_left_out(rule), *_with_a_boundary_moved(rule))]
    assert CHANGES_NOTHING.keys() - {str(mutant) for mutant in mutants} == set()


def test_no_boundary_can_be_moved_by_a_day_or_by_one_unnoticed(corpus: Corpus) -> None:
    mutants = [mutant for rule in corpus.authored for mutant in _with_a_boundary_moved(rule)]
    assert _unnoticed(corpus, mutants) == {change for change in CHANGES_NOTHING if " with " in change}


@pytest.mark.parametrize("rule_id", NEVER_YES)
def test_the_day_cannot_be_told_while_a_member_may_have_deposited_unseen(corpus: Corpus, rule_id: str) -> None:
    rule = corpus.program.rule(rule_id)
    assert rule is not None
    assert not _says_yes(corpus.program, rule)


def _unnoticed(corpus: Corpus, mutants: Sequence[Mutant]) -> set[str]:
    """The mutants that give a valid program with which every example still passes."""
    assert mutants
    return {str(mutant) for mutant in mutants if not _noticed(corpus, mutant)}


def _noticed(corpus: Corpus, mutant: Mutant) -> bool:
    others = [rule for rule in corpus.authored if rule.id != mutant.rule.id]
    try:
        mutated = _with(corpus, mutant.rule, others)
    except Refused:
        return True
    if _says_yes(mutated, mutant.rule):
        return True
    asking = (_with_examples_that_rest_on(corpus, mutant.rule.id, rule) for rule in (mutant.rule, *others))
    return any(not outcome.passed for outcome in outcomes(mutated, asking, compiled.evaluate))


def _with(corpus: Corpus, mutant: Rule, others: Sequence[Rule]) -> Program:
    """The program with a mutant in the place of its rule; where no rule overrides another, only that one is read."""
    overriding = {rule.id for rule in corpus.authored if rule.overrides}
    if mutant.id in overriding | {overridden for rule in others for overridden, *_ in rule.overrides}:
        return program(corpus.vocabulary, [mutant, *others])
    arranged, unsafe = ordered(mutant)
    rules = tuple(arranged if rule.id == mutant.id else rule for rule in corpus.program.rules)
    wrong = [problem for check in REQUIRED for problem in check(corpus.vocabulary, [mutant])]
    if problems := [*wrong, *unsafe, *cycles(rules)]:
        raise Refused(problems)
    return Program(corpus.vocabulary, rules)


def _with_examples_that_rest_on(corpus: Corpus, rule_id: str, rule: Rule) -> Rule:
    """A rule with those of its examples whose question rests on another rule: no other can notice a change of it."""
    return replace(
        rule, examples=tuple(each for each in rule.examples if rule_id in _rules_behind(corpus.program, each))
    )


def _rules_behind(whole: Program, example: Example) -> frozenset[str]:
    """The rules on which an example's question rests."""
    goal = _asked(whole, example.asks, example.span) if example.asks else None
    return _rules_about(whole, goal)


@cache
def _asked(whole: Program, asks: str, span: Span) -> str:
    return statement(whole.vocabulary, asks, span, examples=True).predicate.sentence


@cache
def _rules_about(whole: Program, sentence: str | None) -> frozenset[str]:
    if sentence is None:
        return frozenset(rule.id for rule in whole.rules)
    part = whole.about([sentence, *whole.needed_to_explain])
    return frozenset(rule.id for rule in part.rules)


def _says_yes(mutated: Program, rule: Rule) -> bool:
    """Whether a rule tells a day that nobody can tell."""
    if rule.id not in NEVER_YES:
        return False
    clause, question = NEVER_YES[rule.id]
    given = tuple((sentence, Span("")) for sentence in (clause, *MAY_BE_UNHELD))
    example = Example("2021-01-01", given, question, "yes", Span(""))
    return all(outcome.passed for outcome in outcomes(mutated, [replace(rule, examples=(example,))]))


def _with_something_left_out(rule: Rule) -> Iterator[Mutant]:
    for body, said in _without_one(rule.body):
        yield Mutant(replace(rule, body=body), f"without `{said}`")
    for place, exception in enumerate(rule.exceptions):
        before, after = rule.exceptions[:place], rule.exceptions[place + 1 :]
        yield Mutant(replace(rule, exceptions=(*before, *after)), f"without the exception {exception.id}")
        for body, said in _without_one(exception.body):
            defeat = replace(exception, body=body)
            yield Mutant(replace(rule, exceptions=(*before, defeat, *after)), f"without `{said}` in {exception.id}")


def _with_a_boundary_moved(rule: Rule) -> Iterator[Mutant]:
    for body, said in _moved(rule.body):
        yield Mutant(replace(rule, body=body), f"with `{said}`")
    for place, exception in enumerate(rule.exceptions):
        before, after = rule.exceptions[:place], rule.exceptions[place + 1 :]
        for body, said in _moved(exception.body):
            defeat = replace(exception, body=body)
            yield Mutant(replace(rule, exceptions=(*before, defeat, *after)), f"with `{said}` in {exception.id}")


def _without_one(body: Body) -> Iterator[tuple[Body, str]]:
    """The bodies that have one condition less, at the top or inside an aggregate, and what it said."""
    for place, literal in enumerate(body):
        before, after = body[:place], body[place + 1 :]
        yield (*before, *after), _said(literal)
        if isinstance(literal, Aggregate | Every):
            for inner, said in _without_one(literal.of):
                yield (*before, replace(literal, of=inner), *after), f"{said} in {_said(literal)}"


def _moved(body: Body) -> Iterator[tuple[Body, str]]:
    """The bodies with one comparison that includes its boundary where it did not, or the other way round."""
    for place, literal in enumerate(body):
        before, after = body[:place], body[place + 1 :]
        if isinstance(literal, Computation):
            words = " ".join(word for word in literal.function.words if word)
            if words in _MOVED:
                function = _BY_SENTENCE[literal.function.sentence.replace(f" {words} ", f" {_MOVED[words]} ")]
                yield (*before, replace(literal, function=function), *after), function.sentence
        elif isinstance(literal, Aggregate | Every):
            for inner, said in _moved(literal.of):
                yield (*before, replace(literal, of=inner), *after), said


def _said(literal: Literal) -> str:
    if isinstance(literal, Atom):
        return str(literal.predicate)
    if isinstance(literal, Computation):
        return str(literal.function)
    if isinstance(literal, Absence):
        return f"no record that: {literal.atom.predicate}"
    return "all" if isinstance(literal, Every) else literal.kind
