"""Slack's answers say what time it is there: a clock of ours that differs is said, and then decides nothing."""

from datetime import timedelta

import pytest

from playground.faults.kinds import Fault
from playground.faults.plan import FaultPlan, FaultRule
from tests.world import World

QUESTION = "answer_pressed"


def slack_says(world: World, *, ours_ahead: timedelta) -> None:
    """Slack answers, and its clock says that ours is so far ahead."""
    world.workspace.faults.follow(
        FaultPlan(rules=(FaultRule(Fault.CLOCK_SKEWED, seconds=-ours_ahead.total_seconds()),))
    )
    world.bot.interactive_slack.granted_scopes()


def asked(world: World) -> int:
    return sum(QUESTION in str(message.blocks) for message in world.anna.messages(world.circle))


def test_a_clock_that_is_far_off_posts_no_question_until_it_is_right(world: World, caplog: pytest.LogCaptureFixture):
    world.sets_up()
    slack_says(world, ours_ahead=timedelta(minutes=11))
    world.passes(days=8)
    assert asked(world) == 0
    world.celine.commands(world.circle, "/klankbord", "help")
    assert "/klankbord" in world.celine.visible_text(world.circle)
    slack_says(world, ours_ahead=timedelta(seconds=2))
    world.passes(minutes=1)
    assert asked(world) == 1
    said = [record.message for record in caplog.records if "clock of this machine" in record.message]
    assert said == [
        "the clock of this machine is 11 minutes ahead of Slack's; until it is right, nothing is done that only the "
        "calendar decides",
        "the clock of this machine is right again",
    ]


def test_a_clock_that_is_a_few_minutes_off_is_said_and_used(world: World, caplog: pytest.LogCaptureFixture):
    world.sets_up()
    slack_says(world, ours_ahead=timedelta(minutes=-3))
    world.passes(days=8)
    assert asked(world) == 1
    assert world.bot.clock_watch.problem() == "is 3 minutes behind Slack's"
    assert caplog.messages.count("the clock of this machine is 3 minutes behind Slack's") == 1


def test_slack_is_read_where_words_are_kept_while_the_clock_is_wrong(world: World):
    world.sets_up()
    world.passes(days=8)
    card = next(one for one in world.anna.messages(world.circle) if QUESTION in str(one.blocks))
    world.stops()
    world.bram.says(world.circle, "Ik leerde te wachten.", thread=card)
    world.starts()
    slack_says(world, ours_ahead=timedelta(hours=5))
    world.settles()
    with world.bot.services.database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM reflection").scalar() == 1


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(seconds=50), None),
        (timedelta(seconds=-50), None),
        (timedelta(minutes=1, seconds=1), "is 1 minute ahead of Slack's"),
        (-timedelta(minutes=9), "is 9 minutes behind Slack's"),
    ],
)
def test_what_is_said_of_a_difference(world: World, ahead: timedelta, said: str | None):
    slack_says(world, ours_ahead=ahead)
    assert world.bot.clock_watch.problem() == said


def test_a_step_of_our_clock_is_known_before_slack_answers_again(world: World, monkeypatch: pytest.MonkeyPatch):
    slack_says(world, ours_ahead=timedelta())
    monkeypatch.setattr(world.bot.slack_answers, "_elapsed", lambda: world.elapsed() + timedelta(days=365))
    assert not world.bot.clock_watch.is_usable()
    assert str(world.bot.clock_watch.problem()).startswith("is 365 days ahead of Slack's; until it is right")
    assert world.bot.slack_answers.slacks_time() == world.elapsed()
