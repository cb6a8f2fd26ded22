"""When questions come: agreed on by the circle, changed by proposal, skipped and paused by its moderators."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core import names
from db.models import Proposal, SlotException
from playground.model import Message, View
from playground.people import Person
from tests.forged_payloads import presses, submits
from tests.reflection.actors import cards, next_week
from tests.world import World

pytestmark = pytest.mark.one_database
WORKABLE = "Op maandag heb ik les tot elf."


def page(world: World, person: Person) -> View:
    """The page of the rhythm, as this person opens it from `/klankbord`."""
    person.commands(world.circle, "/klankbord")
    person.presses(person.modal, names.RHYTHM_PRESSED)
    assert person.modal and person.modal.payload["callback_id"] == names.RHYTHM_PAGE
    return person.modal


def reads(world: World, person: Person) -> str:
    shown = person.visible_text(page(world, person))
    person.closes()
    person.closes()
    return shown


def proposes(world: World, **fields: object) -> dict[str, str] | None:
    """Anna fills in the form of the rhythm and sends it; the errors beside its fields."""
    world.anna.presses(page(world, world.anna), names.CHANGE_RHYTHM)
    world.anna.fills(world.anna.modal, fields)
    errors = world.anna.submits().errors
    world.settles()
    return errors


def card(world: World, state: str = names.OBJECT) -> Message:
    """The newest message in the channel with the button to object."""
    return [one for one in world.anna.messages(world.circle) if state in str(one.blocks)][-1]


def objects(world: World, person: Person, message: Message, words: str = WORKABLE) -> None:
    person.presses(message, names.OBJECT)
    person.fills(person.modal, {"words": words})
    assert person.submits().errors is None
    world.settles()


def test_a_field_that_an_open_form_lacks_keeps_what_the_circle_has(world: World) -> None:
    world.sets_up()
    assert proposes(world, weekdays=["1"], moves="no") is None
    world.anna.presses(page(world, world.anna), names.CHANGE_RHYTHM)
    form = world.anna.modal
    assert form is not None
    for field in ("weekdays", "moves"):
        del form.values[field]
    submits(world, world.anna, form, clock={"w": {"selected_time": "10:30"}})
    said = world.bram.visible_text(card(world))
    assert "elke dinsdag om 10:30" in said and "schuift" not in said


def passes(world: World, **time: float) -> None:
    """Time goes by at once."""
    world.calendar.move(timedelta(**time))
    world.elapsed.move(timedelta(**time))
    world.settles()


def kept(world: World) -> list[tuple[str, str]]:
    with world.bot.services.database.reading() as session:
        return [(row.slot, row.why) for row in session.scalars(select(SlotException).order_by(SlotException.slot))]


def channel(world: World) -> str:
    return world.bram.visible_text(world.circle)


def test_the_first_rhythm_is_a_proposal_and_the_question_comes_after_three_working_days(world: World) -> None:
    world.sets_up(weekday="3")
    said = world.bram.visible_text(card(world))
    assert "elke donderdag om 9:00" in said and "donderdag 19 november om 9:00" in said
    assert "vrijdag 13 november om 12:00" in said and "Trekkers: @Anna" in said
    passes(world, days=3, hours=23)
    assert cards(world) == [], "Thursday was too soon"
    passes(world, hours=3)
    assert names.OBJECT not in str([one.blocks for one in world.anna.messages(world.circle)])
    passes(world, days=6)
    assert len(cards(world)) == 1


def test_one_objection_stops_the_first_rhythm_and_an_amended_one_can_hold(world: World) -> None:
    world.sets_up()
    greeting = card(world)
    objects(world, world.bram, greeting)
    said = world.celine.visible_text(greeting)
    assert "Dit voorstel gaat niet door" in said and "De weekvraag komt" not in said
    assert WORKABLE in world.celine.visible_text(world.celine.thread(greeting)[-1])
    assert "@Anna" in world.celine.visible_text(world.celine.thread(greeting)[-1])
    assert "Er is nu geen ritme" in reads(world, world.celine)
    passes(world, days=8)
    assert cards(world) == []
    assert proposes(world, clock="14:00") is None
    passes(world, days=14)
    assert len(cards(world)) == 1 and "om 14:00" in world.bram.visible_text(greeting)


def test_another_rhythm_holds_when_nobody_objects_and_until_then_all_goes_on(world: World) -> None:
    world.sets_up()
    next_week(world)
    assert proposes(world, weekdays=["dinsdag", "donderdag"], weeks="1", clock="16:30") is None
    world.anna.closes()
    proposal = card(world)
    assert "elke dinsdag en donderdag om 16:30" in world.bram.visible_text(proposal)
    assert "elke maandag om 9:00" in reads(world, world.bram)
    passes(world, days=3, hours=7)
    assert "Niemand had bezwaar" in world.bram.visible_text(proposal)
    assert "elke dinsdag en donderdag" in reads(world, world.bram)
    for _ in range(7):
        passes(world, days=1)
    assert len(cards(world)) == 3, "that of the Monday before, a Tuesday and a Thursday"


def test_whoever_objects_says_what_would_make_it_workable_and_it_is_no_vote(world: World) -> None:
    world.sets_up()
    next_week(world)
    assert proposes(world, clock="07:00") is None
    proposal = card(world)
    world.bram.presses(proposal, names.OBJECT)
    assert world.bram.modal
    blank = {"words": {"value": {"value": "  "}}}
    assert "Schrijf in enkele woorden" in submits(world, world.bram, world.bram.modal, **blank)
    world.bram.closes()
    objects(world, world.bram, proposal, "Om acht uur lukt.")
    assert "Om acht uur lukt." in world.celine.visible_text(world.celine.thread(proposal)[-1])
    passes(world, days=14)
    assert "elke maandag om 9:00" in reads(world, world.bram)
    with world.bot.services.database.reading() as session:
        ids = session.scalars(select(Proposal.id)).all()
    read = [presses(world, world.celine, names.OBJECT, one) for one in ids]
    assert all("al afgehandeld" in text for text in read)


def test_a_later_proposal_takes_the_place_of_an_earlier_one_and_begins_with_it(world: World) -> None:
    world.sets_up()
    next_week(world)
    assert proposes(world, closed="21/12/2026 - 3/1/2027 kerstvakantie") is None
    first = card(world)
    world.anna.closes()
    assert proposes(world, clock="10:00") is None
    assert "ander voorstel in de plaats" in world.bram.visible_text(first)
    passes(world, days=4)
    shown = reads(world, world.bram)
    assert "elke maandag om 10:00" in shown and "kerstvakantie" in shown
    passes(world, days=17)
    assert "maandag 21 december om 10:00 · geen vraag (kerstvakantie)" in reads(world, world.bram)


def test_closed_periods_are_read_by_line_and_from_a_calendar(world: World) -> None:
    world.sets_up()
    next_week(world)
    wrong = proposes(world, closed="21/12/2026 - 3/1/2027 kerstvakantie\n31/2/2027", calendar_1="geen agenda")
    assert wrong and "Regel 2: die dag bestaat niet." in wrong.values()
    world.anna.fills(world.anna.modal, {"closed": "21/12/2026 - 3/1/2027 kerstvakantie"})
    assert "Hier zie ik geen afspraken" in str(world.anna.submits().errors)
    events = [("krokus", "20270208", ""), ("yoga", "20270301", "RRULE:FREQ=WEEKLY")]
    pasted = "\n".join(
        f"BEGIN:VEVENT\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{day}\n{more}\nEND:VEVENT" for name, day, more in events
    )
    world.anna.fills(world.anna.modal, {"calendar_1": pasted[:60]})
    world.anna.presses(world.anna.modal, names.MORE_CALENDAR)
    assert world.anna.modal and "kerstvakantie" in str(world.anna.modal.payload), "nothing is lost"
    world.anna.fills(world.anna.modal, {"calendar_2": pasted[60:]})
    assert world.anna.submits().errors is None
    world.settles()
    said = world.anna.visible_text(world.anna.modal)
    assert "1 periode overgenomen" in said and "Regel 6, niet overgenomen want het herhaalt zich: yoga" in said
    world.anna.closes()
    assert not world.anna.sees("De volgende vier"), "the page it was opened from knows nothing of it"
    assert "8/2/2027 krokus" in world.bram.visible_text(card(world))


def test_a_skipped_question_does_not_come_and_can_come_after_all(world: World) -> None:
    world.sets_up()
    page(world, world.anna)
    for _ in range(2):
        slot(world, world.anna, names.SKIP_SLOT)
    assert "De trekkers slaan de weekvraag van maandag 16 november over." in channel(world)
    assert kept(world) == [("2026-W47", "skipped")]
    world.anna.presses(world.anna.modal, names.UNSKIP_SLOT)
    world.settles()
    assert "De weekvraag van maandag 16 november komt toch." in channel(world) and kept(world) == []
    slot(world, world.anna, names.SKIP_SLOT)
    next_week(world)
    assert cards(world) == []
    next_week(world)
    assert len(cards(world)) == 1 and kept(world) == [("2026-W47", "skipped")]
    assert "Die vraag is er al" in slot(world, world.anna, names.UNSKIP_SLOT), "its moment is over"


def test_a_pause_ends_by_itself_or_when_somebody_goes_on(world: World) -> None:
    world.sets_up()
    shown = page(world, world.anna)
    world.anna.fills(shown, {names.PAUSE_UNTIL: "2026-12-01"})
    world.settles()
    assert "Pauze: tot dinsdag 1 december komt er geen weekvraag." in channel(world)
    world.anna.presses(world.anna.modal, names.RESUME)
    world.settles()
    assert "de volgende op maandag 16 november om 9:00" in channel(world)
    world.anna.fills(world.anna.modal, {names.PAUSE_UNTIL: "2026-12-01"})
    world.settles()
    assert reads(world, world.bram).count("geen vraag (pauze)") == 3
    passes(world, days=22)
    assert cards(world) == []
    passes(world, days=7)
    assert len(cards(world)) == 1 and [why for _, why in kept(world)] == ["paused"] * 3 + ["later"]


@pytest.mark.parametrize("day", ["2026-11-09", "2028-01-01", "morgen", ""])
def test_a_pause_until_a_day_that_cannot_be(world: World, day: str) -> None:
    world.sets_up()
    page(world, world.anna)
    assert "Kies een dag na vandaag" in slot(world, world.anna, names.PAUSE_UNTIL, day)
    assert "geen vraag" not in reads(world, world.bram)


def test_the_next_question_can_come_now_once_and_not_before_the_first_rhythm_holds(world: World) -> None:
    world.sets_up()
    assert "Stel de volgende nu" not in world.anna.visible_text(page(world, world.anna))
    assert "kan nu niet komen" in slot(world, world.anna, names.POST_NOW)
    passes(world, days=4, hours=3)
    for _ in range(2):
        world.anna.closes()
    world.anna.presses(page(world, world.anna), names.POST_NOW)
    world.settles()
    assert len(cards(world)) == 1
    assert "Die vraag is er al" in slot(world, world.anna, names.POST_NOW)
    passes(world, days=3)
    assert len(cards(world)) == 1, "it came in the place of that of Monday"
    passes(world, days=7)
    assert len(cards(world)) == 2


def test_a_question_that_is_asked_now_comes_at_once_and_after_hours_that_is_said_first(world: World) -> None:
    world.sets_up()
    passes(world, days=8)
    assert "buiten de werkuren" not in str(page(world, world.anna).payload)
    for _ in range(2):
        world.anna.closes()
    passes(world, hours=10)
    shown = page(world, world.anna)
    assert "Het is nu buiten de werkuren." in str(shown.payload) and "niet ongedaan" in str(shown.payload)
    world.anna.presses(shown, names.POST_NOW)
    world.settles()
    assert len(cards(world)) == 2


@pytest.mark.parametrize("action", [names.SKIP_SLOT, names.POST_NOW, names.PAUSE_UNTIL, names.RESUME])
def test_only_moderators_do_this_whatever_somebody_sends(world: World, action: str) -> None:
    world.sets_up()
    passes(world, days=5)
    shown = page(world, world.bram)
    assert "Sla over" not in world.bram.visible_text(shown) and "Stel een ander" not in world.bram.visible_text(shown)
    assert "De trekkers van deze kring stellen dit in." in slot(world, world.bram, action, "2026-W47")
    page(world, world.anna)
    world.anna.presses(world.anna.modal, names.CHANGE_RHYTHM)
    assert world.anna.modal and "De trekkers" in submits(world, world.bram, world.anna.modal)
    assert kept(world) == [] and cards(world) == []


def slot(world: World, person: Person, action: str, value: str = "2026-W47") -> str:
    """Somebody presses a button of their page, which may be old or not even be there; what they read then."""
    shown = person.modal
    assert shown
    return presses(world, person, action, value, view={**shown.payload, "id": shown.id})
