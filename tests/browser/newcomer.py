"""Somebody who sees the page for the first time: finds everything by what stands on it, and counts what it takes."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from bot.core.text import Language
from bot.intervision.views.card import step_heading
from bot.library.reading import load_library
from bot.words import Speaker, Speakers
from tests.chromium import DESKTOP, PHONE

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
# Each asks for the whole page once more, which takes longer than most of what a story does.
IS_PHONE_PICTURED = "PHONE_PICTURES" in os.environ
WORDS = Speakers.load()
METHOD = load_library().protocols["vijf_stappen"]
assert METHOD.example is not None
EXAMPLE = METHOD.example
COMMANDS = {
    "nl": {"reflect": "/reflectie", "case": "/intervisie", "digest": "/overzicht"},
    "en": {"reflect": "/reflect", "case": "/intervision", "digest": "/digest"},
    "fr": {"reflect": "/reflexion", "case": "/intervision", "digest": "/synthese"},
}
# Words of the page itself, which knows nothing of the bot.
UNREAD = {"nl": "ongelezen", "en": "unread", "fr": "non lu"}
ONLY_YOU = {"nl": "Alleen jij ziet dit", "en": "Only you can see this", "fr": "Visible seulement pour toi"}
YOU_ARE = {"nl": "Je bent", "en": "You are", "fr": "Tu es"}


@dataclass
class Hand:
    """Mouse and keyboard: every click, fill, choice and key is one action."""

    actions: list[str] = field(default_factory=list)

    def clicks(self, what: Locator) -> None:
        self._notes("click", what)
        what.click()

    def fills(self, what: Locator, text: str) -> None:
        self._notes("fill", what)
        what.fill(text)

    def chooses(self, what: Locator, label: str) -> None:
        self._notes("choose", what)
        what.select_option(label=label)

    def presses(self, what: Locator, key: str) -> None:
        self._notes(key, what)
        what.press(key)

    def _notes(self, how: str, what: Locator) -> None:
        # A window that is not in front is drawn seldom, and everything in it waits for that.
        what.page.bring_to_front()
        self.actions.append(f"{len(self.actions) + 1}. {how} {what}")


@dataclass
class Window:
    """One window on the workspace, and what is done in it."""

    page: Page
    hand: Hand
    language: Language

    @property
    def speaker(self) -> Speaker:
        """What the bot says, in this language."""
        return WORDS[self.language]

    @property
    def form(self) -> Locator:
        """The form or page on top."""
        return self.page.get_by_role("dialog")

    def button(self, key: str, within: Locator | None = None) -> Locator:
        """The newest button with this on it."""
        return (within or self.page).get_by_role("button", name=self.speaker.plain(key), exact=True).last

    def clicks(self, key: str, within: Locator | None = None) -> None:
        self.hand.clicks(self.button(key, within))

    def types(self, text: str) -> None:
        """In the box below the conversation."""
        box = self.page.get_by_role("main").get_by_role("textbox")
        self.hand.fills(box, text)
        self.hand.presses(box, "Enter")

    def closes(self) -> None:
        """Close what the bot answered, once it is there: a form that is still on its way can be closed too."""
        expect(self.form.locator("[type=submit]")).to_have_count(0)
        self.clicks("common.close", self.form)
        expect(self.form).to_be_hidden()

    def reads(self, text: str) -> None:
        """Wait until this stands on the page."""
        expect(self.page.get_by_text(text).last).to_be_visible()

    def opens(self, place: str) -> None:
        """Go to a place in the list on the left."""
        self.hand.clicks(self.page.get_by_role("navigation").get_by_role("button", name=re.compile(place)).last)

    def opens_new(self, place: str) -> None:
        """Go to a place that was not there before."""
        rows = self.page.get_by_role("navigation").get_by_role("button", name=re.compile(place))
        new = rows.filter(has=self.page.get_by_label(UNREAD[self.language]))
        expect(new).to_be_visible()
        self.hand.clicks(new)

    def card(self, step: str) -> Locator:
        """The card of a step, open."""
        title = step_heading(self.speaker, METHOD.numbered(), METHOD.step(step))
        card = self.page.get_by_role("article").filter(has_text=title)
        expect(self.button("case.write", card)).to_be_visible()
        return card

    def writes(self, step: str, text: str) -> None:
        """Contribute to a step through its form, which closes when it is sent."""
        self.clicks("case.write", self.card(step))
        self.hand.fills(self.form.get_by_role("textbox").first, text)
        with self.is_told("receipt.closed"):
            self.clicks("case.form_submit", self.form)

    def passes(self, step: str) -> None:
        """Have nothing to add in a step."""
        with self.is_told("receipt.passed_closed"):
            self.clicks("case.pass", self.card(step))

    @contextmanager
    def is_told(self, key: str) -> Iterator[None]:
        """What is done here leads to a line that nobody else sees, with these words up to their first full stop.

        No form or page stays open, or opens, for it.
        """
        lines = self.page.get_by_role("article").filter(has_text=ONLY_YOU[self.language])
        before = lines.count()
        yield
        expect(lines.nth(before)).to_contain_text(self.speaker.plain(key).strip("*").split(".")[0])
        expect(self.form).to_be_hidden()

    def starts_case(self) -> None:
        """On the owner's own page, in writing over days."""
        self.opens("^Klankbord")
        self.clicks("live.start_calm")

    def is_pictured(self, name: str, thread: str = "") -> None:
        """Leave what is on the screen in a file, as wide as this window and, for `make pictures`, as wide as a phone.

        `thread`: beside it, what was answered to the message with this in it.
        """
        self.page.bring_to_front()
        if thread:
            _opens_thread(self.page, thread)
        self.page.mouse.move(0, 0)
        _shoot(self.page, f"{self.language}-{name}-desktop")
        if IS_PHONE_PICTURED:
            self._is_pictured_on_a_phone(name, thread)
        if thread:
            self.page.locator("aside.thread header button").click()

    def _is_pictured_on_a_phone(self, name: str, thread: str) -> None:
        phone = self.page.context.new_page()
        phone.set_viewport_size(PHONE)
        phone.goto(self.page.url)
        phone.get_by_role("main").wait_for()
        if thread:
            _opens_thread(phone, thread)
        _shoot(phone, f"{self.language}-{name}-phone")
        phone.close()

    def is_printed(self, name: str, what: Locator) -> None:
        """Leave this part of the screen in a file, for the members' page in this language."""
        self.page.bring_to_front()
        self.page.mouse.move(0, 0)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        what.screenshot(path=SCREENSHOTS / f"members-{self.language}-{name}.png", animations="disabled")

    def message(self, key: str) -> Locator:
        """The newest message with this button on it."""
        return self.page.get_by_role("article").filter(has=self.button(key)).last


def _opens_thread(page: Page, title: str) -> None:
    """By the line below a message that says how many answers there are."""
    page.get_by_role("article").filter(has_text=title).first.locator("button.replies").click()
    expect(page.locator("aside.thread")).to_be_visible()


def _shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")


def window(context: BrowserContext, url: str, hand: Hand, language: Language) -> Window:
    """Open the page."""
    page = context.new_page()
    page.set_viewport_size(DESKTOP)
    page.set_default_timeout(30_000)
    page.goto(url)
    page.get_by_role("main").wait_for()
    return Window(page, hand, language)


def window_of(name: str, opened: Page, hand: Hand, language: Language) -> Window:
    """A window that the page itself opened, for somebody."""
    opened.set_viewport_size(DESKTOP)
    opened.set_default_timeout(30_000)
    expect(opened.get_by_role("button", name=f"{YOU_ARE[language]} {name}")).to_be_visible()
    return Window(opened, hand, language)
