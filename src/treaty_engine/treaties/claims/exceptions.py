"""How a claim about all, none, most, only some or a number of them is wrong: the exceptions, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from treaty_engine.engines.naive import holds, solve
from treaty_engine.explain.status import Status
from treaty_engine.language.rules import Aggregate, Every, Literal
from treaty_engine.language.terms import Atom, Fact, Value
from treaty_engine.treaties.claims import assertions as a
from treaty_engine.treaties.claims.compiled import Compiled
from treaty_engine.treaties.claims.diagnosis import Diagnosis, how_wrong, shown
from treaty_engine.treaties.session import Session

Group = tuple[Value, ...]
_MOST_NAMED = 8


def diagnosed(session: Session, found: Compiled) -> list[Diagnosis]:
    """How a leaf that is false is wrong."""
    if isinstance(found.leaf, a.Said):
        return how_wrong(session, found.leaf)
    if isinstance(found.leaf, a.Sum):
        return [Diagnosis("the sum", f"it does not hold that {_in_words(session, found.leaf)}")]
    return list(_Counting(session, found.leaf, found).diagnoses())


_SIGNS = {
    "<=": "is at most",
    ">=": "is at least",
    "<": "is less than",
    ">": "is more than",
    "=": "equals",
    "+": "and",
    "-": "less",
}


def _in_words(session: Session, comparison: a.Sum) -> str:
    """A comparison with the names of its figures, and how much each is."""
    words = dict(_SIGNS)
    types = session.corpus.vocabulary.types
    for figure in (each for each in comparison.literals if isinstance(each, Atom)):
        known = figure.terms[0]
        if isinstance(known, str):
            values = next(iter(session.model.match(figure.predicate.sentence, figure.pattern({}))), ())
            much = " ".join(f"({value:,})" for value in values if isinstance(value, int))
            words[known] = f"“{types.show(figure.predicate.holes[0].type, known)}” {much}".rstrip()
    return " ".join(words.get(word, word) for word in comparison.text.split())


def so(session: Session, answers: Iterable[Status]) -> Diagnosis:
    """That what a claim denies is so."""
    facts = tuple(fact for answer in answers for fact in answer.found)
    told = "; ".join(session.narrator.sentence(fact) for fact in facts)
    return Diagnosis("it is so", "what is denied is so", told, facts)


def certain(session: Session, found: Compiled) -> str:
    """The verdict that no missing record could change, where what is recorded is enough for one; else empty."""
    leaf = found.leaf
    if not isinstance(leaf, a.Quantified) or leaf.kind not in a.DENYING:
        return ""
    counted = [literal for rule in found.rules for literal in rule.body if isinstance(literal, Aggregate)]
    reached = len({tuple(case[n] for n in leaf.per) for case in solve(counted[-1].of, session.model, {})})
    if leaf.kind == a.COUNT and leaf.most is None:
        return "true" if reached >= leaf.least else ""
    return "false" if reached > (leaf.most or 0) else ""


class _Counting:
    """The cases that a quantified claim speaks of, and those of which it is so."""

    def __init__(self, session: Session, leaf: a.Quantified, found: Compiled) -> None:
        self.session, self.leaf, self.goals = session, leaf, found.goals
        figures = [literal for rule in found.rules for literal in rule.body]
        self.every = next((each for each in figures if isinstance(each, Every)), None)
        self.counted = [each for each in figures if isinstance(each, Aggregate)]

    def diagnoses(self) -> Iterator[Diagnosis]:
        """The exceptions, or the right number."""
        kind = self.leaf.kind
        if kind == a.ALL and self.every:
            yield self._not_all(self.every)
        elif kind == a.NONE:
            some = self._groups(self.counted[0].of)
            facts = self._facts(self.counted[0].of)
            yield Diagnosis("some, not none", f"it is so of {self._named(some)}", shown(self.session, facts), facts)
        elif kind == a.ONLY:
            yield from self._not_only()
        elif kind == a.MOST:
            some, whole = self._groups(self.counted[0].of), self._groups(self.counted[1].of)
            yield Diagnosis("not most", f"it is so of {len(some)} of {len(whole)}", self._named(some))
        else:
            some = self._groups(self.counted[-1].of)
            yield Diagnosis("another number", f"there are {len(some)}", f"{len(some)}: {self._named(some)}")

    def _not_all(self, every: Every) -> Diagnosis:
        model = self.session.model
        cases = {tuple(case[n] for n in self.leaf.per): case for case in solve(every.of, model, {})}
        failing = [group for group, case in cases.items() if not holds(every.also, model, case)]
        failing, passing = sorted(failing, key=_order), sorted(set(cases) - set(failing), key=_order)
        if not cases:
            return Diagnosis("nothing", "there is nothing of which it is said")
        if not passing:
            return Diagnosis("none, not all", f"it is so of none of {len(cases)}", f"none of {self._named(failing)}")
        kind = "most, not all" if 2 * len(passing) > len(cases) else "some, not all"
        sentence = f"it is so of {len(passing)} of {len(cases)}, not of {self._named(failing)}"
        few = len(passing) < len(failing)
        right = f"only {self._named(passing)}" if few else f"all but {self._named(failing)}: {self._named(passing)}"
        return Diagnosis(kind, sentence, right)

    def _not_only(self) -> Iterator[Diagnosis]:
        others = self._groups(self.counted[-1].of)
        if others:
            every = [*((name,) for name in self.leaf.names), *others]
            yield Diagnosis("not only", f"it is so of {self._named(others)} too", self._named(every))
        pairs = zip(self.leaf.names, self.goals, strict=False)
        if missing := [(name,) for name, goal in pairs if not self.session.status(goal).found]:
            yield Diagnosis("not these", f"it is not so of {self._named(missing)}")

    def _groups(self, of: tuple[Literal, ...]) -> list[Group]:
        found = {tuple(case[n] for n in self.leaf.per): None for case in solve(of, self.session.model, {})}
        return sorted(found, key=_order)

    def _facts(self, of: tuple[Literal, ...]) -> tuple[Fact, ...]:
        """For each group, what the last sentence of the claim says of it, which is so."""
        said = max((each for each in of if isinstance(each, Atom)), key=lambda each: (each.span.line, each.span.column))
        found: dict[Group, Fact] = {}
        for case in solve(of, self.session.model, {}):
            found.setdefault(tuple(case[n] for n in self.leaf.per), said.fact(case))
        return tuple(found[group] for group in sorted(found, key=_order))

    def _named(self, groups: Sequence[Group]) -> str:
        types = dict(self.leaf.types)
        show = self.session.corpus.vocabulary.types.show
        pairs = (zip(self.leaf.per, group, strict=True) for group in groups)
        named = [" / ".join(show(types.get(n, "Text"), value) for n, value in pair) for pair in pairs]
        left_out = len(named) - _MOST_NAMED
        return ", ".join(named if left_out <= 1 else [*named[:_MOST_NAMED], f"and {left_out} more"])


def _order(group: Group) -> tuple[str, ...]:
    return tuple(map(str, group))
