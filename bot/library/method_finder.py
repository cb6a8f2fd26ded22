"""What somebody may want from colleagues, and which methods give it.

After "Choosing a protocol" in the fact sheet on protocols: the owner of a case knows what they hope for sooner than
they know the names of methods.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from bot.core.text import FrozenModel, Text
from bot.library.protocol import Key


class Wish(FrozenModel):
    """One answer to "what do you want from your colleagues?"; `methods` are keys, the first is the first choice."""

    key: Key
    wish: Text
    methods: tuple[Key, ...] = Field(min_length=1, max_length=3)


def wishes_of(wishes: Iterable[Wish], methods: Iterable[str]) -> tuple[Wish, ...]:
    """The wishes that one of these methods gives; each with only those."""
    here = set(methods)
    left = (wish.model_copy(update={"methods": tuple(key for key in wish.methods if key in here)}) for wish in wishes)
    return tuple(wish for wish in left if wish.methods)
