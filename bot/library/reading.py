"""Reads the data files: the methods and prompts of the bot, and those that a community adds in its own folders.

Every mistake in a file raises `BadFile`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from bot.core.text import LANGUAGES, Text
from bot.library.checks.finding import ProtocolFinding
from bot.library.findings import findings, findings_of_cards
from bot.library.method_finder import Wish, available_wishes
from bot.library.prompts import Prompt, PromptEntry, prompt_mistake
from bot.library.protocol import Protocol
from bot.library.pydantic_errors import first_mistake, place_of_error
from bot.library.yaml_files import BadYaml, Document, read_yaml

OUR_PROTOCOLS: Final = Path(__file__).parents[1] / "protocols"
OUR_PROMPTS: Final = Path(__file__).parents[1] / "prompts"
_FORMER_PROMPTS: Final = OUR_PROMPTS / "former"
THEMES: Final = "themes"
FRAMEWORKS: Final = "frameworks"
OUR_METHOD_FINDER: Final = Path(__file__).with_name("method_finder.yaml")
# The name of a community's own method finder in PROTOCOLS_DIR; until version 0.1 it was "wishes".
METHOD_FINDER: Final = ("method_finder", "wishes")

Model = TypeVar("Model", bound=BaseModel)


class BadFile(Exception):
    """A data file that cannot be used; the message is one line with the file, the place and the remedy."""


@dataclass(frozen=True)
class Library:
    """The content of the data files: protocols by key, prompts in order, names of themes and frameworks by key.

    `wishes` help somebody choose a protocol whose name they do not know. `former_prompts` are asked no more, but were.
    """

    protocols: Mapping[str, Protocol]
    wishes: tuple[Wish, ...]
    prompts: tuple[Prompt, ...]
    themes: Mapping[str, Text]
    frameworks: Mapping[str, Text]
    former_prompts: tuple[Prompt, ...] = ()

    def present_id(self, id: str) -> str:
        """The id that a prompt has today: a former wording is called after it, and `_v1`."""
        is_former = any(one.id == id for one in self.former_prompts)
        return id.removesuffix("_v1") if is_former else id

    def find_prompt(self, id: str) -> Prompt | None:
        """The prompt with this id, asked today or in the past; None if no file has it (any more)."""
        return next((one for one in (*self.prompts, *self.former_prompts) if one.id == id), None)


def load_library(protocols_dir: Path | None = None, prompts_dir: Path | None = None) -> Library:
    """Read our own files and those of a community. Raises `BadFile` for the first mistake."""
    return _load(protocols_dir, prompts_dir) if protocols_dir or prompts_dir else _our_library()


@cache
def _our_library() -> Library:
    """Cached, since our own files do not change while a process runs."""
    return _load(None, None)


def _load(protocols_dir: Path | None, prompts_dir: Path | None) -> Library:
    protocol_files, finders = _split_by_name(_data_files(OUR_PROTOCOLS, protocols_dir), *METHOD_FINDER)
    protocols = read_protocols(protocol_files)
    wishes = available_wishes(read_wishes([OUR_METHOD_FINDER, *finders]), protocols)
    prompt_files, theme_files, framework_files = _split_prompt_files(_data_files(OUR_PROMPTS, prompts_dir))
    themes = read_names(theme_files)
    return Library(
        protocols,
        wishes,
        read_prompts(prompt_files, themes),
        themes,
        read_names(framework_files),
        read_prompts(_data_files(_FORMER_PROMPTS, None), themes),
    )


def _split_prompt_files(paths: Iterable[Path]) -> tuple[list[Path], list[Path], list[Path]]:
    """The files with prompts, with the names of themes, and with the names of frameworks."""
    others, theme_files = _split_by_name(paths, THEMES)
    prompt_files, framework_files = _split_by_name(others, FRAMEWORKS)
    return prompt_files, theme_files, framework_files


def read_protocols(paths: Iterable[Path]) -> dict[str, Protocol]:
    """Protocols by key. No key may occur twice, and a variant needs its protocol in the same files."""
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
    """One protocol, checked."""
    document = _read_document(path)
    protocol = _validated(path, document, Protocol, ())
    _refuse_the_first(path, document, protocol, findings(protocol))
    return protocol


def check_protocol(path: Path) -> Protocol:
    """The same for who writes a file: its texts are held to the room on a card too. Raises `BadFile`."""
    protocol = read_protocol(path)
    _refuse_the_first(path, _read_document(path), protocol, findings_of_cards(protocol))
    return protocol


def _refuse_the_first(path: Path, document: Document, protocol: Protocol, found: list[ProtocolFinding]) -> None:
    for finding in found[:1]:
        numbers = {step.key: number for number, step in enumerate(protocol.steps)}
        place: list[str | int] = [finding.key]
        if finding.step in numbers:
            place = ["steps", numbers[finding.step], *finding.field.split(", ")]
        raise BadFile(f"{path}, line {document.line_of(place)}: {finding}")


def read_prompts(paths: Iterable[Path], themes: Mapping[str, Text]) -> tuple[Prompt, ...]:
    """All prompts, in the order of the files. No id may occur twice, and every theme needs a name."""
    prompts: dict[str, Prompt] = {}
    mistake: tuple[str, str] | None
    for path in paths:
        document = _read_document(path)
        for number, _ in enumerate(_require_list(path, document)):
            entry = _validated(path, document, PromptEntry, (number,))
            if entry.id in prompts:
                mistake = "id", "another prompt has it too; choose another id"
            elif entry.theme not in themes:
                mistake = "theme", f'"{entry.theme}" has no name; add it to {THEMES}.yaml beside this file'
            else:
                mistake = prompt_mistake(entry)
            if mistake:
                line = document.line_of((number, mistake[0]) if mistake[0] in LANGUAGES else (number,))
                raise BadFile(f"{path}, line {line}: prompt {entry.id}, {mistake[0]}: {mistake[1]}")
            prompts[entry.id] = entry.prompt()
    return tuple(prompts.values())


def check_prompts(paths: Iterable[Path]) -> dict[Path, int]:
    """The number of prompts, or names, in each of these files. Raises `BadFile` for the first mistake.

    Ids are compared with ours and with those of the other files. A file of themes in the same folder is read too.
    """
    given = list(paths)
    resolved = {path.resolve() for path in given}
    ours = [path for path in _data_files(OUR_PROMPTS, None) if path.resolve() not in resolved]
    neighbours = {path.parent.resolve() / f"{THEMES}{suffix}" for path in given for suffix in (".yaml", ".yml")}
    found = sorted(path for path in neighbours - resolved if path.exists())
    prompt_files, theme_files, framework_files = _split_prompt_files([*ours, *found, *given])
    read_names(framework_files)
    read_prompts(prompt_files, read_names(theme_files))
    return {path: len(_read_document(path).value) for path in given}


def read_names(paths: Iterable[Path]) -> dict[str, Text]:
    """The names of themes or frameworks, by key. A later file may rename those of an earlier one."""
    names: dict[str, Text] = {}
    for path in paths:
        document = _read_document(path)
        for key in _require_mapping(path, document):
            names[key] = _validated(path, document, Text, (key,))
    return names


def read_wishes(paths: Iterable[Path]) -> tuple[Wish, ...]:
    """All wishes, in order. A later file may replace a wish of an earlier one, or add its own."""
    wishes: dict[str, Wish] = {}
    for path in paths:
        document = _read_document(path)
        for number, _ in enumerate(_require_list(path, document, first="key")):
            wish = _validated(path, document, Wish, (number,))
            wishes[wish.key] = wish
    return tuple(wishes.values())


def _split_by_name(paths: Iterable[Path], *stems: str) -> tuple[list[Path], list[Path]]:
    """The files without one of these names, and those with one."""
    files = list(paths)
    return [path for path in files if path.stem not in stems], [path for path in files if path.stem in stems]


def _data_files(ours: Path, theirs: Path | None) -> list[Path]:
    if theirs is not None and not theirs.is_dir():
        raise BadFile(f"{theirs}: there is no such folder; make it, or name another one")
    folders = [ours, theirs] if theirs else [ours]
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in (".yaml", ".yml")]


def _read_document(path: Path) -> Document:
    try:
        return read_yaml(path.read_text(encoding="utf-8"))
    except BadYaml as error:
        raise BadFile(f"{path}, line {error.line}: {error}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: this is no UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}; look at its name and who may read it") from error


def _require_list(path: Path, document: Document, first: str = "id") -> list[Any]:
    if not isinstance(document.value, list):
        raise BadFile(f'{path}, line 1: this file is a list; begin each with "- {first}: …"')
    return document.value


def _require_mapping(path: Path, document: Document) -> dict[str, Any]:
    if not isinstance(document.value, dict):
        raise BadFile(f'{path}, line 1: this file is names with texts; write "key: {{nl: …, en: …, fr: …}}"')
    return document.value


def _validated(path: Path, document: Document, model: type[Model], at: tuple[str | int, ...]) -> Model:
    value = document.value[at[0]] if at else document.value
    try:
        return model.model_validate(value)
    except ValidationError as error:
        where, sentence = first_mistake(error)
        full = (*at, *where)
        words = place_of_error(document.value, full)
        raise BadFile(f"{path}, line {document.line_of(full)}: {words + ': ' if words else ''}{sentence}") from error
