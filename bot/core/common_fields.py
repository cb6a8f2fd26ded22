"""Form fields that several wings show: the language of a person, and a time zone."""

from bot.core import parts
from bot.core.parts import Json
from bot.words import LANGUAGES, Speaker

LANGUAGE_FIELD = "my_language"


def language_field(speaker: Speaker, chosen: str | None) -> list[Json]:
    """The blocks at the end of somebody's first form, which ask for their language; none if they have `chosen` one."""
    if chosen:
        return []
    choices = parts.radios([parts.option(speaker.plain(f"common.language_{one}"), one) for one in LANGUAGES])
    return [parts.input_block(LANGUAGE_FIELD, speaker.plain("circle.own_language"), choices, optional=True)]


# The zones of a Flemish college and its partners. A circle elsewhere keeps the zone that it has.
_PLACES = {
    "Europe": "Brussels Amsterdam Berlin Dublin Helsinki Lisbon London Luxembourg Madrid Paris Rome Warsaw",
    "Africa": "Kinshasa Johannesburg Lubumbashi",
    "America": "New_York Paramaribo",
    "Asia": "Jakarta Kolkata",
}
ZONES = (*(f"{part}/{city}" for part, cities in _PLACES.items() for city in cities.split()), "UTC")


def time_zone_field(current: str) -> Json:
    """The choice of a zone; a `current` one that is not in the list comes first."""
    zones = ZONES if current in ZONES else (current, *ZONES)
    return parts.select([parts.option(zone, zone) for zone in zones], current)
