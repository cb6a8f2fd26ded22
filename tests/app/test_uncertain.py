"""Slack that fails in every way it can, over real sockets: everything is said once, in order."""

from collections.abc import Iterator
from functools import partial

import pytest

from bot.outbox.queue import Destination
from playground.faults import Fault
from playground.model import Conversation
from tests.app.conftest import Start
from tests.app.queue_direct import DirectQueue
from tests.app.running import KEY, BotProcess, ServedWorkspace
from tests.app.waiting import until

pytestmark = pytest.mark.sockets
ONCE = ["one", "two", "three"]
# What befalls a post: done or not, with an answer or without one.
UNANSWERED = (Fault.CUT, Fault.SILENT, Fault.BROKEN_AFTER, Fault.BROKEN_BEFORE, Fault.LIMITED, Fault.RECONNECT)
# What a stormy day is made of, for each method the storm calls.
STORM = {
    "chat.postMessage": dict.fromkeys(UNANSWERED, 0.07),
    "conversations.history": {Fault.BROKEN_BEFORE: 0.1, Fault.LIMITED: 0.1},
    "conversations.replies": {Fault.CUT: 0.1, Fault.LIMITED: 0.1},
    "conversations.create": {Fault.CUT: 0.4, Fault.BROKEN_AFTER: 0.3},
}


@pytest.fixture
def pen(village: ServedWorkspace, sqlite_url: str) -> Iterator[DirectQueue]:
    pen = DirectQueue(sqlite_url)
    yield pen
    pen.database.close()


@pytest.fixture
def settings(village: ServedWorkspace, sqlite_url: str) -> dict[str, str]:
    """What each copy of the bot in a story is given."""
    return {**village.slack, "DATABASE_URL": sqlite_url, "KLANKBORD_KEY": KEY}


def places(village: ServedWorkspace, number: int) -> list[Conversation]:
    """So many channels with the bot in them."""
    made = [village.anna.creates_channel(f"kring-{each}") for each in range(number)]
    for channel in made:
        village.anna.invites(channel, village.workspace.bot)
    return made


def said(village: ServedWorkspace, channel: Conversation) -> list[str]:
    """What the bot said in this channel; without its greeting, which has blocks."""
    messages = village.anna.messages(channel) if village.anna.id in channel.members else channel.messages.values()
    return [message.text for message in messages if message.bot_id and not message.blocks]


def thread(village: ServedWorkspace, channel: Conversation, root: str) -> list[str]:
    """The thread under what says `root`, with it."""
    (top,) = [message for message in village.anna.messages(channel) if message.text == root]
    return [message.text for message in village.anna.thread(top)]


def posted(village: ServedWorkspace) -> list[str]:
    """Every post that Slack took, in its order."""
    calls = list(village.workspace.calls)
    return [each.args.get("text", "") for each in calls if each.method == "chat.postMessage" and each.error is None]


def starts(
    village: ServedWorkspace, start: Start, pen: DirectQueue, settings: dict[str, str], command: str = "hasty"
) -> BotProcess:
    """A copy of the bot that has said all it has to say: its greetings too."""
    running, ours = start(command, **settings), village.workspace.bot.id
    until(running.is_ready, "ready")
    greeted = [each for each in village.workspace.channels.values() if each.name.startswith("kring")]
    until(
        lambda: all(any(m.blocks and m.user == ours for m in each.messages.values()) for each in greeted), "greetings"
    )
    until(pen.is_done, "all it has to say")
    return running


def test_a_channel_that_does_not_answer_delays_no_other(
    village: ServedWorkspace, start: Start, settings, pen: DirectQueue
):
    here, elsewhere = places(village, 2)
    starts(village, start, pen, settings, "run")
    hold = village.workspace.faults.holds_next_answer("chat.postMessage")
    pen.post_once(Destination(channel=here.id), "one")
    assert hold.done.wait(30), "Slack has it, and says nothing"
    pen.post_once(Destination(channel=here.id), "two")
    pen.post_once(Destination(channel=elsewhere.id), "elsewhere")
    until(lambda: "elsewhere" in posted(village), "the other channel goes on")
    assert pen.state_of("one") == ("sending", None), "the first call is still under way"
    assert said(village, here) == ["one"]
    hold.released.set()
    until(pen.is_done, "the rest")
    assert said(village, here) == ["one", "two"]


def test_whatever_befalls_a_post_it_stands_once_and_in_order(
    village: ServedWorkspace, start: Start, settings, pen: DirectQueue
):
    here, elsewhere = places(village, 2)
    running = starts(village, start, pen, settings)
    for fault in UNANSWERED:
        village.workspace.faults.strikes_next("chat.postMessage", fault)
        root = f"{fault.name} root"
        pen.post_once(Destination(channel=here.id), root)
        village.workspace.faults.strikes_next("chat.postMessage", fault)
        pen.post_once(Destination(under=root), *(f"{fault.name} {text}" for text in ONCE))
        pen.post_once(Destination(channel=elsewhere.id), f"{fault.name} elsewhere")
    until(pen.is_done, "all is said")
    for fault in UNANSWERED:
        assert thread(village, here, f"{fault.name} root") == [f"{fault.name} {text}" for text in ("root", *ONCE)]
    assert said(village, elsewhere) == [f"{fault.name} elsewhere" for fault in UNANSWERED]
    assert running.stops() == 0


def test_killed_when_slack_has_it_and_we_do_not_know(
    village: ServedWorkspace, start: Start, settings, pen: DirectQueue
):
    (here,) = places(village, 1)
    running = starts(village, start, pen, settings)
    pen.post_once(Destination(channel=here.id), "root")
    until(pen.is_done, "the root")
    for number, (place, method) in enumerate(
        [
            (Destination(channel=here.id), "chat.postMessage"),
            (Destination(under="root"), "chat.postMessage"),
            (Destination(inside="overleg"), "conversations.create"),
        ]
    ):
        hold = village.workspace.faults.holds_next_answer(method)
        if place.inside:
            pen.make_channel("overleg")
        pen.post_once(place, *(f"{number} {text}" for text in ONCE))
        assert hold.done.wait(30), f"Slack does {method}"
        running.dies()
        hold.released.set()
        running = starts(village, start, pen, settings)
        until(pen.is_done, "all is said")
    (room,) = [channel for channel in village.workspace.channels.values() if channel.name == "overleg"]
    assert [text for text in said(village, here) if text[0] == "0"] == [f"0 {text}" for text in ONCE]
    assert thread(village, here, "root") == ["root", *(f"1 {text}" for text in ONCE)]
    assert said(village, room) == [f"2 {text}" for text in ONCE]


def test_asked_to_stop_with_a_post_under_way(village: ServedWorkspace, start: Start, settings, pen: DirectQueue):
    (here,) = places(village, 1)
    running = starts(village, start, pen, settings)
    hold = village.workspace.faults.holds_next_answer("chat.postMessage")
    pen.post_once(Destination(channel=here.id), *ONCE)
    assert hold.done.wait(30), "Slack has it"
    running.asked_to_stop()
    hold.released.set()
    assert running.exit_status() == 0
    starts(village, start, pen, settings)
    assert said(village, here) == ONCE


def test_of_two_copies_one_dies_and_the_other_goes_on(
    village: ServedWorkspace, start: Start, settings, postgres_url: str
):
    pen, settings = DirectQueue(postgres_url), {**settings, "DATABASE_URL": postgres_url}
    here, elsewhere = places(village, 2)
    dying = starts(village, start, pen, settings)
    hold = village.workspace.faults.holds_next_answer("chat.postMessage")
    pen.post_once(Destination(channel=here.id), *ONCE)
    assert hold.done.wait(30), "Slack has it"
    living = start("hasty", **settings)
    until(living.is_ready, "another copy")
    dying.dies()
    hold.released.set()
    pen.post_once(Destination(channel=elsewhere.id), *(f"elsewhere {text}" for text in ONCE))
    until(pen.is_done, "all is said")
    assert said(village, here) == ONCE
    assert said(village, elsewhere) == [f"elsewhere {text}" for text in ONCE]
    pen.database.close()


def some_is_said(village: ServedWorkspace, pen: DirectQueue, enough: int) -> bool:
    return len(posted(village)) > enough or pen.is_done()


@pytest.mark.parametrize("seed", [3])
def test_a_storm(village: ServedWorkspace, start: Start, settings, pen: DirectQueue, seed: int):
    channels = places(village, 4)
    running = starts(village, start, pen, settings)
    village.workspace.faults.strikes_often(seed, STORM)
    rooms = [pen.make_channel(f"overleg-{number}") for number in range(2)]
    roots = [Destination(channel=channel.id) for channel in channels] + rooms
    for number, place in enumerate(roots):
        pen.post_once(place, f"{number} root", *(f"{number} {text}" for text in ONCE))
        pen.post_once(Destination(under=f"{number} root"), *(f"{number} reply {text}" for text in ONCE))
    for dies in (True, False, True):
        enough = len(posted(village)) + 4
        until(partial(some_is_said, village, pen, enough), "some of it is said")
        running.dies() if dies else running.stops()
        running = start("hasty", **settings)
    until(pen.is_done, "all is said", timeout=120)
    village.workspace.faults.strikes_often(seed, {})
    for number, place in enumerate(roots):
        channel = village.workspace.channel(place.channel or str(place.inside))
        top = [message for message in channel.messages.values() if message.text == f"{number} root"]
        replies = [message.text for message in channel.messages.values() if message.thread_ts == top[0].ts]
        mine = [text for text in said(village, channel) if text.startswith(f"{number} ") and "reply" not in text]
        assert mine == [f"{number} {text}" for text in ("root", *ONCE)]
        assert [text for text in replies if "reply" in text] == [f"{number} reply {text}" for text in ONCE]
