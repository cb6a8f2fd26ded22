"""Somebody alone with the guide beside the page, who brings the example of a method and lives it through."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from bot.core.text import Language
from bot.intervision.intake import intake_method
from bot.intervision.intake_surfaces import IntakeAnswers
from bot.intervision.views.card import step_heading
from bot.intervision.views.words import rating_name
from bot.library.enums import Closes, Kind, Optional, Role
from bot.library.example import Example
from bot.library.protocol import Protocol, Step
from bot.library.reading import load_library
from tests.browser.newcomer import COMMANDS, Window

LIBRARY = load_library()
THEMES = {"nl": "Stagebegeleiding", "en": "Internship supervision", "fr": "Accompagnement de stage"}
Page = dict[Language, str]
# Words of the page itself, which knows nothing of the bot.
ALL_WRITE: Page = {"nl": "Laat iedereen schrijven", "en": "Let everybody write", "fr": "Fais écrire tout le monde"}
A_DAY: Page = {"nl": "+1 werkdag", "en": "+1 working day", "fr": "+1 jour ouvrable"}
TO_DEADLINE: Page = {
    "nl": "tot de volgende deadline",
    "en": "to the next deadline",
    "fr": "jusqu’à la prochaine échéance",
}
# No step waits for more moments than this before its card comes.
PATIENCE = 6


class Alone:
    """Somebody with the guide beside them, and one method."""

    def __init__(self, seat: Window, method: str) -> None:
        self.seat, self.language = seat, seat.language
        self.method: Protocol = LIBRARY.protocols[method]
        self.panel = seat.page.locator("#guide")

    @property
    def example(self) -> Example:
        assert self.method.example is not None
        return self.method.example

    @property
    def today(self) -> datetime:
        return datetime.fromisoformat(self.panel.get_by_role("time").first.get_attribute("datetime") or "")

    # ------------------------------------------------------------------------------------------------ the guide

    def asks_all_to_write(self, until: Locator | None = None) -> None:
        """Once, or again and again until this is in sight: a colleague may still have been looking at the step before.

        Nothing happens where nobody could; what the guide offers follows the page a little later.
        """
        for _ in range(PATIENCE):
            with suppress(PlaywrightTimeoutError):
                self._button(ALL_WRITE).or_(until or self._button(ALL_WRITE)).first.wait_for(timeout=5_000)
            if until is not None and until.is_visible():
                return
            if self._button(ALL_WRITE).is_visible():
                self._presses(ALL_WRITE)
            if until is None:
                return
        expect(until or self.panel).to_be_visible()

    def lets_days_pass(self, working_days: int) -> None:
        for _ in range(working_days):
            self._presses(A_DAY)

    def lets_time_pass(self) -> None:
        """Until something is due."""
        self._presses(TO_DEADLINE)

    # ------------------------------------------------------------------------------------------------ the start

    def fills_in_the_intake(self, wish: str = "") -> Locator:
        """The example's own; the method is chosen by what one wants from colleagues, or by its name."""
        intake, speaker, hand, form = self.example.intake, self.seat.speaker, self.seat.hand, self.seat.form
        self.seat.types(COMMANDS[self.language]["case"])
        self._chooses_the_method(form, wish)
        hand.chooses(form.get_by_label(speaker.plain("case.intake_theme")), THEMES[self.language])
        self.seat.clicks("case.intake_next", form)
        hand.fills(form.get_by_label(speaker.plain("case.intake_title")), intake.title.in_(self.language))
        hand.fills(form.get_by_label(speaker.plain("case.intake_question")), intake.question.in_(self.language))
        for asked in self.method.fields:
            hand.fills(form.get_by_label(asked.label.in_(self.language)), intake.fields[asked.key].in_(self.language))
        hand.fills(self.story, intake.situation.in_(self.language))
        return form

    @property
    def story(self) -> Locator:
        """The first box for the story, in the form that is open."""
        box = intake_method(self.method, IntakeAnswers(), self.seat.speaker).boxes[0]
        return self.seat.form.get_by_label(box.label, exact=True)

    def brings_the_case(self) -> None:
        """Send the intake: it closes."""
        self.seat.clicks("case.intake_submit", self.seat.form)
        expect(self.seat.form).to_be_hidden()

    def _chooses_the_method(self, form: Locator, wish: str) -> None:
        speaker, name = self.seat.speaker, self.method.name.in_(self.language)
        if wish:
            wanted = next(one.wish for one in LIBRARY.wishes if one.key == wish)
            self.seat.hand.chooses(form.get_by_label(speaker.plain("case.intake_wish")), wanted.in_(self.language))
        else:
            self.seat.hand.chooses(form.get_by_label(speaker.plain("case.intake_method")), name)
        # The form is drawn again for it.
        expect(form).to_contain_text(name)
        expect(form.get_by_label(speaker.plain("case.intake_method")).locator("option:checked")).to_have_text(name)

    # ------------------------------------------------------------------------------------------------ the steps

    def card(self, step: str) -> Locator:
        """The card of a step, there or not."""
        return self.seat.page.get_by_role("article").filter(has_text=self.heading(step)).first

    def sees_the_card(self, step: str) -> Locator:
        """The card of a step, in sight."""
        card = self.card(step)
        expect(card).to_be_visible()
        return card

    def reads_in_thread(self, step: str, text: str) -> None:
        """The whole of what was written in a step."""
        self.seat.hand.clicks(self.card(step).locator("button.replies"))
        expect(self.seat.page.get_by_role("complementary").filter(has_text=text)).to_be_visible()

    def closed(self, step: str) -> Locator:
        """The card of a step in which nobody can write any more; not there before."""
        writing = self.seat.page.get_by_role("button", name=self.seat.speaker.plain(self._writing(step)), exact=True)
        return self.seat.page.get_by_role("article").filter(has_text=self.heading(step), has_not=writing).first

    def said(self, step: str) -> list[str]:
        """What the owner of the example says in a step."""
        lines = [line for line in self.example.lines if line.in_ == step and line.by == self.example.people.owner]
        return [line.text.in_(self.language) for line in lines if line.text]

    def opens_the_form(self, step: str) -> Locator:
        """Of a step's card."""
        self.seat.clicks(self._writing(step), self.sees_the_card(step))
        expect(self.seat.button("case.form_submit", self.seat.form)).to_be_visible()
        return self.seat.form

    def sends(self) -> None:
        """The form, which closes then."""
        with self.seat.is_told("receipt.closed"):
            self.seat.clicks("case.form_submit", self.seat.form)

    def writes(self, step: str, *texts: str, kind: str = "") -> None:
        """Through the form of a step's card, as many fields as there are texts."""
        seat, form = self.seat, self.opens_the_form(step)
        if kind:
            seat.hand.clicks(form.get_by_label(seat.speaker.plain(kind)))
        for place, text in enumerate(texts):
            seat.hand.fills(form.get_by_role("textbox").nth(place), text)
        self.sends()

    def rates(self, step: str) -> None:
        """As the owner of the example does, question by question in its order."""
        form = self.opens_the_form(step)
        lines = [line for line in self.example.lines if line.in_ == step and line.rating]
        for place, line in enumerate(lines):
            assert line.rating is not None
            chosen = form.get_by_role("radio", name=rating_name(self.seat.speaker, line.rating.value), exact=True)
            if place < chosen.count():
                self.seat.hand.clicks(chosen.nth(place))

    def passes(self, step: str) -> None:
        """Nothing to add."""
        card = self.sees_the_card(step)
        with self.seat.is_told("receipt.passed_closed"):
            self.seat.clicks("case.pass", card)

    def lives_through(self, step: Step) -> None:
        """All do what they do in a step; then it closes by itself, or when its time is over."""
        self.sees_the_card(step.key)
        if Role.OWNER in step.who:
            self._does_her_part(step)
        takes_its_time = step.closes != Closes.EARLY or step.reading_only or self.method.is_talk(step)
        waits_for_others = takes_its_time or self._is_open_with_the_next(step)
        if set(step.who) - {Role.OWNER} or step.together_with:
            self.asks_all_to_write(until=None if waits_for_others else self.closed(step.key))
        if takes_its_time:
            self._waits_for(self._after(step))

    def is_ready_to_read(self, step: Step) -> None:
        """In the thread of a step that closed, once she is ready."""
        self.seat.clicks("case.ready", self.card(step.key))

    def steps(self) -> Sequence[Step]:
        """Those of a case without observers, where nothing is chosen at the start; the one with the story is done."""
        steps = [step for step in self.method.steps if step.optional != Optional.LEFT_OUT]
        return [step for step in steps if Kind.CASE_STORY not in step.kinds and step.who != (Role.OBSERVER,)]

    def heading(self, step: str) -> str:
        """What stands above the card of a step, and over its thread."""
        return step_heading(self.seat.speaker, self.method.numbered(), self.method.step(step))

    @property
    def closing(self) -> Locator:
        """The last card, there or not."""
        return self.seat.page.get_by_role("article").filter(has_text=self.seat.speaker.plain("case.closing_header"))

    def sees_the_closing(self) -> Locator:
        """The last card, in sight."""
        expect(self.closing).to_be_visible()
        return self.closing

    def _is_open_with_the_next(self, step: Step) -> bool:
        """Whether it closes only with another that comes after it."""
        return any(step.key == other.together_with for other in self.steps())

    def _writing(self, step: str) -> str:
        """What stands on the button that opens the form of a step."""
        return "case.rate" if Kind.RATING in self.method.step(step).kinds else "case.write"

    def _does_her_part(self, step: Step) -> None:
        """What the example's owner says first; nothing to add where that is nothing, or answers somebody's question."""
        if Kind.RATING in step.kinds:
            self.rates(step.key)
            self.sends()
        elif (texts := self.said(step.key)[: max(1, step.per_person.min)]) and step.about is None:
            self.writes(step.key, *texts)
        else:
            self.passes(step.key)

    def _after(self, step: Step) -> str:
        """How what comes after a step is headed."""
        following = self.steps()[self.steps().index(step) + 1 :]
        if following:
            return self.heading(following[0].key)
        return self.seat.speaker.plain("case.closing_headline")

    def _waits_for(self, title: str) -> None:
        """Let time pass until the guide tells that this came."""
        for _ in range(PATIENCE):
            if title in self._told:
                return
            self.lets_time_pass()
        raise AssertionError(f"{title!r} did not come; the guide tells: {self._told}")

    @property
    def _told(self) -> str:
        """What happened at the last press."""
        story = self.panel.locator(".guide-story")
        return story.inner_text() if story.count() else ""

    def _button(self, words: Page) -> Locator:
        return self.panel.get_by_role("button", name=words[self.language], exact=True)

    def _presses(self, words: Page) -> None:
        """Press, and wait until all is said."""
        self._button(words).click()
        expect(self.panel.locator(".waiting")).to_have_count(0)
