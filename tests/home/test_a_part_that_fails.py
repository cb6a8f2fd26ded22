"""A wing that cannot say what is its: the rest is shown, what people send is kept, and the log names it once."""

from dataclasses import replace
from typing import Any

import pytest

from tests.home.actors import home_and_pages
from tests.intervision.actors import Table
from tests.world import World

pytestmark = pytest.mark.one_database

MISSING = "Een deel kan nu niet getoond worden."


def fails(*_: object) -> list[object]:
    raise KeyError("lievelingsgeheim")


@pytest.fixture(params=["todo", "notices", "circle_texts", "circle_buttons", "rows", "own_sections"])
def broken(request: pytest.FixtureRequest, world: World) -> World:
    """The second wing fails at one part of each page."""
    world.sets_up()
    world.passes(days=8)
    providers: Any = world.bot.home._providers
    providers[1] = replace(providers[1], **{request.param: fails})
    return world


def test_home_shows_the_rest_and_says_so(broken: World, caplog: pytest.LogCaptureFixture) -> None:
    for person in (broken.anna, broken.bram):
        page = home_and_pages(person, broken)
        assert MISSING in page and "Mijn kring" in page and "Hoe werkt dit?" in page
    assert caplog.text.count("a part of Home is left out: KeyError at") == 1
    assert "lievelingsgeheim" not in caplog.text


def test_help_answers(broken: World) -> None:
    broken.anna.commands(broken.circle, "/klankbord", "help")
    assert "/reflectie" in broken.anna.visible_text(broken.anna.messages(broken.circle)[-1])


def test_what_people_write_in_a_case_is_kept_and_time_goes_on(broken: World) -> None:
    for person in broken.cast:
        person.opens_home()
    broken.settles()
    table = Table(broken)
    table.begins()
    table.writes(broken.bram, "Wanneer begon het?")
    broken.passes(days=10)
    assert "Wanneer begon het?" in broken.anna.visible_text(table.room)


def test_somebody_from_outside_whom_nobody_knows_yet_leaves_no_trace(world: World) -> None:
    world.sets_up()
    gita = world.workspace.add_person("Gita", external_team="T0ELSEWHERE")
    gita.opens_home()
    world.settles()
    assert gita.home is None
    with world.bot.services.database.reading() as session:
        assert world.bot.services.outbox.find_target(session, f"home:{gita.id}") is None
