"""Programs as answer sets: what clingo, a grounder and solver that shares no join with us, concludes from them.

Clingo's numbers have 32 bits: a value that does not fit is refused, a sum that does not is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from treaty_engine.errors import OutsideSubset
from treaty_engine.language.functions import Function
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule, variables
from treaty_engine.language.terms import Atom, Fact, Term, Value, Variable
from treaty_engine.model import Facts
from treaty_engine.program.program import Program

_COMPARISONS = {
    "is before": "<", "comes after": ">", "is on or before": "<=", "comes on or after": ">=",
    "is less than": "<", "exceeds": ">", "is at least": ">=", "does not exceed": "<=",
    "differs from": "!=", "is the same as": "=",
}  # fmt: skip


@dataclass(frozen=True)
class _Body:
    """A body in the making: its literals as text, and the variables that have values in it."""

    literals: tuple[str, ...] = ()
    bound: frozenset[str] = frozenset()

    def also(self, *literals: str, binding: Iterable[str] = ()) -> _Body:
        return _Body((*self.literals, *literals), self.bound.union(binding))

    def shared(self, inner: Iterable[Literal]) -> list[str]:
        """The variables that an inner body has in common with this one."""
        return sorted(self.bound.intersection(name for literal in inner for name in variables(literal)))


class Translation:
    """A program and its facts as the text of an answer set program, and its answer set as facts again.

    The i-th predicate is `p<i>`, the i-th built-in sentence `@f<i>`; `a<i>` says that something inside a rule holds.
    """

    def __init__(self, program: Program, facts: Iterable[Fact]) -> None:
        self.program = program
        self.codes: dict[Value, int] = {}
        self.values: list[Value] = []
        self.predicates: dict[str, str] = {}
        self.functions: list[Function] = []
        self._names: dict[str, str] = {}
        self._fresh = count()
        heads = {rule.head.predicate for rule in program.rules}
        self.lines = ["#show.", *(f"#show {self._predicate(each.sentence)}/{len(each.holes)}." for each in heads)]
        for rule in program.rules:
            self._rule(rule)
        self.lines += [f"{self._said(fact.predicate, fact.values)}." for fact in facts]

    def text(self) -> str:
        """The answer set program."""
        return "\n".join(self.lines)

    def concluded(self, answer_set: str) -> list[Fact]:
        """The facts that an answer set, as clingo prints it, says of what rules conclude."""
        names = {name: self.program.vocabulary.predicates[sentence] for sentence, name in self.predicates.items()}
        types = {name: [hole.type for hole in each.holes] for name, each in names.items()}
        found = []
        for atom in answer_set.split():
            name, _, codes = atom.removesuffix(")").partition("(")
            values = map(self.value, types[name], map(int, codes.split(",") if codes else ()))
            found.append(Fact(names[name].sentence, tuple(values)))
        return found

    def code(self, value: Value) -> int:
        """A whole number for a value. Raises OutsideSubset where clingo has no such number."""
        if isinstance(value, date):
            return value.toordinal()
        if not isinstance(value, int):
            if value not in self.codes:
                self.codes[value] = len(self.values)
                self.values.append(value)
            return self.codes[value]
        if not -(2**31) < value < 2**31:
            raise OutsideSubset(f"clingo's whole numbers have 32 bits, too few for {value}")
        return value

    def value(self, type_name: str, code: int) -> Value:
        """The value of a type that a number stands for."""
        if type_name == "Date":
            return date.fromordinal(code)
        return code if type_name == "Number" else self.values[code]

    def _predicate(self, sentence: str) -> str:
        return self.predicates.setdefault(sentence, f"p{len(self.predicates)}")

    def _said(self, sentence: str, terms: Iterable[Term]) -> str:
        return _applied(self._predicate(sentence), map(self._term, terms))

    def _term(self, term: Term) -> str:
        return self._variable(term.name) if isinstance(term, Variable) else str(self.code(term))

    def _variable(self, name: str) -> str:
        return self._names.setdefault(name, f"V{len(self._names)}")

    def _conclude(self, head: str, body: Iterable[str]) -> None:
        conditions = ", ".join(body)
        self.lines.append(f"{head} :- {conditions}." if conditions else f"{head}.")

    def _auxiliary(self, names: Iterable[str], body: Iterable[str]) -> str:
        """A new atom about these variables that holds wherever a body does."""
        atom = _applied(f"a{next(self._fresh)}", map(self._variable, dict.fromkeys(names)))
        self._conclude(atom, body)
        return atom

    def _rule(self, rule: Rule) -> None:
        body = self._body(rule.body, _Body())
        defeats = [f"not {self._some(defeat.body, body)}" for defeat in rule.exceptions]
        self._conclude(self._said(rule.head.predicate.sentence, rule.head.terms), (*body.literals, *defeats))

    def _body(self, literals: Iterable[Literal], body: _Body) -> _Body:
        for literal in literals:
            body = self._literal(literal, body)
        return body

    def _literal(self, literal: Literal, body: _Body) -> _Body:
        if isinstance(literal, Atom):
            return body.also(self._said(literal.predicate.sentence, literal.terms), binding=literal.variables())
        if isinstance(literal, Computation):
            return body.also(self._computed(literal), binding=variables(literal))
        if isinstance(literal, Absence):
            return body.also(self._some([literal.coverage], body), f"not {self._some([literal.atom], body)}")
        if isinstance(literal, Every):
            return self._every(literal, body)
        return body.also(*self._figure(literal, body), binding=_names([literal.result]))

    def _some(self, literals: Sequence[Literal], body: _Body) -> str:
        """An atom that says, of the variables of a body, that an inner body holds."""
        return self._auxiliary(body.shared(literals), self._inside(literals, body, literals).literals)

    def _inside(self, literals: Sequence[Literal], body: _Body, needing: Sequence[Literal]) -> _Body:
        """An inner body that stands by itself.

        Where its own atoms do not bind all that it, or `needing`, shares with the outer body, that one joins it.
        """
        shared = body.shared(needing)
        own = [literal for literal in literals if isinstance(literal, Atom)]
        bound = {name for atom in own for name in atom.variables()}
        outer = () if bound.issuperset(shared) else (self._auxiliary(shared, body.literals),)
        rest = [literal for literal in literals if not isinstance(literal, Atom)]
        return self._body([*own, *rest], _Body(outer, frozenset(shared)))

    def _computed(self, literal: Computation) -> str:
        function, terms = literal.function, [*map(self._term, literal.terms)]
        if function.computes:
            if function not in self.functions:
                self.functions.append(function)
            return f"{terms[0]} = @f{self.functions.index(function)}({','.join(terms[1:])})"
        if not [*_names(literal.terms)]:
            return "#true" if function.holds(literal.terms) else "#false"  # type: ignore[arg-type]  # all are values
        return f"{terms[0]} {_COMPARISONS[' '.join(word for word in function.words if word)]} {terms[1]}"

    def _every(self, literal: Every, body: _Body) -> _Body:
        shared = body.shared((*literal.of, *literal.also))
        cases = self._inside(literal.of, body, (*literal.of, *literal.also))
        also = self._some(literal.also, cases)
        failing = self._auxiliary(shared, (*cases.literals, f"not {also}"))
        return body.also(self._auxiliary(shared, cases.literals), f"not {failing}")

    def _figure(self, literal: Aggregate, body: _Body) -> tuple[str, ...]:
        """The literals that say what a figure comes to."""
        shared, inner = body.shared(literal.of), self._inside(literal.of, body, literal.of).literals
        result, value = self._term(literal.result), self._variable(literal.value)
        group = ",".join(["0", *map(self._variable, literal.per)])
        groups = self._auxiliary((*shared, *literal.per), inner)
        if literal.kind == "count":
            return (f"{result} = #count {{ {group} : {groups} }}",)
        case = self._auxiliary((*shared, *literal.per, literal.value), inner)
        if literal.kind == "sum":
            return (f"{result} = #sum {{ {value},{group} : {case} }}",)
        if literal.kind == "earliest":
            return f"{result} = #min {{ {value} : {case} }}", f"{result} < #sup"
        if literal.kind == "latest":
            return f"{result} = #max {{ {value} : {case} }}", f"{result} > #inf"
        own = "the first day of a group"  # no variable of a rule has such a name
        mine, number = self._variable(own), self._term(literal.number)
        first = self._auxiliary((*shared, *literal.per, own), (groups, f"{mine} = #min {{ {value} : {case} }}"))
        found = self._auxiliary((*shared, *_names([literal.result])), (first, f"{result} = {mine}"))
        before, until = (f"#count {{ {group} : {first}, {mine} {order} {result} }}" for order in ("<", "<="))
        return found, f"{before} < {number}", f"{number} <= {until}"


def _applied(name: str, terms: Iterable[str]) -> str:
    given = ",".join(terms)
    return f"{name}({given})" if given else name


def _names(terms: Iterable[Term]) -> Iterator[str]:
    return (term.name for term in terms if isinstance(term, Variable))


class _Calendar:
    """What `@f<i>` computes: the i-th built-in sentence, nothing, one value or several."""

    def __init__(self, translation: Translation, number: Callable[[int], Any]) -> None:
        self.translation, self.number = translation, number

    def __getattr__(self, name: str) -> Callable[..., list[Any]]:
        function = self.translation.functions[int(name[1:])]
        types = [hole.type for hole in function.holes[1:]]

        def results(*given: Any) -> list[Any]:
            inputs = [self.translation.value(kind, symbol.number) for kind, symbol in zip(types, given, strict=True)]
            return [self.number(self.translation.code(value)) for value in function.results(inputs)]

        return results


def evaluate(program: Program, facts: Iterable[Fact]) -> Facts:
    """Every fact of the one answer set; ranks say given, 0, or concluded, 1. Raises OutsideSubset without clingo."""
    try:
        import clingo
    except ImportError:
        raise OutsideSubset("the comparison needs clingo: install `treaty-engine[test]`") from None
    given, said = list(facts), list[str]()
    translation = Translation(program, given)
    options = ["--models=2", "-Wno-atom-undefined", "-Wno-global-variable"]
    control = clingo.Control(options, logger=lambda _, message: said.append(message))
    control.add("base", [], translation.text())
    control.ground([("base", [])], context=_Calendar(translation, clingo.Number))
    with control.solve(yield_=True) as handle:
        found = [str(each) for each in handle]
    if said or len(found) != 1:
        raise OutsideSubset(f"clingo finds {len(found)} answer sets, not one\n" + "\n".join(said))
    model = Facts(given)
    for fact in translation.concluded(found[0]):
        model.add(fact, 1)
    return model
