"""Form fields that several wings show: the language of a person, and a time zone."""

from bot.core import parts
from bot.core.parts import Json
from bot.words import LANGUAGES, Speaker

LANGUAGE_FIELD = "my_language"


def language_field(speaker: Speaker, chosen: str | None) -> list[Json]:
    """The blocks at the end of somebody's first form, which ask for their language; none if they have `chosen` one."""
    if chosen:
        return []
    choices = [parts.option(speaker.plain(f"common.language_{language}"), language) for language in LANGUAGES]
    return [
        parts.input_block(LANGUAGE_FIELD, speaker.plain("circle.own_language"), parts.radios(choices), optional=True)
    ]


# The zones of a Flemish college and its partners. A circle elsewhere keeps the zone that it has.
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


def time_zone_field(current: str) -> Json:
    """The choice of a zone; a `current` one that is not in the list comes first."""
    zones = ZONES if current in ZONES else (current, *ZONES)
    return parts.select([parts.option(zone, zone) for zone in zones], current)
