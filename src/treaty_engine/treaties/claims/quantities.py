"""Claims about all, none, most, only some or a number of States, in one line: `none of ASEAN: <state> signed CRC`."""

from __future__ import annotations

import re

from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.rules import Literal
from treaty_engine.language.terms import Atom, Predicate, Value, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.source import Span
from treaty_engine.treaties.claims import assertions as a
from treaty_engine.treaties.claims.conditions import Conditions
from treaty_engine.treaties.claims.reader import Context
from treaty_engine.treaties.groups import BELONGS

_SHAPE = re.compile(
    r"(?P<how>all|none|most|only (?P<names>.+?)|(?P<bound>at least |at most |exactly )?(?P<number>\d+))"
    r" of (?P<groups>.+?): (?P<said>.+)"
)

def quantified(text: str, span: Span, context: Context) -> a.Quantified | None:
    """What `all of GMS and ASEAN: <state> is a party to CRC` says; None where it is no such line. Raises Refused."""
    found = _SHAPE.fullmatch(text)
    if not found:
        return None
    vocabulary = context.vocabulary
    denying = not found["how"].startswith((a.ALL, a.MOST))
    conditions = Conditions(vocabulary, context.wordings.denying() if denying else context.wordings)
    said = conditions.said(found["said"], span)
    (belongs,) = vocabulary.labelled(BELONGS)
    member, group = belongs.holes
    names = [name for name, kind in conditions.types.items() if kind == member.type]
    if len(names) != 1:
        hint = f"say `<{member.name}>` where the sentence names each of them"
        raise Refused(Problem(f"`{found['said']}` speaks of no one `<{member.name}>`", span, hint=hint))
    groups = [_value(vocabulary, group.type, name, span) for name in re.split(r" and |, ", found["groups"])]
    of = tuple(_belonging(belongs, names[0], each, span) for each in groups)
    kind, only, least, most = _how(found, vocabulary, member.type, span)
    also: tuple[Literal, ...] = said.literals
    return a.Quantified(text, kind, (names[0],), of, also, only, least, most, ((names[0], member.type),))


def _belonging(belongs: Predicate, name: str, group: Value, span: Span) -> Atom:
    return Atom(belongs, (Variable(name), group), span)


def _how(
    found: re.Match[str], vocabulary: Vocabulary, type_name: str, span: Span
) -> tuple[str, tuple[Value, ...], int, int | None]:
    if found["names"]:
        listed = re.split(r" and |, ", found["names"])
        return a.ONLY, tuple(_value(vocabulary, type_name, each, span) for each in listed), 0, None
    if found["number"]:
        number, bound = int(found["number"]), (found["bound"] or "exactly").strip()
        return a.COUNT, (), 0 if bound == "at most" else number, None if bound == "at least" else number
    return found["how"], (), 0, None


def _value(vocabulary: Vocabulary, type_name: str, name: str, span: Span) -> Value:
    try:
        return vocabulary.types.value(type_name, name.strip())
    except ValueError as wrong:
        registry = vocabulary.types.registries.get(type_name)
        hint = did_you_mean(name, registry.names()) if registry else ""
        raise Refused(Problem(str(wrong), span, hint=hint)) from None
