"""A circle's rhythm: in words, and as a page."""

from bot.rules.rhythm import Rhythm
from bot.words import Speaker


def in_words(say: Speaker, rhythm: Rhythm) -> str:
    """On which days, at which hour: "elke maandag om 09:00"."""
    key = "rhythm.every_week" if rhythm.weeks == 1 else "rhythm.every_other_week"
    return say.plain(key, days=say.weekdays(rhythm.weekdays), clock=f"{rhythm.clock:%H:%M}")
