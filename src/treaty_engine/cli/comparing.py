"""The verb that holds sources against each other: conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from treaty_engine.cli.options import Asked, Format, Output, asking, member
from treaty_engine.cli.verbs import print_pages
from treaty_engine.treaties.session import Session

Named = list[str] | None
Source = Annotated[Named, typer.Option("--source", metavar="NAME", help="Sources, or collections, on one side.")]
Beside = Annotated[Named, typer.Option("--with", metavar="NAME", help="Sources, or collections, on the other side.")]
States = Annotated[Named, typer.Option("--state", metavar="STATE", help="Only these States.")]
Groups = Annotated[Named, typer.Option("--group", metavar="GROUP", help="The States of groups.")]
Treaties = Annotated[Named, typer.Option("--treaty", metavar="TREATY", help="Only these treaties.")]


@asking
def conflicts(
    asked: Asked,
    source: Source = None,
    beside: Beside = None,
    state: States = None,
    group: Groups = None,
    treaty: Treaties = None,
    output: Output = Format.text,
) -> None:
    """Where sources disagree with each other or with a treaty's clause, and why; what chose, and what hangs on it."""
    from treaty_engine.cli import pages, pages_of_conflicts, show
    from treaty_engine.treaties import conflicts as comparing
    from treaty_engine.treaties import conflicts_told

    corpus = asked.corpus()
    session = asked.session(corpus, comparing.sentences(corpus))
    scope = comparing.Scope(
        corpus.admitted(source) if source else frozenset(),
        corpus.admitted(beside) if beside else frozenset(),
        frozenset([*(member(corpus, "State", each) for each in state or ()), *_members(session, group or ())]),
        frozenset(member(corpus, "Treaty", each) for each in treaty or ()),
    )
    answer = conflicts_told.conflicts(session, comparing.conflicts(session, scope))
    names = pages.Names(corpus)
    found = len(answer.conflicts)
    if output is Format.csv:
        show.table_csv(pages_of_conflicts.COLUMNS, pages_of_conflicts.rows(answer))
    else:
        heading = f"{found} conflict{'s' * (found != 1)} of sources with each other or with a treaty's clause"
        print_pages(output, [(answer, heading, pages.dates(answer), pages_of_conflicts.sections(answer, names))])
    raise typer.Exit(0 if found else 1)


def _members(session: Session, groups: Sequence[str]) -> list[str]:
    """The States of groups on the day asked about."""
    named = [member(session.corpus, "Group", each) for each in groups]
    return [str(each.value(0)) for name in named for each in session.conclusions("belongs", group=name)]
