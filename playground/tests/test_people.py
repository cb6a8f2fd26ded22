"""People talk, come and go: what they see, and what the app hears of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from block_kit import (
    actions,
    button,
    call,
    card,
    section,
)
from listening_app import Listener, Watch
from playground.model import Conversation, Forbidden
from playground.people import Person
from playground.workspace import PracticeWorkspace


def test_people_are_found_by_name_whatever_its_case_and_accents(workspace: PracticeWorkspace) -> None:
    celine, plain = workspace.add_person("Céline"), workspace.add_person("Celia")
    assert [workspace.person(name) for name in ("céline", "celine", "CELINE")] == [celine] * 3
    accented = workspace.add_person("Célia")
    assert (workspace.person("celia"), workspace.person("célia")) == (plain, accented)
    with pytest.raises(KeyError, match="celien"):
        workspace.person("celien")


def test_what_anna_types_is_stored_as_slack_stores_it(app: Listener, anna: Person, circle: Conversation) -> None:
    said = anna.says(circle, "Tea & <cake>, @Bram? See #lunch-club or https://x.be/a?b=1.")
    assert said.text == f"Tea &amp; &lt;cake&gt;, <@U0BRAM>? See <#{circle.id}> or <https://x.be/a?b=1>."
    assert anna.visible_text(said) == "Tea & <cake>, @Bram? See #lunch-club or https://x.be/a?b=1."
    assert app.heard("message")[-1]["text"] == said.text


def test_typed_angle_forms_ping_nobody(app: Listener, anna: Person, circle: Conversation) -> None:
    assert anna.says(circle, "<!channel> <@U0BRAM>").text == "&lt;!channel&gt; &lt;@U0BRAM&gt;"


def test_markup_reads_as_plain_words(workspace: PracticeWorkspace, anna: Person, circle: Conversation) -> None:
    said = card(
        workspace,
        circle,
        section("*Bold*, _slanted_ and `code`: <!date^1795424400^{date_num} {time}|later> by <@U0BRAM>"),
    )
    assert anna.visible_text(said) == "Bold, slanted and code: 2026-11-23 10:00 by @Bram"


def test_a_mention_of_the_app_is_also_an_app_mention(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    anna.says(circle, "hello @Testbot")
    assert app.heard("app_mention")[-1]["text"] == f"hello <@{workspace.bot.id}>"
    assert len(app.heard("message")) == 1


def test_the_app_hears_its_own_messages(app: Listener, workspace: PracticeWorkspace, circle: Conversation) -> None:
    card(workspace, circle, section())
    heard = app.heard("message")[-1]
    assert (heard["bot_id"], heard["app_id"]) == (workspace.bot.bot_id, workspace.bot.app_id)


def test_a_thread_grows_under_its_message(app: Listener, anna: Person, bram: Person, circle: Conversation) -> None:
    said = anna.says(circle, "Who has a cake?")
    reply = bram.says(circle, "I have", thread=said)
    assert [one.text for one in anna.thread(said)] == ["Who has a cake?", "I have"]
    assert reply not in anna.messages(circle)
    assert app.events[-1]["thread_ts"] == said.ts
    assert app.events[-1]["parent_user_id"] == anna.id


def test_a_reply_can_also_be_shown_in_the_channel(
    app: Listener, anna: Person, bram: Person, circle: Conversation
) -> None:
    said = anna.says(circle, "Who has a cake?")
    reply = bram.says(circle, "Me!", thread=said, also_in_channel=True)
    assert reply in anna.messages(circle) and reply in anna.thread(said)
    heard = app.heard("thread_broadcast")[-1]
    assert heard["root"]["reply_count"] == 1 and heard["root"]["text"] == "Who has a cake?"


def test_an_edit_is_heard_with_what_stood_there_before(app: Listener, anna: Person, circle: Conversation) -> None:
    said = anna.says(circle, "Teh")
    anna.edits(said, "The")
    heard = app.heard("message_changed")[-1]
    assert (heard["previous_message"]["text"], heard["message"]["text"]) == ("Teh", "The")
    assert heard["message"]["edited"]["user"] == anna.id
    assert anna.sees("The") and not anna.sees("Teh")


def test_a_deletion_is_heard_without_who_did_it(app: Listener, anna: Person, circle: Conversation) -> None:
    said = anna.says(circle, "Never mind")
    anna.deletes(said)
    heard = app.heard("message_deleted")[-1]
    assert heard["deleted_ts"] == said.ts and heard["previous_message"]["text"] == "Never mind"
    assert "user" not in heard
    assert not anna.sees("Never mind")


def test_a_thread_whose_first_message_goes_keeps_a_tombstone(
    app: Listener, anna: Person, bram: Person, circle: Conversation
) -> None:
    said = anna.says(circle, "A question")
    reply = bram.says(circle, "An answer", thread=said)
    anna.deletes(said)
    changed = app.heard("message_changed")[-1]["message"]
    assert (changed["subtype"], changed["user"], changed["text"]) == (
        "tombstone",
        "USLACKBOT",
        "This message was deleted.",
    )
    assert anna.sees("This message was deleted.")
    bram.deletes(reply)
    assert [one["previous_message"].get("subtype") for one in app.heard("message_deleted")] == [None, "tombstone"]
    assert not anna.sees("This message was deleted.")


def test_nobody_edits_or_deletes_for_another(anna: Person, bram: Person, circle: Conversation) -> None:
    said = anna.says(circle, "Mine")
    with pytest.raises(Forbidden, match=r"only .* your own"):
        bram.edits(said, "Yours")
    with pytest.raises(Forbidden, match=r"only .* your own"):
        bram.deletes(said)


def test_a_reaction_comes_and_goes(app: Listener, anna: Person, bram: Person, circle: Conversation) -> None:
    said = anna.says(circle, "Cake!")
    bram.reacts(said, "heart")
    assert said.reactions == {"heart": [bram.id]}
    bram.reacts(said, "heart")
    assert said.reactions == {}
    assert [event["type"] for event in app.events[-2:]] == ["reaction_added", "reaction_removed"]
    assert app.events[-1]["item_user"] == anna.id


def test_a_file_is_shared_with_words(app: Listener, anna: Person, bram: Person, circle: Conversation) -> None:
    anna.says(circle, "The scheme", files=[("scheme.txt", b"one, two")])
    heard = app.heard("file_share")[-1]
    assert heard["files"][0]["name"] == "scheme.txt" and heard["files"][0]["size"] == 8
    assert bram.sees("scheme.txt")


def test_unread_counts_what_others_said_since_one_looked(anna: Person, bram: Person, circle: Conversation) -> None:
    bram.reads(circle)
    anna.says(circle, "one")
    anna.says(circle, "two")
    assert (bram.unread(circle), anna.unread(circle)) == (2, 0)
    bram.reads(circle)
    assert bram.unread(circle) == 0


def test_who_is_outside_cannot_write_or_look_in(anna: Person, celine: Person, circle: Conversation) -> None:
    private = anna.creates_channel("soup", private=True)
    with pytest.raises(Forbidden, match="not in"):
        celine.says(circle, "hello")
    with pytest.raises(Forbidden, match="private"):
        celine.messages(private)
    assert private not in celine.channels()


def test_in_an_archived_channel_nothing_is_said(app: Listener, anna: Person, circle: Conversation) -> None:
    anna.archives(circle)
    with pytest.raises(Forbidden, match="archived"):
        anna.says(circle, "hello")
    assert app.events[-1]["type"] == "channel_archive"
    anna.unarchives(circle)
    assert anna.says(circle, "back again") in anna.messages(circle)


# Channels


def test_coming_and_going_is_said_and_heard(app: Listener, anna: Person, celine: Person, circle: Conversation) -> None:
    celine.joins(circle)
    assert app.heard("channel_join")[-1]["user"] == celine.id
    assert app.heard("member_joined_channel")[-1]["channel_type"] == "C"
    celine.leaves(circle)
    assert app.heard("member_left_channel")[-1]["user"] == celine.id
    anna.invites(circle, celine)
    assert app.heard("member_joined_channel")[-1]["inviter"] == anna.id


def test_the_app_hears_that_it_was_invited_and_taken_out(
    app: Listener, workspace: PracticeWorkspace, anna: Person
) -> None:
    private = anna.creates_channel("soup", private=True)
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


def test_a_renamed_and_a_deleted_channel_are_heard_by_their_kind(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    private = anna.creates_channel("soup", private=True)
    anna.invites(private, workspace.bot)
    anna.renames(private, "soup-2")
    assert app.heard("group_rename")[-1]["channel"]["name"] == "soup-2"
    anna.deletes_channel(private)
    assert app.events[-1]["type"] == "group_deleted"
    anna.renames(circle, "coaching")
    assert app.heard("channel_rename")[-1]["channel"]["name"] == "coaching"


def test_guests_come_only_where_they_are_invited(
    workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    guest = workspace.add_person("Gust", guest=True)
    for refused in (lambda: guest.joins(circle), lambda: guest.creates_channel("mine"), lambda: guest.messages(circle)):
        with pytest.raises(Forbidden):
            refused()
    anna.invites(circle, guest)
    assert circle in guest.channels()


def test_people_of_another_workspace_press_buttons_and_type_no_commands(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    visitor = workspace.add_person("Vera", external_team="T0OTHER")
    anna.invites(circle, visitor)
    with pytest.raises(Forbidden, match="another workspace"):
        visitor.commands(circle, "/ask")
    visitor.presses(card(workspace, circle, actions(button())), "Join")
    assert app.last["user"]["team_id"] == "T0OTHER"
    shared = call(workspace, "conversations.info", channel=circle.id)["channel"]
    assert shared["is_ext_shared"] is True


def test_accounts_change_and_close(app: Listener, workspace: PracticeWorkspace, anna: Person) -> None:
    workspace.changes_account(anna, tz="Europe/London")
    assert app.events[-1]["user"]["tz"] == "Europe/London"
    workspace.deactivates(anna)
    assert app.events[-1]["type"] == "user_change" and app.events[-1]["user"]["deleted"] is True
    with pytest.raises(Forbidden, match="closed"):
        anna.says(workspace.channel("lunch-club"), "still here?")


def test_a_direct_conversation_is_between_two(
    app: Listener, workspace: PracticeWorkspace, anna: Person, bram: Person, celine: Person
) -> None:
    with_app, with_bram = anna.opens_dm(workspace.bot), anna.opens_dm(bram)
    anna.says(with_app, "psst, app")
    anna.says(with_bram, "psst, Bram")
    assert app.events[-1]["channel_type"] == "im" and "Bram" not in str(app.events)
    assert anna.opens_dm(bram) is with_bram
    assert anna.opens_dm(bram, celine).kind == "mpim"
    assert bram.sees("psst, Bram") and not celine.sees("psst, Bram")


# Seeing


def test_messages_stand_in_order_though_the_clock_stands_still(
    watch: Watch, anna: Person, circle: Conversation
) -> None:
    stamps = [anna.says(circle, str(number)).ts for number in range(3)]
    watch.passes(seconds=1)
    stamps.append(anna.says(circle, "later").ts)
    assert stamps == sorted(set(stamps))


def test_each_change_names_who_sees_something_new(
    workspace: PracticeWorkspace, anna: Person, bram: Person, circle: Conversation
) -> None:
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


def test_nothing_changes_in_the_middle_of_a_look(
    workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    with ThreadPoolExecutor() as beside:
        with workspace.changing():
            look = beside.submit(anna.messages, circle)
            with pytest.raises(TimeoutError):
                look.result(timeout=0.1)
            anna.says(circle, "just now")
        assert look.result(timeout=20)[-1].text == "just now"
