"""Somebody lets the workspace break by hand, in a real browser, and reads what will happen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from chromium import DESKTOP, PHONE, needs_chromium
from page_world import PageWorld, served

pytestmark = needs_chromium


@pytest.fixture
def world() -> PageWorld:
    return PageWorld()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(world: PageWorld, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Anna's window."""
    size: ViewportSize = request.param
    context = browser.new_context(viewport=size, locale="en")
    page = context.new_page()
    page.set_default_timeout(30_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    with served(world.workspace) as address:
        page.goto(f"{address}/?as=anna&lang=en")
        page.get_by_role("main").wait_for()
        yield page
        context.close()
    assert problems == []


def opens_trouble(page: Page) -> None:
    menu = page.get_by_role("button", name="Open menu")
    if menu.is_visible():
        menu.click()
    page.get_by_role("button", name="Trouble").click()
    page.get_by_label("What goes wrong?").wait_for()


def test_a_channel_is_archived_and_comes_back(page: Page, world: PageWorld) -> None:
    opens_trouble(page)
    page.get_by_label("What goes wrong?").select_option("The channel is archived")
    expect(page.get_by_text("When you stop, it becomes as it was.")).to_be_visible()
    expect(page.get_by_label("In which channel")).to_have_value(world.channel.id)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("region", name="On now")).to_contain_text("The channel is archived")
    assert world.channel.is_archived
    page.get_by_role("button", name="Stop everything").click()
    expect(page.get_by_role("region", name="On now")).to_have_count(0)
    happened = page.get_by_role("region", name="What happened")
    expect(happened.get_by_role("listitem")).to_have_count(2)
    expect(happened).to_contain_text("The channel is open again")


def test_slack_refuses_until_it_is_stopped(page: Page, world: PageWorld) -> None:
    opens_trouble(page)
    page.get_by_label("What goes wrong?").select_option("Slack is failing")
    page.get_by_label("wants to do this").select_option("post a message")
    page.get_by_label("How often").select_option("each time, until you stop")
    page.get_by_role("button", name="Start").click()
    on = page.get_by_role("region", name="On now")
    expect(on).to_contain_text("post a message")
    for _ in range(2):
        assert world.workspace.api("chat.postMessage", {}, world.workspace.bot_token).status == 500
    expect(page.get_by_role("region", name="What happened").get_by_role("listitem")).to_have_count(2)
    on.get_by_role("button", name="Stop").click()
    expect(on).to_have_count(0)


def test_everything_stays_within_the_window(page: Page) -> None:
    opens_trouble(page)
    for name in page.get_by_label("What goes wrong?").locator("option").all_inner_texts():
        page.get_by_label("What goes wrong?").select_option(name)
        too_wide = page.evaluate(
            "() => [...document.querySelectorAll('dialog *')].some((el) => el.scrollWidth > innerWidth)"
        )
        assert not too_wide, name
