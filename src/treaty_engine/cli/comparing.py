"""The verb that holds sources against each other: conflicts."""

from __future__ import annotations

from typing import Annotated

import typer

from treaty_engine.cli.options import Asked, Format, Output, asking, member
from treaty_engine.cli.verbs import print_pages

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
    from treaty_engine.treaties.groups import members

    corpus = asked.corpus()
    states = [member(corpus, "State", each) for each in state or ()]
    groups = [member(corpus, "Group", each) for each in group or ()]
    treaties = frozenset(member(corpus, "Treaty", each) for each in treaty or ())
    one, other = (corpus.admitted(named) if named else frozenset() for named in (source, beside))
    session = asked.session(corpus, corpus.sentences(*comparing.LABELS))
    whose = frozenset([*states, *members(session, groups)]) if states or groups else None
    scope = comparing.Scope(one, other, whose, treaties)
    answer = conflicts_told.conflicts(session, comparing.conflicts(session, scope))
    names = pages.Names(corpus)
    found = len(answer.conflicts)
    if output is Format.csv:
        show.table_csv(pages_of_conflicts.COLUMNS, pages_of_conflicts.rows(answer))
    else:
        heading = f"{found} conflict{'s' * (found != 1)} of sources with each other or with a treaty's clause"
        print_pages(output, [(answer, heading, pages.dates(answer), pages_of_conflicts.sections(answer, names))])
    raise typer.Exit(0 if found else 1)
