"""Proofs and attempts told in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from treaty_engine.explain.lines import Line, cut
from treaty_engine.explain.possible import Need
from treaty_engine.explain.proof import Absent, Computed, Counted, Figure, Premise, Proof, Throughout, within
from treaty_engine.explain.whynot import Attempt, nearest_of
from treaty_engine.language.registry import written
from treaty_engine.language.rules import Absence, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Fact, Substitution, Value, resolved
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.language.writing import computation, fact_sentence, literal_lines, missing_of, sentence_of
from treaty_engine.model import Model
from treaty_engine.source import Origin


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
        """A source and what it covers, with the day it was read; where none is named, all that is recorded."""
        name = self.source(fact)
        if not name:
            return f"all that is recorded, for {self.sentence(fact)}"
        about = self._about_source(fact)
        read = about.get("accessed") or about.get("as_known_on")
        return f"{name}, which {self._of_source(fact)}" + (f", accessed {read}" if read else "")

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
        place = self.vocabulary.types.beside("Source", origin.source, origin.locator)
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
        inner += self.needs(attempt.needs)
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
        who = f"; would settle it: {' or '.join(told)}" if told else ""
        return Line(f"no source in use says {self.missing(need)}{who}", "open")

    def needs(self, needs: Sequence[Need]) -> list[Line]:
        """What to find out, without what is found out with something else."""
        return [self.need(need) for need in needs if not any(_part_of(need, other) for other in needs)]

    def missing(self, need: Need) -> str:
        """What nobody has recorded, as an indirect question."""
        known = any(self.model.match(need.atom.predicate.sentence, need.atom.pattern({})))
        return missing_of(self.vocabulary, need.atom) + " otherwise than is recorded" * known

    def who(self, fact: Fact) -> str:
        """Who could tell, and where; with when it was read, where it was and did not."""
        name = self.source(fact)
        if not name:
            return self.sentence(fact)
        role = self._of_source(fact).removeprefix("is ")
        read = self._about_source(fact).get("accessed")
        return f"{role} ({name}; as read on {read} it does not tell)" if read else f"{role} ({name})"

    def source(self, fact: Fact) -> str:
        """The name of the source that a fact speaks of, empty when of none."""
        member = self._source(fact)
        return self.vocabulary.types.show("Source", member) if member else ""

    def _source(self, fact: Fact) -> str:
        holes = self.vocabulary.predicates[fact.predicate].holes
        return next((str(v) for hole, v in zip(holes, fact.values, strict=True) if hole.type == "Source"), "")

    def _of_source(self, fact: Fact) -> str:
        """What a fact says of the source that it begins with."""
        return self.sentence(fact).removeprefix(self.vocabulary.types.say("Source", self._source(fact))).strip()

    def _about_source(self, fact: Fact) -> Mapping[str, str]:
        """What the registry of sources says further of the source that a fact speaks of."""
        registry, member = self.vocabulary.types.registries.get("Source"), self._source(fact)
        return registry.members[member].extra if registry and member in registry.members else {}


def _part_of(need: Need, other: Need) -> bool:
    """Whether a need is found out with another, which leaves open more of the same."""
    one, whole = need.atom.pattern({}), other.atom.pattern({})
    return (
        need.atom.predicate is other.atom.predicate
        and one != whole
        and all(wide in (None, narrow) for narrow, wide in zip(one, whole, strict=True))
    )


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
