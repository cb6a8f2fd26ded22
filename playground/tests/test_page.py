"""What the page gets to know and may do, without a browser: one person's picture, and one address."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from page_world import PageWorld, served
from playground.acts import MalformedAction, do_action
from playground.model import Forbidden
from playground.people import Person
from playground.snapshot import snapshot


@pytest.fixture
def world() -> PageWorld:
    return PageWorld()


@pytest.fixture
def address(world: PageWorld) -> Iterator[str]:
    with served(world.workspace) as address:
        yield address


def picture(world: PageWorld, person: Person) -> dict[str, Any]:
    return snapshot(world.workspace, person)


def channel_of(seen: dict[str, Any], name: str = "lunch-club") -> dict[str, Any]:
    return next(one for one in seen["channels"] if one["name"] == name)


def texts(world: PageWorld, person: Person) -> list[str]:
    return [one["text"] for one in channel_of(picture(world, person))["messages"] if not one["joined"]]


def act(world: PageWorld, person: Person, action: str, **details: Any) -> dict[str, Any]:
    return do_action(world.workspace, person, {"do": action, "channel": world.channel.id, **details})


# What is seen


def test_what_one_writes_the_others_see(world: PageWorld) -> None:
    act(world, world.anna, "says", text="Who joins me?")
    assert texts(world, world.bram) == ["Who joins me?"]


def test_an_answer_in_the_thread_stands_under_its_message(world: PageWorld) -> None:
    ts = act(world, world.anna, "says", text="Who joins me?")["ts"]
    act(world, world.bram, "says", text="I do", thread=ts)
    (root,) = [one for one in channel_of(picture(world, world.celine))["messages"] if one["text"] == "Who joins me?"]
    assert [reply["text"] for reply in root["replies"]] == ["I do"]
    assert texts(world, world.celine) == ["Who joins me?"]


def test_a_private_channel_is_not_in_the_picture_of_who_is_not_in_it(world: PageWorld) -> None:
    act(world, world.anna, "creates_channel", name="a-case", private=True)
    assert channel_of(picture(world, world.anna), "a-case")["member"]
    assert "a-case" not in [one["name"] for one in picture(world, world.bram)["channels"]]


def test_a_public_channel_can_be_looked_at_and_joined(world: PageWorld) -> None:
    assert not channel_of(picture(world, world.dirk))["member"]
    act(world, world.dirk, "joins")
    assert channel_of(picture(world, world.dirk))["member"]


def test_a_guest_sees_only_the_channels_of_a_guest(world: PageWorld) -> None:
    guest = world.workspace.add_person("Elif", guest=True)
    assert picture(world, guest)["channels"] == []


def test_only_you_can_see_a_whisper(world: PageWorld) -> None:
    world.app.whispers(world.channel.id, world.anna, "Just for you")
    (whisper,) = [one for one in channel_of(picture(world, world.anna))["messages"] if one["ephemeral"]]
    assert whisper["text"] == "Just for you"
    assert "Just for you" not in texts(world, world.bram)


def test_a_channel_is_unread_until_it_is_looked_at(world: PageWorld) -> None:
    act(world, world.anna, "says", text="News")
    assert channel_of(picture(world, world.bram))["unread"]
    act(world, world.bram, "reads")
    assert not channel_of(picture(world, world.bram))["unread"]


def test_editing_begins_with_what_was_typed(world: PageWorld) -> None:
    act(world, world.anna, "says", text="Dank je @Bram & groeten in #lunch-club")
    mine = channel_of(picture(world, world.anna))["messages"][-1]
    assert mine["source"].casefold() == "dank je @bram & groeten in #lunch-club"
    assert channel_of(picture(world, world.bram))["messages"][-1]["source"] is None


def test_what_an_app_keeps_in_its_form_for_itself_stays_there(world: PageWorld) -> None:
    act(world, world.anna, "commands", command="/testbot", text="")
    form = picture(world, world.anna)["modal"]
    assert form["title"]["text"] == "Plan a meeting"
    assert "private_metadata" not in form
    assert picture(world, world.bram)["modal"] is None


# What is done


def test_a_message_is_edited_reacted_to_and_deleted_by_its_writer(world: PageWorld) -> None:
    ts = act(world, world.anna, "says", text="Helo")["ts"]
    act(world, world.anna, "edits", ts=ts, text="Hello")
    act(world, world.bram, "reacts", ts=ts, name="wave")
    message = channel_of(picture(world, world.celine))["messages"][-1]
    assert (message["text"], message["edited"], message["reactions"][0]["name"]) == ("Hello", True, "wave")
    act(world, world.anna, "deletes", ts=ts)
    assert texts(world, world.celine) == []


def test_someone_elses_message_cannot_be_edited(world: PageWorld) -> None:
    ts = act(world, world.anna, "says", text="Mine")["ts"]
    with pytest.raises(Forbidden):
        act(world, world.bram, "edits", ts=ts, text="Yours")


def test_a_form_goes_from_command_to_app(world: PageWorld) -> None:
    act(world, world.anna, "commands", command="/testbot", text="")
    form = picture(world, world.anna)["modal"]
    values = {
        "title": {"answer": "Internship"},
        "theme": {"answer": "boundaries"},
        "friends": {"answer": [world.bram.id, world.celine.id]},
        "pace": {"answer": "live"},
        "agreed": {"answer": ["stays"]},
        "day": {"answer": "2026-11-26"},
    }
    assert do_action(world.workspace, world.anna, {"do": "submits", "view": form["id"], "values": values}) == {}
    sent = world.app.sent
    assert sent["title"]["value"] == "Internship"
    assert sent["theme"]["selected_option"]["text"]["text"] == "Boundaries"
    assert sent["friends"]["selected_users"] == [world.bram.id, world.celine.id]
    assert sent["day"]["selected_date"] == "2026-11-26"
    assert picture(world, world.anna)["modal"] is None


def test_an_error_of_the_app_stands_beside_its_field(world: PageWorld) -> None:
    act(world, world.anna, "commands", command="/testbot", text="")
    view = picture(world, world.anna)["modal"]["id"]
    answer = do_action(
        world.workspace, world.anna, {"do": "submits", "view": view, "values": {"title": {"answer": "double"}}}
    )
    assert answer == {"errors": {"title": "There is a meeting with that title."}}


def test_an_app_that_stays_silent_is_said_to_be_silent(world: PageWorld) -> None:
    world.app.silent = True
    act(world, world.anna, "commands", command="/testbot", text="")
    assert "testbot did not respond" in texts(world, world.anna)[-1]
    assert texts(world, world.bram) == []


def test_exactly_the_button_that_is_pressed_reaches_the_app(world: PageWorld) -> None:
    card = world.card()
    act(world, world.anna, "presses", ts=card.ts, block_id="buttons", action_id="answer", value=None)
    assert world.app.heard_of("block_actions").payload["actions"][0]["block_id"] == "buttons"
    assert picture(world, world.anna)["modal"]["title"]["text"] == "Plan a meeting"


def test_a_press_reaches_the_app_though_its_block_was_replaced_in_between(world: PageWorld) -> None:
    card = world.card()
    act(world, world.anna, "presses", ts=card.ts, block_id="as it was", action_id="answer", value=None)
    assert world.app.heard_of("block_actions").payload["actions"][0]["block_id"] == "buttons"
    with pytest.raises(Forbidden, match="no button"):
        act(world, world.anna, "presses", ts=card.ts, block_id="as it was", action_id="gone", value=None)


def test_a_choice_on_a_card_reaches_the_app_at_once(world: PageWorld) -> None:
    card = world.card()
    act(world, world.anna, "chooses", ts=card.ts, block_id="pick", action_id="theme", value="motivation")
    assert world.app.heard_of("block_actions").payload["actions"][0]["selected_option"]["value"] == "motivation"


def test_nobody_touches_the_form_of_somebody_else(world: PageWorld) -> None:
    act(world, world.anna, "commands", command="/testbot", text="")
    view = picture(world, world.anna)["modal"]["id"]
    with pytest.raises(Forbidden, match="not there any more"):
        do_action(world.workspace, world.bram, {"do": "submits", "view": view, "values": {}})


def test_nobody_reaches_into_a_private_channel_by_its_id(world: PageWorld) -> None:
    secret = act(world, world.anna, "creates_channel", name="a-case", private=True)["channel"]
    with pytest.raises(Forbidden, match="not there any more"):
        do_action(world.workspace, world.bram, {"do": "says", "channel": secret, "text": "Hello?"})


@pytest.mark.parametrize("nonsense", [{}, {"do": "flies"}, {"do": "says"}, {"do": "says", "channel": 7}])
def test_nonsense_is_called_nonsense(world: PageWorld, nonsense: dict[str, Any]) -> None:
    with pytest.raises(MalformedAction):
        do_action(world.workspace, world.anna, nonsense)


# Over the wire


def get(url: str) -> tuple[int, bytes]:
    return answer_of(urllib.request.Request(url))


def post(url: str, body: bytes) -> tuple[int, dict[str, Any]]:
    status, answer = answer_of(urllib.request.Request(url, data=body, method="POST"))
    return status, json.loads(answer)


def answer_of(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


def looking(address: str, name: str) -> ClientConnection:
    return connect(f"{address.replace('http', 'ws')}/page/socket?as={name}")


def received(socket: ClientConnection) -> dict[str, Any]:
    seen: dict[str, Any] = json.loads(socket.recv(timeout=10))
    return seen


def test_every_file_the_page_names_is_there(address: str) -> None:
    status, page = get(f"{address}/")
    named = re.findall(r'(?:href|src)="([^"]+)"', page.decode())
    assert status == 200
    assert len(named) > 3
    assert {name: get(f"{address}/{name}")[0] for name in named} == dict.fromkeys(named, 200)


def test_the_socket_pushes_the_picture_after_each_change(world: PageWorld, address: str) -> None:
    with looking(address, "bram") as socket:
        assert received(socket)["me"]["name"].casefold() == "bram"
        message = {"do": "says", "channel": world.channel.id, "text": "Live!"}
        assert post(f"{address}/page/do?as=anna", json.dumps(message).encode())[0] == 200
        assert channel_of(received(socket))["messages"][-1]["text"] == "Live!"


def test_a_page_that_cannot_be_told_any_more_loses_its_socket_and_so_comes_back(world: PageWorld, address: str) -> None:
    with looking(address, "bram") as socket:
        received(socket)
        world.channel.topic = {}
        world.anna.says(world.channel, "What cannot be drawn")
        with pytest.raises(ConnectionClosed):
            received(socket)


def test_a_refusal_is_plain_words(world: PageWorld, address: str) -> None:
    message = {"do": "says", "channel": world.channel.id, "text": "Hello"}
    status, answer = post(f"{address}/page/do?as=dirk", json.dumps(message).encode())
    assert (status, bool(answer["error"])) == (403, True)


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"do": "flies"}'])
def test_a_malformed_request_is_refused(address: str, body: bytes) -> None:
    assert post(f"{address}/page/do", body)[0] == 400


def test_a_name_nobody_has_is_the_first_person(address: str) -> None:
    with looking(address, "nobody") as socket:
        assert received(socket)["me"]["name"].casefold() == "anna"


def test_a_shared_file_is_for_those_who_can_see_its_channel(world: PageWorld, address: str) -> None:
    secret = world.workspace.create_channel("a-case", by=world.anna, private=True)
    world.anna.says(secret, "The report", files=[("report.md", b"# Report")])
    (file,) = channel_of(picture(world, world.anna), "a-case")["messages"][-1]["files"]
    assert get(f"{address}/{file['url']}?as=anna") == (200, b"# Report")
    assert get(f"{address}/{file['url']}?as=bram")[0] == 404
