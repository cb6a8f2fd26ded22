"""Setting up a circle, and reading how it works."""

from dataclasses import dataclass

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.core.time_zones import time_zone_field
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views.change_rhythm import weeks_field, weekday_options
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


def set_up_form(say: Speaker, how: CircleWishes, rhythm: Rhythm | None, own: str | None, pointers: Json) -> Json:
    """The form in which a circle says how it wants to work; one page, everything with a sensible start.

    `rhythm` is the one it has, or None the first time: then it is asked here. `own` is the language its reader chose
    to be talked with.
    """
    field = parts.input_block
    hint = say.plain("circle.timezone_hint") if how.is_agreed else ""
    blocks = [
        parts.section(say.mrkdwn("circle.intro")),
        field("language", say.plain("circle.language"), parts.select(_languages(say), how.language)),
        *([_rhythm(say, rhythm, str(pointers["channel"]))] if rhythm else _first_rhythm(say, how)),
        field("timezone", say.plain("circle.timezone"), time_zone_field(how.timezone), hint=hint),
        field(
            "moderators",
            say.plain("circle.moderators"),
            parts.people(how.moderators),
            hint=say.plain("circle.moderators_hint"),
        ),
        field(
            "contact",
            say.plain("circle.contact"),
            parts.text_field(initial=how.contact, longest=300),
            hint=say.plain("circle.contact_hint"),
        ),
        parts.section(say.mrkdwn("circle.own_language"), own_language_block(say, own)),
    ]
    return parts.modal(
        names.SET_UP_FORM,
        say.plain("circle.title"),
        blocks,
        pointers=pointers,
        close=say.plain("common.cancel"),
        submit=say.plain("circle.submit"),
    )


def circle_settings_page(say: Speaker, how: CircleWishes, rhythm: Rhythm, chosen: str | None, channel: str) -> Json:
    """How this circle works, and the one thing everybody chooses alone: the language the bot talks with them."""
    who = Mrkdwn(", ".join(mention(user) for user in how.moderators))
    blocks = [
        _rhythm(say, rhythm, channel),
        parts.section(say.mrkdwn("circle.who", moderators=who, contact=how.contact)),
        parts.section(say.mrkdwn("greeting.commands")),
        parts.section(say.mrkdwn("circle.own_language"), own_language_block(say, chosen)),
        parts.context(say.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.modal("settings", say.plain("common.bot_name"), blocks, pointers={}, close=say.plain("common.close"))


def own_language_block(say: Speaker, chosen: str | None) -> Json:
    """The choice of a language for oneself; it works at once."""
    return {
        **parts.select(_languages(say), chosen),
        "action_id": names.CHOOSE_LANGUAGE,
        "placeholder": parts.plain(say.plain("circle.as_the_circle")),
    }


def _languages(say: Speaker) -> list[Json]:
    return [parts.option(say.plain(f"common.language_{language}"), language) for language in LANGUAGES]


def _rhythm(say: Speaker, rhythm: Rhythm, channel: str) -> Json:
    """When the question comes, and the way to more about that."""
    more = parts.button(say.plain("rhythm.title"), names.RHYTHM_PRESSED, channel)
    return parts.section(say.mrkdwn("circle.works", rhythm=rhythm_in_words(say, rhythm)), more)


def _first_rhythm(say: Speaker, how: CircleWishes) -> list[Json]:
    field = parts.input_block
    clock = {"type": "timepicker", "initial_time": how.clock}
    return [
        field("weekday", say.plain("circle.weekday"), parts.select(weekday_options(say), str(how.weekday))),
        field("weeks", say.plain("rhythm.weeks"), parts.select(weeks_field(say), str(how.weeks))),
        field("clock", say.plain("circle.clock"), clock, hint=say.plain("circle.rhythm_hint")),
    ]
