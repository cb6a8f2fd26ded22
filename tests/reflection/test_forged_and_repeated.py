"""Forged and repeated payloads: a private answer, and nothing changed twice."""

from typing import Any

import pytest

from bot.core import names
from playground.model import Json, Message, View
from playground.people import Person
from tests.reflection.actors import (
    FIELD,
    FOR_ME,
    FOR_THE_CIRCLE,
    FOR_WHOM,
    SHARE,
    kept,
    opens,
    question_comes,
    sends,
    shares,
    thread,
    writes,
)
from tests.world import World

pytestmark = pytest.mark.one_database


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def pressed(world: World, who: Person, page: View, action: str, value: str) -> str:
    """Somebody sends a button's payload that their page never offered; what they read then."""
    view = {**page.payload, "id": page.id, "state": {"values": {}}}
    world.workspace.sends_forged(payload(world, who, view=view) | {"actions": [button(action, value)]}, by=who)
    world.settles()
    return who.visible_text(who.modal) if who.modal else ""


def button(action: str, value: str) -> Json:
    return {"type": "button", "action_id": action, "value": value, "block_id": "forged", "action_ts": "1.2"}


def payload(world: World, who: Person, **more: Any) -> Json:
    """What Slack sends of an interaction, as far as the bot reads it."""
    team = world.workspace.team_id
    user = {"id": who.id, "team_id": team}
    trigger = world.workspace.triggers.new_trigger_id(who.id)
    return {"type": "block_actions", "team": {"id": team}, "user": user, "trigger_id": trigger, **more}


@pytest.mark.parametrize("nothing", ["\u200f \u200e", "\u200b", "\u2060\u00a0"])
def test_a_blank_answer_is_refused_at_the_field(world: World, question: Message, nothing: str) -> None:
    world.anna.fills(opens(world.anna, question), {FIELD: nothing, FOR_WHOM: FOR_ME})
    assert world.anna.submits().errors == {FIELD: "Hier staat nog niets te lezen. Eén woord of een emoji is al goed."}
    assert kept(world) == []


@pytest.mark.parametrize(
    "text",
    [
        "🙂",
        "👩‍👩‍👧",
        ":wave:",
        "\u200fשלום\u200e en welkom",
        "<!channel> <@U0BRAM> <https://x.be|hier>",
        "*_~`> & <b>",
        "a\x00b",
    ],
)
def test_whatever_people_write_is_shown_as_it_is(world: World, question: Message, text: str) -> None:
    shares(world, world.anna, question, text)
    # PostgreSQL takes this one character in no text, and nobody can read it.
    assert kept(world) == [("shared", text.replace("\0", ""))]
    posted = str(world.bram.thread(question)[-1].blocks)
    assert "<!channel>" not in posted and "<@U0BRAM>" not in posted and "<https" not in posted


def test_a_text_of_line_ends_fits(world: World, question: Message) -> None:
    text = "\n".join(["a"] * 1500)
    shares(world, world.anna, question, text)
    assert kept(world) == [("shared", text)]
    assert thread(world.bram, question).split("\n").count("> a") == 1500


def test_a_form_sent_twice_makes_one_answer(world: World, question: Message, caplog: pytest.LogCaptureFixture) -> None:
    form = opens(world.anna, question)
    world.anna.fills(form, {FIELD: "Eén keer.", FOR_WHOM: FOR_THE_CIRCLE})
    view = {**form.payload, "id": form.id, "state": {"values": form.values}}
    sent = payload(world, world.anna, view=view, type="view_submission")
    world.anna.submits()
    world.workspace.sends_forged(sent, by=world.anna)
    assert kept(world) == [("shared", "Eén keer.")]
    world.anna.presses(opens(world.anna, question), "Haal uit de draad")
    world.workspace.sends_forged(sent, by=world.anna)
    assert kept(world) == [("kept", "Eén keer.")], "a form that comes late shares nothing again"
    assert "failed" not in caplog.text


def test_another_persons_answer_does_not_exist(world: World, question: Message) -> None:
    page = writes(world.anna, question, "Van Anna.")
    row = next(block for block in page.blocks if block["type"] == "actions")
    own = writes(world.bram, question, "Van Bram.")
    for action in (names.SHARE_REFLECTION, names.WITHDRAW_REFLECTION, names.CHANGE_REFLECTION, names.KEEP_REFLECTION):
        pressed(world, world.bram, own, action, row["elements"][0]["value"])
        assert not world.bram.sees("Van Anna")
    assert sorted(kept(world)) == [("kept", "Van Anna."), ("kept", "Van Bram.")]


@pytest.mark.parametrize("value", ["", "nee", "999", "9" * 40, "-1"])
def test_a_forged_pointer_changes_nothing(world: World, question: Message, value: str) -> None:
    page = writes(world.anna, question, "Van Anna.")
    for action in (names.ANSWER, names.SHARE_REFLECTION, names.LEAVE_ME_OUT, names.MORE_ROOM):
        pressed(world, world.anna, page, action, value)
    assert kept(world) == [("kept", "Van Anna.")]


def test_a_button_pressed_twice_does_no_harm(world: World, question: Message) -> None:
    page = writes(world.anna, question, "Van Anna.")
    value = page.blocks[-1]["elements"][0]["value"]
    for _ in range(2):
        pressed(world, world.anna, page, names.SHARE_REFLECTION, value)
    assert len(world.bram.thread(question)) == 2
    for _ in range(2):
        pressed(world, world.anna, page, names.WITHDRAW_REFLECTION, value)
    assert kept(world) == [("withdrawn", "")]


def test_a_stranger_to_the_circle_is_refused_kindly(world: World, question: Message) -> None:
    gust = world.workspace.add_person("Gust")
    for _ in range(2):
        forged = payload(world, gust, channel={"id": world.circle.id}, actions=[button(names.ANSWER, "1")])
        world.workspace.sends_forged(forged, by=gust)
    assert gust.modal is not None
    assert "Kom in het kanaal van die kring" in gust.visible_text(gust.modal)


def test_a_member_who_left_the_circle_can_no_longer_share(world: World, question: Message) -> None:
    page = writes(world.bram, question, "Van Bram.")
    world.bram.leaves(world.circle)
    world.bram.presses(page, SHARE)
    world.settles()
    assert "hoort bij een kring waar je niet in zit" in world.bram.visible_text(world.bram.modal)
    assert kept(world) == [("kept", "Van Bram.")]


def test_what_cannot_be_done_leaves_the_form_open_with_the_words_in_it(world: World, question: Message) -> None:
    world.bram.fills(opens(world.bram, question), {FIELD: "Van Bram.", FOR_WHOM: FOR_THE_CIRCLE})
    world.anna.user.is_admin = True
    world.anna.deletes(question)
    assert "staat niet meer in het kanaal" in str(world.bram.submits().errors)
    assert kept(world) == [] and world.bram.modal
    sends(world.bram, FOR_ME)
    assert kept(world) == [("kept", "Van Bram.")]


def test_sharing_under_a_deleted_question_is_refused_and_nothing_is_lost(world: World, question: Message) -> None:
    page = writes(world.bram, question, "Van Bram.")
    world.anna.user.is_admin = True
    world.anna.deletes(question)
    world.bram.presses(page, SHARE)
    world.settles()
    assert "staat niet meer in het kanaal" in world.bram.visible_text(world.bram.modal)
    assert kept(world) == [("kept", "Van Bram.")]


def test_unknown_events_are_counted(world: World, question: Message) -> None:
    world.workspace.sends_forged(
        {
            "type": "event_callback",
            "team_id": world.workspace.team_id,
            "event": {"type": "message", "subtype": "huddle_thread", "channel": world.circle.id, "ts": "1.2"},
        }
    )
    assert (
        b'klankbord_ignored_events_total{subtype="huddle_thread",type="message"} 1.0'
        in world.bot.metrics.render_metrics()
    )
    assert kept(world) == []


def test_what_people_wrote_is_sealed_in_the_database(world: World, question: Message) -> None:
    shares(world, world.anna, question, "Een geheim woord: klaproos")
    world.bram.says(world.circle, "Ook klaproos", thread=question)
    world.settles()
    with world.bot.services.database.engine.connect() as connection:
        for table in ("reflection", "outbox_job", "outbox_target"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert "klaproos" not in str(rows)
