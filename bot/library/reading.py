"""The methods and prompts a bot knows: its own, and those that a community adds in folders of its own.

The only reader of data files. Whatever is wrong in one raises BadFile, whose text is one plain line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from bot.core.text import LANGUAGES, Text
from bot.library.evaluation import with_evaluation
from bot.library.findings import findings
from bot.library.method_finder import Wish, wishes_of
from bot.library.prompts import Prompt, PromptEntry, flaw
from bot.library.protocol import Protocol
from bot.library.pydantic_errors import first_mistake, place_of_error
from bot.library.yaml_files import BadYaml, Document, read_yaml

OUR_PROTOCOLS: Final = Path(__file__).parents[1] / "protocols"
OUR_PROMPTS: Final = Path(__file__).parents[1] / "prompts"
THEMES: Final = "themes"
FRAMEWORKS: Final = "frameworks"
OUR_METHOD_FINDER: Final = Path(__file__).with_name("method_finder.yaml")
# What a community calls its own in PROTOCOLS_DIR; "wishes" is the name it had until 0.1.
METHOD_FINDER: Final = ("method_finder", "wishes")

M = TypeVar("M", bound=BaseModel)


class BadFile(Exception):
    """A data file that cannot be used; its text is one line naming file, place and remedy."""


@dataclass(frozen=True)
class Library:
    """Everything the data files hold: protocols by key, prompts in their order, names of themes and frameworks by key.

    `wishes` are what those protocols can give somebody who does not know them by name.
    """

    protocols: Mapping[str, Protocol]
    wishes: tuple[Wish, ...]
    prompts: tuple[Prompt, ...]
    themes: Mapping[str, Text]
    frameworks: Mapping[str, Text]


def load_library(protocols_dir: Path | None = None, prompts_dir: Path | None = None) -> Library:
    """Read our own files and those of a community; BadFile for the first mistake."""
    return _together(protocols_dir, prompts_dir) if protocols_dir or prompts_dir else _ours()


@cache
def _ours() -> Library:
    """Our own files do not change while a process runs."""
    return _together(None, None)


def _together(protocols_dir: Path | None, prompts_dir: Path | None) -> Library:
    methods, wished = _apart(_files(OUR_PROTOCOLS, protocols_dir), *METHOD_FINDER)
    asked, themes, frameworks = _of_prompts(prompts_dir)
    protocols = read_protocols(methods)
    wishes = wishes_of(read_wishes([OUR_METHOD_FINDER, *wished]), protocols)
    return Library(protocols, wishes, read_prompts(asked, themes), themes, frameworks)


def _of_prompts(prompts_dir: Path | None) -> tuple[list[Path], dict[str, Text], dict[str, Text]]:
    """The files with prompts, and the names of themes and frameworks."""
    others, themes = _apart(_files(OUR_PROMPTS, prompts_dir), THEMES)
    asked, frameworks = _apart(others, FRAMEWORKS)
    return asked, read_names(themes), read_names(frameworks)


def read_protocols(paths: Iterable[Path]) -> dict[str, Protocol]:
    """Protocols by key; no key twice, and a variant is one of a protocol that is here too."""
    sources: dict[str, Path] = {}
    protocols: dict[str, Protocol] = {}
    for path in paths:
        protocol = read_protocol(path)
        if protocol.key in protocols:
            raise BadFile(f'{path}: key: {sources[protocol.key]} has "{protocol.key}" too; choose another key')
        protocols[protocol.key], sources[protocol.key] = protocol, path
    for key, protocol in protocols.items():
        if protocol.variant_of and protocol.variant_of not in protocols:
            names = ", ".join(protocols)
            raise BadFile(f'{sources[key]}: variant_of: no protocol "{protocol.variant_of}"; name one of: {names}')
    return protocols


def read_protocol(path: Path) -> Protocol:
    """One protocol, checked, with a short look back at its end if it had none."""
    document = _read(path)
    protocol = _shaped(path, document, Protocol, ())
    for finding in findings(protocol):
        where = {step.key: ("steps", number, finding.field) for number, step in enumerate(protocol.steps)}
        line = document.line_of(where.get(finding.step or "", (finding.key,)))
        raise BadFile(f"{path}, line {line}: {finding}")
    return with_evaluation(protocol)


def read_prompts(paths: Iterable[Path], themes: Mapping[str, Text]) -> tuple[Prompt, ...]:
    """All prompts, in the order of their ids' files; no id twice, no theme without a name."""
    prompts: dict[str, Prompt] = {}
    wrong: tuple[str, str] | None
    for path in paths:
        document = _read(path)
        for number, _ in enumerate(_listed(path, document)):
            entry = _shaped(path, document, PromptEntry, (number,))
            if entry.id in prompts:
                wrong = "id", "another prompt has it too; choose another id"
            elif entry.theme not in themes:
                wrong = "theme", f'"{entry.theme}" has no name; add it to {THEMES}.yaml beside this file'
            else:
                wrong = flaw(entry)
            if wrong:
                line = document.line_of((number, wrong[0]) if wrong[0] in LANGUAGES else (number,))
                raise BadFile(f"{path}, line {line}: prompt {entry.id}, {wrong[0]}: {wrong[1]}")
            prompts[entry.id] = entry.prompt()
    return tuple(prompts.values())


def check_prompts(paths: Iterable[Path]) -> dict[Path, int]:
    """How many prompts, or names, each of these files holds; BadFile for the first mistake.

    Ids are compared with ours and with those of the other files; themes may also be named beside a file.
    """
    given = list(paths)
    resolved = {path.resolve() for path in given}
    ours = [path for path in _files(OUR_PROMPTS, None) if path.resolve() not in resolved]
    beside = {path.parent.resolve() / f"{THEMES}{suffix}" for path in given for suffix in (".yaml", ".yml")}
    here = sorted(path for path in beside - resolved if path.exists())
    others, themes = _apart([*ours, *here, *given], THEMES)
    asked, frameworks = _apart(others, FRAMEWORKS)
    read_names(frameworks)
    read_prompts(asked, read_names(themes))
    return {path: len(_read(path).value) for path in given}


def read_names(paths: Iterable[Path]) -> dict[str, Text]:
    """Names of themes or frameworks; a community may rename ours by naming them again."""
    names: dict[str, Text] = {}
    for path in paths:
        document = _read(path)
        for key in _named(path, document):
            names[key] = _shaped(path, document, Text, (key,))
    return names


def read_wishes(paths: Iterable[Path]) -> tuple[Wish, ...]:
    """All wishes, in their order; a community may say one of ours otherwise, or add its own."""
    wishes: dict[str, Wish] = {}
    for path in paths:
        document = _read(path)
        for number, _ in enumerate(_listed(path, document, first="key")):
            wish = _shaped(path, document, Wish, (number,))
            wishes[wish.key] = wish
    return tuple(wishes.values())


def _apart(paths: Iterable[Path], *stems: str) -> tuple[list[Path], list[Path]]:
    """The files, and apart from them those with one of these names, which hold something else."""
    every = list(paths)
    return [path for path in every if path.stem not in stems], [path for path in every if path.stem in stems]


def _files(ours: Path, theirs: Path | None) -> list[Path]:
    if theirs is not None and not theirs.is_dir():
        raise BadFile(f"{theirs}: there is no such folder; make it, or name another one")
    folders = [ours, theirs] if theirs else [ours]
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in (".yaml", ".yml")]


def _read(path: Path) -> Document:
    try:
        return read_yaml(path.read_text(encoding="utf-8"))
    except BadYaml as error:
        raise BadFile(f"{path}, line {error.line}: {error}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: this is no UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}; look at its name and who may read it") from error


def _listed(path: Path, document: Document, first: str = "id") -> list[Any]:
    if not isinstance(document.value, list):
        raise BadFile(f'{path}, line 1: this file is a list; begin each with "- {first}: …"')
    return document.value


def _named(path: Path, document: Document) -> dict[str, Any]:
    if not isinstance(document.value, dict):
        raise BadFile(f'{path}, line 1: this file is names with texts; write "key: {{nl: …, en: …, fr: …}}"')
    return document.value


def _shaped(path: Path, document: Document, model: type[M], at: tuple[str | int, ...]) -> M:
    value = document.value[at[0]] if at else document.value
    try:
        return model.model_validate(value)
    except ValidationError as error:
        where, sentence = first_mistake(error)
        full = (*at, *where)
        words = place_of_error(document.value, full)
        raise BadFile(f"{path}, line {document.line_of(full)}: {words + ': ' if words else ''}{sentence}") from error
