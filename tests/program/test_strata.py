"""Layers: a rule denies or counts only what lower layers conclude, and a program without layers is refused."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from treaty_engine.language.rules import Absence, Aggregate, Defeat, Every, Literal, Rule
from treaty_engine.language.terms import Atom, Predicate
from treaty_engine.program.strata import components, cycles, dependencies, levels, recursive, strata
from treaty_engine.source import Span
from treaty_engine.treaties.corpus import Corpus

NAMES = ["it rains", "the street is wet", "the match is on", "the stands are full", "the day is lost"]
SAID = {name: Predicate(name, tuple(name.split()), (), "either", Span("")) for name in NAMES}


@dataclass(frozen=True)
class Asked:
    """What a rule asks about, and how: plainly, or by an absence, an exception, a figure or all cases."""

    name: str
    how: str

    @property
    def whole(self) -> bool:
        """Whether all of it must be known first."""
        return self.how != "plainly"


def rule(number: int, head: str, asked: list[Asked]) -> Rule:
    """A rule that asks about these."""
    body = tuple(_literal(each) for each in asked if each.how != "exception")
    exceptions = tuple(
        Defeat(f"rule-{number}-unless-{place}", "", "", (Atom(SAID[each.name], ()),))
        for place, each in enumerate(asked)
        if each.how == "exception"
    )
    return Rule(f"rule-{number}", "", "", body, Atom(SAID[head], ()), Span("invented", number + 1), exceptions)


def _literal(asked: Asked) -> Literal:
    atom = Atom(SAID[asked.name], ())
    if asked.how == "absence":
        return Absence(atom, Atom(SAID[NAMES[0]], ()))
    if asked.how == "figure":
        return Aggregate("count", 0, (atom,), ())
    if asked.how == "all":
        return Every((atom,), (atom,), ())
    return atom


ASKED = st.builds(Asked, st.sampled_from(NAMES), st.sampled_from(["plainly", "absence", "exception", "figure", "all"]))
RULES = st.lists(st.tuples(st.sampled_from(NAMES), st.lists(ASKED, min_size=1, max_size=3)), min_size=1, max_size=7).map(
    lambda drawn: [rule(number, head, asked) for number, (head, asked) in enumerate(drawn)]
)


def reaches(rules: list[Rule]) -> dict[str, set[str]]:
    """Everything that each conclusion leads to, itself only when it leads back to itself: by brute force."""
    found = {name: {a for r in rules if r.head.predicate.sentence == name for a, _ in dependencies(r)} for name in NAMES}
    for _ in NAMES:
        found = {name: ahead.union(*(found[each] for each in ahead)) for name, ahead in found.items()}
    return found


@given(RULES)
def test_every_rule_stands_in_one_layer_after_all_that_it_asks_about(rules: list[Rule]) -> None:
    layers = strata(rules)
    assert sorted(each.id for layer in layers for each in layer) == sorted(each.id for each in rules)
    at = {each.head.predicate.sentence: place for place, layer in enumerate(layers) for each in layer}
    for each in rules:
        for asked, _ in dependencies(each):
            assert at.get(asked, -1) <= at[each.head.predicate.sentence]


@given(RULES)
def test_a_stratified_rule_denies_and_counts_only_what_lower_layers_conclude(rules: list[Rule]) -> None:
    at = {each.head.predicate.sentence: place for place, layer in enumerate(strata(rules)) for each in layer}
    level = levels(rules)
    found = cycles(rules)
    for each in rules:
        head = each.head.predicate.sentence
        wholes = [asked for asked, whole in dependencies(each) if whole]
        same_layer = [asked for asked in wholes if at.get(asked, -1) == at[head]]
        assert bool(same_layer) == any(f"rule `{each.id}` " in problem.message for problem in found)
        if not found:
            assert all(level.get(asked, 0) < level[head] for asked in wholes if asked in level)
            assert all(level.get(asked, 0) <= level[head] for asked, _ in dependencies(each))


@given(RULES)
def test_rules_are_refused_exactly_when_something_is_denied_on_the_way_back_to_itself(rules: list[Rule]) -> None:
    ahead = reaches(rules)
    circular = {
        each.id
        for each in rules
        for asked, whole in dependencies(each)
        if whole and (asked == each.head.predicate.sentence or each.head.predicate.sentence in ahead[asked])
    }
    assert {problem.message.split("`")[1] for problem in cycles(rules)} == circular


@given(RULES)
def test_a_cycle_is_named_rule_by_rule_and_each_leads_to_the_next(rules: list[Rule]) -> None:
    by_id = {each.id: each for each in rules}
    for problem in cycles(rules):
        first, *others = (by_id[line.split()[0]] for line in problem.note.splitlines()[1:])
        asked = {name for name, whole in dependencies(first) if whole}
        for each in others:
            assert each.head.predicate.sentence in asked
            asked = {name for name, _ in dependencies(each)}
        assert first.head.predicate.sentence in asked, "and the last leads back to the first"


@given(RULES)
def test_a_layer_is_recursive_when_it_leads_back_to_itself(rules: list[Rule]) -> None:
    ahead = reaches(rules)
    for layer in strata(rules):
        assert recursive(layer) == any(r.head.predicate.sentence in ahead[r.head.predicate.sentence] for r in layer)


@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7)), max_size=8))
def test_components_are_what_leads_to_each_other_in_the_order_of_dependence(drawn: dict[int, set[int]]) -> None:
    edges = {str(node): {str(each) for each in ahead} for node, ahead in drawn.items()}
    found = components(edges)
    place = {node: at for at, component in enumerate(found) for node in component}
    assert len(place) == sum(map(len, found)), "each stands in one component"
    assert set(edges) <= set(place)
    assert all(place[each] <= place[node] for node, ahead in edges.items() for each in ahead)
    for component in found:
        for node in component:
            assert _reachable(edges, node) & _reaching(edges, node) | {node} == component


def _reachable(edges: dict[str, set[str]], start: str) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        for each in edges.get(waiting.pop(), set()) - found:
            found.add(each)
            waiting.append(each)
    return found


def _reaching(edges: dict[str, set[str]], goal: str) -> set[str]:
    backward = {node: {each for each, ahead in edges.items() if node in ahead} for node in {*edges, goal}}
    for ahead in edges.values():
        for node in ahead:
            backward.setdefault(node, {each for each, to in edges.items() if node in to})
    return _reachable(backward, goal)


def test_the_shipped_rules_have_layers(corpus: Corpus) -> None:
    rules = corpus.program.rules
    level = levels(rules)
    assert cycles(rules) == []
    assert max(level.values()) >= 3
    for each in rules:
        head = each.head.predicate.sentence
        assert all(level.get(asked, -1) < level[head] for asked, whole in dependencies(each) if whole)
