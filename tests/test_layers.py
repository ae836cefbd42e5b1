"""The shape of the source: layers, small modules and functions, no law in Python and nothing that changes."""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "treaty_engine"
LAYERS = (
    "source",
    "errors",
    "dates",
    "progress",
    "signals",
    "files",
    "language",
    "model",
    "program",
    "engines",
    "explain",
    "treaties",
    "importers",
    "terminal",
    "testing",
    "reports",
    "cli",
    "web",
)
"""Each layer may import itself and those above it."""

WITHOUT_TREATIES = LAYERS[: LAYERS.index("treaties")]
TREATY_WORDS = re.compile(
    r"(?<!st)ratif|treat(y|ies)\b|deposit|\baccessions?\b|\bacced|\bsign(s|ed|ing|atur|ator)|denounc|denunciation"
    r"|\bpart(y|ies)\b|consent|reservation|\bclauses?\b|convention|charter|instrument|obligation|\bdut(y|ies)\b"
    r"|\blaws?\b|legal|(?-i:\bStates?\b|<state>|\bActs?\b|\bILO\b|\bUN\b|Protocols)|asean|vclt",
    re.IGNORECASE,
)
OUR_NAME = re.compile(r"treaty_engine[. ]|TreatyEngineError")
"""What begins the names of our modules, and that of our errors."""
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]
every_module = pytest.mark.parametrize("module", MODULES, ids=NAMES)


def layer(module: Path) -> str:
    """The layer that a module belongs to; the package's own `__init__` belongs to none."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree(module: Path) -> ast.Module:
    """A module as it is written."""
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def imported(module: Path) -> Iterator[str]:
    """Every name that a module imports, wherever it does."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports by dots"
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The functions and classes that others may use, and the methods of those classes."""
    for each in node.body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not each.name.startswith("_"):
            yield each
            if isinstance(each, ast.ClassDef):
                yield from public(each)


def test_every_name_in_the_package_is_a_layer() -> None:
    found = {layer(module) for module in MODULES if module.parent != PACKAGE or module.stem != "__init__"}
    assert found <= {*LAYERS, "packaged", "__main__"}


@every_module
def test_a_module_imports_only_its_own_layer_and_those_above(module: Path) -> None:
    own = layer(module)
    above = LAYERS[: LAYERS.index(own) + 1] if own in LAYERS else LAYERS
    ours = {name for name in imported(module) if name.split(".")[0] == "treaty_engine"}
    assert {name for name in ours if name.split(".")[1] not in above} == set()


@pytest.mark.parametrize("own", WITHOUT_TREATIES)
def test_what_knows_no_treaty_says_nothing_of_them(own: str) -> None:
    said = [
        f"{module.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for module in MODULES
        if layer(module) == own
        for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), 1)
        if TREATY_WORDS.search(OUR_NAME.sub("", line))
    ]
    assert said == []


def test_what_knows_no_treaty_names_no_state_and_no_treaty_either() -> None:
    known = {name for name in names_of("states.csv") | names_of("treaties.csv") if len(name) > len("KHM")}
    named = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, known))})(?![\w-])")
    said = [
        f"{module.relative_to(PACKAGE)}: {found[0]}"
        for module in MODULES
        if layer(module) in WITHOUT_TREATIES
        for found in named.finditer(module.read_text(encoding="utf-8"))
    ]
    assert said == []


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("the program is stratified", False),
        ("from treaty_engine.errors import TreatyEngineError", False),
        ("a ratified treaty", True),
        ("the Acts of a State", True),
        ("`pip install treaty-engine`", True),
    ],
)
def test_a_treaty_word_is_told_from_others(line: str, is_one: bool) -> None:
    assert bool(TREATY_WORDS.search(OUR_NAME.sub("", line))) == is_one


@every_module
def test_a_module_is_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@every_module
def test_a_function_is_short(module: Path) -> None:
    lengths = {f"{each.name}:{each.lineno}": (each.end_lineno or 0) - each.lineno + 1 for each in functions(module)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@every_module
def test_whatever_others_may_use_says_in_one_line_what_it_is(module: Path) -> None:
    whole = tree(module)
    if module.stem != "__init__" or whole.body:
        assert ast.get_docstring(whole), "a module opens with one sentence saying what it knows"
    for each in public(whole):
        told = (ast.get_docstring(each) or "").splitlines()
        assert told, f"{each.name}:{each.lineno} says nothing"
        assert told[0].endswith((".", "!", "?", ":")), f"{each.name}:{each.lineno} begins with more than a line"
        assert told[1:2] in ([], [""]), f"{each.name}:{each.lineno} begins with more than a line"


@every_module
def test_no_module_holds_what_may_change(module: Path) -> None:
    for node in tree(module).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and not _forgets(node.value):
            assert not _is_changed_in(tree(module), node), f"line {node.lineno} is changed later"
    assert not [node for node in ast.walk(tree(module)) if isinstance(node, ast.Global)]


def _forgets(value: ast.expr) -> bool:
    """Whether a value is what has been worked out for objects as long as they live, which nobody can tell from new."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "WeakKeyDictionary"


def _is_changed_in(whole: ast.Module, node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether a list, mapping or set made at the top of a module is changed somewhere in it."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    changing = {"append", "add", "update", "extend", "insert", "pop", "clear", "remove", "setdefault", "discard"}
    for each in ast.walk(whole):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in changing:
            if isinstance(each.func.value, ast.Name) and each.func.value.id in names:
                return True
        if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store | ast.Del):
            if isinstance(each.value, ast.Name) and each.value.id in names:
                return True
    return False


def said(module: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module that is not a docstring, with its line."""
    whole = tree(module)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {id(each.body[0].value) for each in ast.walk(whole) if isinstance(each, documented) and _opens(each)}  # type: ignore[attr-defined]
    for node in ast.walk(whole):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def _opens(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.body) and isinstance(node.body[0], ast.Expr)


def names_of(table: str) -> set[str]:
    """The identifiers and names of a table of facts."""
    with (ROOT / "facts" / table).open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file) for column in ("id", "name")}


@every_module
def test_python_names_no_state_and_no_treaty(module: Path) -> None:
    known = names_of("states.csv") | names_of("treaties.csv")
    assert [(line, text) for line, text in said(module) if text in known] == []


ARTICLE = re.compile(r"\b(articles?|arts?\.?|paras?\.?) \d|VCLT|C\d{3}\b", re.IGNORECASE)
DAY_COUNT = re.compile(r"\b(?!1 )\d+ (days?|months?|years?)\b")


@every_module
def test_python_holds_no_article(module: Path) -> None:
    assert [(line, text) for line, text in said(module) if ARTICLE.search(text) and _is_law(module, text)] == []


@every_module
def test_python_holds_no_number_of_days(module: Path) -> None:
    assert [(line, text) for line, text in said(module) if DAY_COUNT.search(text) and _is_law(module, text)] == []


def _is_law(module: Path, text: str) -> bool:
    """Whether a text says what the law is: not an example in a message, nor an invented case."""
    return "such as" not in text and layer(module) != "testing"


def test_the_core_needs_only_yaml_besides_python() -> None:
    outside = {
        name.split(".")[0]
        for module in MODULES
        if layer(module) in WITHOUT_TREATIES and layer(module) != "engines"
        for name in imported(module)
    }
    assert outside - set(sys.stdlib_module_names) == {"treaty_engine", "yaml"}
