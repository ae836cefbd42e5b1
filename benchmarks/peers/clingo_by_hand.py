"""The rules as an answer set program written by hand, for clingo; delays come from Python while it grounds."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.days import later
from benchmarks.peers.python_by_hand import load as rows_of
from benchmarks.peers.results import Results
from benchmarks.peers.statements import ORDER
from benchmarks.workload.world import World

clingo: Any = import_module("clingo")  # not among what the project's checks have installed

RULES = """
consent(S, T, D) :- acts(S, T, 1, D).
consent(S, T, D) :- acts(S, T, 2, D).
required(T, D) :- clauses(T, _, N), consent(_, T, D),
    #count { S : consent(S, T, E), E <= D } >= N, #count { S : consent(S, T, E), E < D } < N.
in_force(T, @later(D, W)) :- required(T, D), clauses(T, W, _).
bound(S, T, D) :- consent(S, T, D), in_force(T, E), D >= E.
bound(S, T, E) :- consent(S, T, D), in_force(T, E), D < E.
left(S, T) :- acts(S, T, 3, D), asked(A), D <= A.
party(S, T) :- bound(S, T, D), asked(A), D <= A, not left(S, T).
consented(S, T) :- consent(S, T, _).
signed_only(S, T, D) :- acts(S, T, 0, D), not consented(S, T).
gap(S, T) :- states(S), clauses(T, _, _), held(T), not party(S, T).
replaces(T, E) :- revisions(T, E).
replaces(T, E) :- revisions(T, B), replaces(B, E).
shared(T, E, Y) :- replaces(T, E), duties(T, Y), duties(E, Y).
superseded(S, Y, E, T) :- shared(T, E, Y), party(S, T), party(S, E).
corridor(A, B, Y, T) :- corridors(A, B), party(A, T), party(B, T), duties(T, Y).
"""


class Days:
    """What the program asks Python."""

    def later(self, day: Any, delay: Any) -> Any:
        """The day that comes so long after another."""
        return clingo.Number(later(day.number, delay.number))


def load(world: World) -> Any:
    """A program with what is given."""
    control = clingo.Control(["--warn=none"])
    given = rows_of(world)
    text = "\n".join(f"{name}({','.join(map(str, row))})." for name, rows in given.items() for row in rows)
    control.add("base", [], text)
    control.add("base", [], RULES)
    return control



def evaluate(control: Any) -> Any:
    """Grounds the program, which is stratified: its one answer set is then known."""
    control.ground([("base", [])], context=Days())
    return control


def read(control: Any) -> Results:
    """Every conclusion as rows."""
    found: dict[str, list[tuple[int, ...]]] = {name: [] for name in ORDER}
    with control.solve(yield_=True) as answers:
        for model in answers:
            for symbol in model.symbols(atoms=True):
                rows = found.get(symbol.name)
                if rows is not None:
                    rows.append(tuple([argument.number for argument in symbol.arguments]))
    return found
