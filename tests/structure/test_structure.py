"""What keeps the house in order, counted: names that are found by one search, and imports that go one way."""

import ast
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("app", "bot", "cli", "db", "demo", "handlers", "playground", "schedules", "main.py")
WINGS = (
    "home",
    "digest",
    "community",
    "journal",
    "reflection",
    "questions",
    "intervision",
    "rhythm",
    "consent",
    "circles",
    "people",
    "listening",
)


def product_files() -> list[Path]:
    """Every Python file of the product; neither tests nor revisions of the tables."""
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    here = (ROOT / name for name in listed.split() if name.startswith(PRODUCT))
    return [file for file in here if file.exists() and not {"tests", "versions"} & set(file.parts)]


def module_of(file: Path) -> str:
    """The name under which a file is imported."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    inside = parts[2:] if parts[:2] == ("playground", "src") else parts
    return ".".join(inside[:-1] if inside[-1] == "__init__" else inside)


def imports_of(file: Path, known: Iterable[str]) -> Iterator[str]:
    """Every module of the product that a file imports, for its types alone or inside a function too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def import_graph() -> dict[str, set[str]]:
    """For each module of the product, the modules of the product that it imports."""
    modules = {module_of(file): file for file in product_files()}
    return {
        name: {one for one in imports_of(file, modules) if one in modules and one != name}
        for name, file in modules.items()
    }


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The modules that lead back to themselves, in groups (strongly connected, after Kosaraju)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in graph:
        _visit(graph, start, seen, order)
    backwards: dict[str, set[str]] = defaultdict(set)
    for name, imported in graph.items():
        for one in imported:
            backwards[one].add(name)
    seen, groups = set(), []
    for start in reversed(order):
        group: list[str] = []
        _visit(backwards, start, seen, group)
        if len(group) > 1:
            groups.append(sorted(group))
    return groups


def _visit(graph: Mapping[str, set[str]], start: str, seen: set[str], order: list[str]) -> None:
    ahead = [(start, False)]
    while ahead:
        name, is_done = ahead.pop()
        if is_done:
            order.append(name)
        elif name not in seen:
            seen.add(name)
            ahead.append((name, True))
            ahead.extend((one, False) for one in graph.get(name, ()))


def test_no_class_has_the_name_of_another() -> None:
    names = Counter(
        node.name
        for file in product_files()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name: number for name, number in names.items() if number > 1} == {}


def test_no_file_imports_itself_in_a_circle() -> None:
    assert circles(import_graph()) == []


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_no_wing_imports_a_wing_above_it() -> None:
    upwards = [
        (name, one)
        for name, imported in import_graph().items()
        for one in imported
        if (above := _height(one)) is not None and (here := _height(name)) is not None and above < here
    ]
    assert upwards == []


def _height(module: str) -> int | None:
    """The place of a module's wing from the top, 0 for Home; None for what is no wing."""
    parts = module.split(".")
    return WINGS.index(parts[1]) if parts[0] == "bot" and len(parts) > 1 and parts[1] in WINGS else None
