"""What the journal puts on Home, and which posts in channels are its own."""

import re
from collections.abc import Iterator

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.providers import HomeProvider, MemberContext, MessageProvider
from bot.words import Speaker
from db.queries.journal import has_more_than


def home_provider() -> HomeProvider:
    """What the journal puts on Home."""
    return HomeProvider(own_sections=_own_sections)


def message_provider() -> MessageProvider:
    """Nothing of the journal is made of a message; a shared insight is recognised."""
    return MessageProvider(own_posts=[(re.compile(r"insight:"), "take_up.ours_words")])


def journal_section(speaker: Speaker) -> Json:
    """The way to the journal."""
    button = parts.button(speaker.plain("journal.title"), names.JOURNAL)
    return parts.section(speaker.mrkdwn("journal.home"), button)


def _own_sections(reader: MemberContext) -> Iterator[Json]:
    """Also for a member of no circle any more who wrote something."""
    if reader.circles or has_more_than(reader.session, reader.member, 0):
        yield journal_section(reader.speaker)
