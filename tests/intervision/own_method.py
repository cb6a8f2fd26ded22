"""A community's own method, written as its file is."""

from pathlib import Path
from typing import Any

import yaml

from tests.intervision.actors import Table
from tests.world import World


def text(words: str) -> dict[str, str]:
    """The same words in each language."""
    return {"nl": words, "en": words, "fr": words}


def step(key: str, **more: object) -> dict[str, object]:
    """One step of a working day."""
    common = {"name": text(key.capitalize()), "ask": text(f"Vraag van {key}"), "window": "P1D", "live": "PT5M"}
    return {"key": key, **common, **more}


def method(key: str, *steps: dict[str, object]) -> dict[str, Any]:
    """A method for three to eight people."""
    return {
        "key": key,
        "version": 1,
        "name": text(f"Methode {key}"),
        "origin": {"credit": "us", "licence": "MIT"},
        "choose_when": text("Als je wil luisteren."),
        "group": {"min": 3, "max": 8},
        "steps": list(steps),
    }


def around(world: World, folder: Path, file: dict[str, Any]) -> Table:
    """The circle works with this method too."""
    written = yaml.safe_dump(file, allow_unicode=True)
    (folder / f"{file['key']}.yaml").write_text(written)
    world.is_given(written, protocols_dir=folder)
    world.sets_up()
    return Table(world)
