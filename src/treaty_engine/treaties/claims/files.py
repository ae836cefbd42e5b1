"""The claims of a file, whether a list of them in YAML or a text in Markdown with claims marked in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from treaty_engine.errors import Problem, Refused
from treaty_engine.source import Span
from treaty_engine.treaties.claims.assertions import Claims
from treaty_engine.treaties.claims.conditions import Wordings
from treaty_engine.treaties.claims.marked import marked_claims
from treaty_engine.treaties.claims.reader import Context, read_claims
from treaty_engine.treaties.corpus import Corpus, shown

_WORDING, _DENIED = "wording", "denial"
"""The labels of the sentences that say which words mean which sentence, and which one where it is denied."""

READERS = {".yaml": read_claims, ".yml": read_claims, ".md": marked_claims, ".markdown": marked_claims}


def claims_of(corpus: Corpus, path: Path) -> Claims:
    """The claims of a file. Raises Refused with all that is wrong in it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        hint = f"claims are read from files that end in {', '.join(READERS)}"
        raise Refused(Problem(f"`{shown(path)}` is not a file of claims that can be read", hint=hint))
    claims = reader(path, shown(path), Context(corpus.vocabulary, wordings(corpus)))
    if claims.text:
        try:
            corpus.admitted([claims.text])
        except Refused as refused:
            raise Refused([replace(each, span=Span(claims.path)) for each in refused.problems]) from None
    return claims


def wordings(corpus: Corpus) -> Wordings:
    """The other ways to say sentences that the facts have."""
    return Wordings(_pairs(corpus, _WORDING), _pairs(corpus, _DENIED))


def _pairs(corpus: Corpus, label: str) -> tuple[tuple[str, str], ...]:
    telling = corpus.sentences(label)
    pairs = (each.fact.values for each in corpus.given if each.fact.predicate in telling)
    return tuple(dict.fromkeys((str(said), str(meant)) for said, meant in pairs))
