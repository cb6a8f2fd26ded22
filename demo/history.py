"""Four weeks in the life of a circle, played by its people: they press, fill in, send and reply, as people do."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count, takewhile

from bot.consent import rules as consent
from bot.core import language_field as language
from bot.core import names
from bot.core.calendar import Calendar
from bot.core.text import Language
from bot.reflection.surfaces import field_id
from bot.rhythm.rules.rhythm import Plan, Rhythm
from bot.slack.requirements import COMMANDS
from bot.words import Speakers
from demo.case import play_case
from demo.script import Prompter, read_script
from demo.stage import Stage, carrying, form_of, is_asked
from playground.model import Conversation, Message
from playground.people import Person

WEEKS = 4
BEFORE_ALL = time(8, 15)
# The question comes at nine on the demo's own weekday, so that one is fresh whenever a demo opens.
PROMPT_AT = time(9)
# In which week somebody brings a case: late enough to know each other, early enough to be finished.
WEEK_OF_THE_CASE = 1
# After which week Anna asks to be invited: before her next answer she is, once.
WEEK_OF_ASKING = 2


@dataclass(frozen=True)
class History:
    """A circle and its weeks."""

    stage: Stage
    circle: Conversation
    prompter: Prompter

    def plays(self, until: datetime) -> None:
        """Four questions, a week for each, a case, and on the day of `until` a fifth question with one answer."""
        *before, today = questions(self.stage.calendar, until)
        self.begins(self.stage.calendar.local(until).weekday())
        for week, asked_at in enumerate(before):
            self.stage.until(asked_at)
            self.answers_the_question(week)
            if week == WEEK_OF_THE_CASE:
                play_case(self.stage, self.circle, self.prompter.language)
            if week == WEEK_OF_ASKING:
                self.asks_to_be_invited()
        self.stage.later(hours=1)
        self.proposes()
        self.looks_back()
        self.opens_today(today, until)

    def begins(self, weekday: int) -> None:
        """Anna brings Klankbord in and sets the circle up."""
        anna, elif_ = self.people[0], self.stage.workspace.person("Elif")
        speaker, script = self.prompter.line, self.prompter.script
        anna.says(self.circle, speaker(script.opening))
        anna.invites(self.circle, self.stage.workspace.bot)
        self.stage.settles()
        anna.presses(self._latest(anna, names.SET_UP), names.SET_UP)
        how = {"language": self.prompter.language, "weekday": str(weekday), "clock": f"{PROMPT_AT:%H:%M}"}
        anna.fills(form_of(anna), how | {"contact": speaker(script.contact)})
        anna.submits()
        self.stage.later(minutes=10)
        elif_.says(self.circle, speaker(script.answered))

    def answers_the_question(self, week: int) -> None:
        """Everybody says something: the first in a form, the others in a form or in the thread; one keeps it."""
        first, second, third, *others = self._in_turn(week)
        card = self._latest(first, names.ANSWER)
        theme = self._theme(first, card)
        self._shares(first, card, self.prompter.answer(theme), minutes=20)
        self._replies(second, card, self.prompter.answer(theme), minutes=95)
        self._shares(third, card, self.prompter.answer(theme), hours=4)
        for person in others:
            self._replies(person, card, self.prompter.reply(), hours=21)
        self.stage.settles()
        second.reacts(self._shared(first, card), "heart")
        third.reacts(card, "seedling")
        self._keeps(second, card, self.prompter.kept())

    def asks_to_be_invited(self) -> None:
        """Anna asks to be invited to the questions that come, at the hour that the form proposes."""
        anna = self.people[0]
        anna.opens_home()
        self.stage.settles()
        anna.presses(anna.home, names.INVITATIONS)
        anna.submits()
        anna.closes()

    def proposes(self) -> None:
        """Elif proposes a question of her own, and Bram says he would answer it."""
        elif_, bram = (self.stage.workspace.person(name) for name in ("Elif", "Bram"))
        speaker, reflect = Speakers.load()[self.prompter.language], COMMANDS["reflect"][self.prompter.language]
        elif_.commands(self.circle, reflect, "question")
        written = {speaker.plain("questions.your_question"): self.prompter.line(self.prompter.script.proposal)}
        elif_.fills(form_of(elif_), {**written, speaker.plain("questions.about"): "dialogue"})
        elif_.submits()
        elif_.closes()
        bram.commands(self.circle, reflect, "questions")
        bram.presses(form_of(bram), names.SUPPORT)
        bram.closes()

    def looks_back(self) -> None:
        """Everybody has read what there is."""
        for person in self.people:
            for channel in person.channels():
                person.reads(channel)

    def opens_today(self, asked_at: datetime, until: datetime) -> None:
        """The question of today appears, and Elif has a first word on it."""
        elif_ = self.stage.workspace.person("Elif")
        self.stage.until(asked_at)
        card = self._latest(elif_, names.ANSWER)
        self.stage.until(asked_at + (until - asked_at) / 2)
        elif_.says(self.circle, self.prompter.line(self.prompter.script.fresh), thread=card)
        self.stage.until(until)
        self.stage.settles()

    @property
    def people(self) -> list[Person]:
        """The cast, Anna first."""
        return self.stage.workspace.people

    def _in_turn(self, week: int) -> list[Person]:
        """The cast, each week with another one first."""
        start = week % len(self.people)
        return [*self.people[start:], *self.people[:start]]

    def _shares(self, person: Person, card: Message, text: str, **after: float) -> None:
        self._writes(person, card, text, **after)
        person.presses(form_of(person), names.SHARE_REFLECTION)
        person.closes()

    def _keeps(self, person: Person, card: Message, text: str) -> None:
        self._writes(person, card, text, minutes=30)
        person.presses(form_of(person), names.KEEP_REFLECTION)
        person.closes()

    def _writes(self, person: Person, card: Message, text: str, **after: float) -> None:
        self.stage.later(**after)
        person.presses(card, names.ANSWER)
        own = {language.FIELD: self.prompter.language} if is_asked(form_of(person), language.FIELD) else {}
        person.fills(form_of(person), {field_id(1): text} | own)
        person.submits()

    def _replies(self, person: Person, card: Message, text: str, **after: float) -> None:
        self.stage.later(**after)
        person.says(self.circle, text, thread=card)

    def _shared(self, person: Person, card: Message) -> Message:
        """What Klankbord posted for this person: the first thing in the thread."""
        return person.thread(card)[1]

    def _latest(self, person: Person, action: str) -> Message:
        """The newest message in the circle with this button on it."""
        return carrying(person.messages(self.circle), action)

    def _theme(self, person: Person, card: Message) -> str:
        """The theme that the card names above the question; "" if it is none of ours."""
        above = person.visible_text(card).splitlines()[0]
        themes = self.stage.bot.services.library.themes.items()
        return next((key for key, name in themes if above.endswith(self.prompter.line(name))), "")


def questions(calendar: Calendar, until: datetime) -> list[datetime]:
    """When the four questions of the weeks before come, and the one of the day of `until`; holidays move some."""
    plan = Plan(Rhythm(weekdays=(calendar.local(until).weekday(),), clock=PROMPT_AT), calendar)
    slots = takewhile(lambda slot: slot.at <= until, plan.slots(until - 3 * timedelta(weeks=WEEKS)))
    return [slot.at for slot in slots if slot.fate.comes][-WEEKS - 1 :]


def beginning(calendar: Calendar, until: datetime) -> datetime:
    """The morning on which the circle is set up: the last from which nobody objected before its first question."""
    first = questions(calendar, until)[0]
    days = (calendar.local(first).date() - timedelta(days=n) for n in count(1))
    mornings = (calendar.instant(day, BEFORE_ALL) for day in days if calendar.is_working(day))
    return next(morning for morning in mornings if consent.objection_deadline(calendar, morning) < first)


def play_history(stage: Stage, circle: Conversation, spoken: Language, until: datetime) -> None:
    """The weeks before `until`, in this language."""
    History(stage, circle, Prompter(read_script(), spoken)).plays(until)
