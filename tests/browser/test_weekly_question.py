"""The weekly question in three languages: what becomes of an answer, a journal, and what Home offers around it."""

import pytest
from playwright.sync_api import Browser, expect

from bot.core import names
from bot.core.text import Language
from bot.reflection.surfaces import NAMELESS, READERS, SENT, SHARED, field_id
from demo.script import read_script
from playground.page import page_routes
from playground.server import serve
from tests.browser.conftest import RunningDemo
from tests.browser.home_rows import MINE, MY_CIRCLE, comes_back, goes_behind, home_button, opens_home
from tests.browser.newcomer import COMMANDS, Hand, Window, window
from tests.browser.test_newcomer import chooses_readers, somebody_else
from tests.chromium import needs_chromium
from tests.reflection.actors import card, next_week, question_comes
from tests.world import World

pytestmark = [pytest.mark.browser, needs_chromium]

OWN_QUESTION = {
    "nl": "Wat deed een student deze week dat jou aan het denken zette?",
    "en": "What did a student do this week that set you thinking?",
    "fr": "Qu’a fait cette semaine un étudiant qui t’a fait réfléchir ?",
}
HALF, REST = (
    {"nl": "Ik zweeg, en de student", "en": "I kept silent, and the student", "fr": "Je me suis tue, et l’étudiant"},
    {"nl": " begon te vertellen.", "en": " began to tell.", "fr": " a commencé à raconter."},
)
WORKABLE = {"nl": "Wekelijks tot Kerstmis.", "en": "Every week until Christmas.", "fr": "Chaque semaine jusqu’à Noël."}
# Words of the page itself, which knows nothing of the bot.
PRIVATE = {"nl": "Berichten", "en": "Messages", "fr": "Messages"}


def test_what_becomes_of_an_answer(demo: RunningDemo, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    context = browser.new_context()
    anna = window(context, demo.url, Hand(), demo.language)
    bram = somebody_else(anna, "Bram")
    keeps_a_draft_and_goes_on(anna)
    sends_it_to_bram(anna)
    shares_in_the_thread_and_thinks_better_of_it(bram)
    reads_in_private(bram, said(anna))
    bram.is_pictured("47-from-a-colleague")
    context.close()


def test_a_journal(demo: RunningDemo, browser: Browser) -> None:
    """Elif's: she wrote often enough to have something to look for."""
    expect.set_options(timeout=30_000)
    context = browser.new_context()
    elif_ = window(context, demo.url.replace("as=anna", "as=elif"), Hand(), demo.language)
    words = read_script().fresh.in_(demo.language)
    elif_.types(f"{COMMANDS[demo.language]['reflect']} journal")
    finds(elif_, words)
    takes_it_along(elif_)
    has_it_kept_no_more(elif_, words)
    elif_.clicks("common.close", elif_.form)
    expect(elif_.form).to_be_hidden()
    reads_in_private(elif_, ".html")
    elif_.is_pictured("52-journal-taken-along")
    context.close()


def test_what_home_offers_around_the_weekly_question(demo: RunningDemo, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    context = browser.new_context()
    anna = window(context, demo.url, Hand(), demo.language)
    bram = somebody_else(anna, "Bram")
    opens_home(anna)
    proposes_a_question(anna)
    would_answer_it(bram)
    skips_a_week_and_thinks_better_of_it(anna)
    proposes_another_rhythm(anna)
    objects(bram)
    looks_in_her_journal(anna)
    is_invited_at_another_hour(anna)
    context.close()


@pytest.mark.one_database
@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_without_a_name_in_a_circle_of_twelve(world: World, browser: Browser, language: Language) -> None:
    expect.set_options(timeout=30_000)
    question_comes(world, language=language)
    for name in ("Farid", "Gitte", "Hugo", "Ines", "Joris", "Katrien", "Lien"):
        world.finds(name)
    server = serve(world.workspace, page_routes=page_routes(world.workspace))
    context = browser.new_context()
    anna = window(context, f"{server.url}/?as=anna&lang={language}", Hand(), language)
    shares_without_her_name(anna)
    bram_does_too(world)
    next_week(world)
    finds_it_among_others(anna)
    context.close()
    server.stop()


def keeps_a_draft_and_goes_on(anna: Window) -> None:
    """It waits in Home, with what stands in it."""
    anna.clicks("reflection.answer")
    anna.hand.fills(anna.form.get_by_role("textbox").first, HALF[anna.language])
    anna.clicks("reflection.as_draft", anna.form)
    expect(anna.button("reflection.drop", anna.form)).to_be_visible()
    anna.closes()
    anna.opens("^Klankbord")
    anna.is_pictured("45-draft-in-home")
    anna.hand.clicks(home_button(anna, "reflection.go_on"))
    field = anna.form.get_by_role("textbox").first
    expect(field).to_have_value(HALF[anna.language])
    anna.hand.fills(field, said(anna))


def sends_it_to_bram(anna: Window) -> None:
    """The field for the colleague comes with the choice."""
    chooses_readers(anna, SENT)
    whom = anna.form.get_by_label(anna.speaker.plain("reflection.colleague"))
    expect(whom).to_be_visible()
    anna.hand.chooses(whom, "Bram")
    anna.is_pictured("46-choices")
    anna.clicks("reflection.done", anna.form)
    expect(anna.form).to_be_hidden()


def shares_in_the_thread_and_thinks_better_of_it(bram: Window) -> None:
    """What the circle reads, and then only he."""
    bram.clicks("reflection.answer")
    bram.hand.fills(bram.form.get_by_role("textbox").first, said(bram))
    chooses_readers(bram, SHARED)
    bram.clicks("reflection.done", bram.form)
    expect(bram.form).to_be_hidden()
    bram.hand.clicks(bram.message("reflection.answer").locator("button.replies"))
    thread = bram.page.get_by_role("complementary").filter(has=bram.button("reflection.answer"))
    expect(thread).to_contain_text(said(bram))
    bram.clicks("reflection.answer", thread)
    bram.clicks("reflection.unshare", bram.form)
    expect(bram.button("reflection.share", bram.form)).to_be_visible()
    bram.closes()
    expect(thread).not_to_contain_text(said(bram))


def shares_without_her_name(anna: Window) -> None:
    """Until the round ends she can think better of it."""
    anna.clicks("reflection.answer")
    anna.hand.fills(anna.form.get_by_role("textbox").first, said(anna))
    chooses_readers(anna, NAMELESS)
    anna.is_pictured("50-four-choices")
    anna.clicks("reflection.done", anna.form)
    expect(anna.form).to_be_hidden()


def bram_does_too(world: World) -> None:
    world.bram.presses(card(world), names.ANSWER)
    world.bram.fills(world.bram.modal, {field_id(1): "…", READERS: NAMELESS})
    assert world.bram.submits().errors is None


def finds_it_among_others(anna: Window) -> None:
    """Once the round is over; nothing there says whose it is."""
    anna.page.get_by_role("article").locator("button.replies").first.click()
    thread = anna.page.get_by_role("complementary").filter(has=anna.button("reflection.answer"))
    expect(thread).to_contain_text(said(anna))
    expect(thread).to_contain_text(anna.speaker.plain("reflection.shares_nameless"))
    expect(thread).not_to_contain_text("Anna")
    anna.is_pictured("51-without-a-name")


def reads_in_private(reader: Window, text: str) -> None:
    """From the bot."""
    reader.opens("^Klankbord")
    reader.hand.clicks(reader.page.get_by_role("tab", name=PRIVATE[reader.language]))
    expect(reader.page.get_by_role("log")).to_contain_text(text)


def finds(elif_: Window, words: str) -> None:
    """By some of the words, this alone."""
    form = elif_.form
    expect(elif_.button("journal.older", form)).to_be_visible()
    elif_.hand.fills(form.get_by_label(elif_.speaker.plain("journal.search")), words[:25])
    elif_.clicks("journal.search_submit", form)
    expect(elif_.button("journal.older", form)).to_have_count(0)
    expect(form.get_by_role("button", name=elif_.speaker.plain("journal.open"), exact=True)).to_have_count(1)
    expect(form).to_contain_text(words)
    elif_.is_pictured("48-found")


def takes_it_along(elif_: Window) -> None:
    elif_.clicks("journal.export", elif_.form)
    elif_.clicks("journal.as_html", elif_.form)
    expect(elif_.form).to_contain_text(elif_.speaker.plain("journal.on_its_way"))
    elif_.clicks("journal.back", elif_.form)


def has_it_kept_no_more(elif_: Window, words: str) -> None:
    """What she typed in the thread, which stays there."""
    elif_.clicks("journal.open", elif_.form)
    elif_.clicks("journal.forget", elif_.form)
    sure = elif_.form.filter(has_text=elif_.speaker.plain("journal.forget_sure"))
    elif_.clicks("journal.forget", sure)
    expect(elif_.form).to_contain_text(elif_.speaker.plain("journal.reply_gone"))
    elif_.clicks("journal.back", elif_.form)
    expect(elif_.form).to_contain_text(elif_.speaker.plain("journal.nothing_found"))
    expect(elif_.form).not_to_contain_text(words)


def would_answer_it(bram: Window) -> None:
    opens_home(bram)
    goes_behind(bram, MY_CIRCLE, "questions.title")
    expect(bram.form).to_contain_text(OWN_QUESTION[bram.language])
    before = bram.form.get_by_role("button", name=bram.speaker.plain("questions.no_longer"), exact=True).count()
    bram.clicks("questions.would", bram.form)
    expect(bram.form.get_by_role("button", name=bram.speaker.plain("questions.no_longer"))).to_have_count(before + 1)
    comes_back(bram, MY_CIRCLE)


def proposes_another_rhythm(anna: Window) -> None:
    goes_behind(anna, MY_CIRCLE, "rhythm.title")
    anna.clicks("rhythm.change", anna.form)
    anna.hand.clicks(anna.form.get_by_label(anna.speaker.plain("rhythm.weeks_2")))
    anna.clicks("rhythm.propose", anna.form)
    anna.closes()


def objects(bram: Window) -> None:
    """The card says so, and his words stand under it."""
    bram.opens("coaching")
    bram.clicks("proposal.object")
    bram.hand.fills(bram.form.get_by_role("textbox").first, WORKABLE[bram.language])
    bram.is_pictured("49-objection")
    bram.clicks("proposal.submit", bram.form)
    expect(bram.form).to_be_hidden()
    card = bram.message("proposal.object")
    expect(card).to_contain_text(bram.speaker.plain("proposal.stopped"))
    bram.hand.clicks(card.locator("button.replies"))
    expect(bram.page.get_by_role("complementary").filter(has_text=WORKABLE[bram.language])).to_be_visible()


def proposes_a_question(anna: Window) -> None:
    """Hers stands among the proposals, with a way to take it back."""
    goes_behind(anna, MY_CIRCLE, "questions.title")
    anna.clicks("questions.propose", anna.form)
    anna.hand.fills(anna.form.get_by_role("textbox").first, OWN_QUESTION[anna.language])
    anna.hand.chooses(anna.form.get_by_role("combobox"), anna.form.get_by_role("option").nth(1).inner_text())
    anna.is_pictured("40-proposing")
    anna.clicks("questions.submit", anna.form)
    expect(anna.form).to_contain_text(OWN_QUESTION[anna.language])
    expect(anna.button("questions.withdraw", anna.form)).to_be_visible()
    anna.is_pictured("41-questions")
    comes_back(anna, MY_CIRCLE)


def skips_a_week_and_thinks_better_of_it(anna: Window) -> None:
    goes_behind(anna, MY_CIRCLE, "rhythm.title")
    anna.hand.clicks(anna.form.get_by_role("button", name=anna.speaker.plain("rhythm.skip"), exact=True).first)
    expect(anna.button("rhythm.unskip", anna.form)).to_be_visible()
    anna.is_pictured("42-rhythm")
    anna.clicks("rhythm.unskip", anna.form)
    expect(anna.button("rhythm.unskip", anna.form)).to_have_count(0)
    comes_back(anna, MY_CIRCLE)


def looks_in_her_journal(anna: Window) -> None:
    """One entry, and back to all."""
    goes_behind(anna, MINE, "journal.title")
    expect(anna.button("journal.export", anna.form)).to_be_visible()
    anna.is_pictured("43-journal")
    anna.hand.clicks(anna.form.get_by_role("button", name=anna.speaker.plain("journal.open"), exact=True).first)
    anna.clicks("journal.back", anna.form)
    expect(anna.button("journal.export", anna.form)).to_be_visible()
    comes_back(anna, MINE)


def is_invited_at_another_hour(anna: Window) -> None:
    """She asked weeks ago; from now on it is a quarter past eight."""
    goes_behind(anna, MINE, "invitation.title")
    expect(anna.button("invitation.pause", anna.form)).to_be_visible()
    anna.hand.fills(anna.form.locator("input[type=time]"), "08:15")
    anna.clicks("invitation.change", anna.form)
    expect(anna.form).to_contain_text("8:15")
    anna.is_pictured("44-invitations")
    comes_back(anna, MINE)


def said(somebody: Window) -> str:
    """The whole answer."""
    return HALF[somebody.language] + REST[somebody.language]
