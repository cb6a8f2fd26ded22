"""Setting up a circle, and reading how it works."""

from dataclasses import dataclass

from bot.rules.rhythm import Rhythm
from bot.views import names, parts
from bot.views.parts import Json
from bot.views.rhythm import in_words
from bot.words import LANGUAGES, Speaker
from bot.words.escaping import Mrkdwn, mention

# The zones a Flemish college and its partners live in; a circle elsewhere keeps the one it has.
ZONES = (
    "Europe/Brussels",
    "Europe/Amsterdam",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Warsaw",
    "Africa/Kinshasa",
    "Africa/Johannesburg",
    "Africa/Lubumbashi",
    "America/New_York",
    "America/Paramaribo",
    "Asia/Jakarta",
    "Asia/Kolkata",
    "UTC",
)


@dataclass(frozen=True)
class Wishes:
    """How a circle wants to work, as the form says it. `weekday` 0 is Monday, `clock` is "HH:MM"."""

    language: str
    timezone: str
    weekday: int
    clock: str
    moderators: list[str]
    contact: str


def set_up(say: Speaker, how: Wishes, own: str | None, pointers: Json) -> Json:
    """The form in which a circle says how it wants to work; one page, everything with a sensible start.

    `own` is the language its reader chose to be talked with.
    """
    zones = ZONES if how.timezone in ZONES else (how.timezone, *ZONES)
    field = parts.input_block
    blocks = [
        parts.section(say.mrkdwn("circle.intro")),
        field("language", say.plain("circle.language"), parts.select(_languages(say), how.language)),
        field("weekday", say.plain("circle.weekday"), parts.select(_weekdays(say), str(how.weekday))),
        field("clock", say.plain("circle.clock"), {"type": "timepicker", "initial_time": how.clock}),
        field(
            "timezone", say.plain("circle.timezone"), parts.select([parts.option(z, z) for z in zones], how.timezone)
        ),
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
        parts.section(say.mrkdwn("circle.own_language"), own_language(say, own)),
    ]
    return parts.modal(
        names.SET_UP_FORM,
        say.plain("circle.title"),
        blocks,
        pointers=pointers,
        close=say.plain("common.cancel"),
        submit=say.plain("circle.submit"),
    )


def settings(say: Speaker, how: Wishes, rhythm: Rhythm, chosen: str | None) -> Json:
    """How this circle works, and the one thing everybody chooses alone: the language the bot talks with them."""
    who = Mrkdwn(", ".join(mention(user) for user in how.moderators))
    blocks = [
        parts.section(say.mrkdwn("circle.works", rhythm=in_words(say, rhythm))),
        parts.section(say.mrkdwn("circle.who", moderators=who, contact=how.contact)),
        parts.section(say.mrkdwn("greeting.commands")),
        parts.section(say.mrkdwn("circle.own_language"), own_language(say, chosen)),
        parts.context(say.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.modal("settings", say.plain("common.bot_name"), blocks, pointers={}, close=say.plain("common.close"))


def own_language(say: Speaker, chosen: str | None) -> Json:
    """The choice of a language for oneself; it works at once."""
    return {
        **parts.select(_languages(say), chosen),
        "action_id": names.CHOOSE_LANGUAGE,
        "placeholder": parts.plain(say.plain("circle.as_the_circle")),
    }


def _languages(say: Speaker) -> list[Json]:
    return [parts.option(say.plain(f"common.language_{language}"), language) for language in LANGUAGES]


def _weekdays(say: Speaker) -> list[Json]:
    return [parts.option(say.weekday(day), str(day)) for day in range(7)]
