"""Every call of Slack that the bot makes. With `bot/slack/meanings.py` the only user of slack_sdk.

A call has one of four results: an answer; `SlackRefused` (Slack says no, and will again until a person acts);
`SlackLater` (try again after so many seconds); `SlackUncertain` (nobody knows whether it happened). Nothing is retried
here: a client that repeats `chat.postMessage` after a broken connection posts twice.
"""

import json
import logging
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.slack.answers import SlackAnswers
from bot.slack.errors import SlackRefused, SlackUncertain
from bot.slack.meanings import as_slack_errors, check_status, lower_names, read_answer, slacks_time
from bot.slack.types import ChannelFacts, Copy, Identity, PersonFacts, channel_facts, identity_of, person_facts

Json = dict[str, Any]
# Called before each page of a search, since a search may take long; what it raises ends the search.
OnPage = Callable[[], None]

# slack_sdk logs the beginning of each body that it cannot read. No configuration of the log reaches this logger.
SILENT = logging.Logger("slack_sdk, silent", logging.CRITICAL + 1)
# A person waits for these calls; Slack's own limit is three seconds.
INTERACTIVE_SECONDS = 2.5
BACKGROUND_SECONDS = 15
# The person cannot be removed, and does not read there.
_NOT_IN_CHANNEL = {"not_in_channel", "user_not_found", "is_archived"}


def web_client(token: str, base_url: str, timeout: float = BACKGROUND_SECONDS) -> WebClient:
    """slack_sdk's client for the Slack at `base_url`, without its retries and its log."""
    return WebClient(
        token=token,
        base_url=base_url,
        timeout=timeout,  # type: ignore[arg-type]
        retry_handlers=[],
        logger=SILENT,
    )


class SlackClient:
    """Slack's Web API as the bot uses it. `client` is slack_sdk's own, made by `connect` or by a test.

    What its answers mean is noted in `answers`, which several clients share.
    """

    def __init__(self, client: WebClient, answers: SlackAnswers | None = None) -> None:
        client.retry_handlers, client._logger = [], SILENT
        self._client, self._answers = client, answers or SlackAnswers()

    @classmethod
    def connect(
        cls, token: str, base_url: str, *, timeout: float = BACKGROUND_SECONDS, answers: SlackAnswers | None = None
    ) -> "SlackClient":
        """A client of the Slack (or any server that speaks its protocol) at `base_url`; `timeout` is in seconds."""
        return cls(web_client(token, base_url, timeout), answers)

    @property
    def answers(self) -> SlackAnswers:
        """What Slack last answered."""
        return self._answers

    # Calls that must succeed (made by the outbox alone)

    def post_message(self, channel: str, body: Json, *, thread: str | None, marker: str) -> tuple[str, str]:
        """Post a message; returns (channel, ts). `marker` goes into its metadata, by which `find_copies` finds it."""
        answer = self._call(
            "chat.postMessage",
            channel=channel,
            thread_ts=thread,
            metadata={"event_type": "klankbord", "event_payload": {"id": marker}},
            unfurl_links=False,
            unfurl_media=False,
            **body,
        )
        channel, ts = read_answer("chat.postMessage", lambda: (answer["channel"], answer["ts"]))
        return str(channel), str(ts)

    def update_message(self, channel: str, ts: str, body: Json) -> None:
        """Replace the content of a message of the bot."""
        self._call("chat.update", channel=channel, ts=ts, **body)

    def delete_message(self, channel: str, ts: str) -> None:
        """Delete a message of the bot."""
        self._call("chat.delete", channel=channel, ts=ts)

    def upload_file(self, channel: str, name: str, text: str, note: str) -> None:
        """Upload a file of this name to a conversation, with a note."""
        content = text.encode()
        with as_slack_errors("files.completeUploadExternal", self._answers):
            self._client.files_upload_v2(
                channel=channel, filename=name, title=name, content=content, initial_comment=note
            )
        self._answers.note_done("files.completeUploadExternal")

    def has_file(self, channel: str, name: str, since: datetime, on_page: OnPage = lambda: None) -> bool:
        """True if a file of this name was uploaded there after `since`."""
        wanted = {"channel": channel, "limit": 200, "oldest": f"{since.timestamp():.6f}"}
        found = self._pages("conversations.history", "messages", on_page, **wanted)
        return any(file.get("name") == name for message in found for file in message.get("files") or ())

    def publish_home(self, user: str, view: Json) -> None:
        """Show this person their Home."""
        self._call("views.publish", user_id=user, view=view)

    def make_channel(self, name: str, on_page: OnPage = lambda: None) -> str:
        """Make a private channel; returns its id. An uncertain attempt may have made it: then that channel is used."""
        try:
            answer = self._call("conversations.create", name=name, is_private=True)
            return str(read_answer("conversations.create", lambda: answer["channel"]["id"]))
        except SlackRefused as refusal:
            ours = self._own_channel(name, on_page) if refusal.error == "name_taken" else None
            if ours is None:
                raise
            return ours

    def open_conversation(self, users: list[str]) -> str:
        """The id of the conversation of exactly these people and the bot; opening it again gives the same one."""
        answer = self._call("conversations.open", users=",".join(users))
        return str(read_answer("conversations.open", lambda: answer["channel"]["id"]))

    def invite_users(self, channel: str, users: list[str]) -> dict[str, str]:
        """Invite people who may be in the channel already; returns whom Slack refuses, with its error."""
        try:
            answer = self._call("conversations.invite", channel=channel, users=",".join(users), force=True)
            refused = answer.get("errors") or ()
        except SlackRefused as refusal:
            if not refusal.people and refusal.error != "already_in_channel":
                raise
            refused = refusal.people
        return {each["user"]: each["error"] for each in refused if each["error"] != "already_in_channel"}

    def remove_user(self, channel: str, user: str) -> None:
        """Remove somebody from a channel of the bot; they may be out already, or the channel archived."""
        self._call_unless("conversations.kick", _NOT_IN_CHANNEL, channel=channel, user=user)

    def archive_channel(self, channel: str) -> None:
        """Archive a channel; it may be archived already."""
        self._call_unless("conversations.archive", {"already_archived"}, channel=channel)

    def find_copies(
        self, channel: str, thread: str | None, markers: Collection[str], since: datetime, on_page: OnPage
    ) -> dict[str, list[Copy]]:
        """The messages after `since` with one of these markers, by marker: in the channel, or in a thread of it."""
        method = "conversations.replies" if thread else "conversations.history"
        where: Json = {"channel": channel, "ts": thread} if thread else {"channel": channel}
        where |= {"limit": 200, "oldest": f"{since.timestamp():.6f}", "include_all_metadata": True}
        found: dict[str, dict[str, Copy]] = {}
        for message in self._pages(method, "messages", on_page, **where):
            marker, copy = read_answer(method, partial(_marked, message))
            if marker in markers:
                found.setdefault(marker, {})[copy.ts] = copy
        return {marker: list(copies.values()) for marker, copies in found.items()}

    # Calls that are worth nothing later

    def open_form(self, trigger: str, view: Json) -> None:
        """Open a form or page for the person of this trigger. A call that timed out may have opened it."""
        self._call("views.open", trigger_id=trigger, view=view)

    def push_form(self, trigger: str, view: Json) -> None:
        """Open a page on top of the open one."""
        self._call("views.push", trigger_id=trigger, view=view)

    def update_form(self, view_id: str, view: Json, seen: str | None = None) -> None:
        """Replace an open page; with `seen` (its hash), only if nobody else replaced it."""
        self._call("views.update", view_id=view_id, view=view, hash=seen)

    def answer_privately(self, response_url: str, body: Json) -> None:
        """Say something that only this person reads, where they pressed or typed: `response_url` came with that."""
        said = {**body, "response_type": "ephemeral", "replace_original": False}
        with as_slack_errors("response_url"):
            found = self._client._perform_urllib_http_request(url=response_url, args={"headers": {}, "json": said})
        check_status("response_url", found["status"], found["headers"])

    def say_privately(self, channel: str, user: str, body: Json, *, thread: str | None = None) -> None:
        """Say something that only this person reads, in a channel in which they are; it is gone when they reload."""
        self._call("chat.postEphemeral", channel=channel, user=user, thread_ts=thread, **body)

    # Questions to Slack

    def identity(self) -> Identity:
        """The workspace and the bot of our token."""
        answer = self._call("auth.test")
        return read_answer("auth.test", lambda: identity_of(answer))  # type: ignore[no-any-return]

    def socket_address(self) -> str:
        """The address of one Socket Mode connection, for our app-level token. Raises `SlackRefused`."""
        answer = self._call("apps.connections.open", app_token=self._client.token)
        return str(read_answer("apps.connections.open", lambda: answer["url"]))

    def granted_scopes(self) -> set[str]:
        """The scopes of our token, which Slack names in a header of its answers."""
        listed = lower_names(self._response("auth.test", {}).headers).get("x-oauth-scopes", "")
        text = listed if isinstance(listed, str) else ",".join(listed)
        return {scope.strip() for scope in text.split(",") if scope.strip()}

    def members_of(self, channel: str) -> Iterator[str]:
        """The user ids of everybody in the channel."""
        return self._pages("conversations.members", "members", channel=channel, limit=200)

    def channels_we_are_in(self) -> Iterator[str]:
        """The ids of the channels that the bot is in: not archived, no direct conversations."""
        kinds = "public_channel,private_channel"
        found = self._pages("users.conversations", "channels", types=kinds, exclude_archived=True, limit=200)
        return (str(channel["id"]) for channel in found)

    def read_thread(
        self, channel: str, ts: str, *, cursor: str | None = None, after: str | None = None
    ) -> tuple[list[Any], str | None]:
        """A page of a thread as it is now, oldest first, and the next cursor; of replies only those `after` a `ts`."""
        wanted = {"channel": channel, "ts": ts, "oldest": after, "limit": 200}
        return self._one_page("conversations.replies", "messages", cursor, **wanted)

    def read_channel(
        self, channel: str, *, cursor: str | None = None, before: str | None = None
    ) -> tuple[list[Any], str | None]:
        """A page of a channel as it is now, newest first, without replies, and the next cursor."""
        return self._one_page("conversations.history", "messages", cursor, channel=channel, latest=before, limit=200)

    def read_message(self, channel: str, ts: str) -> Json | None:
        """One message (no reply in a thread) as it is now; None if it is gone."""
        only = {"oldest": ts, "latest": ts, "inclusive": True, "limit": 1, "include_all_metadata": True}
        answer = self._call("conversations.history", channel=channel, **only)
        found: Json | None = read_answer(
            "conversations.history",
            lambda: next((message for message in answer["messages"] if message["ts"] == ts), None),
        )
        return found

    def person_facts(self, user: str) -> PersonFacts:
        """What Slack says of this person."""
        answer = self._call("users.info", user=user)
        return read_answer("users.info", lambda: person_facts(answer["user"]))  # type: ignore[no-any-return]

    def channel_facts(self, channel: str) -> ChannelFacts:
        """What Slack says of this channel."""
        answer = self._call("conversations.info", channel=channel)
        return read_answer("conversations.info", lambda: channel_facts(answer["channel"]))  # type: ignore[no-any-return]

    def _own_channel(self, name: str, on_page: OnPage) -> str | None:
        own = self.identity().bot_user
        for found in self._pages("conversations.list", "channels", on_page, types="private_channel", limit=200):
            if found["name"] == name and found.get("creator") == own:
                return str(found["id"])
        return None

    def _pages(self, method: str, field: str, on_page: OnPage = lambda: None, /, **arguments: Any) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            on_page()
            page, cursor = self._one_page(method, field, cursor, **arguments)
            yield from page
            if not cursor:
                return

    def _one_page(
        self, method: str, field: str, cursor: str | None, /, **arguments: Any
    ) -> tuple[list[Any], str | None]:
        answer = self._call(method, cursor=cursor, **arguments)
        return read_answer(method, partial(_page, answer, field))  # type: ignore[no-any-return]

    def _call_unless(self, method: str, allowed: set[str], /, **arguments: Any) -> None:
        try:
            self._call(method, **arguments)
        except SlackRefused as refusal:
            if refusal.error not in allowed:
                raise

    def _call(self, method: str, /, **arguments: Any) -> Json:
        given = {name: value for name, value in arguments.items() if value is not None}
        answer: Json = self._response(method, given).data
        return answer

    def _response(self, method: str, arguments: Json) -> Any:
        """Slack's answer. Raises `UnicodeEncodeError` for what cannot be sent at all, such as half an emoji."""
        json.dumps(arguments, ensure_ascii=False).encode()
        with as_slack_errors(method, self._answers):
            response = getattr(self._client, method.replace(".", "_"))(**arguments)
            if not isinstance(response.data, dict):
                raise SlackUncertain(method, "an answer that is not JSON")
        self._answers.note_done(method, slacks_time(lower_names(response.headers)))
        return response


def _page(answer: Json, field: str) -> tuple[list[Any], str | None]:
    """What stands on one page of a list, and the cursor of the next page."""
    found = answer[field]
    if not isinstance(found, list):
        raise TypeError(field)
    return found, (answer.get("response_metadata") or {}).get("next_cursor") or None


def _marked(message: Json) -> tuple[str | None, Copy]:
    """The marker of a message, if it is one of ours, and the message."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return payload.get("id"), Copy(str(message["ts"]), int(message.get("reply_count") or 0))
