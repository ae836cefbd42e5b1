"""Everything that can be wrong with a set of rules: each check one function, its findings problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from treaty_engine.errors import Problem, did_you_mean, nearest
from treaty_engine.language.functions import ANY
from treaty_engine.language.registry import Types, written
from treaty_engine.language.rules import Absence, Aggregate, Computation, Every, Literal, Rule, variables
from treaty_engine.language.terms import Atom, Fact, Value, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.program.strata import dependencies, recursive, strata
from treaty_engine.source import Span

Check = Callable[[Vocabulary, Sequence[Rule]], Iterable[Problem]]


def duplicate_ids(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """Rules and exceptions are cited by id, so no two share one."""
    first: dict[str, Span] = {}
    for rule in rules:
        for each, span in [(rule.id, rule.span), *((e.id, e.span) for e in rule.exceptions)]:
            if each in first:
                yield Problem(f"duplicate id `{each}`", span, f"first given at {first[each]}")
            first.setdefault(each, span)


def citations(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A `<variable>` in a citation is one of the rule's, so that it prints as what it stands for."""
    for rule in rules:
        known = {name for literal in rule.body for name in variables(literal)}
        for name in set(re.findall(r"<([^<>]*)>", rule.cite)) - known:
            yield Problem(f"`<{name}>` in the citation has no value", rule.span, hint=did_you_mean(name, known))


def conclusions(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A rule concludes only what the vocabulary lets rules conclude."""
    for rule in rules:
        if rule.head.predicate.kind not in ("derived", "either"):
            note = f"the vocabulary says it is {rule.head.predicate.kind} ({rule.head.predicate.span})"
            yield Problem(f"a rule cannot conclude `{rule.head.predicate}`", rule.head.span, note)


def types(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A variable stands for values of one type throughout a rule."""
    for rule in rules:
        known: dict[str, tuple[str, Span]] = {}
        uses = [use for literal in _whole(rule) for use in _uses(literal)]
        for name, type_name, span in uses:
            if type_name == ANY:
                continue
            before, place = known.setdefault(name, (type_name, span))
            if before != type_name:
                note = f"it is a {before} at {place}"
                yield Problem(
                    f"wrong type: `<{name}>` is a {type_name} here", span, note, "name one of them differently"
                )
        for literal in _whole(rule):
            yield from _uneven(vocabulary.types, literal, known)


def _uneven(types: Types, literal: Literal, known: dict[str, tuple[str, Span]]) -> Iterator[Problem]:
    """Comparisons of values of any type need both of the same, and constants as they are kept."""
    if isinstance(literal, Computation) and literal.function.holes[0].type == ANY:
        found = {known[t.name][0] for t in literal.terms if isinstance(t, Variable) and t.name in known}
        if len(found) > 1:
            yield Problem(f"wrong type: a {' is compared with a '.join(sorted(found))}", literal.span)
        for term in literal.terms if len(found) == 1 else ():
            if not isinstance(term, Variable):
                yield from _misread(types, min(found), term, literal.span)


def _misread(types: Types, type_name: str, constant: Value, span: Span) -> Iterator[Problem]:
    """A constant beside a variable of this type that is not one of its values as they are kept."""
    text = written(constant)
    try:
        meant = types.value(type_name, text)
    except ValueError as wrong:
        yield Problem(str(wrong), span, hint=types.hint(type_name, text))
        return
    if meant != constant:
        yield Problem(f"wrong type: `{text}` is not compared as a {type_name}", span, hint=f"write `{written(meant)}`")


def lone_variables(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A variable used once is named as its hole is: otherwise it is taken for a slip of the pen."""
    for rule in rules:
        uses = [use for literal in _whole(rule) for use in _uses(literal)]
        counted = Counter(name for name, _, _ in uses) + Counter(
            name for literal in _whole(rule) if isinstance(literal, Aggregate | Every) for name in literal.per
        )
        holes = {hole.name for atom in _atoms(_whole(rule)) for hole in atom.predicate.holes}
        for name, _, span in uses:
            if counted[name] == 1 and "#" not in name and name not in holes:
                others = nearest(name, [other for other in counted if other != name])
                hint = f"did you mean `<{others[0]}>`?" if others else "use it twice, or name it as the sentence does"
                yield Problem(f"`<{name}>` is used only once", span, hint=hint)


def invented_values(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A rule that leads back to itself and computes a value must bound it by a comparison."""
    for layer in strata(rules):
        if not recursive(layer):
            continue
        heads = {rule.head.predicate.sentence for rule in layer}
        for rule in (rule for rule in layer if any(asked in heads for asked, _ in dependencies(rule))):
            made = {
                literal.terms[0].name: literal
                for literal in rule.body
                if isinstance(literal, Computation)
                and literal.function.computes
                and isinstance(literal.terms[0], Variable)
            }
            compared = {
                name
                for literal in rule.body
                if isinstance(literal, Computation) and not literal.function.computes
                for name in variables(literal)
            }
            for name in set(made) & set(rule.head.variables()) - compared:
                hint = "bound it with a comparison, or use `<date> falls every <delay> from <start> until <end>`"
                message = f"rule `{rule.id}` leads back to itself and makes new values of `<{name}>` without end"
                yield Problem(message, made[name].span, hint=hint)


def circular_figures(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A figure is not computed from itself."""
    for rule in rules:
        for literal in _whole(rule):
            if isinstance(literal, Aggregate) and isinstance(literal.result, Variable):
                inside = {name for inner in literal.of for name in variables(inner)}
                if literal.result.name in inside:
                    message = f"`<{literal.result.name}>` is the figure and is used under its own `of`"
                    yield Problem(message, literal.span, hint="name the result differently")


def missing_examples(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """Every rule has a case that is yes, one that is no and one that is unknown, or says why it has none."""
    for rule in rules:
        shown = {*(example.expect for example in rule.examples), *rule.never}
        missing = [wanted for wanted in ("yes", "no", "unknown") if wanted not in shown]
        if missing:
            yield Problem(f"rule `{rule.id}` has no example that is {' or '.join(missing)}", rule.span)


def unused_sentences(vocabulary: Vocabulary, rules: Sequence[Rule], facts: Iterable[Fact] = ()) -> Iterator[Problem]:
    """A sentence that no rule, no fact and no question says is dead, or a rule was forgotten."""
    used = {fact.predicate for fact in facts} | {p.sentence for p in vocabulary.predicates.values() if p.asked}
    for rule in rules:
        used.add(rule.head.predicate.sentence)
        used.update(asked for asked, _ in dependencies(rule))
    beside = (vocabulary.closed_by, vocabulary.settled_by, vocabulary.more_where)
    used.update(atom.predicate.sentence for each in beside for atom in each.values())
    for predicate in vocabulary.predicates.values():
        if predicate.sentence not in used:
            yield Problem(
                f"unused sentence `{predicate}`", predicate.span, hint="use it in a rule or a fact, or delete it"
            )


def never_fires(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A rule whose body nothing can make true."""
    alive = {p.sentence for p in vocabulary.predicates.values() if p.kind != "derived"}
    waiting, progress = list(rules), True
    while progress:
        firing = [rule for rule in waiting if all(a.predicate.sentence in alive for a in _positive(rule.body))]
        progress = bool(firing)
        alive.update(rule.head.predicate.sentence for rule in firing)
        waiting = [rule for rule in waiting if rule not in firing]
    for rule in waiting:
        dead = next(a for a in _positive(rule.body) if a.predicate.sentence not in alive)
        yield Problem(f"rule `{rule.id}` can never fire: nothing concludes `{dead.predicate}`", dead.span)
    for rule in rules:
        for literal in rule.body:
            if isinstance(literal, Computation) and _is_false(literal, rule.body):
                yield Problem(f"rule `{rule.id}` can never fire: this comparison is never true", literal.span)


_ORDER = {
    "is before": "<",
    "comes after": ">",
    "is on or before": "<=",
    "comes on or after": ">=",
    "is less than": "<",
    "exceeds": ">",
    "is at least": ">=",
    "does not exceed": "<=",
    "differs from": "!=",
    "is the same as": "==",
}
_ALLOWS = {"<": {-1}, ">": {1}, "<=": {-1, 0}, ">=": {0, 1}, "!=": {-1, 1}, "==": {0}}


def _outcomes(literal: Computation) -> set[int]:
    """How its first term may compare with its second: -1 less, 0 the same, 1 more."""
    return _ALLOWS[_ORDER[" ".join(word for word in literal.function.words if word)]]


def _is_false(literal: Computation, body: Sequence[Literal]) -> bool:
    if literal.function.computes:
        return False
    one, other = literal.terms
    left = {0} if one == other else {-1, 0, 1}
    for each in body:
        if (
            isinstance(each, Computation)
            and not each.function.computes
            and set(map(str, each.terms)) == {str(one), str(other)}
        ):
            allowed = _outcomes(each)
            left &= allowed if each.terms == literal.terms else {-outcome for outcome in allowed}
    if not isinstance(one, Variable) and not isinstance(other, Variable):
        return not literal.function.holds((one, other))
    return not left


def _positive(body: Iterable[Literal]) -> Iterator[Atom]:
    """The atoms without which a body cannot be true."""
    for literal in body:
        if isinstance(literal, Atom):
            yield literal
        elif isinstance(literal, Absence):
            yield literal.coverage
        elif isinstance(literal, Every) or (isinstance(literal, Aggregate) and literal.kind not in ("count", "sum")):
            yield from _positive(literal.of)


def _whole(rule: Rule) -> Iterator[Literal]:
    """Every literal of a rule, inner ones, exceptions and the conclusion included."""
    yield from _deep(rule.body)
    for exception in rule.exceptions:
        yield from _deep(exception.body)
    yield rule.head


def _deep(body: Iterable[Literal]) -> Iterator[Literal]:
    for literal in body:
        yield literal
        if isinstance(literal, Aggregate):
            yield from _deep(literal.of)
        elif isinstance(literal, Every):
            yield from _deep((*literal.of, *literal.also))


def _atoms(literals: Iterable[Literal]) -> Iterator[Atom]:
    for literal in literals:
        if isinstance(literal, Atom):
            yield literal
        elif isinstance(literal, Absence):
            yield literal.atom


def _uses(literal: Literal) -> Iterator[tuple[str, str, Span]]:
    """Each use of a variable by the literal itself: name, type and place."""
    if isinstance(literal, Atom | Computation):
        holes = literal.predicate.holes if isinstance(literal, Atom) else literal.function.holes
        for hole, term in zip(holes, literal.terms, strict=True):
            if isinstance(term, Variable):
                yield term.name, hole.type, literal.span
    elif isinstance(literal, Absence):
        yield from _uses(literal.atom)
    elif isinstance(literal, Aggregate):
        result = "Number" if literal.kind in ("count", "sum") else "Date"
        for term, type_name in (
            (literal.result, result),
            (literal.number, "Number"),
            (Variable(literal.value), result),
        ):
            if isinstance(term, Variable) and term.name:
                yield term.name, type_name, literal.span


REQUIRED: tuple[Check, ...] = (
    duplicate_ids,
    citations,
    conclusions,
    types,
    lone_variables,
    circular_figures,
    invented_values,
)
"""What must be right before a program exists."""

ADVISED: tuple[Check, ...] = (never_fires, missing_examples)
"""What a finished rule base has right too."""
