"""Reads what a person writes: a sentence with bare names, such as `Ada wrote Notes on 1843-08-01`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from treaty_engine.errors import Problem, Refused
from treaty_engine.language.registry import written
from treaty_engine.language.sentences import Token, distance, tokens
from treaty_engine.language.terms import Atom, Fact, Hole, Term, Variable
from treaty_engine.language.vocabulary import Brief, Said, Vocabulary
from treaty_engine.source import Span

_LONGEST = 60


class Unsaid(Refused):
    """Words that no sentence of the vocabulary says, whatever the names in them."""


@dataclass(frozen=True, slots=True)
class _Misread:
    """A name that stood where a sentence has a hole, and is no member of its type."""

    hole: Hole
    text: str


def statement(vocabulary: Vocabulary, text: str, span: Span | None = None, *, examples: bool = False) -> Atom:
    """The atom that a sentence with bare names says; `<x>` asks for a value, a shorter form for any.

    With `examples`, the invented names of the vocabulary are known too. Raises Refused when no sentence says
    it, when a name is unknown, or when it can be read in two ways.
    """
    try:
        parts = list(tokens(text.strip().removesuffix(".")))
    except ValueError as wrong:
        raise Refused(Problem(str(wrong), span)) from None
    if len(parts) > _LONGEST:
        raise Refused(Problem("the sentence is longer than any in the vocabulary", span))
    readings: list[Atom] = []
    misread: list[_Misread] = []
    spoken = {part.text for part in parts if part.kind == "word"}
    for sentence in vocabulary.sayable(spoken):
        for filled in fillings(sentence.words, parts):
            read = _terms(vocabulary, sentence.holes, filled, examples)
            if isinstance(read, _Misread):
                misread.append(read)
            else:
                readings.append(_atom(sentence, read, span))
    if not readings:
        raise (Refused if misread else Unsaid)(_unread(vocabulary, text, parts, misread, span))
    if len({(atom.predicate.sentence, str(atom.terms)) for atom in readings}) > 1:
        both = " or ".join(f"`{_quoted(atom)}`" for atom in readings[:3])
        hint = "put a name that is hard to tell from the words around it in double quotes"
        raise Refused(Problem(f"`{text}` can be read in more than one way", span, f"as {both}", hint))
    return readings[0]


def fact(vocabulary: Vocabulary, text: str, span: Span | None = None, *, examples: bool = False) -> Fact:
    """The fact that a sentence without any `<x>` states. Raises Refused."""
    atom = statement(vocabulary, text, span, examples=examples)
    if any(isinstance(term, Variable) for term in atom.terms):
        raise Refused(
            Problem(f"`{text}` leaves something open", span, hint=f"a fact says the whole of `{atom.predicate}`")
        )
    return atom.fact({})


def fillings(words: tuple[str | None, ...], parts: list[Token]) -> Iterator[tuple[list[Token], ...]]:
    """Every way to cut `parts` so that the words of a sentence stand where it has them."""
    if not words:
        if not parts:
            yield ()
        return
    if words[0] is not None:
        if parts and parts[0].kind == "word" and parts[0].text == words[0]:
            yield from fillings(words[1:], parts[1:])
        return
    least_left = len(words) - 1
    for taken in range(1, len(parts) - least_left + 1):
        if taken > 1 and not all(part.kind == "word" for part in parts[:taken]):
            return
        for others in fillings(words[1:], parts[taken:]):
            yield (parts[:taken], *others)


def _terms(
    vocabulary: Vocabulary, holes: tuple[Hole, ...], filled: tuple[list[Token], ...], examples: bool
) -> tuple[Term, ...] | _Misread:
    terms: list[Term] = []
    for hole, filling in zip(holes, filled, strict=True):
        text = " ".join(part.text for part in filling)
        if filling[0].kind == "hole":
            terms.append(Variable(text))
            continue
        try:
            terms.append(vocabulary.types.value(hole.type, text, examples=examples))
        except ValueError:
            return _Misread(hole, text)
    return tuple(terms)


def _atom(sentence: Said, terms: tuple[Term, ...], span: Span | None) -> Atom:
    where = span or Span("")
    if isinstance(sentence, Brief):
        return Atom(sentence.predicate, sentence.whole(terms), where)
    return Atom(sentence, terms, where)


def _quoted(atom: Atom) -> str:
    """An atom with its values in quotes, so that one sees where each begins and ends."""
    filled = (str(term) if isinstance(term, Variable) else f'"{written(term)}"' for term in atom.terms)
    return " ".join(word or next(filled) for word in atom.predicate.words)


def _unread(
    vocabulary: Vocabulary, text: str, parts: list[Token], misread: list[_Misread], span: Span | None
) -> Problem:
    if misread:
        shortest = min(misread, key=lambda wrong: len(wrong.text.split()))
        type_name = shortest.hole.type
        try:
            vocabulary.types.value(type_name, shortest.text)
            message = f"unknown name in `{text}`"
        except ValueError as wrong:
            message = str(wrong)
        return Problem(message, span, hint=vocabulary.types.hint(type_name, shortest.text))
    said = tuple(part.text if part.kind == "word" else None for part in parts)
    near = sorted(vocabulary.said(), key=lambda sentence: _apart(said, sentence.words))[:2]
    hint = "did you mean " + " or ".join(f"`{sentence.sentence}`" for sentence in near) + "?"
    return Problem(f"no sentence says `{text}`", span, hint=hint)


def _apart(said: tuple[str | None, ...], words: tuple[str | None, ...]) -> float:
    """How far a bare sentence is from a pattern, whose holes may each have taken several words."""
    literal = [word for word in words if word is not None]
    shared = [word for word in said if word in set(literal) or word is None]
    return distance(shared, literal) + 0.1 * abs(len(said) - len(words))
