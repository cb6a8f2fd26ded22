"""Several windows of one person, and presses in the very moment in which the app puts something else there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from chromium import DESKTOP, PHONE, needs_chromium
from page_world import CARD, FORM, PageWorld, button, marked, served

pytestmark = needs_chromium
Opens = Callable[..., Page]


@pytest.fixture
def world() -> PageWorld:
    return PageWorld()


@pytest.fixture
def opens(world: PageWorld, browser: Browser) -> Iterator[Opens]:
    """opens("anna"): a window of its own for somebody."""
    with served(world.workspace) as address:
        contexts = []

        def window(name: str, *, phone: bool = False, place: str = "", pushes: int | None = None) -> Page:
            context = browser.new_context(viewport=PHONE if phone else DESKTOP, locale="en")
            contexts.append(context)
            page = context.new_page()
            if pushes is not None:
                page.route_web_socket("**/page/socket?*", hears_only(pushes))
            page.goto(f"{address}/?as={name}&lang=en#{place}")
            page.get_by_role("main").wait_for()
            return page

        yield window
        for context in contexts:
            context.close()


def hears_only(pushes: int) -> Callable[[WebSocketRoute], None]:
    """A line to the page that brings so many pictures of the workspace, and then nothing more."""

    def connected(line: WebSocketRoute) -> None:
        left = [line.send] * pushes
        line.connect_to_server().on_message(lambda picture: left.pop()(picture) if left else None)

    return connected


def asks(page: Page) -> None:
    """Type the command that opens the form."""
    box = page.get_by_label("Message #lunch-club")
    box.fill("/testbot")
    box.press("Enter")


def test_a_form_is_in_the_window_in_which_it_was_asked_for(opens: Opens) -> None:
    first, second = opens("anna"), opens("anna")
    asks(first)
    expect(first.get_by_role("dialog", name="Plan a meeting")).to_be_visible()
    first.get_by_label("Title").fill("Mine")

    expect(second.get_by_role("dialog")).to_be_hidden()
    asks(second)
    second.get_by_label("Title").fill("Another")
    second.get_by_role("button", name="Plan it").click()
    expect(second.get_by_role("dialog")).to_be_hidden()

    expect(first.get_by_label("Title")).to_have_value("Mine")


def test_a_form_is_still_there_after_its_window_is_loaded_again(opens: Opens) -> None:
    anna = opens("anna")
    asks(anna)
    expect(anna.get_by_role("dialog", name="Plan a meeting")).to_be_visible()
    anna.reload()
    expect(anna.get_by_role("dialog", name="Plan a meeting")).to_be_visible()


def on_the_way(page: Page, first: Callable[[], object]) -> None:
    """`first` happens once something that the page does is on its way, and before it arrives."""
    once = [first]

    def wait(route: object) -> None:
        if once:
            once.pop()()
        route.continue_()  # type: ignore[attr-defined]

    page.route("**/page/do?*", wait)


def test_a_press_is_not_lost_where_the_app_posts_the_card_anew(opens: Opens, world: PageWorld) -> None:
    card = world.card()
    anna = opens("anna")
    expect(anna.get_by_role("button", name="Answer")).to_be_visible()

    def replaces() -> None:
        world.app.calls("chat.delete", channel=world.channel.id, ts=card.ts)
        world.card()

    on_the_way(anna, replaces)
    anna.get_by_role("button", name="Answer").click()
    expect(anna.get_by_role("dialog", name="Plan a meeting")).to_be_visible()


def test_a_press_on_a_card_posted_anew_is_not_lost_though_the_page_has_not_heard_of_it(
    opens: Opens, world: PageWorld
) -> None:
    card = world.card()
    anna = opens("anna", pushes=1)
    expect(anna.get_by_role("button", name="Answer")).to_be_visible()
    world.app.calls("chat.delete", channel=world.channel.id, ts=card.ts)
    world.card()
    with anna.expect_response(lambda answer: "/page/do" in answer.url and answer.ok):
        anna.get_by_role("button", name="Answer").click()
    assert world.anna.modal


def test_a_press_on_what_came_to_nothing_says_so(opens: Opens, world: PageWorld) -> None:
    card = world.card()
    anna = opens("anna")
    on_the_way(anna, lambda: world.app.calls("chat.delete", channel=world.channel.id, ts=card.ts))
    anna.get_by_role("button", name="Answer").click()
    expect(anna.get_by_role("alert")).to_contain_text("not there any more")


def test_what_is_sent_is_not_lost_where_the_app_makes_the_form_anew(opens: Opens, world: PageWorld) -> None:
    anna = opens("anna")
    asks(anna)
    anna.get_by_label("Title").fill("Lunch")
    anna.get_by_label("Situation").fill("With soup")

    def loses_a_field() -> None:
        blocks = [block for block in FORM["blocks"] if block["block_id"] != "story"]
        view = world.anna.modal
        assert view
        world.app.calls("views.update", view_id=view.id, view=FORM | {"blocks": blocks})

    on_the_way(anna, loses_a_field)
    anna.get_by_role("button", name="Plan it").click()
    expect(anna.get_by_role("dialog")).to_be_hidden()
    assert world.app.sent["title"]["value"] == "Lunch"


def test_a_button_that_moved_to_another_block_is_pressed_there(opens: Opens, world: PageWorld) -> None:
    def publishes(*labels: str) -> None:
        blocks = [
            {
                "type": "section",
                "block_id": f"row{n}",
                "text": marked(one),
                "accessory": button(one, "answer", value=one),
            }
            for n, one in enumerate(labels)
        ]
        world.app.calls("views.publish", user_id=world.anna.id, view={"type": "home", "blocks": blocks})

    publishes("First", "Second")
    anna = opens("anna", place="app/home")
    on_the_way(anna, lambda: publishes("Nought", "First", "Second"))
    anna.get_by_role("button", name="Second").click()
    expect(anna.get_by_role("dialog", name="Plan a meeting")).to_be_visible()
    assert world.app.heard_of("block_actions").payload["actions"][0]["value"] == "Second"


def test_a_button_that_is_held_down_is_not_drawn_anew_under_the_finger(opens: Opens, world: PageWorld) -> None:
    card = world.card()
    anna = opens("anna")
    anna.get_by_role("button", name="Answer").hover()
    anna.mouse.down()
    world.app.calls("chat.update", channel=world.channel.id, ts=card.ts, text="Menu", blocks=[{**CARD[0]}, *CARD[-1:]])
    anna.wait_for_timeout(300)
    anna.mouse.up()
    expect(anna.get_by_role("dialog", name="Plan a meeting")).to_be_visible()


# Reading


def test_a_thread_that_runs_over_days_says_the_day(opens: Opens, world: PageWorld) -> None:
    root = world.anna.says(world.channel, "Who is in?")
    world.bram.says(world.channel, "I am", thread=root)
    world.clock.passes(days=3)
    world.celine.says(world.channel, "Me too", thread=root)
    anna = opens("anna")
    anna.get_by_role("button", name=re.compile("2 replies")).click()
    thread = anna.get_by_role("complementary", name="Thread")
    expect(thread.get_by_role("article").nth(1).get_by_role("time").first).to_have_text(
        re.compile(r"^23 Nov \d\d:\d\d$")
    )
    expect(thread.get_by_role("article").nth(2).get_by_role("time").first).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_a_link_to_a_conversation_opens_it_here(opens: Opens, world: PageWorld) -> None:
    direct = world.anna.opens_dm(world.bram)
    world.bram.says(direct, "Just us")
    world.app.posts(world.channel.id, f"Go to <https://slack.com/app_redirect?channel={direct.id}|the two of you>.")
    anna = opens("anna", place="lunch-club")
    anna.get_by_role("button", name="the two of you").click()
    expect(anna.get_by_text("Just us")).to_be_visible()


def test_a_command_is_found_with_the_accents_of_its_word(opens: Opens, world: PageWorld) -> None:
    world.workspace.commands["/synthese"] = "See what the circle learned"
    anna = opens("anna")
    anna.get_by_label("Message #lunch-club").fill("/synthè")
    expect(anna.get_by_role("option", name="/synthese")).to_be_visible()
