"""A law that worlds must uphold, and the smallest story of one that does not, told in the sentences of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from treaty_engine.engines.naive import evaluate
from treaty_engine.language.terms import Fact
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.writing import fact_sentence
from treaty_engine.model import Facts
from treaty_engine.program.program import Program
from treaty_engine.program.world import asked_facts, happened
from treaty_engine.testing.treaty_worlds import World


@dataclass(frozen=True, slots=True)
class Breach:
    """How a law was broken: in words, and the conclusions that show it."""

    says: str
    concluded: tuple[Fact, ...] = ()


Law = Callable[[Program, World], Breach | None]
"""Says how a world breaks the law under a program; None where it upholds it. Its docstring states the law."""


class LawBroken(AssertionError):
    """A story: the law, the day asked about, what was given, what was concluded, and what is wrong with that."""


def uphold(law: Law, program: Program, world: World) -> None:
    """Raises LawBroken, with the smallest world found in which it is, where a law does not hold."""
    if law(program, world) is None:
        return
    smallest = shrunk(law, program, world)
    breach = law(program, smallest)
    if breach is not None:
        raise LawBroken(told(law, program.vocabulary, smallest, breach))


def shrunk(law: Law, program: Program, world: World) -> World:
    """A smallest world that still breaks the law: no fact can be left out of it."""
    for smaller in _smaller(world):
        if law(program, smaller) is not None:
            return shrunk(law, program, smaller)
    return world


def _smaller(world: World) -> Iterator[World]:
    for facts in _fewer(world.facts):
        yield replace(world, facts=facts)
    for more in _fewer(world.more):
        yield replace(world, more=more)


def _fewer(facts: tuple[Fact, ...]) -> Iterator[tuple[Fact, ...]]:
    size = len(facts) // 2
    while size:
        for start in range(0, len(facts), size):
            yield facts[:start] + facts[start + size :]
        size //= 2


def told(law: Law, vocabulary: Vocabulary, world: World, breach: Breach) -> str:
    """The story of a breach."""
    stated = law.func.__doc__ if isinstance(law, partial) else law.__doc__
    lines = [f"broken: {(stated or '').partition(chr(10))[0]}", f"as of {world.as_of}, given"]
    lines += _sentences(vocabulary, world.facts)
    if world.more:
        lines += ["and then also", *_sentences(vocabulary, world.more)]
    if breach.concluded:
        lines += ["it was concluded that", *_sentences(vocabulary, breach.concluded)]
    return "\n" + "\n".join([*lines, f"but {breach.says}"])


def _sentences(vocabulary: Vocabulary, facts: Iterable[Fact]) -> list[str]:
    return [f"  {fact_sentence(vocabulary, fact)}" for fact in facts]


def known(program: Program, world: World) -> list[Fact]:
    """The facts of a world that its question sees: what had happened by the day, and the question itself."""
    predicates = program.vocabulary.predicates
    seen = (fact for fact in world.facts if happened(predicates[fact.predicate], fact.values, world.as_of))
    return [*dict.fromkeys(seen), *asked_facts(program.vocabulary, world.as_of)]


def model(program: Program, world: World, predicates: Iterable[str] | None = None) -> Facts:
    """Everything that follows in a world, or what these predicates rest on; what is added is left out."""
    asked = program if predicates is None else part(program, frozenset(predicates))
    return evaluate(asked, known(program, world))


@cache
def part(program: Program, predicates: frozenset[str]) -> Program:
    """The part of a program that these predicates and the explanation of them rest on."""
    return program.about([*predicates, *program.needed_to_explain])


def concluded(program: Program, found: Facts) -> set[Fact]:
    """The facts of a model that only rules conclude."""
    predicates = program.vocabulary.predicates
    return {fact for fact in found.facts() if predicates[fact.predicate].kind in ("derived", "either")}
