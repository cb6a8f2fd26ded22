"""Reads YAML strictly: no surprising booleans, no key twice, and a line number for every mistake."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import yaml

LOOKS_LIKE_YES_OR_NO: Final = frozenset({"yes", "no", "on", "off"})
_BOOLEAN: Final = "tag:yaml.org,2002:bool"


class BadYaml(Exception):
    """Text that is not the YAML that we accept; `line` is its line, from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


class _Loader(yaml.SafeLoader):
    """The safe loader, with only `true` and `false` as booleans."""


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same, seven times as fast if LibYAML is installed (measured). `_Loader` explains what it cannot read."""


_FastLoader.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Document:
    """The content of a file, with line numbers."""

    value: Any
    root: yaml.Node | None

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the value at this path, or of the nearest value around it."""
        node = self.root
        line = 1
        for part in path:
            found = _inside(node, part)
            if found is None:
                break
            line, node = found
        return line


def read_yaml(text: str) -> Document:
    """Read one YAML document. Raises `BadYaml`, which says what is wrong."""
    with suppress(yaml.YAMLError):
        return _document(_FastLoader(text))
    try:
        return _document(_Loader(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadYaml(line, f"{error.problem}; {_REMEDY}") from error
    except yaml.YAMLError as error:
        raise BadYaml(1, "a character here is no text; save the file as UTF-8") from error


def _document(loader: Any) -> Document:
    root = loader.get_single_node()
    for node in _all_nodes(root):
        _refuse_surprises(node)
    return Document(loader.construct_document(root) if root else None, root)


_REMEDY: Final = "check the indentation, and put a text that holds “: ” or “ #” in double quotes"


def _refuse_surprises(node: yaml.Node) -> None:
    if isinstance(node, yaml.ScalarNode) and not node.style and node.value.lower() in LOOKS_LIKE_YES_OR_NO:
        problem = f'a bare {node.value} may be read as true or false; put it in quotes: "{node.value}"'
        raise BadYaml(_line(node), problem)
    seen: set[str] = set()
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in seen:
            raise BadYaml(_line(key), f'"{key.value}" stands here for the second time; keep one of the two')
        if isinstance(key, yaml.ScalarNode):
            seen.add(key.value)


def _all_nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop(0)
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        waiting.extend(_children(node))


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _inside(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return _line(node.value[part]), node.value[part]
    if isinstance(node, yaml.MappingNode):
        return next(((_line(key), value) for key, value in node.value if key.value == part), None)
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
