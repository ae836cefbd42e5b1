"""Reads a YAML file of claims; everything that is wrong in it is told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from treaty_engine.dates import day
from treaty_engine.errors import Problem, Refused, did_you_mean, gathered_in
from treaty_engine.language.gathering import Gathering
from treaty_engine.language.rules import Literal
from treaty_engine.language.strict_yaml import Entries, Items, Node, Text, parse, text_of
from treaty_engine.language.terms import Value
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.source import Span
from treaty_engine.treaties.claims import assertions as a
from treaty_engine.treaties.claims.conditions import Conditions, Wordings
from treaty_engine.treaties.claims.sums import compared

T = TypeVar("T")
VERDICTS = ("true", "false", "imprecise", "unknown")

_FILE = ("text", "on", "claims")
_CLAIM = (
    *("id", "text", "where", "on", "says", "in substance", "about", "unverified", "note"),
    *("expect", "expect by its own sources"),
)
_ITSELF = "the text itself"
_JOINED = {"not": "one assertion", "any": "a list of assertions", "figures": "a comparison of sums"}
_QUANTIFIED: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    a.ALL: (frozenset({"of", "satisfy"}), frozenset()),
    a.NONE: (frozenset({"of"}), frozenset({"satisfy"})),
    a.MOST: (frozenset({"of", "satisfy"}), frozenset()),
    a.COUNT: (frozenset({"of"}), frozenset({"satisfy", "is", "at least", "at most"})),
    a.ONLY: (frozenset({"among", "of"}), frozenset({"satisfy"})),
}
"""The keys that each quantified assertion has to have, and those that it may have."""


@dataclass(frozen=True, slots=True)
class Context:
    """What reading claims needs to know: the sentences, and the other ways to say them."""

    vocabulary: Vocabulary
    wordings: Wordings


def read_claims(path: Path, shown: str, context: Context) -> a.Claims:
    """The claims of a YAML file. Raises Refused with all that is wrong in it."""
    root = parse(text_of(path, shown), shown)
    if not isinstance(root, Entries) or "claims" not in root.entries:
        span = root.span if root else Span(shown)
        empty = "is empty" if root is None else "holds no claims"
        raise Refused(Problem(f"`{shown}` {empty}", span, hint="a file of claims has `claims:`, a list of mappings"))
    reader = ClaimReader(context)
    found = reader.file(root, shown)
    if reader.problems:
        raise Refused(reader.problems)
    return found


class ClaimReader(Gathering):
    """Reads one claim after the other and gathers problems."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._seen: dict[str, Span] = {}

    def file(self, root: Entries, shown: str) -> a.Claims:
        """Every claim of a file."""
        self._known_keys(root, _FILE)
        listed = self._items(root, "claims")
        if not listed:
            self._problem("`claims` lists nothing", root.keys["claims"], hint="each claim begins with `- id:`")
        claims = tuple(claim for item in listed if (claim := self._claim(item)))
        return a.Claims(shown, claims, self._said(root, "text", needed=False), self._day(root))

    def _claim(self, node: Node) -> a.Claim | None:
        if not isinstance(node, Entries):
            self._problem("a claim is a mapping that begins with `id:`", node.span)
            return None
        self._known_keys(node, _CLAIM)
        name, text = self._said(node, "id"), self._said(node, "text")
        if name in self._seen:
            self._problem(f"duplicate claim `{name}`", node.keys["id"], f"first given at {self._seen[name]}")
        self._seen[name] = node.keys.get("id", node.span)
        doubt = self._said(node, "unverified", needed=False)
        if "says" not in node.entries and not doubt:
            self._problem("`says` is missing", node.span, hint="or say under `unverified` why nothing can tell")
        return a.Claim(
            name,
            text,
            self._said(node, "where"),
            self.assertion(node.entries["says"], {}) if "says" in node.entries else None,
            node.span,
            None,
            self._day(node),
            self.assertion(node.entries["in substance"], {}) if "in substance" in node.entries else None,
            self._one_of(node, "about", (_ITSELF,)) == _ITSELF,
            doubt,
            self._said(node, "note", needed=False),
            self._one_of(node, "expect", VERDICTS),
            self._one_of(node, "expect by its own sources", VERDICTS),
        )

    def _one_of(self, node: Entries, key: str, known: tuple[str, ...]) -> str:
        found = self._said(node, key, needed=False)
        if found and found not in known:
            hint = did_you_mean(found, known)
            self._problem(f"`{key}` is {' or '.join(f'`{each}`' for each in known)}", node.entries[key].span, hint=hint)
        return found

    def _day(self, node: Entries) -> str:
        found = self._said(node, "on", needed=False)
        if found:
            try:
                day(found)
            except ValueError as wrong:
                self._problem(str(wrong), node.entries["on"].span)
        return found

    def assertion(self, node: Node, types: dict[str, str]) -> a.Assertion | None:
        """What a node says; None where it cannot be read."""
        if isinstance(node, Text):
            return self._sentence(node, types)
        if isinstance(node, Items):
            return a.Joined(self._parts(node.items, types))
        key = next((each for each in (*_JOINED, *_QUANTIFIED) if each in node.entries), None)
        if key is None:
            known = (*_JOINED, *_QUANTIFIED)
            hint = did_you_mean(next(iter(node.entries), ""), known) or f"one of: {', '.join(known)}"
            self._problem("a mapping that is no assertion", node.span, hint=hint)
            return None
        if key in _QUANTIFIED:
            return self._quantified(key, node)
        self._known_keys(node, (key,))
        if key == "not":
            inner = self._denied(node.entries[key], types)
            return a.Negated(inner) if inner else None
        if key == "any":
            return a.Either(self._parts(self._items(node, key), types))
        text = self._text(node, key)
        return self._tried(lambda: compared(self.context.vocabulary, text.text, text.span)) if text else None

    def _denied(self, node: Node, types: dict[str, str]) -> a.Assertion | None:
        plain, self.context = self.context, Context(self.context.vocabulary, self.context.wordings.denying())
        try:
            return self.assertion(node, types)
        finally:
            self.context = plain

    def _parts(self, items: tuple[Node, ...], types: dict[str, str]) -> tuple[a.Assertion, ...]:
        return tuple(part for item in items if (part := self.assertion(item, types)))

    def _sentence(self, text: Text, types: dict[str, str]) -> a.Said | None:
        conditions = Conditions(self.context.vocabulary, self.context.wordings, types)
        return self._tried(lambda: conditions.said(text.text, text.span))

    def _tried(self, reading: Callable[[], T]) -> T | None:
        with gathered_in(self.problems):
            return reading()
        return None

    def _quantified(self, kind: str, node: Entries) -> a.Quantified | None:
        needed, optional = _QUANTIFIED[kind]
        self._known_keys(node, {kind} | needed | optional)
        for key in sorted(needed - set(node.entries)):
            self._problem(f"`{kind}` needs `{key}`", node.span)
        if needed - set(node.entries):
            return None
        wordings = self.context.wordings.denying() if kind in a.DENYING else self.context.wordings
        conditions = Conditions(self.context.vocabulary, wordings)
        of, also = self._conditions(node, "of", conditions), self._conditions(node, "satisfy", conditions)
        per = self._variables(node, "among" if kind == a.ONLY else kind, conditions)
        least, most = self._bounds(node) if kind == a.COUNT else (0, None)
        names = self._names(node, conditions.types.get(per[0], "")) if kind == a.ONLY and per else ()
        words = " and ".join(each.text for key in ("of", "satisfy") for each in self._texts(node, key))
        types = tuple((name, conditions.types.get(name, "Text")) for name in per)
        return a.Quantified(words, kind, per, of, also, names, least, most, types)

    def _texts(self, node: Entries, key: str) -> list[Text]:
        return [item for item in self._items(node, key) if isinstance(item, Text)]

    def _conditions(self, node: Entries, key: str, conditions: Conditions) -> tuple[Literal, ...]:
        found: list[Literal] = []
        for item in self._items(node, key):
            if isinstance(item, Text):
                read = self._tried(lambda item=item: conditions.literals(item.text, item.span))  # type: ignore[misc]
                found += read or ()
            else:
                self._problem("a condition here is a sentence", item.span, hint="join assertions in a list outside")
        return tuple(found)

    def _variables(self, node: Entries, key: str, conditions: Conditions) -> tuple[str, ...]:
        names: list[str] = []
        for item in self._items(node, key):
            name = item.text[1:-1] if isinstance(item, Text) and item.text[:1] + item.text[-1:] == "<>" else ""
            if name and name in conditions.types:
                names.append(name)
            elif name and not self.problems:
                self._problem(f"no condition mentions `<{name}>`", item.span)
            elif not name:
                self._problem(f"`{key}` takes variables of its conditions, such as `<state>`", item.span)
        return tuple(names)

    def _names(self, node: Entries, type_name: str) -> tuple[Value, ...]:
        found: list[Value] = []
        for item in self._items(node, a.ONLY):
            try:
                if not isinstance(item, Text):
                    raise ValueError("`only` lists names")
                found.append(self.context.vocabulary.types.value(type_name, item.text))
            except ValueError as wrong:
                hint = self.context.vocabulary.types.hint(type_name, item.text) if isinstance(item, Text) else ""
                self._problem(str(wrong), item.span, hint=hint)
        return tuple(found)

    def _bounds(self, node: Entries) -> tuple[int, int | None]:
        numbers: dict[str, int] = {}
        for key in ("is", "at least", "at most"):
            text = self._said(node, key, needed=False)
            if text.isascii() and text.isdigit():
                numbers[key] = int(text)
            elif text:
                self._problem(f"`{text}` is not a whole number", node.entries[key].span)
        if not {"is", "at least", "at most"} & set(node.entries):
            self._problem("`count` needs a number", node.span, hint="one of: is, at least, at most")
        if "is" in numbers:
            return numbers["is"], numbers["is"]
        return numbers.get("at least", 0), numbers.get("at most")
