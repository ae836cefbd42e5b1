"""Types, and registries: who the members of a type are, by identifier and by every name they go by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from treaty_engine.dates import bounds, day, delay
from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.terms import Value
from treaty_engine.source import Origin, Span

BUILT_IN = ("Date", "Period", "Duration", "Number", "Text")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a registry. `extra` holds the further columns of its row, as text.

    Its `article` is the word that stands before its name in a sentence, where the language wants one.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = field(default=Origin("", "", Span("")))
    article: str = ""

    @property
    def in_sentence(self) -> str:
        """The name as a sentence has it."""
        return f"{self.article} {self.name}".strip()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it goes by, with its article and without."""
        bare = (self.id, self.name, *self.aliases)
        return (*bare, *(f"{self.article} {name}" for name in bare)) if self.article else bare


@dataclass(frozen=True, slots=True)
class Type:
    """A type of value: built in, an enumeration (closed), or a registry whose members are facts."""

    name: str
    members: tuple[str, ...] = ()
    registry: bool = False
    examples: tuple[str, ...] = ()


class Registry:
    """The members of one type, found by identifier, name or alias, whatever the case of the letters."""

    def __init__(self, type_name: str, members: Iterable[Member]) -> None:
        """Raises Refused, with every clash, when two members answer to one name."""
        self.type = type_name
        self.members: dict[str, Member] = {}
        self._by_name: dict[str, str] = {}
        problems = [problem for member in members if (problem := self._added(member))]
        if problems:
            raise Refused(problems)

    def _added(self, member: Member) -> Problem | None:
        if member.id in self.members:
            other = self.members[member.id].origin.span
            return Problem(f"duplicate {self.type} `{member.id}`", member.origin.span, f"first defined at {other}")
        self.members[member.id] = member
        for name in member.names:
            owner = self._by_name.setdefault(name.casefold(), member.id)
            if owner != member.id:
                return Problem(f"`{name}` already names {self.type} `{owner}`", member.origin.span)
        return None

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members.values())

    def find(self, name: str) -> str | None:
        """The identifier of the member that goes by `name`, or by one that differs in spacing and marks; or None."""
        exact = self._by_name.get(" ".join(name.split()).casefold())
        return exact or self._by_letters.get(_letters(name)) or None

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        """Members by the letters and numbers of their names; empty where two have the same."""
        found: dict[str, str] = {}
        for name, owner in self._by_name.items():
            if found.setdefault(_letters(name), owner) != owner:
                found[_letters(name)] = ""
        return found

    def names(self) -> list[str]:
        """Every name that a member goes by."""
        return [name for member in self.members.values() for name in member.names]


def _letters(name: str) -> str:
    """A name by its letters and numbers: without accents, spaces, marks and leading zeros."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    apart = re.sub(r"(?<=\d)[\W_]+(?=\d)", "-", plain)  # 1-1 is not 11
    kept = re.sub(r"[^\w-]|_|(?<!\d)-|-(?!\d)", "", apart)
    return re.sub(r"(?<!\d)0+(?=\d)", "", kept)


class Types:
    """Every type of a vocabulary with its registries: reads values from text and prints them."""

    def __init__(self, types: Iterable[Type] = (), registries: Iterable[Registry] = ()) -> None:
        self.types = {name: Type(name) for name in BUILT_IN} | {each.name: each for each in types}
        given = {registry.type: registry for registry in registries}
        of_members = [each for each in self.types.values() if each.registry]
        self.registries = {each.name: given.get(each.name) or Registry(each.name, ()) for each in of_members}
        self._examples = {
            each.name: Registry(each.name, [Member(name, name) for name in each.examples]) for each in of_members
        }

    def value(self, type_name: str, text: str, *, examples: bool = False) -> Value:
        """The value of that type that `text` writes.

        With `examples`, the invented members that examples speak of are known too. Raises ValueError, with
        what is wrong in words, when there is none.
        """
        known = self.types[type_name]
        if known.registry:
            found = self._examples[type_name].find(text) if examples else None
            found = found or self.registries[type_name].find(text)
            if found is None:
                raise ValueError(f"unknown {type_name} `{text}`")
            return found
        if known.members:
            if text not in known.members:
                raise ValueError(f"`{text}` is no {type_name}")
            return text
        return _built_in_value(type_name, text)

    def hint(self, type_name: str, text: str) -> str:
        """What the writer of an unknown `text` may have meant."""
        known = self.types[type_name]
        if known.registry:
            return did_you_mean(text, self.registries[type_name].names())
        if known.members:
            return did_you_mean(text, known.members) or f"{type_name} is one of: {', '.join(known.members)}"
        return ""

    def show(self, type_name: str, value: Value) -> str:
        """How a value of that type is printed in a table or a list."""
        member = self._member(type_name, value)
        return member.name if member else written(value)

    def say(self, type_name: str, value: Value) -> str:
        """How a value of that type is printed in a sentence."""
        member = self._member(type_name, value)
        return member.in_sentence if member else written(value)

    def beside(self, type_name: str, value: Value, text: str) -> str:
        """A text that stands beside the name of a member, without that name at its beginning."""
        member = self._member(type_name, value)
        named = next((name for name in member.names if text.startswith(f"{name}, ")), "") if member else ""
        return text.removeprefix(f"{named}, ")

    def _member(self, type_name: str, value: Value) -> Member | None:
        registry = self.registries.get(type_name)
        return registry.members.get(value) if registry and isinstance(value, str) else None


def _built_in_value(type_name: str, text: str) -> Value:
    if type_name == "Date":
        return day(text)
    if type_name == "Duration":
        return delay(text)
    if type_name == "Number":
        if not (text.isascii() and text.lstrip("-").isdigit()):
            raise ValueError(f"`{text}` is not a whole number")
        return int(text)
    if type_name == "Period":
        bounds(text)
    return text


def written(value: Value) -> str:
    """A value as the rule language and the JSON write it."""
    return value.isoformat() if isinstance(value, date) else str(value)
