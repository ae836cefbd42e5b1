"""The verb that looks at two ends: corridor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from treaty_engine.cli.options import Asked, Format, Output, asking, member
from treaty_engine.cli.verbs import print_pages
from treaty_engine.errors import Problem, Refused
from treaty_engine.treaties.corpus import Corpus

if TYPE_CHECKING:
    from treaty_engine.cli.pages import Names

Origin = Annotated[str, typer.Argument(metavar="ORIGIN", help="The State somebody leaves, by name, alias or ISO code.")]
Destination = Annotated[str, typer.Argument(metavar="DESTINATION", help="The State somebody goes to.")]
Subjects = Annotated[list[str], typer.Option("--subject", metavar="SUBJECT", help="Only treaties about this subject.")]
Matrix = Annotated[str, typer.Option("--matrix", metavar="GROUP", help="Every way from one of its States to another.")]


@asking
def corridor(
    asked: Asked,
    origin: Origin = "",
    destination: Destination = "",
    subject: Subjects = [],  # noqa: B006  typer copies it
    matrix: Matrix = "",
    output: Output = Format.text,
) -> None:
    """What binds both ends of a corridor and since when both, what binds one end only, and what neither."""
    corpus = asked.corpus()
    subjects = [member(corpus, "Subject", each) for each in subject]
    if matrix and (origin or destination):
        raise Refused(Problem("`--matrix` takes a group and no States", hint="ask for one corridor, or for a matrix"))
    if matrix:
        _matrix(asked, corpus, member(corpus, "Group", matrix), subjects, output)
    elif origin and destination:
        ends = member(corpus, "State", origin), member(corpus, "State", destination)
        if ends[0] == ends[1]:
            raise Refused(Problem("a corridor has two ends", hint="name two States"))
        _corridor(asked, corpus, ends, subjects, output)
    else:
        hint = "`corridor MMR THA` for one corridor, `corridor --matrix GMS` for all of a group"
        raise Refused(Problem("a corridor has two ends: name both, or a group", hint=hint))


def _corridor(asked: Asked, corpus: Corpus, ends: tuple[str, str], subjects: list[str], output: Format) -> None:
    from treaty_engine.cli import pages, pages_of_corridors
    from treaty_engine.treaties import corridors, corridors_told

    about = corridors.asked_about(corpus, [ends])
    session = asked.session(corpus, corpus.sentences(*corridors.WHOLE), about)
    answer = corridors_told.corridor(session, corridors.corridor(session, *ends, subjects), subjects)
    names = pages.Names(corpus)
    heading = f"From {names.say('State', ends[0])} to {names.say('State', ends[1])}{_about(subjects, names)}"
    print_pages(output, [(answer, heading, pages.dates(answer), pages_of_corridors.corridor(answer, names))])


def _matrix(asked: Asked, corpus: Corpus, group: str, subjects: list[str], output: Format) -> None:
    from treaty_engine.cli import pages, pages_of_corridors
    from treaty_engine.treaties import corridors, corridors_told

    pairs = corridors.pairs_of(_members(asked, corpus, group))
    session = asked.session(corpus, corpus.sentences(*corridors.MATRIX), corridors.asked_about(corpus, pairs))
    answer = corridors_told.matrix(session, group, corridors.matrix(session, pairs, subjects), subjects)
    names = pages.Names(corpus)
    heading = f"From each State of {names.say('Group', group)} to each{_about(subjects, names)}"
    lines = [*pages.dates(answer), pages_of_corridors.LEGEND]
    sections = pages_of_corridors.matrix(answer, names, with_header=output is Format.text)
    print_pages(output, [(answer, heading, lines, sections)])


def _members(asked: Asked, corpus: Corpus, group: str) -> list[str]:
    from treaty_engine.treaties.groups import BELONGS, members

    found = members(asked.session(corpus, corpus.sentences(BELONGS)), [group])
    if len(found) < 2:
        raise Refused(Problem(f"fewer than two States are known to belong to `{group}` on that day"))
    return [state for state in corpus.members("State") if state in found]


def _about(subjects: list[str], names: Names) -> str:
    return ": " + ", ".join(names("Subject", each) for each in subjects) if subjects else ""
