"""Writes a rule as a Python function: a loop for an atom, a test for a comparison, a helper for an inner body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule, variables
from treaty_engine.language.terms import Atom, Term, Variable

Bound = Mapping[str, str]
"""The variables that have values, each with its name in the function."""

Then = Callable[[Bound, int], None]
"""Writes what follows once a body holds: what is bound there, and how far it is indented."""


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a function `conclude(model, fresh)`, and the values that it names."""

    name: str
    text: str
    constants: Mapping[str, Any]


def written(rule: Rule) -> Written:
    """A rule as the text of a function: what it concludes from a model, in a fixed order."""
    writer = _Writer()

    def conclude(bound: Bound, depth: int) -> None:
        for exception in rule.exceptions:
            writer.line(depth, f"if {writer.exists(exception.body, bound)}: continue")
        writer.line(depth, f"found[{writer.tuple_of(rule.head.terms, bound)}] = None")

    writer.line(1, "for _ in once:")
    writer.body(rule.body, {}, 2, conclude)
    head = ["def conclude(model, fresh):", "    found = {}"]
    text = "\n".join([*head, *writer.looked_up, *writer.helpers, *writer.lines, "    return found"])
    return Written(rule.id, text, {**writer.constants, "once": (None,), "nothing": ()})


@dataclass
class _Writer:
    """The parts of a function under way."""

    lines: list[str] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    _tables: dict[tuple[str, tuple[int, ...], bool], str] = field(default_factory=dict)
    _names: int = 0
    _atoms: int = 0

    def line(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def name(self, kind: str) -> str:
        """A name that nothing else has."""
        self._names += 1
        return f"{kind}{self._names}"

    def constant(self, value: Any) -> str:
        """The name of a value that the text cannot spell."""
        if type(value) in (str, int):
            return repr(value)
        name = self.name("c")
        self.constants[name] = value
        return name

    def term(self, term: Term, bound: Bound) -> str:
        """A term as it stands in the text."""
        return bound[term.name] if isinstance(term, Variable) else self.constant(term)

    def tuple_of(self, terms: Sequence[Term], bound: Bound) -> str:
        """Terms as a tuple."""
        return f"({', '.join(self.term(term, bound) for term in terms)}{',' * (len(terms) == 1)})"

    def table(self, predicate: str, places: tuple[int, ...], *, fresh: bool = False) -> str:
        """The name under which the function holds a relation, or an index of it on some places."""
        key = predicate, places, fresh
        if key not in self._tables:
            self._tables[key] = name = self.name("t")
            asked = f"index({predicate!r}, {places!r})" if places else f"relation({predicate!r})"
            self.looked_up.append(f"    {name} = {'fresh' if fresh else 'model'}.{asked}")
        return self._tables[key]

    def body(self, body: Sequence[Literal], bound: Bound, depth: int, then: Then) -> None:
        """Writes a body, literal inside literal, and what follows when all hold."""
        if not body:
            then(bound, depth)
            return

        def rest(known: Bound, deeper: int) -> None:
            self.body(body[1:], known, deeper, then)

        literal = body[0]
        if isinstance(literal, Atom):
            self._atom(literal, bound, depth, rest)
        elif isinstance(literal, Computation):
            self._computation(literal, bound, depth, rest)
        elif isinstance(literal, Absence):
            coverage, record = self.exists([literal.coverage], bound), self.exists([literal.atom], bound)
            self.line(depth, f"if {coverage} and not {record}:")
            rest(bound, depth + 1)
        elif isinstance(literal, Every):
            self.line(depth, f"if {self._every(literal, bound)}:")
            rest(bound, depth + 1)
        else:
            self._figure(literal, bound, depth, rest)

    def _atom(self, atom: Atom, bound: Bound, depth: int, then: Then) -> None:
        self._atoms += 1
        fresh, predicate = self._atoms == 1 and depth == 2, atom.predicate.sentence
        places = _known(atom, bound)
        if len(places) == len(atom.terms):
            self.line(depth, f"if {self.tuple_of(atom.terms, bound)} in {self.table(predicate, (), fresh=fresh)}:")
            then(bound, depth + 1)
            return
        known, names, same = dict(bound), [], []
        for place, term in enumerate(atom.terms):
            name = "_"
            if place not in places and isinstance(term, Variable):
                if term.name in known:  # twice in this atom
                    same.append((name := self.name("s"), known[term.name]))
                else:
                    name = known[term.name] = self.name("v")
            names.append(name)
        self.line(depth, f"for {', '.join(names)}{',' * (len(names) == 1)} in {self._rows(atom, bound, fresh)}:")
        for name, first in same:
            self.line(depth + 1, f"if {name} != {first}: continue")
        then(known, depth + 1)

    def _rows(self, atom: Atom, bound: Bound, fresh: bool = False) -> str:
        """The facts that an atom can match."""
        places = _known(atom, bound)
        table = self.table(atom.predicate.sentence, places, fresh=fresh)
        if not places:
            return table
        terms = [atom.terms[place] for place in places]
        return f"{table}.get({self.term(terms[0], bound) if len(terms) == 1 else self.tuple_of(terms, bound)}, nothing)"

    def _computation(self, literal: Computation, bound: Bound, depth: int, then: Then) -> None:
        result, function = literal.terms[0], literal.function
        if isinstance(result, Variable) and result.name not in bound:
            name, inputs = self.name("v"), self.tuple_of(literal.terms[1:], bound)
            self.line(depth, f"for {name} in {self.constant(function.results)}({inputs}):")
            then({**bound, result.name: name}, depth + 1)
        else:
            self.line(depth, f"if {self.constant(function.holds)}({self.tuple_of(literal.terms, bound)}):")
            then(bound, depth + 1)

    def exists(self, body: Sequence[Literal], bound: Bound) -> str:
        """An expression: whether a body holds of what is bound."""
        if len(body) == 1 and isinstance(body[0], Atom) and not _repeats(body[0], bound):
            atom = body[0]
            if len(_known(atom, bound)) == len(atom.terms):
                return f"({self.tuple_of(atom.terms, bound)} in {self.table(atom.predicate.sentence, ())})"
            return f"bool({self._rows(atom, bound)})"

        def yes(_: Bound, depth: int) -> None:
            self.line(depth, "return True")

        return self._helper(body, bound, yes, result="False")

    def _every(self, literal: Every, bound: Bound) -> str:
        """An expression: whether every case satisfies what it is to satisfy, and there is one."""

        def case(known: Bound, depth: int) -> None:
            self.line(depth, "some = True")
            self.line(depth, f"if not {self.exists(literal.also, known)}: return False")

        return self._helper(literal.of, bound, case, start="some = False", result="some", also=literal.also)

    def _figure(self, literal: Aggregate, bound: Bound, depth: int, then: Then) -> None:
        def case(known: Bound, depth: int) -> None:
            group = self.tuple_of([Variable(name) for name in literal.per], known)
            value = known[literal.value] if literal.value else "0"
            self.line(depth, f"groups.setdefault({group}, set()).add({value})")

        groups = self._helper(literal.of, bound, case, start="groups = {}", result="groups")
        number = self.term(literal.number, bound) if literal.kind == "number" else "1"
        result, name = literal.result, self.name("v")
        self.line(depth, f"{name} = {self.constant(_FIGURES[literal.kind])}({groups}, {number})")
        known = isinstance(result, Variable) and result.name not in bound
        wanted = f"{name} is not None" if known else f"{name} == {self.term(result, bound)}"
        self.line(depth, f"if {wanted}:")
        then({**bound, result.name: name} if known and isinstance(result, Variable) else bound, depth + 1)

    def _helper(
        self,
        body: Sequence[Literal],
        bound: Bound,
        case: Then,
        *,
        result: str,
        start: str = "",
        also: Sequence[Literal] = (),
    ) -> str:
        """A call of a function of its own, which goes through the cases of a body and then gives `result`."""
        mentioned = {name for literal in (*body, *also) for name in variables(literal)}
        taken = ", ".join(bound[name] for name in bound if name in mentioned)
        name, outside, self.lines = self.name("h"), self.lines, []
        self.line(1, f"def {name}({taken}):")
        if start:
            self.line(2, start)
        self.line(2, "for _ in once:")
        self.body(body, bound, 3, case)
        self.line(2, f"return {result}")
        self.helpers += self.lines
        self.lines = outside
        return f"{name}({taken})"


def _known(atom: Atom, bound: Bound) -> tuple[int, ...]:
    """The places of an atom whose values are known."""
    return tuple(p for p, term in enumerate(atom.terms) if not isinstance(term, Variable) or term.name in bound)


def _repeats(atom: Atom, bound: Bound) -> bool:
    """Whether a variable without a value stands twice in an atom."""
    free = [term.name for term in atom.terms if isinstance(term, Variable) and term.name not in bound]
    return len(set(free)) < len(free)


Groups = Mapping[tuple[Any, ...], set[Any]]


def _nth(groups: Groups, number: int) -> Any:
    days = sorted(map(min, groups.values()))
    return days[number - 1] if isinstance(number, int) and 0 < number <= len(days) else None


_FIGURES: dict[str, Callable[[Groups, int], Any]] = {
    "count": lambda groups, _: len(groups),
    "sum": lambda groups, _: sum(map(sum, groups.values())),
    "latest": lambda groups, _: max(map(max, groups.values()), default=None),
    "earliest": lambda groups, _: min(map(min, groups.values()), default=None),
    "number": _nth,
}
