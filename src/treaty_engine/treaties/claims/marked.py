"""Claims marked in a Markdown text: `[what the text says](claim: the sentence that it claims)`."""

from __future__ import annotations

import re
from pathlib import Path

from treaty_engine.dates import day
from treaty_engine.errors import Problem, Refused
from treaty_engine.language.statements import Unsaid
from treaty_engine.language.strict_yaml import text_of
from treaty_engine.source import Span
from treaty_engine.treaties.claims import assertions as a
from treaty_engine.treaties.claims.conditions import Conditions
from treaty_engine.treaties.claims.quantities import quantified
from treaty_engine.treaties.claims.reader import Context

_MARK = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])+)\]\(\s*claim:(?P<said>(?:[^()]|\([^()]*\))*)\)")
_CODE = re.compile(r"^(?P<fence>```|~~~).*?^(?P=fence)[^\n]*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.+?)\s*#*$", re.MULTILINE)
_OPTION = re.compile(r"<!--\s*claims?\s+(?P<key>on|text):\s*(?P<value>.*?)\s*-->")
_QUOTED = re.compile(r"`([^`]+)`")
_HINT = "mark a claim as `[Thailand ratified CRC](claim: Thailand ratified CRC)`"


def marked_claims(path: Path, shown: str, context: Context) -> a.Claims:
    """The claims marked in a Markdown file; those that cannot be read are listed. Raises Refused."""
    text = text_of(path, shown)
    plain = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    marks = list(_MARK.finditer(plain))
    if not marks:
        raise Refused(Problem(f"no claim is marked in `{shown}`", Span(shown), hint=_HINT))
    options = {found["key"]: (found["value"], _span(shown, plain, found.start())) for found in _OPTION.finditer(plain)}
    claims: list[a.Claim] = []
    unread: list[a.Unread] = []
    for number, mark in enumerate(marks, 1):
        read = _claim(str(number), mark, plain, shown, context)
        if isinstance(read, a.Claim):
            claims.append(read)
        else:
            unread.append(read)
    source = options.get("text", ("", Span(shown)))[0]
    return a.Claims(shown, tuple(claims), source, _day(options), tuple(unread))


def _claim(name: str, mark: re.Match[str], text: str, shown: str, context: Context) -> a.Claim | a.Unread:
    words = " ".join(mark["text"].split())
    said = " ".join(mark["said"].split()) or words
    span = _span(shown, text, mark.start())
    try:
        assertion = _assertion(said, span, context)
    except Refused as refused:
        problem = refused.problems[0]
        mended = None if isinstance(refused, Unsaid) else _mended(said, problem, context)
        if mended is None:
            return a.Unread(name, words, said, span, problem.message, problem.hint)
        doubt = f"{problem.message}; {problem.hint}"
        return a.Claim(name, words, _section(text, mark.start()), None, span, mended, doubt=doubt)
    return a.Claim(name, words, _section(text, mark.start()), assertion, span)


def _mended(said: str, problem: Problem, context: Context) -> a.Mended | None:
    """The claim with the unknown name put right, where that makes it one that can be read."""
    wrong, right = _QUOTED.search(problem.message), _QUOTED.search(problem.hint)
    if not wrong or not right or wrong[1] not in said:
        return None
    mended = said.replace(wrong[1], right[1])
    try:
        return a.Mended(mended, _assertion(mended, Span(""), context))
    except Refused:
        return None


def _assertion(said: str, span: Span, context: Context) -> a.Assertion:
    """What stands in a mark: a sentence, `not:` a sentence, one of all or none, or several between semicolons."""
    parts = [part.strip() for part in said.split(";") if part.strip()]
    if len(parts) > 1:
        return a.Joined(tuple(_assertion(part, span, context) for part in parts))
    only = parts[0] if parts else said
    if only.startswith("not:"):
        denying = Context(context.vocabulary, context.wordings.denying())
        return a.Negated(_assertion(only.removeprefix("not:").strip(), span, denying))
    return quantified(only, span, context) or Conditions(context.vocabulary, context.wordings).said(only, span)


def _section(text: str, place: int) -> str:
    """The nearest heading above."""
    above = [found["title"] for found in _HEADING.finditer(text, 0, place)]
    return above[-1] if above else ""


def _span(shown: str, text: str, place: int) -> Span:
    return Span(shown, text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place))


def _day(options: dict[str, tuple[str, Span]]) -> str:
    written, span = options.get("on", ("", Span("")))
    if written:
        try:
            day(written)
        except ValueError as wrong:
            raise Refused(Problem(str(wrong), span, hint="<!-- claims on: 2008-06-12 -->")) from None
    return written
