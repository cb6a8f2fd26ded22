"""Circles in the other languages of the demo: two colleagues keep one of each, for whoever visits in that language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.text import LANGUAGES, Language
from demo.cast import CIRCLES
from demo.world import DemoWorld
from playground.model import Conversation
from playground.people import Person

# Who keeps them until somebody visits: the last of the cast, so that the others have one circle.
KEEPERS = ("Elif", "Farid")


def make_other_channels(world: DemoWorld, spoken: Language) -> dict[Language, Conversation]:
    """A channel with its two keepers for each language but the one that is spoken."""
    keeper, other = (world.workspace.person(name) for name in KEEPERS)
    channels = {language: keeper.creates_channel(CIRCLES[language]) for language in LANGUAGES if language != spoken}
    for channel in channels.values():
        other.joins(channel)
    return channels


@dataclass
class VisitorsLanguages:
    """In which language each person visits, and the circle that speaks it; `spoken` is that of the demo itself."""

    find_world: Callable[[], DemoWorld]
    spoken: Language

    def __post_init__(self) -> None:
        self._asked: dict[str, Language] = {}

    def language_of(self, person: Person) -> str:
        """The language in which this person visits the page, as far as we were told."""
        return self._asked.get(person.id, self.spoken)

    def speak(self, person: Person, language: str) -> str:
        """Let the bot speak this language with a person, and bring everybody to the circle that speaks it.

        Returns the name of its channel; "" for a language that nobody speaks here.
        """
        known = next((one for one in LANGUAGES if one == language), None)
        if known is None:
            return ""
        world, self._asked[person.id] = self.find_world(), known
        _join(world.workspace.people, world.workspace.channel(CIRCLES[known]))
        world.bot.languages.choose_language(person.id, known)
        world.finish_all()
        world.bot.home.refresh_home(person.id, world.clock())
        world.finish_all()
        return CIRCLES[known]


def _join(people: Sequence[Person], channel: Conversation) -> None:
    for person in people:
        if person.id not in channel.members:
            person.joins(channel)
