"""Rules that are right and rules that are not, side by side as files, with what is said against the bad ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT
from treaty_engine.errors import Problem, Refused
from treaty_engine.explain.examples import outcomes
from treaty_engine.language.reader import read_rules
from treaty_engine.language.rules import Rule
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.vocabulary_reader import read_vocabulary
from treaty_engine.program.checks import ADVISED, unused_sentences
from treaty_engine.program.program import program

FOLDER = Path("tests/data/rules")
GOOD = sorted(path.name for path in (ROOT / FOLDER / "good").glob("*.yaml"))
BAD = sorted(path.name for path in (ROOT / FOLDER / "bad").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems name files as seen from the folder of the project."""
    monkeypatch.chdir(ROOT)


def vocabulary() -> Vocabulary:
    """The sentences of the examples."""
    path = FOLDER / "vocabulary.yaml"
    return read_vocabulary(path, str(path))


def whole_check(path: Path) -> None:
    """Reads, checks and tries the rules of a file. Raises Refused at the first step that finds anything wrong."""
    known = vocabulary()
    rules = read_rules(path, str(path), known)
    checked = program(known, rules)
    if problems := list(advised(known, rules)):
        raise Refused(problems)
    failed = [each for each in outcomes(checked, rules) if not each.passed]
    if failed:
        raise Refused(Problem(f"the example gives {each.got}", each.example.span) for each in failed)


def advised(known: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """What a finished rule base would have right too."""
    return (problem for check in ADVISED for problem in check(known, rules))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_rule_is_accepted_and_its_examples_hold(name: str) -> None:
    whole_check(FOLDER / "good" / name)
    assert read_rules(FOLDER / "good" / name, name, vocabulary())


@pytest.mark.parametrize("name", BAD)
def test_a_bad_rule_is_refused_with_all_that_is_wrong(name: str) -> None:
    path = FOLDER / "bad" / name
    with pytest.raises(Refused) as refused:
        whole_check(path)
    assert f"{refused.value}\n" == path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BAD)
def test_problems_come_in_reading_order_and_never_twice(name: str) -> None:
    with pytest.raises(Refused) as refused:
        whole_check(FOLDER / "bad" / name)
    places = [(each.span.line, each.span.column, each.message) for each in refused.value.problems if each.span]
    assert places == sorted(set(places))
    assert len(places) == len(refused.value.problems)


@pytest.mark.parametrize("name", BAD)
def test_a_message_speaks_the_language_of_the_author(name: str) -> None:
    with pytest.raises(Refused) as refused:
        whole_check(FOLDER / "bad" / name)
    for problem in refused.value.problems:
        assert problem.message[0].islower() or problem.message[0] in "`0123456789", "lower case"
        assert not problem.message.endswith("."), "no full stop"
        assert not re.search(r"\b(NoneType|tuple|dict|str|int|Atom|Computation|Traceback)\b", problem.message)


def test_every_bad_file_has_its_expected_words_and_every_expectation_its_file() -> None:
    expected = sorted(path.with_suffix(".yaml").name for path in (FOLDER / "bad").glob("*.expected"))
    assert expected == BAD


def test_a_sentence_that_nothing_says_is_unused() -> None:
    known = vocabulary()
    rules = read_rules(FOLDER / "good" / "override.yaml", "override.yaml", known)
    unused = [each.message for each in unused_sentences(known, rules)]
    assert unused == [
        "unused sentence `<treaty> takes effect <delay> after a ratification under <clause>`",
        "unused sentence `<state> called <treaty> <view> in <place>`",
        "unused sentence `<state> is outside the circle of <treaty>`",
        "unused sentence `<date> is a day of review of <treaty>`",
        "unused sentence `<n> States signed the treaty called <treaty>`",
    ]


def test_taken_together_the_good_rules_use_every_sentence() -> None:
    known = vocabulary()
    rules = [rule for name in GOOD for rule in read_rules(FOLDER / "good" / name, name, known)]
    assert list(unused_sentences(known, rules)) == []
