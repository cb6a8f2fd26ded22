"""A prepared world that is served over loopback, in real time, for processes of the bot."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import monotonic, sleep

from bot.core.clocks import CalendarClock, elapsed
from playground.model import Limits
from playground.server import serve
from playground.workspace import PracticeWorkspace
from tests.remembering import Moment, becomes
from tests.world import CAST, World, installs


class ServedWorld(World):
    """The world of a prepared `moment`, which goes on from there `later`, and in real time."""

    def __init__(self, prepared: World, moment: Moment, later: timedelta) -> None:
        self.ahead = moment.calendar + later - elapsed()
        self.calendar = CalendarClock(self.ahead)  # type: ignore[assignment]
        self.elapsed = elapsed  # type: ignore[assignment]
        self.workspace = PracticeWorkspace(self.calendar, elapsed, limits=Limits.none(), app_name="Klankbord")
        installs(self.workspace)
        self.cast = [self.workspace.add_person(name) for name in CAST]
        self.anna, self.bram, self.celine, self.dirk, self.elif_ = self.cast
        self.circle = self.anna.creates_channel("coaching-en-co")
        for person in self.cast[1:]:
            person.joins(self.circle)
        self.workspace.connect(self._nobody)
        becomes(self.workspace, moment.workspace, [self._nobody, *self.cast])
        for person in self.cast:
            person.user = self.workspace.users[person.id]
        self.circle = self.workspace.channels[self.circle.id]
        self.workspace.disconnect(self._nobody)
        self._server = serve(self.workspace, page_routes=())
        self.settings = replace(prepared.settings, slack_api_url=f"{self._server.url}/api/")

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a process of the bot in this world."""
        settings = self.settings
        return {
            "SLACK_API_URL": settings.slack_api_url or "",
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app_token,
            "SLACK_SIGNING_SECRET": self.workspace.signing_secret,
            "DATABASE_URL": settings.database_url,
            "KLANKBORD_KEY": urlsafe_b64encode(settings.klankbord_keys[0]).decode(),
            "PROTOCOLS_DIR": str(settings.protocols_dir),
            "PORT": "",
            "TICK_SECONDS": "0.3",
            "LOG_LEVEL": "WARNING",
            "CALENDAR_AHEAD": str(self.ahead.total_seconds()),
        }

    def closes(self) -> None:
        """Slack does not answer any more."""
        self._server.stop()

    def _nobody(self, _envelope: object) -> None:
        """Stands for who listened while the world was prepared."""


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Look until it is so, for so many seconds at most; returns whether it is."""
    ends = monotonic() + seconds
    while not is_so():
        if monotonic() > ends:
            return False
        sleep(0.05)
    return True
