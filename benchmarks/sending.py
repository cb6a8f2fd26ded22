"""How long the outbox needs to send everything, against Slack's limit of one message a second in a channel."""

from datetime import UTC, datetime, timedelta
from threading import Event
from time import perf_counter, sleep

from benchmarks.databases import DatabaseKind
from benchmarks.ratio import Ratio
from bot.crypto.vault import Vault
from bot.outbox.failures import DeliveryListeners
from bot.outbox.queue import Destination, Outbox
from bot.outbox.worker import OutboxWorker
from bot.slack.client import SlackClient
from db.clock import process_clock
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


class DistantWorkspace(PracticeWorkspace):
    """A workspace that answers after a while, like one behind a network."""

    def __init__(self, away: timedelta, messages: int) -> None:
        super().__init__(_clock, _clock)
        self._away, self._left = away, messages
        self.all_posted = Event()

    def api(self, method: str, args: Json, token: str) -> ApiResponse:
        """The answer, `away` later."""
        sleep(self._away.total_seconds())
        answer = super().api(method, args, token)
        self._left -= method == "chat.postMessage" and answer.body["ok"]
        if not self._left:
            self.all_posted.set()
        return answer


def measure_sending(kind: DatabaseKind, *, away: timedelta, messages: int = 1000, channels: int = 50) -> Ratio:
    """Queue every message, then send in real time until all are posted; `away` is the delay of Slack."""
    workspace, jobs_queued = DistantWorkspace(away, messages), Event()
    database = Database(kind.new_database())
    outbox = Outbox(Vault([b"k" * 32]), process_clock(database, _clock))
    migrate(database)
    _queue(workspace, database, outbox, messages, channels)
    slack = SlackClient(InProcessClient(workspace, workspace.bot_token))
    workers = WorkerPool(OutboxWorker(database, outbox, slack, _clock, DeliveryListeners()), jobs_queued)
    begun = perf_counter()
    workers.start()
    workspace.all_posted.wait()
    seconds = perf_counter() - begun
    workers.stop()
    database.close()
    allowed = (LIMIT * (messages // channels - 1)).total_seconds()
    name = f"Emptying {messages:,} messages over {channels}, {away.total_seconds():g} s each"
    return Ratio(f"{name} ({kind.name})", TARGET, (seconds,), (allowed,))


def _queue(workspace: PracticeWorkspace, database: Database, outbox: Outbox, messages: int, channels: int) -> None:
    anna = workspace.add_person("Anna")
    circles = [anna.creates_channel(f"circle-{number}") for number in range(channels)]
    for circle in circles:
        anna.invites(circle, workspace.bot)
    with database.writing() as session:
        for number in range(messages):
            destination = Destination(channel=circles[number % channels].id)
            outbox.post_once(session, f"bench:{number}", {"text": f"Vraag {number}"}, destination)
