"""What could be true if missing facts were found, and what those facts are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from treaty_engine.engines.naive import holds, satisfy
from treaty_engine.language.rules import Absence, Aggregate, Computation, Defeat, Every, Literal, Rule, variables
from treaty_engine.language.terms import Atom, Fact, Predicate, Substitution, Variable
from treaty_engine.model import Model, Pattern
from treaty_engine.program.program import Program

MOST_WAYS = 64
"""How many ways in which something might be true are looked at for what would have to be known."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that nobody has recorded, and that no source in use would have: what to find out.

    `settled_by` are the facts that name who could tell; `judgement` when it is for somebody to decide; `ended` the
    day on which the sources end, where that is before the day asked about.
    """

    atom: Atom
    settled_by: tuple[Fact, ...] = ()
    judgement: bool = False
    ended: date | None = None


def several(program: Program, model: Model, predicate: Predicate, pattern: Pattern) -> bool:
    """Whether there may be more than one value where there can otherwise be one."""
    where = program.vocabulary.more_where.get(predicate.sentence)
    if where is None:
        return False
    names = where.variables()
    filled = zip(predicate.holes, pattern, strict=True)
    return holds([where], model, {hole.name: v for hole, v in filled if v is not None and hole.name in names})


_Ways = Iterator[tuple[Mapping[str, Any], tuple[Need, ...]]]
_Filling = tuple[tuple[Any, ...], tuple[Need, ...]]
_ANYTHING = object()
"""The value of a variable that only a missing fact could give."""


class _Replayed:
    """What an iterator gives, for as many as ask, found when the first of them does."""

    def __init__(self, found: Iterator[_Filling]) -> None:
        self._found, self._seen = found, list[_Filling]()

    def __iter__(self) -> Iterator[_Filling]:
        place = 0
        while True:
            if place == len(self._seen):
                following = next(self._found, None)
                if following is None:
                    return
                self._seen.append(following)
            yield self._seen[place]
            place += 1


class Possible:
    """Finds the ways in which something could be true if missing facts were found."""

    def __init__(self, program: Program, model: Model) -> None:
        self.program, self.model = program, model
        self._found: dict[tuple[str, Pattern], _Replayed] = {}
        self._missing: dict[tuple[int, Pattern], tuple[Need, ...]] = {}

    def atom(self, atom: Atom, values: Mapping[str, Any], path: tuple[Any, ...]) -> _Ways:
        """The ways in which an atom holds or might hold, with what would have to be known for each."""
        for found in satisfy(atom, self.model, _known(values)):
            yield {**values, **found}, ()
        sentence, vocabulary = atom.predicate.sentence, self.program.vocabulary
        if self._settled(atom, values):
            return
        if atom.predicate.kind == "judgement":
            yield self._guessed(atom, values), (self.need(atom, values, judgement=True),)
        elif sentence in vocabulary.closed_by or sentence in vocabulary.open:
            uncovered = sentence in vocabulary.open or not self.covered(atom, values)
            if uncovered and self._conceivable(atom, values):
                yield self._guessed(atom, values), (self.need(atom, values),)
        else:
            for filling, needs in self._concluded(atom.predicate, atom.pattern(_known(values)), path):
                filled = zip(atom.terms, filling, strict=True)
                yield {**{t.name: value for t, value in filled if isinstance(t, Variable)}, **values}, needs

    def _concluded(self, predicate: Predicate, pattern: Pattern, path: tuple[Any, ...]) -> Iterable[_Filling]:
        """The values that rules might conclude, with what would have to be known; worked out once for a pattern.

        What leads back to itself is worked out each time, for there it matters what is asked on the way.
        """
        key = predicate.sentence, pattern
        if key in path:
            return ()
        if predicate.sentence in self.program.recursive:
            return self._by_rules(key, path)
        if key not in self._found:
            self._found[key] = _Replayed(self._by_rules(key, path))
        return self._found[key]

    def _by_rules(self, key: tuple[str, Pattern], path: tuple[Any, ...]) -> Iterator[_Filling]:
        for rule in self.program.concluding(key[0]):
            yield from self._by_rule(rule, key[1], (*path, key))

    def _settled(self, atom: Atom, values: Mapping[str, Any]) -> bool:
        """Whether there can be but one such fact and it holds, so that no other can be found."""
        place, pattern = atom.predicate.only_one, atom.pattern(_known(values))
        if place is None or None in (*pattern[:place], *pattern[place + 1 :]):
            return False
        if several(self.program, self.model, atom.predicate, pattern):
            return False
        return bool(list(self.model.match(atom.predicate.sentence, (*pattern[:place], None, *pattern[place + 1 :]))))

    def _conceivable(self, atom: Atom, values: Mapping[str, Any]) -> bool:
        """Whether something could be found from which some rule concludes it: not where exceptions defeat each."""
        rules = self.program.concluding(atom.predicate.sentence)
        return not rules or not all(self._defeated(rule, atom, values) for rule in rules)

    def _defeated(self, rule: Rule, atom: Atom, values: Mapping[str, Any]) -> bool:
        """Whether an exception defeats the rule for what is asked, whatever else is found."""
        bound = unified(rule, atom.pattern(_known(values)))
        if bound is None:
            return True
        return next(overruling(rule, self.model, bound), None) is not None

    def covered(self, atom: Atom, values: Mapping[str, Any]) -> bool:
        """Whether a source claims to have every fact that this atom could stand for."""
        closing = self.program.vocabulary.closed_by.get(atom.predicate.sentence)
        if closing is None:
            return False
        filled = {
            hole.name: value
            for hole, value in zip(atom.predicate.holes, atom.pattern(_known(values)), strict=True)
            if value is not None
        }
        keys = set(closing.variables()) & {hole.name for hole in atom.predicate.holes}
        return keys <= set(filled) and holds([closing], self.model, {k: v for k, v in filled.items() if k in keys})

    def need(self, atom: Atom, values: Mapping[str, Any], *, judgement: bool = False) -> Need:
        """The missing fact, with who could tell."""
        known = _known(values)
        settling = self.program.vocabulary.settled_by.get(atom.predicate.sentence)
        told: tuple[Fact, ...] = ()
        if settling is not None:
            pairs = zip(atom.predicate.holes, atom.pattern(known), strict=True)
            filled = {hole.name: value for hole, value in pairs if value is not None}
            keys = set(settling.variables())
            filled = {name: value for name, value in filled.items() if name in keys}
            told = tuple(settling.fact(found) for found in satisfy(settling, self.model, filled))
        pairs = zip(atom.predicate.holes, atom.pattern(known), strict=True)
        asked = tuple(Variable(hole.name) if value is None else value for hole, value in pairs)
        return Need(Atom(atom.predicate, asked), told, judgement)

    def _guessed(self, atom: Atom, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**dict.fromkeys(atom.variables(), _ANYTHING), **values}

    def _by_rule(self, rule: Rule, pattern: Pattern, path: tuple[Any, ...]) -> Iterator[_Filling]:
        bound = unified(rule, pattern)
        if bound is None:
            return
        for found, needs in self.body(rule.body, bound, path):
            certain = _known(found)
            defeated = any(holds(defeat.body, self.model, certain) for defeat in rule.exceptions if certain == found)
            if needs and not defeated:
                made = rule.head.terms
                yield tuple(found.get(t.name, _ANYTHING) if isinstance(t, Variable) else t for t in made), needs

    def body(self, body: Sequence[Literal], values: Mapping[str, Any], path: tuple[Any, ...]) -> _Ways:
        """The ways in which every literal of a body holds or might hold."""
        if not body:
            yield values, ()
            return
        for found, needs in self._literal(body[0], values, path):
            for rest, more in self.body(body[1:], found, path):
                yield rest, tuple(dict.fromkeys((*needs, *more)))

    def _literal(self, literal: Literal, values: Mapping[str, Any], path: tuple[Any, ...]) -> _Ways:
        if isinstance(literal, Atom):
            yield from self.atom(literal, values, path)
        elif isinstance(literal, Computation):
            yield from self._computed(literal, values)
        elif isinstance(literal, Absence):
            if not self.covered(literal.atom, values):
                unrecorded = not holds([literal.atom], self.model, _known(values))
                yield from [(values, (self.need(literal.atom, values),))] if unrecorded else []
            else:
                yield from ((values, ()) for _ in satisfy(literal, self.model, _known(values)))
        elif isinstance(literal, Every):
            yield from self._throughout(literal, values, path)
        else:
            yield from self._figure(literal, values, path)

    def _computed(self, literal: Computation, values: Mapping[str, Any]) -> _Ways:
        names = [term.name for term in literal.terms if isinstance(term, Variable)]
        if any(values.get(name) is _ANYTHING for name in names):
            yield {**dict.fromkeys(names, _ANYTHING), **values}, ()
        else:
            yield from (({**values, **found}, ()) for found in satisfy(literal, self.model, _known(values)))

    def _figure(self, literal: Aggregate, values: Mapping[str, Any], path: tuple[Any, ...]) -> _Ways:
        guess = {literal.result.name: _ANYTHING} if isinstance(literal.result, Variable) else {}
        if any(values.get(name) is _ANYTHING for name in variables(literal)):
            yield {**guess, **values}, ()
            return
        yield from (({**values, **found}, ()) for found in satisfy(literal, self.model, _known(values)))
        if more := self._one_more(literal, values, path):
            yield {**guess, **values}, more

    def _one_more(self, literal: Aggregate, values: Mapping[str, Any], path: tuple[Any, ...]) -> tuple[Need, ...]:
        """What would have to be known for a figure to have one more member; worked out once for the values it sees.

        Nothing that a figure counts can lead back to what asks for it, so the way there does not matter.
        """
        names = dict.fromkeys(name for inner in literal.of for name in variables(inner))
        key = id(literal), tuple(values.get(name) for name in names)
        if key not in self._missing:
            ways = islice(self.body(literal.of, values, path), MOST_WAYS)
            self._missing[key] = _plainest(needs for _, needs in ways if needs) or ()
        return self._missing[key]

    def _throughout(self, literal: Every, values: Mapping[str, Any], path: tuple[Any, ...]) -> _Ways:
        gathered: list[Need] = []
        cases = list(islice(self.body(literal.of, values, path), MOST_WAYS))
        for case, needs in cases:
            way = _plainest(more for _, more in islice(self.body(literal.also, case, path), MOST_WAYS))
            if way is None and not needs:
                return
            gathered += [*needs, *(way or ())]
        if cases:
            yield values, tuple(dict.fromkeys(gathered))


def overruling(rule: Rule, model: Model, values: Substitution) -> Iterator[Defeat]:
    """The exceptions that defeat a rule under these values, whatever else is found."""
    mentioned = {name for literal in rule.body for name in variables(literal)}
    for defeat in rule.exceptions:
        shared = {name for literal in defeat.body for name in variables(literal)} & mentioned
        if shared <= set(values) and holds(defeat.body, model, values):
            yield defeat


def unified(rule: Rule, pattern: Pattern) -> dict[str, Any] | None:
    """What the variables of a rule must be for it to conclude what is asked; None where it cannot."""
    bound: dict[str, Any] = {}
    for term, value in zip(rule.head.terms, pattern, strict=True):
        if value is None:
            continue
        if isinstance(term, Variable):
            if bound.setdefault(term.name, value) != value:
                return None
        elif term != value:
            return None
    return bound


def _plainest(ways: Iterable[tuple[Need, ...]]) -> tuple[Need, ...] | None:
    """The way with the fewest needs, whatever the order in which they were found; None where there is no way."""
    found = list(dict.fromkeys(ways))
    fewest = min(map(len, found), default=0)
    return min((needs for needs in found if len(needs) == fewest), key=_worded, default=None)


def _worded(needs: tuple[Need, ...]) -> str:
    return str([(need.atom.predicate.sentence, need.atom.pattern({})) for need in needs])


def _known(values: Mapping[str, Any]) -> Substitution:
    """The values that are really known."""
    return {name: value for name, value in values.items() if value is not _ANYTHING}
