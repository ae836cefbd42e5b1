"""The verbs as commands, and every error as one clear message with exit status 2."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence

import typer

from treaty_engine.cli import calendar, comparing, corridors, importing, rulebook, texts, verbs
from treaty_engine.errors import Problem, Refused, TreatyEngineError
from treaty_engine.terminal import bars

app = typer.Typer(
    name="treaty-engine",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which treaties bind a State on a day, since when, by which act and clause: derived, with proofs.",
    epilog="Exit status: 0 yes, 1 no, 2 an error, 3 unknown, 4 sources in conflict, 5 needs judgement.",
)
app.command()(verbs.applies)
app.command()(verbs.gaps)
app.command()(verbs.force)
app.command()(calendar.calendar)
app.command()(verbs.why)
app.command("why-not")(verbs.why_not)
app.command()(verbs.ask)
app.command()(texts.claims)
app.command()(corridors.corridor)
app.command()(comparing.conflicts)
app.command()(rulebook.check)
app.command()(rulebook.schema)
app.add_typer(importing.app, name="import", help="Official tables become facts; the rest is listed.")
app.add_typer(rulebook.app, name="rules", help="The rule base: its rules in English, its graph, its examples.")


_CANNOT_WRITE = (errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT)


def run() -> None:
    """Runs the command that the words of the command line say."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us, as by `2>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  it stays open
    gc.set_threshold(100_000, 50, 100)  # facts and rules stay for as long as the process does
    if sys.stdout is sys.__stdout__ and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` is no answer: the status 1 would say *no*
    try:
        with bars():
            _refuse_empty(sys.argv[1:])
            app(prog_name="treaty-engine")
    except TreatyEngineError as wrong:
        sys.stderr.write(f"{wrong}\n")
        raise SystemExit(2) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None
    except OSError as wrong:
        if wrong.errno not in _CANNOT_WRITE:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left cannot be written either
        sys.stderr.write(f"the answer could not be written: {wrong.strerror}\n")
        raise SystemExit(2) from None


def _refuse_empty(words: Sequence[str]) -> None:
    """Raises Refused at a word that is empty: it would be taken for no word at all, or for the folder one is in."""
    for before, word in zip(("treaty-engine", *words), words, strict=False):
        name, given, value = word.partition("=") if word.startswith("--") else (before, "=", word)
        if given and not value.strip():
            hint = "a variable of the shell may not be set"
            raise Refused(Problem(f"an empty word stands after `{name}`", hint=hint))
