"""Stories of people in the practice workspace: what they do, what they see, what the app hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from playground.model import Channel, Forbidden, Json, Message
from playground.people import Person
from playground.workspace import Workspace
from tests.playground.conftest import Listener, Watch
from tests.playground.kit import actions, button, field, home, modal, option, plain, section, select, text_input


def call(workspace: Workspace, method: str, **args: Any) -> Json:
    answer = workspace.api(method, args, workspace.bot_token).body
    assert answer["ok"], answer
    return answer


def card(workspace: Workspace, circle: Channel, *blocks: Json, **args: Any) -> Message:
    ts = call(workspace, "chat.postMessage", channel=circle.id, text="card", blocks=list(blocks), **args)["ts"]
    return circle.messages[ts]


def opens(workspace: Workspace, app: Listener, person: Person, circle: Channel, view: Json) -> None:
    """The person types a command and the app answers with a form."""
    person.commands(circle, "/reflect")
    call(workspace, "views.open", trigger_id=app.last["trigger_id"], view=view)


# Talking


def test_what_anna_types_is_stored_as_slack_stores_it(app: Listener, anna: Person, circle: Channel) -> None:
    said = anna.says(circle, "Tea & <cake>, @Bram? See #coaching-en-co or https://x.be/a?b=1.")
    assert said.text == f"Tea &amp; &lt;cake&gt;, <@U0BRAM>? See <#{circle.id}> or <https://x.be/a?b=1>."
    assert anna.visible_text(said) == "Tea & <cake>, @Bram? See #coaching-en-co or https://x.be/a?b=1."
    assert app.heard("message")[-1]["text"] == said.text


def test_typed_angle_forms_ping_nobody(app: Listener, anna: Person, circle: Channel) -> None:
    assert anna.says(circle, "<!channel> <@U0BRAM>").text == "&lt;!channel&gt; &lt;@U0BRAM&gt;"


def test_markup_reads_as_plain_words(workspace: Workspace, anna: Person, circle: Channel) -> None:
    said = card(workspace, circle, section("*Bold*, _slanted_ and `code`: <!date^1795424400^{date_num} {time}|later> by <@U0BRAM>"))
    assert anna.visible_text(said) == "Bold, slanted and code: 2026-11-23 10:00 by @Bram"


def test_a_mention_of_the_app_is_also_an_app_mention(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    anna.says(circle, "hello @Klankbord")
    assert app.heard("app_mention")[-1]["text"] == f"hello <@{workspace.bot.id}>"
    assert len(app.heard("message")) == 1


def test_the_app_hears_its_own_messages(app: Listener, workspace: Workspace, circle: Channel) -> None:
    card(workspace, circle, section())
    heard = app.heard("message")[-1]
    assert (heard["bot_id"], heard["app_id"]) == (workspace.bot.bot_id, workspace.bot.app_id)


def test_a_thread_grows_under_its_message(app: Listener, anna: Person, bram: Person, circle: Channel) -> None:
    said = anna.says(circle, "Who has a case?")
    reply = bram.says(circle, "I have", thread=said)
    assert [one.text for one in anna.thread(said)] == ["Who has a case?", "I have"]
    assert reply not in anna.messages(circle)
    assert app.events[-1]["thread_ts"] == said.ts
    assert app.events[-1]["parent_user_id"] == anna.id


def test_a_reply_can_also_be_shown_in_the_channel(app: Listener, anna: Person, bram: Person, circle: Channel) -> None:
    said = anna.says(circle, "Who has a case?")
    reply = bram.says(circle, "Me!", thread=said, also_in_channel=True)
    assert reply in anna.messages(circle) and reply in anna.thread(said)
    heard = app.heard("thread_broadcast")[-1]
    assert heard["root"]["reply_count"] == 1 and heard["root"]["text"] == "Who has a case?"


def test_an_edit_is_heard_with_what_stood_there_before(app: Listener, anna: Person, circle: Channel) -> None:
    said = anna.says(circle, "Teh")
    anna.edits(said, "The")
    heard = app.heard("message_changed")[-1]
    assert (heard["previous_message"]["text"], heard["message"]["text"]) == ("Teh", "The")
    assert heard["message"]["edited"]["user"] == anna.id
    assert anna.sees("The") and not anna.sees("Teh")


def test_a_deletion_is_heard_without_who_did_it(app: Listener, anna: Person, circle: Channel) -> None:
    said = anna.says(circle, "Never mind")
    anna.deletes(said)
    heard = app.heard("message_deleted")[-1]
    assert heard["deleted_ts"] == said.ts and heard["previous_message"]["text"] == "Never mind"
    assert "user" not in heard
    assert not anna.sees("Never mind")


def test_a_thread_whose_first_message_goes_keeps_a_tombstone(app: Listener, anna: Person, bram: Person, circle: Channel) -> None:
    said = anna.says(circle, "A question")
    reply = bram.says(circle, "An answer", thread=said)
    anna.deletes(said)
    changed = app.heard("message_changed")[-1]["message"]
    assert (changed["subtype"], changed["user"], changed["text"]) == ("tombstone", "USLACKBOT", "This message was deleted.")
    assert anna.sees("This message was deleted.")
    bram.deletes(reply)
    assert [one["previous_message"].get("subtype") for one in app.heard("message_deleted")] == [None, "tombstone"]
    assert not anna.sees("This message was deleted.")


def test_nobody_edits_or_deletes_for_another(anna: Person, bram: Person, circle: Channel) -> None:
    said = anna.says(circle, "Mine")
    for forbidden in (lambda: bram.edits(said, "Yours"), lambda: bram.deletes(said)):
        with pytest.raises(Forbidden, match="only .* your own"):
            forbidden()


def test_a_reaction_comes_and_goes(app: Listener, anna: Person, bram: Person, circle: Channel) -> None:
    said = anna.says(circle, "Cake!")
    bram.reacts(said, "heart")
    assert said.reactions == {"heart": [bram.id]}
    bram.reacts(said, "heart")
    assert said.reactions == {}
    assert [event["type"] for event in app.events[-2:]] == ["reaction_added", "reaction_removed"]
    assert app.events[-1]["item_user"] == anna.id


def test_a_file_is_shared_with_words(app: Listener, anna: Person, bram: Person, circle: Channel) -> None:
    anna.says(circle, "The scheme", files=[("scheme.txt", b"one, two")])
    heard = app.heard("file_share")[-1]
    assert heard["files"][0]["name"] == "scheme.txt" and heard["files"][0]["size"] == 8
    assert bram.sees("scheme.txt")


def test_unread_counts_what_others_said_since_one_looked(anna: Person, bram: Person, circle: Channel) -> None:
    bram.reads(circle)
    anna.says(circle, "one")
    anna.says(circle, "two")
    assert (bram.unread(circle), anna.unread(circle)) == (2, 0)
    bram.reads(circle)
    assert bram.unread(circle) == 0


def test_who_is_outside_cannot_write_or_look_in(anna: Person, celine: Person, circle: Channel) -> None:
    private = anna.creates_channel("casus", private=True)
    with pytest.raises(Forbidden, match="not in"):
        celine.says(circle, "hello")
    with pytest.raises(Forbidden, match="private"):
        celine.messages(private)
    assert private not in celine.channels()


def test_in_an_archived_channel_nothing_is_said(app: Listener, anna: Person, circle: Channel) -> None:
    anna.archives(circle)
    with pytest.raises(Forbidden, match="archived"):
        anna.says(circle, "hello")
    assert app.events[-1]["type"] == "channel_archive"
    anna.unarchives(circle)
    assert anna.says(circle, "back again") in anna.messages(circle)


# Channels


def test_coming_and_going_is_said_and_heard(app: Listener, anna: Person, celine: Person, circle: Channel) -> None:
    celine.joins(circle)
    assert app.heard("channel_join")[-1]["user"] == celine.id
    assert app.heard("member_joined_channel")[-1]["channel_type"] == "C"
    celine.leaves(circle)
    assert app.heard("member_left_channel")[-1]["user"] == celine.id
    anna.invites(circle, celine)
    assert app.heard("member_joined_channel")[-1]["inviter"] == anna.id


def test_the_app_hears_that_it_was_invited_and_taken_out(app: Listener, workspace: Workspace, anna: Person) -> None:
    private = anna.creates_channel("casus", private=True)
    anna.says(private, "not for the app yet")
    anna.invites(private, workspace.bot)
    assert app.heard("member_joined_channel")[-1] | {"event_ts": ""} == {
        "type": "member_joined_channel",
        "user": workspace.bot.id,
        "channel": private.id,
        "channel_type": "G",
        "team": workspace.team_id,
        "inviter": anna.id,
        "event_ts": "",
    }
    anna.kicks(private, workspace.bot)
    assert app.events[-1]["type"] == "group_left"
    assert "not for the app yet" not in str(app.events)


def test_a_renamed_and_a_deleted_channel_are_heard_by_their_kind(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    private = anna.creates_channel("casus", private=True)
    anna.invites(private, workspace.bot)
    anna.renames(private, "casus-2")
    assert app.heard("group_rename")[-1]["channel"]["name"] == "casus-2"
    anna.deletes_channel(private)
    assert app.events[-1]["type"] == "group_deleted"
    anna.renames(circle, "coaching")
    assert app.heard("channel_rename")[-1]["channel"]["name"] == "coaching"


def test_guests_come_only_where_they_are_invited(workspace: Workspace, anna: Person, circle: Channel) -> None:
    guest = workspace.add_person("Gust", guest=True)
    for refused in (lambda: guest.joins(circle), lambda: guest.creates_channel("mine"), lambda: guest.messages(circle)):
        with pytest.raises(Forbidden):
            refused()
    anna.invites(circle, guest)
    assert circle in guest.channels()


def test_people_of_another_workspace_press_buttons_and_type_no_commands(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    visitor = workspace.add_person("Vera", external_team="T0OTHER")
    anna.invites(circle, visitor)
    with pytest.raises(Forbidden, match="another workspace"):
        visitor.commands(circle, "/reflect")
    visitor.presses(card(workspace, circle, actions(button())), "Join")
    assert app.last["user"]["team_id"] == "T0OTHER"
    shared = call(workspace, "conversations.info", channel=circle.id)["channel"]
    assert shared["is_ext_shared"] is True


def test_accounts_change_and_close(app: Listener, workspace: Workspace, anna: Person) -> None:
    workspace.changes_account(anna, tz="Europe/London")
    assert app.events[-1]["user"]["tz"] == "Europe/London"
    workspace.deactivates(anna)
    assert app.events[-1]["type"] == "user_change" and app.events[-1]["user"]["deleted"] is True
    with pytest.raises(Forbidden, match="closed"):
        anna.says(workspace.channel("coaching-en-co"), "still here?")


def test_a_direct_conversation_is_between_two(app: Listener, workspace: Workspace, anna: Person, bram: Person, celine: Person) -> None:
    with_app, with_bram = anna.opens_dm(workspace.bot), anna.opens_dm(bram)
    anna.says(with_app, "psst, app")
    anna.says(with_bram, "psst, Bram")
    assert app.events[-1]["channel_type"] == "im" and "Bram" not in str(app.events)
    assert anna.opens_dm(bram) is with_bram
    assert anna.opens_dm(bram, celine).kind == "mpim"
    assert bram.sees("psst, Bram") and not celine.sees("psst, Bram")


# Commands, buttons, menus


def test_a_command_reaches_the_app_with_all_it_needs(app: Listener, anna: Person, circle: Channel) -> None:
    anna.commands(circle, "/digest", "november")
    assert {key: app.last[key] for key in ("command", "text", "user_id", "channel_name")} == {
        "command": "/digest",
        "text": "november",
        "user_id": anna.id,
        "channel_name": "coaching-en-co",
    }


def test_a_private_channels_name_is_not_told_to_commands(app: Listener, anna: Person) -> None:
    anna.commands(anna.creates_channel("casus", private=True), "/digest")
    assert app.last["channel_name"] == "privategroup"


def test_the_answer_to_a_command_is_seen_by_one_or_by_all(app: Listener, anna: Person, bram: Person, circle: Channel) -> None:
    app.answer = {"text": "only you can see this"}
    anna.commands(circle, "/reflect")
    app.answer = {"response_type": "in_channel", "text": "all of you can see this"}
    anna.commands(circle, "/reflect")
    assert anna.sees("only you can see this") and not bram.sees("only you can see this")
    assert bram.sees("all of you can see this")


def test_an_unknown_command_is_stopped_by_the_client(app: Listener, anna: Person, circle: Channel) -> None:
    with pytest.raises(Forbidden, match='"/remind-all" is not a valid command; there is /digest'):
        anna.commands(circle, "/remind-all")


def test_a_button_is_found_by_what_stands_on_it(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    said = card(workspace, circle, section("Who joins?"), actions(button("Join", value="case-7", style="primary")))
    anna.presses(said, "Join")
    assert app.last["actions"][0]["value"] == "case-7"
    assert app.last["container"]["message_ts"] == said.ts
    with pytest.raises(Forbidden, match='no button "Leave" here; there is "Join"'):
        anna.presses(said, "Leave")


def test_two_buttons_alike_are_told_apart_by_value(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    said = card(workspace, circle, *(actions(button(value=value)) for value in ("one", "two")))
    with pytest.raises(Forbidden, match="'one', 'two'"):
        anna.presses(said, "Join")
    anna.presses(said, "Join", value="two")
    assert app.last["actions"][0]["value"] == "two"


def test_a_button_is_gone_with_its_message(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    said = card(workspace, circle, actions(button()))
    call(workspace, "chat.update", channel=circle.id, ts=said.ts, text="Complete")
    with pytest.raises(Forbidden, match="there is nothing"):
        anna.presses(said, "Join")
    call(workspace, "chat.delete", channel=circle.id, ts=said.ts)
    with pytest.raises(Forbidden, match="not there any more"):
        anna.presses(said, "Join")


def test_a_menu_acts_at_once(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": [option("Stop", "stop"), option("Help", "help")]}
    said = card(workspace, circle, section("A case", accessory=menu), actions(select()))
    anna.chooses(said, "more", "Help")
    assert app.last["actions"][0]["selected_option"]["value"] == "help"
    anna.chooses(said, "pick", "Option 2")
    assert app.last["actions"][0]["selected_option"]["value"] == "Option 2"
    assert app.last["state"]["values"][said.blocks[1]["block_id"]]["pick"]["selected_option"]["value"] == "Option 2"
    with pytest.raises(Forbidden, match='"Option 9" is not offered; there is "Option 0"'):
        anna.chooses(said, "pick", "Option 9")


def test_an_ephemeral_message_is_for_one_and_has_no_history(app: Listener, workspace: Workspace, anna: Person, bram: Person, circle: Channel) -> None:
    call(workspace, "chat.postEphemeral", channel=circle.id, user=anna.id, text="psst", blocks=[section("psst"), actions(button())])
    seen = anna.messages(circle)[-1]
    assert anna.visible_text(seen) == "psst\nJoin" and not bram.sees("psst")
    assert "psst" not in str(call(workspace, "conversations.history", channel=circle.id))
    with pytest.raises(Forbidden, match="somebody else"):
        bram.presses(seen, "Join")
    anna.presses(seen, "Join")
    assert app.last["container"]["is_ephemeral"] is True
    workspace.respond(app.last["response_url"], {"replace_original": True, "text": "done"})
    assert anna.visible_text(seen) == "done"
    workspace.respond(app.last["response_url"], {"delete_original": True})
    assert not anna.sees("done")


def test_shortcuts_come_from_the_menu_of_a_message_or_from_anywhere(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    workspace.shortcuts |= {"keep": "message", "reflect": "global"}
    said = anna.says(circle, "worth keeping")
    anna.shortcut("keep", said)
    assert (app.last["type"], app.last["message"]["text"]) == ("message_action", "worth keeping")
    anna.shortcut("reflect")
    assert app.last["type"] == "shortcut" and "channel" not in app.last
    with pytest.raises(Forbidden, match="no global shortcut"):
        anna.shortcut("keep")


# Forms


def test_a_form_is_filled_in_by_its_labels_and_sent(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    view = modal(
        field("Title", block_id="title"),
        field("Theme", select("theme"), block_id="theme", optional=True),
        private_metadata="case-7",
        callback_id="intake",
    )
    opens(workspace, app, anna, circle, view)
    assert anna.modal is not None and anna.modal.title == "A form"
    anna.fills(anna.modal, {"Title": "A quiet group", "Theme": "Option 1"})
    result = anna.submits(anna.modal)
    assert (result.errors, result.view, anna.modal) == (None, None, None)
    sent = app.last["view"]
    assert (sent["private_metadata"], sent["callback_id"]) == ("case-7", "intake")
    assert sent["state"]["values"] == {
        "title": {"words": {"type": "plain_text_input", "value": "A quiet group"}},
        "theme": {"theme": {"type": "static_select", "selected_option": option("Option 1")}},
    }


def test_the_client_asks_for_what_must_be_filled_in(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    view = modal(field("Title", text_input(min_length=5, max_length=10)), field("Note", text_input("note"), optional=True))
    opens(workspace, app, anna, circle, view)
    heard = len(app.envelopes)
    assert anna.submits().errors == {"Title": "Please complete this required field."}
    anna.fills(anna.modal, {"Title": "abc"})
    assert anna.submits().errors == {"Title": "Please enter at least 5 characters."}
    anna.fills(anna.modal, {"Title": "much too long"})
    assert anna.submits().errors == {"Title": "Please enter at most 10 characters."}
    assert len(app.envelopes) == heard, "the app never saw those"
    anna.fills(anna.modal, {"Title": "just so"})
    assert anna.submits().errors is None


def test_every_kind_of_field_sends_its_own_shape(app: Listener, workspace: Workspace, anna: Person, bram: Person, circle: Channel) -> None:
    kinds: list[tuple[str, Json, Any, Json]] = [
        ("static_select", {"options": [option("A", "a")]}, "A", {"selected_option": option("A", "a")}),
        ("multi_static_select", {"options": [option("A", "a")]}, ["a"], {"selected_options": [option("A", "a")]}),
        ("radio_buttons", {"options": [option("A", "a")]}, "a", {"selected_option": option("A", "a")}),
        ("checkboxes", {"options": [option("A", "a")]}, ["A"], {"selected_options": [option("A", "a")]}),
        ("users_select", {}, bram, {"selected_user": bram.id}),
        ("multi_users_select", {}, [bram, "Anna"], {"selected_users": [bram.id, anna.id]}),
        ("conversations_select", {}, circle, {"selected_conversation": circle.id}),
        ("channels_select", {}, "coaching-en-co", {"selected_channel": circle.id}),
        ("datepicker", {}, "2026-11-24", {"selected_date": "2026-11-24"}),
        ("timepicker", {}, "09:30", {"selected_time": "09:30"}),
        ("plain_text_input", {}, "words", {"value": "words"}),
    ]
    fields = [field(kind, {"type": kind, "action_id": "a"} | more, block_id=kind) for kind, more, _, _ in kinds]
    opens(workspace, app, anna, circle, modal(*fields))
    anna.fills(anna.modal, {kind: given for kind, _, given, _ in kinds})
    anna.submits()
    values = app.last["view"]["state"]["values"]
    assert values == {kind: {"a": {"type": kind} | stored} for kind, _, _, stored in kinds}


def test_the_apps_errors_stand_beside_the_fields(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    opens(workspace, app, anna, circle, modal(field("Day", block_id="day")))
    anna.fills(anna.modal, {"Day": "yesterday"})
    app.answer = {"response_action": "errors", "errors": {"day": "That day has been."}}
    result = anna.submits()
    assert result.errors == {"Day": "That day has been."}
    assert anna.sees("That day has been.")
    app.answer = None
    anna.fills(anna.modal, {"Day": "tomorrow"})
    assert anna.submits().errors is None


def test_the_app_may_change_stack_and_clear_forms(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    opens(workspace, app, anna, circle, modal(title="One"))
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


def test_what_was_typed_stays_when_a_form_is_updated(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    opens(workspace, app, anna, circle, modal(field("Title", block_id="title")))
    assert anna.modal is not None
    anna.fills(anna.modal, {"Title": "typed"})
    changed = modal(field("Title", block_id="title"), field("More", text_input("more"), block_id="more"))
    call(workspace, "views.update", view_id=anna.modal.id, view=changed)
    assert anna.modal.values["title"]["words"]["value"] == "typed"
    assert anna.modal.values["more"]["more"]["value"] is None


def test_closing_is_heard_only_when_asked_for(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    opens(workspace, app, anna, circle, modal())
    anna.closes()
    assert app.last["command"] == "/reflect"
    opens(workspace, app, anna, circle, modal(notify_on_close=True))
    anna.closes()
    assert app.last["type"] == "view_closed" and app.last["is_cleared"] is False
    with pytest.raises(Forbidden, match="no form is open"):
        anna.closes()


def test_a_menu_with_dispatch_acts_while_the_form_is_open(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    opens(workspace, app, anna, circle, modal(field("Method", select("method"), dispatch_action=True)))
    anna.fills(anna.modal, {"Method": "Option 2"})
    assert app.last["type"] == "block_actions"
    assert app.last["container"] == {"type": "view", "view_id": anna.modal.id}  # type: ignore[union-attr]


def test_an_answer_slack_would_refuse_is_trouble_for_the_person_and_noted(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    opens(workspace, app, anna, circle, modal())
    anna.fills(anna.modal, {"Title": "x"})
    app.answer = {"response_action": "update", "view": modal(title="x" * 25)}
    assert anna.submits().errors == {"": "We had some trouble connecting. Try again?"}
    app.answer = {"response_action": "errors", "errors": {"no_such_block": "?"}}
    assert anna.submits().errors == {"": "We had some trouble connecting. Try again?"}
    assert len(workspace.complaints) == 2 and "invalid_arguments" in workspace.complaints[0]


# Home


def test_home_shows_what_the_app_published_for_each(app: Listener, workspace: Workspace, anna: Person, bram: Person) -> None:
    assert anna.opens_home() is None
    assert app.events[-1]["type"] == "app_home_opened" and "view" not in app.events[-1]
    call(workspace, "views.publish", user_id=anna.id, view=home(section("Your settings"), actions(button("Change"))))
    anna.opens_home()
    assert app.events[-1]["view"]["type"] == "home"
    assert anna.visible_text(anna.home) == "Your settings\nChange"  # type: ignore[arg-type]
    assert bram.home is None
    anna.presses(anna.home, "Change")  # type: ignore[arg-type]
    assert app.last["view"]["id"] == anna.home.id  # type: ignore[union-attr]


def test_nobody_touches_another_persons_form(app: Listener, workspace: Workspace, anna: Person, bram: Person, circle: Channel) -> None:
    opens(workspace, app, anna, circle, modal())
    with pytest.raises(Forbidden, match="not your form"):
        bram.fills(anna.modal, {"Title": "x"})  # type: ignore[arg-type]
    form = anna.modal
    anna.closes()
    with pytest.raises(Forbidden, match="not open any more"):
        anna.fills(form, {"Title": "x"})  # type: ignore[arg-type]


def test_each_change_names_who_sees_something_new(workspace: Workspace, anna: Person, bram: Person, circle: Channel) -> None:
    told: list[set[str] | None] = []
    unsubscribe = workspace.on_change(told.append)
    anna.says(anna.opens_dm(bram), "psst")
    assert told and all(one is not None and one <= {anna.id, bram.id} for one in told)
    anna.says(circle, "hello")
    assert told[-1] is None
    unsubscribe()
    before = len(told)
    anna.says(circle, "again")
    assert len(told) == before


def test_messages_stand_in_order_though_the_clock_stands_still(watch: Watch, anna: Person, circle: Channel) -> None:
    stamps = [anna.says(circle, str(number)).ts for number in range(3)]
    watch.passes(seconds=1)
    stamps.append(anna.says(circle, "later").ts)
    assert stamps == sorted(set(stamps))


def test_placeholders_and_choices_are_read_too(app: Listener, workspace: Workspace, anna: Person, circle: Channel) -> None:
    view = modal(field("Pace", select("pace", placeholder=plain("Choose a pace")), hint=plain("You can change it")))
    opens(workspace, app, anna, circle, view)
    assert anna.sees("Choose a pace") and anna.sees("You can change it")
    anna.fills(anna.modal, {"Pace": "Option 1"})
    assert anna.sees("Option 1") and not anna.sees("Choose a pace")
