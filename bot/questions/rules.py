"""What a circle planned comes first; then, of what is left to choose from, one by lot (`bot.library.prompts`)."""

from collections.abc import Sequence

from bot.library.prompts import A


def planned(asked: Sequence[A], prompt: str | None, theme: str | None) -> Sequence[A]:
    """Of everything that may be asked, what a plan leaves to choose from.

    The planned question alone; else the questions of the planned theme; else all of them. What is not there any more
    was planned in vain, and never leaves nothing.
    """
    same = [one for one in asked if one.id == prompt]
    return same or [one for one in asked if one.theme == theme] or asked
