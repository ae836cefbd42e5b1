"""One rule before another: an override becomes an exception of the rule that gives way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from treaty_engine.errors import Problem, did_you_mean
from treaty_engine.language.functions import functions
from treaty_engine.language.rules import Absence, Aggregate, Computation, Defeat, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Term, Variable
from treaty_engine.language.vocabulary import Vocabulary

_SAME = next(each for each in functions() if each.sentence == "<a: Any> is the same as <b: Any>")
_DIFFERENT = next(each for each in functions() if each.sentence == "<a: Any> differs from <b: Any>")


def with_overrides(vocabulary: Vocabulary, rules: Sequence[Rule]) -> tuple[list[Rule], list[Problem]]:
    """The rules, those that give way with the exceptions that say so, and what is wrong with the overrides."""
    by_id = {rule.id: rule for rule in rules}
    added: dict[str, list[Defeat]] = {}
    problems = []
    for rule in rules:
        for other_id, cite, span in rule.overrides:
            other = by_id.get(other_id)
            if other is None:
                problems.append(Problem(f"unknown rule `{other_id}`", span, hint=did_you_mean(other_id, by_id)))
            elif rule.exceptions:
                hint = "put its exceptions into a rule of their own"
                problems.append(Problem("a rule that overrides another has no exceptions itself", span, hint=hint))
            elif (clash := _clash(vocabulary, rule, other)) is None:
                note = "only conclusions that contradict each other need a rule to decide between them"
                problems.append(Problem(f"`{rule.id}` and `{other_id}` do not contradict each other", span, note))
            else:
                exception = Defeat(f"{other_id}/overridden-by/{rule.id}", rule.title, cite, clash, span)
                added.setdefault(other_id, []).append(exception)
    return [replace(rule, exceptions=(*rule.exceptions, *added.get(rule.id, ()))) for rule in rules], problems


def _clash(vocabulary: Vocabulary, winner: Rule, other: Rule) -> tuple[Literal, ...] | None:
    """When the winner concludes what contradicts the other's conclusion, in the other's variables."""
    one, two = winner.head.predicate, other.head.predicate
    clashing = one.only_one is not None if one is two else {one.sentence, two.sentence} in vocabulary.contradicts
    if not clashing:
        return None
    shared: dict[str, str] = {}
    compared = []
    for place, (term, against) in enumerate(zip(winner.head.terms, other.head.terms, strict=False)):
        if one is two and place == one.only_one:
            compared.append((_DIFFERENT, term, against))
        elif isinstance(term, Variable) and isinstance(against, Variable) and term.name not in shared:
            shared[term.name] = against.name
        else:
            compared.append((_SAME, term, against))
    names = _Names(shared)
    body = (renamed(literal, names) for literal in winner.body)
    tests = (Computation(each, (_renamed(term, names), against), winner.span) for each, term, against in compared)
    return (*body, *tests)


class _Names(dict[str, str]):
    """The new names of variables: those of the other rule where both speak of the same, else names of their own."""

    def __missing__(self, name: str) -> str:
        return f"overriding {name}"


def renamed(literal: Literal, names: Mapping[str, str]) -> Literal:
    """The literal with its variables renamed."""
    if isinstance(literal, Atom):
        return replace(literal, terms=tuple(_renamed(term, names) for term in literal.terms))
    if isinstance(literal, Computation):
        return replace(literal, terms=tuple(_renamed(term, names) for term in literal.terms))
    if isinstance(literal, Absence):
        atom, coverage = renamed(literal.atom, names), renamed(literal.coverage, names)
        return replace(literal, atom=atom, coverage=coverage)  # type: ignore[arg-type]
    per = tuple(names[name] for name in literal.per)
    if isinstance(literal, Every):
        return replace(literal, of=_all(literal.of, names), also=_all(literal.also, names), per=per)
    return _aggregate(literal, names, per)


def _aggregate(literal: Aggregate, names: Mapping[str, str], per: tuple[str, ...]) -> Aggregate:
    value = names[literal.value] if literal.value else ""
    result, number = _renamed(literal.result, names), _renamed(literal.number, names)
    return replace(literal, of=_all(literal.of, names), per=per, value=value, result=result, number=number)


def _all(body: Iterable[Literal], names: Mapping[str, str]) -> tuple[Literal, ...]:
    return tuple(renamed(literal, names) for literal in body)


def _renamed(term: Term, names: Mapping[str, str]) -> Term:
    return Variable(names[term.name]) if isinstance(term, Variable) else term
