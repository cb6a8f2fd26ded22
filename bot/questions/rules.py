"""What a circle planned comes first; then, of what is left to choose from, one by lot (`bot.library.prompts`)."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol, TypeVar


class Askable(Protocol):
    """Whatever can be asked: a prompt from a file, or a question of a circle's own."""

    @property
    def id(self) -> str: ...
    @property
    def theme(self) -> str: ...


A = TypeVar("A", bound=Askable)


def planned(asked: Sequence[A], prompt: str | None, theme: str | None) -> Sequence[A]:
    """Of everything that may be asked, what a plan leaves to choose from.

    The planned question alone; else the questions of the planned theme; else all of them. What is not there any more
    was planned in vain, and never leaves nothing.
    """
    same = [one for one in asked if one.id == prompt]
    return same or [one for one in asked if one.theme == theme] or asked


def choose(prompts: Sequence[A], used: Sequence[str], seed: str) -> A:
    """The next prompt of a circle.

    `used` are the ids posted before, oldest first; ids that no longer exist do not matter. None comes again
    before all were used, and the theme changes where it can. The same `seed` (circle and week) always gives
    the same prompt, also in a second process. ValueError if there are no prompts.
    """
    if not prompts:
        raise ValueError("there are no prompts to choose from")
    fresh = _not_used_this_time_round(prompts, used)
    return min(_other_than_the_last(fresh, prompts, used), key=lambda prompt: _lot(seed, prompt))


def _not_used_this_time_round(prompts: Sequence[A], used: Sequence[str]) -> list[A]:
    everything = {prompt.id for prompt in prompts}
    seen: set[str] = set()
    for id_ in used:
        if id_ in seen or seen >= everything:
            seen = set()
        seen |= {id_} & everything
    return [prompt for prompt in prompts if prompt.id not in seen] or list(prompts)


def _other_than_the_last(fresh: list[A], prompts: Sequence[A], used: Sequence[str]) -> list[A]:
    last = next((prompt for id_ in reversed(used) for prompt in prompts if prompt.id == id_), None)
    if last is None:
        return fresh
    another_theme = [prompt for prompt in fresh if prompt.theme != last.theme]
    return another_theme or [prompt for prompt in fresh if prompt != last] or fresh


def _lot(seed: str, prompt: Askable) -> bytes:
    return sha256(f"{seed}\n{prompt.id}".encode()).digest()
