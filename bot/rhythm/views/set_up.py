"""Setting up a circle, and reading how it works."""

from dataclasses import dataclass

from bot.core import names, parts
from bot.core.common_fields import time_zone_field
from bot.core.parts import Json
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views.change_rhythm import weekday_options, weeks_field
from bot.rhythm.views.rhythm_page import rhythm_in_words
from bot.words import LANGUAGES, Speaker
from bot.words.escaping import Mrkdwn, mention


@dataclass(frozen=True)
class CircleWishes:
    """How a circle wants to work, as the form says it. `weekday` 0 is Monday, `clock` is "HH:MM".

    `is_agreed`: it has a rhythm, and what moves that is put to its members.
    """

    language: str
    timezone: str
    weekday: int
    clock: str
    moderators: list[str]
    contact: str
    weeks: int = 1
    is_agreed: bool = False


def set_up_form(speaker: Speaker, how: CircleWishes, rhythm: Rhythm | None, own: str | None, pointers: Json) -> Json:
    """The form in which a circle says how it wants to work; one page, everything with a sensible start.

    `rhythm` is the one it has, or None the first time: then it is asked here. `own` is the language its reader chose
    to be talked with.
    """
    field = parts.input_block
    hint = speaker.plain("circle.timezone_hint") if how.is_agreed else ""
    blocks = [
        parts.section(speaker.mrkdwn("circle.intro")),
        field("language", speaker.plain("circle.language"), parts.select(_languages(speaker), how.language)),
        *([_rhythm(speaker, rhythm, str(pointers["channel"]))] if rhythm else _first_rhythm(speaker, how)),
        field("timezone", speaker.plain("circle.timezone"), time_zone_field(how.timezone), hint=hint),
        field(
            "moderators",
            speaker.plain("circle.moderators"),
            parts.people(how.moderators),
            hint=speaker.plain("circle.moderators_hint"),
        ),
        field(
            "contact",
            speaker.plain("circle.contact"),
            parts.text_field(initial=how.contact, longest=300),
            hint=speaker.plain("circle.contact_hint"),
        ),
        parts.section(speaker.mrkdwn("circle.own_language"), own_language_block(speaker, own)),
    ]
    return parts.modal(
        names.SET_UP_FORM,
        speaker.plain("circle.title"),
        blocks,
        pointers=pointers,
        close=speaker.plain("common.cancel"),
        submit=speaker.plain("circle.submit"),
    )


def circle_settings_page(speaker: Speaker, how: CircleWishes, rhythm: Rhythm, chosen: str | None, channel: str) -> Json:
    """How this circle works, and the one thing everybody chooses alone: the language the bot talks with them."""
    who = Mrkdwn(", ".join(mention(user) for user in how.moderators))
    blocks = [
        _rhythm(speaker, rhythm, channel),
        parts.section(speaker.mrkdwn("circle.who", moderators=who, contact=how.contact)),
        parts.section(speaker.mrkdwn("greeting.commands")),
        parts.section(speaker.mrkdwn("circle.own_language"), own_language_block(speaker, chosen)),
        parts.context(speaker.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.modal(
        "settings", speaker.plain("common.bot_name"), blocks, pointers={}, close=speaker.plain("common.close")
    )


def own_language_block(speaker: Speaker, chosen: str | None) -> Json:
    """The choice of a language for oneself; it works at once."""
    return {
        **parts.select(_languages(speaker), chosen),
        "action_id": names.CHOOSE_LANGUAGE,
        "placeholder": parts.plain(speaker.plain("circle.as_the_circle")),
    }


def _languages(speaker: Speaker) -> list[Json]:
    return [parts.option(speaker.plain(f"common.language_{language}"), language) for language in LANGUAGES]


def _rhythm(speaker: Speaker, rhythm: Rhythm, channel: str) -> Json:
    """When the question comes, and the way to more about that."""
    more = parts.button(speaker.plain("rhythm.title"), names.RHYTHM_PRESSED, channel)
    return parts.section(speaker.mrkdwn("circle.works", rhythm=rhythm_in_words(speaker, rhythm)), more)


def _first_rhythm(speaker: Speaker, how: CircleWishes) -> list[Json]:
    field = parts.input_block
    clock = {"type": "timepicker", "initial_time": how.clock}
    return [
        field("weekday", speaker.plain("circle.weekday"), parts.select(weekday_options(speaker), str(how.weekday))),
        field("weeks", speaker.plain("rhythm.weeks"), parts.select(weeks_field(speaker), str(how.weeks))),
        field("clock", speaker.plain("circle.clock"), clock, hint=speaker.plain("circle.rhythm_hint")),
    ]
