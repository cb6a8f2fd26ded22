"""The rows of Home in the browser: to what is behind them, and back."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.newcomer import Window

# By the key of their button.
MY_CIRCLE, MINE = "home.circles_button", "home.for_myself"


def opens_home(somebody: Window) -> None:
    """Whoever has something unread of the bot comes to that first; Home is one press further."""
    somebody.opens("^Klankbord")
    somebody.hand.clicks(somebody.page.get_by_role("main").get_by_role("tab").first)


def goes_behind(somebody: Window, row: str, key: str) -> None:
    """To what has this on its button, on the page behind a row of Home."""
    somebody.hand.clicks(home_button(somebody, row))
    somebody.hand.clicks(somebody.form.get_by_role("button", name=re.compile(f"^{somebody.speaker.plain(key)}")))
    expect(page_behind(somebody, row)).to_be_hidden()


def comes_back(somebody: Window, row: str) -> None:
    """Close what was opened there, once it is there, and the page behind the row."""
    if row == MY_CIRCLE:
        expect(somebody.form.locator("[type=submit]")).to_have_count(0)
    somebody.clicks("common.close", somebody.form)
    expect(page_behind(somebody, row)).to_be_visible()
    somebody.closes()


def page_behind(somebody: Window, row: str) -> Locator:
    """The title of the page behind a row."""
    title = somebody.speaker.plain("home.my_circles" if row == MY_CIRCLE else row)
    return somebody.form.get_by_role("heading", name=title, exact=True)


def home_button(anna: Window, key: str) -> Locator:
    """Where it leads stands on it, and sometimes how much there is."""
    return anna.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{label_of(anna, key)}"))


def label_of(somebody: Window, key: str) -> str:
    """The words of a button; that of the circles says how many there are."""
    return somebody.speaker.plain(key, n=1) if key == MY_CIRCLE else somebody.speaker.plain(key)
