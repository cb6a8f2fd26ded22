"""Every call of Slack that the bot makes, and what the result means. The only user of slack_sdk.

A call has one of four results: an answer; `SlackRefused` (Slack says no, and will again until a person acts);
`SlackLater` (try again after so many seconds); `SlackUncertain` (nobody knows whether it happened). Nothing is retried
here: a client that repeats `chat.postMessage` after a broken connection posts twice.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from math import inf
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.core.clocks import elapsed
from bot.slack.errors import SlackError, SlackLater, SlackRefused, SlackUncertain
from bot.slack.types import ChannelFacts, Identity, PersonFacts, kind_of, person_facts

Json = dict[str, Any]
# Called before each page of a search, since a search may take long; what it raises ends the search.
OnPage = Callable[[], None]

# A person waits for these calls; Slack's own limit is three seconds.
INTERACTIVE_SECONDS = 2.5
BACKGROUND_SECONDS = 15
# Slack itself calls these ambiguous: a part of the operation may have succeeded.
_AMBIGUOUS = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
_RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# The person cannot be removed, and does not read there.
_NOT_IN_CHANNEL = {"not_in_channel", "user_not_found", "is_archived"}


def web_client(token: str, base_url: str, timeout: float = BACKGROUND_SECONDS) -> WebClient:
    """slack_sdk's client for the Slack at `base_url`, without its retries."""
    return WebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[])  # type: ignore[arg-type]


class SlackClient:
    """Slack's Web API as the bot uses it. `client` is slack_sdk's own, made by `connect` or by a test."""

    def __init__(self, client: WebClient) -> None:
        client.retry_handlers = []
        self._client = client

    @classmethod
    def connect(cls, token: str, base_url: str, *, timeout: float = BACKGROUND_SECONDS) -> "SlackClient":
        """A client of the Slack (or any server that speaks its protocol) at `base_url`; `timeout` is in seconds."""
        return cls(web_client(token, base_url, timeout))

    # Calls that must succeed (made by the outbox alone)

    def post_message(self, channel: str, body: Json, *, thread: str | None, marker: str) -> tuple[str, str]:
        """Post a message; returns (channel, ts). `marker` goes into its metadata, by which `find_message` finds it."""
        answer = self._call(
            "chat.postMessage",
            channel=channel,
            thread_ts=thread,
            metadata={"event_type": "klankbord", "event_payload": {"id": marker}},
            unfurl_links=False,
            unfurl_media=False,
            **body,
        )
        return answer["channel"], answer["ts"]

    def update_message(self, channel: str, ts: str, body: Json) -> None:
        """Replace the content of a message of the bot."""
        self._call("chat.update", channel=channel, ts=ts, **body)

    def delete_message(self, channel: str, ts: str) -> None:
        """Delete a message of the bot; it may be gone already."""
        self._call_unless("chat.delete", {"message_not_found"}, channel=channel, ts=ts)

    def upload_file(self, channel: str, name: str, text: str, note: str) -> None:
        """Upload a file of this name to a conversation, with a note."""
        with as_slack_errors("files.completeUploadExternal"):
            try:
                self._client.files_upload_v2(
                    channel=channel, filename=name, title=name, content=text, initial_comment=note
                )
            except SlackRequestError:
                # Its bytes did not arrive, so nothing is shown there.
                raise SlackUncertain("files.upload: the bytes did not arrive") from None

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
            return str(self._call("conversations.create", name=name, is_private=True)["channel"]["id"])
        except SlackRefused as refusal:
            ours = self._own_channel(name, on_page) if refusal.error == "name_taken" else None
            if ours is None:
                raise
            return ours

    def open_conversation(self, users: list[str]) -> str:
        """The id of the conversation of exactly these people and the bot; opening it again gives the same one."""
        return str(self._call("conversations.open", users=",".join(users))["channel"]["id"])

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

    def find_message(
        self, channel: str, *, thread: str | None, marker: str, since: datetime, on_page: OnPage = lambda: None
    ) -> str | None:
        """The `ts` of the message with `marker` posted after `since`, or None."""
        method = "conversations.replies" if thread else "conversations.history"
        where: Json = {"channel": channel, "ts": thread} if thread else {"channel": channel}
        where |= {"limit": 200, "oldest": f"{since.timestamp():.6f}", "include_all_metadata": True}
        for message in self._pages(method, "messages", on_page, **where):
            if message.get("metadata", {}).get("event_payload", {}).get("id") == marker:
                return str(message["ts"])
        return None

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

    # Questions to Slack

    def identity(self) -> Identity:
        """The workspace and the bot of our token."""
        answer = self._call("auth.test")
        return Identity(team=answer["team_id"], bot_user=answer["user_id"], bot_id=answer.get("bot_id", ""))

    def try_socket(self) -> None:
        """Ask for a Socket Mode address, to check our app-level token. Raises `SlackRefused`."""
        self._call("apps.connections.open", app_token=self._client.token)

    def granted_scopes(self) -> set[str]:
        """The scopes of our token, which Slack names in a header of its answers."""
        listed = _lower_names(self._response("auth.test", {}).headers).get("x-oauth-scopes", "")
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

    def read_thread(self, channel: str, ts: str) -> Iterator[Json]:
        """Every message of a thread as it is now, oldest first; the first one begins the thread."""
        return self._pages("conversations.replies", "messages", channel=channel, ts=ts, limit=200)

    def read_channel(self, channel: str) -> Iterator[Json]:
        """Every message of a channel as it is now, newest first, without the replies in threads."""
        return self._pages("conversations.history", "messages", channel=channel, limit=200)

    def read_message(self, channel: str, ts: str) -> Json | None:
        """One message (no reply in a thread) as it is now; None if it is gone."""
        answer = self._call("conversations.history", channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1)
        return next((message for message in answer["messages"] if message["ts"] == ts), None)

    def person_facts(self, user: str) -> PersonFacts:
        """What Slack says of this person (never a name)."""
        found = self._call("users.info", user=user)["user"]
        return person_facts(found)

    def channel_facts(self, channel: str) -> ChannelFacts:
        """What Slack says of this channel."""
        found = self._call("conversations.info", channel=channel)["channel"]
        return ChannelFacts(channel, kind_of(found), bool(found.get("is_ext_shared")), found.get("creator"))

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
            answer = self._call(method, cursor=cursor, **arguments)
            yield from answer[field]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _call_unless(self, method: str, allowed: set[str], /, **arguments: Any) -> None:
        try:
            self._call(method, **arguments)
        except SlackRefused as refusal:
            if refusal.error not in allowed:
                raise

    def _call(self, method: str, /, **arguments: Any) -> Json:
        given = {name: value for name, value in arguments.items() if value is not None}
        answer = self._response(method, given).data
        if not isinstance(answer, dict):
            raise SlackUncertain(f"{method}: an answer that is not JSON")
        return answer

    def _response(self, method: str, arguments: Json) -> Any:
        with as_slack_errors(method):
            return getattr(self._client, method.replace(".", "_"))(**arguments)


@contextmanager
def as_slack_errors(method: str) -> Iterator[None]:
    """Turns what slack_sdk raises into `SlackRefused`, `SlackLater` or `SlackUncertain`."""
    try:
        yield
    except SlackApiError as error:
        raise _slack_error(method, error) from None
    except (OSError, HTTPException, ValueError) as error:
        raise SlackUncertain(f"{method}: {type(error).__name__}") from None


def _slack_error(method: str, error: SlackApiError) -> SlackError:
    response: Any = error.response
    data = response.data if isinstance(response.data, dict) else {}
    name = str(data.get("error") or "")
    if response.status_code == 429 or name in _RATE_LIMITED:
        return SlackLater(method, _retry_after(_lower_names(response.headers)))
    if response.status_code >= 500 or not name or name in _AMBIGUOUS:
        return SlackUncertain(f"{method}: HTTP {response.status_code} {name}")
    return SlackRefused(method, name, data.get("errors") or ())


def _retry_after(headers: Mapping[str, Any]) -> float:
    """How many seconds to wait: Slack gives seconds or a date (RFC 9110, 10.2.3). One where it gives nothing usable."""
    given = str(headers.get("retry-after", ""))
    try:
        seconds = float(given)
    except ValueError:
        seconds = _seconds_until(given, headers.get("date"))
    return seconds if 0 <= seconds < inf else 1.0


def _seconds_until(date: str, sent: str | None) -> float:
    """From the moment that the answer was `sent`, by Slack's clock, or from now; negative for what is no date."""
    try:
        until, since = parsedate_to_datetime(date), parsedate_to_datetime(sent) if sent else elapsed()
        return (until - since).total_seconds()
    except (ValueError, TypeError):
        return -1.0


def _lower_names(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in headers.items()}
