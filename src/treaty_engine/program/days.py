"""One program asked of many days at once: every sentence that depends on the day gets a hole for it.

What had happened by a day follows from dated facts by a comparison, so that one evaluation serves all days;
the facts of one day are then a slice, which the program for one day explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from treaty_engine.language.functions import functions
from treaty_engine.language.rules import Absence, Aggregate, Computation, Defeat, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Fact, Hole, Predicate, Term, Value, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.model import Model, Pattern, Values
from treaty_engine.program.order import ordered
from treaty_engine.program.program import Program
from treaty_engine.program.strata import dependencies
from treaty_engine.program.world import ABOUT, HORIZON
from treaty_engine.progress import counted

_DAY = Variable("as of")
_BY_WORDS = {" ".join(word or "_" for word in each.words): each for each in functions()}
_BY = _BY_WORDS["_ is on or before _"]
_ENDS = _BY_WORDS["_ is the day on which _ ends"]


@dataclass(frozen=True)
class Daily:
    """A program for many days, with the name that each sentence has in it."""

    program: Program
    names: Mapping[str, str]
    given: Mapping[str, bool]
    """The sentences with a name that facts may say; whether only facts do."""

    def facts(self, facts: Iterable[Fact], days: Mapping[date, date]) -> list[Fact]:
        """The facts of every day, with the days that are asked about, each with how far ahead it looks."""
        asked = [p for p in self.program.vocabulary.predicates.values() if p.kind == "asked" and p.asked != ABOUT]
        at = [Fact(p.sentence, (day,)) for p in asked if p.asked != HORIZON for day in days]
        ahead = [self.names.get(p.sentence) for p in asked if p.asked == HORIZON]
        return [*facts, *at, *(Fact(name, pair) for name in ahead if name for pair in days.items())]

    def each(self, model: Model, days: Iterable[date]) -> list[Model]:
        """What holds on each of the days."""
        together = _Days(model, self.names, self.given)
        return [_Slice(together, day) for day in days]


def daily(program: Program) -> Daily:
    """The program that answers for many days what `program` answers for one."""
    vocabulary = program.vocabulary
    moving = _moving(program)
    predicates = {sentence: _with_day(vocabulary.predicates[sentence]) for sentence in sorted(moving)}
    known = {**vocabulary.predicates, **{each.sentence: each for each in predicates.values()}}
    asked = next(each for each in vocabulary.predicates.values() if _asks_the_day(each))
    rules = [_seen(vocabulary.predicates[s], p, asked) for s, p in predicates.items() if _given(program, s)]
    rules += [_moved(rule, predicates, asked) for rule in program.rules]
    together = Vocabulary(vocabulary.types, known, vocabulary.briefs)
    arranged = tuple(ordered(rule)[0] for rule in counted(rules, "Putting conditions in order"))
    names = {sentence: each.sentence for sentence, each in predicates.items()}
    given = {each: not program.concluding(each) for each in names if vocabulary.predicates[each].kind != "derived"}
    return Daily(Program(together, arranged), names, given)


def _moving(program: Program) -> set[str]:
    """The sentences whose truth depends on the day."""
    predicates = program.vocabulary.predicates.values()
    asked = {each.sentence for each in predicates if each.kind == "asked" and each.asked != ABOUT}
    moving = asked | {each.sentence for each in predicates if each.when is not None}
    while True:
        reached = [rule for rule in program.rules if moving & {sentence for sentence, _ in dependencies(rule)}]
        more = {rule.head.predicate.sentence for rule in reached}
        if more <= moving:
            return moving
        moving |= more


def _asks_the_day(predicate: Predicate) -> bool:
    return predicate.kind == "asked" and predicate.asked not in (HORIZON, ABOUT)


def _given(program: Program, sentence: str) -> bool:
    predicate = program.vocabulary.predicates[sentence]
    return predicate.asked != HORIZON and (predicate.kind != "derived" or not program.concluding(sentence))


def _with_day(predicate: Predicate) -> Predicate:
    sentence = f"as of <day>, {predicate.sentence}"
    holes = (Hole("day", "Date"), *predicate.holes)
    words = ("as", "of", None, *predicate.words)
    return replace(predicate, sentence=sentence, words=words, holes=holes, kind="derived", when=None, only_one=None)


def _seen(predicate: Predicate, moved: Predicate, asked: Predicate) -> Rule:
    """What had happened by the day, from what is given; of the day itself, that it is the one asked about."""
    terms: tuple[Term, ...] = tuple(Variable(f"v{place}") for place in range(len(predicate.holes)))
    if _asks_the_day(predicate):
        terms = (_DAY,)
    body: list[Literal] = [Atom(asked, (_DAY,)), Atom(predicate, terms)]
    if predicate.when is not None:
        when = terms[predicate.when]
        if predicate.holes[predicate.when].type == "Period":
            body.append(Computation(_ENDS, (Variable("ended"), when)))
            when = Variable("ended")
        body.append(Computation(_BY, (when, _DAY)))
    return Rule(f"seen/{predicate.sentence}", "", "", tuple(body), Atom(moved, (_DAY, *terms)), predicate.span)


def _moved(rule: Rule, moving: Mapping[str, Predicate], asked: Predicate) -> Rule:
    if rule.head.predicate.sentence not in moving:
        return rule
    body = (Atom(asked, (_DAY,)), *(_literal(each, moving) for each in rule.body))
    exceptions = tuple(
        Defeat(each.id, each.title, each.cite, tuple(_literal(inner, moving) for inner in each.body), each.span)
        for each in rule.exceptions
    )
    return replace(rule, body=body, head=_atom(rule.head, moving), exceptions=exceptions)


def _literal(literal: Literal, moving: Mapping[str, Predicate]) -> Literal:
    if isinstance(literal, Atom):
        return _atom(literal, moving)
    if isinstance(literal, Absence):
        return replace(literal, atom=_atom(literal.atom, moving), coverage=_atom(literal.coverage, moving))
    if isinstance(literal, Aggregate):
        return replace(literal, of=tuple(_literal(each, moving) for each in literal.of))
    if isinstance(literal, Every):
        of, also = (tuple(_literal(each, moving) for each in part) for part in (literal.of, literal.also))
        return replace(literal, of=of, also=also)
    return literal


def _atom(atom: Atom, moving: Mapping[str, Predicate]) -> Atom:
    moved = moving.get(atom.predicate.sentence)
    return Atom(moved, (_DAY, *atom.terms), atom.span) if moved else atom


class _Days:
    """A model of many days: what is asked of one of them is looked up for all, for the others ask the same."""

    def __init__(self, model: Model, names: Mapping[str, str], given: Mapping[str, bool]) -> None:
        self.model, self.names, self.given = model, names, given
        self._found: dict[tuple[str, Pattern], dict[Value, list[Values]]] = {}

    def match(self, predicate: str, pattern: Pattern, day: date) -> Iterable[Values]:
        """The values of every fact of a day that agree with the pattern."""
        name = self.names.get(predicate)
        if name is None:
            return self.model.match(predicate, pattern)
        if not any(value is not None for value in pattern):
            return [values[1:] for values in self.model.match(name, (day, *pattern))]
        asked = predicate, pattern
        if asked not in self._found:
            found = self._found[asked] = {}
            for values in self.model.match(name, (None, *pattern)):
                found.setdefault(values[0], []).append(values[1:])
        return self._found[asked].get(day, [])


@dataclass(frozen=True)
class _Slice:
    """The facts of one day out of a model of many."""

    days: _Days
    day: date

    def match(self, predicate: str, pattern: Pattern) -> Iterable[Values]:
        """The values of every fact of the day that agree with the pattern."""
        return self.days.match(predicate, pattern, self.day)

    def rank(self, fact: Fact) -> int | None:
        """The rank of a fact on that day, None when it does not hold."""
        model, name = self.days.model, self.days.names.get(fact.predicate)
        if name is None:
            return model.rank(fact)
        rank = model.rank(Fact(name, (self.day, *fact.values)))
        return rank if rank is None or model.rank(fact) is None else 0

    def level(self, predicate: str) -> int | None:
        """The rank that all facts of a predicate share, None where each has its own."""
        if predicate in self.days.given:
            return 0 if self.days.given[predicate] else None
        return self.days.model.level(self.days.names.get(predicate, predicate))

    def facts(self) -> Iterator[Fact]:
        """Every fact of the day."""
        original = {name: sentence for sentence, name in self.days.names.items()}
        for fact in self.days.model.facts():
            sentence = original.get(fact.predicate)
            if sentence is not None:
                if fact.values[0] == self.day:
                    yield Fact(sentence, fact.values[1:])
            elif fact.predicate not in self.days.names:
                yield fact
