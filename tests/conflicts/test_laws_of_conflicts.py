"""What holds of every comparison: a planted fault gets its diagnosis, and sources that agree raise nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import shipped
from treaty_engine.dates import after, delay
from treaty_engine.engines.choosing import engine
from treaty_engine.language.statements import fact
from treaty_engine.language.terms import Fact
from treaty_engine.treaties.conflicts import CONFLICT

WAIT, ADOPTED, IN_FORCE, OF = delay("30 days"), date(1965, 12, 21), date(1969, 1, 4), date(2015, 3, 14)
STATES = ("Aland", "Bland", "Cland", "Dland", "Eland")
BORN = {"Eland": date(1991, 9, 21)}
FAULTED = "Cland"
Days = Mapping[str, date]

days = st.dates(date(1970, 1, 1), date(2014, 12, 31))
worlds = st.fixed_dictionaries(dict.fromkeys(STATES, days)).filter(
    lambda each: each["Eland"] > BORN["Eland"] + timedelta(400)
)


@cache
def packaged() -> tuple[Fact, ...]:
    """The facts on acts and diagnoses that the comparison rests on."""
    wanted = ("among diagnoses", "belongs to the family of", "does not tell it from")
    return tuple(dict.fromkeys(e.fact for e in shipped().given if any(part in e.fact.predicate for part in wanted)))


def said(*sentences: str) -> list[Fact]:
    """Facts of an invented world."""
    return [fact(shipped().vocabulary, each, examples=True) for each in sentences]


@dataclass(frozen=True)
class Listed:
    """A source in an invented world: what it records of each State, and rows that it has twice."""

    source: str
    acts: tuple[tuple[str, str, date], ...]
    repeated: tuple[tuple[str, str, date], ...] = ()

    def sentences(self) -> list[str]:
        """What the source brings: its records, its date, and that it covers every State."""
        source = self.source
        return [
            *(f"{source} records {act} by {state} under Charter on {day}" for state, act, day in self.acts),
            *(
                f"{source} says in two rows that {a} by {s} under Charter took place on {d}"
                for s, a, d in self.repeated
            ),
            *(f"{source} has an entry for {state} under Charter" for state in STATES),
            f"{source} is complete until {OF}",
            f"{source} states that it is of {OF}",
        ]


def honest(source: str, drawn: Days, act: str = "accession") -> Listed:
    """A source that records the days as they were."""
    return Listed(source, tuple((state, act, day) for state, day in drawn.items()))


def found(*listed: Listed) -> set[tuple[str, str]]:
    """The diagnoses in a world of these sources, each with its State."""
    treaty = said(
        "Charter enters into force for a later State 30 days after its instrument under Charter art. 19(2)",
        f"Charter enters into force on {IN_FORCE}",
        f"Charter was adopted on {ADOPTED}",
        "Charter admits consent by accession",
        "Charter admits consent by acceptance",
        *(f"{state} came into being on {day}" for state, day in BORN.items()),
        *(f"{state} stands at number {number} in the order of names" for number, state in enumerate(STATES, 1)),
    )
    facts = [*packaged(), *treaty, *(each for one in listed for each in said(*one.sentences()))]
    sentences = shipped().vocabulary.labelled(CONFLICT)
    model = engine("compiled")(shipped().program.about([each.sentence for each in sentences]), facts)
    told = set()
    for predicate in sentences:
        names = [hole.name for hole in predicate.holes]
        for values in model.match(predicate.sentence, (None,) * len(names)):
            held = dict(zip(names, values, strict=True))
            told.add((str(held["diagnosis"]), str(held["state"])))
    return told


def written(year: int, month: int, day: int) -> date | None:
    """The day that is written so, where the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def planted(fault: str, drawn: Days, years: int) -> Listed:
    """A copy with one fault."""
    day = drawn[FAULTED]
    moved = {
        "entry-into-force date": after(day, WAIT),
        "wrong year": written(day.year + years, day.month, day.day),
        "day and month exchanged": written(day.year, day.day, day.month),
        "off by one day": day + timedelta(1 if years > 0 else -1),
        "row of a neighbour": drawn["Bland" if years > 0 else "Dland"],
        "later than its source": OF + timedelta(abs(years)),
        "before the State existed": BORN["Eland"] - timedelta(abs(years)),
    }.get(fault, day)
    state = "Eland" if fault == "before the State existed" else FAULTED
    assume(moved is not None and (moved != drawn[state] or fault in ("wrong means", "duplicate", "left out")))
    act = "acceptance" if fault == "wrong means" else "accession"
    rows = [(s, act if s == state else "accession", moved if s == state else d) for s, d in drawn.items()]
    kept = [row for row in rows if not (fault == "left out" and row[0] == FAULTED)]
    twice = [row for row in rows if fault == "duplicate" and row[0] == FAULTED]
    return Listed("Digest", tuple(kept), tuple(twice))  # type: ignore[arg-type]


def telling(fault: str, drawn: Days, copy: Listed) -> bool:
    """Whether no other slip would account for the day as well, so that there is but one right diagnosis."""
    state = "Eland" if fault == "before the State existed" else FAULTED
    right, wrong = drawn[state], next((day for who, _, day in copy.acts if who == state), drawn[state])
    causes = {
        "entry-into-force date": wrong in (after(right, WAIT),) or right == after(wrong, WAIT),
        "later than its source": wrong > OF,
        "before the State existed": state in BORN and wrong < BORN[state],
        "against the clause": wrong < ADOPTED,
        "wrong year": any(
            one.year != other.year and (one.month, one.day) == (other.month, other.day)
            for one, other in ((wrong, right), (wrong, after(right, WAIT)), (right, after(wrong, WAIT)))
        ),
        "day and month exchanged": written(right.year, right.day, right.month) == wrong != right,
        "off by one day": abs((wrong - right).days) == 1,
        "row of a neighbour": any(wrong == day for who, day in drawn.items() if who != state),
    }
    causes.pop("against the clause") if fault == "wrong year" else None
    return [cause for cause, holds in causes.items() if holds] in ([fault], [])


FAULTS = (
    "entry-into-force date", "wrong year", "day and month exchanged", "off by one day", "wrong means",
    "row of a neighbour", "later than its source", "before the State existed", "duplicate", "left out",
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
@given(drawn=worlds, years=st.integers(-9, 9).filter(bool))
@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_planted_fault_is_found_and_nothing_else(fault: str, drawn: Days, years: int) -> None:
    copy = planted(fault, drawn, years)
    assume(telling(fault, drawn, copy))
    state = "Eland" if fault == "before the State existed" else FAULTED
    assert found(honest("Gazette", drawn), copy) == {(fault, state)}


@given(drawn=worlds)
@settings(max_examples=25)
def test_two_sources_that_agree_raise_nothing(drawn: Days) -> None:
    assert found(honest("Gazette", drawn), honest("Digest", drawn)) == set()


@given(drawn=worlds)
@settings(max_examples=25)
def test_a_source_that_leaves_the_means_open_agrees_with_one_that_names_them(drawn: Days) -> None:
    assert found(honest("Gazette", drawn), honest("Digest", drawn, "ratification or accession")) == set()


@given(drawn=worlds, other=days)
@settings(max_examples=25)
def test_it_is_found_whichever_of_the_two_sources_is_at_fault(drawn: Days, other: date) -> None:
    changed = {**drawn, FAULTED: other}
    one = found(honest("Gazette", drawn), honest("Digest", changed))
    assert one == found(honest("Gazette", changed), honest("Digest", drawn))
    assert bool(one) == (other != drawn[FAULTED])
