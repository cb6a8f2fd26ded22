"""Events with missing or odd fields: acknowledged, counted, named once without content, and nothing fails for ever."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest, BoltResponse

from bot.slack.requirements import EVENTS
from handlers.failures import answer_or_acknowledge
from playground.model import Json
from tests.reflection.actors import kept, question_comes
from tests.world import World

pytestmark = pytest.mark.one_database

SAMPLES = json.loads((Path(__file__).parents[1] / "data" / "slack_events.json").read_text())
ODD: tuple[Any, ...] = (None, 17, "", "lievelingsgeheim \ud83d", True, [], ["x"], {}, {"id": 17})
WORDS = "lievelingsgeheim"


def of(world: World, event: Any, **more: Any) -> Json:
    return {"type": "event_callback", "team_id": world.workspace.team_id, "event_id": "Ev1", "event": event, **more}


def status(world: World, payload: Json) -> int:
    def answer() -> BoltResponse:
        return world.app.dispatch(BoltRequest(mode="socket_mode", body=payload))

    return int(answer_or_acknowledge(answer, lambda: BoltResponse(status=200)).status)


def changed_everywhere(sample: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """The sample with each of its fields taken away, or made odd, one by one."""
    inner = sample
    for name in path:
        inner = inner[name]
    for name, value in inner.items():
        where = (*path, name)
        yield where, _with(sample, where)
        for odd in ODD:
            yield where, _with(sample, where, odd)
        if isinstance(value, dict):
            yield from changed_everywhere(sample, where)


def _with(sample: Json, where: tuple[str, ...], *value: Any) -> Json:
    changed = deepcopy(sample)
    inner = changed
    for name in where[:-1]:
        inner = inner[name]
    del inner[where[-1]]
    if value:
        inner[where[-1]] = value[0]
    return changed


def filled(world: World, sample: Json) -> Json:
    """The sample about the people and the channel of this world."""
    whole: Json = json.loads(
        json.dumps(sample)
        .replace("U_ANNA", world.anna.id)
        .replace("U_BOT", world.workspace.bot.id)
        .replace("C_CIRCLE", world.circle.id)
    )
    return whole


def test_there_is_a_sample_of_every_event_that_we_ask_for() -> None:
    assert {event.name.partition(".")[0] for event in EVENTS} <= {sample["type"] for sample in SAMPLES}


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_no_odd_field_makes_an_event_fail(world: World, number: int, caplog: pytest.LogCaptureFixture) -> None:
    world.sets_up()
    for where, odd in changed_everywhere(filled(world, SAMPLES[number])):
        assert (where, status(world, of(world, odd))) in ((where, 200), (where, 503))
    assert "failed" not in caplog.text and WORDS not in caplog.text
    world.settles()
    assert WORDS not in world.bot.metrics.render_metrics().decode()


@pytest.mark.parametrize("field", ["team_id", "event_id", "authorizations", "team", "user", "enterprise", "event_time"])
def test_nor_does_anything_odd_around_it(world: World, field: str) -> None:
    event = filled(world, SAMPLES[0])
    for odd in ODD:
        assert status(world, of(world, event) | {field: odd}) in (200, 503)


def test_it_is_counted_and_named_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    odd = {"type": "member_left_channel", "user": {"name": WORDS}, "channel": world.circle.id}
    for _ in range(3):
        assert status(world, of(world, odd)) == 200
    counted = 'klankbord_ignored_events_total{subtype="malformed",type="member_left_channel"} 3.0'
    assert counted in world.bot.metrics.render_metrics().decode()
    assert caplog.text.count("an event member_left_channel has no usable field user") == 1
    assert WORDS not in caplog.text


def test_a_link_preview_is_no_edit(world: World) -> None:
    """Slack sends a change for it, with a later moment than the edit that was made before it and comes after it."""
    question = question_comes(world)
    said = world.bram.says(world.circle, "Zie https://x.be", thread=question)
    world.settles()
    ts, later = said.ts, f"{float(said.ts) + 9:.6f}"
    message = {"type": "message", "user": world.bram.id, "text": said.text, "ts": ts, "thread_ts": question.ts}
    previewed = {**message, "attachments": [{"title": "X"}]}
    edited = {**message, "text": "Anders", "edited": {"user": world.bram.id, "ts": f"{float(ts) + 5:.6f}"}}
    change = {"type": "message", "subtype": "message_changed", "channel": world.circle.id, "channel_type": "channel"}
    assert status(world, of(world, change | {"ts": later, "message": previewed, "previous_message": message})) == 200
    sooner = f"{float(ts) + 5:.6f}"
    assert status(world, of(world, change | {"ts": sooner, "message": edited, "previous_message": message})) == 200
    world.settles()
    assert [text for _, text in kept(world)] == ["Anders"]
