"""An answer means one of four things, whatever the method: done, refused, later, uncertain. No word of it is kept."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPMessage, IncompleteRead
from io import BytesIO
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

import pytest
from slack_sdk import WebClient

from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackLater, SlackRefused, SlackUncertain

CANARY = "kanarie: mijn student huilde"
SINCE = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


class OddSlack(WebClient):
    """Answers every request with this status and body."""

    def __init__(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(token="xoxb-odd", base_url="https://slack.test/api/")
        self._status, self._body, self._extra = status, body, headers or {}

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        headers = HTTPMessage()
        for name, value in self._extra.items():
            headers[name] = value
        if self._status >= 400:
            raise HTTPError(url, self._status, CANARY, headers, BytesIO(self._body.encode()))
        return {"status": self._status, "headers": headers, "body": self._body}

    def _upload_file(self, **_: Any) -> Any:
        raise IncompleteRead(CANARY.encode())


CALLS: dict[str, Callable[[SlackClient], Any]] = {
    "chat.postMessage": lambda it: it.post_message("C1", {"text": "x"}, thread=None, marker="m"),
    "chat.update": lambda it: it.update_message("C1", "1.0", {"text": "x"}),
    "chat.delete": lambda it: it.delete_message("C1", "1.0"),
    "files.completeUploadExternal": lambda it: it.upload_file("C1", "a.md", "x", "note"),
    "conversations.create": lambda it: it.make_channel("room"),
    "conversations.open": lambda it: it.open_conversation(["U1"]),
    "conversations.invite": lambda it: it.invite_users("C1", ["U1"]),
    "conversations.kick": lambda it: it.remove_user("C1", "U1"),
    "conversations.archive": lambda it: it.archive_channel("C1"),
    "conversations.info": lambda it: it.channel_facts("C1"),
    "conversations.members": lambda it: list(it.members_of("C1")),
    "users.conversations": lambda it: list(it.channels_we_are_in()),
    "conversations.history": lambda it: it.find_copies("C1", None, {"m"}, SINCE, lambda: None),
    "conversations.replies": lambda it: it.find_copies("C1", "1.0", {"m"}, SINCE, lambda: None),
    "a message read": lambda it: it.read_message("C1", "1.0"),
    "auth.test": lambda it: it.identity(),
    "apps.connections.open": lambda it: it.socket_address(),
    "users.info": lambda it: it.person_facts("U1"),
    "views.open": lambda it: it.open_form("t", {"type": "modal"}),
    "views.push": lambda it: it.push_form("t", {"type": "modal"}),
    "views.update": lambda it: it.update_form("V1", {"type": "modal"}),
    "views.publish": lambda it: it.publish_home("U1", {"type": "home"}),
}
UNCERTAIN = {
    "a page": (200, f"<html>{CANARY}</html>"),
    "a page with 500": (500, f"<html>{CANARY}</html>"),
    "a page with 404": (404, f"<html>{CANARY}</html>"),
    "nothing": (200, ""),
    "a list": (200, json.dumps([CANARY])),
    "a word": (200, json.dumps(CANARY)),
    "null": (200, "null"),
    "deep": (200, "[" * 100_000),
    "no error's name": (200, json.dumps({"ok": False, "error": CANARY})),
    "no name at all": (200, json.dumps({"ok": False, "text": CANARY})),
    "an error that is a list": (200, json.dumps({"ok": False, "error": [CANARY]})),
    "neither yes nor no": (200, json.dumps({"error": "invalid_blocks", "text": CANARY})),
    "JSON with 502": (502, json.dumps({"ok": False, "error": "invalid_blocks", "text": CANARY})),
    "ambiguous": (200, json.dumps({"ok": False, "error": "fatal_error", "text": CANARY})),
}
# These take nothing from an answer but that it says yes.
ONLY_YES = {
    "chat.update", "chat.delete", "conversations.kick", "conversations.archive",
    "views.open", "views.push", "views.update", "views.publish", "conversations.invite",
}  # fmt: skip


def what_comes(call: Callable[[SlackClient], Any], odd: OddSlack, caplog: pytest.LogCaptureFixture) -> SlackError:
    """The error that a call raises; nothing that Slack answered is in it or in the log."""
    with caplog.at_level(logging.DEBUG), pytest.raises(SlackError) as raised:
        call(SlackClient(odd))
    said = f"{raised.value!r} {raised.value} {vars(raised.value)} {caplog.text}"
    assert CANARY not in said and "kanarie" not in said and "student" not in said
    assert raised.value.__cause__ is None and raised.value.__suppress_context__
    return raised.value


@pytest.mark.parametrize("answer", UNCERTAIN.values(), ids=UNCERTAIN)
@pytest.mark.parametrize("method", CALLS)
def test_what_is_no_answer_of_slack_is_uncertain(
    method: str, answer: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(what_comes(CALLS[method], OddSlack(*answer), caplog), SlackUncertain)


@pytest.mark.parametrize("method", sorted(CALLS.keys() - ONLY_YES - {"files.completeUploadExternal"}))
@pytest.mark.parametrize("empty", [{}, {"channel": CANARY, "messages": CANARY, "members": {}, "user": [CANARY]}])
def test_a_yes_without_what_was_asked_is_uncertain(
    method: str, empty: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    odd = OddSlack(200, json.dumps({"ok": True, "text": CANARY, **empty}))
    assert isinstance(what_comes(CALLS[method], odd, caplog), SlackUncertain)


@pytest.mark.parametrize("method", CALLS)
def test_a_no_by_name_is_a_refusal_and_says_nothing_but_the_name(method: str, caplog: pytest.LogCaptureFixture) -> None:
    body = {"ok": False, "error": "missing_scope", "needed": "groups:write,im:write", "provided": CANARY, "x": CANARY}
    refusal = what_comes(CALLS[method], OddSlack(200, json.dumps(body)), caplog)
    assert isinstance(refusal, SlackRefused)
    assert (refusal.error, refusal.scope, list(refusal.people)) == ("missing_scope", "groups:write", [])


def test_a_scope_of_another_form_is_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    body = {"ok": False, "error": "missing_scope", "needed": CANARY, "errors": [{"user": "U1", "error": CANARY}]}
    refusal = what_comes(CALLS["conversations.invite"], OddSlack(200, json.dumps(body)), caplog)
    assert isinstance(refusal, SlackRefused) and refusal.scope is None and not refusal.people


@pytest.mark.parametrize("method", CALLS)
def test_429_means_later_whatever_its_body(method: str, caplog: pytest.LogCaptureFixture) -> None:
    later = what_comes(CALLS[method], OddSlack(429, f"<html>{CANARY}</html>", {"Retry-After": "7"}), caplog)
    assert isinstance(later, SlackLater) and later.seconds == 7


def test_half_an_emoji_is_a_mistake_of_ours_and_never_leaves() -> None:
    slack = SlackClient(OddSlack(200, json.dumps({"ok": True})))
    for call in (
        lambda: slack.post_message("C1", {"text": "\ud83d"}, thread=None, marker="m"),
        lambda: slack.upload_file("C1", "a.md", "\ud83d", "note"),
        lambda: slack.publish_home("U1", {"type": "home", "blocks": [{"text": "\ud83d"}]}),
    ):
        with pytest.raises(UnicodeEncodeError):
            call()
