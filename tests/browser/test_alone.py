"""Somebody alone at the page, in one language: the guide's buttons, time that moves, colleagues who write."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import RunningDemo, running
from tests.browser.newcomer import SCREENSHOTS, Hand, Window, window
from tests.browser.test_newcomer import brings_a_case
from tests.chromium import DESKTOP, PHONE, needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture(scope="module")
def dutch() -> Iterator[RunningDemo]:
    with running("nl") as demo:
        yield demo


class Guide:
    """The panel beside the page."""

    def __init__(self, page: Page) -> None:
        self.panel = page.locator("#guide")

    def button(self, name: str) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True)

    def clicks(self, name: str) -> None:
        """Press, and wait until all is said."""
        self.button(name).click()
        expect(self.panel.locator(".waiting")).to_have_count(0)
        expect(self.button("+1 uur")).to_be_enabled()

    def tells(self, text: str) -> None:
        expect(self.panel.get_by_label("Wat er gebeurde")).to_contain_text(text)

    @property
    def day(self) -> str:
        return self.panel.get_by_label("Hier is het").get_by_role("time").inner_text()


def test_alone_with_a_guide(dutch: RunningDemo, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    context = browser.new_context()
    anna = window(context, dutch.url, Hand(), "nl")
    guide = Guide(anna.page)
    tries_three_things(anna, guide)
    guide.clicks("Laat Bram iets schrijven")
    guide.tells("Antwoord op de weekvraag: Bram")
    expect(guide.button("Laat Bram iets schrijven")).to_have_count(0)
    guide.clicks("Laat iedereen schrijven")
    guide.tells("Antwoord op de weekvraag: Céline, Dirk")
    brings_a_case(anna)
    guide.clicks("Laat iedereen schrijven")
    guide.tells("Nieuw in de casus: Bram, Céline, Dirk, Elif, Farid")
    plays_the_first_step(anna, guide)
    context.close()


def tries_three_things(anna: Window, guide: Guide) -> None:
    """Each is one click that leads there."""
    for thing, title in (
        ("Antwoord op de weekvraag", anna.speaker.plain("reflection.title")),
        ("Breng een casus in", anna.speaker.plain("case.intake_form")),
        ("Bekijk het overzicht", anna.speaker.plain("digest.title")),
    ):
        guide.button(thing).click()
        expect(anna.form.get_by_role("heading", name=title, exact=True)).to_be_visible()
        anna.page.keyboard.press("Escape")
        expect(anna.form).to_be_hidden()


def plays_the_first_step(anna: Window, guide: Guide) -> None:
    """All ask their questions; the next step follows, and time goes on to its end."""
    anna.starts_case()
    expect(guide.button("Laat Céline iets schrijven")).to_be_visible()
    guide.clicks("Laat iedereen schrijven")
    guide.tells("Stap 2b van 5")
    guide.tells("Aan zet in de open stap: Bram, Céline, Dirk, Elif, Farid")
    anna.is_pictured("10-alone")
    before = guide.day
    guide.clicks("tot de volgende deadline")
    assert guide.day != before
    guide.clicks("+1 werkdag")
    closes_soon = anna.speaker.plain("remind.closes").replace("*", "")
    guide.tells(closes_soon)
    guide.panel.get_by_role("button", name=re.compile(re.escape(closes_soon))).click()
    expect(anna.page.get_by_role("log")).to_contain_text("Stap 2b van 5")


def test_on_a_phone_it_makes_room_for_what_it_leads_to(dutch: RunningDemo, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE, color_scheme="dark")
    page.goto(dutch.url)
    opener = page.locator("#guide > details > summary")
    opener.click()
    page.get_by_role("button", name="Antwoord op de weekvraag").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="+1 uur")).to_be_hidden()
    page.keyboard.press("Escape")
    opener.click()
    expect(page.get_by_role("button", name=re.compile("uur"))).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "nl-11-guide-phone-dark.png")
    page.close()


def test_a_press_before_the_page_knows_the_workspace_opens_the_form_all_the_same(
    dutch: RunningDemo, browser: Browser
) -> None:
    """On a busy machine the first picture of the workspace comes a while after the page."""
    page, held = browser.new_page(viewport=DESKTOP), list[WebSocketRoute]()

    def holds(line: WebSocketRoute) -> None:
        held.append(line)

    page.route_web_socket("**/page/socket**", holds)
    page.goto(dutch.url)
    page.get_by_role("button", name="Antwoord op de weekvraag").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    held[0].connect_to_server()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.close()
