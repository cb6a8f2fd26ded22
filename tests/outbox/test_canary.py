"""Words in an answer of Slack reach no log, no row, no metric and nobody, whatever was asked."""

import logging

import pytest
from sqlalchemy import select

from db.models import Base
from playground.faults import Fault, FaultRule
from tests.intervision.actors import Table
from tests.outbox.test_doubt import breaks
from tests.world import World

CANARY = "kanariestudent"
WITH_WORDS = [(Fault.HTML, 1.0), (Fault.HTML_BEFORE, 0.4)]


def everything_in(world: World) -> str:
    """Every value of every row, as it is in the database."""
    with world.bot.services.database.reading() as session:
        return " ".join(str(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table)))


def everything_said(world: World) -> str:
    """Every message, form and Home of everybody."""
    messages = [message for channel in world.workspace.channels.values() for message in channel.messages.values()]
    pages = [*world.workspace.views.values(), *world.workspace.homes.values()]
    return f"{[(one.text, one.blocks) for one in messages]} {[one.payload for one in pages]}"


@pytest.mark.parametrize(("fault", "chance"), WITH_WORDS, ids=["always", "now and then"])
def test_a_page_in_place_of_an_answer_is_repeated_nowhere(
    world: World, fault: Fault, chance: float, caplog: pytest.LogCaptureFixture
) -> None:
    world.sets_up()
    table = Table(world)
    table.begins(leads=world.bram)
    with caplog.at_level(logging.DEBUG):
        breaks(world, FaultRule(fault, chance=chance, value=CANARY))
        world.bram.says(table.room, "Een opmerking")
        world.bram.opens_home()
        world.anna.commands(world.circle, "/klankbord")
        world.passes(minutes=10)
        world.bot.catching_up.plan_all(world.calendar())
        world.passes(minutes=10)
        world.workspace.faults.stop()
        world.passes(minutes=10)
    assert any(struck.kind is fault for struck in world.workspace.faults.happened)
    said = f"{caplog.text} {everything_in(world)} {everything_said(world)}"
    said += f" {world.bot.metrics.render_metrics().decode()} {world.bot.slack_answers.status()}"
    assert CANARY not in said
