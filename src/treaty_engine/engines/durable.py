"""Evaluation by durable-rules: the joins and absences are its, the order of strata and the figures Python's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from weakref import WeakKeyDictionary

from treaty_engine.engines.durable_host import Match, world
from treaty_engine.engines.durable_plan import Join, Plan, plan
from treaty_engine.engines.durable_ruleset import Ruleset, ruleset
from treaty_engine.engines.durable_steps import Codes, Found, Relations, Row, solutions
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.terms import Fact
from treaty_engine.model import Facts
from treaty_engine.program.program import Program
from treaty_engine.program.strata import recursive
from treaty_engine.progress import counted

MOST_FACTS = 999_000
"""Facts in one world: beyond a million numbers, two of them look the same to durable-rules."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    plan: Plan
    ruleset: Ruleset


_compiled: WeakKeyDictionary[Program, _Compiled] = WeakKeyDictionary()


def evaluate(program: Program, facts: Iterable[Fact]) -> Facts:
    """Every fact that follows, the same as `naive.evaluate` finds; each derived one ranks after its premises.

    Raises OutsideSubset where durable-rules is missing, or the program or the world is too large for it.
    """
    if (compiled := _compiled.get(program)) is None:
        planned = plan(program)
        compiled = _compiled[program] = _Compiled(planned, ruleset(planned))
    given = list(facts)
    return _ranked(program, given, _Evaluation(compiled, given).concluded())


def _ranked(program: Program, given: list[Fact], concluded: list[Fact]) -> Facts:
    """The facts of each layer with one rank, as in every engine; in a layer that leads back to itself, as they came."""
    model, rank = Facts(given), 0
    layers = {rule.head.predicate.sentence: place for place, layer in enumerate(program.strata) for rule in layer}
    again = [recursive(layer) for layer in program.strata]

    def layer_of(fact: Fact) -> int:
        return layers[fact.predicate]

    for place, facts in groupby(sorted(concluded, key=layer_of), layer_of):
        rank += 1
        for fact in facts:
            model.add(fact, rank)
            rank += again[place]
    return model


class _Evaluation:
    """One run: the rows of every relation, and the facts concluded, in the order they came."""

    def __init__(self, compiled: _Compiled, given: list[Fact]) -> None:
        self._plan, self._ruleset = compiled.plan, compiled.ruleset
        self._given = given
        self._relations = Relations(Codes(self._plan.codes.values))
        self._concluded: list[tuple[int, Row]] = []
        self._readers = [_reader(join) for join in self._plan.joins]
        self._asserted = 0

    def concluded(self) -> list[Fact]:
        """Runs the strata one after the other: the facts concluded, in the order they came."""
        with world(self._ruleset, self._fire) as self._world:
            self._assert_given()
            for level in counted(range(self._plan.levels), "Evaluating rules"):
                self._world.finish(level)
        values, sentences = self._relations.codes.values, self._plan.sentences
        return [Fact(sentences[head], tuple([values[code] for code in row])) for head, row in self._concluded]

    def _assert_given(self) -> None:
        numbers = {sentence: number for number, sentence in enumerate(self._plan.sentences)}
        code = self._relations.codes.code
        for fact in self._given:
            if (relation := numbers.get(fact.predicate)) is not None:
                self._add(relation, tuple([code(value) for value in fact.values]))

    def _fire(self, number: int, matches: list[Match]) -> None:
        """What one join concludes from what durable-rules matched."""
        head = self._plan.joins[number].head.relation
        for row in self._readers[number](matches, self._relations):
            if self._add(head, row) and head < len(self._plan.sentences):
                self._concluded.append((head, row))

    def _add(self, relation: int, row: Row) -> bool:
        if not self._relations.add(relation, row):
            return False
        for form in self._ruleset.facts.get(relation, ()):
            self._asserted += 1
            if self._asserted > MOST_FACTS:
                raise OutsideSubset(
                    f"the world has more than {MOST_FACTS} facts, and durable-rules cannot tell more apart\n"
                    "  help: evaluate only the part that a question is about, or use the engine `naive`"
                )
            self._world.add(form % (*row, self._asserted))
        return True


_Reader = Callable[[list[Match], Relations], Iterable[Row]]


def _reader(join: Join) -> _Reader:
    """How the rows that a join concludes are read from its matches."""
    where: dict[str, tuple[str, str]] = {}
    for place, pattern in enumerate(join.positives):
        for hole, term in enumerate(pattern.terms):
            if isinstance(term, str):
                where.setdefault(term, (f"m{place}", f"a{hole}"))
    return _stepping(join, where) if join.steps else _direct(join, where)


def _direct(join: Join, where: dict[str, tuple[str, str]]) -> _Reader:
    spots = [where[term] if isinstance(term, str) else term for term in join.head.terms]

    def rows(matches: list[Match], _: Relations) -> Iterable[Row]:
        return [tuple([s if isinstance(s, int) else match[s[0]][s[1]] for s in spots]) for match in matches]

    return rows


def _stepping(join: Join, where: dict[str, tuple[str, str]]) -> _Reader:
    spots, terms = tuple(where.values()), join.head.terms

    def rows(matches: list[Match], relations: Relations) -> Iterable[Row]:
        for match in matches:
            codes = tuple([match[alias][name] for alias, name in spots])
            found: Found = dict(zip(where, codes, strict=True))
            for each in solutions(join.steps, found, relations):
                yield tuple([each[term] if isinstance(term, str) else term for term in terms])

    return rows
