"""A place that cannot be read: asked again after growing pauses, said once, and no burden to others."""

import logging
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from db.models import OutboxTarget
from playground.model import Json, Message
from tests.intervision.actors import Table
from tests.listening.clients import reads_through
from tests.reflection.actors import card, held_up, kept, next_week
from tests.world import World


def asks_at(world: World, answer: str | int, question: Message) -> list[datetime]:
    """When the thread of this question is asked for, from now on."""
    asked: list[datetime] = []

    def happens(_: str, said: Json) -> str | int | None:
        if said.get("ts") != question.ts:
            return None
        asked.append(world.calendar())
        return answer

    reads_through(world, happens=happens)
    return asked


def reads_for(world: World, hours: int) -> None:
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()
    for _ in range(hours * 60):
        world.calendar.move(timedelta(minutes=1))
        world.elapsed.move(timedelta(minutes=1))
        world.bot.catching_up.read_due(world.calendar())


def minutes_between(moments: list[datetime]) -> list[float]:
    return [(after - before) / timedelta(minutes=1) for before, after in pairwise(moments)]


@pytest.mark.parametrize("answer", [500, 404, "internal_error", "some_new_error", "invalid_cursor"])
def test_it_asks_again_soon_and_then_less_and_less(world: World, question: Message, answer: str | int):
    asked = asks_at(world, answer, question)
    reads_for(world, 4)
    assert minutes_between(asked) == [1, 2, 5, 15, 60, 60, 60]


@pytest.mark.parametrize("answer", ["missing_scope", "channel_not_found", "not_in_channel"])
def test_where_a_person_has_to_act_first_it_asks_at_the_usual_time_and_says_so_once(
    world: World, question: Message, answer: str, caplog: pytest.LogCaptureFixture
):
    asked = asks_at(world, answer, question)
    with caplog.at_level(logging.WARNING):
        reads_for(world, 13)
    assert minutes_between(asked) == [360, 360]
    assert [record for record in caplog.messages if answer in record] == [
        f"Slack does not let us read {world.circle.id}: conversations.replies: {answer}"
    ]


def test_while_our_token_is_refused_it_asks_now_and_then_and_goes_on_by_itself(world: World, question: Message):
    answers = ["invalid_auth"]
    reads_through(world, happens=lambda _, __: answers[0] if answers else None)
    with held_up(world):
        world.bram.says(world.circle, "Intussen", thread=question)
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()
    answers.clear()
    world.passes(minutes=1)
    assert kept(world) == [("shared", "Intussen")]


def test_a_mistake_of_ours_holds_up_no_other_message_and_no_other_place(
    world: World, question: Message, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    next_week(world)
    other = card(world)
    with held_up(world):
        world.bram.says(world.circle, "Doet kapot", thread=question)
        world.celine.says(world.circle, "Daarna", thread=question)
        world.dirk.says(world.circle, "Elders", thread=other)
    breaks, receive = [True], world.bot.threads.receive

    def breaks_on_one(message, now):
        if breaks and message.text == "Doet kapot":
            raise RuntimeError(message.text)
        receive(message, now)

    monkeypatch.setattr(world.bot.threads, "receive", breaks_on_one)
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()
    assert {text for _, text in kept(world)} == {"Daarna", "Elders"}
    assert "Doet kapot" not in caplog.text and "RuntimeError at" in caplog.text
    breaks.clear()
    world.passes(minutes=2)
    assert {text for _, text in kept(world)} == {"Doet kapot", "Daarna", "Elders"}


def test_a_mistake_of_ours_in_one_place_comes_less_and_less_often(
    world: World, question: Message, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    asked: list[datetime] = []

    def breaks(*_: object, **__: object) -> None:
        asked.append(world.calendar())
        raise RuntimeError("Wat Bram schreef")

    monkeypatch.setattr(world.bot.catching_up._slack, "read_thread", breaks)
    reads_for(world, 3)
    assert minutes_between(asked) == [1, 2, 5, 15, 60, 60]
    assert "Bram" not in caplog.text and "RuntimeError at" in caplog.text


def test_what_another_version_kept_of_a_reading_is_begun_again(world: World, question: Message):
    with held_up(world):
        world.bram.says(world.circle, "Toch gelezen", thread=question)
    with world.bot.services.database.writing() as session:
        session.execute(update(OutboxTarget).values(reading={"reading": "page 7"}))
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()
    assert kept(world) == [("shared", "Toch gelezen")]


def test_a_step_closes_also_when_reading_its_channel_fails(table: Table):
    reads_through(table.world, happens=lambda _, __: 500)
    step = table.card().text
    table.world.passes(days=4)
    assert table.card().text != step
