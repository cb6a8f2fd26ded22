"""A case that came to its end: the example of the five-step method, played by its people."""

from bot.rules.texts import Language
from demo.stage import Stage
from playground.model import Channel


def play_case(stage: Stage, circle: Channel, spoken: Language) -> None:
    """Anna's case, from asking to closing."""
