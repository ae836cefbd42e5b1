"""The options that verbs share, and the question that they make."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from treaty_engine.dates import day, days
from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.terms import Fact
from treaty_engine.progress import counted
from treaty_engine.treaties.corpus import Corpus, Question
from treaty_engine.treaties.kept import kept
from treaty_engine.treaties.places import packaged
from treaty_engine.treaties.session import Session, session, sessions


class Format(StrEnum):
    """How an answer is written."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"


class Engine(StrEnum):
    """Which engine evaluates the rules."""

    auto = "auto"
    naive = "naive"
    durable = "durable"
    compiled = "compiled"
    relational = "relational"


On = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DATE",
        help="The day asked about, or a range of days with a step: 2000-01-01..2008-01-01/6-months.",
        show_default="today",
    ),
]
KnownBy = Annotated[str, typer.Option("--known-by", metavar="DATE", help="Ignore sources that became known later.")]
Sources = Annotated[
    list[str],
    typer.Option("--sources", metavar="NAME", help="Only the records of these sources, or collections of them."),
]
Until = Annotated[
    str, typer.Option("--until", metavar="DATE", help="How far ahead to look; the day asked about unless given.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Unknown, rather than presumed, where sources end before the day.")
]
Output = Annotated[Format, typer.Option("--format", help="How the answer is written.")]
Rules = Annotated[list[Path], typer.Option("--rules", metavar="DIR", help="Rules to add to the packaged ones.")]
Facts = Annotated[list[Path], typer.Option("--facts", metavar="DIR", help="Facts to add to the packaged ones.")]
OnlyThese = Annotated[bool, typer.Option("--only-these", help="Only the folders named, not the packaged ones.")]
WhichEngine = Annotated[Engine, typer.Option("--engine", help="Which engine evaluates the rules.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", help="Say how many facts there are, and which engine evaluated them.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything the shared options say."""

    on: str
    known_by: str
    sources: Sequence[str]
    strict: bool
    until: str
    rules: Sequence[Path]
    facts: Sequence[Path]
    only_these: bool
    engine: Engine
    verbose: bool

    def corpus(self) -> Corpus:
        """The rules and facts that the options name, as they were read last if nothing changed. Raises Refused."""
        return kept(*self.folders())

    def rulebook(self) -> Corpus:
        """The rules and facts that the options name, examples included. Raises Refused."""
        from treaty_engine.treaties.loading import load  # the readers, which a corpus that was kept does without

        return load(*self.folders())

    def folders(self) -> tuple[list[Path], list[Path]]:
        """The folders of rules and of facts, the packaged ones first. Raises Refused at one that is missing."""
        for folder in (*self.rules, *self.facts):
            if not folder.is_dir():
                there = "is a file, not a folder" if folder.exists() else "does not exist"
                raise Refused(Problem(f"`{folder}` {there}", hint="name a folder of rules or facts"))
        rules, facts = [packaged("rules"), *self.rules], [packaged("facts"), *self.facts]
        if self.only_these:
            rules, facts = list(self.rules) or rules[:1], list(self.facts) or facts[:1]
        return rules, facts

    def days(self) -> list[date]:
        """The days asked about. Raises Refused."""
        if not self.on:
            return [date.today()]
        try:
            found = days(self.on)
        except (ValueError, OverflowError) as wrong:
            raise Refused(Problem(f"--on: {wrong}")) from None
        if self.strict and len(found) > 1:
            raise Refused(Problem("--strict takes one day", hint="ask each day by itself"))
        return found

    def question(self) -> Question:
        """The question that the options make, of the one day asked about. Raises Refused."""
        as_of, *others = self.days()
        if others:
            raise Refused(Problem("--on takes one day here", hint="applies, gaps and force take a range of days"))
        return self._question(as_of)

    def session(
        self, corpus: Corpus, predicates: Iterable[str] | None = None, about: Iterable[Fact] = ()
    ) -> Session:
        """The model for the question, which may be about some facts of its own. Raises Refused."""
        question = replace(self.question(), about=tuple(about))
        return self._told(session(corpus, question, self.engine.value, predicates))

    def sessions(self, corpus: Corpus, labels: Iterable[str]) -> Iterable[Session]:
        """The models for all days asked about, of what sentences with these labels rest on, in turn. Raises Refused."""
        asked = self.days()
        question = self._question(asked[0])
        found = sessions(corpus, question, asked, self.engine.value, corpus.sentences(*labels))
        self._told(found[0])
        return counted(found, "Explaining each day")

    def _told(self, found: Session) -> Session:
        if self.verbose:
            sys.stderr.write(f"{len(found.world.facts)} facts, evaluated by the {found.engine} engine\n")
        return found

    def _question(self, as_of: date) -> Question:
        known_by = day_of("--known-by", self.known_by) if self.known_by else None
        until = day_of("--until", self.until) if self.until else None
        if until is not None and until < as_of:
            raise Refused(Problem(f"--until {until} is before {as_of}, the day asked about", hint="look ahead of it"))
        return Question(as_of, known_by, tuple(self.sources), self.strict, until)


def asking(verb: Callable[..., None]) -> Callable[..., None]:
    """A command out of a function whose first argument is what the shared options say."""
    own = list(inspect.signature(verb, eval_str=True).parameters.values())[1:]
    shared = [
        inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS[field.name], annotation=shape)
        for field, shape in zip(fields(Asked), _SHARED, strict=True)
    ]

    @wraps(verb)
    def command(**given: Any) -> None:
        asked = Asked(**{parameter.name: given.pop(parameter.name) for parameter in shared})
        verb(asked, **given)

    command.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in (*own, *shared)}
    return command


_FEW = 20
"""So many names are listed where none is like the one that is not known."""

_SHARED = (On, KnownBy, Sources, Strict, Until, Rules, Facts, OnlyThese, WhichEngine, Verbose)
_DEFAULTS: Mapping[str, Any] = {
    "on": "",
    "known_by": "",
    "sources": [],
    "strict": False,
    "until": "",
    "rules": [],
    "facts": [],
    "only_these": False,
    "engine": Engine.auto,
    "verbose": False,
}


def member(corpus: Corpus, type_name: str, name: str) -> str:
    """The identifier of the member of a registry that goes by a name. Raises Refused with the nearest names."""
    registry = corpus.vocabulary.types.registries[type_name]
    found = registry.find(name)
    if found is None:
        others = [other for other, known in corpus.vocabulary.types.registries.items() if known.find(name)]
        near = did_you_mean(name, registry.names())
        few = f"there are {', '.join(sorted(registry.members))}" if len(registry.members) <= _FEW else ""
        hint = f"`{name}` is a {others[0]}, not a {type_name}" if others else near or few
        raise Refused(Problem(f"unknown {type_name} `{name}`", hint=hint))
    return found


def day_of(option: str, text: str) -> date:
    """The day that an option names. Raises Refused."""
    try:
        return day(text)
    except ValueError as wrong:
        raise Refused(Problem(f"{option}: {wrong}")) from None
