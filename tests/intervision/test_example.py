"""The dialogue in each protocol's own file, played by people with forms and buttons to its closing."""

import pytest

from bot.core.text import LANGUAGES, Language
from bot.library.reading import load_library
from playground.people import Person
from tests.intervision.actors import Table, labels_on
from tests.intervision.play import Play
from tests.world import World

LIBRARY = load_library().protocols
CLOSING = {"nl": "Dit neemt {} zich voor", "en": "What {} plans to do", "fr": "Ce que {} compte faire"}
# Whatever is read on a card: the limit of the house.
MOST_WORDS = {"nl": 60, "en": 60, "fr": 70}
# Each method in one language, in turn; some that differ much in all three, and three on a PostgreSQL server as well.
SERVED = [("incidentmethode_10", "nl"), ("roddelmethode", "fr"), ("grow_duo", "en")]
IN_TURN = [(key, LANGUAGES[number % 3]) for number, key in enumerate(sorted(LIBRARY))]
IN_ALL = [(key, language) for key in ("grow_duo", "roddelmethode", "tien_stappen") for language in LANGUAGES]
PLAYED = sorted({*IN_TURN, *IN_ALL})


@pytest.mark.parametrize(("key", "language"), PLAYED)
def test_the_example_plays_to_its_closing(sqlite_url: str, key: str, language: Language) -> None:
    world = World(sqlite_url, language)
    plays_to_its_closing(world, key, language)
    world.stops()


@pytest.mark.postgres
@pytest.mark.parametrize(("key", "language"), SERVED)
def test_it_does_on_a_server_too(postgres_url: str, key: str, language: Language) -> None:
    world = World(postgres_url, language)
    plays_to_its_closing(world, key, language)
    world.stops()


def assert_the_last_card_is_short(play: Play, person: Person, language: Language) -> None:
    """With all that is read on it: what the owner plans, the day until which words stand, the buttons."""
    card = play.closing
    assert card
    words = person.visible_text(card).split()
    assert len(words) <= MOST_WORDS[language] and len(labels_on(card)) == 2, " ".join(words)


def plays_to_its_closing(world: World, key: str, language: Language) -> None:
    """The whole case, and what everybody can read of it then."""
    world.sets_up(language=language)
    play = Play(Table(world), LIBRARY[key], language)
    play.plays()
    for person in play.people:
        assert [text for step, text in play.shared() if text not in play.thread(person, step)] == []
        assert not [step for step in play.nameless() if "@" in play.thread(person, step)]
        assert not [text for writer, text in play.kept_apart() if person is not writer and person.sees(text)]
        read = play.table.reads(person)
        assert (CLOSING[language].format(play.owner.name) in read) == bool(play.commitments())
        assert all(text in read for text in play.commitments())
        assert_the_last_card_is_short(play, person, language)
    for stranger in set(world.workspace.people) - set(play.people):
        assert not any(stranger.sees(text) for _, text in play.shared())
    assert not [call for call in world.workspace.calls if call.error]
