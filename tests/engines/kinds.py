"""Each thing that a rule can say, in one small world, with what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.engines.sentences import compiled, computed, facts, no_record, rule, say

from treaty_engine.dates import delay
from treaty_engine.language.rules import Aggregate, Every, Rule
from treaty_engine.language.terms import Term, Variable

N, M, D, E, F = Variable("n"), Variable("m"), Variable("d"), Variable("e"), Variable("f")
W, P = Variable("w"), Variable("p")


@dataclass(frozen=True)
class Kind:
    """Rules, what is given, and all that follows."""

    rules: tuple[Rule, ...]
    given: str
    follows: str = ""


def kind(*rules: Rule, given: str, follows: str = "") -> Kind:
    return Kind(rules, given, follows)


def figure(name: str, result: Term, *of: str, per: tuple[str, ...], value: str = "", number: Term = 0) -> Aggregate:
    return Aggregate(name, result, tuple(map(say, of)), per, value, number)


def every(of: str, *also: str, per: tuple[str, ...]) -> Every:
    return Every((say(of),), tuple(map(say, also)), per)


def when(words: str, result: Variable, *terms: Term) -> Rule:
    """Who came on a day, called until one and waits goes on the day computed from those of these that are named."""
    said = {"d": "<x> came on <d>", "f": "<x> called bob on <f>", "w": "<x> waits <w>"}
    named = [said[term.name] for term in terms if isinstance(term, Variable)]
    return rule("<x> goes on <e>", *named, computed(words, result, *terms))


DATED = "ann came on 2000-01-31, ann called bob on 2000-04-30, ann waits 1 month"
FRIENDS = "ann exists, bob exists, cat exists, ann knows bob, ann knows cat, bob knows cat"
CAME = "ann exists, bob came on 2000-01-31, cat came on 2000-02-29, ann came on 2000-02-29"

KINDS: dict[str, Kind] = {
    "a coverage that the layer itself concludes": kind(
        rule("<x> reaches <y>", "<y> knows <x>"),
        rule("<x> reaches <x>", "<x> owns <n>", no_record("<n> goes before <n>", "cat reaches <z>")),
        given="bob knows cat, cat owns 2", follows="cat reaches bob, cat reaches cat"),
    "atoms are joined": kind(
        rule("<x> meets <z>", "<x> knows <y>", "<y> knows <z>"),
        given=FRIENDS, follows="ann meets cat"),
    "a name in an atom": kind(
        rule("<x> is a friend", "<x> knows cat"),
        given=FRIENDS, follows="ann is a friend, bob is a friend"),
    "the same variable twice": kind(
        rule("<x> is a friend", "<x> knows <x>"),
        given="ann knows ann, ann knows bob", follows="ann is a friend"),
    "atoms that share nothing": kind(
        rule("<x> meets <y>", "<x> exists", "<y> came on <d>"),
        given="ann exists, bob came on 2000-01-31, bob came on 2000-02-29", follows="ann meets bob"),
    "sentences without holes": kind(
        rule("all is well", "it rained"), rule("the day is over", "all is well"),
        given="it rained", follows="all is well, the day is over"),
    "no conditions at all": kind(
        rule("all is well"),
        given="", follows="all is well"),
    "two rules conclude the same": kind(
        rule("<x> is a friend", "<x> knows bob"), rule("<x> is a friend", "<x> knows cat"),
        given=FRIENDS, follows="ann is a friend, bob is a friend"),
    "what is concluded is also given": kind(
        rule("<x> is a friend", "<x> exists"), rule("<x> is a guest", "<x> is a friend"),
        given="ann exists, ann is a friend, bob is a friend", follows="ann is a guest, bob is a guest"),
    "days in order": kind(
        rule("<x> meets <y>", "<x> came on <d>", "<y> came on <e>", computed("before <b: Date>", D, E)),
        given=CAME, follows="bob meets cat, bob meets ann"),
    "days up to and with one": kind(
        rule("<x> is a friend", "<x> came on <d>", computed("on or before <b: Date>", D, date(2000, 1, 31))),
        given=CAME, follows="bob is a friend"),
    "numbers in order": kind(
        rule("<x> is a friend", "<x> owns <n>", computed("exceeds <b: Number>", N, 0)),
        given="ann owns -1, bob owns 0, cat owns 2", follows="cat is a friend"),
    "names that differ": kind(
        rule("<x> meets <y>", "<x> knows <z>", "<y> knows <z>",
             computed("differs from <b: Any>", Variable("x"), Variable("y"))),
        given=FRIENDS, follows="ann meets bob, bob meets ann"),
    "a day after a delay": kind(
        when("after <day: Date>", E, W, D),
        given=DATED, follows="ann goes on 2000-02-29"),
    "a delay that rolls over": kind(
        when("after <day: Date>", E, delay("1 month rolling over"), D),
        given=DATED, follows="ann goes on 2000-03-01"),
    "the first day of a month": kind(
        when("after <day: Date>", E, delay("first day of the month after 1 month"), D),
        given=DATED, follows="ann goes on 2000-03-01"),
    "past the end of the calendar nothing follows": kind(
        when("after <day: Date>", E, delay("9999 years"), D),
        given=DATED),
    "a delay that no table could hold": kind(
        when("after <day: Date>", E, delay("99999999999 days"), D),
        given=DATED),
    "what falls every month": kind(
        when("from <start: Date> until <end: Date>", E, W, D, F),
        given=DATED, follows="ann goes on 2000-02-29, ann goes on 2000-03-31, ann goes on 2000-04-30"),
    "the later of two days": kind(
        when("later of <a: Date> and <b: Date>", E, D, F),
        given=DATED, follows="ann goes on 2000-04-30"),
    "whichever comes first": kind(
        when("first of <a: Date> and <b: Date>", E, D, F),
        given=DATED, follows="ann goes on 2000-01-31"),
    "a result that has a value already": kind(
        rule("<x> is a friend", "<x> came on <d>", "<x> called bob on <f>",
             computed("after <day: Date>", F, delay("3 months"), D)),
        given=DATED, follows="ann is a friend"),
    "the first day of a period": kind(
        rule("<x> starts on <d>", "<x> stayed during <p>", computed("first day of <period: Period>", D, P)),
        given="ann stayed during 2000-02, bob stayed during 2000-01-31/2001-12-31",
        follows="ann starts on 2000-02-01, bob starts on 2000-01-31"),
    "the last day of a period": kind(
        rule("<x> starts on <d>", "<x> stayed during <p>", computed("<period: Period> ends", D, P)),
        given="ann stayed during 2000-02, bob stayed during 2000",
        follows="ann starts on 2000-02-29, bob starts on 2000-12-31"),
    "so many more": kind(
        rule("<x> has <n>", "<x> owns <m>", computed("more than <k: Number>", N, M, 2)),
        given="ann owns -1, bob owns 0", follows="ann has 1, bob has 2"),
    "what remains": kind(
        rule("<x> has <n>", "<x> owns <m>", computed("after <k: Number>", N, M, 2)),
        given="ann owns 1", follows="ann has -1"),
    "how many days": kind(
        rule("<x> has <n>", "<x> came on <d>", "<x> called bob on <f>",
             computed("days from <a: Date> to <b: Date>", N, D, F)),
        given=DATED, follows="ann has 90"),
    "how many whole years": kind(
        rule("<x> has <n>", "<x> came on <d>", computed("years from <a: Date> to <b: Date>", N, D, date(2008, 1, 31))),
        given=CAME, follows="bob has 8, cat has 7, ann has 7"),
    "a day moved to the year of another": kind(
        rule("<x> starts on <e>", "<x> called bob on <d>", "<x> came on <f>",
             computed("moved to the year of <other: Date>", E, D, F)),
        given="ann called bob on 2004-02-29, ann came on 2000-01-31, bob called bob on 2004-02-29, "
              "bob came on 2001-01-31, cat called bob on 1999-12-31, cat came on 2000-02-29",
        follows="ann starts on 2000-02-29, cat starts on 2000-12-31"),
    "day and month exchanged": kind(
        rule("<x> starts on <e>", "<x> came on <d>", computed("with day and month exchanged", E, D)),
        given="ann came on 2000-12-01, bob came on 2000-01-31, cat came on 2000-01-12",
        follows="ann starts on 2000-01-12, cat starts on 2000-12-01"),
    "no record inside a coverage": kind(
        rule("<x> is a guest", "<x> exists", no_record("<x> knows cat", "<x> exists")),
        given=FRIENDS, follows="cat is a guest"),
    "no record without a coverage": kind(
        rule("<x> is a guest", "<x> exists", no_record("<x> knows cat", "<x> is a friend")),
        given=FRIENDS),
    "no record of anybody at all": kind(
        rule("<x> is a guest", "<x> exists", no_record("<x> knows <y>", "<x> exists")),
        given=FRIENDS, follows="cat is a guest"),
    "an exception": kind(
        rule("<x> is a guest", "<x> exists", unless=[(say("<x> knows <y>"),)]),
        given=FRIENDS, follows="cat is a guest"),
    "an exception of its own conditions": kind(
        rule("<x> is a guest", "<x> exists",
             unless=[(say("<x> knows <y>"), no_record("<y> owns <n>", "<x> exists"))]),
        given=FRIENDS + ", cat owns 1", follows="bob is a guest, cat is a guest"),
    "a count": kind(
        rule("<x> has <n>", "<x> exists", figure("count", N, "<x> knows <y>", per=("y",))),
        given=FRIENDS, follows="ann has 2, bob has 1, cat has 0"),
    "a count that must come to a number": kind(
        rule("<x> is a friend", "<x> exists", figure("count", 2, "<x> knows <y>", per=("y",))),
        given=FRIENDS, follows="ann is a friend"),
    "a sum, equal amounts of several people each counted": kind(
        rule("<x> has <n>", "<x> exists", figure("sum", N, "<x> knows <y>", "<y> owns <m>", per=("y",), value="m")),
        given=FRIENDS + ", bob owns 2, cat owns 2", follows="ann has 4, bob has 2, cat has 0"),
    "the earliest day": kind(
        rule("<e> is a day", figure("earliest", E, "<y> came on <d>", per=("y",), value="d")),
        given=CAME, follows="2000-01-31 is a day"),
    "the latest day, of which there is none for some": kind(
        rule("<x> starts on <e>", "<x> exists", figure("latest", E, "<x> called <y> on <d>", per=("y",), value="d")),
        given="ann exists, bob exists, ann called cat on 2000-02-29, ann called bob on 2000-01-31",
        follows="ann starts on 2000-02-29"),
    "the day that comes as the second": kind(
        rule("<e> is a day", figure("number", E, "<y> came on <d>", per=("y",), value="d", number=2)),
        given=CAME, follows="2000-02-29 is a day"),
    "the fourth of three": kind(
        rule("<e> is a day", figure("number", E, "<y> came on <d>", per=("y",), value="d", number=4)),
        given=CAME),
    "a number that the facts give": kind(
        rule("<x> starts on <e>", "<x> owns <n>",
             figure("number", E, "<y> came on <d>", per=("y",), value="d", number=N)),
        given=CAME + ", ann owns 1, bob owns 0, cat owns -1, ann owns 9000000000",
        follows="ann starts on 2000-01-31"),
    "each at its earliest": kind(
        rule("<e> is a day", figure("number", E, "<y> came on <d>", per=("y",), value="d", number=2)),
        given="ann came on 2000-01-31, ann came on 2000-02-29, bob came on 2000-03-01", follows="2000-03-01 is a day"),
    "everything of a kind": kind(
        rule("<x> is a host", "<x> exists", every("<x> knows <y>", "<y> owns <n>", per=("y",))),
        given=FRIENDS + ", cat owns 1", follows="bob is a host"),
    "a figure inside an exception": kind(
        rule("<x> is a guest", "<x> exists", unless=[(figure("count", 2, "<x> knows <y>", per=("y",)),)]),
        given=FRIENDS, follows="bob is a guest, cat is a guest"),
    "an absence inside a figure inside an exception": kind(
        rule("<x> is a guest", "<x> exists", unless=[(
            Aggregate("count", 1, (say("<x> knows <y>"), no_record("<y> knows <x>", "<y> exists")), ("y",)),)]),
        given=FRIENDS + ", bob knows ann", follows="cat is a guest"),
    "a chain": kind(
        rule("<x> reaches <y>", "<x> knows <y>"), rule("<x> reaches <z>", "<x> reaches <y>", "<y> knows <z>"),
        given="ann knows bob, bob knows cat", follows="ann reaches bob, bob reaches cat, ann reaches cat"),
    "a chain of chains": kind(
        rule("<x> reaches <y>", "<x> knows <y>"), rule("<x> reaches <z>", "<x> reaches <y>", "<y> reaches <z>"),
        given="ann knows bob, bob knows cat", follows="ann reaches bob, bob reaches cat, ann reaches cat"),
    "a circle": kind(
        rule("<x> reaches <y>", "<x> knows <y>"), rule("<x> reaches <z>", "<x> reaches <y>", "<y> knows <z>"),
        given="ann knows bob, bob knows ann",
        follows="ann reaches bob, bob reaches ann, ann reaches ann, bob reaches bob"),
    "rules that lead back to each other": kind(
        rule("<x> is a friend", "<x> exists"),
        rule("<y> reaches <x>", "<x> is a friend", "<x> knows <y>"),
        rule("<y> is a friend", "<y> reaches <x>"),
        given="ann exists, ann knows bob, bob knows cat",
        follows="ann is a friend, bob reaches ann, bob is a friend, cat reaches bob, cat is a friend"),
    "a circle with what is given": kind(
        rule("<x> reaches <z>", "<x> reaches <y>", "<y> reaches <z>"),
        given="ann reaches bob, bob reaches cat", follows="ann reaches cat"),
    "days that lead to days": kind(
        rule("<x> starts on <d>", "<x> came on <d>"),
        rule("<x> starts on <e>", "<x> starts on <d>", computed("after <day: Date>", E, delay("1 month"), D),
             computed("on or before <b: Date>", E, date(2000, 4, 30))),
        given="ann came on 2000-01-31",
        follows="ann starts on 2000-01-31, ann starts on 2000-02-29, ann starts on 2000-03-29, ann starts on 2000-04-29"),
    "the largest numbers of 64 bits": kind(
        rule("<x> has <n>", "<x> owns <n>"),
        given="ann owns 9223372036854775807, bob owns -9223372036854775808",
        follows="ann has 9223372036854775807, bob has -9223372036854775808"),
    "a number past 32 bits in a rule": kind(
        rule("<x> is a friend", "<x> owns <n>", computed("exceeds <b: Number>", N, 2**62)),
        given="ann owns 9223372036854775807, bob owns 1", follows="ann is a friend"),
}  # fmt: skip
"""By what is shown."""

ACQUAINTED = compiled(
    rule("<x> reaches <y>", "<x> knows <y>"),
    rule("<x> reaches <z>", "<x> reaches <y>", "<y> knows <z>"),
    rule("<x> is a friend", "<x> reaches cat"),
    rule("<x> starts on <d>", "<x> came on <d>"),
    rule("all is well", "it rained"),
)
WORLD = facts("ann knows bob", "bob knows cat", "cat knows ann", "ann came on 2000-01-31", "it rained")
"""A few rules and facts in which somebody may look around."""
