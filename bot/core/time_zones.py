"""Choosing a time zone."""

from bot.core import parts
from bot.core.parts import Json

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


def time_zone_field(current: str) -> Json:
    """The choice of a zone; one that is not in the list stands before it."""
    every = ZONES if current in ZONES else (current, *ZONES)
    return parts.select([parts.option(zone, zone) for zone in every], current)
