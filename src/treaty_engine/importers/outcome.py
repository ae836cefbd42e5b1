"""What an import gives: records, entries, treaties and sources, and everything that was not understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Record:
    """That a source records an act: on a day, or in a period where only that is known. `printed` is the cell."""

    source: str
    treaty: str
    state: str
    act: str
    when: str
    printed: str
    locator: str
    note: str = ""
    in_period: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """That a source has an entry for a State under a treaty, so that its silence says something."""

    source: str
    treaty: str
    state: str
    locator: str


Claim = Record | Entry


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that became no fact: where it stands, its text, and why. `whole` when it is a whole row."""

    file: str
    row: int
    column: str
    text: str
    reason: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Registered:
    """A member of a registry that the packaged facts do not have."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    title: str = ""
    number: str = ""
    source: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A source of the import: the day its tables speak of, and the latest event they report."""

    id: str
    name: str
    title: str
    collection: str
    publisher: str
    authority: str
    known_on: str
    complete_until: str
    why: str
    locator: str
    stated: str = ""


@dataclass(slots=True)
class Outcome:
    """Everything that an import gives."""

    rows: int = 0
    records: list[Record] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    treaties: list[Registered] = field(default_factory=list)
    sources: list[Origin] = field(default_factory=list)

    @property
    def claims(self) -> list[Claim]:
        """What the sources record and of what they have entries."""
        return [*self.records, *self.entries]

    @property
    def facts(self) -> int:
        """How many claims there are."""
        return len(self.records) + len(self.entries)

    @property
    def reported(self) -> int:
        """How many whole rows became no fact."""
        return sum(unread.whole for unread in self.unread)

    def reasons(self) -> dict[str, int]:
        """Why things became no fact, and how often, without what stands in quotation marks."""
        found: dict[str, int] = {}
        for unread in self.unread:
            words = _unquoted(unread.reason)
            found[words] = found.get(words, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _unquoted(reason: str) -> str:
    """A reason without the text that it quotes, so that like reasons are counted together."""
    return "…".join(reason.split("`")[::2])


def latest(days: Iterable[str]) -> str:
    """The latest of some days; empty where there is none."""
    return max(days, default="")


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """All that several imports give; a treaty or a source that two of them register is registered once."""
    whole = Outcome()
    for each in outcomes:
        whole.rows += each.rows
        whole.records += each.records
        whole.entries += each.entries
        whole.unread += each.unread
        whole.treaties += each.treaties
        whole.sources += each.sources
    whole.treaties = list({each.id: each for each in reversed(whole.treaties)}.values())[::-1]
    whole.sources = list({each.id: each for each in reversed(whole.sources)}.values())[::-1]
    return whole
