"""The verbs that ask: applies, gaps, force, why, why-not and ask."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from treaty_engine.cli.options import Asked, Format, Output, asking, member
from treaty_engine.errors import Problem, Refused
from treaty_engine.explain.status import CONFLICT, JUDGEMENT, NO, UNKNOWN, YES, Status
from treaty_engine.explain.whynot import Attempt, attempts
from treaty_engine.language.statements import statement
from treaty_engine.language.writing import sentence_of
from treaty_engine.program.world import brought
from treaty_engine.progress import counted
from treaty_engine.treaties.session import Session

if TYPE_CHECKING:
    from treaty_engine.cli.tables import Section
    from treaty_engine.treaties.contract import Answer

Page = tuple["Answer", str, list[str], "list[Section]"]
"""An answer, its heading, what is said below it, and its sections."""

EXIT = {YES: 0, NO: 1, UNKNOWN: 3, CONFLICT: 4, JUDGEMENT: 5}
State = Annotated[str, typer.Argument(metavar="STATE", help="A State by name, alias or ISO code.")]
Treaty = Annotated[str, typer.Argument(metavar="TREATY", help="A treaty by name, alias or number.")]
Sentence = Annotated[str, typer.Argument(metavar="SENTENCE", help="A sentence, such as 'Cambodia is a party to CRC'.")]


@asking
def applies(asked: Asked, state: State, output: Output = Format.text) -> None:
    """What binds a State on a day, since when and by which act; what it only signed; what is unknown; its duties."""
    from treaty_engine.cli import pages, pages_of_states
    from treaty_engine.treaties import answers
    from treaty_engine.treaties.status_of_states import SHEET, sheet

    corpus = asked.corpus()
    name, names = member(corpus, "State", state), pages.Names(corpus)
    found = [answers.applies(session, sheet(session, name)) for session in asked.sessions(corpus, SHEET)]
    heading = f"What applies to {names.say('State', name)}"
    print_pages(output, [(each, heading, pages.dates(each), pages_of_states.applies(each, names)) for each in found])


@asking
def gaps(
    asked: Asked,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help="Only these States.")] = None,
    group: Annotated[list[str] | None, typer.Option("--group", metavar="GROUP", help="The States of groups.")] = None,
    treaty: Annotated[list[str] | None, typer.Option("--treaty", metavar="TREATY", help="Only these treaties.")] = None,
    output: Output = Format.text,
) -> None:
    """What is missing, what kind of gap it is, since when, and the act that would close it."""
    from treaty_engine.cli import pages, pages_of_states
    from treaty_engine.treaties import answers
    from treaty_engine.treaties import status_of_states as states
    from treaty_engine.treaties.groups import groups_of, members

    corpus = asked.corpus()
    named = [member(corpus, "State", each) for each in state or ()]
    groups = [member(corpus, "Group", each) for each in group or ()]
    treaties = [member(corpus, "Treaty", each) for each in treaty or ()] or list(corpus.members("Treaty"))
    names = pages.Names(corpus)
    whose = [*(names("Group", each) for each in groups), *(names("State", each) for each in named)]
    heading = "Gaps: " + (", ".join(whose) or "all")
    printed: list[Page] = []
    for session in asked.sessions(corpus, states.GAPS):
        theirs = dict.fromkeys([*named, *members(session, groups)])
        scope = list(theirs) if named or groups else states.spoken_of(session)
        about = [*groups, *groups_of(session, named)] if named or groups else None
        answer = answers.gaps(session, states.gaps(session, scope, treaties, about))
        printed.append((answer, heading, pages.dates(answer), pages_of_states.gaps(answer, names)))
    print_pages(output, printed)


@asking
def force(asked: Asked, treaty: Treaty, output: Output = Format.text) -> None:
    """Whether a treaty is in force; if not, what its clause requires, what is missing, and the earliest day."""
    from treaty_engine.cli import pages
    from treaty_engine.treaties import answers
    from treaty_engine.treaties.entry_into_force import LABELS
    from treaty_engine.treaties.entry_into_force import force as in_force

    corpus = asked.corpus()
    name, names = member(corpus, "Treaty", treaty), pages.Names(corpus)
    found = [answers.force(session, in_force(session, name)) for session in asked.sessions(corpus, LABELS)]
    told = [(each, *pages.force(each, names)) for each in found]
    printed = [(each, lines[0], [*lines[1:], *pages.dates(each)], sections) for each, lines, sections in told]
    print_pages(output, printed)
    raise typer.Exit(EXIT[found[-1].status])


@asking
def why(
    asked: Asked,
    sentence: Sentence,
    every: Annotated[bool, typer.Option("--all", help="Every derivation, or every rule tried.")] = False,
    output: Output = Format.text,
) -> None:
    """The proof of a sentence, down to the cells of its sources; or why not."""
    _explained(sentence, asked, output, every)


@asking
def why_not(
    asked: Asked,
    sentence: Sentence,
    every: Annotated[bool, typer.Option("--all", help="Every rule tried, not only those that came nearest.")] = False,
    output: Output = Format.text,
) -> None:
    """How far the rules that could conclude a sentence got, what failed, and what would settle it."""
    _explained(sentence, asked, output, every)


@asking
def ask(
    asked: Asked,
    sentence: Annotated[
        str, typer.Argument(metavar="SENTENCE", help="With holes: '<state> is a party to CRC since <date>'.")
    ],
    proofs: Annotated[bool, typer.Option("--proofs", help="With the proof of each answer.")] = False,
    output: Output = Format.text,
) -> None:
    """Every way to fill the holes of a sentence."""
    from treaty_engine.cli import show
    from treaty_engine.treaties import answers

    session, answer = _asked(sentence, asked)
    if output is Format.json:
        from treaty_engine.treaties.shapes import as_json

        print(as_json(answers.ask(session, answer)))
    elif output is Format.csv:
        values = [answers.asked_values(answer.goal, session.conclusion(fact)) for fact in answer.found]
        columns = list(dict.fromkeys(name for row in values for name in row))
        show.table_csv(columns, [[str(row[name]) for name in columns] for row in values])
    else:
        shown = sorted(answer.found, key=session.narrator.names)
        found = [session.narrator.proof(session.prover.certain(fact)) for fact in shown]
        for line in found:
            show.trees([line if proofs else type(line)(line.text, line.mark)], as_markdown=output is Format.md)
        _closing(session, answer, () if answer.found else attempts(session.prover, answer.goal))
    raise typer.Exit(EXIT[answer.status])


def _asked(sentence: str, asked: Asked) -> tuple[Session, Status]:
    corpus = asked.corpus()
    goal = statement(corpus.vocabulary, sentence)
    session = asked.session(corpus, [goal.predicate.sentence], brought(corpus.vocabulary, goal))
    return session, session.status(goal)


def _explained(sentence: str, asked: Asked, output: Format, every: bool) -> None:
    from treaty_engine.cli import show
    from treaty_engine.treaties import answers

    if output is Format.csv:
        raise Refused(Problem("a proof is a tree, and no table", hint="--format text, md or json"))
    session, answer = _asked(sentence, asked)
    if output is Format.json:
        told = answers.why(session, answer, alternatives=every)
        from treaty_engine.treaties.shapes import as_json

        print(as_json(told))
        raise typer.Exit(EXIT[answer.status])
    as_markdown = output is Format.md
    for fact in answer.found:
        derivations = list(session.prover.alternatives(fact))
        for proof in derivations if every else derivations[:1]:
            show.trees([session.narrator.proof(proof)], as_markdown=as_markdown)
        if len(derivations) > 1 and not every:
            print(f"({len(derivations) - 1} more derivations: --all)")
    tried = () if answer.found else attempts(session.prover, answer.goal)
    show.trees(session.narrator.attempts(tried, every=every), as_markdown=as_markdown)
    _closing(session, answer, tried)
    raise typer.Exit(EXIT[answer.status])


def _closing(session: Session, answer: Status, tried: Sequence[Attempt]) -> None:
    """The verdict, what clashes, what to find out, and the dates."""
    from treaty_engine.cli.show import trees

    sentence = sentence_of(session.corpus.vocabulary, answer.goal, {})
    print(f"\n{answer.status.upper()} as of {session.as_of}: {sentence}")
    if answer.against:
        shown = [fact for fact in answer.against if fact not in answer.found]
        print("sources or rules disagree" if answer.found else "there can be but one, and it is another", end="")
        print(":" if shown else ", and nothing says which is right")
        trees([session.narrator.proof(session.prover.certain(fact)) for fact in shown])
    if answer.needs:
        trees(session.narrator.needs(answer.needs))
    known = session.known_up_to(session.prover.certain(fact) for fact in answer.found)
    if not answer.found:
        known = session.denied_up_to(tried)
    if known and known < session.as_of and answer.status in (YES, NO):
        print(f"known up to {known}; after that the last known status is presumed to continue")


def print_pages(output: Format, printed: Sequence[Page]) -> None:
    """Prints one answer, or those of several days one after the other; in JSON as a list."""
    from treaty_engine.cli.show import sections_csv, sections_markdown, sections_text

    if output is Format.json:
        from treaty_engine.treaties.shapes import as_json

        told = [as_json(answer) for answer, *_ in counted(printed, "Writing answers")]
        sys.stdout.write(told[0] + "\n" if len(told) == 1 else "[" + ",\n".join(told) + "]\n")
    elif output is Format.csv:
        sections_csv([(answer.as_of, section) for answer, _, _, sections in printed for section in sections])
    else:
        write = sections_markdown if output is Format.md else sections_text
        for place, (_, heading, lines, sections) in enumerate(printed):
            if place:
                print()
            write(heading, lines, sections)
