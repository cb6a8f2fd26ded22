"""The state of a practice workspace: the people and things in it, and what is on its way to the app."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import KW_ONLY, InitVar, dataclass, field

from playground.changes import ChangeNotifier
from playground.delivery_queue import DeliveryQueue
from playground.faults import Faults
from playground.ids import IdGenerator, TimestampGenerator
from playground.limits import RateLimiter
from playground.model import ApiCall, Clock, Conversation, DeliveryRecord, File, Json, Limits, View, WorkspaceUser
from playground.response_urls import ResponseUrls
from playground.scopes import DEFAULT_SCOPES, EVENT_SCOPES
from playground.triggers import TriggerIds


@dataclass(eq=False, repr=False)
class WorkspaceState(ChangeNotifier):
    """Everything that the rules read and change. It keeps no rule itself: those are functions that take it first.

    `calendar` gives the time people see (message ts); `elapsed` the time that passes for triggers, resends and limits.
    """

    calendar: Clock
    elapsed: Clock
    _: KW_ONLY
    app_name: str = "Testbot"
    team_id: str = "T0PRACTICE"
    team_name: str = "Practice Workspace"
    bot_token: str = "xoxb-playground"
    app_token: str = "xapp-playground"
    signing_secret: str = "playground-secret"
    limits: InitVar[Limits | None] = None

    base_url: str = field(default="https://hooks.slack.test", init=False)
    request_url: str | None = field(default=None, init=False)
    patience: float = field(default=0.0, init=False)

    # What the app may do, and what it offers
    scopes: set[str] = field(default_factory=lambda: set(DEFAULT_SCOPES), init=False)
    subscribed_events: set[str] = field(default_factory=lambda: set(EVENT_SCOPES), init=False)
    commands: dict[str, str] = field(default_factory=dict, init=False)
    shortcuts: dict[str, str] = field(default_factory=dict, init=False)
    shortcut_names: dict[str, str] = field(default_factory=dict, init=False)

    # What is in the workspace, by id
    users: dict[str, WorkspaceUser] = field(default_factory=dict, init=False)
    usergroups: dict[str, Json] = field(default_factory=dict, init=False)
    channels: dict[str, Conversation] = field(default_factory=dict, init=False)
    files: dict[str, File] = field(default_factory=dict, init=False)
    views: dict[str, View] = field(default_factory=dict, init=False)
    stacks: dict[str, list[View]] = field(default_factory=dict, init=False)
    homes: dict[str, View] = field(default_factory=dict, init=False)

    # What happened between the app and Slack
    calls: list[ApiCall] = field(default_factory=list, init=False)
    deliveries: list[DeliveryRecord] = field(default_factory=list, init=False)
    complaints: list[str] = field(default_factory=list, init=False)
    tickets: set[str] = field(default_factory=set, init=False)
    link_listeners: list[Callable[[str], None]] = field(default_factory=list, init=False)

    def __post_init__(self, limits: Limits | None) -> None:
        super().__init__()
        self.ids, self.clock = IdGenerator(), TimestampGenerator(self.calendar)
        self.limiter = RateLimiter(limits or Limits.slack(), self.elapsed)
        self.triggers, self.response_urls = TriggerIds(self.elapsed), ResponseUrls(self.elapsed)
        self.delivery, self.faults = DeliveryQueue(self.elapsed), Faults(self.elapsed, self.changing)
        self.bot = self._add_bot(self.app_name.lower().replace(" ", "_"))

    def _add_bot(self, name: str) -> WorkspaceUser:
        """The app's bot user, there from the start."""
        bot = WorkspaceUser(self.ids.readable_id("U0", name), name, self.app_name, self.team_id)
        bot.bot_id, bot.app_id = self.ids.readable_id("B0", name), self.ids.readable_id("A0", name)
        bot.updated = self.clock.seconds()
        self.users[bot.id] = bot
        return bot

    @property
    def team_domain(self) -> str:
        """The name of the workspace in addresses."""
        plain = unicodedata.normalize("NFKD", self.team_name).encode("ascii", "ignore").decode().lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

    def name_of(self, user_id: str) -> str:
        """The name people see for an account id; Slack's own bot is called Slackbot."""
        user = self.users.get(user_id)
        return user.real_name if user else "Slackbot"


@dataclass(eq=False, repr=False)
class ClientSession:
    """One person's Slack client: in which workspace it is, and whose account it uses.

    Somebody may have several windows; `window` says which this is, "" if it is none in particular.
    """

    workspace: WorkspaceState
    user: WorkspaceUser
    window: str = ""

    @property
    def id(self) -> str:
        """The id of the account."""
        return self.user.id
