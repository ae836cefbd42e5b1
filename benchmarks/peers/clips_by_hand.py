"""The rules as CLIPS productions written by hand, strata by salience; the n-th consent and delays come from Python."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from typing import Any

from benchmarks.peers.days import later
from benchmarks.peers.python_by_hand import load as rows_of
from benchmarks.peers.results import Results
from benchmarks.peers.statements import ORDER
from benchmarks.workload.world import World

clips: Any = import_module("clips")  # it has no types

RULES = (
    """(defrule consent (declare (salience 90)) (acts ?s ?t 1|2 ?d) => (assert (consent ?s ?t ?d)) (note ?s ?t ?d))""",
    """(defrule required (declare (salience 80)) (clauses ?t ? ?n) =>
        (bind ?d (nth-consent ?t ?n)) (if (> ?d 0) then (assert (required ?t ?d))))""",
    """(defrule in-force (declare (salience 70)) (required ?t ?d) (clauses ?t ?w ?) =>
        (assert (in_force ?t (later ?d ?w))))""",
    """(defrule bound (declare (salience 60)) (consent ?s ?t ?d) (in_force ?t ?e) =>
        (assert (bound ?s ?t (max ?d ?e))))""",
    """(defrule party (declare (salience 50)) (asked ?a) (bound ?s ?t ?d&:(<= ?d ?a))
        (not (acts ?s ?t 3 ?e&:(<= ?e ?a))) => (assert (party ?s ?t)))""",
    """(defrule signed-only (declare (salience 50)) (acts ?s ?t 0 ?d) (not (consent ?s ?t ?)) =>
        (assert (signed_only ?s ?t ?d)))""",
    """(defrule gap (declare (salience 40)) (states ?s) (clauses ?t ? ?) (held ?t) (not (party ?s ?t)) =>
        (assert (gap ?s ?t)))""",
    """(defrule replaces (declare (salience 90)) (revisions ?t ?e) => (assert (replaces ?t ?e)))""",
    """(defrule replaces-further (declare (salience 90)) (revisions ?t ?b) (replaces ?b ?e) =>
        (assert (replaces ?t ?e)))""",
    """(defrule superseded (declare (salience 40))
        (replaces ?t ?e) (duties ?t ?y) (duties ?e ?y) (party ?s ?t) (party ?s ?e) =>
        (assert (superseded ?s ?y ?e ?t)))""",
    """(defrule corridor (declare (salience 40)) (corridors ?a ?b) (party ?a ?t) (party ?b ?t) (duties ?t ?y) =>
        (assert (corridor ?a ?b ?y ?t)))""",
)


def load(world: World) -> Any:
    """An environment with the rules and what is given."""
    environment = clips.Environment()
    earliest: dict[int, dict[int, int]] = defaultdict(dict)

    def note(state: int, treaty: int, day: int) -> None:
        days = earliest[treaty]
        days[state] = min(day, days.get(state, day))

    def nth_consent(treaty: int, number: int) -> int:
        days = sorted(earliest[treaty].values())
        return days[number - 1] if number <= len(days) else 0

    environment.define_function(note, "note")
    environment.define_function(nth_consent, "nth-consent")
    environment.define_function(later, "later")
    for rule in RULES:
        environment.build(rule)
    for name, rows in rows_of(world).items():
        for row in rows:
            environment.assert_string(f"({name} {' '.join(map(str, row))})")
    return environment


def evaluate(environment: Any) -> Any:
    """Fires the rules until none is left to fire."""
    environment.run()
    return environment


def read(environment: Any) -> Results:
    """Every conclusion as rows."""
    return {name: [fact[:] for fact in environment.find_template(name).facts()] for name in ORDER}
