"""People at the page, in a real browser, finding everything by what they can read."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from chromium import DESKTOP, PHONE, needs_chromium
from page_world import PageWorld, served

# One grey pixel.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

pytestmark = needs_chromium

Opens = Callable[..., Page]


@pytest.fixture
def world() -> PageWorld:
    return PageWorld()


@pytest.fixture
def opens(world: PageWorld, browser: Browser) -> Iterator[Opens]:
    """opens("anna", lang="en", size=PHONE, …): a window of its own for somebody."""
    contexts = []
    problems: list[str] = []

    def window(
        name: str, *, lang: str = "en", size: ViewportSize = DESKTOP, place: str = "", dark: bool = False
    ) -> Page:
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", locale=lang)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{address}/?as={name}&lang={lang}#{place}")
        page.get_by_role("main").wait_for()
        return page

    with served(world.workspace) as address:
        yield window
        for context in contexts:
            context.close()
    assert problems == []


def writes(page: Page, text: str, where: str = "Message #lunch-club") -> None:
    box = page.get_by_label(where)
    box.fill(text)
    box.press("Enter")


# Talking


def test_two_windows_are_two_people_and_nobody_reloads(opens: Opens) -> None:
    anna, bram = opens("anna"), opens("bram")
    writes(anna, "Who *joins* me, @Bram?")
    expect(bram.get_by_text("Who joins me, @Bram?")).to_be_visible()
    expect(bram.locator("strong", has_text="joins")).to_be_visible()


def test_a_conversation_in_a_thread(opens: Opens) -> None:
    anna, bram = opens("anna"), opens("bram")
    writes(anna, "Who joins me?")
    bram.get_by_text("Who joins me?").hover()
    bram.get_by_role("button", name="Reply in thread").click()
    writes(bram, "I do", where="Reply…")
    anna.get_by_role("button", name="1 reply").click()
    expect(anna.get_by_role("complementary", name="Thread").get_by_text("I do")).to_be_visible()
    anna.get_by_role("button", name="Close thread").click()
    expect(anna.get_by_text("I do")).to_be_hidden()


def test_editing_and_deleting_ones_own_words(opens: Opens) -> None:
    anna, bram = opens("anna"), opens("bram")
    writes(anna, "Helo")
    anna.get_by_text("Helo").hover()
    anna.get_by_role("button", name="More actions").last.click()
    anna.get_by_role("menuitem", name="Edit message").click()
    writes(anna, "Hello", where="Edit message")
    expect(bram.get_by_text("Hello (edited)")).to_be_visible()
    anna.get_by_text("Hello").hover()
    anna.get_by_role("button", name="More actions").last.click()
    anna.get_by_role("menuitem", name="Delete message").click()
    anna.get_by_role("button", name="Delete", exact=True).click()
    expect(bram.get_by_text("Hello")).to_be_hidden()


def test_a_reaction_is_one_click_for_the_next_person(opens: Opens) -> None:
    anna, bram = opens("anna"), opens("bram")
    writes(anna, "It worked!")
    anna.get_by_text("It worked!").hover()
    anna.get_by_role("button", name="Add a reaction").last.click()
    anna.get_by_role("menuitem", name="tada").click()
    bram.get_by_role("button", name="tada: Anna").click()
    expect(anna.get_by_role("button", name="tada: Anna, Bram")).to_contain_text("2")


def test_what_is_half_typed_stays_while_others_write(opens: Opens) -> None:
    anna, bram = opens("anna"), opens("bram")
    anna.get_by_label("Message #lunch-club").fill("I was just going to")
    writes(bram, "Good morning")
    expect(anna.get_by_text("Good morning")).to_be_visible()
    expect(anna.get_by_label("Message #lunch-club")).to_have_value("I was just going to")
    expect(anna.get_by_label("Message #lunch-club")).to_be_focused()


def test_shift_enter_is_a_new_line(opens: Opens) -> None:
    anna = opens("anna")
    box = anna.get_by_label("Message #lunch-club")
    box.fill("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    box.press("Enter")
    expect(anna.get_by_role("article").last).to_contain_text(re.compile("one\\s*two"))


def test_markup_of_people_stays_text(opens: Opens) -> None:
    anna = opens("anna")
    writes(anna, "<b onclick=alert(1)>not html</b> & <!channel>")
    expect(anna.get_by_text("<b onclick=alert(1)>not html</b> & <!channel>")).to_be_visible()


# Places


def test_unread_is_bold_until_it_is_looked_at(opens: Opens, world: PageWorld) -> None:
    other = world.workspace.create_channel("lunch", by=world.bram)
    world.anna.joins(other)
    anna = opens("anna", place="lunch-club")
    world.bram.says(other, "Soup today")
    row = anna.get_by_role("button", name="lunch unread")
    expect(row).to_be_visible()
    row.click()
    expect(anna.get_by_text("Soup today")).to_be_visible()
    expect(anna.get_by_role("button", name="lunch unread")).to_be_hidden()


def test_being_somebody_else_keeps_the_channel_open(opens: Opens) -> None:
    page = opens("anna", place="lunch-club")
    page.get_by_role("button", name="You are Anna").click()
    page.get_by_role("menuitemradio", name="Bram").click()
    expect(page.get_by_role("button", name="You are Bram")).to_be_visible()
    expect(page.get_by_role("heading", name="lunch-club", level=1)).to_be_visible()
    writes(page, "Bram here")
    expect(page.get_by_role("article").last).to_contain_text("Bram")


def test_a_new_private_channel_and_its_app(opens: Opens) -> None:
    anna, bram = opens("anna"), opens("bram")
    anna.get_by_role("button", name="Add a channel").click()
    anna.get_by_label("New channel").fill("Our Case")
    anna.get_by_label("Private").check()
    anna.get_by_role("button", name="Create").click()
    expect(anna.get_by_role("heading", name="our-case", level=1)).to_be_visible()
    expect(anna.get_by_text("Type / to see commands")).to_be_visible()
    anna.get_by_role("button", name="Add Testbot to this channel").click()
    anna.get_by_role("button", name="Members").click()
    anna.get_by_role("listitem").filter(has_text="Bram").get_by_role("button", name="Invite").click()
    expect(bram.get_by_role("navigation").get_by_role("button", name="our-case")).to_be_visible()


def test_who_is_not_in_a_channel_can_join_it(opens: Opens) -> None:
    dirk = opens("dirk", place="lunch-club")
    dirk.get_by_role("button", name="Join this channel").click()
    writes(dirk, "Here I am")
    expect(dirk.get_by_text("Here I am")).to_be_visible()


def test_a_direct_message(opens: Opens) -> None:
    anna, bram = opens("anna"), opens("bram")
    anna.get_by_role("button", name="New message").click()
    anna.get_by_role("dialog").get_by_role("button", name="Bram").click()
    writes(anna, "Between us", where="Message Bram")
    bram.get_by_role("button", name="Anna unread").click()
    expect(bram.get_by_text("Between us")).to_be_visible()


# The app


def test_slash_shows_the_commands_and_enter_takes_one(opens: Opens) -> None:
    anna = opens("anna")
    box = anna.get_by_label("Message #lunch-club")
    box.press_sequentially("/te")
    expect(anna.get_by_role("option", name="/testbot")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("/testbot ")
    box.press("Enter")
    expect(anna.get_by_role("dialog", name="Plan a meeting")).to_be_visible()


def test_an_unknown_command_is_said_to_be_unknown_and_stays_in_the_box(opens: Opens) -> None:
    anna = opens("anna")
    writes(anna, "/nonsense now")
    expect(anna.get_by_role("alert")).to_contain_text("/nonsense is not a valid command")
    expect(anna.get_by_label("Message #lunch-club")).to_have_value("/nonsense now")


def test_a_whole_form_is_filled_in_and_sent(opens: Opens, world: PageWorld) -> None:
    anna = opens("anna")
    writes(anna, "/testbot")
    form = anna.get_by_role("dialog", name="Plan a meeting")
    expect(form.get_by_label("Title")).to_be_focused()
    form.get_by_label("Title").fill("Internship")
    form.get_by_label("Situation").fill("It began\non a Monday")
    form.get_by_label("Theme").select_option(label="Boundaries")
    form.get_by_role("button", name="Invite").click()
    form.get_by_label("Bram").check()
    form.get_by_role("button", name="Done").click()
    form.get_by_label("Live").check()
    form.get_by_label("Stays here").check()
    form.get_by_label("Day").fill("2026-11-26")
    form.get_by_label("Hour").fill("10:30")
    form.get_by_role("button", name="Plan it").click()
    expect(form).to_be_hidden()
    sent = world.app.sent
    assert sent["title"]["value"] == "Internship"
    assert sent["story"]["value"] == "It began\non a Monday"
    assert sent["theme"]["selected_option"]["value"] == "boundaries"
    assert sent["friends"]["selected_users"] == [world.bram.id]
    assert sent["pace"]["selected_option"]["value"] == "live"
    assert sent["agreed"]["selected_options"][0]["value"] == "stays"
    assert (sent["day"]["selected_date"], sent["hour"]["selected_time"]) == ("2026-11-26", "10:30")


def test_errors_stand_beside_the_field(opens: Opens) -> None:
    anna = opens("anna")
    writes(anna, "/testbot")
    form = anna.get_by_role("dialog", name="Plan a meeting")
    form.get_by_role("button", name="Plan it").click()
    expect(form.get_by_role("alert")).to_have_text("Please complete this field.")
    form.get_by_label("Title").fill("double")
    form.get_by_role("button", name="Plan it").click()
    expect(form.get_by_role("alert")).to_have_text("There is a meeting with that title.")
    form.get_by_label("Title").fill("another")
    form.get_by_role("button", name="Plan it").click()
    expect(form).to_be_hidden()


def test_an_update_of_the_form_keeps_what_was_typed(opens: Opens) -> None:
    anna = opens("anna")
    writes(anna, "/testbot")
    form = anna.get_by_role("dialog", name="Plan a meeting")
    form.get_by_label("Title").fill("Internship")
    form.get_by_role("button", name="More room").click()
    expect(form.get_by_label("And also")).to_be_visible()
    expect(form.get_by_label("Title")).to_have_value("Internship")


def test_a_form_on_top_of_a_form_goes_back_with_escape(opens: Opens) -> None:
    anna = opens("anna")
    writes(anna, "/testbot")
    anna.get_by_label("Title").fill("push")
    anna.get_by_role("button", name="Plan it").click()
    expect(anna.get_by_role("dialog", name="One more thing")).to_be_visible()
    anna.keyboard.press("Escape")
    expect(anna.get_by_role("dialog", name="Plan a meeting").get_by_label("Title")).to_have_value("push")
    anna.keyboard.press("Escape")
    expect(anna.get_by_role("dialog")).to_be_hidden()


def test_a_card_shows_all_its_blocks_and_its_buttons_work(opens: Opens, world: PageWorld) -> None:
    world.card()
    anna = opens("anna")
    card = anna.get_by_role("article").filter(has_text="Menu of the week")
    for words in (
        "Menu of the week 🌱",
        "What shall we eat?",
        "at night",
        "Until",
        "Kept for the record, 2026-11-25",
    ):
        expect(card.get_by_text(words)).to_be_visible()
    card.get_by_label("Table of today").select_option(label="Motivation")
    card.get_by_role("button", name="Answer").click()
    expect(anna.get_by_role("dialog", name="Plan a meeting")).to_be_visible()


def test_the_focus_comes_back_when_a_form_closes(opens: Opens, world: PageWorld) -> None:
    world.card()
    anna = opens("anna")
    anna.get_by_role("button", name="Answer").press("Enter")
    expect(anna.get_by_label("Title")).to_be_focused()
    anna.keyboard.press("Escape")
    expect(anna.get_by_role("button", name="Answer")).to_be_focused()


def test_a_shared_picture_is_shown(opens: Opens, world: PageWorld) -> None:
    dot = base64.b64decode(DOT)
    world.anna.says(world.channel, "Our month", files=[("month.png", dot)])
    picture = opens("bram").get_by_role("img", name="month.png")
    expect(picture).to_have_js_property("naturalWidth", 1)


def test_a_dangerous_button_asks_first(opens: Opens, world: PageWorld) -> None:
    world.card()
    anna = opens("anna")
    anna.get_by_role("button", name="Stop").click()
    anna.get_by_role("dialog", name="Stop?").get_by_role("button", name="No").click()
    assert not [one for one in world.app.heard if one.payload.get("type") == "block_actions"]
    anna.get_by_role("button", name="Stop").click()
    anna.get_by_role("button", name="Yes, stop").click()
    expect(anna.get_by_role("dialog")).to_be_hidden()
    assert world.app.heard_of("block_actions").payload["actions"][0]["action_id"] == "stop"


def test_only_you_can_see_a_whisper_and_put_it_away(opens: Opens, world: PageWorld) -> None:
    world.app.whispers(world.channel.id, world.anna, "Kept, unless you say no")
    anna = opens("anna")
    whisper = anna.get_by_role("article").filter(has_text="Only you can see this")
    expect(whisper).to_contain_text("Kept, unless you say no")
    whisper.hover()
    whisper.get_by_role("button", name="Dismiss").click()
    expect(whisper).to_be_hidden()


def test_silence_of_the_app_is_said(opens: Opens, world: PageWorld) -> None:
    world.app.silent = True
    anna = opens("anna")
    writes(anna, "/testbot")
    expect(anna.get_by_text("/testbot failed because testbot did not respond.")).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "silence", "refusal"),
    [
        ("nl", "testbot antwoordde niet", "Er is al een kanaal met die naam."),
        ("fr", "testbot n’a pas répondu", "Il y a déjà un canal de ce nom."),
    ],
)
def test_the_workspace_speaks_the_language_of_the_page(
    opens: Opens, world: PageWorld, lang: str, silence: str, refusal: str
) -> None:
    world.app.silent = True
    anna = opens("anna", lang=lang)
    writes(anna, "/testbot", where={"nl": "Bericht aan #lunch-club", "fr": "Message à #lunch-club"}[lang])
    expect(anna.get_by_text(silence)).to_be_visible()
    anna.evaluate(f"""import("/web/js/link.js").then((link) =>
        link.act("creates_channel", {{ name: {world.channel.name!r}, private: false }}))""")
    expect(anna.get_by_text(refusal)).to_be_visible()


def test_english_dates_read_as_the_bot_writes_them(opens: Opens, world: PageWorld) -> None:
    seconds = 1795424400
    world.app.posts(world.channel.id, f"Until <!date^{seconds}^{{date_long}}|later>")
    expect(opens("anna").get_by_text("Until Monday 23 November 2026")).to_be_visible()


def test_what_the_app_changes_is_not_marked_as_edited(opens: Opens, world: PageWorld) -> None:
    ts = world.app.posts(world.channel.id, "Step 1")
    world.app.calls("chat.update", channel=world.channel.id, ts=ts, text="Step 2")
    anna = opens("anna")
    expect(anna.get_by_text("Step 2")).to_be_visible()
    expect(anna.get_by_text("(edited)")).to_have_count(0)


def test_home_and_messages_of_the_app(opens: Opens, world: PageWorld) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Nothing waits for you."}}]
    world.app.calls("views.publish", user_id=world.anna.id, view={"type": "home", "blocks": blocks})
    anna = opens("anna")
    anna.get_by_role("navigation").get_by_role("button", name="Testbot").click()
    expect(anna.get_by_text("Nothing waits for you.")).to_be_visible()
    anna.get_by_role("tab", name="Messages").click()
    writes(anna, "help", where="Message Testbot")
    expect(anna.get_by_text("help", exact=True)).to_be_visible()


# How it looks


@pytest.mark.parametrize(("lang", "you"), [("nl", "Je bent"), ("en", "You are"), ("fr", "Tu es")])
def test_the_page_speaks_three_languages(opens: Opens, lang: str, you: str) -> None:
    page = opens("anna", lang=lang)
    expect(page.get_by_role("button", name=f"{you} Anna")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)


def test_the_language_switch_changes_the_page_at_once(opens: Opens) -> None:
    page = opens("anna")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_text("Directe berichten")).to_be_visible()


def test_dark_follows_the_system_and_the_switch(opens: Opens) -> None:
    page = opens("anna", dark=True)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Light").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_on_a_phone_the_sidebar_is_a_drawer_and_a_form_fills_the_screen(opens: Opens, world: PageWorld) -> None:
    world.card()
    other = world.workspace.create_channel("lunch", by=world.bram)
    world.anna.joins(other)
    page = opens("anna", size=PHONE, place="lunch-club")
    expect(page.get_by_role("button", name="You are Anna")).to_be_hidden()
    world.bram.says(other, "Soup today")
    expect(page.get_by_role("button", name="Open menu").get_by_role("img", name="unread")).to_be_visible()
    page.get_by_role("button", name="Open menu").click()
    page.get_by_role("button", name="You are Anna").click()
    page.get_by_role("menuitemradio", name="Bram").click()
    page.get_by_role("button", name="Answer").click()
    box = page.get_by_role("dialog", name="Plan a meeting").bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (PHONE["width"], PHONE["height"])
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_page_comes_back_by_itself_after_the_server_was_away(world: PageWorld, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(world.workspace) as address:
        page.goto(f"{address}/?as=anna&lang=en")
        page.get_by_role("main").wait_for()
        port = int(address.rsplit(":", 1)[1])
    expect(page.get_by_text("Reconnecting")).to_be_visible()
    world.bram.says(world.channel, "While you were away")
    with served(world.workspace, port):
        expect(page.get_by_text("While you were away")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("Reconnecting")).to_be_hidden()
    context.close()
