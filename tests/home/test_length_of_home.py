"""Home says little: what is open comes first, everything else is behind three quiet rows."""

from collections.abc import Iterator

import pytest

from playground.model import View
from tests.intervision.actors import Table
from tests.world import World

pytestmark = pytest.mark.one_database

# What a Home may hold for somebody in two running cases and one circle; French needs a tenth more.
WORDS, BUTTONS = {"nl": 110, "en": 110, "fr": 121}, 6


def elements_of(home: View) -> Iterator[dict[str, object]]:
    """What can be pressed or chosen on it."""
    for block in home.blocks:
        yield from (one for one in (*block.get("elements", ()), block.get("accessory")) if one and "type" in one)


@pytest.fixture
def table(world: World) -> Table:
    """Anna has a case of her own and is in one of Bram's; both run, and the week's question is open."""
    world.sets_up()
    table = Table(world)
    table.begins(world.bram, world.celine)
    table.brings(world.bram, title="De stille student")
    table.joins(world.anna, world.celine)
    table.starts()
    world.passes(days=7)
    return table


@pytest.mark.parametrize("language", WORDS)
def test_home_in_two_cases_is_short(table: Table, world: World, language: str) -> None:
    world.bot.languages.choose_language(world.anna.id, language)
    world.anna.opens_home()
    world.settles()

    home = world.anna.home
    assert home
    controls = [one for one in elements_of(home) if one["type"] not in {"mrkdwn", "plain_text"}]
    text = world.anna.visible_text(home)
    assert len(text.split()) <= WORDS[language], text
    assert len(controls) <= BUTTONS, text
    assert [one.get("style") for one in controls].count("primary") == 1 and controls[0]["style"] == "primary"
