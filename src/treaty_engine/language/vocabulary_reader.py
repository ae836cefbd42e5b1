"""Reads `vocabulary.yaml`: types and sentences, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.registry import BUILT_IN, Registry, Type, Types
from treaty_engine.language.sentences import Skeleton, Token, skeleton, tokens
from treaty_engine.language.strict_yaml import Entries, Items, Node, Text, parse, text_of
from treaty_engine.language.terms import Atom, Hole, Predicate, Variable
from treaty_engine.language.vocabulary import Brief, Sentence, Vocabulary, place
from treaty_engine.progress import counted

KINDS = ("given", "derived", "either", "asked", "judgement")
ASKED = ("as of", "horizon", "about")
_TYPE_KEYS = ("type", "registry", "members", "examples")
_SENTENCE_KEYS = (
    "sentence",
    "kind",
    "when",
    "only one",
    "more where",
    "closed by",
    "settled by",
    "contradicts",
    "briefly",
    "asked",
    "label",
    "show beside",
    "missing",
)


def read_vocabulary(path: Path, shown: str, registries: Iterable[Registry] = ()) -> Vocabulary:
    """The vocabulary that a file defines; `shown` is its name in messages. Raises Refused."""
    return read_vocabularies([(path, shown)], registries)


def read_vocabularies(files: Sequence[tuple[Path, str]], registries: Iterable[Registry] = ()) -> Vocabulary:
    """The vocabulary that files define together, each with its name in messages. Raises Refused."""
    read = counted(files, "Reading vocabularies")
    return vocabularies_of([(parse(text_of(path, shown), shown), shown) for path, shown in read], registries)


def vocabulary_of(root: Node | None, shown: str, registries: Iterable[Registry] = ()) -> Vocabulary:
    """The vocabulary that a YAML document defines. Raises Refused with all that is wrong in it."""
    return vocabularies_of([(root, shown)], registries)


def vocabularies_of(documents: Sequence[tuple[Node | None, str]], registries: Iterable[Registry] = ()) -> Vocabulary:
    """The vocabulary that YAML documents define together. Raises Refused with all that is wrong in them."""
    reader = _Reader()
    roots = []
    for root, shown in documents:
        if not isinstance(root, Entries):
            raise Refused(Problem(f"`{shown}` holds no vocabulary", hint="it begins with `types:` and `sentences:`"))
        reader.unknown_keys(root, ("types", "sentences"))
        roots.append(root)
    types = Types([each for root in roots for each in reader.types(root)], registries)
    entries = [each for root in roots for each in reader.mappings(root, "sentences")]
    predicates = reader.predicates(entries, types)
    vocabulary = reader.vocabulary(entries, predicates, types)
    if reader.problems:
        raise Refused(reader.problems)
    return vocabulary


class _Reader:
    """Gathers problems while it reads."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def mappings(self, root: Entries, key: str) -> Iterator[Entries]:
        listed = root.entries.get(key)
        if listed is not None and not isinstance(listed, Items):
            self.problems.append(Problem(f"`{key}` is a list", listed.span))
        for item in listed.items if isinstance(listed, Items) else ():
            if isinstance(item, Entries):
                yield item
            else:
                self.problems.append(Problem(f"each of `{key}` is a mapping", item.span))

    def unknown_keys(self, entry: Entries, known: Iterable[str]) -> None:
        for key, span in entry.keys.items():
            if key not in known:
                self.problems.append(Problem(f"unknown key `{key}`", span, hint=did_you_mean(key, known)))

    def text(self, entry: Entries, key: str) -> Text | None:
        node = entry.entries.get(key)
        if node is not None and not isinstance(node, Text):
            self.problems.append(Problem(f"`{key}` is a text", node.span))
            return None
        return node

    def texts(self, entry: Entries, key: str) -> list[Text]:
        node = entry.entries.get(key)
        items = node.items if isinstance(node, Items) else [node] if node is not None else []
        self.problems += [Problem(f"each of `{key}` is a text", i.span) for i in items if not isinstance(i, Text)]
        return [item for item in items if isinstance(item, Text)]

    def parts(self, text: Text) -> list[Token]:
        try:
            found = list(tokens(text.text))
        except ValueError as wrong:
            self.problems.append(Problem(str(wrong), text.span))
            return []
        if not found:
            self.problems.append(Problem("a sentence is missing", text.span))
        return found

    def types(self, root: Entries) -> list[Type]:
        found: dict[str, Type] = {}
        for entry in self.mappings(root, "types"):
            self.unknown_keys(entry, _TYPE_KEYS)
            name = self.text(entry, "type")
            if name is None or name.text in found or name.text in BUILT_IN:
                self.problems.append(Problem("each type has a name of its own", entry.span))
                continue
            members = tuple(each.text for each in self.texts(entry, "members"))
            examples = tuple(each.text for each in self.texts(entry, "examples"))
            registry = self.text(entry, "registry")
            if bool(members) == (registry is not None and registry.text == "yes"):
                self.problems.append(Problem("a type lists its `members`, or says `registry: yes`", entry.span))
            found[name.text] = Type(name.text, members, registry is not None, examples)
        return list(found.values())

    def predicates(self, entries: list[Entries], types: Types) -> dict[str, Predicate]:
        found: dict[str, Predicate] = {}
        for entry in entries:
            self.unknown_keys(entry, _SENTENCE_KEYS)
            predicate = self.predicate(entry, types)
            if predicate is None:
                continue
            twin = found.setdefault(predicate.sentence, predicate)
            if twin is not predicate:
                self.problems.append(_twins(twin, predicate))
        return found

    def predicate(self, entry: Entries, types: Types) -> Predicate | None:
        text, kind = self.text(entry, "sentence"), self.text(entry, "kind")
        if text is None:
            self.problems.append(Problem("a sentence is missing", entry.span))
            return None
        if kind is None or kind.text not in KINDS:
            self.problems.append(Problem(f"`kind` is one of {', '.join(KINDS)}", (kind or text).span))
            return None
        parts = self.parts(text)
        if not parts:
            return None
        holes = tuple(Hole(p.text, p.type or p.text.capitalize()) for p in parts if p.kind == "hole")
        for hole in holes:
            if hole.type not in types.types:
                hint = did_you_mean(hole.type, types.types) or "write the type after a colon: `<day: Date>`"
                self.problems.append(Problem(f"`<{hole.name}>` has the unknown type {hole.type}", text.span, hint=hint))
        if len({hole.name for hole in holes}) < len(holes):
            self.problems.append(Problem("two holes of one sentence have the same name", text.span))
        shown = " ".join(f"<{p.text}>" if p.kind == "hole" else p.text for p in parts)
        asked, label = self.text(entry, "asked"), self.text(entry, "label")
        if asked is not None and asked.text not in ASKED:
            self.problems.append(Problem(f"`asked` is one of {', '.join(ASKED)}", asked.span))
        return Predicate(
            shown,
            skeleton(parts),
            holes,
            kind.text,
            text.span,
            self.position(entry, "when", holes),
            self.position(entry, "only one", holes),
            asked.text if asked else "",
            label.text if label else "",
        )

    def position(self, entry: Entries, key: str, holes: tuple[Hole, ...]) -> int | None:
        text = self.text(entry, key)
        if text is None:
            return None
        names = [hole.name for hole in holes]
        name = text.text.strip("<>")
        if name not in names:
            self.problems.append(
                Problem(f"`{key}` names no hole of the sentence", text.span, hint=did_you_mean(name, names))
            )
            return None
        place = names.index(name)
        if key == "when" and holes[place].type not in ("Date", "Period"):
            note = f"`<{name}>` is a {holes[place].type}"
            self.problems.append(Problem("`when` names a Date or a Period", text.span, note))
        return place

    def vocabulary(self, entries: list[Entries], predicates: dict[str, Predicate], types: Types) -> Vocabulary:
        by_words = {predicate.words: predicate for predicate in predicates.values()}
        briefs: list[Brief] = []
        sources: list[tuple[Entries, Predicate]] = []
        for entry in entries:
            text = self.text(entry, "sentence")
            predicate = next((p for p in predicates.values() if text and p.span == text.span), None)
            if predicate is not None:
                sources.append((entry, predicate))
                briefs += filter(None, (self.brief(each, predicate) for each in self.texts(entry, "briefly")))
        vocabulary = Vocabulary(types, predicates, tuple(briefs))
        closed, settled, more, missing, never, against = {}, {}, {}, {}, set(), set()
        beside: dict[str, tuple[Predicate, ...]] = {}
        for entry, predicate in sources:
            if (closing := self.text(entry, "closed by")) and closing.text == "nothing":
                never.add(predicate.sentence)
            elif closing and (atom := self.side_sentence(closing, predicate, vocabulary)):
                closed[predicate.sentence] = atom
            settling = self.text(entry, "settled by")
            if settling and (atom := self.side_sentence(settling, predicate, vocabulary)):
                settled[predicate.sentence] = atom
            if said := [self.brief(each, predicate, whole=True) for each in self.texts(entry, "missing")]:
                missing[predicate.sentence] = tuple(filter(None, said))
            repeated = self.text(entry, "more where")
            if repeated and (atom := self.side_sentence(repeated, predicate, vocabulary)):
                more[predicate.sentence] = atom
            for key in ("contradicts", "show beside"):
                for found in filter(None, (self.other(text, by_words) for text in self.texts(entry, key))):
                    if key == "contradicts":
                        against.add(frozenset((predicate.sentence, found.sentence)))
                    else:
                        beside[found.sentence] = (*beside.get(found.sentence, ()), predicate)
        sides = (closed, frozenset(never), settled, frozenset(against), beside, more, missing)
        complete = Vocabulary(types, predicates, tuple(briefs), *sides)
        self.problems += [_too_close(one, another) for one, another in complete.close_pairs()]
        return complete

    def other(self, text: Text, by_words: dict[Skeleton, Predicate]) -> Predicate | None:
        parts = self.parts(text)
        found = by_words.get(skeleton(parts))
        if found is None and parts:
            self.problems.append(Problem(f"unknown sentence `{text.text}`", text.span))
        return found

    def brief(self, text: Text, predicate: Predicate, *, whole: bool = False) -> Brief | None:
        names = [hole.name for hole in predicate.holes]
        parts = self.parts(text)
        holes = [part.text for part in parts if part.kind == "hole"]
        if not parts:
            return None
        if not set(holes) <= set(names) or (set(holes) == set(names) and not whole):
            what = "what is missing adds no hole" if whole else "a shorter form leaves out some holes and adds none"
            self.problems.append(Problem(what, text.span, f"the sentence is `{predicate}`"))
            return None
        return Brief(text.text, skeleton(parts), predicate, tuple(names.index(hole) for hole in holes))

    def side_sentence(self, text: Text, predicate: Predicate, vocabulary: Vocabulary) -> Atom | None:
        parts = self.parts(text)
        found = vocabulary.find(skeleton(parts))
        if not parts:
            return None
        if not isinstance(found, Predicate | Brief):
            near = vocabulary.nearest(skeleton(parts))
            hint = f"did you mean `{near[0].sentence}`?" if near else ""
            self.problems.append(Problem(f"unknown sentence `{text.text}`", text.span, hint=hint))
            return None
        if any(part.kind == "constant" for part in parts):
            self.problems.append(Problem("the holes of this sentence take variables", text.span))
            return None
        names = [part.text for part in parts if part.kind == "hole"]
        types = {hole.name: hole.type for hole in predicate.holes}
        for name, hole in zip(names, found.holes, strict=True):
            if types.get(name, hole.type) != hole.type:
                note = f"it is a {types[name]} in `{predicate}`"
                self.problems.append(Problem(f"wrong type: `<{name}>` is a {hole.type} here", text.span, note))
        variables = tuple(map(Variable, names))
        if isinstance(found, Brief):
            return Atom(found.predicate, found.whole(variables), text.span)
        return Atom(found, variables, text.span)


def _twins(one: Sentence, another: Sentence) -> Problem:
    first = place(one)
    note = f"first given at {first}" if place(another) else f"`{another}` is built in"
    return Problem("two sentences with the same words", place(another) or first, note)


def _too_close(one: Sentence, another: Sentence) -> Problem:
    if one.words == another.words:
        return _twins(one, another)
    return Problem(
        f"`{another.sentence}` is one word away from `{one.sentence}`",
        place(another) or place(one),
        "a slip of one word would turn the one into the other unnoticed",
        "make them differ in two words or more",
    )
