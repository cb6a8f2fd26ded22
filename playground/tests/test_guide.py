"""A guide beside the page: it moves time and lets colleagues write, and tells what one person could see of that."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from websockets.sync.client import connect

from page_world import MONDAY, HandClock, served
from playground.guide import Guide, Suggestion
from playground.guide_routes import guide_routes
from playground.model import Conversation, Json, Limits, View
from playground.people import Person
from playground.workspace import PracticeWorkspace


class Circle:
    """Anna and Bram in a channel with the app, and a guide who lets the app say good morning each day at nine."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.workspace = PracticeWorkspace(self.clock, HandClock(), limits=Limits.none())
        self.anna, self.bram = (self.workspace.add_person(name) for name in ("Anna", "Bram"))
        self.channel = self.anna.creates_channel("circle")
        self.bram.joins(self.channel)
        self.anna.invites(self.channel, self.workspace.bot)
        self.on_the_way: Callable[[datetime], None] = self.days_pass
        self.in_view: list[str] = []
        guide = Guide(lambda: MONDAY + timedelta(days=1), lambda: None, self.could_do, self.goes_to, self.example_for)
        self.routes = guide_routes(self.workspace, guide)
        self.address = ""

    def goes_to(self, moment: datetime) -> None:
        self.on_the_way(moment)

    def days_pass(self, moment: datetime) -> None:
        while self.clock.now + timedelta(days=1) <= moment:
            self.clock.now += timedelta(days=1)
            self.app_says(self.channel, "Good morning, *all* &amp; one")
        self.clock.now = max(self.clock.now, moment)

    def example_for(self, person: Person, form: View) -> dict[str, str]:
        return {"title": f"An example for {person.real_name}", "gone": "nowhere"} if form.title == "Plan" else {}

    def could_do(self, beside: Person, place: str) -> list[Suggestion]:
        self.in_view.append(place)
        if beside is self.bram:
            return []
        return [Suggestion(self.bram, "answer", self.bram_answers)]

    def bram_answers(self) -> None:
        self.bram.says(self.channel, "Good morning!")

    def app_says(self, channel: Conversation, text: str, **more: object) -> Json:
        said = self.workspace.api("chat.postMessage", {"channel": channel.id, "text": text, **more}, "xoxb-playground")
        assert said.body["ok"], said.body
        return said.body

    def asks(self, path: str, body: object = None, who: str = "anna") -> tuple[int, Json]:
        """What the server answers to this person: its status, and the JSON if it is any."""
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(f"{self.address}{path}?as={who}", data, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal) if "json" in refusal.headers["content-type"] else {}

    def post(self, path: str, body: Json, who: str = "anna") -> Json:
        status, answer = self.asks(path, body, who)
        assert status == 200, answer
        return answer


@pytest.fixture
def circle() -> Iterator[Circle]:
    circle = Circle()
    with served(circle.workspace, more=circle.routes) as circle.address:
        yield circle


def buttons(text: str) -> list[Json]:
    press = {"type": "button", "text": {"type": "plain_text", "text": "Press"}, "action_id": "press"}
    said = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [said, {"type": "actions", "block_id": "all", "elements": [press]}]


def test_an_hour_passes_and_nothing_happens(circle: Circle) -> None:
    told = circle.post("/page/time", {"to": "hour"})
    assert told["happened"] == []
    assert datetime.fromisoformat(told["now"]) == MONDAY + timedelta(hours=1)


def test_a_day_passes_and_what_was_said_is_told_as_people_read_it(circle: Circle) -> None:
    [event] = circle.post("/page/time", {"to": "working_day"})["happened"]
    assert (event["kind"], event["place"], event["text"]) == ("new", "circle", "Good morning, all & one")
    assert datetime.fromisoformat(event["at"]).date() == (MONDAY + timedelta(days=1)).date()


def test_where_nothing_is_due_time_stays(circle: Circle) -> None:
    told = circle.post("/page/time", {"to": "deadline"})
    assert told["deadline"] is False
    assert circle.clock.now == MONDAY


@pytest.mark.parametrize("body", [{"to": "yesterday"}, {}, [], "hour"])
def test_time_goes_nowhere_else(circle: Circle, body: object) -> None:
    status, answer = circle.asks("/page/time", body)
    assert status == 400
    assert "an hour, a working day, or to a deadline" in answer["error"]
    assert circle.clock.now == MONDAY


def test_what_one_cannot_see_is_not_told(circle: Circle) -> None:
    private = circle.bram.creates_channel("secret", private=True)
    circle.bram.invites(private, circle.workspace.bot)

    def says_something(_: datetime) -> None:
        circle.app_says(private, "Psst")

    circle.on_the_way = says_something
    assert circle.post("/page/time", {"to": "hour"})["happened"] == []
    assert len(circle.post("/page/time", {"to": "hour"}, who="bram")["happened"]) == 1


def test_what_closed_is_told_and_replies_in_a_thread_are_told_together(circle: Circle) -> None:
    card = circle.app_says(circle.channel, "Step 1", blocks=buttons("Step 1"))

    def closes(_: datetime) -> None:
        done = {"type": "section", "text": {"type": "mrkdwn", "text": "Step 1 is over"}}
        args = {"channel": circle.channel.id, "ts": card["ts"], "text": "Step 1", "blocks": [done]}
        circle.workspace.api("chat.update", args, "xoxb-playground")
        circle.clock.passes(minutes=2)
        for text in ("One", "Two"):
            circle.app_says(circle.channel, text, thread_ts=card["ts"])

    circle.on_the_way = closes
    happened = circle.post("/page/time", {"to": "hour"})["happened"]
    assert [(one["kind"], one["text"], one["count"]) for one in happened] == [
        ("closed", "Step 1", 1),
        ("reply", "Step 1", 2),
    ]


def test_a_colleague_writes_when_asked(circle: Circle) -> None:
    could = circle.asks("/page/guide")[1]["colleagues"]
    assert [(one["name"], one["does"]) for one in could] == [("Bram", "answer")]
    told = circle.post("/page/colleague", {"who": could[0]["id"]})
    assert told["done"] == [{"name": "Bram", "does": "answer"}]
    assert "Bram: Good morning!" in circle.anna.visible_text(circle.channel)


def test_all_of_them_write_and_who_cannot_does_not(circle: Circle) -> None:
    assert len(circle.post("/page/colleague", {"who": "all"})["done"]) == 1
    assert circle.post("/page/colleague", {"who": "all"}, who="bram")["done"] == []
    assert circle.post("/page/colleague", {"who": circle.anna.id})["done"] == []


def test_every_window_hears_that_time_moved(circle: Circle) -> None:
    with connect(f"{circle.address.replace('http', 'ws')}/page/socket?as=bram") as bram:
        before = json.loads(bram.recv(timeout=10))["now"]
        circle.post("/page/time", {"to": "hour"})
        assert json.loads(bram.recv(timeout=10))["now"] > before


def test_without_a_guide_there_are_no_such_endpoints(circle: Circle) -> None:
    with served(circle.workspace) as circle.address:
        assert circle.asks("/page/guide")[0] == 404
        assert all(circle.asks(path, {"to": "hour"})[0] in (404, 405) for path in ("/page/time", "/page/colleague"))


def test_colleagues_are_asked_for_where_somebody_looks(circle: Circle) -> None:
    circle.post("/page/colleague", {"who": "all", "place": circle.channel.id})
    assert circle.in_view == [circle.channel.id, circle.channel.id]


def test_an_example_is_offered_for_the_open_form_in_the_fields_that_it_has(circle: Circle) -> None:
    assert circle.asks("/page/guide")[1]["example"] is None
    trigger = circle.workspace.triggers.new_trigger_id(circle.anna.id)
    title = {"type": "plain_text_input", "action_id": "value"}
    field = {"type": "input", "block_id": "title", "label": {"type": "plain_text", "text": "Title"}, "element": title}
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Plan"}, "submit": None, "blocks": [field]}
    view["submit"] = {"type": "plain_text", "text": "Send"}
    circle.workspace.api("views.open", {"trigger_id": trigger, "view": view}, "xoxb-playground")
    form = circle.anna.modal
    assert form
    offered = circle.asks("/page/guide")[1]["example"]
    assert offered == {"view": form.id, "values": {"title": {"value": "An example for Anna"}}}
    assert circle.asks("/page/guide", who="bram")[1]["example"] is None
