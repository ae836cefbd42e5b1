"""Reading the keys of a mapping, with every problem gathered instead of raised."""

from __future__ import annotations

from collections.abc import Iterable

from treaty_engine.errors import Problem, did_you_mean
from treaty_engine.language.strict_yaml import Entries, Items, Node, Text
from treaty_engine.source import Span


class Gathering:
    """A reader of mappings that remembers what is wrong in them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def _items(self, node: Entries, key: str) -> tuple[Node, ...]:
        listed = node.entries.get(key)
        if listed is None:
            return ()
        return listed.items if isinstance(listed, Items) else (listed,)

    def _text(self, node: Entries, key: str) -> Text | None:
        found = node.entries.get(key)
        if isinstance(found, Text) and found.text:
            return found
        self._problem(f"`{key}` is missing" if found is None else f"`{key}` is a text", node.keys.get(key, node.span))
        return None

    def _said(self, node: Entries, key: str, *, needed: bool = True) -> str:
        found = self._text(node, key) if needed or key in node.entries else None
        return found.text if found else ""

    def _known_keys(self, node: Entries, known: Iterable[str]) -> None:
        for key, span in node.keys.items():
            if key not in known:
                self._problem(f"unknown key `{key}`", span, hint=did_you_mean(key, known))

    def _problem(self, message: str, span: Span, note: str = "", hint: str = "") -> None:
        self.problems.append(Problem(message, span, note, hint))
