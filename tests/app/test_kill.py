"""Killed between Slack's storing a post and our knowing it: afterwards it stands there once."""

import pytest

from tests.app.conftest import Start
from tests.app.running import KEY, ServedWorkspace
from tests.app.waiting import until

pytestmark = pytest.mark.sockets


def greetings(village: ServedWorkspace, channel) -> int:
    """How often the bot greets in this channel."""
    ours = village.workspace.bot.id
    return sum(message.user == ours and bool(message.blocks) for message in village.anna.messages(channel))


def test_killed_before_it_knew_it_says_everything_once(village: ServedWorkspace, start: Start):
    first = start("run", **village.slack)
    until(village.is_connected, "somebody listens")
    hold = village.workspace.faults.holds_next_answer("chat.postMessage")
    village.anna.invites(village.circle, village.workspace.bot)
    assert hold.done.wait(30), "Slack stores the greeting"
    first.dies()
    hold.released.set()
    until(lambda: not village.is_connected(), "Slack sees it gone")

    second = start("run", **village.slack)
    until(village.is_connected, "somebody listens again")
    others = [village.anna.creates_channel(f"kring-{number}") for number in range(3)]
    for channel in others:
        village.anna.invites(channel, village.workspace.bot)
    until(lambda: all(greetings(village, channel) == 1 for channel in others), "the others are greeted")
    until(lambda: looked_again(village), "it looks in Slack before it says the same again")
    assert second.stops() == 0
    assert [greetings(village, channel) for channel in (village.circle, *others)] == [1, 1, 1, 1]
    waiting = start("outbox", "list", **village.slack)
    assert waiting.exit_status() == 0 and waiting.log.strip() == ""


def looked_again(village: ServedWorkspace) -> bool:
    """Whether the bot looked for a post it was in doubt about, by the id in its metadata."""
    calls = village.workspace.calls
    return any(each.method == "conversations.history" and each.args.get("include_all_metadata") for each in calls)


def test_killed_alone_on_a_server_its_post_is_taken_up_at_the_next_start(
    village: ServedWorkspace, start: Start, postgres_url: str
):
    settings = village.slack | {"DATABASE_URL": postgres_url, "KLANKBORD_KEY": KEY}
    first = start("run", **settings)
    until(village.is_connected, "somebody listens")
    hold = village.workspace.faults.holds_next_answer("chat.postMessage")
    village.anna.invites(village.circle, village.workspace.bot)
    assert hold.done.wait(30), "Slack stores the greeting"
    first.dies()
    hold.released.set()
    second = start("run", **settings)
    # A lease lasts a minute; half of that is for a machine that is busy with other tests.
    until(lambda: looked_again(village), "it looks in Slack before its lease ends", timeout=30)
    assert second.stops() == 0
    assert greetings(village, village.circle) == 1
