"""A rule is read sentence by sentence; whatever is not plain is refused, all of it at once, with its place."""

from __future__ import annotations

from datetime import date

import pytest

from tests.language.reading import condition_from, problem, problems, rule_if, rules_from
from treaty_engine.dates import Delay
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every
from treaty_engine.language.terms import Atom, Variable


def test_a_rule_keeps_its_words_and_its_place() -> None:
    (rule,) = rules_from(
        """
        - id: bound
          title: Signing binds
          cite: Article 12
          if:
            - <state> signed <treaty> on <date>
          unless:
            - id: late
              title: It came late
              cite: Article 13
              if: [<date> comes after "2004-01-01"]
          then: <state> is bound by <treaty> since <date>
          overrides:
            - {rule: other, cite: Article 14}
          examples:
            - title: A plain case
              as of: 2020-01-01
              given: [Aland signed CRMW on 2003-01-01]
              ask: Aland is bound by CRMW
              expect: yes
          unverified: the text was not seen
        """
    )
    assert (rule.id, rule.title, rule.cite, rule.unverified) == (
        "bound",
        "Signing binds",
        "Article 12",
        "the text was not seen",
    )
    assert str(rule.span) == "rules.yaml:2:3"
    assert str(rule.head.span) == "rules.yaml:12:9"
    assert str(rule.body[0].span) == "rules.yaml:6:7"
    (exception,) = rule.exceptions
    assert (exception.id, exception.title, exception.cite) == ("late", "It came late", "Article 13")
    assert [(each, cite) for each, cite, _ in rule.overrides] == [("other", "Article 14")]
    (example,) = rule.examples
    assert (example.title, example.as_of, example.asks, example.expect) == (
        "A plain case",
        "2020-01-01",
        "Aland is bound by CRMW",
        "yes",
    )
    assert [text for text, _ in example.given] == ["Aland signed CRMW on 2003-01-01"]


def test_a_sentence_becomes_an_atom_with_its_variables_and_constants() -> None:
    literal = condition_from("'\"Siam\" signed <treaty> on \"2004-09-27\"'")
    assert isinstance(literal, Atom)
    assert literal.terms == ("THA", Variable("treaty"), date(2004, 9, 27))


def test_constants_are_values_of_the_type_of_their_hole() -> None:
    literal = condition_from("'\"CRMW\" needs \"20\" instruments and then waits \"first day of the month after 3 months\"'")
    assert isinstance(literal, Atom)
    assert literal.terms == ("CRMW", 20, Delay(months=3, to_first_of_month=True))


def test_a_shorter_form_stands_for_any_value_in_the_holes_that_it_leaves_out() -> None:
    first, second = (
        rules_from(rule_if("<state> signed <treaty>", "<state> signed <treaty>"))[0].body[place] for place in (0, 1)
    )
    assert isinstance(first, Atom)
    assert isinstance(second, Atom)
    assert first.predicate.sentence == "<state> signed <treaty> on <date>"
    assert first.terms[:2] == second.terms[:2]
    assert first.terms[2] != second.terms[2], "two shorter forms do not speak of the same day"


def test_a_built_in_sentence_becomes_a_computation() -> None:
    literal = condition_from("'<date> is \"30 days\" after <day>'")
    assert isinstance(literal, Computation)
    assert literal.function.computes
    assert literal.terms == (Variable("date"), Delay(days=30), Variable("day"))


@pytest.mark.parametrize(
    ("written", "value"), [("2004-09-27", date(2004, 9, 27)), ("3", 3), ("30 days", Delay(days=30)), ("party", "party")]
)
def test_a_constant_beside_a_value_of_any_type_is_read_as_what_it_looks_like(written: str, value: object) -> None:
    literal = condition_from(f"'<x> differs from \"{written}\"'")
    assert isinstance(literal, Computation)
    assert literal.terms[1] == value


def test_no_record_that_takes_the_coverage_from_the_vocabulary() -> None:
    literal = condition_from("no record that: <state> signed <treaty>")
    assert isinstance(literal, Absence)
    assert str(literal.coverage.predicate) == "<source> covers <treaty> for <state>"
    source, treaty, state = literal.coverage.terms
    assert (treaty, state) == (Variable("treaty"), Variable("state"))
    assert isinstance(source, Variable)
    assert "#" in source.name, "whichever source it is"


AGGREGATES = {
    "count": (
        "{count: <n>, one per: <state>, of: <state> signed <treaty>}",
        ("count", Variable("n"), ("state",), "", 0),
    ),
    "count to a figure": (
        "{count: 3, one per: [<state>, <treaty>], of: <state> signed <treaty>}",
        ("count", 3, ("state", "treaty"), "", 0),
    ),
    "sum": (
        "{sum: <n>, one per: <treaty>, of: <treaty> counts <n> instruments, is: <total>}",
        ("sum", Variable("total"), ("treaty",), "n", 0),
    ),
    "earliest": (
        "{earliest: <day>, of: <state> signed <treaty> on <day>, is: <first>}",
        ("earliest", Variable("first"), (), "day", 0),
    ),
    "latest": (
        "{latest: <day>, one per: <state>, of: [<state> signed <treaty> on <day>], is: <last>}",
        ("latest", Variable("last"), ("state",), "day", 0),
    ),
    "number": (
        "{number: <n>, earliest: <day>, one per: <state>, of: <state> signed <treaty> on <day>, is: <reached>}",
        ("number", Variable("reached"), ("state",), "day", Variable("n")),
    ),
}


@pytest.mark.parametrize(("written", "expected"), AGGREGATES.values(), ids=AGGREGATES)
def test_a_figure_says_what_it_counts_and_by_what(written: str, expected: tuple[object, ...]) -> None:
    literal = condition_from(written)
    assert isinstance(literal, Aggregate)
    assert (literal.kind, literal.result, literal.per, literal.value, literal.number) == expected
    assert [type(inner) for inner in literal.of] == [Atom]


def test_all_cases_must_satisfy_the_same_sentences() -> None:
    literal = condition_from(
        "{all: <state>, of: <state> signed <treaty>, satisfy: [no record that: <state> signed <treaty>]}"
    )
    assert isinstance(literal, Every)
    assert literal.per == ("state",)
    assert [type(inner) for inner in (*literal.of, *literal.also)] == [Atom, Absence]


SIGNED = "`<state> signed <treaty> on <date>` (vocabulary.yaml:13)"
CONDITIONS = {
    "an unknown sentence": (
        "<state> has signed <treaty> on <date>",
        "unknown sentence `<state> has signed <treaty> on <date>`",
        f"did you mean {SIGNED} or",
    ),
    "an unknown sentence near a built-in one": (
        "<date> is prior to <day>",
        "unknown sentence `<date> is prior to <day>`",
        "`<a: Date> is before <b: Date>` (built in)",
    ),
    "a sentence like none": (
        "whatever one might say about this is nowhere in any list of sentences",
        "unknown sentence `whatever one might say about this is nowhere in any list of sentences`",
        "the sentences are in the vocabulary",
    ),
    "nothing": ("''", "unknown sentence ``", ""),
    "a hole that is none": (
        "<State> signed <treaty> on <date>",
        '`<State>` is neither a word, a `<variable>` nor a "constant"',
        "",
    ),
    "a constant without its quotes": (
        "Thailand signed <treaty> on <date>",
        "unknown sentence `Thailand signed <treaty> on <date>`",
        SIGNED,
    ),
    "a constant that is in no registry": (
        "'\"Thailnd\" signed <treaty> on <date>'",
        "unknown State `Thailnd`",
        "did you mean `Thailand`",
    ),
    "a constant that is no word of its list": (
        "'\"acession\" by <state> under <treaty> took place on <date>'",
        "`acession` is no Act",
        "did you mean `accession`?",
    ),
    "a constant like no word of its list": (
        "'\"x\" by <state> under <treaty> took place on <date>'",
        "`x` is no Act",
        "Act is one of: signature, accession, formal confirmation",
    ),
    "a day that is none": (
        "'<state> signed <treaty> on \"2004-02-30\"'",
        "`2004-02-30` is not a day of the calendar",
        "",
    ),
    "a number that is none": (
        "'<treaty> needs \"twenty\" instruments and then waits <delay>'",
        "`twenty` is not a whole number",
        "",
    ),
    "a duration that is none": (
        "'<treaty> needs <n> instruments and then waits \"a while\"'",
        "`a while` is not a duration such as `30 days`, `3 months` or `first day of the month after 3 months`",
        "",
    ),
    "a type that is not that of the hole": (
        "'<state: Treaty> signed <treaty> on <date>'",
        "`<state>` is a State here, not a Treaty",
        "",
    ),
    "a list": ("[a, b]", "a condition is a sentence or a mapping", ""),
    "a mapping that is no condition": ("{counts: <n>}", "a mapping that is no condition", "did you mean `count`?"),
    "a bare not": (
        "{not: <state> signed <treaty>}",
        "a mapping that is no condition",
        "one of: no record that, count, sum, number, earliest, latest, all",
    ),
    "an unknown key": (
        "{count: <n>, one per: <state>, off: x, of: <state> signed <treaty>}",
        "unknown key `off`",
        "did you mean `of`?",
    ),
    "a count of nothing": ("{count: <n>, one per: <state>}", "`count` needs `of`", ""),
    "a count of whatever": ("{count: <n>, of: <state> signed <treaty>}", "`count` needs `one per`", ""),
    "a number without an order": (
        "{number: 3, of: <state> signed <treaty> on <day>, one per: <state>, is: <reached>}",
        "`number` needs `earliest`",
        "",
    ),
    "a count that is no number": (
        "{count: many, one per: <state>, of: <state> signed <treaty>}",
        "`many` is not a whole number",
        "",
    ),
    "a count of two things": (
        "{count: <a> <b>, one per: <state>, of: <state> signed <treaty>}",
        "`count` takes one `<variable>` or value",
        "",
    ),
    "an order of a fixed day": (
        "{earliest: 2004-01-01, of: <state> signed <treaty>, is: <first>}",
        "`earliest` names a variable",
        "",
    ),
    "one for each of a word": (
        "{count: <n>, one per: state, of: <state> signed <treaty>}",
        "`one per` takes variables, such as `<date>`",
        "",
    ),
    "an absence that nothing could prove": (
        "no record that: <source> covers <treaty> for <state>",
        "nothing says when the records of `<source> covers <treaty> for <state>` are complete",
        "give its sentence a `closed by` in the vocabulary, or write an exception under `unless`",
    ),
    "an absence of a comparison": (
        "no record that: <date> is before <day>",
        "a built-in sentence has no records",
        "say the opposite comparison",
    ),
}


@pytest.mark.parametrize(("condition", "message", "help_"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_that_is_not_plain_is_refused(condition: str, message: str, help_: str) -> None:
    found = problem(lambda: condition_from(condition))
    assert found.message == message
    assert help_ in found.hint
    assert found.span is not None
    assert (found.span.path, found.span.line) == ("rules.yaml", 5)


def test_a_figure_with_a_variable_that_is_none_says_both_what_and_where() -> None:
    found = problems(lambda: condition_from("{count: <N>, one per: <State>, of: <state> signed <treaty>}"))
    assert {each.message for each in found} == {
        '`<N>` is neither a word, a `<variable>` nor a "constant"',
        '`<State>` is neither a word, a `<variable>` nor a "constant"',
        "`count` takes one `<variable>` or value",
        "`one per` takes variables, such as `<date>`",
    }


def test_a_wrong_constant_is_pointed_at_letter_by_letter() -> None:
    found = problem(lambda: condition_from('<state> signed "CRWM" on <date>'))
    assert str(found.span) == "rules.yaml:5:22"
    assert found.hint == "did you mean `CRMW`?"


RULES = {
    "no mapping": ("- a rule", "a rule is a mapping that begins with `id:`"),
    "no id": (rule_if("<state> signed <treaty> on <date>").replace("id: small", "unverified: x", 1), "`id` is missing"),
    "an unknown key": (rule_if("<state> signed <treaty> on <date>") + "  note: hm\n", "unknown key `note`"),
    "a conclusion cut short": (
        rule_if("<state> signed <treaty> on <date>", then="<state> is bound by <treaty>"),
        "a conclusion says the whole sentence",
    ),
    "a built-in conclusion": (
        rule_if("<state> signed <treaty> on <date>", then="<date> is before <date>"),
        "a rule cannot conclude a built-in sentence",
    ),
    "no condition": ("- {id: x, title: x, cite: x, if: [], then: <state> signed <treaty> on <date>}", "`if` names no condition"),
    "an exception that is a sentence": (
        rule_if("<state> signed <treaty> on <date>") + "  unless: [<state> signed <treaty> on <date>]\n",
        "an exception has an `id`, a `cite` and an `if`",
    ),
    "an override that is a word": (
        rule_if("<state> signed <treaty> on <date>") + "  overrides: other\n",
        "`overrides` lists mappings with a `rule` and a `cite`",
    ),
    "an example that is a word": (
        rule_if("<state> signed <treaty> on <date>") + "  examples: [yes]\n",
        "an example is a mapping",
    ),
    "an example that expects the unheard of": (
        rule_if("<state> signed <treaty> on <date>") + "  examples: [{expect: maybe}]\n",
        "`expect` is one of yes, no, unknown, conflict, needs judgement",
    ),
    "an example given a mapping": (
        rule_if("<state> signed <treaty> on <date>") + "  examples: [{expect: yes, given: [{a: b}]}]\n",
        "each of `given` is a sentence",
    ),
}


@pytest.mark.parametrize(("text", "message"), RULES.values(), ids=RULES)
def test_a_rule_that_is_not_whole_is_refused(text: str, message: str) -> None:
    assert message in {found.message for found in problems(lambda: rules_from(text))}


@pytest.mark.parametrize("text", ["", "id: small", "just words"])
def test_a_file_of_rules_is_a_list(text: str) -> None:
    found = problem(lambda: rules_from(text))
    assert (found.message, found.hint) == ("`rules.yaml` holds no list of rules", "each rule begins with `- id:`")


def test_all_that_is_wrong_with_a_rule_is_said_at_once_even_when_its_conclusion_is_unknown() -> None:
    found = problems(
        lambda: rules_from(
            """
            - id: many
              if:
                - <state> sined <treaty> on <date>
                - {count: <n>}
              unless:
                - id: late
                  if: [<date> is later as <day>]
              then: <state> is tied to <treaty>
              examples: [{expect: perhaps}]
            """
        )
    )
    assert [(each.message, each.span.line if each.span else 0) for each in found] == [
        ("`cite` is missing", 2),
        ("`title` is missing", 2),
        ("unknown sentence `<state> sined <treaty> on <date>`", 4),
        ("`count` needs `of`", 5),
        ("`count` needs `one per`", 5),
        ("`cite` is missing", 7),
        ("unknown sentence `<date> is later as <day>`", 8),
        ("unknown sentence `<state> is tied to <treaty>`", 9),
        ("`expect` is one of yes, no, unknown, conflict, needs judgement", 10),
    ]
