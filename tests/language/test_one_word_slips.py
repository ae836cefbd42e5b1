"""A slip of one word in any sentence of any rule: never read as something else, and the right sentence is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest

from tests.conftest import ROOT, shipped
from treaty_engine.errors import Problem, Refused
from treaty_engine.language.reader import RuleReader, rules_of
from treaty_engine.language.rules import Computation
from treaty_engine.language.sentences import skeleton, tokens
from treaty_engine.language.strict_yaml import Entries, Items, Node, Text, files, parse
from treaty_engine.language.terms import Atom
from treaty_engine.language.vocabulary import Sentence, Vocabulary
from treaty_engine.program.program import program
from treaty_engine.source import Span
from treaty_engine.treaties.loading import VOCABULARY

SAYING = ("if", "then", "unless", "of", "satisfy", "no record that")
WORDS_AT_EACH_PLACE = 3
LEAST_SHARE_OF_RIGHT_HELP = 0.95
TEXTS = 40
"""Of how many texts of rules the slips are tried, drawn by lot and always the same."""
_PART = re.compile(r'<[^<>]*>|"[^"]*"|[^\s<>"]+')


@dataclass(frozen=True, slots=True)
class Slip:
    """A sentence that rules say, what a slip of the pen made of it, and what that was read as."""

    said: str
    slipped: str
    found: Atom | Computation | None
    problems: tuple[Problem, ...]


pytestmark = pytest.mark.xdist_group("slips")  # they are drawn once


def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return shipped().vocabulary


@cache
def every_word() -> tuple[str, ...]:
    """Every word of every sentence."""
    return tuple(sorted({word for each in vocabulary().sentences() for word in each.words if word}))


@cache
def rules() -> dict[str, list[Entries]]:
    """Each sentence that rules say, with the rules that say it."""
    found: dict[str, list[Entries]] = {}
    for file in files(ROOT / "rules", ".yaml"):
        node = parse(file.read_text(encoding="utf-8"), file.name) if file.name != VOCABULARY else None
        for rule in node.items if isinstance(node, Items) else ():
            assert isinstance(rule, Entries)
            for text in dict.fromkeys(_sentences(rule)):
                found.setdefault(text, []).append(rule)
    return found


def _sentences(node: Node | None) -> Iterator[str]:
    if isinstance(node, Text):
        yield node.text
    elif isinstance(node, Items):
        for item in node.items:
            yield from _sentences(item)
    elif isinstance(node, Entries):
        for key in SAYING:
            yield from _sentences(node.entries.get(key))


def meant(text: str) -> Sentence:
    """The sentence of the vocabulary that a text of a rule says."""
    found = vocabulary().find(skeleton(tokens(text)))
    assert found is not None
    return found


def slips(text: str) -> Iterator[str]:
    """The text with one word, variable or constant added, left out or replaced, at each place."""
    parts = _PART.findall(text)
    near = sorted({word for each in vocabulary().nearest(meant(text).words, 3) for word in each.words if word})
    for place in range(len(parts) + 1):
        draws = Random(f"{text} at {place}")
        words = [draws.choice(near), *draws.sample(every_word(), WORDS_AT_EACH_PLACE - 1)]
        before, after = parts[:place], parts[place:]
        yield from (" ".join([*before, word, *after]) for word in words)
        if after:
            yield " ".join([*before, *after[1:]])
            yield from (" ".join([*before, word, *after[1:]]) for word in words)


@cache
def every_slip() -> tuple[Slip, ...]:
    """Every slip that is tried, and what came of it."""
    return tuple(
        Slip(text, slipped, *read(slipped))
        for text in Random("texts").sample(sorted(rules()), TEXTS)
        for slipped in dict.fromkeys(slips(text))
        if slipped != text
    )


def read(text: str) -> tuple[Atom | Computation | None, tuple[Problem, ...]]:
    """What a rule's sentence says, and what is wrong with it."""
    reader = RuleReader(vocabulary())
    return reader.sentence(Text(text, Span("rule"))), tuple(reader.problems)


def accepted_in(said: str, slipped: str) -> list[Node]:
    """The rules that are accepted with the slip in them, at any one place."""
    return [each for rule in rules()[said] for each in _with_slip(rule, said, slipped) if _is_accepted(each)]


def _is_accepted(rule: Node) -> bool:
    try:
        program(vocabulary(), rules_of(Items((rule,), rule.span), rule.span.path, vocabulary()))
    except Refused:
        return False
    return True


def _with_slip(node: Node, said: str, slipped: str) -> Iterator[Node]:
    """The node with the slip in one of the places where the sentence is said, for each of them."""
    if isinstance(node, Text):
        yield from [Text(slipped, node.span)] if node.text == said else []
    elif isinstance(node, Items):
        for place, item in enumerate(node.items):
            for each in _with_slip(item, said, slipped):
                yield Items((*node.items[:place], each, *node.items[place + 1 :]), node.span)
    else:
        alone = {key: value for key, value in node.entries.items() if key != "overrides"}
        for key in SAYING:
            for each in _with_slip(alone[key], said, slipped) if key in alone else ():
                yield Entries(alone | {key: each}, node.keys, node.span)


def test_every_sentence_of_every_rule_stands_without_a_slip() -> None:
    assert len(rules()) > 100
    assert len(every_slip()) > 50 * TEXTS
    for text, saying in rules().items():
        assert read(text)[1] == ()
        assert len(accepted_in(text, text)) >= len(saying), "without a slip, each rule stands"


def test_no_slip_of_one_word_is_read_as_something_else() -> None:
    otherwise = [slip for slip in every_slip() if slip.found is not None and slip.found != read(slip.said)[0]]
    assert len(otherwise) < 20, "few are even sentences of their own"
    assert [slip for slip in otherwise if accepted_in(slip.said, slip.slipped)] == []


def test_what_a_slip_leaves_unsaid_is_never_dropped_in_silence() -> None:
    assert [slip for slip in every_slip() if slip.found is None and not slip.problems] == []


def test_the_help_names_the_sentence_that_was_meant() -> None:
    refused = [slip for slip in every_slip() if slip.found is None]
    right = [slip for slip in refused if f"`{meant(slip.said).sentence}`" in slip.problems[0].hint]
    share = len(right) / len(refused)
    print(f"the help names the right sentence for {len(right)} of {len(refused)} slips: {share:.2%}")
    assert share >= LEAST_SHARE_OF_RIGHT_HELP


def test_a_hole_filled_with_a_name_that_is_none_is_refused() -> None:
    for text in rules():
        for hole, filled in zip(meant(text).holes, re.finditer(r"<[^<>]*>|\"[^\"]*\"", text), strict=True):
            found, problems = read(f'{text[: filled.start()]}"no such thing 2.5"{text[filled.end() :]}')
            assert bool(problems) == (hole.type not in ("Text", "Any")), text
            assert (found is None) == bool(problems)


def test_a_misspelt_variable_is_refused_with_its_rule() -> None:
    slipped = [
        (text, f"{text[: hole.end() - 1]}x{text[hole.end() - 1 :]}")
        for text in rules()
        for hole in re.finditer(r"<[^<>]*>", text)
    ]
    assert [slip for slip in slipped if accepted_in(*slip)] == []
