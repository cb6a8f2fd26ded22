"""Anna at her screen, with a guide beside it."""

from bot.core import names
from bot.intervision.intake_surfaces import STORY_FIELDS, intake_field_id
from bot.library.example import Example
from bot.words import Speaker
from demo.cast import CIRCLES
from demo.guide import DemoGuide
from demo.world import DemoWorld, close_all, has_button, language_answer, newest_with_button, open_form_of
from playground.guide import AppObserver
from playground.model import Conversation, Message
from playground.people import Person


class Table:
    """Anna at her screen, and a guide beside it."""

    def __init__(self, world: DemoWorld) -> None:
        self.world, self.guide = world, DemoGuide(lambda: world, "en").page_guide()
        self.anna = world.workspace.person("anna")

    @property
    def circle(self) -> Conversation:
        return self.world.workspace.channel(CIRCLES["en"])

    @property
    def example(self) -> Example:
        return self.example_of("vijf_stappen")

    def example_of(self, method: str) -> Example:
        example = self.world.bot.services.library.protocols[method].example
        assert example is not None
        return example

    def moves(self, to: str) -> list[str]:
        """Time goes on; what Anna is told of it."""
        witness, moment = AppObserver(self.anna), self.guide.moment(to, self.world.clock())
        assert moment is not None
        self.guide.goes_to(moment)
        return [f"{one['kind']}: {one['text']}" for one in witness.events_since()]

    def everybody_writes(self, in_view: Conversation | None = None) -> dict[str, str]:
        """Ask all colleagues, with this channel in view; who did what."""
        asked = self.guide.suggestions(self.anna, in_view.id if in_view else "")
        for one in asked:
            one.act()
        self.guide.goes_to(self.world.clock())
        return {one.who.name: one.does for one in asked}

    def brings_the_example(self, owner: Person | None = None, method: str = "vijf_stappen", **instead: str) -> None:
        """By hand; Anna does, unless it is somebody else. `instead` are words of the owner's own, by field."""
        who, intake = owner or self.anna, self.example_of(method).intake
        who.commands(self.circle, "/intervision")
        who.chooses(open_form_of(who), "method", method)
        form = open_form_of(who)
        story = {
            "title": intake.title.in_("en"),
            "question": intake.question.in_("en"),
            STORY_FIELDS[0]: intake.situation.in_("en"),
        }
        besides = {intake_field_id(key): text.in_("en") for key, text in intake.fields.items()}
        who.fills(form, story | instead | {"theme": "internship_supervision"} | besides | language_answer(form, "en"))
        who.submits()
        who.closes()
        self.world.finish_all()

    def starts(self) -> None:
        own = self.anna.messages(self.anna.opens_dm(self.world.workspace.bot))
        self.anna.presses(newest_with_button(own, names.START_CASE), names.START_CASE)
        self.closes()
        self.world.finish_all()

    @property
    def room(self) -> Conversation:
        """The channel of Anna's newest case, or the conversation of its two people."""
        rooms = (one for one in self.anna.channels() if one.kind in ("group", "mpim"))
        return max(rooms, key=lambda one: one.created)

    @property
    def speaker(self) -> Speaker:
        return self.world.bot.services.speakers["en"]

    def card(self) -> Message | None:
        """The newest card in the case's channel that can still be written on."""
        return next(iter(self.cards()), None)

    def cards(self) -> list[Message]:
        """All of those, the newest first: two steps can be open together."""
        return [one for one in reversed(self.anna.messages(self.room)) if has_button(one, names.WRITE)]

    def lives_it_through(self) -> list[str]:
        """Colleagues first, then Anna's own part, and only then time; what Anna was told of it."""
        witness = AppObserver(self.anna)
        while self.card():
            if not self.everybody_writes() and not self.passes():
                self.moves("deadline")
        return [f"{one['kind']}: {one['text']}" for one in witness.events_since()]

    def passes(self) -> bool:
        """Anna has nothing to add; False where it is not her turn."""
        cards = self.cards()
        for card in cards:
            self.anna.presses(card, names.PASS)
            self.closes()
        self.world.finish_all()
        return [card.ts for card in cards] != [card.ts for card in self.cards()]

    def closes(self) -> None:
        close_all(self.anna)
