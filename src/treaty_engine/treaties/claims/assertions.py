"""What a claim says: a sentence of ours, sentences joined, something of all, none or some, or a sum of figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from treaty_engine.language.rules import Literal
from treaty_engine.language.terms import Atom, Value
from treaty_engine.source import Span

ALL, NONE, ONLY, COUNT, MOST = "all", "none", "only", "count", "most"
DENYING = (NONE, ONLY, COUNT)
"""The kinds that deny something of those that they do not count."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A date known to a period: the variable that stands for it in the sentence, and the period as it was written."""

    variable: str
    period: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence. `literals` begins with its atom; what follows holds its dates within the periods claimed."""

    text: str
    atom: Atom
    literals: tuple[Literal, ...]
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A comparison of sums of numbers and figures, compiled to conditions."""

    text: str
    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Quantified:
    """Something of all, none, most, only some, or a number of those that satisfy `of`.

    `per` are the variables counted, `names` the values of an *only*; `least` and `most` bound a *count*.
    """

    text: str
    kind: str
    per: tuple[str, ...]
    of: tuple[Literal, ...]
    also: tuple[Literal, ...] = ()
    names: tuple[Value, ...] = ()
    least: int = 0
    most: int | None = None
    types: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Negated:
    """That something is not so."""

    inner: Assertion


@dataclass(frozen=True, slots=True)
class Joined:
    """That all of these are so."""

    parts: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """That one at least of these is so."""

    parts: tuple[Assertion, ...]


Leaf = Said | Sum | Quantified
Assertion = Leaf | Negated | Joined | Either


@dataclass(frozen=True, slots=True)
class Mended:
    """What a claim may have meant: its words with the nearest known name in them, and what they then say."""

    text: str
    says: Assertion


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a text: its words, where they stand, and what they say.

    `substance` is a weaker assertion that makes a false claim no more than imprecise. `mended` is the claim with the
    nearest known name in the place of an unknown one, where it says nothing because of that name. `of_itself` says that
    the claim is about what the text itself prints, so that the text may be its own witness. `doubt` is why nothing can
    say it.
    """

    id: str
    text: str
    where: str
    says: Assertion | None
    span: Span
    mended: Mended | None = None
    on: str = ""
    substance: Assertion | None = None
    of_itself: bool = False
    doubt: str = ""
    note: str = ""
    expected: str = ""
    expected_alone: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A claim whose words no sentence says, what is wrong, and the nearest sentences."""

    id: str
    text: str
    said: str
    span: Span
    problem: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a file: `text` is the source that the text itself is, if it is one."""

    path: str
    claims: tuple[Claim, ...]
    text: str = ""
    on: str = ""
    unread: tuple[Unread, ...] = field(default=())


def leaves(assertion: Assertion) -> Iterator[Leaf]:
    """The sentences, sums and quantified sentences that an assertion is made of."""
    if isinstance(assertion, Negated):
        yield from leaves(assertion.inner)
    elif isinstance(assertion, Joined | Either):
        for part in assertion.parts:
            yield from leaves(part)
    else:
        yield assertion


def spoken(claim: Claim) -> list[Assertion]:
    """Every assertion that has to be judged to judge a claim."""
    return [each for each in (claim.says, claim.substance, claim.mended.says if claim.mended else None) if each]
