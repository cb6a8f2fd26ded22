"""The newcomer's first five minutes, in three languages: by visible text alone, and in few steps."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from bot.intervision.intake import intake_method
from bot.intervision.intake_surfaces import IntakeAnswers
from bot.reflection.surfaces import KEPT, SHARED
from tests.browser.alone import THEMES
from tests.browser.conftest import RunningDemo
from tests.browser.newcomer import COMMANDS, EXAMPLE, METHOD, Hand, Window, window, window_of
from tests.chromium import needs_chromium

MOST_ACTIONS = 60
THEIR_ROOM = "^intervis"

pytestmark = [pytest.mark.browser, needs_chromium]


def test_the_first_five_minutes(demo: RunningDemo, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    context, hand = browser.new_context(), Hand()
    anna = window(context, demo.url, hand, demo.language)
    anna.is_pictured("1-opens")
    anna.is_printed("question", anna.message("reflection.answer"))
    answers_the_question(anna)
    brings_a_case(anna)
    bram, celine = (somebody_else(anna, name) for name in ("Bram", "Céline"))
    for person in (bram, celine):
        person.clicks("case.join")
    starts(anna, bram, celine)
    plays(anna, bram, celine)
    pulls_the_digest(anna)
    keeps_an_answer(celine)
    context.close()
    assert len(hand.actions) <= MOST_ACTIONS, "\n".join(hand.actions)


def answers_the_question(anna: Window) -> None:
    """Through the button and the form, in the thread."""
    anna.clicks("reflection.answer")
    expect(anna.form).to_be_visible()
    anna.is_pictured("2-answer")
    anna.hand.fills(anna.form.get_by_role("textbox").first, said(anna, "bram_asks"))
    chooses_readers(anna, SHARED)
    with anna.is_told("reflection.receipt_shared"):
        anna.clicks("reflection.done", anna.form)


def chooses_readers(somebody: Window, readers: str) -> None:
    """For whom an answer is."""
    somebody.hand.clicks(somebody.form.get_by_label(somebody.speaker.plain(f"reflection.for_{readers}")))


def keeps_an_answer(window: Window) -> None:
    """One command, one form, one click; and then it stands in one's journal."""
    celine = replace(window, hand=Hand())
    before = len(celine.hand.actions)
    celine.types(COMMANDS[celine.language]["reflect"])
    celine.hand.fills(celine.form.get_by_role("textbox").first, said(celine, None, "core"))
    chooses_readers(celine, KEPT)
    with celine.is_told("reflection.receipt_kept"):
        celine.clicks("reflection.done", celine.form)
    assert len(celine.hand.actions) - before == 5, "typed and sent, written and sent, and one click"
    celine.types(f"{COMMANDS[celine.language]['reflect']} journal")
    expect(celine.form).to_contain_text(said(celine, None, "core"))
    celine.clicks("common.close", celine.form)
    expect(celine.form).to_be_hidden()


def brings_a_case(anna: Window) -> None:
    """The example's own."""
    language, intake = anna.language, EXAMPLE.intake
    anna.types(COMMANDS[language]["case"])
    form = anna.form
    anna.hand.chooses(form.get_by_label(anna.speaker.plain("case.intake_theme")), THEMES[language])
    anna.clicks("case.intake_next", form)
    anna.hand.fills(form.get_by_label(anna.speaker.plain("case.intake_title")), intake.title.in_(language))
    anna.hand.fills(form.get_by_label(anna.speaker.plain("case.intake_question")), intake.question.in_(language))
    box = intake_method(METHOD, IntakeAnswers(), anna.speaker).boxes[0]
    anna.hand.fills(form.get_by_label(box.label, exact=True), intake.situation.in_(language))
    anna.is_pictured("3-case")
    anna.clicks("case.intake_submit", form)
    expect(form).to_be_hidden()
    expect(anna.button("case.join")).to_be_visible()
    anna.is_pictured("4-invitation")
    anna.is_printed("invitation", anna.message("case.join"))


def somebody_else(anna: Window, name: str) -> Window:
    """A window of their own, by the link in the guide."""
    with anna.page.context.expect_page() as opened:
        anna.hand.clicks(anna.page.get_by_role("link", name=name))
    return window_of(name, opened.value, anna.hand, anna.language)


def starts(anna: Window, *others: Window) -> None:
    """Anna sees who joined, and starts; everybody goes to the case's own channel."""
    anna.opens("^Klankbord")
    anna.is_pictured("5-owner")
    anna.is_printed("start", anna.message("live.start_calm"))
    anna.clicks("live.start_calm")
    for person in (anna, *others):
        person.opens_new(THEIR_ROOM)


def plays(anna: Window, bram: Window, celine: Window) -> None:
    """Five steps: written, passed, answered, to the closing card."""
    bram.writes("exploring", said(anna, "bram_asks"))
    anna.is_pictured("6-step")
    anna.is_printed("step", anna.card("exploring"))
    celine.passes("exploring")
    anna.writes("exploring_answers", said(anna, None, "exploring_answers"))
    celine.writes("core", said(anna, None, "core"))
    bram.passes("core")
    anna.passes("core_reaction")
    bram.writes("advice", said(anna, None, "advice"))
    bram.is_pictured("7-kept")
    celine.passes("advice")
    anna.passes("advice_reaction")
    anna.writes("evaluation", said(anna, None, "evaluation"))
    bram.passes("evaluation_all")
    celine.passes("evaluation_all")
    anna.reads(anna.speaker.plain("case.closing_header"))
    anna.is_pictured("8-closing")
    anna.is_printed("closing", anna.message("ending.take_along"))


def pulls_the_digest(anna: Window) -> None:
    """The page everybody in the circle sees."""
    anna.types(COMMANDS[anna.language]["digest"])
    expect(anna.form).to_contain_text(METHOD.name.in_(anna.language))
    anna.is_pictured("9-digest")
    anna.is_printed("digest", anna.form)


def said(window: Window, line: str | None, step: str = "") -> str:
    """What the example says, in the window's language."""
    texts = (one.text for one in EXAMPLE.lines if (one.id == line if line else one.in_ == step) and one.text)
    return next(texts).in_(window.language)
