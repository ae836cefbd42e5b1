"""Answers and proofs in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from treaty_engine.explain.narrate import citation, in_reading_order
from treaty_engine.explain.possible import Need
from treaty_engine.explain.proof import Absent, Computed, Counted, Figure, Premise, Proof, Throughout
from treaty_engine.explain.whynot import Attempt
from treaty_engine.language.registry import written
from treaty_engine.language.terms import Fact, Value, resolved
from treaty_engine.language.writing import computation, literal_lines, sentence_of
from treaty_engine.treaties import contract as c
from treaty_engine.treaties.session import Conclusion, Session
from treaty_engine.treaties.shapes import Scalar


def scalar(value: Value) -> Scalar:
    """A value as JSON has it."""
    return value if isinstance(value, int) else written(value)


def iso(day: date | None) -> str | None:
    """A day as JSON has it."""
    return day.isoformat() if day else None


class Teller:
    """Turns what a session found into the shapes of the contract."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.vocabulary, self.narrator = session.corpus.vocabulary, session.narrator

    def common(self, status: str, known_up_to: Iterable[date | None]) -> dict[str, Any]:
        """The keys that every answer has."""
        question = self.session.world.question
        known = min((day for day in known_up_to if day), default=None)
        presumed = known if known is not None and known < question.as_of else None
        return {
            "status": status,
            "as_of": iso(question.as_of),
            "until": iso(question.until),
            "known_by": iso(question.known_by),
            "known_up_to": iso(known),
            "presumed_after": iso(presumed),
            "sources": list(question.sources),
            "engine": self.session.engine,
        }

    def values(self, fact: Fact) -> dict[str, Scalar]:
        """The values of a fact by the names of the holes."""
        holes = self.vocabulary.predicates[fact.predicate].holes
        return {hole.name: scalar(value) for hole, value in zip(holes, fact.values, strict=True)}

    def conclusion(self, conclusion: Conclusion) -> dict[str, Any]:
        """The keys that every conclusion has."""
        proof = self.proof(conclusion.proof)
        return {
            "sentence": proof.sentence,
            "predicate": proof.predicate,
            "values": proof.values,
            "rule": proof.rule,
            "citation": proof.citation,
            "known_up_to": iso(conclusion.known_up_to),
            "proof": proof,
        }

    def proof(self, proof: Proof) -> c.ProofOut:
        """A proof, nested down to its sources."""
        key = "told", id(proof)  # kept with its proof, so that no other can get its number
        return self.session.memory.find(key, lambda: (proof, self._proof(proof)))[1]

    def _proof(self, proof: Proof) -> c.ProofOut:
        shown: dict[str, Any] = {
            "sentence": self.narrator.sentence(proof.fact),
            "predicate": proof.fact.predicate,
            "values": self.values(proof.fact),
        }
        if proof.rule is None:
            origins = self.session.world.origins.get(proof.fact, ())
            if origins:
                doubt = next((origin.unverified for origin in origins if origin.unverified), None)
                shown |= {"source": origins[0].source, "locator": origins[0].locator, "unverified": doubt}
            return c.ProofOut(**shown)
        shown |= {"rule": proof.rule.id, "citation": citation(proof.rule, proof.values or {})}
        shown |= {"unverified": proof.rule.unverified or None, **self.premises(in_reading_order(proof))}
        beside = self.narrator.beside(proof.fact.predicate, proof.fact.values)
        shown["beside"] = [self.narrator.sentence(fact) for fact in beside]
        shown["exceptions_not_used"] = [exception.id for exception in proof.rule.exceptions]
        return c.ProofOut(**shown)

    def premises(self, premises: Sequence[Premise]) -> dict[str, Any]:
        """Premises sorted by what they are."""
        return {
            "premises": [self.proof(each) for each in premises if isinstance(each, Proof)],
            "absences": [self.absence(each) for each in premises if isinstance(each, Absent)],
            "figures": [self.figure(each) for each in premises if isinstance(each, Figure | Throughout)],
            "computed": [
                computation(self.vocabulary.types, each.literal, each.values)
                for each in premises
                if isinstance(each, Computed)
            ],
        }

    def absence(self, absent: Absent) -> c.AbsenceOut:
        """Something of which there is no record."""
        covering = (absent.coverage.fact, *absent.more_coverage)
        sentence = self.narrator.absence(absent.literal, absent.values)
        return c.AbsenceOut(sentence=sentence, searched=[self.narrator.coverage(fact) for fact in covering])

    def figure(self, figure: Figure | Throughout) -> c.FigureOut:
        """A figure, or what is true of all cases."""
        sentence = literal_lines(self.vocabulary, figure.literal, figure.values)[0]
        if isinstance(figure, Throughout):
            members = [
                self._member({name: case.values[name] for name in figure.literal.per}, (*case.of, *case.also))
                for case in figure.cases
            ]
            return c.FigureOut(sentence=sentence, members=members)
        members = [self._counted(figure, member) for member in figure.members]
        number = resolved(figure.literal.number, figure.values) if figure.literal.kind == "number" else 0
        reached = min(figure.reached, len(members))
        return c.FigureOut(
            sentence=sentence,
            members=members[:reached],
            runner_up=members[reached] if len(members) > reached else None,
            shortfall=max(0, number - len(members)) if isinstance(number, int) else 0,
        )

    def _counted(self, figure: Figure, member: Counted) -> c.MemberOut:
        values = dict(zip(figure.literal.per, member.group, strict=True))
        named = {figure.literal.value: member.value} if figure.literal.value else {}
        return self._member(values | named, member.premises)

    def _member(self, values: dict[str, Value], premises: Sequence[Premise]) -> c.MemberOut:
        told = self.premises(premises)
        shown = {name: scalar(value) for name, value in values.items()}
        return c.MemberOut(values=shown, premises=told["premises"], absences=told["absences"])

    def need(self, need: Need) -> c.NeedOut:
        """What nobody has recorded."""
        settled = [self.narrator.source(fact) for fact in need.settled_by]
        return c.NeedOut(
            sentence=sentence_of(self.vocabulary, need.atom, {}),
            missing=self.narrator.missing(need),
            settled_by=settled,
            could_tell=[self.narrator.who(fact) for fact in need.settled_by],
            judgement=need.judgement,
            ended=iso(need.ended),
        )

    def attempt(self, attempt: Attempt) -> c.AttemptOut:
        """How far a rule got."""
        failed = attempt.failed
        return c.AttemptOut(
            rule=attempt.rule.id,
            citation=citation(attempt.rule, attempt.values),
            reached=[self.proof(each) for each in attempt.reached if isinstance(each, Proof)],
            failed=literal_lines(self.vocabulary, failed, attempt.values)[0] if failed is not None else None,
            beside=[self.narrator.sentence(fact) for fact in self.narrator.instead(failed, attempt.values)],
            defeated_by=[
                {
                    "exception": each.exception.id,
                    "title": each.exception.title,
                    "citation": each.exception.cite,
                    "premises": [asdict(self.proof(p)) for p in each.premises if isinstance(p, Proof)],
                }
                for each in attempt.defeated_by
            ],
            because=[self.attempt(each) for each in attempt.because],
            against=[self.proof(each) for each in attempt.against],
            searched=[self.narrator.coverage(each.fact) for each in attempt.searched],
            figure=self.figure(attempt.figure) if attempt.figure else None,
            needs=[self.need(each) for each in attempt.needs],
        )
