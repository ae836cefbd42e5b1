"""Reads rules: YAML in, the one form of a rule out, with every problem at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.gathering import Gathering
from treaty_engine.language.rules import Absence, Aggregate, Computation, Defeat, Every, Example, Literal, Rule
from treaty_engine.language.sentences import Token, skeleton, tokens
from treaty_engine.language.strict_yaml import Entries, Items, Node, Text, parse, text_of
from treaty_engine.language.terms import Atom, Hole, Predicate, Term, Variable
from treaty_engine.language.vocabulary import Brief, Sentence, Vocabulary, place
from treaty_engine.source import Span

_RULE = ("id", "title", "cite", "if", "unless", "then", "overrides", "examples", "never", "unverified")
_EXCEPTION = ("id", "title", "cite", "if")
_EXAMPLE = ("title", "as of", "until", "given", "ask", "expect")
_OVERRIDE = ("rule", "cite")
EXPECTED = ("yes", "no", "unknown", "conflict", "needs judgement")
_SHAPES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "no record that": (frozenset(), frozenset()),
    "count": (frozenset({"of", "one per"}), frozenset()),
    "sum": (frozenset({"of", "one per", "is"}), frozenset()),
    "number": (frozenset({"earliest", "of", "one per", "is"}), frozenset()),
    "earliest": (frozenset({"of", "is"}), frozenset({"one per"})),
    "latest": (frozenset({"of", "is"}), frozenset({"one per"})),
    "all": (frozenset({"of", "satisfy"}), frozenset()),
}


def read_rules(path: Path, shown: str, vocabulary: Vocabulary) -> list[Rule]:
    """The rules of a file; `shown` is its name in messages. Raises Refused with all that is wrong in it."""
    return rules_of(parse(text_of(path, shown), shown), shown, vocabulary)


def rules_of(root: Node | None, shown: str, vocabulary: Vocabulary) -> list[Rule]:
    """The rules of a YAML document. Raises Refused with all that is wrong in it."""
    if not isinstance(root, Items):
        span = root.span if root else Span(shown)
        raise Refused(Problem(f"`{shown}` holds no list of rules", span, hint="each rule begins with `- id:`"))
    reader = RuleReader(vocabulary)
    found = [reader.rule(item) for item in root.items]
    if reader.problems:
        raise Refused(reader.problems)
    return [rule for rule in found if rule is not None]


class RuleReader(Gathering):
    """Reads one rule after the other and gathers problems."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self._fresh = count(1)

    def rule(self, node: Node) -> Rule | None:
        """One rule, or None where it cannot be read."""
        if not isinstance(node, Entries):
            self._problem("a rule is a mapping that begins with `id:`", node.span)
            return None
        self._known_keys(node, _RULE)
        name, title, cite = (self._said(node, key) for key in ("id", "title", "cite"))
        body, head = self.body(node, "if"), self._conclusion(node)
        exceptions = tuple(filter(None, map(self._exception, self._items(node, "unless"))))
        overrides = tuple(filter(None, map(self._override, self._items(node, "overrides"))))
        examples = tuple(filter(None, map(self._example, self._items(node, "examples"))))
        unverified = self._said(node, "unverified", needed=False)
        never = self._never(node)
        if head is None:
            return None
        return Rule(name, title, cite, body, head, node.span, exceptions, overrides, examples, unverified, never)

    def _never(self, node: Entries) -> tuple[str, ...]:
        """The answers that no case of the rule can have; each is given with its reason."""
        listed = node.entries.get("never")
        if listed is None:
            return ()
        if not isinstance(listed, Entries):
            self._problem("`never` is a mapping from an answer to the reason why no case has it", listed.span)
            return ()
        self._known_keys(listed, EXPECTED)
        return tuple(answer for answer in listed.entries if self._said(listed, answer))

    def _conclusion(self, node: Entries) -> Atom | None:
        text = self._text(node, "then")
        head = self.sentence(text) if text else None
        if text is None or not isinstance(head, Atom):
            if text and head:
                self._problem("a rule cannot conclude a built-in sentence", text.span)
            return None
        if any("#" in name for name in head.variables()):
            self._problem("a conclusion says the whole sentence", text.span, hint=f"write `{head.predicate}`")
        return head

    def body(self, node: Entries, key: str) -> tuple[Literal, ...]:
        """The literals of a list of sentences and mappings."""
        items = self._items(node, key)
        if not items:
            self._problem(f"`{key}` names no condition", node.keys.get(key, node.span))
        return tuple(filter(None, map(self._literal, items)))

    def _literal(self, node: Node) -> Literal | None:
        if isinstance(node, Text):
            return self.sentence(node)
        if isinstance(node, Entries):
            return self._shaped(node)
        self._problem("a condition is a sentence or a mapping", node.span)
        return None

    def sentence(self, text: Text) -> Atom | Computation | None:
        """The atom or built-in sentence that a text says exactly, or None and a problem."""
        parts = self._parts(text)
        if parts is None:
            return None
        found = self.vocabulary.find(skeleton(parts))
        if found is None:
            self._unknown_sentence(text, parts)
            return None
        fillings = [part for part in parts if part.kind != "word"]
        terms = tuple(self._term(part, hole, text) for part, hole in zip(fillings, found.holes, strict=True))
        known = tuple(term for term in terms if term is not None)
        return self._said_with(found, known, text.span) if len(known) == len(terms) else None

    def _parts(self, text: Text) -> list[Token] | None:
        try:
            return list(tokens(text.text))
        except ValueError as wrong:
            self._problem(str(wrong), text.span)
            return None

    def _said_with(self, found: Sentence, terms: tuple[Term, ...], span: Span) -> Atom | Computation:
        if isinstance(found, Predicate):
            return Atom(found, terms, span)
        if isinstance(found, Brief):
            return Atom(found.predicate, found.whole(terms, self._anyone), span)
        return Computation(found, terms, span)

    def _anyone(self, name: str) -> Variable:
        return Variable(f"_{name.lstrip('_')}#{next(self._fresh)}")

    def _term(self, part: Token, hole: Hole, text: Text) -> Term | None:
        if part.kind == "hole":
            if part.type and part.type != hole.type:
                self._problem(f"`<{part.text}>` is a {hole.type} here, not a {part.type}", text.at(part.offset))
            return Variable(part.text)
        return self._value(hole.type, part.text, text.at(part.offset))

    def _value(self, type_name: str, text: str, span: Span) -> Term | None:
        types = self.vocabulary.types
        if type_name == "Any":
            guesses = [name for name in ("Date", "Number", "Duration") if _reads(types.value, name, text)]
            return types.value(guesses[0] if guesses else "Text", text)
        try:
            return types.value(type_name, text)
        except ValueError as wrong:
            self._problem(str(wrong), span, hint=types.hint(type_name, text))
            return None

    def _unknown_sentence(self, text: Text, parts: Sequence[Token]) -> None:
        near = self.vocabulary.nearest(skeleton(parts), 2)
        named = [
            f"`{each.sentence}` " + (f"({span.path}:{span.line})" if (span := place(each)) else "(built in)")
            for each in near
        ]
        hint = f"did you mean {' or '.join(named)}?" if near else "the sentences are in the vocabulary"
        self._problem(f"unknown sentence `{text.text}`", text.span, hint=hint)

    def _shaped(self, node: Entries) -> Literal | None:
        kind = next((key for key in _SHAPES if key in node.entries), None)
        if kind is None:
            hint = did_you_mean(next(iter(node.entries), ""), _SHAPES) or f"one of: {', '.join(_SHAPES)}"
            self._problem("a mapping that is no condition", node.span, hint=hint)
            return None
        needed, optional = _SHAPES[kind]
        self._known_keys(node, {kind} | needed | optional)
        for key in needed - set(node.entries):
            self._problem(f"`{kind}` needs `{key}`", node.span)
        if needed - set(node.entries):
            return None
        if kind == "no record that":
            return self._absence(node)
        if kind == "all":
            return Every(self.body(node, "of"), self.body(node, "satisfy"), self._names(node, "all"), node.span)
        return self._aggregate(kind, node)

    def _absence(self, node: Entries) -> Absence | None:
        text = self._text(node, "no record that")
        atom = self.sentence(text) if text else None
        if not isinstance(atom, Atom) or text is None:
            if isinstance(atom, Computation) and text:
                self._problem("a built-in sentence has no records", text.span, hint="say the opposite comparison")
            return None
        closing = self.vocabulary.closed_by.get(atom.predicate.sentence)
        if closing is None:
            note = "an absence proves something only where a source claims to be complete"
            hint = "give its sentence a `closed by` in the vocabulary, or write an exception under `unless`"
            self._problem(f"nothing says when the records of `{atom.predicate}` are complete", text.span, note, hint)
            return None
        return Absence(atom, self.coverage(closing, atom), node.span)

    def coverage(self, closing: Atom, atom: Atom) -> Atom:
        """The coverage that makes an absence of `atom` mean no."""
        holes = {hole.name: term for hole, term in zip(atom.predicate.holes, atom.terms, strict=True)}
        terms = (
            holes[term.name]
            if isinstance(term, Variable) and term.name in holes
            else self._anyone(term.name)
            if isinstance(term, Variable)
            else term
            for term in closing.terms
        )
        return Atom(closing.predicate, tuple(terms), atom.span)

    def _aggregate(self, kind: str, node: Entries) -> Aggregate | None:
        of = self.body(node, "of")
        per = self._names(node, "one per") if "one per" in node.entries else ()
        if kind == "count":
            result = self._lone(node, "count", "Number")
            return None if result is None else Aggregate(kind, result, of, per, span=node.span)
        ordered = self._lone(node, "earliest" if kind == "number" else kind, "Date")
        result = self._lone(node, "is", "Number" if kind == "sum" else "Date")
        number = self._lone(node, "number", "Number") if kind == "number" else 0
        if not isinstance(ordered, Variable) or result is None or number is None:
            if ordered is not None and not isinstance(ordered, Variable):
                self._problem(f"`{kind}` names a variable", node.span)
            return None
        return Aggregate(kind, result, of, per, ordered.name, number, node.span)

    def _lone(self, node: Entries, key: str, type_name: str) -> Term | None:
        text = self._text(node, key)
        parts = self._parts(text) if text else None
        if text is None or parts is None or len(parts) != 1:
            self._problem(f"`{key}` takes one `<variable>` or value", node.keys.get(key, node.span))
            return None
        return Variable(parts[0].text) if parts[0].kind == "hole" else self._value(type_name, parts[0].text, text.span)

    def _names(self, node: Entries, key: str) -> tuple[str, ...]:
        listed = node.entries[key]
        texts = listed.items if isinstance(listed, Items) else (listed,)
        names = []
        for text in texts:
            parts = self._parts(text) if isinstance(text, Text) else None
            if parts and len(parts) == 1 and parts[0].kind == "hole":
                names.append(parts[0].text)
            else:
                self._problem(f"`{key}` takes variables, such as `<date>`", text.span)
        return tuple(names)

    def _exception(self, node: Node) -> Defeat | None:
        if not isinstance(node, Entries):
            self._problem("an exception has an `id`, a `cite` and an `if`", node.span)
            return None
        self._known_keys(node, _EXCEPTION)
        title = self._said(node, "title", needed=False)
        return Defeat(self._said(node, "id"), title, self._said(node, "cite"), self.body(node, "if"), node.span)

    def _override(self, node: Node) -> tuple[str, str, Span] | None:
        if not isinstance(node, Entries):
            self._problem("`overrides` lists mappings with a `rule` and a `cite`", node.span)
            return None
        self._known_keys(node, _OVERRIDE)
        return self._said(node, "rule"), self._said(node, "cite"), node.span

    def _example(self, node: Node) -> Example | None:
        if not isinstance(node, Entries):
            self._problem("an example is a mapping", node.span)
            return None
        self._known_keys(node, _EXAMPLE)
        items = self._items(node, "given")
        given = tuple((item.text, item.span) for item in items if isinstance(item, Text))
        if len(given) < len(items):
            self._problem("each of `given` is a sentence", node.keys["given"])
        expect = self._said(node, "expect")
        if expect and expect not in EXPECTED:
            self._problem(f"`expect` is one of {', '.join(EXPECTED)}", node.keys["expect"])
        title, asks = self._said(node, "title", needed=False), self._said(node, "ask", needed=False)
        as_of, until = (self._said(node, key, needed=False) for key in ("as of", "until"))
        return Example(as_of, given, asks, expect, node.span, title, until)


def _reads(value: object, *arguments: str) -> bool:
    try:
        value(*arguments)  # type: ignore[operator]
    except ValueError:
        return False
    return True
