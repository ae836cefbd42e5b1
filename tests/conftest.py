"""What every test may ask for: the shipped rules and facts, read once."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from treaty_engine.language.vocabulary import Vocabulary
from treaty_engine.treaties.corpus import Corpus
from treaty_engine.treaties.kept import FOLDER
from treaty_engine.treaties.loading import load

settings.register_profile("ours", deadline=None, derandomize=True)  # a busy machine is no failure, nor is bad luck
settings.load_profile("ours")

ROOT = Path(__file__).parents[1]

os.environ.setdefault(FOLDER, tempfile.mkdtemp(prefix="treaty-engine-copies-"))  # commands under test keep theirs apart


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of good and bad examples."""
    return ROOT / "tests" / "data"


@cache
def shipped() -> Corpus:
    """The shipped rules and facts, for what is no test; no test changes them."""
    return load([ROOT / "rules"], [ROOT / "facts"])


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The shipped rules and facts."""
    return shipped()


@pytest.fixture(scope="session")
def vocabulary(corpus: Corpus) -> Vocabulary:
    """The shipped sentences, with the shipped registries."""
    return corpus.vocabulary
