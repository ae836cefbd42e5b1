"""The verb that holds texts against the facts: claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from treaty_engine.cli.options import Asked, Format, Output, asking
from treaty_engine.cli.verbs import EXIT, print_pages

File = Annotated[Path, typer.Argument(metavar="FILE", help="Claims in YAML, or a Markdown text with claims marked.")]


@asking
def claims(
    asked: Asked,
    file: File,
    proofs: Annotated[bool, typer.Option("--proofs", help="With the proof of each claim, or why not.")] = False,
    output: Output = Format.text,
) -> None:
    """What a text claims, one by one: true, false, imprecise or unknown, with why and what would be right to say."""
    from treaty_engine.cli import pages, pages_of_texts, show
    from treaty_engine.treaties.claims.files import claims_of
    from treaty_engine.treaties.claims.told import claims as told
    from treaty_engine.treaties.claims.trial import Trial

    corpus = asked.corpus()
    trial = Trial(corpus, claims_of(corpus, file), asked.question(), asked.engine.value, bool(asked.on))
    answer = told(trial)
    heading, lines = f"Claims of {answer.file}", [*pages_of_texts.summary(answer), *pages.dates(answer)]
    if output is Format.text:
        show.sections_text(heading, lines, [])
        show.trees(pages_of_texts.lines(answer))
    else:
        print_pages(output, [(answer, heading, lines, pages_of_texts.claims(answer))])
    if proofs and output in (Format.text, Format.md):
        show.trees(pages_of_texts.proofs(trial.verdicts()), as_markdown=output is Format.md)
    raise typer.Exit(EXIT[answer.status])
