"""How long the outbox takes to empty, against what Slack's limit of one message a second a channel allows."""

from datetime import UTC, datetime, timedelta
from time import perf_counter

from benchmarks.databases import Kind
from benchmarks.ratio import Ratio
from bot.carrier import Carrier
from bot.outbox import Outbox, Place
from bot.slack import Slack
from bot.vault import Vault
from db.migrate import migrate
from db.session import Database
from playground.inprocess import InProcessClient
from playground.model import ApiResponse, Json
from playground.workspace import Workspace

TARGET = 1.1
LIMIT = timedelta(seconds=1)


class Skipping:
    """Real time, in which nobody waits: what would be waited for is skipped at once."""

    def __init__(self) -> None:
        self._skipped, self._begun = timedelta(), perf_counter()

    def __call__(self) -> datetime:
        gone = timedelta(seconds=perf_counter() - self._begun)
        return datetime(2026, 11, 9, 9, 0, tzinfo=UTC) + gone + self._skipped

    def skip(self, time: timedelta) -> None:
        """As if one had waited this long."""
        self._skipped += time


class Distant(Workspace):
    """A workspace that answers after a while, as one behind a network does."""

    def __init__(self, clock: Skipping, away: timedelta) -> None:
        super().__init__(clock, clock)
        self._clock, self._away = clock, away

    def api(self, method: str, args: Json, token: str) -> ApiResponse:
        """Slack's answer, a little later."""
        self._clock.skip(self._away)
        return super().api(method, args, token)


def draining(kind: Kind, *, away: timedelta, messages: int = 1000, channels: int = 50) -> Ratio:
    """Every message is queued beforehand; waiting is skipped, working is not."""
    clock = Skipping()
    workspace = Distant(clock, away)
    database, outbox = Database(kind.fresh()), Outbox(Vault([b"k" * 32]), clock)
    migrate(database)
    _queue(workspace, database, outbox, messages, channels)
    slack = Slack(InProcessClient(workspace, workspace.bot_token))
    begun = clock()
    _drain(Carrier(database, outbox, slack, clock, lambda *_: None), clock)
    took = (clock() - begun).total_seconds()
    database.close()
    allowed = (LIMIT * (messages // channels - 1)).total_seconds()
    name = f"Emptying {messages:,} messages over {channels}, {away.total_seconds():g} s each"
    return Ratio(f"{name} ({kind.name})", TARGET, (took,), (allowed,))


def _queue(workspace: Workspace, database: Database, outbox: Outbox, messages: int, channels: int) -> None:
    anna = workspace.add_person("Anna")
    places = [anna.creates_channel(f"circle-{number}") for number in range(channels)]
    for place in places:
        anna.invites(place, workspace.bot)
    with database.writing() as session:
        for number in range(messages):
            where = Place(channel=places[number % channels].id)
            outbox.say(session, f"bench:{number}", {"text": f"Vraag {number}"}, where)


def _drain(carrier: Carrier, clock: Skipping) -> None:
    while True:
        while carrier.carry_one():
            pass
        wait = carrier.next_wait()
        if wait is None:
            return
        clock.skip(wait)
