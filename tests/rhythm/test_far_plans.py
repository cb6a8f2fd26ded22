"""A tick of a clock that was a year ahead for a moment leaves no question a year away."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from db.models import Circle, Round, SlotException
from schedules import ticks
from tests.outbox.test_retry_and_drop import told
from tests.world import World

YEAR = timedelta(days=365)
QUESTION = "answer_pressed"


def circle(world: World) -> Circle:
    with world.bot.services.database.reading() as session:
        return session.scalars(select(Circle)).one()


def planned_for(world: World) -> datetime:
    moment = circle(world).next_round_at
    assert moment
    return moment


def outcomes_of(world: World) -> list[str]:
    with world.bot.services.database.reading() as session:
        return list(session.scalars(select(SlotException.slot)))


def questions(world: World) -> int:
    return sum(QUESTION in str(message.blocks) for message in world.anna.messages(world.circle))


@pytest.fixture
def running(world: World) -> World:
    """A circle whose questions come."""
    world.sets_up()
    world.passes(days=8)
    assert questions(world) == 1
    return world


def test_what_a_tick_a_year_ahead_planned_is_planned_again_and_its_moderators_read_so(
    running: World, caplog: pytest.LogCaptureFixture
):
    planned, outcomes = planned_for(running), outcomes_of(running)
    ticks.post_due_rounds(running.bot, running.calendar() + YEAR + timedelta(days=1, hours=20))
    assert planned_for(running) > running.calendar() + YEAR
    ticks.run_due(running.bot, running.calendar() + timedelta(minutes=11))
    running.settles()
    assert planned_for(running) == planned
    assert "verder weg dan jullie ritme toelaat" in told(running)
    assert "further off than its rhythm allows" in caplog.text
    assert outcomes_of(running) == outcomes
    with running.bot.services.database.reading() as session:
        assert session.scalar(select(func.max(Round.posted_at))) == running.calendar() + timedelta(minutes=11)


def test_after_that_the_questions_come_as_if_nothing_had_happened(running: World):
    with running.bot.services.database.writing() as session:
        far = running.calendar() + YEAR
        session.execute(update(Circle).values(next_round_at=far, settled_until=far - timedelta(days=7)))
    running.passes(days=14)
    assert questions(running) == 3
    with running.bot.services.database.reading() as session:
        assert len(session.scalars(select(Round.slot).distinct()).all()) == 3


def test_a_plan_that_was_moved_by_hand_comes_back_too(running: World):
    with running.bot.services.database.writing() as session:
        session.execute(update(Circle).values(next_round_at=running.calendar() + YEAR))
    running.passes(days=7)
    assert questions(running) == 2


def test_a_long_pause_and_long_holidays_are_what_the_rhythm_allows(running: World):
    with running.bot.services.database.writing() as session:
        row = session.scalars(select(Circle)).one()
        row.paused_until = (running.calendar() + timedelta(days=90)).date()
    with running.bot.services.database.writing() as session:
        running.bot.far_plans._planning.replan(session, session.scalars(select(Circle)).one())
    far = planned_for(running)
    assert far > running.calendar() + timedelta(days=80)
    running.passes(days=1)
    assert planned_for(running) == far
    assert questions(running) == 1
