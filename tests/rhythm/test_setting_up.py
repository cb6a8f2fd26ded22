"""A circle begins: invited, greeted, set up by whoever comes first, and changed by its moderators."""

import pytest

from playground.faults import Fault, FaultRule
from playground.model import Message, View
from playground.people import Person
from tests.forged_payloads import submits
from tests.world import World

pytestmark = pytest.mark.one_database

CONTACT = "Vertrouwenspersoon: 016 00 00 00"
ONLY_MODERATORS = "De trekkers van deze kring stellen dit in."
ONE_MOMENT = "Eén moment: ik zoek even op wie je bent."
FRIDAY = {"w": {"selected_option": {"value": "4"}}}
NOT_IN_CIRCLE = "Dit hoort bij een kring waar je niet in zit."


def form_of(world: World, person: Person) -> View:
    """What `/klankbord` opens for somebody."""
    person.commands(world.circle, "/klankbord")
    world.settles()
    assert person.modal is not None
    return person.modal


def fills_in(world: World, person: Person, **fields: object) -> dict[str, str] | None:
    """Somebody fills in the set-up form and sends it; the errors beside its fields."""
    person.fills(form_of(world, person), {"contact": CONTACT, **fields})
    errors = person.submits().errors
    world.settles()
    return errors


def said(world: World) -> list[Message]:
    """What the bot said in the channel."""
    return [m for m in world.anna.messages(world.circle) if m.user == world.workspace.bot.id and m.blocks]


def page_of(world: World, person: Person) -> str:
    return person.visible_text(form_of(world, person))


def test_invited_it_says_who_it_is_what_it_keeps_and_offers_to_begin(world: World):
    world.arrives()
    greeting = world.anna.messages(world.circle)[-1]
    said = world.bram.visible_text(world.circle)
    assert "Klankbord" in said and "Kring instellen" in said
    assert greeting.user == world.workspace.bot.id
    world.bram.presses(greeting, "set_up_pressed")
    assert world.bram.modal and "Kring instellen" in str(world.bram.modal.payload["title"])


@pytest.mark.parametrize(("language", "monday"), [("nl", "maandag"), ("en", "Monday"), ("fr", "lundi")])
def test_set_up_in_three_languages_its_greeting_becomes_when_the_question_comes(
    world: World, language: str, monday: str
):
    world.sets_up(language=language)
    assert monday in world.bram.visible_text(said(world)[0])
    assert len(said(world)) == 1


def test_whoever_sets_up_is_its_moderator_and_others_read_how_it_works(world: World):
    world.sets_up()
    page = page_of(world, world.bram)
    assert "De weekvraag komt elke maandag om 9:00." in page
    assert "@Anna" in page and CONTACT in page
    assert world.bram.modal and "submit" not in world.bram.modal.payload


def test_only_moderators_change_it_later_whatever_somebody_sends(world: World):
    world.sets_up()
    form = form_of(world, world.anna)
    assert ONLY_MODERATORS in submits(world, world.bram, form, contact={"c": {"value": "Bij mij"}})
    assert CONTACT in page_of(world, world.bram)
    assert fills_in(world, world.anna, contact="Griet, 016 11 11 11") is None
    assert "Griet, 016 11 11 11" in page_of(world, world.bram)


def test_later_the_form_changes_no_rhythm_whatever_somebody_sends(world: World):
    world.sets_up()
    form = form_of(world, world.anna)
    assert "weekday" not in str(form.payload) and "Ritme" in world.anna.visible_text(form)
    submits(world, world.anna, form, weekday=FRIDAY)
    assert "elke maandag" in page_of(world, world.bram)


@pytest.mark.both_databases
def test_a_moderator_can_hand_over(world: World):
    world.sets_up()
    assert fills_in(world, world.anna, moderators=[world.bram.id]) is None
    assert ONLY_MODERATORS not in page_of(world, world.bram)
    assert world.bram.modal and "submit" in world.bram.modal.payload
    assert form_of(world, world.anna).payload.get("submit") is None


def test_a_guest_moderates_no_circle_and_the_others_can(world: World):
    world.sets_up()
    world.workspace.changes_account(world.anna, is_guest=True)
    world.settles()
    assert form_of(world, world.anna).payload.get("submit") is None
    assert "gast" in " ".join((fills_in(world, world.bram, moderators=[world.anna.id]) or {}).values())
    assert fills_in(world, world.bram, moderators=[world.bram.id]) is None
    assert "Trekkers: @Bram" in page_of(world, world.celine)


def test_whoever_is_not_in_the_channel_sets_nothing_up(world: World):
    zoe = world.workspace.add_person("Zoë")
    world.arrives()
    form = form_of(world, world.anna)
    world.anna.closes()
    mine = {"c": {"value": "Bij mij"}}
    assert ONE_MOMENT in submits(world, zoe, form, {"channel": world.circle.id}, contact=mine)
    assert NOT_IN_CIRCLE in submits(world, zoe, form, {"channel": world.circle.id}, contact=mine)
    assert "Kring instellen" in world.anna.visible_text(world.circle)
    assert fills_in(world, world.anna) is None
    assert "Bij mij" not in page_of(world, world.bram)


def test_a_form_for_a_channel_that_is_no_circle(world: World):
    world.sets_up()
    form = form_of(world, world.anna)
    elsewhere: list[dict[str, object]] = [{"channel": "C0NERGENS"}, {"channel": 5}, {"channel": {}}, {}]
    for pointers in elsewhere:
        assert "Hier is nog geen kring" in submits(world, world.anna, form, pointers, weekday=FRIDAY)
    assert "elke maandag" in page_of(world, world.bram)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("contact", {"value": "   "}, "Vul in bij wie mensen terechtkunnen."),
        ("language", {"selected_option": {"value": "tlh"}}, "Kies Nederlands, Engels of Frans."),
        ("timezone", {"selected_option": {"value": "Mars/Olympus"}}, "Deze tijdzone ken ik niet."),
        ("timezone", {"selected_option": {"value": "../../etc/passwd"}}, "Deze tijdzone ken ik niet."),
        ("weekday", {"selected_option": {"value": "9"}}, "Kies een dag van de week."),
        ("weekday", {"selected_option": {"value": "zondag"}}, "Kies een dag van de week."),
        ("weeks", {"selected_option": {"value": "3"}}, "Kies hoe vaak de vraag komt."),
        ("clock", {"selected_time": "half negen"}, "Kies een uur, zoals 09:00."),
        ("clock", {"selected_time": None}, "Kies een uur, zoals 09:00."),
        ("moderators", {"value": "iedereen"}, "Kies minstens één trekker."),
        ("moderators", {"selected_users": []}, "Kies minstens één trekker."),
    ],
)
def test_a_field_that_cannot_be_is_said_beside_it_and_nothing_changes(world: World, field, value, said):
    world.arrives()
    form = form_of(world, world.anna)
    world.anna.fills(form, {"contact": CONTACT})
    assert said in submits(world, world.anna, form, **{field: {"x": value}})
    assert "Kring instellen" in world.bram.visible_text(world.circle)


def test_a_form_that_was_opened_before_an_upgrade_takes_the_default_of_a_field_it_lacks(world: World):
    world.arrives()
    form = form_of(world, world.anna)
    world.anna.fills(form, {"contact": CONTACT, "weekday": "4"})
    for field in ("timezone", "weeks", "clock"):
        del form.values[field]
    assert submits(world, world.anna, form) == ""
    assert "elke vrijdag om 9:00" in page_of(world, world.bram)


def test_a_moderator_has_to_be_in_the_channel(world: World):
    zoe = world.workspace.add_person("Zoë")
    world.arrives()
    errors = fills_in(world, world.anna, moderators=[zoe.id])
    assert errors and set(errors.values()) <= {
        f"{ONE_MOMENT} Probeer het zo dadelijk nog eens.",
        "Een trekker zit zelf ook in dit kanaal. Nodig die persoon eerst uit.",
    }
    errors = world.anna.submits().errors
    assert errors and "Een trekker zit zelf ook in dit kanaal. Nodig die persoon eerst uit." in errors.values()


def test_set_up_twice_at_once_says_it_once(world: World):
    world.arrives()
    greeting = world.anna.messages(world.circle)[-1]
    for person in (world.anna, world.bram):
        person.presses(greeting, "set_up_pressed")
        person.fills(person.modal, {"contact": CONTACT})
    assert world.anna.submits().errors is None
    errors = world.bram.submits().errors
    assert errors and ONLY_MODERATORS in next(iter(errors.values()))
    world.settles()
    assert len(said(world)) == 1


def test_a_greeting_that_slack_never_stored_is_said_again(world: World):
    world.workspace.faults.adds(FaultRule(Fault.NEVER_STORED, methods=("chat.postMessage",), times=1), seed=1)
    world.arrives()
    assert "Kring instellen" not in world.bram.visible_text(world.circle)
    world.passes(minutes=10)
    assert world.bram.visible_text(world.circle).count("Kring instellen") == 1
