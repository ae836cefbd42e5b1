"""Assertions as rules: what a claim says becomes the body of a rule, and the claim is true when it concludes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from treaty_engine.errors import Problem, Refused, gathered_in
from treaty_engine.language.rules import Aggregate, Computation, Every, Literal, Rule, given_values
from treaty_engine.language.terms import Atom, Hole, Predicate, Variable
from treaty_engine.program.program import Program
from treaty_engine.treaties.claims import assertions as a
from treaty_engine.treaties.claims.conditions import computation, differs
from treaty_engine.treaties.corpus import Corpus

_SUM = "<n: Number> is <m: Number> more than <k: Number>"
_NUMBER = Variable("number")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A leaf of a claim with the rules that conclude it, and the questions of which all have to be answered yes.

    `figure` is the sentence that says how many there are, where the leaf counts.
    """

    leaf: a.Leaf
    goals: tuple[Atom, ...]
    rules: tuple[Rule, ...]
    figure: Predicate | None = None


def compiled(claims: Iterable[a.Claim]) -> dict[int, Compiled]:
    """Every leaf of these claims by its identity. Raises Refused where a comparison has nothing to compare."""
    found: dict[int, Compiled] = {}
    problems: list[Problem] = []
    for claim in claims:
        every = a.spoken(claim)
        for number, leaf in enumerate((leaf for each in every for leaf in a.leaves(each)), 1):
            compiler = _Compiler(claim, f"claim {claim.id}, part {number},")
            with gathered_in(problems):
                found[id(leaf)] = compiler.leaf(leaf)
    if problems:
        raise Refused(problems)
    return found


def with_claims(corpus: Corpus, found: Iterable[Compiled]) -> Corpus:
    """The corpus with the rules of claims."""
    rules = [rule for each in found for rule in each.rules]
    heads = {rule.head.predicate.sentence: rule.head.predicate for rule in rules}
    vocabulary = replace(corpus.vocabulary, predicates={**corpus.vocabulary.predicates, **heads})
    return replace(corpus, program=Program(vocabulary, (*corpus.program.rules, *rules)))


class _Compiler:
    """Makes the rules of one leaf, each with a sentence of its own as its conclusion."""

    def __init__(self, claim: a.Claim, name: str) -> None:
        self.claim, self.name = claim, name
        self.rules: list[Rule] = []

    def leaf(self, leaf: a.Leaf) -> Compiled:
        """The rules and the questions of a leaf."""
        if isinstance(leaf, a.Said):
            goals = [self._goal("holds", leaf.literals)] if leaf.bounds else [leaf.atom]
            return Compiled(leaf, tuple(goals), tuple(self.rules))
        if isinstance(leaf, a.Sum):
            return Compiled(leaf, (self._goal("adds up", leaf.literals),), tuple(self.rules))
        goals = list(self._quantified(leaf))
        figure = self._figure(leaf) if leaf.kind == a.COUNT else None
        return Compiled(leaf, tuple(goals), tuple(self.rules), figure)

    def _quantified(self, leaf: a.Quantified) -> Iterator[Atom]:
        both = (*leaf.of, *leaf.also)
        if leaf.kind == a.ALL:
            yield self._goal("holds of all", (Every(leaf.of, leaf.also, leaf.per),))
        elif leaf.kind == a.NONE:
            yield self._goal("holds of none", (Aggregate("count", 0, both, leaf.per),))
        elif leaf.kind == a.MOST:
            yield self._goal("holds of most", _most(leaf, both))
        elif leaf.kind == a.ONLY:
            yield from self._only(leaf, both)
        else:
            yield self._goal("counts right", (Aggregate("count", _NUMBER, both, leaf.per), *_bounded(leaf)))

    def _only(self, leaf: a.Quantified, both: tuple[Literal, ...]) -> Iterator[Atom]:
        (name, *_) = leaf.per
        for place, value in enumerate(leaf.names, 1):
            same = computation("<a: Any> is the same as <b: Any>", Variable(name), value)
            yield self._goal(f"holds of name {place}", (*both, same))
        others = tuple(differs(name, value) for value in leaf.names)
        yield self._goal("holds of no other", (Aggregate("count", 0, (*both, *others), leaf.per),))

    def _figure(self, leaf: a.Quantified) -> Predicate:
        counted = (Aggregate("count", _NUMBER, (*leaf.of, *leaf.also), leaf.per),)
        return self._goal("counts", counted, (Hole("number", "Number"),), (_NUMBER,)).predicate

    def _goal(
        self, ending: str, body: Sequence[Literal], holes: tuple[Hole, ...] = (), terms: tuple[Variable, ...] = ()
    ) -> Atom:
        words = (*self.name.split(), *ending.split())
        sentence = " ".join((*words, *(f"<{hole.name}: {hole.type}>" for hole in holes)))
        skeleton = (*words, *(None for _ in holes))
        head = Atom(Predicate(sentence, skeleton, holes, "derived", self.claim.span), terms, self.claim.span)
        cite = self.claim.where or self.claim.text
        self.rules.append(Rule(sentence, self.claim.text, cite, tuple(map(_inside, body)), head, self.claim.span))
        return head


def _inside(literal: Literal) -> Literal:
    """A literal whose inner bodies compare only what has a value by then; otherwise they are as they were written."""
    if isinstance(literal, Aggregate):
        return replace(literal, of=_arranged(literal.of, set()))
    if isinstance(literal, Every):
        known = set(given_values(literal.of))
        return replace(literal, of=_arranged(literal.of, set()), also=_arranged(literal.also, known))
    return literal


def _arranged(body: Sequence[Literal], known: set[str]) -> tuple[Literal, ...]:
    waiting, done = list(body), list[Literal]()
    while waiting:
        ready = next((each for each in waiting if not isinstance(each, Computation) or _inputs(each) <= known), None)
        if ready is None:
            missing = sorted(_inputs(waiting[0]) - known)
            problem = Problem(f"nothing gives `<{missing[0]}>` a value", waiting[0].span)
            raise Refused(replace(problem, hint="say in another condition what it is"))
        waiting.remove(ready)
        done.append(ready)
        known = known | set(given_values([ready]))
    return tuple(done)


def _inputs(literal: Literal) -> set[str]:
    if not isinstance(literal, Computation):
        return set()
    terms = literal.terms[1:] if literal.function.computes else literal.terms
    return {term.name for term in terms if isinstance(term, Variable)}


def _most(leaf: a.Quantified, both: tuple[Literal, ...]) -> tuple[Literal, ...]:
    some, whole, twice = Variable("some"), Variable("whole"), Variable("twice")
    return (
        Aggregate("count", some, both, leaf.per),
        Aggregate("count", whole, leaf.of, leaf.per),
        computation(_SUM, twice, some, some),
        computation("<a: Number> exceeds <b: Number>", twice, whole),
    )


def _bounded(leaf: a.Quantified) -> Iterator[Literal]:
    yield computation("<a: Number> is at least <b: Number>", _NUMBER, leaf.least)
    if leaf.most is not None:
        yield computation("<a: Number> does not exceed <b: Number>", _NUMBER, leaf.most)
