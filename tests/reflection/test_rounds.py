"""Each week one question, once, in its own week."""

from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from db.models import SlotException
from tests.reflection.actors import card, cards, next_week, question_comes
from tests.world import World


def asked(world: World) -> list[str]:
    return [world.anna.visible_text(one) for one in cards(world)]


def test_the_question_comes_on_the_day_and_hour_the_circle_chose(world: World) -> None:
    world.sets_up(weekday="1", clock="14:00")
    world.calendar.move(timedelta(days=8, hours=3, minutes=30))
    world.settles()
    assert cards(world) == []
    world.passes(minutes=30)
    assert len(cards(world)) == 1


def test_the_card_says_beforehand_what_is_kept(world: World) -> None:
    text = world.bram.visible_text(question_comes(world))
    assert "Weekvraag" in text and "?" in text and "Antwoord" in text
    assert "Klankbord bewaart antwoorden in de draad" in text and "Wie leest mee?" in text


def test_the_question_is_in_the_language_of_the_circle(world: World) -> None:
    assert "Question de la semaine" in world.anna.visible_text(question_comes(world, language="fr"))


def test_each_week_brings_another_question_and_another_theme(world: World) -> None:
    question_comes(world)
    for _ in range(3):
        next_week(world)
    questions = asked(world)
    assert len(questions) == 4 == len(set(questions))
    themes = [text.splitlines()[0] for text in questions]
    assert all(one != next_one for one, next_one in pairwise(themes))


def test_two_ticks_ask_once(world: World) -> None:
    question_comes(world)
    circle = world.bot.rounds
    assert [circle.post_due_round(1, world.calendar()) for _ in range(3)] == [False] * 3
    world.settles()
    assert len(cards(world)) == 1


def test_a_bot_that_was_down_asks_late_in_the_same_week(world: World) -> None:
    world.sets_up()
    world.calendar.move(timedelta(days=10))
    world.settles()
    assert len(cards(world)) == 1
    world.calendar.move(timedelta(days=4))
    world.settles()
    assert len(cards(world)) == 2


def test_a_week_that_is_over_is_skipped(world: World) -> None:
    world.sets_up(weekday="2")
    world.calendar.move(timedelta(days=15))
    world.settles()
    assert cards(world) == []
    world.calendar.move(timedelta(days=1))
    world.settles()
    assert len(cards(world)) == 1


def test_what_could_not_come_is_recorded_with_its_reason(world: World) -> None:
    world.sets_up(weekday="2")
    world.calendar.move(timedelta(days=16))
    world.settles()
    with world.bot.services.database.reading() as session:
        without = session.scalars(select(SlotException).order_by(SlotException.slot)).all()
    assert [(one.slot, one.why) for one in without] == [("2026-W47", "missed")]


def test_after_weeks_of_silence_only_this_weeks_question_comes(world: World) -> None:
    world.sets_up()
    world.calendar.move(timedelta(days=24))
    world.settles()
    assert len(cards(world)) == 1


def test_nothing_is_asked_where_the_bot_was_sent_away(world: World) -> None:
    question_comes(world)
    world.anna.kicks(world.circle, world.workspace.bot)
    next_week(world)
    next_week(world)
    assert len(cards(world)) == 1
    world.anna.invites(world.circle, world.workspace.bot)
    next_week(world)
    assert len(cards(world)) == 2


def test_a_question_that_somebody_deleted_stays_away(world: World) -> None:
    question = question_comes(world)
    world.anna.user.is_admin = True
    world.bram.says(world.circle, "Mooie vraag", thread=question)
    world.anna.deletes(question)
    world.settles()
    next_week(world)
    assert card(world) is not question and len(cards(world)) == 1
