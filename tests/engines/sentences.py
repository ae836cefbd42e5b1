"""Rules, worlds and programs in the small invented language, written as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from treaty_engine.language.functions import functions
from treaty_engine.language.rules import Absence, Computation, Defeat, Literal, Rule
from treaty_engine.language.statements import statement
from treaty_engine.language.terms import Atom, Fact, Term
from treaty_engine.program.program import Program, program
from treaty_engine.source import Span
from treaty_engine.testing.language import invented_vocabulary

SENTENCES = invented_vocabulary()
HERE = Span("test")


def say(sentence: str) -> Atom:
    return statement(SENTENCES, sentence)


def rule(head: str, *body: str | Literal, unless: Iterable[tuple[Literal, ...]] = ()) -> Rule:
    literals = tuple(say(each) if isinstance(each, str) else each for each in body)
    exceptions = tuple(Defeat(f"{head} unless {number}", "", "", each) for number, each in enumerate(unless))
    return Rule(f"{head} if {body}", "", "", literals, say(head), HERE, exceptions)


def no_record(sentence: str, coverage: str) -> Absence:
    return Absence(say(sentence), say(coverage))


def computed(words: str, *terms: Term) -> Computation:
    return Computation(next(each for each in functions() if each.sentence.endswith(words)), terms)


def compiled(*rules: Rule) -> Program:
    return program(SENTENCES, rules)


def facts(*sentences: str) -> list[Fact]:
    return [say(sentence).fact({}) for sentence in sentences]
