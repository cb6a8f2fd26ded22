"""Buttons that are no longer there, or never were: a private word, and nothing changed."""

from datetime import timedelta

import pytest

from playground.model import Json
from playground.people import Person
from tests.forged_payloads import answer, button, interaction, presses, sends
from tests.intervision.actors import INTAKE, Table
from tests.world import World

pytestmark = pytest.mark.one_database

GONE = "Dit bestaat niet meer."
OUTDATED = "Deze knop werkt niet meer. Er is niets veranderd."


@pytest.fixture
def xavier(world: World) -> Person:
    """Somebody of another company, in a channel that both share."""
    xavier = world.workspace.add_person("Xavier", external_team="T0ANDER")
    world.anna.invites(world.circle, xavier)
    return xavier


def test_a_button_nobody_knows(world: World):
    world.sets_up()
    assert OUTDATED in presses(world, world.bram, "button_of_last_year", "17")


def test_a_form_nobody_knows_stays_open_and_says_why(world: World):
    world.sets_up()
    field = {"type": "input", "block_id": "words", "label": {}, "element": {}}
    view = {"id": "V1", "type": "modal", "callback_id": "form_of_last_year", "blocks": [field], "state": {"values": {}}}
    said = answer(world, interaction(world, world.bram, type="view_submission", view=view))
    assert "'response_action': 'errors'" in said and OUTDATED in said


def test_a_page_nobody_knows_that_is_closed_is_simply_closed(world: World):
    view = {"id": "V1", "type": "modal", "callback_id": "page_of_last_year", "blocks": []}
    assert answer(world, interaction(world, world.bram, type="view_closed", view=view)) == ""


def test_a_shortcut_nobody_knows(world: World):
    world.sets_up()
    said = sends(world, world.bram, interaction(world, world.bram, type="shortcut", callback_id="of_last_year"))
    assert OUTDATED in said


@pytest.mark.parametrize("value", ["", "99999", "-1", "1; DROP TABLE round", "é" * 2000, "\x00"])
@pytest.mark.parametrize("action", ["answer_pressed", "case_join_pressed", "case_start_pressed", "pass_pressed"])
def test_a_button_of_something_that_is_not_there(world: World, action: str, value: str):
    world.sets_up()
    before = world.anna.visible_text(world.circle)
    assert presses(world, world.bram, action, value)
    assert world.anna.visible_text(world.circle) == before


@pytest.mark.parametrize("value", [17, ["x"], {"a": 1}, True])
@pytest.mark.parametrize(
    "action", ["answer_pressed", "case_join_pressed", "contribution_pressed", "journal_entry_pressed"]
)
def test_a_button_whose_value_is_no_text(world: World, action: str, value: object):
    world.sets_up()
    assert presses(world, world.bram, action, value)


def test_a_page_that_slack_does_not_put_on_top_of_three_takes_the_place_of_the_last(world: World):
    """Slack shows at most three pages on top of each other."""
    world.sets_up()
    bram = world.bram
    bram.commands(world.circle, "/reflectie", "dagboek")
    for _ in range(2):
        assert OUTDATED in presses(world, bram, "button_of_last_year", view=_page_of_another_window(bram))
    assert len(world.workspace.stacks[bram.id]) == 3
    assert GONE in presses(world, bram, "case_join_pressed", "no-case", view=_page_of_another_window(bram))
    assert len(world.workspace.stacks[bram.id]) == 3


def _page_of_another_window(person: Person) -> Json:
    """The page on top, as if it were one of a window of its own: what answers it goes on top of it."""
    assert person.modal is not None
    return {**person.modal.payload, "id": person.modal.id, "callback_id": "another_window"}


@pytest.mark.parametrize("action", ["digest_share_pressed", "reflection_shared", "reflection_withdrawn"])
def test_a_button_of_a_page_pressed_without_that_page(world: World, action: str):
    world.sets_up()
    before = world.anna.visible_text(world.circle)
    assert presses(world, world.bram, action)
    assert world.anna.visible_text(world.circle) == before


def test_another_teams_payload_changes_nothing_and_is_acknowledged_and_counted(world: World):
    world.sets_up()
    for elsewhere in ({"team": {"id": "T0ANDER"}}, {"user": {"id": world.anna.id, "team_id": "T0ANDER"}}):
        press = interaction(world, world.anna, **button("set_up_pressed"), **elsewhere)
        assert answer(world, press) == ""
        assert world.anna.modal is None
    event = {"type": "member_left_channel", "user": world.anna.id, "channel": world.circle.id, "team": "T0ANDER"}
    assert answer(world, {"type": "event_callback", "team_id": "T0ANDER", "event": event}) == ""
    world.anna.commands(world.circle, "/klankbord")
    assert world.anna.modal and "submit" in world.anna.modal.payload, "she is still in, and still a moderator"
    assert b"klankbord_refused_teams_total 3.0" in world.bot.metrics.render_metrics()


def test_somebody_of_another_company_presses(world: World, request: pytest.FixtureRequest):
    world.arrives()
    xavier: Person = request.getfixturevalue("xavier")
    greeting = next(message for message in xavier.messages(world.circle) if "set_up_pressed" in str(message.blocks))
    xavier.presses(greeting, "set_up_pressed")
    world.settles()
    assert xavier.modal is None
    assert "Kring instellen" in world.anna.visible_text(world.circle)


def test_a_trigger_that_expired_loses_nothing_and_the_next_press_works(world: World):
    world.arrives()
    press = interaction(world, world.anna, **button("set_up_pressed"))
    world.elapsed.move(timedelta(seconds=4))
    sends(world, world.anna, press)
    assert world.anna.modal is None
    world.anna.presses(world.anna.messages(world.circle)[-1], "set_up_pressed")
    assert world.anna.modal is not None


@pytest.mark.parametrize("pressed", ["contribution_one_more_pressed", "case_method_chosen"])
def test_a_press_that_is_answered_after_its_form_was_sent_does_not_bring_the_form_back(
    world: World, pressed: str
) -> None:
    world.sets_up()
    table = Table(world)
    if pressed == "case_method_chosen":
        form = table.opens_form(world.bram)
        world.bram.fills(form, {"theme": INTAKE["theme"]})
    else:
        table.begins()
        form = table.opens(world.bram)
        world.bram.fills(form, {"text:new-1:0": "Wanneer begon het?"})
    as_it_was = {**form.payload, "id": form.id, "hash": form.hash, "state": {"values": dict(form.values)}}
    world.bram.submits(form)
    after = world.bram.visible_text(world.bram.modal)
    assert sends(world, world.bram, interaction(world, world.bram, **button(pressed), view=as_it_was)) == after
