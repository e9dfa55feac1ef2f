"""Imports point down only, plug-in folders are strangers to one another, and nothing heavy is imported at the top."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "imbalance_doctor"
LAYERS = (
    {"cli", "__main__", "__init__", "api"},
    {"doctor", "topics", "examinations", "threshold_text", "differential", "causes"},
    {"prescribe", "remedies", "weighting", "rules", "schemes", "losses", "emitters", "reports", "engines", "readers"},
    {"labels", "predictions", "history", "pasted", "stories"},
    {"model", "plugins", "errors", "batches", "visible"},
)
SHELVES = {"rules", "schemes", "losses", "emitters", "reports", "engines", "readers"}
HEAVY = {"polars", "pandas", "sklearn", "scipy", "rich", "pyarrow"}
FORBIDDEN = {"pickle", "joblib", "dill", "marshal", "shelve", "socket", "subprocess", "mmap", "urllib", "http"}
FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The folder or file of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def layer(name: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if name in names)


def imported_rooms(path: Path) -> set[str]:
    """Rooms a module imports, anywhere in its text."""
    package = path.relative_to(PACKAGE.parent).parts[:-1]
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = list(package[: len(package) - node.level + 1]) + (node.module or "").split(".")
            names = [part for part in base if part]
            targets = [[*names, alias.name] for alias in node.names] if len(names) == 1 else [names]
            rooms |= {target[1] for target in targets if len(target) > 1 and (PACKAGE / target[1]).exists()}
            rooms |= {target[1] for target in targets if len(target) > 1 and (PACKAGE / f"{target[1]}.py").exists()}
    return rooms


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down_only(path: Path) -> None:
    here = room(path)
    for other in imported_rooms(path) - {here}:
        assert layer(other) >= layer(here), f"{here} imports {other}, which stands above it"
        assert not (here in SHELVES and other in SHELVES), f"the shelf {here} imports the shelf {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_heavy_is_imported_at_module_level_and_nothing_dangerous_at_all(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    def names(node: ast.AST) -> set[str]:
        if isinstance(node, ast.Import):
            return {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level:
            return {(node.module or "").split(".")[0]}
        return set()

    top = set().union(*(names(node) for node in tree.body))
    assert not top & HEAVY
    everywhere = set().union(*(names(node) for node in ast.walk(tree)))
    assert not everywhere & FORBIDDEN
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not calls & {"eval", "exec", "compile", "__import__"}


def test_help_imports_no_engine() -> None:
    code = f"""
import sys
from imbalance_doctor.cli import run
code = run(["analyze", "--help"])
sys.exit(code or [name for name in {sorted(HEAVY | {"numpy"})!r} if name in sys.modules] or 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_and_functions_stay_small_enough_to_read_in_one_sitting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 60, f"{node.name} is too long"
