"""Sentences as texts write them: bare names, partial dates, other wordings, and comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, count, product

from treaty_engine.dates import bounds
from treaty_engine.errors import Problem, Refused
from treaty_engine.language.functions import ANY, Function, functions
from treaty_engine.language.rules import Computation, Literal
from treaty_engine.language.sentences import Token, tokens
from treaty_engine.language.statements import Unsaid, fillings, statement
from treaty_engine.language.terms import Atom, Hole, Term, Value, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.source import Span
from treaty_engine.treaties.claims.assertions import Bound, Said

_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}(/\d{4}(-\d{2}){0,2})?")
_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?")
_BEFORE_A_DATE = ("on", "in", "since")
_MOST_PERIODS = 3


@dataclass(frozen=True)
class Wordings:
    """Other ways to say sentences: `<state> ratified <treaty> on <date>` and the sentence that is meant by it.

    `denied` are those by which a text denies more than it names: not to have *ratified* is not to have consented.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    denied: tuple[tuple[str, str], ...] = ()

    def denying(self) -> Wordings:
        """The wordings as they are meant where something is denied."""
        return Wordings((*self.denied, *self.pairs))

    def meant(self, text: str) -> Iterator[str]:
        """The sentences that `text` may mean, the text itself first."""
        yield text
        try:
            parts = list(tokens(text.strip().removesuffix(".")))
        except ValueError:
            return
        for said, meant in self.pairs:
            pattern = list(tokens(said))
            words = tuple(part.text if part.kind == "word" else None for part in pattern)
            names = [part.text for part in pattern if part.kind == "hole"]
            for filled in fillings(words, parts):
                yield _filled(meant, dict(zip(names, filled, strict=True)))


def _filled(meant: str, filled: Mapping[str, list[Token]]) -> str:
    return re.sub(
        r"<([a-z_]+)>", lambda found: _rewritten(filled[found[1]]) if found[1] in filled else found[0], meant
    )


def _rewritten(parts: list[Token]) -> str:
    shown = {"constant": '"{}"', "hole": "<{}>", "word": "{}"}
    return " ".join(shown[part.kind].format(part.text) for part in parts)


@dataclass
class Conditions:
    """Reads conditions one after the other, and remembers the type of each variable."""

    vocabulary: Vocabulary
    wordings: Wordings = field(default_factory=Wordings)
    types: dict[str, str] = field(default_factory=dict)
    _fresh: Iterator[int] = field(default_factory=lambda: count(1))

    def literals(self, text: str, span: Span) -> tuple[Literal, ...]:
        """What a condition says: a comparison, or a sentence with its dates held within periods. Raises Refused."""
        compared = self._comparison(text, span)
        return (compared,) if compared else self.said(text, span).literals

    def said(self, text: str, span: Span) -> Said:
        """The sentence that `text` says, partial dates and other wordings included. Raises Refused."""
        for word in map(_unstopped, text.split()):
            if _DATE.fullmatch(word) and not _is_period(word):
                raise Refused(Problem(f"`{word}` is not a day or month of the calendar", span))
        refusals: list[Refused] = []
        for variant, periods in _variants(text):
            for meant in self.wordings.meant(variant):
                try:
                    atom = statement(self.vocabulary, meant, span)
                except Refused as refused:
                    refusals.append(refused)
                    continue
                if found := self._within(text, atom, periods):
                    return found
        telling = [each for each in refusals if not isinstance(each, Unsaid)]
        raise min(telling or refusals[:1], key=lambda each: len(str(each)))

    def _within(self, text: str, atom: Atom, periods: Mapping[str, str]) -> Said | None:
        """The atom with its periods as variables that are held within them; None where one is no date there."""
        terms: list[Term] = []
        held: list[Literal] = []
        bound: list[Bound] = []
        for hole, term in zip(atom.predicate.holes, atom.terms, strict=True):
            if isinstance(term, Variable) and term.name in periods:
                if hole.type not in ("Date", "Period"):
                    return None
                period, term = periods[term.name], Variable(f"_{hole.name}#{next(self._fresh)}")
            elif hole.type == "Period" and not isinstance(term, Variable):
                period, term = str(term), Variable(f"_{hole.name}#{next(self._fresh)}")
            else:
                terms.append(self._own(hole, term))
                continue
            terms.append(term)
            bound.append(Bound(term.name, period))
            held += self._held(term, hole.type, period)
        whole = Atom(atom.predicate, tuple(terms), atom.span)
        return Said(text, whole, (whole, *held), tuple(bound))

    def _own(self, hole: Hole, term: Term) -> Term:
        if isinstance(term, Variable):
            if term.name.startswith("_"):
                return Variable(f"_{hole.name}#{next(self._fresh)}")
            self.types.setdefault(term.name, hole.type)
        return term

    def _held(self, term: Variable, type_name: str, period: str) -> Iterator[Literal]:
        first, last = bounds(period)
        opening, closing = (term, term)
        if type_name == "Period":
            opening, closing = (Variable(f"_day#{next(self._fresh)}") for _ in range(2))
            yield computation("<date: Date> is the first day of <period: Period>", opening, term)
            yield computation("<date: Date> is the day on which <period: Period> ends", closing, term)
        yield computation("<a: Date> comes on or after <b: Date>", opening, first)
        yield computation("<a: Date> is on or before <b: Date>", closing, last)

    def _comparison(self, text: str, span: Span) -> Computation | None:
        try:
            parts = list(tokens(text.strip().removesuffix(".")))
        except ValueError as wrong:
            raise Refused(Problem(str(wrong), span)) from None
        for function in functions():
            for filled in fillings(function.words, parts):
                if terms := self._terms(function, filled, span):
                    return Computation(function, terms, span)
        return None

    def _terms(self, function: Function, filled: tuple[list[Token], ...], span: Span) -> tuple[Term, ...]:
        named = [self.types.get(each[0].text, "") for each in filled if each[0].kind == "hole"]
        terms: list[Term] = []
        for hole, parts in zip(function.holes, filled, strict=True):
            type_name = hole.type if hole.type != ANY else next(filter(None, named), "Text")
            text = " ".join(part.text for part in parts)
            if parts[0].kind == "hole":
                self.types.setdefault(text, type_name)
                terms.append(Variable(text))
                continue
            try:
                terms.append(self.vocabulary.types.value(type_name, text))
            except ValueError as wrong:
                raise Refused(Problem(str(wrong), span, hint=self.vocabulary.types.hint(type_name, text))) from None
        return tuple(terms)


def computation(sentence: str, *terms: Term) -> Computation:
    """A built-in sentence with these terms."""
    return Computation(next(each for each in functions() if each.sentence == sentence), terms)


def differs(name: str, value: Value) -> Computation:
    """That a variable stands for another value."""
    return computation("<a: Any> differs from <b: Any>", Variable(name), value)


def _variants(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The text as it is, then with its partial dates as variables, after each word that a sentence has before dates."""
    yield text, {}
    words = text.split()
    partial = [place for place, word in enumerate(words) if _is_period(_unstopped(word))]
    for size in range(1, min(len(partial), _MOST_PERIODS) + 1):
        for chosen in combinations(partial, size):
            yield from _with_variables(words, chosen)


def _with_variables(words: list[str], chosen: Iterable[int]) -> Iterator[tuple[str, dict[str, str]]]:
    places = list(chosen)
    choices = [_leading(words[place - 1] if place else "") for place in places]
    for leading in product(*choices):
        changed, periods = list(words), dict[str, str]()
        for number, (place, word) in enumerate(zip(places, leading, strict=True)):
            periods[f"period_{number}"] = _unstopped(words[place])
            changed[place] = f"<period_{number}>"
            if place:
                changed[place - 1] = word
        yield " ".join(changed), periods


def _leading(word: str) -> tuple[str, ...]:
    return (word, *(each for each in _BEFORE_A_DATE if each != word)) if word in _BEFORE_A_DATE else (word,)


def _unstopped(word: str) -> str:
    return word.removesuffix(".")


def _is_period(word: str) -> bool:
    if not _PARTIAL.fullmatch(word):
        return False
    try:
        bounds(word)
    except ValueError:
        return False
    return True
