"""People fill in forms and look at the app's Home."""

from __future__ import annotations

from typing import Any

import pytest

from block_kit import (
    actions,
    button,
    call,
    field,
    home,
    modal,
    opens,
    option,
    plain,
    section,
    select,
    text_input,
)
from listening_app import Listener
from playground.model import Conversation, Forbidden, Json
from playground.people import Person
from playground.workspace import PracticeWorkspace


def test_a_form_is_filled_in_by_its_labels_and_sent(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    view = modal(
        field("Title", block_id="title"),
        field("Theme", select("theme"), block_id="theme", optional=True),
        private_metadata="case-7",
        callback_id="intake",
    )
    opens(workspace, anna, view)
    assert anna.modal is not None and anna.modal.title == "A form"
    anna.fills(anna.modal, {"Title": "A quiet group", "Theme": "Option 1"})
    result = anna.submits(anna.modal)
    assert result.errors is None and result.view is None
    sent = app.last["view"]
    assert (sent["private_metadata"], sent["callback_id"]) == ("case-7", "intake")
    assert sent["state"]["values"] == {
        "title": {"words": {"type": "plain_text_input", "value": "A quiet group"}},
        "theme": {"theme": {"type": "static_select", "selected_option": option("Option 1")}},
    }


def test_the_client_asks_for_what_must_be_filled_in(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    view = modal(
        field("Title", text_input(min_length=5, max_length=10)), field("Note", text_input("note"), optional=True)
    )
    opens(workspace, anna, view)
    heard = len(app.envelopes)
    assert anna.submits().errors == {"Title": "Please complete this required field."}
    anna.fills(anna.modal, {"Title": "abc"})
    assert anna.submits().errors == {"Title": "Please enter at least 5 characters."}
    anna.fills(anna.modal, {"Title": "much too long"})
    assert anna.submits().errors == {"Title": "Please enter at most 10 characters."}
    assert len(app.envelopes) == heard, "the app never saw those"
    anna.fills(anna.modal, {"Title": "just so"})
    assert anna.submits().errors is None


def test_every_kind_of_field_sends_its_own_shape(
    app: Listener, workspace: PracticeWorkspace, anna: Person, bram: Person, circle: Conversation
) -> None:
    kinds: list[tuple[str, Json, Any, Json]] = [
        ("static_select", {"options": [option("A", "a")]}, "A", {"selected_option": option("A", "a")}),
        ("multi_static_select", {"options": [option("A", "a")]}, ["a"], {"selected_options": [option("A", "a")]}),
        ("radio_buttons", {"options": [option("A", "a")]}, "a", {"selected_option": option("A", "a")}),
        ("checkboxes", {"options": [option("A", "a")]}, ["A"], {"selected_options": [option("A", "a")]}),
        ("users_select", {}, bram, {"selected_user": bram.id}),
        ("multi_users_select", {}, [bram, "Anna"], {"selected_users": [bram.id, anna.id]}),
        ("conversations_select", {}, circle, {"selected_conversation": circle.id}),
        ("channels_select", {}, "lunch-club", {"selected_channel": circle.id}),
        ("datepicker", {}, "2026-11-24", {"selected_date": "2026-11-24"}),
        ("timepicker", {}, "09:30", {"selected_time": "09:30"}),
        ("plain_text_input", {}, "words", {"value": "words"}),
    ]
    fields = [field(kind, {"type": kind, "action_id": "a"} | more, block_id=kind) for kind, more, _, _ in kinds]
    opens(workspace, anna, modal(*fields))
    anna.fills(anna.modal, {kind: given for kind, _, given, _ in kinds})
    anna.submits()
    values = app.last["view"]["state"]["values"]
    assert values == {kind: {"a": {"type": kind} | stored} for kind, _, _, stored in kinds}


def test_the_apps_errors_stand_beside_the_fields(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    opens(workspace, anna, modal(field("Day", block_id="day")))
    anna.fills(anna.modal, {"Day": "yesterday"})
    app.answer = {"response_action": "errors", "errors": {"day": "That day has been."}}
    result = anna.submits()
    assert result.errors == {"Day": "That day has been."}
    assert anna.sees("That day has been.")
    app.answer = None
    anna.fills(anna.modal, {"Day": "tomorrow"})
    assert anna.submits().errors is None


def test_the_app_may_change_stack_and_clear_forms(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    opens(workspace, anna, modal(title="One"))
    anna.fills(anna.modal, {"Title": "x"})
    app.answer = {"response_action": "push", "view": modal(title="Two")}
    assert anna.submits().view.title == "Two"  # type: ignore[union-attr]
    anna.fills(anna.modal, {"Title": "y"})
    app.answer = {"response_action": "update", "view": modal(title="Three")}
    assert anna.submits().view.title == "Three"  # type: ignore[union-attr]
    app.answer = None
    anna.closes()
    assert anna.modal is not None and anna.modal.title == "One"
    app.answer = {"response_action": "clear"}
    assert anna.submits().view is None and anna.modal is None


def test_what_was_typed_stays_when_a_form_is_updated(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    opens(workspace, anna, modal(field("Title", block_id="title")))
    assert anna.modal is not None
    anna.fills(anna.modal, {"Title": "typed"})
    changed = modal(field("Title", block_id="title"), field("More", text_input("more"), block_id="more"))
    call(workspace, "views.update", view_id=anna.modal.id, view=changed)
    assert anna.modal.values["title"]["words"]["value"] == "typed"
    assert anna.modal.values["more"]["more"]["value"] is None


def test_closing_is_heard_only_when_asked_for(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    opens(workspace, anna, modal())
    anna.closes()
    assert app.envelopes == []
    opens(workspace, anna, modal(notify_on_close=True))
    anna.closes()
    assert app.last["type"] == "view_closed" and app.last["is_cleared"] is False
    with pytest.raises(Forbidden, match="no form is open"):
        anna.closes()


def test_a_menu_with_dispatch_acts_while_the_form_is_open(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    opens(workspace, anna, modal(field("Method", select("method"), dispatch_action=True)))
    anna.fills(anna.modal, {"Method": "Option 2"})
    assert app.last["type"] == "block_actions"
    assert app.last["container"] == {"type": "view", "view_id": anna.modal.id}  # type: ignore[union-attr]


def test_an_answer_slack_would_refuse_is_trouble_for_the_person_and_noted(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    opens(workspace, anna, modal())
    anna.fills(anna.modal, {"Title": "x"})
    app.answer = {"response_action": "update", "view": modal(title="x" * 25)}
    assert anna.submits().errors == {"": "We had some trouble connecting. Try again?"}
    app.answer = {"response_action": "errors", "errors": {"no_such_block": "?"}}
    assert anna.submits().errors == {"": "We had some trouble connecting. Try again?"}
    assert len(workspace.complaints) == 2 and "invalid_arguments" in workspace.complaints[0]


# Home


def test_home_shows_what_the_app_published_for_each(
    app: Listener, workspace: PracticeWorkspace, anna: Person, bram: Person
) -> None:
    assert anna.opens_home() is None
    assert app.events[-1]["type"] == "app_home_opened" and "view" not in app.events[-1]
    call(workspace, "views.publish", user_id=anna.id, view=home(section("Your settings"), actions(button("Change"))))
    anna.opens_home()
    assert app.events[-1]["view"]["type"] == "home"
    assert anna.visible_text(anna.home) == "Your settings\nChange"
    assert bram.home is None
    anna.presses(anna.home, "Change")
    assert app.last["view"]["id"] == anna.home.id  # type: ignore[union-attr]


def test_what_stays_in_home_can_be_pressed_while_the_rest_becomes_new(
    workspace: PracticeWorkspace, anna: Person
) -> None:
    stays = actions(button("Change"))
    call(workspace, "views.publish", user_id=anna.id, view=home(section("Old"), stays))
    before = [block["block_id"] for block in anna.home.blocks]  # type: ignore[union-attr]
    call(workspace, "views.publish", user_id=anna.id, view=home(section("New"), stays, stays))
    after = [block["block_id"] for block in anna.home.blocks]  # type: ignore[union-attr]
    assert after[1] == before[1] and len({*before, *after}) == 4


def test_nobody_touches_another_persons_form(
    app: Listener, workspace: PracticeWorkspace, anna: Person, bram: Person, circle: Conversation
) -> None:
    opens(workspace, anna, modal())
    with pytest.raises(Forbidden, match="not your form"):
        bram.fills(anna.modal, {"Title": "x"})
    form = anna.modal
    anna.closes()
    with pytest.raises(Forbidden, match="not open any more"):
        anna.fills(form, {"Title": "x"})


def test_placeholders_and_choices_are_read_too(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    view = modal(field("Pace", select("pace", placeholder=plain("Choose a pace")), hint=plain("You can change it")))
    opens(workspace, anna, view)
    assert anna.sees("Choose a pace") and anna.sees("You can change it")
    anna.fills(anna.modal, {"Pace": "Option 1"})
    assert anna.sees("Option 1") and not anna.sees("Choose a pace")
