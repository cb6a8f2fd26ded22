"""Who installs Klankbord: from an empty workspace to a circle that works, as the operators' page tells it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.slack.manifest import manifest
from playground.__main__ import sample_workspace
from playground.page import page_routes
from playground.server import serve
from tests.app.running import KEY, BotProcess
from tests.browser.home_rows import MY_CIRCLE, home_button
from tests.browser.newcomer import Hand, Window, window
from tests.chromium import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A workspace where the app is installed and nowhere invited yet, and the bot that runs for it."""
    workspace = sample_workspace(manifest())
    server = serve(workspace, page_routes=page_routes(workspace))
    slack = {
        "SLACK_API_URL": f"{server.url}/api/",
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
    }
    bot = BotProcess(tmp_path, "run", KLANKBORD_KEY=KEY, LANGUAGE="en", **slack)
    assert workspace.waits_for_app(60)
    yield server.url
    bot.stops()
    server.stop()


def test_from_an_empty_workspace_to_a_circle_that_works(address: str, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    anna = window(browser.new_context(), f"{address}/?as=anna&lang=en", Hand(), "en")
    anna.opens("general")
    invites_the_bot(anna)
    sets_up(anna)
    anna.opens("^Klankbord")
    expect(home_button(anna, MY_CIRCLE)).to_be_visible()
    anna.is_pictured("operator-4-home")


def invites_the_bot(anna: Window) -> None:
    """It says who it is, and offers to be set up."""
    anna.hand.clicks(anna.page.get_by_role("main").get_by_role("button", name="Add Klankbord to this channel"))
    expect(anna.button("greeting.set_up")).to_be_visible()
    anna.is_pictured("operator-1-greeting")


def sets_up(anna: Window) -> None:
    """The form asks for what only people know; the rest is filled in."""
    anna.clicks("greeting.set_up")
    expect(anna.form).to_be_visible()
    anna.is_pictured("operator-2-form")
    anna.hand.fills(anna.form.get_by_label(anna.speaker.plain("circle.contact")), "Person of trust: 016 00 00 00")
    anna.clicks("circle.submit", anna.form)
    expect(anna.form).to_be_hidden()
    anna.reads("/reflect")
    anna.is_pictured("operator-3-ready")
