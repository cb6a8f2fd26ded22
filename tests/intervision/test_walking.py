"""People who know nothing but what they read come from `/intervisie` to the last card, in every method."""

import pytest

from bot.core.text import LANGUAGES, Language
from bot.library.reading import load_library
from bot.words import Speakers
from playground.model import Conversation
from tests.counting import PRESSES, Recorder
from tests.intervision.walker import Walker
from tests.world import World

LIBRARY = load_library().protocols
COMMANDS = {"nl": "/intervisie", "en": "/intervision", "fr": "/intervision"}
IN_TURN = [(key, LANGUAGES[number % 3]) for number, key in enumerate(sorted(LIBRARY))]
NEWCOMERS = ("Fien", "Gert", "Hilde")
# So often at most does time go on before the last card.
PATIENCE = 80
# What is pressed when everybody writes in every step; typing is not pressing.
MOST_PRESSES = 40


def walks(world: World, key: str, language: Language, size: int) -> list[Walker]:
    """So many people live a case of this method, pressing what is primary, to its last card."""
    world.sets_up(language=language)
    everybody = [*world.cast, *(world.finds(name) for name in NEWCOMERS[: max(0, size - len(world.cast))])]
    walkers = [Walker(one, (LIBRARY[key].name.in_(language),)) for one in everybody[:size]]
    last = Speakers.load()[language].plain("ending.take_along")
    walkers[0].begins(world, COMMANDS[language])
    for _ in range(PATIENCE):
        while [walker for walker in reversed(walkers) if walker.presses_on(world, until=last)]:
            """Somebody pressed something; perhaps there is more."""
        if all(last in read(world, walker) for walker in walkers):
            return walkers
        world.onward()
    raise AssertionError(read(world, walkers[0]))


def read(world: World, walker: Walker) -> str:
    """All that somebody can read where cases live."""
    rooms: list[Conversation] = [one for one in walker.person.channels() if one.kind in ("group", "mpim")]
    return "\n".join(walker.person.visible_text(room) for room in rooms if room is not world.circle)


@pytest.mark.parametrize(("key", "language"), IN_TURN)
def test_pressing_what_is_primary_leads_to_the_last_card(sqlite_url: str, key: str, language: Language) -> None:
    world = World(sqlite_url, language)
    walks(world, key, language, LIBRARY[key].group.min)
    assert not [call for call in world.workspace.calls if call.error]
    world.stops()


def test_a_case_of_five_steps_and_four_people_asks_few_presses(sqlite_url: str, record_property: Recorder) -> None:
    world = World(sqlite_url, "nl")
    walkers = walks(world, "vijf_stappen", "nl", 4)
    presses, texts = sum(one.presses for one in walkers), sum(one.did["written"] for one in walkers)
    record_property(PRESSES, [f"a case of five steps, four people, {texts} texts", presses])
    assert presses <= MOST_PRESSES
    world.stops()
