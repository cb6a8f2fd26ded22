"""The practice workspace: what the app and people can do in it, over its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from playground import (
    accounts,
    acknowledgements,
    channels,
    dispatch,
    events,
    interactions,
    manifest,
    places,
    responses,
    uploads,
)
from playground.faults import calls, happenings
from playground.model import ApiResponse, Conversation, Json, Limits, Sink
from playground.people import Person
from playground.state import WorkspaceState


@dataclass(eq=False, repr=False)
class PracticeWorkspace(WorkspaceState):
    """A Slack workspace with one app in it.

    The app side is `api`, `connect`, `acknowledge` and `respond`; the people side is `Person`.
    """

    people: list[Person] = field(default_factory=list, init=False)

    def __post_init__(self, limits: Limits | None) -> None:
        super().__post_init__(limits)
        self.faults.happening = partial(happenings.happen, self)

    # People and places

    def add_person(
        self,
        name: str,
        *,
        real_name: str | None = None,
        tz: str = "Europe/Brussels",
        locale: str = "nl-BE",
        guest: bool = False,
        external_team: str | None = None,
    ) -> Person:
        """A new account; the app hears `team_join`. `external_team` is the id of another workspace (Slack Connect)."""
        with self.changing():
            user = accounts.add_user(
                self, name, real_name or name, tz=tz, locale=locale, guest=guest, team=external_team
            )
            person = Person(self, user)
            self.people.append(person)
            events.team_join(self, user)
            self.affects(None)
        return person

    def person(self, name_or_id: str) -> Person:
        """The person with that name (whatever its case and accents) or id; KeyError when there is none."""
        user = accounts.find_account(self, name_or_id)
        return next(person for person in self.people if person.user is user)

    def someone(self, name_or_id: str) -> Person:
        """The person with that name or id; whoever came first when there is none."""
        try:
            return self.person(name_or_id)
        except KeyError:
            return self.people[0]

    def changes_account(self, person: Person, **fields: Any) -> None:
        """Change a person's account (`tz`, `real_name`, `is_deleted`, `is_guest` …); the app hears `user_change`."""
        with self.changing():
            accounts.change_account(self, person.user, **fields)

    def deactivates(self, person: Person) -> None:
        """Close somebody's account, as an administrator does."""
        self.changes_account(person, is_deleted=True)

    def create_channel(self, name: str, *, by: Person, private: bool = False) -> Conversation:
        """A person makes a channel and is its first member; Forbidden for guests, double and malformed names."""
        return by.creates_channel(name, private=private)

    def changes_channel_id(self, channel: Conversation) -> str:
        """Slack gives a channel another id; gives the one that it had."""
        with self.changing():
            old = channel.id
            places.change_channel_id(self, channel)
            return old

    def channel(self, name_or_id: str) -> Conversation:
        """The channel with that name (with or without #) or id; KeyError when there is none."""
        return accounts.find_channel(self, name_or_id)

    def add_usergroup(self, handle: str, name: str, members: Iterable[Person]) -> str:
        """A user group (@handle); the answer is its id."""
        with self.changing():
            return accounts.add_usergroup(self, handle, name, [person.id for person in members])

    def direct_channel(self, user_ids: Iterable[str]) -> Conversation:
        """The one conversation of exactly these people, made when it was not there."""
        with self.changing():
            return channels.direct_conversation(self, list(user_ids))

    # The app's side

    def api(self, method: str, args: Json, token: str) -> ApiResponse:
        """One Web API call, with Slack's checks and Slack's error names; never raises for what Slack would answer."""

        def does(asked: Json) -> ApiResponse:
            with self.changing():
                return dispatch.call_method(self, method, asked, token)

        return calls.answer_call(self, method, args, does)

    def connect(self, sink: Sink) -> None:
        """Deliver to `sink` from now on; with several sinks each envelope goes to one of them, in turn."""
        with self.changing():
            self.delivery.connect(sink)

    def disconnect(self, sink: Sink) -> None:
        with self.changing():
            self.delivery.disconnect(sink)

    def waits_for_app(self, seconds: float = 10) -> bool:
        """Wait until an app is connected; False when none came in time. For real sockets only."""
        return self.delivery.is_connected.wait(seconds)

    def acknowledge(self, envelope_id: str, response_payload: Json | str | None = None, status: int = 200) -> None:
        """The app answers an envelope. Any other status than 200 counts as a failed delivery."""
        reason = None if status == 200 else "http_error"
        acknowledgements.settle_envelope(self, envelope_id, response_payload, reason)

    def fails(self, envelope_id: str, reason: str, *, retry: bool = True) -> None:
        """A delivery did not arrive (`http_timeout`, `connection_failed` …); `retry=False`: the app wants none."""
        acknowledgements.settle_envelope(self, envelope_id, None, reason, retry=retry)

    def resend_due(self) -> None:
        """Send again what was not acknowledged in time, and show people which interactions nobody answered."""
        self.faults.meet_due()
        with self.changing():
            acknowledgements.resend_due(self)

    def respond(self, url_path: str, body: Json) -> ApiResponse:
        """A POST to a response_url (its path, or the whole address): 5 times in 30 minutes."""

        def does(asked: Json) -> ApiResponse:
            with self.changing():
                return responses.use_response_url(self, url_path, asked)

        return calls.answer_call(self, "response_url", body, does)

    def upload(self, url_path: str, content: bytes) -> ApiResponse:
        """The bytes sent to an upload address that `files.getUploadURLExternal` gave out."""

        def does(_: Json) -> ApiResponse:
            with self.changing():
                return uploads.receive_upload(self, url_path, content)

        return calls.answer_call(self, "upload", {}, does)

    def asks_reconnect(self, reason: str = "refresh_requested") -> None:
        """Slack wants sockets to come back: `warning`, `refresh_requested` or `link_disabled`; `closed`: not a word."""
        for listener in list(self.link_listeners):
            listener(reason)

    def installs(self, app_manifest: Json) -> None:
        """An administrator installs the app as its manifest says: scopes, events, commands and shortcuts."""
        with self.changing():
            manifest.install_app(self, app_manifest)
            self.affects(None)

    def uninstalls(self) -> None:
        """An administrator takes the app away: it hears so, and its token is worth nothing from then on."""
        with self.changing():
            events.app_uninstalled(self)
            self.bot_token = f"{self.bot_token}-revoked"

    def sends_forged(self, payload: Json, *, by: Person | None = None) -> None:
        """Deliver an interaction payload exactly as given, to try the app with stale and forged ones."""
        with self.changing():
            interactions.deliver_forged(self, payload, by)
