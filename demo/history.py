"""Plays four weeks of a circle: its people press, fill in, send and reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count, takewhile

from bot.consent import rules as consent
from bot.core import names
from bot.core.calendar import Calendar
from bot.core.text import Language
from bot.reflection.surfaces import KEPT, READERS, SHARED, field_id
from bot.rhythm.rules.rhythm import Plan, Rhythm
from bot.slack.requirements import COMMANDS
from bot.words import Speakers
from demo.case import play_case
from demo.other_circles import KEEPERS, make_other_channels
from demo.script import ScriptTexts, read_script
from demo.world import DemoWorld, language_answer, newest_with_button, open_form_of
from playground.model import Conversation, Message
from playground.people import Person

WEEKS = 4
SET_UP_AT = time(8, 15)
# The question comes at nine on the weekday of the demo, so that one is new whenever a demo opens.
PROMPT_AT = time(9)
# In this week somebody brings a case: early enough to be finished.
WEEK_OF_THE_CASE = 1
# After this week Anna asks for invitations, and gets one before her next answer.
WEEK_OF_ASKING = 2


# In this week the circles of the other languages begin: too late for its next question, in time for that of today.
WEEK_OF_THE_OTHERS = 2


@dataclass(frozen=True)
class History:
    """A circle, and the texts that its people write."""

    world: DemoWorld
    circle: Conversation
    texts: ScriptTexts

    def play(self, until: datetime) -> None:
        """Play four weekly questions, a case, and on the day of `until` a fifth question with one answer."""
        *earlier, today = question_moments(self.world.calendar, until)
        self.set_up_circle(self.world.calendar.local(until).weekday())
        others: list[History] = []
        for week, asked_at in enumerate(earlier):
            self.world.move_to(asked_at)
            self.answer_question(week)
            if week == WEEK_OF_THE_OTHERS:
                others = self.set_up_other_circles(self.world.calendar.local(until).weekday())
            if week == WEEK_OF_THE_CASE:
                play_case(self.world, self.circle, self.texts.language)
            if week == WEEK_OF_ASKING:
                self.ask_for_invitations()
        self.world.move_by(hours=1)
        self.propose_question()
        self.read_everything()
        self.post_todays_question(today, until, others)

    def set_up_other_circles(self, weekday: int) -> list["History"]:
        """The circles of the other languages begin, in time for the question of today."""
        channels = make_other_channels(self.world, self.texts.language)
        others = [
            History(self.world, channel, ScriptTexts(self.texts.script, language))
            for language, channel in channels.items()
        ]
        for other in others:
            other.set_up_circle(weekday, *KEEPERS)
        return others

    def set_up_circle(self, weekday: int, host: str = "Anna", guest: str = "Elif") -> None:
        """The host invites Klankbord and sets up the circle; the guest says something."""
        anna, elif_ = (self.world.workspace.person(name) for name in (host, guest))
        in_language, script = self.texts.in_language, self.texts.script
        anna.says(self.circle, in_language(script.opening))
        anna.invites(self.circle, self.world.workspace.bot)
        self.world.finish_all()
        anna.presses(self._latest(anna, names.SET_UP), names.SET_UP)
        how = {"language": self.texts.language, "weekday": str(weekday), "clock": f"{PROMPT_AT:%H:%M}"}
        anna.fills(open_form_of(anna), how | {"contact": in_language(script.contact)})
        anna.submits()
        self.world.move_by(minutes=10)
        elif_.says(self.circle, in_language(script.answered))

    def answer_question(self, week: int) -> None:
        """Everybody answers: in a form or in the thread; and one person writes a private answer."""
        first, second, third, *others = self._in_turn(week)
        card = self._latest(first, names.ANSWER)
        theme = self._theme(first, card)
        self._shares(first, card, self.texts.next_answer(theme), minutes=20)
        self._replies(second, card, self.texts.next_answer(theme), minutes=95)
        self._shares(third, card, self.texts.next_answer(theme), hours=4)
        for person in others:
            self._replies(person, card, self.texts.next_reply(), hours=21)
        self.world.finish_all()
        second.reacts(self._shared(first, card), "heart")
        third.reacts(card, "seedling")
        self._keeps(second, card, self.texts.next_private_answer())

    def ask_for_invitations(self) -> None:
        """Anna asks for invitations to the next questions, at the hour that the form proposes."""
        anna = self.people[0]
        anna.opens_home()
        self.world.finish_all()
        anna.presses(anna.home, names.OPEN_OWN_PAGE)
        anna.presses(open_form_of(anna), names.INVITATIONS)
        anna.submits()
        while anna.modal:
            anna.closes()

    def propose_question(self) -> None:
        """Elif proposes a question, and Bram supports it."""
        elif_, bram = (self.world.workspace.person(name) for name in ("Elif", "Bram"))
        speaker, reflect = Speakers.load()[self.texts.language], COMMANDS["reflect"][self.texts.language]
        elif_.commands(self.circle, reflect, "question")
        written = {speaker.plain("questions.your_question"): self.texts.in_language(self.texts.script.proposal)}
        elif_.fills(open_form_of(elif_), {**written, speaker.plain("questions.about"): "dialogue"})
        elif_.submits()
        elif_.closes()
        bram.commands(self.circle, reflect, "questions")
        bram.presses(open_form_of(bram), names.SUPPORT)
        bram.closes()

    def read_everything(self) -> None:
        """Everybody reads everything."""
        for person in self.people:
            for channel in person.channels():
                person.reads(channel)

    def post_todays_question(self, asked_at: datetime, until: datetime, others: Sequence["History"]) -> None:
        """The question of today comes in every circle, and Elif answers it in the thread."""
        elif_ = self.world.workspace.person("Elif")
        self.world.move_to(asked_at)
        self.world.move_to(asked_at + (until - asked_at) / 2)
        for circle in (self, *others):
            card = circle._latest(elif_, names.ANSWER)
            elif_.says(circle.circle, circle.texts.in_language(self.texts.script.fresh), thread=card)
        self.world.move_to(until)
        self.world.finish_all()

    @property
    def people(self) -> list[Person]:
        """The cast, Anna first."""
        return self.world.workspace.people

    def _in_turn(self, week: int) -> list[Person]:
        """The cast, with another person first each week."""
        start = week % len(self.people)
        return [*self.people[start:], *self.people[:start]]

    def _shares(self, person: Person, card: Message, text: str, **after: float) -> None:
        self._writes(person, card, text, SHARED, **after)

    def _keeps(self, person: Person, card: Message, text: str) -> None:
        self._writes(person, card, text, KEPT, minutes=30)

    def _writes(self, person: Person, card: Message, text: str, readers: str, **after: float) -> None:
        self.world.move_by(**after)
        person.presses(card, names.ANSWER)
        form = open_form_of(person)
        person.fills(form, {field_id(1): text, READERS: readers} | language_answer(form, self.texts.language))
        person.submits()

    def _replies(self, person: Person, card: Message, text: str, **after: float) -> None:
        self.world.move_by(**after)
        person.says(self.circle, text, thread=card)

    def _shared(self, person: Person, card: Message) -> Message:
        """The first answer in the thread, which Klankbord posted."""
        return person.thread(card)[1]

    def _latest(self, person: Person, action: str) -> Message:
        """The newest message in the circle with this button."""
        return newest_with_button(person.messages(self.circle), action)

    def _theme(self, person: Person, card: Message) -> str:
        """The theme that the card names above the question; "" for an unknown one."""
        above = person.visible_text(card).splitlines()[0]
        themes = self.world.bot.services.library.themes.items()
        return next((key for key, name in themes if above.endswith(self.texts.in_language(name))), "")


def question_moments(calendar: Calendar, until: datetime) -> list[datetime]:
    """When the four earlier questions come, and the one on the day of `until`; holidays move some."""
    plan = Plan(Rhythm(weekdays=(calendar.local(until).weekday(),), clock=PROMPT_AT), calendar)
    slots = takewhile(lambda slot: slot.at <= until, plan.slots(until - 3 * timedelta(weeks=WEEKS)))
    return [slot.at for slot in slots if slot.fate.comes][-WEEKS - 1 :]


def set_up_moment(calendar: Calendar, until: datetime) -> datetime:
    """The morning of the set-up: the last one whose deadline for objections is before the first question."""
    first = question_moments(calendar, until)[0]
    days = (calendar.local(first).date() - timedelta(days=n) for n in count(1))
    mornings = (calendar.instant(day, SET_UP_AT) for day in days if calendar.is_working(day))
    return next(morning for morning in mornings if consent.objection_deadline(calendar, morning) < first)


def play_history(world: DemoWorld, circle: Conversation, spoken: Language, until: datetime) -> None:
    """Play the four weeks before `until`, in this language."""
    History(world, circle, ScriptTexts(read_script(), spoken)).play(until)
