"""The practice workspace: one object that holds the state, keeps Slack's rules, and talks to the app."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from playground import answers, channels, delivery, dispatch, events, interactions, people, resends, responses, uploads
from playground.changes import Changes
from playground.faults import Faults
from playground.ids import Ids, Timestamps
from playground.limits import RateLimiter
from playground.manifest import COMMANDS, DEFAULT_SCOPES, EVENT_SCOPES, SHORTCUTS
from playground.model import (
    ApiResponse,
    Call,
    ChangeListener,
    Channel,
    Clock,
    Delivered,
    File,
    Json,
    Limits,
    Sink,
    User,
    View,
)
from playground.people import Person
from playground.triggers import Triggers


class Workspace(Changes):
    """A Slack workspace with one app in it.

    `calendar` gives the time people see (message ts); `elapsed` the time that passes for triggers, resends and limits.
    The app side is `api`, `connect`, `acknowledge` and `respond`; the people side is `Person`.
    """

    def __init__(
        self,
        calendar: Clock,
        elapsed: Clock,
        *,
        team_id: str = "T0KLANK",
        team_name: str = "Coaching & Co",
        bot_token: str = "xoxb-playground",
        app_token: str = "xapp-playground",
        signing_secret: str = "playground-secret",
        limits: Limits | None = None,
    ) -> None:
        super().__init__()
        self.calendar, self.elapsed = calendar, elapsed
        self.team_id, self.team_name, self.team_domain = team_id, team_name, _slug(team_name)
        self.bot_token, self.app_token, self.signing_secret = bot_token, app_token, signing_secret
        self.base_url = "https://hooks.slack.test"
        self.request_url: str | None = None
        self.patience = 0.0
        self.ids, self.clock = Ids(), Timestamps(calendar)
        self.limiter = RateLimiter(limits or Limits.slack(), elapsed)
        self.triggers = Triggers(elapsed)
        self.responses = responses.ResponseUrls(elapsed)
        self.delivery = delivery.Delivery(elapsed)
        self.faults = Faults()
        self.scopes: set[str] = set(DEFAULT_SCOPES)
        self.subscribed_events: set[str] = set(EVENT_SCOPES)
        self.commands: dict[str, str] = dict(COMMANDS)
        self.shortcuts: dict[str, str] = dict(SHORTCUTS)
        self.shortcut_names: dict[str, str] = {}
        self.users: dict[str, User] = {}
        self.people: list[Person] = []
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.usergroups: dict[str, Json] = {}
        self.calls: list[Call] = []
        self.deliveries: list[Delivered] = []
        self.complaints: list[str] = []
        self.tickets: set[str] = set()
        self.link_listeners: list[Callable[[str], None]] = []
        self.bot = people.add_bot(self)

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
            user = people.add_user(self, name, real_name or name, tz=tz, locale=locale, guest=guest, team=external_team)
            person = Person(self, user)
            self.people.append(person)
            events.team_join(self, user)
            self.affects(None)
        return person

    def person(self, name_or_id: str) -> Person:
        """The person with that name (whatever its case and accents) or id; KeyError when there is none."""
        for alike in (str.casefold, _without_accents):
            for person in self.people:
                if alike(name_or_id) in map(alike, (person.id, person.name, person.real_name)):
                    return person
        raise KeyError(f"nobody here is called {name_or_id!r}; there are {', '.join(p.name for p in self.people)}")

    def someone(self, name_or_id: str) -> Person:
        """The person with that name or id; whoever came first when there is none."""
        try:
            return self.person(name_or_id)
        except KeyError:
            return self.people[0]

    def changes_account(self, person: Person, **fields: Any) -> None:
        """Change a person's account (`tz`, `real_name`, `is_deleted`, `is_guest` …); the app hears `user_change`."""
        with self.changing():
            for key, value in fields.items():
                setattr(person.user, key, value)
            person.user.updated = self.clock.seconds()
            events.user_change(self, person.user)
            self.affects(None)

    def deactivates(self, person: Person) -> None:
        """Close somebody's account, as an administrator does."""
        self.changes_account(person, is_deleted=True)

    def create_channel(self, name: str, *, by: Person, private: bool = False) -> Channel:
        """A person makes a channel and is its first member; Forbidden for guests, double and malformed names."""
        return by.creates_channel(name, private=private)

    def channel(self, name_or_id: str) -> Channel:
        """The channel with that name (with or without #) or id; KeyError when there is none."""
        wanted = name_or_id.removeprefix("#")
        for channel in self.channels.values():
            if wanted in (channel.id, channel.name):
                return channel
        raise KeyError(f"there is no channel {name_or_id!r}")

    def add_usergroup(self, handle: str, name: str, members: Iterable[Person]) -> str:
        """A user group (@handle); the answer is its id."""
        with self.changing():
            return people.add_usergroup(self, handle, name, [person.id for person in members])

    def direct_channel(self, user_ids: Iterable[str]) -> Channel:
        """The one conversation of exactly these people, made when it was not there."""
        with self.changing():
            return channels.direct(self, list(user_ids))

    def name_of(self, user_id: str) -> str:
        """The name people see for an account id; Slack's own bot is called Slackbot."""
        user = self.users.get(user_id)
        return user.real_name if user else "Slackbot"

    # The app's side

    def api(self, method: str, args: Json, token: str) -> ApiResponse:
        """One Web API call, with Slack's checks and Slack's error names; never raises for what Slack would answer."""
        with self.changing():
            return dispatch.call(self, method, args, token)

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
        self.settles_envelope(envelope_id, response_payload, reason)

    def fails(self, envelope_id: str, reason: str, *, retry: bool = True) -> None:
        """A delivery did not arrive (`http_timeout`, `connection_failed` …); `retry=False`: the app wants none."""
        self.settles_envelope(envelope_id, None, reason, retry=retry)

    def settles_envelope(
        self, envelope_id: str, response_payload: Json | str | None, failure: str | None, *, retry: bool = True
    ) -> None:
        with self.changing():
            interaction = self.delivery.settle(envelope_id, failure, retry=retry)
            if interaction is not None:
                answers.conclude(self, interaction, response_payload, failure)

    def resend_due(self) -> None:
        """Send again what was not acknowledged in time, and tell people about interactions nobody answered."""
        with self.changing():
            resends.resend_due(self)

    def respond(self, url_path: str, body: Json) -> ApiResponse:
        """A POST to a response_url (its path, or the whole address): 5 times in 30 minutes."""
        with self.changing():
            return responses.respond(self, url_path, body)

    def upload(self, url_path: str, content: bytes) -> ApiResponse:
        """The bytes sent to an upload address that `files.getUploadURLExternal` gave out."""
        with self.changing():
            return uploads.receive(self, url_path, content)

    def asks_reconnect(self, reason: str = "refresh_requested") -> None:
        """Slack wants sockets to come back on a new connection: `warning`, `refresh_requested` or `link_disabled`."""
        for listener in list(self.link_listeners):
            listener(reason)

    def on_change(self, listener: ChangeListener) -> Callable[[], None]:
        """Call `listener(person ids, or None for everybody)` after each change; the answer unsubscribes."""
        return self.listen(listener)

    def uninstalls(self) -> None:
        """An administrator takes the app away: it hears so, and its token is worth nothing from then on."""
        with self.changing():
            events.app_taken_away(self)
            self.bot_token = f"{self.bot_token}-revoked"

    def sends_forged(self, payload: Json, *, by: Person | None = None) -> None:
        """Deliver an interaction payload exactly as given, to try the app with stale and forged ones."""
        with self.changing():
            interactions.deliver_forged(self, payload, by)


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("&", "en")).strip("-")
