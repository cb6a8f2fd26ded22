"""Events that come late, twice, oddly or not at all, lines that break, and what may befall places and people."""

from __future__ import annotations

import pickle

import pytest

from listening_app import Listener, Watch
from playground.faults import Fault, FaultPlan, FaultRule
from playground.inprocess import InProcessClient
from playground.model import Conversation
from playground.people import Person
from playground.workspace import PracticeWorkspace


def heard(app: Listener) -> list[str]:
    return [event["text"] for event in app.heard("message") if not event.get("subtype")]


def happened(workspace: PracticeWorkspace) -> list[str]:
    return [one.kind.name for one in workspace.faults.happened]


def test_an_event_may_never_come(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation, watch: Watch
) -> None:
    workspace.faults.adds(FaultRule(Fault.DROPPED, ("message",), calls=(2,)))
    for text in ("one", "two", "three"):
        anna.says(circle, text)
    watch.passes(minutes=10)
    workspace.resend_due()
    assert heard(app) == ["one", "three"]
    (struck,) = workspace.faults.happened
    assert (struck.kind, struck.what, struck.number, struck.channel) == (Fault.DROPPED, "message", 2, circle.id)


def test_an_event_may_come_twice_under_another_id(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation
) -> None:
    workspace.faults.adds(FaultRule(Fault.TWICE, ("message",)))
    anna.says(circle, "twice")
    first, second = (envelope.payload for envelope in app.envelopes)
    assert first["event"] == second["event"] and first["event_id"] != second["event_id"]


def test_an_event_may_be_late(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation, watch: Watch
) -> None:
    workspace.faults.adds(FaultRule(Fault.LATE, ("message",), times=1, seconds=30))
    anna.says(circle, "late")
    anna.says(circle, "in time")
    watch.passes(seconds=29)
    workspace.resend_due()
    assert heard(app) == ["in time"]
    watch.passes(seconds=1)
    workspace.resend_due()
    assert heard(app) == ["in time", "late"]


def test_an_event_may_be_overtaken(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation, watch: Watch
) -> None:
    workspace.faults.adds(FaultRule(Fault.OUT_OF_ORDER, ("message",), times=1))
    for text in ("one", "two", "three"):
        anna.says(circle, text)
    assert heard(app) == ["two", "one", "three"]
    workspace.faults.adds(FaultRule(Fault.OUT_OF_ORDER, ("message",), times=1))
    anna.says(circle, "four")
    watch.passes(seconds=60)
    workspace.resend_due()
    assert heard(app) == ["two", "one", "three", "four"]


def test_fields_may_be_odd_in_the_same_way_for_one_seed(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation
) -> None:
    keys = []
    for _ in range(2):
        workspace.faults.follow(FaultPlan(3, (FaultRule(Fault.ODD_FIELDS, ("message",)),)))
        before = len(app.events)
        for _ in range(8):
            anna.says(circle, "words")
        keys.append([sorted(key for key, value in event.items() if value) for event in app.events[before:]])
    assert keys[0] == keys[1] and len({str(one) for one in keys[0]}) > 3


def test_a_link_preview_is_no_edit(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation
) -> None:
    workspace.faults.adds(FaultRule(Fault.LINK_PREVIEW))
    anna.says(circle, "see https://example.com")
    (changed,) = app.heard("message_changed")
    assert changed["message"]["text"] == changed["previous_message"]["text"] and "edited" not in changed["message"]


def test_what_was_on_a_line_that_broke_comes_again(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation, watch: Watch
) -> None:
    asked: list[str] = []
    workspace.link_listeners.append(asked.append)
    workspace.faults.adds(FaultRule(Fault.SOCKET_CLOSED, ("message",), times=1))
    anna.says(circle, "lost")
    assert heard(app) == [] and asked == ["closed"]
    watch.passes(seconds=3)
    workspace.resend_due()
    assert heard(app) == ["lost"]
    workspace.faults.adds(FaultRule(Fault.SOCKET_REFRESH))
    assert asked == ["closed", "refresh_requested"]


# Places and people


def standing(workspace: PracticeWorkspace, circle: Conversation, person: Person) -> tuple[bool, bool]:
    """Whether the app is in the channel, and whether the person has an account."""
    return workspace.bot.id in circle.members, not person.user.is_deleted


def test_what_happens_to_a_place_is_put_right_when_faults_stop(
    workspace: PracticeWorkspace, app: Listener, circle: Conversation, bram: Person
) -> None:
    channel = ("lunch-club",)
    rules = (FaultRule(Fault.BOT_REMOVED, channels=channel), FaultRule(Fault.DEACTIVATED, value="Bram"))
    workspace.faults.follow(FaultPlan(rules=rules))
    assert standing(workspace, circle, bram) == (False, False) and app.heard("channel_left")
    workspace.faults.stop()
    assert standing(workspace, circle, bram) == (True, True) and app.heard("member_joined_channel")
    assert happened(workspace) == ["BOT_REMOVED", "DEACTIVATED", "BOT_ASKED_BACK", "REACTIVATED"]
    assert workspace.faults.rules == []


def test_a_place_has_its_time(workspace: PracticeWorkspace, app: Listener, circle: Conversation, watch: Watch) -> None:
    workspace.faults.adds(FaultRule(Fault.ARCHIVED, channels=(circle.id,), since=10, until=20))
    archived = []
    for _ in range(3):
        workspace.resend_due()
        archived.append(circle.is_archived)
        watch.passes(seconds=10)
    assert archived == [False, True, False] and workspace.faults.rules == []
    assert app.heard("channel_archive") and app.heard("channel_unarchive")


def test_a_place_may_go_just_before_a_call(workspace: PracticeWorkspace, app: Listener, circle: Conversation) -> None:
    client = InProcessClient(workspace, workspace.bot_token)
    workspace.faults.adds(FaultRule(Fault.BOT_REMOVED_UNSAID, ("chat.postMessage",), calls=(2,)))
    assert client.chat_postMessage(channel=circle.id, text="x")["ok"]
    before = len(app.events)
    with pytest.raises(Exception, match="not_in_channel"):
        client.chat_postMessage(channel=circle.id, text="x")
    assert len(app.events) == before
    assert [(one.what, one.channel, one.number) for one in workspace.faults.happened] == [
        ("chat.postMessage", circle.id, 2)
    ]


def test_a_channel_gets_another_id_with_all_that_is_in_it(
    workspace: PracticeWorkspace, app: Listener, circle: Conversation, anna: Person
) -> None:
    anna.says(circle, "still here")
    old = circle.id
    workspace.faults.adds(FaultRule(Fault.ID_CHANGED, channels=("lunch-club",)))
    (event,) = app.heard("channel_id_changed")
    assert (event["old_channel_id"], event["new_channel_id"]) == (old, circle.id) and old != circle.id
    assert old not in workspace.channels and workspace.channel(circle.id) is circle
    client = InProcessClient(workspace, workspace.bot_token)
    assert client.conversations_history(channel=circle.id)["messages"][0]["text"] == "still here"
    anna.says(circle, "and on")
    assert app.last["event"]["channel"] == circle.id


def test_a_channel_may_be_shared_and_become_private(
    workspace: PracticeWorkspace, app: Listener, circle: Conversation, anna: Person
) -> None:
    client = InProcessClient(workspace, workspace.bot_token)
    workspace.faults.adds(FaultRule(Fault.SHARED, channels=(circle.id,)))
    (shared,) = app.heard("channel_shared")
    assert shared["channel"] == circle.id and app.last["is_ext_shared_channel"]
    found = client.conversations_info(channel=circle.id)["channel"]
    assert found["is_ext_shared"] and shared["connected_team_id"] in found["shared_team_ids"]
    workspace.faults.mends(Fault.SHARED)
    (unshared,) = app.heard("channel_unshared")
    assert unshared["previously_connected_team_id"] == shared["connected_team_id"] and not unshared["is_ext_shared"]
    workspace.faults.adds(FaultRule(Fault.MADE_PRIVATE, channels=(circle.id,)))
    assert app.heard("channel_convert_to_private")
    anna.says(circle, "among us")
    assert app.last["event"]["channel_type"] == "group"


def test_a_channel_that_got_another_id_is_put_right_too(
    workspace: PracticeWorkspace, app: Listener, circle: Conversation
) -> None:
    workspace.faults.adds(FaultRule(Fault.SHARED, channels=(circle.id,)))
    workspace.faults.adds(FaultRule(Fault.ID_CHANGED, channels=(circle.id,)))
    workspace.faults.mends(Fault.SHARED)
    assert app.heard("channel_unshared")[-1]["channel"] == circle.id and not circle.is_external


def test_a_deleted_channel_is_gone_for_good(workspace: PracticeWorkspace, app: Listener, circle: Conversation) -> None:
    workspace.faults.adds(FaultRule(Fault.DELETED, channels=(circle.id,)))
    workspace.faults.adds(FaultRule(Fault.ARCHIVED, channels=(circle.id,)))
    workspace.faults.stop()
    assert circle.id not in workspace.channels and app.heard("channel_deleted") and happened(workspace) == ["DELETED"]


def test_everything_late_comes_at_the_end(
    workspace: PracticeWorkspace, app: Listener, anna: Person, circle: Conversation
) -> None:
    late = FaultRule(Fault.LATE, ("message",), times=1, seconds=3000)
    workspace.faults.follow(FaultPlan(rules=(late, FaultRule(Fault.OUT_OF_ORDER, ("message",), times=1))))
    anna.says(circle, "one")
    anna.says(circle, "two")
    assert heard(app) == []
    workspace.faults.stop()
    assert heard(app) == ["two", "one"]


@pytest.mark.parametrize("fault", list(Fault))
def test_a_rule_can_be_written_down_and_read_back(fault: Fault) -> None:
    plan = FaultPlan(7, (FaultRule(fault, ("chat.postMessage",), chance=0.5),))
    assert pickle.loads(pickle.dumps(plan)) == plan and fault.value
