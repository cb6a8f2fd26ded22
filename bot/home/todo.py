"""What somebody can do now: the one place that orders it, for Home and for every help.

An invitation, never a reminder: nothing in here says what others did, or what is missing.
"""

from bot.core.home import TodoItem
from bot.core.providers import MemberContext
from bot.home.provided_parts import ProvidedParts
from bot.home.rules import ORDER


def load_todo(parts: ProvidedParts, reader: MemberContext, here: str = "") -> list[TodoItem]:
    """All that this member can do now, what belongs to the channel `here` first; nothing for bots and strangers."""
    if reader.member.is_bot or reader.member.is_external or reader.member.is_deactivated:
        return []
    found = parts.gather(lambda provider: provider.todo(reader))
    return sorted(found, key=lambda item: (item.channel != here, ORDER.index(item.kind)))
