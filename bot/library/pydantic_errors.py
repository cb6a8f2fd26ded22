"""Pydantic's errors in plain words: what is wrong in a data file, and the remedy."""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.library.example import Example, ExampleIntake, ExampleLine, ExamplePeople
from bot.library.prompts import PromptEntry
from bot.library.protocol import About, Exemption, FormField, Group, Origin, PerPerson, Protocol, SeriesRule, Step

Path = Sequence[str | int]


def first_mistake(error: ValidationError) -> tuple[Path, str]:
    """The place of the first mistake, and one line about it. Unknown keys come first: they explain missing ones."""
    details = error.errors(include_url=False)
    chosen = next((each for each in details if each["type"] == "extra_forbidden"), details[0])
    return chosen["loc"], _sentence(chosen)


def place_of_error(value: Any, path: Path) -> str:
    """The path in words: `step "core", who` instead of `steps.3.who`."""
    words: list[str] = []
    for number, part in enumerate(path):
        inner = _at(value, path[: number + 1])
        if path[:number] == ("steps",) and isinstance(inner, dict):
            words = [f'step "{inner.get("key", int(part) + 1)}"']
        elif number == 0 and isinstance(inner, dict) and "id" in inner:
            words = [f"prompt {inner['id']}"]
        elif isinstance(part, int):
            words.append(f"number {part + 1}")
        elif inner is not None or number == len(path) - 1:
            words.append(part)
    return ", ".join(words)


def _at(value: Any, path: Path) -> Any:
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _sentence(mistake: ErrorDetails) -> str:
    sentence = _SENTENCES.get(mistake["type"])
    return sentence(mistake) if sentence else f"{mistake['msg'].replace('Input should', 'this should')}; change it"


def _unknown_key(mistake: ErrorDetails) -> str:
    key = str(mistake["loc"][-1])
    near = get_close_matches(key, _KNOWN_KEYS, n=1, cutoff=0.7)
    return f'unknown key "{key}"; ' + (f'did you mean "{near[0]}"?' if near else "leave it out")


def _one_of(mistake: ErrorDetails) -> str:
    expected = re.sub(r"<[^:]+: ('\w+')>", r"\1", mistake["ctx"]["expected"]).replace("False", "false")
    return f"{_quoted_input(mistake)} is no word for this; write {expected}"


def _not_text(mistake: ErrorDetails) -> str:
    return f"{_quoted_input(mistake)} is no text; write words, in quotes where they look like something else"


def _our_message(mistake: ErrorDetails) -> str:
    return str(mistake["ctx"]["error"])


def _out_of_bounds(mistake: ErrorDetails) -> str:
    (bound, number), *_ = mistake["ctx"].items()
    return f"{_quoted_input(mistake)} is out of bounds; write {number} or {'more' if bound == 'ge' else 'less'}"


def _quoted_input(mistake: ErrorDetails) -> str:
    value = mistake["input"]
    shown = " ".join((str(value).lower() if isinstance(value, bool) else str(value)).split())
    return f'"{shown[:40]}…"' if len(shown) > 40 else f'"{shown}"'


def _always(sentence: str) -> Callable[[ErrorDetails], str]:
    return lambda mistake: sentence


def _keys(models: Iterable[type[BaseModel]]) -> list[str]:
    return sorted({field.alias or name for model in models for name, field in model.model_fields.items()})


_OF_PROTOCOLS = (Protocol, Step, Origin, Group, SeriesRule, Exemption, FormField, About, PerPerson)
_OF_EXAMPLES = (Example, ExamplePeople, ExampleIntake, ExampleLine)
_KNOWN_KEYS: Final = _keys((*_OF_PROTOCOLS, *_OF_EXAMPLES, PromptEntry))
_PARTS: Final = _always('this has parts; write them as "name: value", each on a line of its own below it')
_SENTENCES: Final[dict[str, Callable[[ErrorDetails], str]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _always("nothing is written here yet; add it"),
    "enum": _one_of,
    "literal_error": _one_of,
    "string_type": _not_text,
    "value_error": _our_message,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "int_type": _always("this is a number; write it in digits, without quotes"),
    "int_from_float": _always("this is a whole number; write it without a point"),
    "bool_parsing": _always("this is true or false; write one of the two, without quotes"),
    "bool_type": _always("this is true or false; write one of the two, without quotes"),
    "tuple_type": _always('this is a list; write it as "[one, two]" or with "- " before each'),
    "too_short": _always("this list is empty; add at least one"),
    "string_too_short": _always("nothing is written between the quotes; write some words"),
    "string_pattern_mismatch": _always("a key is small letters, digits and _, and begins with a letter; write it so"),
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "dict_type": _PARTS,
}
