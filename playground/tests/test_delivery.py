"""What is not acknowledged comes again by Slack's schedule; people hear about what nobody answered."""

from __future__ import annotations

import pytest

from block_kit import actions, button, field, modal, section
from listening_app import Listener, Watch
from playground.model import Conversation, Envelope
from playground.people import Person
from playground.workspace import PracticeWorkspace


def resent_after(workspace: PracticeWorkspace, watch: Watch, seconds: float) -> None:
    watch.passes(seconds=seconds)
    workspace.resend_due()


def attempts(app: Listener) -> list[tuple[int, str]]:
    return [(envelope.retry_attempt, envelope.retry_reason) for envelope in app.envelopes]


def test_an_unacknowledged_event_comes_three_times_more(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    anna.says(circle, "is anybody there?")
    resent_after(workspace, watch, 2.9)
    assert attempts(app) == [(0, "")], "three seconds have not passed"
    resent_after(workspace, watch, 0.1)
    assert attempts(app)[1:] == [(1, "timeout")]
    resent_after(workspace, watch, 60)
    resent_after(workspace, watch, 300)
    assert attempts(app)[1:] == [(1, "timeout"), (2, "timeout"), (3, "timeout")]
    resent_after(workspace, watch, 3600)
    assert len(app.envelopes) == 4, "then Slack gives up"


def test_resends_carry_the_same_event_in_another_envelope(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    anna.says(circle, "is anybody there?")
    resent_after(workspace, watch, 3)
    first, second = app.envelopes
    assert first.payload == second.payload
    assert first.envelope_id != second.envelope_id


def test_what_is_acknowledged_does_not_come_again(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    anna.says(circle, "hello")
    resent_after(workspace, watch, 600)
    assert len(app.envelopes) == 1


def test_a_late_acknowledgement_of_the_first_envelope_still_counts(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    anna.says(circle, "hello")
    resent_after(workspace, watch, 3)
    workspace.acknowledge(app.envelopes[0].envelope_id)
    resent_after(workspace, watch, 600)
    assert len(app.envelopes) == 2


def test_a_refused_event_comes_again_at_once(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    anna.says(circle, "hello")
    workspace.acknowledge(app.envelopes[0].envelope_id, None, status=500)
    workspace.resend_due()
    assert attempts(app) == [(0, ""), (1, "http_error")]


def test_an_app_may_ask_for_no_retry(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    anna.says(circle, "hello")
    workspace.fails(app.envelopes[0].envelope_id, "http_error", retry=False)
    resent_after(workspace, watch, 600)
    assert len(app.envelopes) == 1


def test_events_of_a_time_without_connection_come_by_the_schedule(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    workspace.disconnect(app)
    anna.says(circle, "while you were away")
    resent_after(workspace, watch, 3)
    workspace.connect(app)
    assert app.envelopes == [], "a new connection alone brings nothing back"
    resent_after(workspace, watch, 60)
    assert [event["text"] for event in app.events] == ["while you were away"]
    assert attempts(app) == [(2, "timeout")]


def test_what_was_said_is_delivered_as_it_was_said(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    said = anna.says(circle, "first")
    anna.edits(said, "second")
    resent_after(workspace, watch, 3)
    assert app.envelopes[2].payload["event"]["text"] == "first"


def test_several_connections_take_turns(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    other = Listener(workspace)
    workspace.connect(other)
    for number in range(4):
        anna.says(circle, str(number))
    assert (len(app.envelopes), len(other.envelopes)) == (2, 2)


def test_a_command_nobody_answers_is_told_to_the_person(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, bram: Person, circle: Conversation
) -> None:
    app.is_silent = True
    anna.commands(circle, "/ask")
    resent_after(workspace, watch, 2.9)
    assert not anna.sees("did not respond")
    resent_after(workspace, watch, 0.1)
    assert anna.sees("/ask failed because testbot did not respond.")
    assert not bram.sees("did not respond")
    resent_after(workspace, watch, 600)
    assert len(app.envelopes) == 1, "interactions are not sent again"


def test_a_button_nobody_answers_is_told_too(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    args = {"channel": circle.id, "text": "card", "blocks": [actions(button())]}
    ts = workspace.api("chat.postMessage", args, workspace.bot_token).body["ts"]
    anna.presses(circle.messages[ts], "Join")
    resent_after(workspace, watch, 3)
    assert anna.sees("testbot did not respond")


def test_a_form_nobody_answers_stays_open_with_what_was_typed(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    trigger = workspace.triggers.new_trigger_id(anna.id)
    workspace.api("views.open", {"trigger_id": trigger, "view": modal(field(block_id="title"))}, workspace.bot_token)
    app.is_silent = True
    anna.fills(anna.modal, {"Title": "a long story"})
    anna.submits()
    resent_after(workspace, watch, 3)
    assert anna.modal is not None and anna.modal.values["title"]["words"]["value"] == "a long story"
    assert anna.sees("We had some trouble connecting. Try again? (testbot did not respond)")


def test_without_any_app_people_hear_so_at_once(
    workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    anna.commands(circle, "/ask")
    assert anna.sees("testbot did not respond")


def test_an_answer_that_comes_too_late_changes_nothing(
    app: Listener, workspace: PracticeWorkspace, watch: Watch, anna: Person, circle: Conversation
) -> None:
    app.is_silent = True
    anna.commands(circle, "/ask")
    resent_after(workspace, watch, 3)
    workspace.acknowledge(app.envelopes[0].envelope_id, {"text": "too late"})
    assert not anna.sees("too late")


def test_only_subscribed_events_within_scope_arrive(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    workspace.subscribed_events.discard("reaction_added")
    workspace.scopes.discard("channels:history")
    said = anna.says(circle, "hello")
    anna.reacts(said, "heart")
    assert app.events == []


def test_what_the_app_causes_while_it_handles_comes_after_it_has_handled(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    order: list[str] = []

    def answering(envelope: Envelope) -> None:
        text = envelope.payload["event"]["text"]
        order.append(f"begins {text}")
        if text == "hello":
            workspace.api("chat.postMessage", {"channel": circle.id, "text": "hello to you"}, workspace.bot_token)
        order.append(f"ends {text}")
        workspace.acknowledge(envelope.envelope_id)

    workspace.disconnect(app)
    workspace.connect(answering)
    anna.says(circle, "hello")
    assert order == ["begins hello", "ends hello", "begins hello to you", "ends hello to you"]


def test_deliveries_are_recorded_by_kind(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    anna.commands(circle, "/report")
    said = anna.says(circle, "hello")
    anna.deletes(said)
    kinds = [(one.type, one.kind, one.subtype) for one in workspace.deliveries[-3:]]
    assert kinds == [
        ("slash_commands", "/report", None),
        ("events_api", "message", None),
        ("events_api", "message", "message_deleted"),
    ]


@pytest.mark.parametrize("status", [404, 500])
def test_a_refused_interaction_is_told_at_once(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation, status: int
) -> None:
    app.is_silent = True
    anna.commands(circle, "/ask")
    workspace.acknowledge(app.envelopes[0].envelope_id, None, status=status)
    assert anna.sees("testbot did not respond")


def test_forged_payloads_reach_the_app_as_they_are(app: Listener, workspace: PracticeWorkspace, anna: Person) -> None:
    forged = {"type": "block_actions", "user": {"id": anna.id}, "team": {"id": "T0OTHER"}, "actions": []}
    workspace.sends_forged(forged, by=anna)
    assert app.last == forged


def test_a_listing_of_blocks_does_not_change_with_the_message(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    blocks = [section("before")]
    workspace.api("chat.postMessage", {"channel": circle.id, "text": "x", "blocks": blocks}, workspace.bot_token)
    blocks[0]["text"]["text"] = "after"
    assert anna.sees("before") and not anna.sees("after")
