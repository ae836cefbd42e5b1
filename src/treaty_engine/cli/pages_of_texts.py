"""Which lines and sections `claims` prints, from the answer in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treaty_engine.cli.pages import missing, with_note
from treaty_engine.cli.tables import Section
from treaty_engine.explain.lines import Line
from treaty_engine.explain.whynot import attempts
from treaty_engine.treaties import contract_of_texts as c
from treaty_engine.treaties.claims.trial import Verdict

_MARKS = {"true": "holds", "false": "failed", "imprecise": "beside", "unknown": "open"}
_COLUMNS = ("claim", "line", "verdict", "text", "wrong", "right", "unverified", "expected")


def summary(answer: c.ClaimsOut) -> list[str]:
    """How many claims came out how."""
    counted = [f"{number} {verdict}" for verdict, number in answer.totals.items() if number]
    if answer.unread:
        counted.append(f"{len(answer.unread)} not read")
    return [", ".join(counted) or "no claims"]


def lines(answer: c.ClaimsOut) -> list[Line]:
    """Each claim as a line, with how it is wrong and what is right below it."""
    return [*map(_line, answer.claims), *map(_unread, answer.unread)]


def _line(claim: c.ClaimOut) -> Line:
    inner = [Line(each, "absent") for each in dict.fromkeys(_wrong(claim))]
    inner += [Line(_right(claim.correction), "given")] if claim.correction else []
    inner += [Line(f"unverified: {each}", "open") for each in claim.unverified]
    if claim.expected and claim.expected != claim.verdict:
        inner.append(Line(f"expected: {claim.expected}", "failed"))
    return Line(f"{claim.verdict.upper()} {_name(claim)}{claim.text}", _MARKS[claim.verdict], "", tuple(inner))


def _right(correction: str) -> str:
    return correction if correction.startswith("perhaps") else f"right: {correction}"


def _name(claim: c.ClaimOut) -> str:
    where = f", {claim.where}" if claim.where else ""
    return f"({claim.id}{where}, line {claim.line}) "


def _unread(each: c.UnreadOut) -> Line:
    inner = (Line(each.problem, "absent"), *([Line(each.hint, "given")] if each.hint else ()))
    return Line(f"NOT READ ({each.id}, line {each.line}) {each.text}", "open", "", inner)


def _wrong(claim: c.ClaimOut) -> Iterator[str]:
    """How a claim is wrong, or why nobody can tell."""
    if claim.reason:
        yield claim.reason
    for assertion in claim.assertions:
        for each in assertion.wrong if claim.verdict in ("false", "imprecise") else ():
            yield each.sentence + (f" [{each.imprecise_by}]" if each.imprecise_by else "")
    if claim.verdict == "unknown" and not claim.reason:
        needs = dict.fromkeys(missing(each) for assertion in claim.assertions for each in assertion.needs)
        yield from list(needs)[:2]


def claims(answer: c.ClaimsOut) -> list[Section]:
    """The claims by verdict, the false ones first; then those that could not be read."""
    sections = [
        Section(verdict.capitalize(), _COLUMNS, tuple(_row(each) for each in answer.claims if each.verdict == verdict))
        for verdict in ("false", "imprecise", "unknown", "true")
    ]
    unread = tuple(
        (each.id, str(each.line), "not read", each.text, each.problem, each.hint or "", "", "")
        for each in answer.unread
    )
    return with_note([*sections, Section("Not read", _COLUMNS, unread)])


def _row(claim: c.ClaimOut) -> tuple[str, ...]:
    wrong, doubts = "; ".join(dict.fromkeys(_wrong(claim))), "; ".join(claim.unverified)
    right, expected = claim.correction or "", claim.expected or ""
    return (claim.id, str(claim.line), claim.verdict, claim.text, wrong, right, doubts, expected)


def proofs(verdicts: Iterable[Verdict]) -> Iterator[Line]:
    """Each claim with the proof of what it says, or how far the rules got."""
    for verdict in verdicts:
        session = verdict.session
        inner: list[Line] = []
        for finding in verdict.findings:
            for answer in finding.answers:
                inner += [session.narrator.proof(session.prover.certain(fact)) for fact in answer.found]
                if not answer.found:
                    inner += session.narrator.attempts(attempts(session.prover, answer.goal))
        yield Line(f"{verdict.verdict.upper()} ({verdict.claim.id}) {verdict.claim.text}", "case", "", tuple(inner))
