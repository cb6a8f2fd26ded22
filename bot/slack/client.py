"""The gateway to Slack: every call the bot makes, and what its outcome means. The only user of slack_sdk.

An outcome is one of: an answer; `NotAllowed` (Slack says no, and will again until a person acts); `SlackLater` (come back in
so many seconds); `SlackUncertain` (nobody knows whether it happened). Nothing retries in here: a client that resends
`chat.postMessage` after a broken connection posts twice.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.slack.types import ChannelFacts, Identity, PersonFacts, kind_of, person_facts

Json = dict[str, Any]
# Called before each page of what is looked up, to say that it takes longer; what it raises ends the looking.
Still = Callable[[], None]

# Somebody waits for these; Slack's own limit is three seconds.
HURRIED_SECONDS = 2.5
PATIENT_SECONDS = 15
# Outcomes Slack itself calls ambiguous: part of the operation may have succeeded.
_AMBIGUOUS = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
_NOT_TAKEN_OUT = {"not_in_channel", "user_not_found", "is_archived"}
_RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}


class SlackError(Exception):
    """Slack did not do what was asked."""


class SlackRefused(SlackError):
    """Slack says no. `error` is its own name for the reason; `people` those it has one for each, where it has."""

    def __init__(self, method: str, error: str, people: Sequence[Json] = ()) -> None:
        super().__init__(f"{method}: {error}")
        self.error = error
        self.people = people


class SlackLater(SlackError):
    """Slack asks to come back to `method` after `seconds`."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(f"{method}: come back in {seconds} s")
        self.method = method
        self.seconds = seconds


class SlackUncertain(SlackError):
    """No usable answer came: it may have happened, or not."""


def web_client(token: str, base_url: str, timeout: float = PATIENT_SECONDS) -> WebClient:
    """slack_sdk's client for the Slack at `base_url`, without its retries."""
    return WebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[])  # type: ignore[arg-type]


@contextmanager
def outcomes(method: str) -> Iterator[None]:
    """What slack_sdk raises in here comes out as `NotAllowed`, `SlackLater` or `SlackUncertain`."""
    try:
        yield
    except SlackApiError as error:
        raise _meaning(method, error) from None
    except (OSError, HTTPException, ValueError) as error:
        raise SlackUncertain(f"{method}: {type(error).__name__}") from None


class SlackClient:
    """Slack's Web API as the bot uses it. `client` is slack_sdk's, made by `connect` or by a test."""

    def __init__(self, client: WebClient) -> None:
        client.retry_handlers = []
        self._client = client

    @classmethod
    def connect(cls, token: str, base_url: str, *, timeout: float = PATIENT_SECONDS) -> "SlackClient":
        """A gateway to the Slack (or any server that speaks its protocol) at `base_url`."""
        return cls(web_client(token, base_url, timeout))

    # What must arrive (called by the outbox alone)

    def post_message(self, channel: str, body: Json, *, thread: str | None, marker: str) -> tuple[str, str]:
        """Post a message; returns (channel, ts). `marker` travels as metadata, so that the post can be found again."""
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
        """Replace what a message of ours says."""
        self._call("chat.update", channel=channel, ts=ts, **body)

    def delete_message(self, channel: str, ts: str) -> None:
        """Take a message of ours away; one that is gone already is fine."""
        self._forgiving("chat.delete", {"message_not_found"}, channel=channel, ts=ts)

    def upload_file(self, channel: str, name: str, text: str, note: str) -> None:
        """Put a file of this name in a conversation, with a note beside it."""
        with outcomes("files.completeUploadExternal"):
            try:
                self._client.files_upload_v2(
                    channel=channel, filename=name, title=name, content=text, initial_comment=note
                )
            except SlackRequestError:
                # Its bytes did not arrive: nothing stands there.
                raise SlackUncertain("files.upload: the bytes did not arrive") from None

    def has_file(self, channel: str, name: str, since: datetime, still: Still = lambda: None) -> bool:
        """Whether a file of this name was put there after `since`."""
        told = self._pages(
            "conversations.history", "messages", still, channel=channel, limit=200, oldest=f"{since.timestamp():.6f}"
        )
        return any(file.get("name") == name for message in told for file in message.get("files") or ())

    def publish_home(self, user: str, view: Json) -> None:
        """Show this person their Home."""
        self._call("views.publish", user_id=user, view=view)

    def make_channel(self, name: str, still: Still = lambda: None) -> str:
        """Make a private channel; returns its id. One of ours with that name, made by an attempt in doubt, is taken."""
        try:
            return str(self._call("conversations.create", name=name, is_private=True)["channel"]["id"])
        except SlackRefused as refusal:
            found = self._own_channel(name, still) if refusal.error == "name_taken" else None
            if found is None:
                raise
            return found

    def open_conversation(self, users: list[str]) -> str:
        """The direct conversation with exactly these people; there is one, however often it is opened."""
        return str(self._call("conversations.open", users=",".join(users))["channel"]["id"])

    def invite_users(self, channel: str, users: list[str]) -> dict[str, str]:
        """Bring people into a channel; who is there already is fine. Returns whom Slack refuses, and why."""
        try:
            answer = self._call("conversations.invite", channel=channel, users=",".join(users), force=True)
            refused = answer.get("errors") or ()
        except SlackRefused as refusal:
            if not refusal.people and refusal.error != "already_in_channel":
                raise
            refused = refusal.people
        return {each["user"]: each["error"] for each in refused if each["error"] != "already_in_channel"}

    def remove_user(self, channel: str, user: str) -> None:
        """Take somebody out of a channel of ours, unless they are out, or nobody reads there any more."""
        self._forgiving("conversations.kick", _NOT_TAKEN_OUT, channel=channel, user=user)

    def archive_channel(self, channel: str) -> None:
        """Archive a channel; one that is archived already is fine."""
        self._forgiving("conversations.archive", {"already_archived"}, channel=channel)

    def find_message(
        self, channel: str, *, thread: str | None, marker: str, since: datetime, still: Still = lambda: None
    ) -> str | None:
        """The `ts` of the message with `marker` posted after `since`, or None."""
        method = "conversations.replies" if thread else "conversations.history"
        where: Json = {"channel": channel, "ts": thread} if thread else {"channel": channel}
        for message in self._pages(
            method, "messages", still, limit=200, oldest=f"{since.timestamp():.6f}", include_all_metadata=True, **where
        ):
            if message.get("metadata", {}).get("event_payload", {}).get("id") == marker:
                return str(message["ts"])
        return None

    # What is worth nothing later

    def open_form(self, trigger: str, view: Json) -> None:
        """Open a form or page for who pressed. One that timed out may have opened."""
        self._call("views.open", trigger_id=trigger, view=view)

    def push_form(self, trigger: str, view: Json) -> None:
        """Open a page on top of the one that is open."""
        self._call("views.push", trigger_id=trigger, view=view)

    def update_form(self, view_id: str, view: Json, seen: str | None = None) -> None:
        """Replace an open page; with `seen` (its hash), only if nobody else has."""
        self._call("views.update", view_id=view_id, view=view, hash=seen)

    # What Slack knows

    def identity(self) -> Identity:
        """Who our token speaks for."""
        answer = self._call("auth.test")
        return Identity(team=answer["team_id"], bot_user=answer["user_id"], bot_id=answer.get("bot_id", ""))

    def try_socket(self) -> None:
        """Ask for a Socket Mode address, to see whether our token (the app's) may."""
        self._call("apps.connections.open", app_token=self._client.token)

    def granted_scopes(self) -> set[str]:
        """The scopes our token has, as Slack says in its answer's headers."""
        headers = self._response("auth.test", {}).headers
        listed = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes", "")
        text = listed if isinstance(listed, str) else ",".join(listed)
        return {scope.strip() for scope in text.split(",") if scope.strip()}

    def members_of(self, channel: str) -> Iterator[str]:
        """Ids of everybody in the channel."""
        return self._pages("conversations.members", "members", channel=channel, limit=200)

    def channels_we_are_in(self) -> Iterator[str]:
        """Ids of every channel we are in that is not archived; no direct conversations."""
        kinds = "public_channel,private_channel"
        found = self._pages("users.conversations", "channels", types=kinds, exclude_archived=True, limit=200)
        return (str(channel["id"]) for channel in found)

    def read_thread(self, channel: str, ts: str) -> Iterator[Json]:
        """Every message of a thread as it stands now, oldest first, beginning with the one it hangs under."""
        return self._pages("conversations.replies", "messages", channel=channel, ts=ts, limit=200)

    def read_channel(self, channel: str) -> Iterator[Json]:
        """Every message of a channel that is no reply, as it stands now, newest first."""
        return self._pages("conversations.history", "messages", channel=channel, limit=200)

    def read_message(self, channel: str, ts: str) -> Json | None:
        """One message that is no reply, as it stands now; None if it stands there no more."""
        answer = self._call("conversations.history", channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1)
        return next((message for message in answer["messages"] if message["ts"] == ts), None)

    def person_facts(self, user: str) -> PersonFacts:
        """What Slack says of this person."""
        found = self._call("users.info", user=user)["user"]
        return person_facts(found)

    def channel_facts(self, channel: str) -> ChannelFacts:
        """What Slack says of this channel."""
        found = self._call("conversations.info", channel=channel)["channel"]
        return ChannelFacts(channel, kind_of(found), bool(found.get("is_ext_shared")), found.get("creator"))

    def _own_channel(self, name: str, still: Still) -> str | None:
        own = self.identity().bot_user
        for found in self._pages("conversations.list", "channels", still, types="private_channel", limit=200):
            if found["name"] == name and found.get("creator") == own:
                return str(found["id"])
        return None

    def _pages(self, method: str, field: str, still: Still = lambda: None, /, **arguments: Any) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            still()
            answer = self._call(method, cursor=cursor, **arguments)
            yield from answer[field]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _forgiving(self, method: str, forgiven: set[str], /, **arguments: Any) -> None:
        try:
            self._call(method, **arguments)
        except SlackRefused as refusal:
            if refusal.error not in forgiven:
                raise

    def _call(self, method: str, /, **arguments: Any) -> Json:
        given = {name: value for name, value in arguments.items() if value is not None}
        answer = self._response(method, given).data
        if not isinstance(answer, dict):
            raise SlackUncertain(f"{method}: an answer that is not JSON")
        return answer

    def _response(self, method: str, arguments: Json) -> Any:
        with outcomes(method):
            return getattr(self._client, method.replace(".", "_"))(**arguments)


def _meaning(method: str, error: SlackApiError) -> SlackError:
    response: Any = error.response
    data = response.data if isinstance(response.data, dict) else {}
    name = str(data.get("error") or "")
    if response.status_code == 429 or name in _RATE_LIMITED:
        return SlackLater(method, float(response.headers.get("Retry-After", 1)))
    if response.status_code >= 500 or not name or name in _AMBIGUOUS:
        return SlackUncertain(f"{method}: HTTP {response.status_code} {name}")
    return SlackRefused(method, name, data.get("errors") or ())
