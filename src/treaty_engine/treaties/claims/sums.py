"""Sums of numbers and figures, compared: `registered-2005-07 + 208,562 = 913,855`, as conditions of a rule."""

from __future__ import annotations

import re
from itertools import count, pairwise

from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.rules import Literal
from treaty_engine.language.terms import Atom, Predicate, Term, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.source import Span
from treaty_engine.treaties.claims.assertions import Sum
from treaty_engine.treaties.claims.conditions import computation

FIGURE = "figure"
"""The label of the sentence that says what a figure amounts to: its first hole names it, its first Number tells."""

_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+|-?\d+")
_COMPARED = {
    "=": "<a: Any> is the same as <b: Any>",
    "differs from": "<a: Any> differs from <b: Any>",
    "<": "<a: Number> is less than <b: Number>",
    "<=": "<a: Number> does not exceed <b: Number>",
    ">": "<a: Number> exceeds <b: Number>",
    ">=": "<a: Number> is at least <b: Number>",
}
_ADDED = {
    "+": "<n: Number> is <m: Number> more than <k: Number>",
    "-": "<n: Number> is what remains of <m: Number> after <k: Number>",
}
_HINT = "write it as `705,293 + 208,562 = 913,855`, with spaces around + - = < <= > >="


class _Compiler:
    """Turns the operands of a sum into terms, and gathers the conditions that give them values."""

    def __init__(self, vocabulary: Vocabulary, span: Span) -> None:
        self.vocabulary, self.span = vocabulary, span
        self.literals: list[Literal] = []
        self._fresh = count(1)
        self.figure: Predicate | None = next(iter(vocabulary.labelled(FIGURE)), None)

    def side(self, text: str) -> Term:
        """One side of a comparison."""
        parts = text.split()
        operands, signs = parts[::2], parts[1::2]
        if len(operands) != len(signs) + 1 or not set(signs) <= set(_ADDED):
            raise Refused(Problem(f"`{text.strip()}` is no sum", self.span, hint=_HINT))
        result = self.operand(operands[0])
        for sign, operand in zip(signs, operands[1:], strict=True):
            total = self.variable("sum")
            self.literals.append(computation(_ADDED[sign], total, result, self.operand(operand)))
            result = total
        return result

    def operand(self, text: str) -> Term:
        """A number, or what a figure amounts to."""
        if _NUMBER.fullmatch(text):
            return int(text.replace(",", ""))
        registry = self.vocabulary.types.registries.get(self.figure.holes[0].type) if self.figure else None
        known = registry.find(text) if registry else None
        if self.figure is None or registry is None or known is None:
            near = did_you_mean(text, registry.names()) if registry else ""
            raise Refused(Problem(f"`{text}` is neither a number nor a figure", self.span, hint=near or _HINT))
        value = self.variable("n")
        place = next(i for i, hole in enumerate(self.figure.holes) if hole.type == "Number")
        terms: list[Term] = [self.variable(f"_{hole.name}") for hole in self.figure.holes]
        terms[0], terms[place] = known, value
        self.literals.append(Atom(self.figure, tuple(terms), self.span))
        return value

    def variable(self, name: str) -> Variable:
        """A variable of its own."""
        return Variable(f"{name}#{next(self._fresh)}")


def compared(vocabulary: Vocabulary, text: str, span: Span) -> Sum:
    """A comparison of sums, or a chain of them. Raises Refused."""
    pieces = re.split(r"\s(<=|>=|=|<|>|differs from)\s", f" {text} ")
    sides, signs = pieces[::2], pieces[1::2]
    if not signs:
        raise Refused(Problem(f"`{text}` compares nothing", span, hint=_HINT))
    compiler = _Compiler(vocabulary, span)
    terms = [compiler.side(side) for side in sides]
    for sign, (one, other) in zip(signs, pairwise(terms), strict=True):
        compiler.literals.append(computation(_COMPARED[sign], one, other))
    return Sum(text, tuple(compiler.literals))
