"""Time that is moved by hand, and colleagues who write when they are asked to: one person lives a whole case."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import main
from bot.config import Settings
from bot.rules.example import Example
from bot.views import language, names
from bot.views.case_intake import STORY, field_id
from bot.words import Speaker
from demo.cast import CIRCLES
from demo.guide import DemoGuide
from demo.stage import Stage, carrying, form_of, has_button, is_asked, rehearsal
from demo.start import own_settings, prepared
from playground.guide import Witness
from playground.model import Channel, Message
from playground.people import Person

BRUSSELS = ZoneInfo("Europe/Brussels")
# A Wednesday at ten in Brussels.
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


class Table:
    """Anna at her screen, and a guide beside it."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.guide = stage, DemoGuide(lambda: stage, "en").for_page()
        self.anna = stage.workspace.person("anna")

    @property
    def circle(self) -> Channel:
        return self.stage.workspace.channel(CIRCLES["en"])

    @property
    def example(self) -> Example:
        return self.example_of("vijf_stappen")

    def example_of(self, method: str) -> Example:
        example = self.stage.bot.desk.library.protocols[method].example
        assert example is not None
        return example

    def moves(self, to: str) -> list[str]:
        """Time goes on; what Anna is told of it."""
        witness, moment = Witness(self.anna), self.guide.moment(to, self.stage.clock())
        assert moment is not None
        self.guide.goes_to(moment)
        return [f"{one['kind']}: {one['text']}" for one in witness.tells()]

    def everybody_writes(self) -> dict[str, str]:
        """Ask all colleagues; who did what."""
        asked = self.guide.suggestions(self.anna)
        for one in asked:
            one.act()
        self.guide.goes_to(self.stage.clock())
        return {one.who.name: one.does for one in asked}

    def brings_the_example(self, owner: Person | None = None, method: str = "vijf_stappen") -> None:
        """By hand; Anna does, unless it is somebody else."""
        who, intake = owner or self.anna, self.example_of(method).intake
        who.commands(self.circle, "/intervision")
        who.chooses(form_of(who), "method", method)
        form = form_of(who)
        story = {
            "title": intake.title.in_("en"),
            "question": intake.question.in_("en"),
            STORY[0]: intake.situation.in_("en"),
        }
        own = {language.FIELD: "en"} if is_asked(form, language.FIELD) else {}
        besides = {field_id(key): text.in_("en") for key, text in intake.fields.items()}
        who.fills(form, story | {"theme": "internship_supervision"} | besides | own)
        who.submits()
        who.closes()
        self.stage.settles()

    def starts(self) -> None:
        own = self.anna.messages(self.anna.opens_dm(self.stage.workspace.bot))
        self.anna.presses(carrying(own, names.START_CASE), names.START_CASE)
        self.closes()
        self.stage.settles()

    @property
    def room(self) -> Channel:
        """The channel of Anna's newest case."""
        return max((one for one in self.anna.channels() if one.kind == "group"), key=lambda one: one.created)

    @property
    def say(self) -> Speaker:
        return self.stage.bot.desk.words["en"]

    def card(self) -> Message | None:
        """The newest card in the case's channel that can still be written on."""
        return next(iter(self.cards()), None)

    def cards(self) -> list[Message]:
        """All of those, the newest first: two steps can be open together."""
        return [one for one in reversed(self.anna.messages(self.room)) if has_button(one, names.WRITE)]

    def lives_it_through(self) -> list[str]:
        """Colleagues first, then Anna's own part, and only then time; what Anna was told of it."""
        witness = Witness(self.anna)
        while self.card():
            if not self.everybody_writes() and not self.passes():
                self.moves("deadline")
        return [f"{one['kind']}: {one['text']}" for one in witness.tells()]

    def passes(self) -> bool:
        """Anna has nothing to add; False where it is not her turn."""
        cards = self.cards()
        for card in cards:
            self.anna.presses(card, names.PASS)
            self.closes()
        self.stage.settles()
        return [card.ts for card in cards] != [card.ts for card in self.cards()]

    def closes(self) -> None:
        while self.anna.modal:
            self.anna.closes()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    settings = own_settings(Settings(), "en", tmp_path_factory.mktemp("demo"))
    workspace, clock = prepared(settings, main.build, WEDNESDAY)
    with rehearsal(workspace, settings, clock, main.build) as stage:
        yield Table(stage)


def test_a_person_alone_lives_a_whole_case(table: Table) -> None:
    """Anna presses her own buttons; colleagues and time do the rest."""
    assert set(table.everybody_writes().values()) == {"answer"}
    table.brings_the_example()
    assert table.everybody_writes() == dict.fromkeys(("Bram", "Céline", "Dirk", "Elif"), "join")
    table.starts()
    told = table.lives_it_through()
    text = table.anna.visible_text(table.room)
    said = [line.text.in_("en") for line in table.example.lines if line.by != "Anna" and line.text]
    assert [line for line in said if line not in text] == []
    assert table.say.plain("case.closing_header") in text
    steps = [one for one in told if one.startswith("new: Step")]
    assert steps == sorted(steps)
    assert len(steps) == 7


def test_colleagues_write_what_the_incident_method_has_them_say(table: Table) -> None:
    """Their questions and what they think, in every step that is theirs; what Anna told beforehand comes in its own."""
    table.brings_the_example(method="incidentmethode_10")
    assert set(table.everybody_writes().values()) == {"join"}
    table.starts()
    outcome = table.example_of("incidentmethode_10").intake.fields["outcome"].in_("en")
    assert not table.stage.workspace.person("dirk").sees(outcome)
    table.lives_it_through()
    lines = table.example_of("incidentmethode_10").lines
    text = table.anna.visible_text(table.room)
    assert [
        one.text.in_("en") for one in lines if one.by != "Anna" and one.text and one.text.in_("en") not in text
    ] == []
    assert outcome in text
    assert table.say.plain("case.closing_header") in text


def test_the_case_of_a_colleague_needs_nothing_of_anna_but_that_she_joins(table: Table) -> None:
    """Dirk speaks as the owner of the example then: he starts, and answers what he is asked."""
    anna, dirk = table.anna, table.stage.workspace.person("dirk")
    table.brings_the_example(owner=dirk)
    assert table.everybody_writes() == dict.fromkeys(("Bram", "Céline", "Elif"), "join")
    assert table.everybody_writes() == {}
    card = carrying(anna.messages(table.circle), names.JOIN_CASE)
    anna.presses(card, names.JOIN_CASE)
    table.closes()
    assert table.everybody_writes() == {"Dirk": "start"}
    table.lives_it_through()
    text = anna.visible_text(table.room)
    owners = [line for line in table.example.lines if line.by == "Anna" and line.text]
    asked = {line.id: line.by for line in table.example.lines}
    said = [line.text.in_("en") for line in owners if line.text and asked.get(line.about) != "Dirk"]
    assert [line for line in said if line not in text] == []
    assert table.say.plain("case.closing_header") in text


def test_what_is_due_on_the_way_happens_at_its_own_time(table: Table) -> None:
    """Two weeks in one jump: every weekly question on its day, and the step that was left open closes on its own."""
    anna, before = table.anna, table.stage.clock()
    table.brings_the_example()
    table.everybody_writes()
    table.starts()
    witness = Witness(anna)
    table.guide.goes_to(before + timedelta(weeks=3))
    told = witness.tells()
    moments = [datetime.fromisoformat(one["at"]) for one in told]
    asked = [at.astimezone(BRUSSELS) for at, one in zip(moments, told, strict=True) if "question" in one["text"]]
    assert [f"{at:%a %H:%M}" for at in asked] == ["Wed 09:00"] * 3
    closed = [at for at, one in zip(moments, told, strict=True) if one["kind"] == "closed"]
    assert closed
    assert all(at.astimezone(BRUSSELS).hour in (12, 17) for at in closed)
    assert all(before <= at <= table.stage.clock() for at in moments)


def test_time_goes_on_by_working_days_within_the_hours_that_people_work(table: Table) -> None:
    here = table.stage.clock().astimezone(BRUSSELS)
    table.moves("working_day")
    there = table.stage.clock().astimezone(BRUSSELS)
    assert there.date() > here.date()
    assert there.weekday() < 5
    assert 8 <= there.hour < 18


def test_a_colleague_who_is_filling_in_a_form_is_left_alone(table: Table) -> None:
    bram = table.stage.workspace.person("bram")
    bram.commands(table.circle, "/intervision")
    assert "Bram" not in table.everybody_writes()
    assert form_of(bram).submit
    bram.closes()
