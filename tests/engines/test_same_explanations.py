"""Whatever the engine, and however facts are ordered, the same is explained in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from treaty_engine.engines import compiled, naive
from treaty_engine.explain.proof import Prover
from treaty_engine.language.terms import Fact
from treaty_engine.model import Model
from treaty_engine.program.program import Program
from treaty_engine.program.strata import dependencies
from treaty_engine.testing.evaluators import evaluator, installed
from treaty_engine.testing.fuzz import fullest
from treaty_engine.treaties import answers
from treaty_engine.treaties import entry_into_force as entry
from treaty_engine.treaties import status_of_states as states
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.session import Session, session
from treaty_engine.treaties.shapes import as_json

PROGRAMS = 300


def layered(program: Program) -> set[str]:
    """What rests on nothing that leads back to itself: of that, each engine may follow another way round."""
    beyond = set(program.recursive)
    while True:
        more = {
            rule.head.predicate.sentence
            for rule in program.rules
            if beyond & {sentence for sentence, _ in dependencies(rule)}
        }
        if more <= beyond:
            return set(program.vocabulary.predicates) - beyond
        beyond |= more


def proofs(program: Program, model: Model) -> Iterator[tuple[Fact, object]]:
    """Every fact of these with its proof."""
    prover, shown = Prover(program, model), layered(program)
    return ((fact, prover.certain(fact)) for fact in sorted(model.facts(), key=str) if fact.predicate in shown)


@pytest.mark.parametrize("name", installed())
def test_engines_lead_to_the_same_proofs(name: str) -> None:
    evaluate, compared = evaluator(name), 0
    for seed in range(PROGRAMS):
        for case in fullest(seed):
            expected = list(proofs(case.program, naive.evaluate(case.program, case.world)))
            assert list(proofs(case.program, evaluate(case.program, case.world))) == expected, seed
            compared += len(expected)
    assert compared > 10 * PROGRAMS


def test_the_order_of_facts_changes_no_proof() -> None:
    for seed in range(PROGRAMS):
        for case in fullest(seed):
            expected = list(proofs(case.program, compiled.evaluate(case.program, case.world)))
            world = list(case.world)
            Random(seed).shuffle(world)
            assert list(proofs(case.program, compiled.evaluate(case.program, world))) == expected, seed


def told(asked: Session) -> list[str]:
    """What is told of some States and treaties, without the name of the engine."""
    shown = [as_json(answers.applies(asked, states.sheet(asked, state))) for state in ("KHM", "SRB")]
    shown += [as_json(answers.force(asked, entry.force(asked, treaty))) for treaty in ("ICRMW", "ILO-C189")]
    return [each.replace(f'"engine": "{asked.engine}"', '"engine": ""') for each in shown]


@pytest.mark.parametrize("name", installed())
def test_the_packaged_rules_are_explained_alike(corpus: Corpus, name: str) -> None:
    question, about = Question(date(2014, 6, 1)), corpus.sentences(*states.SHEET, *entry.LABELS)
    assert told(session(corpus, question, name, about)) == told(session(corpus, question, "naive", about))
