"""Durable-rules is wrong in silence outside a small subset; these tests hold us inside it, hazard by hazard."""

from __future__ import annotations

import itertools
import json
import resource
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.engines.sentences import HERE, SENTENCES, compiled, computed, facts, no_record, rule, say

from treaty_engine.engines import durable, durable_host, naive
from treaty_engine.engines.durable_host import native
from treaty_engine.engines.durable_plan import plan
from treaty_engine.engines.durable_ruleset import ruleset
from treaty_engine.errors import OutsideSubset
from treaty_engine.language.functions import Function
from treaty_engine.language.rules import Aggregate, Computation, Rule
from treaty_engine.language.terms import Atom, Fact, Hole, Variable
from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.model import Facts
from treaty_engine.program.program import Program, program
from treaty_engine.testing.fuzz import Compared, compare, written
from treaty_engine.testing.language import predicate


def holds(model: Facts, sentence: str) -> bool:
    return say(sentence).fact({}) in model


def agreed(asked: Program, world: Iterable[Fact]) -> Facts:
    """What durable-rules finds, when the specification finds the same."""
    given = list(world)
    found = durable.evaluate(asked, given)
    assert set(found.facts()) == set(naive.evaluate(asked, given).facts())
    return found


def patterns(asked: Program) -> list[list[tuple[str, Any]]]:
    """The patterns of every rule that durable-rules is given, each with its alias."""
    rules = json.loads(ruleset(plan(asked)).text)
    return [[(alias, test) for each in made["all"] for alias, test in each.items()] for made in rules.values()]


ACQUAINTED = (rule("<x> reaches <y>", "<x> knows <y>"), rule("<x> reaches <z>", "<x> reaches <y>", "<y> reaches <z>"))
LONELY = (*ACQUAINTED, rule("<x> is a guest", "<x> exists", no_record("<x> reaches <y>", "<x> exists")))


class TestTheSubset:
    """H1 to H6: what is written for durable-rules, and what would go wrong otherwise."""

    def test_h1_an_absence_is_asked_only_after_the_stratum_below_is_finished(self) -> None:
        for world in (("ann exists", "ann knows bob"), ("ann knows bob", "ann exists")):
            assert not holds(agreed(compiled(*LONELY), facts(*world)), "ann is a guest")
        (waiting,) = (each for each in patterns(compiled(*LONELY)) if any("$not" in alias for alias, _ in each))
        assert [alias.rstrip("0123456789") for alias, _ in waiting] == ["m", "m", "g", "n0$not"]

    def test_h2_one_fact_may_match_two_conditions(self) -> None:
        met = compiled(rule("<x> meets <y>", "<x> knows <y>", "<x> knows <z>", "<z> exists"))
        assert holds(agreed(met, facts("ann knows bob", "bob exists")), "ann meets bob")

    def test_h3_the_last_join_of_a_pattern_is_tested_twice(self) -> None:
        triangle = compiled(rule("<x> is a friend", "<x> knows <y>", "<y> knows <z>", "<z> knows <x>"))
        joins = [test["$and"][1:] for _, test in patterns(triangle)[1][1:]]
        assert joins
        assert all(tests[-1] == tests[-2] for tests in joins)

    def test_h4_a_fact_given_or_concluded_twice_counts_once(self) -> None:
        both = compiled(*ACQUAINTED, rule("<x> reaches <y>", "<x> called <y> on <d>"))
        world = facts("ann knows bob", "ann knows bob", "ann reaches bob", "ann called bob on 2000-03-01")
        model = agreed(both, world)
        assert model.rank(say("ann reaches bob").fact({})) == 0

    def test_h5_the_first_pattern_of_a_rule_joins_nothing(self) -> None:
        again = compiled(rule("<x> is a friend", "<x> knows <x>"), rule("<x> is a guest", "<x> meets <x>"))
        model = agreed(again, facts("ann knows ann", "ann knows bob", "cat meets cat", "bob meets cat"))
        assert holds(model, "ann is a friend")
        assert not holds(model, "bob is a friend")
        assert holds(model, "cat is a guest")
        assert all(isinstance(value, int) for made in patterns(again) for value in made[0][1].values())

    def test_h6_nothing_is_written_that_was_not_proven(self) -> None:
        text = ruleset(plan(compiled(*LONELY))).text
        for word in ("$or", "any", "$nex", "$ex", "$m", "count", "sid", '"id"', "$lt", "$gt", "$neq", "$add"):
            assert word not in text


class TestValues:
    """H7: durable-rules sees numbers in place of values, so what it confuses never reaches it."""

    VOCABULARY = Vocabulary(SENTENCES.types, {each.sentence: each for each in (
        predicate("<t: Text> is written", "given"), predicate("<t: Text> is read", "given"),
        predicate("<n: Number> is counted", "given"), predicate("<n: Number> is paid", "given"),
        predicate("<t: Text> is kept", "derived"), predicate("<n: Number> is settled", "derived"))})  # fmt: skip

    def both(self, given: str, also: str, head: str, first: Any, second: Any) -> bool:
        """Whether the engine takes two values for the same."""
        x, known = (Variable("x#"),), self.VOCABULARY.predicates
        made = Rule("both", "", "", (Atom(known[given], x), Atom(known[also], x)), Atom(known[head], x), HERE)
        world = [Fact(given, (first,)), Fact(also, (second,))]
        return Fact(head, (first,)) in agreed(program(self.VOCABULARY, [made]), world)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("x" * 65_536, ""), ("x" * 70_000, "y" * 70_000), ("a b", "a"), ('"', '\\"'), ("5", "05"), ("\0", "")],
    )
    def test_texts_that_durable_rules_confuses_are_told_apart(self, one: str, other: str) -> None:
        written, read, kept = "<t: Text> is written", "<t: Text> is read", "<t: Text> is kept"
        assert not self.both(written, read, kept, one, other)
        assert self.both(written, read, kept, one, one)

    @pytest.mark.parametrize(("one", "other"), [(2**63, 2**64), (-(2**63) - 1, -(2**63)), (10**40, 10**40 + 1)])
    def test_numbers_past_its_last_are_told_apart(self, one: int, other: int) -> None:
        counted, paid, settled = "<n: Number> is counted", "<n: Number> is paid", "<n: Number> is settled"
        assert not self.both(counted, paid, settled, one, other)
        assert self.both(counted, paid, settled, one, one)


class TestLimits:
    """H8: what is too much for one rule, one fact or one trigger is divided; only the rest is refused."""

    def test_a_body_of_forty_conditions_is_divided(self) -> None:
        people = [f"p{number}" for number in range(41)]
        chain = [f"<{one}> knows <{other}>" for one, other in itertools.pairwise(people)]
        long = compiled(rule("<p0> reaches <p40>", *chain))
        assert holds(agreed(long, facts("ann knows bob", "bob knows cat", "cat knows ann")), "ann reaches bob")
        assert max(map(len, patterns(long))) <= 16

    def test_many_absences_are_divided(self) -> None:
        whom = ("ann", "bob", "cat")
        nobody = [no_record(f"{one} knows {other}", f"<x> knows {one}") for one in whom for other in whom]
        asked = compiled(rule("<x> is a friend", "<x> exists", *nobody))
        everyone = facts("ann exists", "ann knows ann", "ann knows bob", "ann knows cat")
        assert not holds(agreed(asked, everyone), "ann is a friend")
        assert max(map(len, patterns(asked))) <= 16

    def test_two_hundred_rules_may_ask_about_one_sentence(self) -> None:
        world = facts("ann knows bob", "bob knows cat", "ann exists", "bob exists")
        many = [rule(f"<x> has {number}", "<x> exists", "<x> knows <y>", "<y> knows <x>") for number in range(70)]
        alone = [rule(f"<x> has {n}", "<x> exists", no_record("<x> knows <x>", "<x> exists")) for n in range(100, 370)]
        model = agreed(compiled(*many, *alone), world)
        assert holds(model, "ann has 369")
        assert not holds(model, "ann has 69")

    def test_six_hundred_sentences_are_refused(self) -> None:
        made = [predicate(f"<x: Person> is number {number}", "either") for number in range(600)]
        known = Vocabulary(SENTENCES.types, {each.sentence: each for each in made})
        x = (Variable("x"),)
        rules = [Rule(str(n), "", "", (Atom(made[n], x),), Atom(made[n + 1], x), HERE) for n in range(599)]
        whole = program(known, rules)
        with pytest.raises(OutsideSubset, match="durable-rules holds 500"):
            durable.evaluate(whole, [])
        some = whole.about([made[100].sentence])
        assert len(agreed(some, [Fact(made[0].sentence, ("ann",))])) == 101

    def test_more_facts_than_it_can_tell_apart_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(durable, "MOST_FACTS", 2)
        world = facts("ann knows bob", "bob knows cat")
        with pytest.raises(OutsideSubset, match="more than 2 facts"):
            durable.evaluate(compiled(*ACQUAINTED), world)

    def test_a_sentence_with_too_many_holes_is_refused(self) -> None:
        holes = tuple(Hole(f"h{number}", "Person") for number in range(40))
        wide = predicate("it is wide " + " ".join(f"<h{number}: Person>" for number in range(40)), "given")
        end = predicate("it is over", "derived")
        terms = tuple(Variable(hole.name) for hole in holes)
        known = Vocabulary(SENTENCES.types, {wide.sentence: wide, end.sentence: end})
        asked = program(known, [Rule("wide", "", "", (Atom(wide, terms), Atom(wide, terms)), Atom(end, ()), HERE)])
        with pytest.raises(OutsideSubset, match="durable-rules refuses the program"):
            durable.evaluate(asked, [])


class TestTheRun:
    """H9 to H11: memory, threads, errors and the end of a run."""

    def test_h9_no_thread_is_started(self) -> None:
        before = threading.active_count()
        for _ in range(3):
            durable.evaluate(compiled(*LONELY), facts("ann exists"))
        assert threading.active_count() == before

    @pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory of a process is read from /proc")
    def test_h9_three_hundred_worlds_leave_no_memory_behind(self) -> None:
        chain = compiled(*LONELY, interrupted(ZeroDivisionError))
        world = [Fact("<x: Person> knows <y: Person>", (f"p{n}", f"p{n + 1}")) for n in range(12)]
        for _ in range(30):
            durable.evaluate(chain, world)
        before = memory()
        for _ in range(150):
            durable.evaluate(chain, world)
            with pytest.raises(ZeroDivisionError):
                durable.evaluate(chain, [*world, *facts("ann owns 1")])
        assert memory() - before < 16_000_000  # one world takes 3 MB

    def test_h9_a_run_that_stops_early_is_found_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = native()
        calls = iter(range(1000))
        stopping = stand_in(complete_and_start_action=lambda *at: (
            None if next(calls) == 2 else real.complete_and_start_action(*at)))  # fmt: skip
        monkeypatch.setattr(durable_host, "native", lambda: stopping)
        with pytest.raises(OutsideSubset, match=r"stopped before `finished \d`"):
            durable.evaluate(compiled(*LONELY), facts("ann exists", "ann knows bob"))

    @pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
    def test_h10_an_error_in_an_action_comes_out(self, error: type[BaseException]) -> None:
        asked = compiled(interrupted(error))
        assert len(durable.evaluate(asked, facts("ann exists"))) == 1
        with pytest.raises(error):
            durable.evaluate(asked, facts("ann owns 1"))
        assert len(durable.evaluate(asked, facts("ann exists"))) == 1

    def test_h11_facts_are_asserted_one_by_one_and_only_those_that_a_rule_reads(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, asserted = native(), list[str]()

        def assert_fact(handle: int, fact: str) -> Any:
            asserted.append(fact)
            return real.assert_fact(handle, fact)

        monkeypatch.setattr(durable_host, "native", lambda: stand_in(assert_fact=assert_fact, assert_facts=None))
        durable.evaluate(compiled(rule("<x> meets <y>", "<x> knows <y>")), facts("ann knows bob", "ann exists"))
        ids = [json.loads(fact)["id"] for fact in asserted]
        assert ids == ["go0", "0000001", "go1"]  # what opens the world, one fact, what ends the stratum

    def test_a_fact_refused_as_known_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(durable_host, "native", lambda: stand_in(assert_fact=lambda *_: (2, 0)))
        with pytest.raises(OutsideSubset, match="took a fact for one that it had"):
            durable.evaluate(compiled(*ACQUAINTED), [])


def test_h12_an_engine_that_is_wrong_is_caught_and_its_smallest_mistake_written() -> None:
    def careless(asked: Program, world: Iterable[Fact]) -> Facts:
        found = durable.evaluate(asked, world)
        return Facts(fact for fact in found.facts() if fact.predicate != "<x: Person> is a friend")

    compared = Compared()
    mistake = compare(range(1000), compared, careless)
    assert mistake is not None
    assert len(mistake.program.rules) + len(mistake.world) <= 2
    text = written(mistake, careless)
    assert "missed:\n  " in text
    assert "is a friend" in text


def test_h13_where_durable_rules_does_not_load_the_engine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    with pytest.raises(OutsideSubset, match=r"durable-rules cannot be loaded.*\n.*3\.12 and older\n.*`naive`"):
        durable.evaluate(compiled(*ACQUAINTED), [])


class TestMeaning:
    """What Python adds to the joins."""

    def test_a_computed_day_is_looked_for_in_other_facts(self) -> None:
        later = computed("after <day: Date>", Variable("e"), Variable("w"), Variable("d"))
        conditions = ("<x> came on <d>", "<x> waits <w>", later, "<y> called <x> on <e>")
        asked = compiled(rule("<x> goes on <e>", *conditions))
        world = facts("ann came on 2000-01-31", "ann waits 1 month", "bob called ann on 2000-02-29")
        assert holds(agreed(asked, world), "ann goes on 2000-02-29")

    def test_a_count_of_nothing_is_zero_and_a_third_of_two_is_nothing(self) -> None:
        of = (say("<x> knows <y>"),)
        none = Aggregate("count", Variable("n"), of, ("y",))
        third = Aggregate("number", Variable("e"), (say("<y> came on <d>"),), ("y",), "d", 3)
        asked = compiled(rule("<x> has <n>", "<x> exists", none), rule("<e> is a day", third))
        model = agreed(asked, facts("ann exists", "bob came on 2000-01-31", "cat came on 2000-03-01"))
        assert holds(model, "ann has 0")
        assert not list(model.match("<d: Date> is a day", (None,)))

    def test_an_exception_of_two_conditions_defeats_only_where_both_hold(self) -> None:
        unless = [(say("<x> knows <y>"), say("<y> owns <n>"))]
        asked = compiled(rule("<x> is a friend", "<x> exists", unless=unless))
        model = agreed(asked, facts("ann exists", "bob exists", "ann knows cat", "bob knows ann", "ann owns 1"))
        assert holds(model, "ann is a friend")
        assert not holds(model, "bob is a friend")

    def test_a_program_without_rules_keeps_what_is_given(self) -> None:
        assert set(durable.evaluate(compiled(), facts("it rained")).facts()) == set(facts("it rained"))

    def test_a_rule_without_conditions_concludes_once(self) -> None:
        assert holds(agreed(compiled(rule("all is well")), []), "all is well")


def interrupted(error: type[BaseException]) -> Rule:
    """A rule that raises as soon as somebody owns something."""

    def raising(*_: Any) -> bool:
        raise error

    test = Function("<a: Number> is raised", (None, "is", "raised"), (Hole("a", "Number"),), raising, False)
    return rule("<x> is a host", "<x> owns <n>", Computation(test, (Variable("n"),)))


def stand_in(**functions_: Any) -> SimpleNamespace:
    """The native module with some functions replaced."""
    return SimpleNamespace(**{**vars(native()), **functions_})


def memory() -> int:
    """The bytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
