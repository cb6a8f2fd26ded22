"""A moderator shares the digest in the channel; nobody else does, whatever a payload claims."""

import copy
import json
from datetime import timedelta

import pytest

from bot.digest.surfaces import DigestPage
from playground.model import Forbidden
from tests.clock import MONDAY
from tests.digest.test_page import LAST_WEEK, opens

SHARE = "Deel in het kanaal"


def in_channel(world):
    """The digests in the channel."""
    return [one for one in world.bram.messages(world.circle) if "Wat er leefde" in world.bram.visible_text(one)]


def test_what_the_channel_gets_is_what_everybody_saw(world, history):
    history.asks(LAST_WEEK, shared=world.cast)
    page = opens(world.bram, world)
    opens(world.anna, world)

    world.anna.presses(world.anna.modal, SHARE)
    world.settles()

    [shared] = in_channel(world)
    body = page[page.index("Wat er leefde") : page.index("Wat mensen schreven")]
    assert body.strip() in world.bram.visible_text(shared)


def test_whoever_shared_it_sees_that_it_is_there(world, history):
    opens(world.anna, world)

    world.anna.presses(world.anna.modal, SHARE)

    assert "vandaag gedeeld in #coaching-en-co" in world.anna.visible_text(world.anna.modal)
    assert SHARE not in world.anna.visible_text(world.anna.modal)


def test_pressing_twice_shares_once(world, history):
    opens(world.anna, world)
    page = copy.deepcopy(world.anna.modal)

    world.anna.presses(world.anna.modal, SHARE)
    world.settles()
    again = DigestPage.from_metadata(json.loads(page.payload["private_metadata"]))
    world.bot.digests.share_digest(world.anna.id, again, MONDAY)
    world.settles()

    assert len(in_channel(world)) == 1


def test_tomorrow_it_may_be_shared_again(world, history):
    opens(world.anna, world)
    world.anna.presses(world.anna.modal, SHARE)
    world.passes(days=1)

    opens(world.anna, world)
    world.anna.presses(world.anna.modal, SHARE)
    world.settles()

    assert len(in_channel(world)) == 2


@pytest.mark.one_database
def test_only_moderators_have_the_button(world, history):
    opens(world.bram, world)

    with pytest.raises(Forbidden):
        world.bram.presses(world.bram.modal, SHARE)


def test_a_button_pressed_by_somebody_who_is_no_moderator_is_refused_kindly(world, history):
    opens(world.bram, world)
    page = world.bram.modal
    page.payload["blocks"].append(_forged_button())

    world.bram.presses(page, SHARE)
    world.settles()

    assert "De trekkers van deze kring delen het overzicht" in world.bram.visible_text(world.bram.modal)
    assert in_channel(world) == []


@pytest.mark.parametrize("circle", [999, "1", None, True, {"a": 1}, -1, 10**30])
def test_a_page_that_names_another_circle_is_refused(world, history, circle):
    opens(world.anna, world)
    page = world.anna.modal
    page.payload["private_metadata"] = json.dumps({"circle": circle, "period": "2026-11"})

    world.anna.presses(page, SHARE)
    world.settles()

    assert in_channel(world) == []
    assert world.anna.sees("Dit bestaat niet meer. Er is niets veranderd.")


@pytest.mark.one_database
def test_a_page_with_a_period_that_is_none_is_refused(world, history):
    opens(world.anna, world)
    page = world.anna.modal
    page.payload["private_metadata"] = json.dumps({**json.loads(page.payload["private_metadata"]), "period": "2026-99"})

    world.anna.presses(page, SHARE)
    world.settles()

    assert in_channel(world) == []
    assert world.anna.sees("Deze periode ken ik niet")


@pytest.mark.one_database
def test_the_channel_reads_it_in_the_circles_language(world, history):
    history.asks(LAST_WEEK, shared=world.cast)
    world.bot.languages.choose_language(world.anna.id, "en")
    opens(world.anna, world)

    world.anna.presses(world.anna.modal, "Share in the channel")
    world.settles()

    assert "Minstens 5 gedeelde reflecties" in world.bram.visible_text(in_channel(world)[0])


def test_what_is_said_under_a_shared_digest_is_not_kept(world, history):
    opens(world.anna, world)
    world.anna.presses(world.anna.modal, SHARE)
    world.settles()

    world.bram.says(world.circle, "mooi!", thread=in_channel(world)[0])
    world.passes(hours=1)

    assert world.bot.digests.write_report(world.circle.id, "2026-11", "json", None, MONDAY + timedelta(hours=1))
    assert not world.bram.sees("bewaar ik ook")


def _forged_button():
    text = {"type": "plain_text", "text": SHARE}
    button = {"type": "button", "action_id": "digest_share_pressed", "value": "-", "text": text}
    return {"type": "actions", "block_id": "forged", "elements": [button]}
