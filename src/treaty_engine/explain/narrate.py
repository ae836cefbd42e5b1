"""Proofs and attempts told in sentences: a tree of lines for terminals and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from treaty_engine.explain.possible import Need
from treaty_engine.explain.proof import Absent, Computed, Counted, Figure, Premise, Proof, Throughout, within
from treaty_engine.explain.whynot import Attempt, nearest_of
from treaty_engine.language.registry import written
from treaty_engine.language.rules import Absence, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Fact, Substitution, Value, resolved
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.writing import computation, fact_sentence, literal_lines, sentence_of
from treaty_engine.model import Model
from treaty_engine.source import Origin

_BEGINNING = 8
"""How many of a long list are told, besides those that complete it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an explanation with what explains it. `mark` says what kind of line it is."""

    text: str
    mark: str = "holds"
    detail: str = ""
    inner: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Narrator:
    """Tells proofs: knows the sentences, where given facts were read, and what else is said of the same things."""

    vocabulary: Vocabulary
    origins: Mapping[Fact, tuple[Origin, ...]]
    model: Model

    def proof(self, proof: Proof, told: set[Fact] | None = None) -> Line:
        """A proof as a line with its premises below; what was told before is not told again."""
        seen = set() if told is None else told
        text = self.sentence(proof.fact)
        if proof.rule is None:
            return Line(text, "given", self.origin(proof.fact))
        if proof.fact in seen and proof.premises:
            return Line(text, "holds", "shown above")
        seen.add(proof.fact)
        inner = [self.premise(each, seen) for each in in_reading_order(proof)]
        inner += [Line(self.sentence(fact), "beside") for fact in self.beside(proof.fact.predicate, proof.fact.values)]
        inner += [self._unused(rule_exception.title or rule_exception.id) for rule_exception in proof.rule.exceptions]
        detail = f"{citation(proof.rule, proof.values or {})} · rule {proof.rule.id}" + _unverified(proof.rule)
        return Line(text, "holds", detail, tuple(inner))

    def premise(self, premise: Premise, seen: set[Fact]) -> Line:
        """A premise as a line."""
        if isinstance(premise, Proof):
            return self.proof(premise, seen)
        if isinstance(premise, Computed):
            return Line(computation(self.vocabulary.types, premise.literal, premise.values), "computed")
        if isinstance(premise, Absent):
            return Line(self.absence(premise.literal, premise.values), "absent", self.searched(premise))
        if isinstance(premise, Figure):
            return self._figure(premise, seen)
        heading = literal_lines(self.vocabulary, premise.literal, premise.values)
        cases = [
            self._listed(self._case(premise, case.values), (*case.of, *case.also), seen, place)
            for place, case in enumerate(premise.cases)
        ]
        return Line(f"{heading[0]} … ({len(cases)} of {len(cases)})", "figure", "", tuple(cut(cases)))

    def _told(self, premises: Iterable[Premise], seen: set[Fact]) -> tuple[Line, ...]:
        return tuple(self.premise(each, seen) for each in premises)

    def _case(self, premise: Throughout, values: Substitution) -> str:
        return self._named(premise.literal.of, tuple(values[name] for name in premise.literal.per), premise.literal.per)

    def _figure(self, figure: Figure, seen: set[Fact]) -> Line:
        literal = figure.literal
        heading = literal_lines(self.vocabulary, literal, figure.values)[0]
        counted = [
            self._member(literal.of, literal.per, member, seen, place)
            for place, member in enumerate(figure.members[: figure.reached])
        ]
        reached = figure.members[: figure.reached]
        counted = cut(counted, sum(each.value == reached[-1].value for each in reached) if reached else 0)
        if len(figure.members) > figure.reached:
            runner_up = self._member(literal.of, literal.per, figure.members[figure.reached], seen, 1)
            counted.append(Line(f"next after these: {runner_up.text}", "beside"))
        return Line(heading, "figure", "", tuple(counted))

    def _member(
        self, of: tuple[Literal, ...], per: tuple[str, ...], member: Counted, seen: set[Fact], place: int
    ) -> Line:
        named = self._named(of, member.group, per)
        value = f", {written(member.value)}" if member.value else ""
        return self._listed((named + value).removeprefix(", ") or "once", member.premises, seen, place)

    def _listed(self, named: str, premises: Sequence[Premise], seen: set[Fact], place: int) -> Line:
        """One of many cases alike: the first is told in full, the others by what they rest on."""
        if place == 0:
            return Line(named, "case", "", self._told(premises, seen))
        read = dict.fromkeys(
            self.origin(each.fact) for premise in premises for each in within(premise) if not each.rule
        )
        absent = [self.premise(each, seen) for each in premises if isinstance(each, Absent)]
        return Line(named, "case", "; ".join(read), tuple(absent))

    def _named(self, of: tuple[Literal, ...], group: tuple[Value, ...], per: tuple[str, ...]) -> str:
        types = dict(_types(of))
        return ", ".join(self.vocabulary.types.show(types.get(n, "Text"), v) for n, v in zip(per, group, strict=True))

    def absence(self, literal: Absence, values: Substitution) -> str:
        """What there is no record of."""
        return f"no record that {sentence_of(self.vocabulary, literal.atom, values)}"

    def searched(self, premise: Absent) -> str:
        """Where a missing fact was looked for."""
        return "searched: " + "; ".join(map(self.coverage, (premise.coverage.fact, *premise.more_coverage)))

    def coverage(self, fact: Fact) -> str:
        """A source and what it covers, with the day it was read."""
        predicate = self.vocabulary.predicates[fact.predicate]
        types = self.vocabulary.types
        place = next((i for i, hole in enumerate(predicate.holes) if hole.type == "Source"), None)
        if place is None:
            return self.sentence(fact)
        source = str(fact.values[place])
        name = types.show("Source", source)
        rest = self.sentence(fact).removeprefix(name).strip()
        registry = types.registries.get("Source")
        extra = registry.members[source].extra if registry and source in registry.members else {}
        read = extra.get("accessed") or extra.get("as_known_on")
        return f"{name}, which {rest}" + (f", accessed {read}" if read else "")

    def beside(self, predicate: str, values: Sequence[Value | None]) -> Iterator[Fact]:
        """Facts that are shown beside a sentence: the same values in the holes of the same name, as far as known."""
        names = (hole.name for hole in self.vocabulary.predicates[predicate].holes)
        known = dict(zip(names, values, strict=True))
        for other in self.vocabulary.beside.get(predicate, ()):
            pattern = tuple(known.get(hole.name) for hole in other.holes)
            yield from (Fact(other.sentence, found) for found in self.model.match(other.sentence, pattern))

    def instead(self, failed: Literal | None, values: Substitution) -> list[Fact]:
        """What is shown beside a condition that does not hold, in an order of its own."""
        if not isinstance(failed, Atom):
            return []
        found = self.beside(failed.predicate.sentence, failed.pattern(values))
        return sorted(found, key=lambda fact: tuple(map(str, fact.values)))

    def origin(self, fact: Fact) -> str:
        """Where a given fact was read: source and place, and what could not be confirmed."""
        found = [self._read(origin) for origin in self.origins.get(fact, ())]
        return "; ".join(dict.fromkeys(found)) or "given with the question"

    def _read(self, origin: Origin) -> str:
        doubt = f" (unverified: {origin.unverified})" if origin.unverified else ""
        name = self.vocabulary.types.show("Source", origin.source)
        place = origin.locator.removeprefix(name).lstrip(", ")
        return f"{name}, {place}{doubt}"

    def sentence(self, fact: Fact) -> str:
        """A fact in words."""
        return fact_sentence(self.vocabulary, fact)

    def _unused(self, title: str) -> Line:
        return Line(f"exception not used: {title[0].lower()}{title[1:]}", "unused")

    def attempts(self, attempts: Sequence[Attempt], *, every: bool = False) -> list[Line]:
        """How far the rules got that came nearest, or every rule; what failed for several is explained once."""
        return self._attempts(attempts, set(), every)

    def _attempts(self, attempts: Sequence[Attempt], explained: set[str], every: bool) -> list[Line]:
        nearest = attempts if every else nearest_of(attempts)
        lines = [self._attempt(each, explained, every) for each in nearest]
        if further := ", ".join(each.rule.id for each in attempts[len(nearest) :]):
            lines.append(Line(f"further off: {further}", "rule"))
        return lines

    def _attempt(self, attempt: Attempt, explained: set[str], every: bool) -> Line:
        seen: set[Fact] = set()
        inner = [self.premise(each, seen) for each in attempt.reached]
        if attempt.failed is not None:
            inner.append(self._failed(attempt, attempt.failed, explained, every))
        for defeated in attempt.defeated_by:
            because = tuple(self.premise(each, seen) for each in defeated.premises)
            exception = defeated.exception
            inner.append(Line(f"exception {exception.id}: {exception.title}", "failed", exception.cite, because))
        detail = citation(attempt.rule, attempt.values) + _unverified(attempt.rule)
        return Line(f"rule {attempt.rule.id}: {attempt.rule.title}", "rule", detail, tuple(inner))

    def _failed(self, attempt: Attempt, failed: Literal, explained: set[str], every: bool) -> Line:
        lines = literal_lines(self.vocabulary, failed, attempt.values)
        text = " ".join(map(str.strip, lines)) if isinstance(failed, Every) else lines[0]
        mark = "failed" if attempt.own.failing else "open"
        if text in explained:
            return Line(text, mark, "as above")
        explained.add(text)
        inner = self._attempts(attempt.because, explained, every)
        instead = [self.sentence(each) for each in self.instead(failed, attempt.values)]
        inner += [Line(each, "beside") for each in instead if each not in explained]
        explained.update(instead)
        inner += [self.proof(each) for each in attempt.against]
        inner += [Line(f"searched: {self.coverage(each.fact)}", "absent") for each in attempt.searched]
        if attempt.figure is not None:
            inner.append(Line(self._shortfall(attempt.figure), "figure", "", self._figure(attempt.figure, set()).inner))
        if isinstance(failed, Every):
            not_so = dict.fromkeys(tuple(case[name] for name in failed.per) for case in attempt.cases)
            inner += cut([Line(self._named(failed.of, group, failed.per), mark) for group in not_so])
        inner += [self.need(each) for each in attempt.needs]
        return Line(text, mark, "", tuple(inner))

    def _shortfall(self, figure: Figure) -> str:
        count = len(figure.members)
        number = resolved(figure.literal.number, figure.values)
        if figure.literal.kind == "number" and isinstance(number, int) and number > count:
            return f"{count} of {number} counted; {number - count} more needed"
        return f"{count} counted"

    def need(self, need: Need) -> Line:
        """What to find out, and who could tell."""
        sentence = sentence_of(self.vocabulary, need.atom, {})
        if need.judgement:
            return Line(f"for somebody to decide, and to record who decided and when: {sentence}", "open")
        if need.ended:
            return Line(f"the sources that say so end on {need.ended}, before the day asked about: {sentence}", "open")
        told = [self.who(fact) for fact in need.settled_by]
        who = f"; {' or '.join(told)} would settle it" if told else ""
        return Line(f"no source in use says whether {sentence}{who}", "open")

    def who(self, fact: Fact) -> str:
        """Who could tell, and why they."""
        name, text = self.source(fact), self.sentence(fact)
        return f"{name} ({text.removeprefix(name).strip().removeprefix('is ')})" if name else text

    def source(self, fact: Fact) -> str:
        """The name of the source that a fact speaks of, empty when of none."""
        holes = self.vocabulary.predicates[fact.predicate].holes
        place = next((i for i, hole in enumerate(holes) if hole.type == "Source"), None)
        return "" if place is None else self.vocabulary.types.show("Source", fact.values[place])


def cut(lines: list[Line], completing: int = 1) -> list[Line]:
    """A long list without its middle: how it begins, and the last ones, which complete it."""
    last = min(completing, _BEGINNING)
    left_out = len(lines) - _BEGINNING - last
    if left_out <= 1:
        return lines
    return [*lines[:_BEGINNING], Line(f"… and {left_out} more", lines[0].mark), *lines[len(lines) - last :]]


def citation(rule: Rule, values: Substitution) -> str:
    """What a rule cites, with what its variables stand for."""
    return re.sub(
        r" ?<([^<>]*)>", lambda found: f" {written(values[found[1]])}" if found[1] in values else "", rule.cite
    ).strip()


def in_reading_order(proof: Proof) -> list[Premise]:
    """The premises in the order in which the rule's author wrote them."""
    body = proof.rule.body if proof.rule else ()
    pairs = sorted(zip(body, proof.premises, strict=True), key=lambda pair: (pair[0].span.line, pair[0].span.column))
    return [premise for _, premise in pairs]


def _types(body: Iterable[Literal]) -> Iterator[tuple[str, str]]:
    """The type of each variable of the atoms in a body."""
    for literal in body:
        atom = literal.atom if isinstance(literal, Absence) else literal
        predicate = getattr(atom, "predicate", None)
        for hole, term in zip(predicate.holes if predicate else (), getattr(atom, "terms", ()), strict=False):
            if hasattr(term, "name"):
                yield term.name, hole.type


def _unverified(rule: Rule) -> str:
    return f" (unverified: {rule.unverified})" if rule.unverified else ""


MARKS = {
    "holds": "✓",
    "given": "•",
    "absent": "–",
    "computed": "=",
    "figure": "#",
    "case": "·",
    "beside": "~",
    "unused": "○",
    "failed": "✗",
    "open": "?",
    "rule": "→",
}


def text(line: Line, indent: str = "", detail_below: int = 100) -> Iterator[str]:
    """The lines of an explanation for a terminal, indented, each with its mark."""
    head = f"{indent}{MARKS[line.mark]} {line.text}"
    if line.detail and len(head) + len(line.detail) + 4 > detail_below:
        yield head
        yield f"{indent}    [{line.detail}]"
    else:
        yield f"{head}  [{line.detail}]" if line.detail else head
    for each in line.inner:
        yield from text(each, indent + "  ", detail_below)


def markdown(line: Line, indent: str = "") -> Iterator[str]:
    """The lines of an explanation as a nested Markdown list."""
    shown = line.text.replace("<", "&lt;").replace("*", "\\*")
    yield f"{indent}- {MARKS[line.mark]} {shown}" + (f" — *{line.detail}*" if line.detail else "")
    for each in line.inner:
        yield from markdown(each, indent + "  ")
