"""In which order somebody reads what they can do, and what of it stands on Home itself."""

from collections.abc import Sequence

from bot.core.home import TodoItem

# What others wait for comes first; what can be done, and nobody waits for, comes last.
_OPEN = ("set_up", "wake", "write", "ready", "start", "draft", "answer", "join", "old_draft")
ORDER = (*_OPEN, "write_more", "bring")
MOST_ON_HOME = 3


def first_of(items: Sequence[TodoItem]) -> tuple[Sequence[TodoItem], int]:
    """What Home shows of all that somebody can do, and how many things are on the page behind it.

    Home shows what is open; where nothing is, that a case can be brought, which a button at each circle does too.
    """
    waiting = [item for item in items if item.kind in _OPEN]
    bringing = [item for item in items if item.kind == "bring"]
    others = len(items) - len(waiting) - len(bringing)
    if not waiting:
        return bringing[:1], others
    shown = waiting if not others and len(waiting) <= MOST_ON_HOME else waiting[: MOST_ON_HOME - 1]
    return shown, len(waiting) - len(shown) + others
