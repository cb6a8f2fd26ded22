"""No module of the package imports itself, not by way of others, inside a function, or for its types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import playground

SOURCE = Path(playground.__file__).parent
MODULES = {
    ".".join(("playground", *file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): file
    for file in SOURCE.rglob("*.py")
}


def imported_by(tree: ast.AST) -> Iterator[str]:
    """Every name that may be a module, wherever in the file it is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def graph(sources: dict[str, str]) -> dict[str, set[str]]:
    """Which modules each module imports."""
    return {
        name: {found for found in imported_by(ast.parse(source)) if found in sources}
        for name, source in sources.items()
    }


def test_no_module_imports_itself_in_a_circle() -> None:
    found = graph({name: file.read_text(encoding="utf-8") for name, file in MODULES.items()})
    assert found["playground.workspace"] >= {"playground.state", "playground.people"}
    TopologicalSorter(found).prepare()


@pytest.mark.parametrize(
    "back",
    [
        "from playground import state",
        "import playground.state",
        "def later():\n    from playground.state import WorkspaceState",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from playground.state import WorkspaceState",
    ],
)
def test_a_circle_is_found_wherever_the_import_stands(back: str) -> None:
    sources = {"playground": "", "playground.ids": back, "playground.state": "from playground.ids import IdGenerator"}
    with pytest.raises(CycleError):
        TopologicalSorter(graph(sources)).prepare()
