"""A time zone of Slack that our data does not know: the member's days are those of their circle."""

import pytest

from bot.core import names
from tests.home.actors import behind
from tests.reflection.actors import question_comes, writes
from tests.world import World

pytestmark = pytest.mark.one_database


def test_everything_works_in_the_zone_of_the_circle(world: World) -> None:
    question = question_comes(world)
    world.workspace.changes_account(world.bram, tz="Mars/Olympus_Mons")
    writes(world.bram, question, "Ik zweeg.")
    world.bram.closes()

    world.bram.commands(world.circle, "/reflectie", "dagboek")
    assert "16 november 2026" in world.bram.visible_text(world.bram.modal)
    world.bram.presses(world.bram.modal, names.JOURNAL_EXPORT)
    world.bram.presses(world.bram.modal, names.JOURNAL_FILES["html"])
    world.bram.closes()
    behind(world.bram, world, "Voor mezelf")
    world.bram.presses(world.bram.modal, names.INVITATIONS)
    assert world.bram.modal is not None and "Europe/Brussels" in str(world.bram.modal.payload)
    [sent] = world.bram.messages(world.bram.opens_dm(world.workspace.bot))
    assert sent.files


def test_somebody_who_moves_to_a_zone_that_we_know_has_that_one(world: World) -> None:
    question = question_comes(world)
    world.workspace.changes_account(world.bram, tz="Mars/Olympus_Mons")
    world.workspace.changes_account(world.bram, tz="Asia/Tokyo")
    world.passes(hours=14)
    writes(world.bram, question, "Ik zweeg.")
    world.bram.closes()
    world.bram.commands(world.circle, "/reflectie", "dagboek")
    assert "17 november 2026" in world.bram.visible_text(world.bram.modal)
