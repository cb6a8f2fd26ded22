"""Starting while Slack is away, losing it, and stopping: politely, soon, whatever is going on."""

from threading import Thread
from time import monotonic

import pytest

from tests.app.conftest import Start
from tests.app.running import ServedWorkspace
from tests.app.waiting import until
from tests.world import World

pytestmark = pytest.mark.sockets
# Docker kills after ten seconds; some are for a machine that is busy with other tests.
SOON = 15


def test_over_http_it_waits_for_slack_says_so_and_acknowledges_nothing_it_cannot_keep(start: Start):
    village = ServedWorkspace()
    running = start("run", **village.slack_over_http)
    until(lambda: "does not answer; trying again" in running.log, "it says plainly that it waits")
    assert running.is_alive()
    assert running.page("/health/ready")[0] == 503
    assert running.health()["slack"] == "has not yet said who the bot is"
    event = b'{"type": "event_callback", "event": {"type": "message", "text": "bewaar mij"}}'
    assert running.page("/slack/events", data=event, method="POST")[0] == 503
    village.opens()
    until(running.is_ready, "ready, now that Slack is there")
    village.closes()


def test_an_outbox_with_nothing_in_it_wakes_nobody(world: World):
    wakes: list[str] = []
    world.bot.services.database.on_commit = lambda: wakes.append("awake")
    world.bot.outbox_worker.send_all()
    assert wakes == []
    world.sets_up()
    assert wakes


def test_who_stops_it_while_it_waits_for_slack_waits_no_longer(start: Start):
    running = start("run", **ServedWorkspace().slack)
    until(lambda: "does not answer; trying again" in running.log, "it waits")
    asked = monotonic()
    assert running.stops() == 0
    assert monotonic() - asked < SOON


def test_a_token_that_is_refused_or_of_another_workspace_ends_it_with_one_plain_line(
    village: ServedWorkspace, start: Start
):
    first = start("run", **village.slack)
    until(first.is_ready, "ready")
    assert first.stops() == 0
    village.workspace.team_id = "T0ANDER"
    second = start("run", **village.slack)
    assert second.exit_status() == 1
    assert second.log.startswith("klankbord: SLACK_BOT_TOKEN is of another workspace (T0ANDER) than what is in this")
    third = start("run", **village.slack | {"SLACK_BOT_TOKEN": "xoxb-of-yesterday"})
    assert third.exit_status() == 1
    assert third.log.startswith("klankbord: SLACK_BOT_TOKEN is refused (invalid_auth): copy it again from your app")


def test_it_comes_back_when_slack_asks_for_another_connection_and_when_slack_was_gone(
    village: ServedWorkspace, start: Start
):
    running = start("run", **village.slack)
    until(village.is_connected, "somebody listens")
    village.sets_up()
    before = list(village.workspace.delivery.sinks)
    village.workspace.asks_reconnect("refresh_requested")
    until(lambda: village.workspace.delivery.sinks not in ([], before), "another connection")
    village.anna.commands(village.circle, "/klankbord", "help")
    assert running.is_ready()
    village.closes()
    until(lambda: "connection" in running.health(), "it says that it is cut off")
    why = running.health()["connection"]
    assert why.startswith("is closed, and is being opened again: connection_")
    village.opens()
    until(running.is_ready, "it listens again")
    assert running.stops() == 0


def test_stopping_under_load_finishes_what_came_in(village: ServedWorkspace, start: Start):
    running = start("run", **village.slack)
    until(village.is_connected, "somebody listens")
    village.sets_up()
    hands = [Thread(target=_asks_for_help, args=(village, person)) for person in village.workspace.people for _ in "12"]
    for hand in hands:
        hand.start()
    until(lambda: len(village.workspace.deliveries) > 20, "much is going on")
    asked = monotonic()
    assert running.stops() == 0
    assert monotonic() - asked < SOON
    for hand in hands:
        hand.join()
    assert "Traceback" not in running.log and "failed" not in running.log


def _asks_for_help(village: ServedWorkspace, person):
    for _ in range(10):
        if not village.is_connected():
            return
        person.commands(village.circle, "/klankbord", "help")


def test_two_copies_on_one_server_say_everything_once(village: ServedWorkspace, start: Start, postgres_url: str):
    shared = {"DATABASE_URL": postgres_url, "KLANKBORD_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
    copies = [start("run", **village.slack, **shared) for _ in range(2)]
    until(lambda: len(village.workspace.delivery.sinks) == 2, "both listen")
    channels = [village.anna.creates_channel(f"kring-{number}") for number in range(12)]
    for channel in channels:
        village.anna.invites(channel, village.workspace.bot)
    until(lambda: all(_greetings(village, channel) for channel in channels), "everywhere a greeting")
    assert [copy.stops() for copy in copies] == [0, 0]
    assert [_greetings(village, channel) for channel in channels] == [1] * 12


def _greetings(village: ServedWorkspace, channel) -> int:
    ours = village.workspace.bot.id
    return sum(message.user == ours and bool(message.blocks) for message in village.anna.messages(channel))
