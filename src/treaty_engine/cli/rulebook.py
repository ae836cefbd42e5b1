"""The verbs about the rule base itself: check, rules list, show, test and graph, and the schema of answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from treaty_engine.cli.options import Asked, asking
from treaty_engine.errors import Problem, Refused, did_you_mean
from treaty_engine.language.rules import Rule
from treaty_engine.language.writing import literal_lines, sentence_of
from treaty_engine.program.checks import ADVISED, unused_sentences
from treaty_engine.program.strata import dependencies
from treaty_engine.treaties.corpus import Corpus

app = typer.Typer(no_args_is_help=True)


class GraphFormat(StrEnum):
    """How the graph is written."""

    text = "text"
    dot = "dot"
    mermaid = "mermaid"


@asking
def check(
    asked: Asked,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="List what could not be confirmed on a text.")
    ] = False,
) -> None:
    """Everything wrong with rules and facts, at once."""
    corpus = asked.rulebook()
    if unverified:
        for line in _unverified(corpus):
            print(line)
        return
    problems = [problem for advice in ADVISED for problem in advice(corpus.vocabulary, corpus.authored)]
    problems += unused_sentences(corpus.vocabulary, corpus.authored, (each.fact for each in corpus.given))
    if problems:
        raise Refused(problems)
    counts = f"{len(corpus.authored)} rules, {len(corpus.vocabulary.predicates)} sentences, {len(corpus.given)} facts"
    print(f"{counts}: no problem")


@app.command("list")
@asking
def list_rules(asked: Asked) -> None:
    """Every rule with its title and citation, file by file."""
    corpus = asked.rulebook()
    path = ""
    for rule in corpus.authored:
        if rule.span.path != path:
            path = rule.span.path
            print(f"\n{path}")
        print(f"  {rule.id}: {rule.title} ({rule.cite})" + (" [unverified]" if rule.unverified else ""))


@app.command("show")
@asking
def show_rule(asked: Asked, rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule.")]) -> None:
    """A rule in English, with its exceptions and examples."""
    corpus = asked.rulebook()
    found = next((each for each in corpus.authored if each.id == rule), None)
    if found is None:
        raise _unknown(rule, corpus)
    for line in _in_english(corpus, found):
        print(line)


@app.command("test")
@asking
def run_examples(
    asked: Asked, rule: Annotated[str, typer.Option("--rule", metavar="RULE", help="Only this rule.")] = ""
) -> None:
    """Runs the examples beside the rules; exit status 1 when one fails."""
    from treaty_engine.engines.choosing import chosen, engine
    from treaty_engine.explain.examples import outcomes

    corpus = asked.rulebook()
    rules = [each for each in corpus.authored if rule in ("", each.id)]
    if not rules:
        raise _unknown(rule, corpus)
    found = list(outcomes(corpus.program, rules, engine(chosen(asked.engine.value, 0, 0))))
    for outcome in found:
        if not outcome.passed:
            title = f" ({outcome.example.title})" if outcome.example.title else ""
            print(f"{outcome.example.span}: rule `{outcome.rule.id}`{title}")
            print(f"  expected {outcome.example.expect}, got {outcome.got}")
    failed = sum(not outcome.passed for outcome in found)
    print(f"{len(found)} examples of {len(rules)} rules: {len(found) - failed} passed, {failed} failed")
    raise typer.Exit(1 if failed else 0)


@app.command("graph")
@asking
def graph(
    asked: Asked,
    output: Annotated[GraphFormat, typer.Option("--format", help="How the graph is written.")] = GraphFormat.text,
) -> None:
    """Which conclusion rests on which: each sentence, the rules that conclude it, and what they ask about."""
    corpus = asked.rulebook()
    edges = sorted(
        {
            (asked_, rule.head.predicate.sentence, rule.id, whole)
            for rule in corpus.program.rules
            for asked_, whole in dependencies(rule)
        }
    )
    if output is GraphFormat.dot:
        print("digraph rules {\n  rankdir=LR; node [shape=box];")
        for source, target, rule_id, whole in edges:
            style = ", style=dashed" if whole else ""
            print(f"  {json.dumps(source)} -> {json.dumps(target)} [label={json.dumps(rule_id)}{style}];")
        print("}")
    elif output is GraphFormat.mermaid:
        names = {name: f"s{place}" for place, name in enumerate(dict.fromkeys(n for e in edges for n in e[:2]))}
        print("flowchart LR")
        for name, node in names.items():
            print(f'  {node}["{name.replace("<", "‹").replace(">", "›")}"]')
        for source, target, rule_id, whole in edges:
            print(f"  {names[source]} {'-.->' if whole else '-->'}|{rule_id}| {names[target]}")
    else:
        for layer_number, layer in enumerate(corpus.program.strata, 1):
            for rule in layer:
                print(f"{layer_number:3} {rule.head.predicate}  [{rule.id}]")
                for source, whole in dict.fromkeys(dependencies(rule)):
                    print(f"      {'not, or all: ' if whole else ''}{source}")


def schema(verb: Annotated[str, typer.Argument(metavar="VERB", help="A verb with JSON output.")] = "") -> None:
    """The JSON Schema of a verb's answer, or of all verbs."""
    from treaty_engine.treaties.schema import VERBS
    from treaty_engine.treaties.shapes import schema_of

    if verb and verb not in VERBS:
        raise Refused(Problem(f"`{verb}` has no JSON answer", hint=did_you_mean(verb, VERBS) or ", ".join(VERBS)))
    schemas = {name: schema_of(shape) for name, shape in VERBS.items()}
    print(json.dumps(schemas[verb] if verb else schemas, indent=2, sort_keys=True))


def _unknown(rule: str, corpus: Corpus) -> Refused:
    hint = did_you_mean(rule, (each.id for each in corpus.authored)) or "`rules list` has them all"
    return Refused(Problem(f"unknown rule `{rule}`", hint=hint))


def _in_english(corpus: Corpus, rule: Rule) -> Iterator[str]:
    vocabulary = corpus.vocabulary
    yield f"{rule.id}: {rule.title}"
    yield f"  cites: {rule.cite}" + (f"  [unverified: {rule.unverified}]" if rule.unverified else "")
    yield f"  at: {rule.span}"
    yield "  if"
    for literal in rule.body:
        yield from (f"    {line}" for line in literal_lines(vocabulary, literal))
    for exception in rule.exceptions:
        yield f"  unless [{exception.id}] {exception.title} ({exception.cite})"
        for literal in exception.body:
            yield from (f"    {line}" for line in literal_lines(vocabulary, literal))
    yield f"  then\n    {sentence_of(vocabulary, rule.head)}"
    for example in rule.examples:
        yield f"  example: {example.title or example.asks} -> {example.expect}"
        ahead = f", ahead until {example.until}" * bool(example.until)
        yield f"    as of {example.as_of or 'any day'}{ahead}: " + "; ".join(text for text, _ in example.given)
        if example.asks:
            yield f"    {example.asks}?"


def _unverified(corpus: Corpus) -> Iterator[str]:
    for rule in corpus.authored:
        if rule.unverified:
            yield f"{rule.span}: rule {rule.id}: {rule.unverified}"
    rows = {each.origin.span: each.origin for each in corpus.given if each.origin.unverified}
    for registry in corpus.vocabulary.types.registries.values():
        rows |= {each.origin.span: each.origin for each in registry if each.origin.unverified}
    for span, origin in sorted(rows.items()):
        yield f"{span}: {origin.source}, {origin.locator}: {origin.unverified}"
