"""Small programs for tests of explanation: a few sentences, rules and facts that are read as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from textwrap import dedent

from treaty_engine.engines.compiled import evaluate
from treaty_engine.explain.check import Checker
from treaty_engine.explain.narrate import Narrator
from treaty_engine.explain.proof import Proof, Prover
from treaty_engine.explain.status import Status, status
from treaty_engine.explain.whynot import Attempt, attempts
from treaty_engine.language.reader import rules_of
from treaty_engine.language.registry import Member, Registry
from treaty_engine.language.statements import fact, statement
from treaty_engine.language.strict_yaml import parse
from treaty_engine.language.terms import Atom, Fact
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.vocabulary_reader import read_vocabulary
from treaty_engine.model import Facts
from treaty_engine.program.program import Program, program

FOLDER = Path(__file__).parents[1] / "data" / "narration"

NAMES = [
    Registry("State", [Member(name, name) for name in ("Aland", "Bland", "Cland")]),
    Registry("Treaty", [Member("Charter", "Charter"), Member("Covenant", "Covenant")]),
    Registry(
        "Source",
        [Member("Gazette", "Official Gazette", ("Gazette",), {"accessed": "2005-05-05"}), Member("Digest", "Digest")],
    ),
]


@cache
def vocabulary() -> Vocabulary:
    """The sentences of the small programs."""
    return read_vocabulary(FOLDER / "vocabulary.yaml", "vocabulary.yaml", NAMES)


@dataclass(frozen=True)
class Small:
    """A small program with its facts, and what follows."""

    program: Program
    given: tuple[Fact, ...]

    @cached_property
    def model(self) -> Facts:
        """All that follows."""
        return evaluate(self.program, self.given)

    @cached_property
    def prover(self) -> Prover:
        """Finds proofs of it."""
        return Prover(self.program, self.model)

    @cached_property
    def checker(self) -> Checker:
        """Checks proofs of it."""
        return self.checker_with(())

    def checker_with(self, more: Iterable[Fact]) -> Checker:
        """A checker that knows more facts than hold."""
        return Checker(self.program.rules, self.given, [*self.model.facts(), *more])

    def says(self, text: str) -> Atom:
        """A question."""
        return statement(vocabulary(), text)

    def proof(self, text: str) -> Proof:
        """The proof of a sentence."""
        return self.prover.certain(fact(vocabulary(), text))

    def status(self, text: str) -> Status:
        """The answer to a question."""
        return status(self.program, self.model, self.says(text))

    def attempts(self, text: str) -> tuple[Attempt, ...]:
        """How far each rule gets."""
        return attempts(self.prover, self.says(text))

    def narrator(self) -> Narrator:
        """Tells it."""
        return Narrator(vocabulary(), {}, self.model)


def small(rules: str, *given: str) -> Small:
    """A small program and its facts."""
    read = rules_of(parse(dedent(rules), "rules.yaml"), "rules.yaml", vocabulary())
    facts = tuple(fact(vocabulary(), text) for text in given)
    return Small(program(vocabulary(), read), facts)
