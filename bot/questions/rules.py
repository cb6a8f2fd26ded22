"""Which question comes next: what a circle planned, then what it adopted, and of what is left one by lot."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol, TypeVar


class Askable(Protocol):
    """A prompt from a file, or a question that a member wrote."""

    @property
    def id(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def months(self) -> tuple[int, ...]: ...


A = TypeVar("A", bound=Askable)


def left_by_plan(candidates: Sequence[A], prompt: str | None, theme: str | None) -> Sequence[A]:
    """What a plan leaves to choose from, of all questions that may be asked.

    The planned question alone; else the questions of the planned theme; else all of them. A plan for what does not
    exist any more changes nothing.
    """
    same = [one for one in candidates if one.id == prompt]
    return same or [one for one in candidates if one.theme == theme] or candidates


def left_by_season(candidates: Sequence[A], month: int) -> Sequence[A]:
    """Those that may come in this month (1 for January); all of them if that leaves none, so what was chosen stays."""
    return [one for one in candidates if not one.months or month in one.months] or candidates


def next_adopted(candidates: Sequence[A], adopted: Sequence[str], used: Sequence[str]) -> A | None:
    """The first of the `adopted` questions (ids, in the order of adoption) that may come and was never asked.

    None if there is none. `used` are the ids of all that was asked.
    """
    may_come, asked = {one.id: one for one in candidates}, set(used)
    return next((may_come[id_] for id_ in adopted if id_ in may_come and id_ not in asked), None)


def choose_prompt(prompts: Sequence[A], used: Sequence[str], seed: str) -> A:
    """The next prompt of a circle.

    `used` are the ids posted before, oldest first; ids that no longer exist do not matter. No prompt comes again
    before all were used, and the theme changes where it can. The same `seed` (circle and slot) always gives the same
    prompt, also in a second process. Raises ValueError if there are no prompts.
    """
    if not prompts:
        raise ValueError("there are no prompts to choose from")
    fresh = _not_used_in_this_cycle(prompts, used)
    return min(
        _other_than_the_last(fresh, prompts, used), key=lambda prompt: sha256(f"{seed}\n{prompt.id}".encode()).digest()
    )


def _not_used_in_this_cycle(prompts: Sequence[A], used: Sequence[str]) -> list[A]:
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
