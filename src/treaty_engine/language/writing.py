"""Sentences written out again: atoms with values, questions, and whole rules in English."""

from __future__ import annotations

import re
from collections.abc import Iterable

from treaty_engine.language.functions import Function
from treaty_engine.language.registry import Types, written
from treaty_engine.language.rules import Absence, Aggregate, Computation, Literal
from treaty_engine.language.sentences import Skeleton
from treaty_engine.language.terms import Atom, Fact, Hole, Substitution, Term, Variable, resolved
from treaty_engine.language.vocabulary import Vocabulary


def sentence_of(vocabulary: Vocabulary, atom: Atom, values: Substitution | None = None) -> str:
    """An atom in words, with its values by name; what is not known is left out where a shorter form allows."""
    terms = tuple(resolved(term, values or {}) for term in atom.terms)
    unknown = {place for place, term in enumerate(terms) if _left_out(term, as_written=values is None)}
    for brief in vocabulary.briefs_of(atom.predicate) if unknown else ():
        if set(range(len(terms))) - set(brief.positions) == unknown:
            kept = tuple(terms[place] for place in brief.positions)
            return _filled(vocabulary.types, brief.words, brief.holes, kept)
    return _filled(vocabulary.types, atom.predicate.words, atom.predicate.holes, terms)


def missing_of(vocabulary: Vocabulary, atom: Atom) -> str:
    """What is not known where nobody has recorded whether an atom holds, as an indirect question."""
    for said in vocabulary.missing.get(atom.predicate.sentence, ()):
        kept = tuple(atom.terms[place] for place in said.positions)
        if not any(isinstance(term, Variable) for term in kept):
            return _filled(vocabulary.types, said.words, said.holes, kept)
    named = {hole.name: hole.type for hole in atom.predicate.holes if hole.type in vocabulary.types.registries}
    sentence = sentence_of(vocabulary, atom, {})
    return "whether " + re.sub(r"<([\w-]+)>", lambda hole: f"some {named.get(hole[1], hole[1])}", sentence)


def fact_sentence(vocabulary: Vocabulary, fact: Fact) -> str:
    """A fact in words."""
    predicate = vocabulary.predicates[fact.predicate]
    return _filled(vocabulary.types, predicate.words, predicate.holes, fact.values)


def literal_lines(vocabulary: Vocabulary, literal: Literal, values: Substitution | None = None) -> list[str]:
    """A literal in words, one line or, where it has an inner body, several indented ones."""
    known = values or {}
    if isinstance(literal, Atom):
        return [sentence_of(vocabulary, literal, values)]
    if isinstance(literal, Computation):
        return [computation(vocabulary.types, literal, known)]
    if isinstance(literal, Absence):
        return [f"no record that {sentence_of(vocabulary, literal.atom, values)}"]
    if isinstance(literal, Aggregate):
        return [_aggregate_line(literal, known), *_indented(vocabulary, literal.of, values)]
    return [
        "for every " + " and ".join(f"<{name}>" for name in literal.per) + " such that",
        *_indented(vocabulary, literal.of, values),
        "it holds that",
        *_indented(vocabulary, literal.also, values),
    ]


def computation(types: Types, literal: Computation, values: Substitution) -> str:
    """A built-in sentence in words."""
    terms = tuple(resolved(term, values) for term in literal.terms)
    return _filled(types, literal.function.words, literal.function.holes, terms)


def function_sentence(types: Types, function: Function, values: Iterable[Term]) -> str:
    """A built-in sentence with these values."""
    return _filled(types, function.words, function.holes, tuple(values))


def _aggregate_line(literal: Aggregate, values: Substitution) -> str:
    result, number = (_shown(resolved(term, values)) for term in (literal.result, literal.number))
    per = " and ".join(f"<{name}>" for name in literal.per)
    each = f", each {per} counted once" if per else ""
    if literal.kind == "count":
        return f"{result} is the number of {per or 'cases'} such that"
    if literal.kind == "sum":
        return f"{result} is the sum of <{literal.value}>{each}, where"
    which = f"that comes as number {number}" if literal.kind == "number" else f"that is the {literal.kind}"
    return f"{result} is the <{literal.value}> {which}{each}, of those where"


def _indented(vocabulary: Vocabulary, body: Iterable[Literal], values: Substitution | None) -> list[str]:
    return ["  " + line for literal in body for line in literal_lines(vocabulary, literal, values)]


def _filled(types: Types, words: Skeleton, holes: tuple[Hole, ...], terms: tuple[Term, ...]) -> str:
    filling = iter(zip(holes, terms, strict=True))
    texts = [str(term) for hole, term in zip(holes, terms, strict=True) if hole.type == "Text"]
    apart = set(words) if len(texts) > 1 else set()  # the words by which one text is told from the next
    parts = []
    for before, word in zip(("", *words), words, strict=False):
        if word is None:
            hole, term = next(filling)
            word = _shown(term) if isinstance(term, Variable) else types.say(hole.type, term)
            if hole.type == "Text" and not isinstance(term, Variable) and (
                before is None or "<" in word or apart & set(word.split())
            ):
                word = f'"{word}"'
        parts.append(word)
    return " ".join(parts)


def _left_out(term: Term, *, as_written: bool) -> bool:
    """Whether a shorter form may leave a term out: one without a value, or, in a rule, one without a name."""
    return isinstance(term, Variable) and (not as_written or term.name.startswith("_"))


def _shown(term: Term) -> str:
    if isinstance(term, Variable):
        return f"<{term.name.lstrip('_').partition('#')[0]}>"
    return written(term)
