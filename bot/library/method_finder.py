"""What somebody may want from colleagues, and the methods that give it.

The owner of a case knows what they hope for sooner than they know the names of methods.
"""

from collections.abc import Iterable

from pydantic import Field

from bot.core.text import FrozenModel, Text
from bot.library.protocol import Key


class Wish(FrozenModel):
    """One answer to "what do you want from your colleagues?". `methods` are keys, the best one first."""

    key: Key
    wish: Text
    methods: tuple[Key, ...] = Field(min_length=1, max_length=3)


def available_wishes(wishes: Iterable[Wish], methods: Iterable[str]) -> tuple[Wish, ...]:
    """The wishes that one of these methods fulfils, each with only those methods."""
    available = set(methods)
    kept = ((wish, tuple(key for key in wish.methods if key in available)) for wish in wishes)
    return tuple(wish.model_copy(update={"methods": methods}) for wish, methods in kept if methods)
