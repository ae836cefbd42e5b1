"""The synthetic world as the engine takes it: its checked program, its facts, and answers as whole numbers again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.workload.world import ACTS, DELAYS, Table, World
from treaty_engine.language.reader import read_rules
from treaty_engine.language.terms import Fact, Value
from treaty_engine.language.vocabulary_reader import read_vocabulary
from treaty_engine.program.program import Program, program

HERE = Path(__file__).parent

ASKED = "the question is asked as of <day>"
ACT = "<act> by <state> under <treaty> took place on <date>"
REGISTERED = "<state> is in the register of States"
HELD = "every instrument under <treaty> is held"
CLAUSE = "<treaty> enters into force <delay> after instrument number <n>"
DUTY = "<treaty> obliges each party to <duty>"
REVISES = "<treaty> revises <earlier>"
CORRIDOR = "migrants from <origin> work in <destination>"

CONCLUSIONS = {
    "consent": "<state> consented to be bound by <treaty> on <date>",
    "required": "<treaty> had the instruments that it requires on <date>",
    "in_force": "<treaty> is in force since <date>",
    "bound": "<state> is bound by <treaty> since <date>",
    "party": "<state> is a party to <treaty>",
    "signed_only": "<state> signed <treaty> on <date> and went no further",
    "gap": "<state> is missing among the parties to <treaty>",
    "replaces": "<treaty> takes the place of <earlier>",
    "superseded": "the duty of <state> to <duty> under <earlier> gives way to that under <treaty>",
    "corridor": "<origin> and <destination> must both <duty> under <treaty>",
}
"""What every engine concludes: a short name of each relation, and its sentence, whose holes are its columns."""


def rulebook() -> Program:
    """The program of the workload."""
    vocabulary = read_vocabulary(HERE / "vocabulary.yaml", "vocabulary.yaml")
    return program(vocabulary, read_rules(HERE / "rules.yaml", "rules.yaml", vocabulary))


def names(world: World) -> tuple[list[str], list[str], list[str]]:
    """The identifiers of States, treaties and duties, each in the place of its number."""
    duties = 1 + int(world.duties[1].max())
    return (
        [f"S{number:03}" for number in range(world.states)],
        [f"T{number:04}" for number in range(world.treaties)],
        [f"D{number:02}" for number in range(duties)],
    )


def numbers(world: World) -> dict[Value, int]:
    """The number of every identifier."""
    return {name: number for kind in names(world) for number, name in enumerate(kind)}


def facts(world: World) -> list[Fact]:
    """Everything that is given, as facts."""
    return [Fact(predicate, values) for predicate, rows in _tables(world) for values in rows]


def _tables(world: World) -> Iterator[tuple[str, Iterable[tuple[Value, ...]]]]:
    """The rows of each predicate."""
    states, treaties, duties = names(world)
    yield ASKED, [(world.as_of,)]
    yield REGISTERED, [(name,) for name in states]
    yield HELD, [(name,) for name in treaties]
    clauses = zip(treaties, world.delays.tolist(), world.numbers.tolist(), strict=True)
    yield CLAUSE, [(treaty, DELAYS[delay], number) for treaty, delay, number in clauses]
    who, what, act, day = (column.tolist() for column in world.acts)
    days = {number: date.fromordinal(number) for number in set(day)}
    yield ACT, [(ACTS[a], states[s], treaties[t], days[d]) for s, t, a, d in zip(who, what, act, day, strict=True)]
    yield DUTY, [(treaties[t], duties[d]) for t, d in _pairs(world.duties)]
    yield REVISES, [(treaties[new], treaties[old]) for new, old in _pairs(world.revisions)]
    yield CORRIDOR, [(states[one], states[other]) for one, other in _pairs(world.corridors)]


def _pairs(table: Table) -> Iterator[tuple[int, int]]:
    one, other = (column.tolist() for column in table)
    return zip(one, other, strict=True)
