"""Compares the engines with the specification on invented programs, for as long as one likes.

`python -m treaty_engine.testing.fuzz --minutes 10 --seed 1` prints what was compared; at a disagreement it prints
the smallest program and world found that still disagree, and exits with 1. `--programs` ends it after so many, and
`--engines durable relational spark` names what is compared: by default all that are installed but Spark.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from random import Random
from typing import TypeVar

from treaty_engine.engines import durable, naive
from treaty_engine.errors import Refused
from treaty_engine.language.rules import Defeat, Literal, Rule
from treaty_engine.language.terms import Fact
from treaty_engine.language.writing import fact_sentence, literal_lines, sentence_of
from treaty_engine.program.program import Program, program
from treaty_engine.progress import counted
from treaty_engine.signals import end_at_once
from treaty_engine.terminal import bars
from treaty_engine.testing.evaluators import NAMES, Evaluate, evaluator, installed
from treaty_engine.testing.programs import invented_program, invented_world

WORLDS = 3
"""Worlds that each program is compared in."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """A program and a world."""

    program: Program
    world: tuple[Fact, ...]


@dataclass(slots=True)
class Compared:
    """How much was compared."""

    programs: int = 0
    worlds: int = 0
    concluded: int = 0

    def __str__(self) -> str:
        return f"{self.programs} programs, {self.worlds} worlds, {self.concluded} facts concluded"


def cases(seed: int) -> Iterator[Case]:
    """The program of a seed in each of its worlds."""
    draws = Random(seed)
    invented = invented_program(draws)
    for _ in range(WORLDS):
        yield Case(invented, tuple(invented_world(draws, invented)))


def compare(seeds: Iterable[int], compared: Compared, evaluate: Evaluate = durable.evaluate) -> Case | None:
    """The first case of these seeds on which an engine and the specification disagree, as small as it gets."""
    found = compare_all(seeds, compared, {"": evaluate})
    return found[1] if found else None


def fullest(seed: int) -> Iterator[Case]:
    """The program of a seed in the one of its worlds that has the most facts."""
    yield max(cases(seed), key=lambda case: len(case.world))


def compare_all(
    seeds: Iterable[int],
    compared: Compared,
    engines: Mapping[str, Evaluate],
    worlds: Callable[[int], Iterator[Case]] = cases,
) -> tuple[str, Case] | None:
    """The first engine that disagrees with the specification on these seeds, and the case, as small as it gets."""
    for seed in seeds:
        for case in worlds(seed):
            expected = set(naive.evaluate(case.program, case.world).facts())
            for name, evaluate in engines.items():
                if set(evaluate(case.program, case.world).facts()) != expected:
                    return name, shrunk(case, partial(differ, evaluate=evaluate))
            compared.worlds += 1
            compared.concluded += len(expected) - len(set(case.world))
        compared.programs += 1
    return None


def differ(case: Case, evaluate: Evaluate = durable.evaluate) -> bool:
    """Whether an engine finds other facts than the specification does."""
    return any(difference(case, evaluate))


def difference(case: Case, evaluate: Evaluate = durable.evaluate) -> tuple[set[Fact], set[Fact]]:
    """The facts that the engine misses, and those that it alone finds."""
    expected = set(naive.evaluate(case.program, case.world).facts())
    found = set(evaluate(case.program, case.world).facts())
    return expected - found, found - expected


def shrunk(case: Case, wrong: Callable[[Case], bool]) -> Case:
    """A smallest case that is still wrong: nothing can be left out of it."""
    for smaller in _smaller(case):
        if wrong(smaller):
            return shrunk(smaller, wrong)
    return case


def _smaller(case: Case) -> Iterator[Case]:
    """The case with one thing less: half of its facts, a rule, an exception, a condition or a fact."""
    half = len(case.world) // 2
    if half:
        yield replace(case, world=case.world[:half])
        yield replace(case, world=case.world[half:])
    for rules in _fewer(case.program.rules, _shorter):
        try:
            yield replace(case, program=program(case.program.vocabulary, rules))
        except Refused:
            continue
    for place in range(len(case.world)):
        yield replace(case, world=case.world[:place] + case.world[place + 1 :])


def _fewer(items: tuple[T, ...], simpler: Callable[[T], Iterable[T]]) -> Iterator[tuple[T, ...]]:
    """The items without one of them, or with one of them simpler."""
    for place, item in enumerate(items):
        yield items[:place] + items[place + 1 :]
        yield from ((*items[:place], each, *items[place + 1 :]) for each in simpler(item))


def _shorter(rule: Rule) -> Iterator[Rule]:
    yield from (replace(rule, exceptions=exceptions) for exceptions in _fewer(rule.exceptions, _milder))
    yield from (replace(rule, body=body) for body in _fewer(rule.body, lambda _: ()))


def _milder(defeat: Defeat) -> Iterator[Defeat]:
    yield from (replace(defeat, body=body) for body in _fewer(defeat.body, lambda _: ()) if body)


def written(case: Case, evaluate: Evaluate = durable.evaluate) -> str:
    """A case in sentences, with what the engine misses and what it alone finds."""
    vocabulary = case.program.vocabulary
    lines = []
    for rule in case.program.rules:
        lines += [f"{rule.id}: {sentence_of(vocabulary, rule.head)}", *_body("if", case, rule.body)]
        for defeat in rule.exceptions:
            lines += _body("unless", case, defeat.body)
    missed, alone = difference(case, evaluate)
    for title, facts in (("given", case.world), ("missed", missed), ("found wrongly", alone)):
        lines += [f"{title}:", *sorted(f"  {fact_sentence(vocabulary, fact)}" for fact in facts)]
    return "\n".join(lines)


def _body(word: str, case: Case, body: Sequence[Literal]) -> list[str]:
    inner = [line for literal in body for line in literal_lines(case.program.vocabulary, literal)]
    return [f"  {word}", *(f"    {line}" for line in inner)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compares until the time is over; 1 when the engines disagree."""
    parser = argparse.ArgumentParser(prog="treaty_engine.testing.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="how long to go on")
    parser.add_argument("--programs", type=int, default=sys.maxsize, help="how many programs at most")
    parser.add_argument("--seed", type=int, default=1, help="the first program; each further one takes the next")
    parser.add_argument("--engines", nargs="+", choices=NAMES, default=installed(), help="what is compared")
    parser.add_argument("--fullest", action="store_true", help="only the fullest of the worlds of each program")
    chosen = parser.parse_args(arguments)
    worlds = fullest if chosen.fullest else cases
    end, compared = time.monotonic() + 60 * chosen.minutes, Compared()
    engines = {name: evaluator(name) for name in chosen.engines}
    with bars():
        for seed in counted(count(chosen.seed), "Comparing engines on programs"):
            found = compare_all([seed], compared, engines, worlds)
            if found or compared.programs >= chosen.programs or time.monotonic() > end:
                break
    if found:
        name, case = found
        print(f"{name} and the specification disagree, seed {seed}\n{written(case, engines[name])}")
        return 1
    print(f"{compared}: {' and '.join(engines)} agree with the specification")
    return 0


if __name__ == "__main__":
    end_at_once()
    sys.exit(main())
