"""Everybody reads on the page what did not come or came on another day, and why; nobody is named."""

import pytest

from bot.core import names
from tests.reflection.actors import cards, next_week
from tests.rhythm.test_rhythm import channel, page, passes, proposes, reads, slot
from tests.world import World

pytestmark = pytest.mark.one_database
HEADER = "Wat anders liep"


def past(world: World) -> list[str]:
    """The lines that Céline reads about it."""
    shown = reads(world, world.celine)
    said = shown.partition(f"{HEADER}\n")[2].partition("\nDe trekkers")[0]
    return [line.removeprefix("• ") for line in said.splitlines()]


def test_what_was_skipped_paused_and_missed_and_what_came_sooner_or_later(world: World) -> None:
    world.sets_up()
    assert HEADER not in reads(world, world.celine)
    page(world, world.anna)
    slot(world, world.anna, names.SKIP_SLOT)
    assert past(world) == [], "it is still to come, and can come after all"
    next_week(world)
    assert past(world) == ["maandag 16 november · overgeslagen door de kring"]
    passes(world, days=4)
    slot(world, world.anna, names.POST_NOW, "2026-W48")
    assert past(world)[0] == "maandag 23 november · kwam al op vrijdag 20 november (op vraag van de trekkers)"
    passes(world, days=12)
    assert past(world)[0] == "maandag 30 november · kwam pas op woensdag 2 december (Klankbord was er even niet)"
    passes(world, days=14)
    later, missed, *earlier = past(world)
    assert later == "maandag 14 december · kwam pas op woensdag 16 december (Klankbord was er even niet)"
    assert missed == "maandag 7 december · geen vraag (Klankbord was er even niet)"
    assert len(earlier) == 3 and "@" not in "".join(past(world))
    passes(world, days=33)
    assert len(past(world)) == 5, "the last few"


def test_closed_periods_with_their_name_also_before_the_next_question_came(world: World) -> None:
    world.sets_up()
    next_week(world)
    assert proposes(world, closed="30/11/2026 congres\n21/12/2026 - 3/1/2027 kerstvakantie") is None
    next_week(world)
    next_week(world)
    assert "dinsdag 1 december om 9:00 · verschoven van maandag 30 november (congres)" in reads(world, world.bram)
    passes(world, days=1)
    assert past(world) == ["maandag 30 november · kwam op dinsdag 1 december (congres)"]
    for _ in range(3):
        next_week(world)
    assert past(world)[0] == "maandag 21 december · geen vraag (kerstvakantie)", "two weeks before the next"
    assert len(cards(world)) == 5


def test_whoever_ends_a_pause_in_the_week_of_a_question_is_not_asked_it_at_once(world: World) -> None:
    world.sets_up()
    world.anna.fills(page(world, world.anna), {names.PAUSE_UNTIL: "2026-12-01"})
    passes(world, days=16)
    world.anna.presses(world.anna.modal, names.RESUME)
    world.settles()
    assert "de volgende op maandag 30 november om 9:00" in channel(world)
    assert cards(world) == []
    assert past(world) == ["maandag 23 november · geen vraag (pauze)", "maandag 16 november · geen vraag (pauze)"]
    passes(world, days=5)
    assert len(cards(world)) == 1
