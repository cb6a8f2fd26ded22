"""What fails is not acknowledged, so Slack sends it again; what Slack sends twice happens once."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import BoltRequest
from sqlalchemy.exc import OperationalError

from handlers.bolt_app import make_app
from tests.forged_payloads import answer
from tests.world import World


def event(world: World, **inner: object) -> dict[str, object]:
    return {"type": "event_callback", "team_id": world.workspace.team_id, "event_id": "Ev1", "event": inner}


def failing(times: int, call: Callable[..., object]) -> Callable[..., object]:
    """The call, which fails the first so many times."""
    left = [times]

    def perhaps(*arguments: object) -> object:
        if left[0]:
            left[0] -= 1
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        return call(*arguments)

    return perhaps


class AfterTheAnswer(Executor):
    """A pool whose threads come to nothing before the answer is out, as on a busy machine."""

    def submit(self, *_: object, **__: object) -> Future[Any]:
        return Future()


def test_an_event_of_a_kind_nobody_knows_is_acknowledged_and_counted(world: World):
    unknown = event(world, type="message", subtype="hologram", channel=world.circle.id, user="U1", ts="1.1", text="…")
    assert answer(world, unknown) == ""
    assert answer(world, event(world, type="star_added", user="U1")) == ""
    page = world.bot.metrics.render_metrics().decode()
    assert 'klankbord_ignored_events_total{subtype="other",type="message"} 1.0' in page
    assert 'klankbord_ignored_events_total{subtype="",type="other"} 1.0' in page


def test_what_could_not_be_kept_is_not_acknowledged_and_comes_again(world: World, monkeypatch: pytest.MonkeyPatch):
    people = world.bot.people
    monkeypatch.setattr(people, "on_bot_joined", failing(1, people.on_bot_joined))
    world.anna.invites(world.circle, world.workspace.bot)
    world.settles()
    assert "Kring instellen" not in world.anna.visible_text(world.circle)
    world.workspace.resend_due()
    world.settles()
    assert "Kring instellen" in world.anna.visible_text(world.circle)


def test_slack_hears_that_it_arrived_only_once_it_is_kept(world: World, monkeypatch: pytest.MonkeyPatch):
    people, app = world.bot.people, make_app(world.bot, AfterTheAnswer())
    monkeypatch.setattr(people, "on_bot_joined", failing(1, people.on_bot_joined))
    joined = event(world, type="member_joined_channel", user=world.workspace.bot.id, channel=world.circle.id)
    said = [app.dispatch(BoltRequest(mode="socket_mode", body=joined)).status for _ in range(2)]
    assert said == [500, 200]


def test_it_comes_again_for_minutes_and_is_kept_at_last(world: World, monkeypatch: pytest.MonkeyPatch):
    people = world.bot.people
    monkeypatch.setattr(people, "on_bot_joined", failing(3, people.on_bot_joined))
    world.anna.invites(world.circle, world.workspace.bot)
    for minutes in (0, 1, 5, 5):
        world.elapsed.move(timedelta(minutes=minutes, seconds=4))
        world.workspace.resend_due()
        world.settles()
    assert "Kring instellen" in world.anna.visible_text(world.circle)


def test_the_failure_is_logged_without_what_people_wrote(world: World, monkeypatch, caplog: pytest.LogCaptureFixture):
    world.sets_up()
    monkeypatch.setattr(world.bot.people, "on_bot_joined", failing(1, world.bot.people.on_bot_joined))
    us = world.workspace.bot.id
    secret = event(world, type="member_joined_channel", user=us, channel="C1", text="lievelingsgeheim")
    assert answer(world, secret, expected=500) == ""
    assert "a request failed: OperationalError" in caplog.text
    assert "lievelingsgeheim" not in caplog.text


def test_what_slack_tells_five_times_happens_once(world: World):
    world.anna.invites(world.circle, world.workspace.bot)
    world.settles()
    again = event(world, type="member_joined_channel", user=world.workspace.bot.id, channel=world.circle.id)
    for _ in range(5):
        assert answer(world, again) == ""
    ours = [m for m in world.anna.messages(world.circle) if m.user == world.workspace.bot.id and m.blocks]
    assert len(ours) == 1


def test_a_form_that_could_not_be_kept_stays_open_with_what_was_written(world: World, monkeypatch):
    world.arrives()
    world.anna.presses(world.anna.messages(world.circle)[-1], "set_up_pressed")
    world.anna.fills(world.anna.modal, {"contact": "Vertrouwenspersoon"})
    monkeypatch.setattr(world.bot.circle_set_up, "set_up_circle", failing(1, world.bot.circle_set_up.set_up_circle))
    world.anna.submits()
    assert world.anna.modal is not None, "Slack says that it did not work, and keeps the form"
    assert world.anna.submits().errors is None
    world.settles()
    assert "/intervisie" in world.anna.visible_text(world.circle)
