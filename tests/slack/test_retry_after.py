"""Slack says when to come back, in `Retry-After`: in seconds, or as a date (RFC 9110, section 10.2.3)."""

import json
from datetime import datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from typing import Any
from urllib.request import Request

import pytest
from slack_sdk import WebClient

from bot.core.clocks import elapsed
from bot.outbox.queue import Destination
from bot.slack.client import SlackClient
from bot.slack.errors import SlackLater
from tests.world import World


class LimitedClient(WebClient):
    """A Slack that answers every call with 429, and these headers."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__(token="xoxb-test", retry_handlers=[])
        self._limit = headers

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        headers = Message()
        for name, value in self._limit.items():
            headers[name] = value
        return {"status": 429, "headers": headers, "body": json.dumps({"ok": False, "error": "ratelimited"})}


def seconds_to_wait(**headers: str) -> float:
    slack = SlackClient(LimitedClient({name.replace("_", "-"): value for name, value in headers.items()}))
    with pytest.raises(SlackLater) as refused:
        slack.publish_home("U1", {"type": "home", "blocks": []})
    return refused.value.seconds


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def test_seconds() -> None:
    assert seconds_to_wait(Retry_After="30") == 30


def test_a_date_is_compared_with_slacks_own_clock_where_the_answer_has_one() -> None:
    sent = "Mon, 05 Oct 2026 08:00:00 GMT"
    assert seconds_to_wait(Retry_After="Mon, 05 Oct 2026 08:00:30 GMT", Date=sent) == 30


def test_a_date_is_compared_with_our_clock_where_the_answer_has_none() -> None:
    assert 25 < seconds_to_wait(Retry_After=http_date(elapsed() + timedelta(seconds=30))) <= 30


@pytest.mark.parametrize("value", ["Mon, 05 Oct 2020 08:00:00 GMT", "soon", "", "-3", "inf", "nan"])
def test_what_is_over_or_cannot_be_read_means_one_second(value: str) -> None:
    assert seconds_to_wait(Retry_After=value) == 1


def test_no_header_means_one_second_and_its_name_has_no_case() -> None:
    assert seconds_to_wait() == 1
    assert seconds_to_wait(retry_after="30") == 30


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "30"},
        {"Retry-After": "Mon, 05 Oct 2026 08:00:30 GMT", "Date": "Mon, 05 Oct 2026 08:00:00 GMT"},
    ],
    ids=["seconds", "date"],
)
def test_the_outbox_sends_nothing_to_the_channel_before_that(world: World, headers: dict[str, str]) -> None:
    world.sets_up()
    worker = world.bot.outbox_worker
    slack = worker.calls.slack
    worker.calls.slack = SlackClient(LimitedClient(headers))
    with world.bot.services.database.writing() as session:
        destination = Destination(channel=world.circle.id)
        world.bot.services.outbox.post_once(session, "hello", {"text": "hello there"}, destination)
    worker.send_all()
    worker.calls.slack = slack
    world.elapsed.move(timedelta(seconds=29))
    worker.send_all()
    assert not world.anna.sees("hello there")
    world.elapsed.move(timedelta(seconds=1))
    worker.send_all()
    assert world.anna.sees("hello there")
