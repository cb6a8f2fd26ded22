"""How long the outbox takes to empty, against what Slack's limit of one message a second a channel allows."""

from datetime import UTC, datetime, timedelta
from threading import Event
from time import perf_counter, sleep

from benchmarks.databases import Kind
from benchmarks.ratio import Ratio
from bot.crypto.vault import Vault
from bot.outbox.queue import Destination, Outbox
from bot.outbox.worker import DeliveryListeners, OutboxWorker
from bot.slack.client import SlackClient
from db.migrate import migrate
from db.session import Database
from playground.inprocess import InProcessClient
from playground.model import ApiResponse, Json
from playground.workspace import PracticeWorkspace
from schedules.workers import WorkerPool

TARGET = 1.1
LIMIT = timedelta(seconds=1)


def _clock() -> datetime:
    return datetime(2026, 11, 9, 9, 0, tzinfo=UTC) + timedelta(seconds=perf_counter())


class Distant(PracticeWorkspace):
    """A workspace that answers after a while, as one behind a network does."""

    def __init__(self, away: timedelta, messages: int) -> None:
        super().__init__(_clock, _clock)
        self._away, self._left = away, messages
        self.all_posted = Event()

    def api(self, method: str, args: Json, token: str) -> ApiResponse:
        """Slack's answer, a little later."""
        sleep(self._away.total_seconds())
        answer = super().api(method, args, token)
        self._left -= method == "chat.postMessage" and answer.body["ok"]
        if not self._left:
            self.all_posted.set()
        return answer


def draining(kind: Kind, *, away: timedelta, messages: int = 1000, channels: int = 50) -> Ratio:
    """Every message is queued beforehand; then the outbox's own threads carry, in real time, until all is posted."""
    workspace, wake = Distant(away, messages), Event()
    database, outbox = Database(kind.fresh()), Outbox(Vault([b"k" * 32]), _clock)
    migrate(database)
    _queue(workspace, database, outbox, messages, channels)
    slack = SlackClient(InProcessClient(workspace, workspace.bot_token))
    carriers = WorkerPool(OutboxWorker(database, outbox, slack, _clock, DeliveryListeners()), wake)
    begun = perf_counter()
    carriers.start()
    workspace.all_posted.wait()
    took = perf_counter() - begun
    carriers.stop()
    database.close()
    allowed = (LIMIT * (messages // channels - 1)).total_seconds()
    name = f"Emptying {messages:,} messages over {channels}, {away.total_seconds():g} s each"
    return Ratio(f"{name} ({kind.name})", TARGET, (took,), (allowed,))


def _queue(workspace: PracticeWorkspace, database: Database, outbox: Outbox, messages: int, channels: int) -> None:
    anna = workspace.add_person("Anna")
    places = [anna.creates_channel(f"circle-{number}") for number in range(channels)]
    for place in places:
        anna.invites(place, workspace.bot)
    with database.writing() as session:
        for number in range(messages):
            where = Destination(channel=places[number % channels].id)
            outbox.post_once(session, f"bench:{number}", {"text": f"Vraag {number}"}, where)
