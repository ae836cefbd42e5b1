"""YAML read strictly: only texts, lists and mappings, no duplicate key, every node with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from treaty_engine.errors import Problem, Refused
from treaty_engine.source import Span

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, always a text: `NO` and `on` are words like any other."""

    text: str
    span: Span

    def at(self, offset: int) -> Span:
        """The place of the character at `offset`, where the text stands on one line."""
        return Span(self.span.path, self.span.line, self.span.column + offset)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping: its values and the places of its keys."""

    entries: dict[str, Node]
    keys: dict[str, Span]
    span: Span


Node = Text | Items | Entries


def text_of(path: Path, shown: str) -> str:
    """The text of a UTF-8 file; `shown` is its name in messages. Raises Refused when it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = path.read_bytes()[: wrong.start].count(b"\n") + 1
        problem = Problem("the file is not UTF-8 text", Span(shown, line), hint="save it with the encoding UTF-8")
    except IsADirectoryError:
        problem = Problem(f"`{shown}` is a folder, not a file", hint="name a file in it")
    except FileNotFoundError:
        problem = Problem(f"there is no file `{shown}`")
    except OSError as wrong:
        problem = Problem(f"`{shown}` cannot be read: {(wrong.strerror or str(wrong)).lower()}")
    raise Refused(problem)


def parse(text: str, shown: str) -> Node | None:
    """The one document of a YAML text, None when it is empty. Raises Refused."""
    problems: list[Problem] = []
    try:
        problems += _unwelcome(text, shown)
        root = None if problems else yaml.compose(text, Loader=_Loader)
        node = _node(root, shown, problems) if root else None
    except yaml.MarkedYAMLError as wrong:
        raise Refused(_syntax_problem(wrong, text, shown)) from None
    except (yaml.YAMLError, RecursionError) as wrong:
        raise Refused(Problem(f"this is not YAML: {str(wrong).splitlines()[0]}", Span(shown))) from None
    if problems:
        raise Refused(problems)
    return node


def _unwelcome(text: str, shown: str) -> Iterator[Problem]:
    """What YAML has and rules do without: names that make a few lines stand for a billion, and endless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark = event.start_mark
        span = Span(shown, mark.line + 1, mark.column + 1) if mark else Span(shown)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            yield Problem("lists and mappings are nested too deeply", span)
            return
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor or tag:
            word = "an alias" if isinstance(event, yaml.AliasEvent) else "an anchor" if anchor else "a tag"
            yield Problem(f"{word} is not read here", span, hint="write out what it stands for")


def _node(node: yaml.Node, shown: str, problems: list[Problem]) -> Node:
    mark = node.start_mark
    quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
    span = Span(shown, mark.line + 1, mark.column + 1 + quoted)
    if isinstance(node, yaml.ScalarNode):
        return Text(" ".join(node.value.split()) if node.style not in ("|", ">") else node.value.strip(), span)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(item, shown, problems) for item in node.value), span)
    return _entries(node, span, problems)


def _entries(node: yaml.Node, span: Span, problems: list[Problem]) -> Entries:
    entries: dict[str, Node] = {}
    keys: dict[str, Span] = {}
    for key, value in node.value:
        key_span = Span(span.path, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem("a key must be a plain word", key_span))
        elif key.value in entries:
            problems.append(Problem(f"duplicate key `{key.value}`", key_span, f"first given at {keys[key.value]}"))
        else:
            keys[key.value] = key_span
            entries[key.value] = _node(value, span.path, problems)
    return Entries(entries, keys, span)


def _syntax_problem(wrong: yaml.MarkedYAMLError, text: str, shown: str) -> Problem:
    mark = wrong.problem_mark or wrong.context_mark
    span = Span(shown, mark.line + 1, mark.column + 1) if mark else Span(shown)
    hint = 'a text that begins with `"`, or holds `: ` or ` #`, goes between single quotes'
    if mark and text[mark.index : mark.index + 1] == "\t":
        hint = "indent with spaces, not tabs"
    return Problem(f"this is not YAML: {wrong.problem or 'unreadable'}", span, hint=hint)


def files(folder: Path, suffix: str) -> Iterator[Path]:
    """Every file below `folder` with that suffix, in a fixed order; `folder` itself when it is a file."""
    return iter([folder]) if folder.is_file() else iter(sorted(folder.rglob(f"*{suffix}")))
