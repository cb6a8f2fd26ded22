"""Two things that happen in one moment, each in its own transaction: whoever comes second sees what the first did."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Thread
from typing import Any

from slack_bolt import BoltRequest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core import names
from bot.core.errors import Refusal
from bot.crypto import places
from bot.rhythm.surfaces import CircleForm
from db.models import CaseRow, Circle, ContributionRow, LateContribution, Member
from db.queries import intervision as cases
from db.queries.circles import set_moderators
from playground.model import Json
from playground.people import Person
from tests.forged_payloads import button, interaction
from tests.intervision.actors import Table
from tests.intervision.own_method import around, method, step
from tests.world import World

ONE_PLACE = method(
    "plaats",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("vraag", who=["peer"], kinds=["clarifying_question"], closes="window"),
    step("advies", who=["peer"], kinds=["advice"]),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
)


def meanwhile(world: World, first: Callable[[Session], Any], then: Callable[[], Any]) -> None:
    """`then` begins while `first` is done but not committed."""
    second = Thread(target=then)
    with world.bot.services.database.writing() as session:
        first(session)
        second.start()
        second.join(0.5)
    second.join()


def test_two_people_set_up_and_the_first_decides(world: World) -> None:
    world.arrives()
    told: list[str] = []

    def set_up_too() -> None:
        sent = {"language": "fr", "moderators": [world.bram.id], "contact": "016 00 00 00"}
        try:
            world.bot.circle_set_up.set_up_circle(world.bram.id, CircleForm(world.circle.id), sent, world.calendar())
        except Refusal as refusal:
            told.append(refusal.key)

    def sets_up(session: Session) -> None:
        circle = session.scalars(select(Circle).with_for_update()).one()
        circle.set_up_at = world.calendar()
        set_moderators(session, circle, [session.scalars(select(Member).filter_by(slack=world.anna.id)).one()])

    meanwhile(world, sets_up, set_up_too)
    assert told == ["circle.only_moderators"]
    with world.bot.services.database.reading() as session:
        assert session.scalars(select(Circle.language)).one() == "nl"


def test_a_case_that_was_read_before_is_read_again_when_it_is_locked(world: World) -> None:
    world.sets_up()
    table = Table(world)
    table.begins()
    database = world.bot.services.database
    if database.engine.dialect.name == "sqlite":
        return
    with database.writing() as session:
        before = session.get_one(CaseRow, table.case)
        with database.writing() as other:
            other.get_one(CaseRow, table.case).theme = "changed"
        assert before.theme != "changed"
        found = cases.find_case(session, table.case)
        assert found and found[0].theme == "changed"


def test_forms_and_buttons_count_in_the_order_in_which_they_are_kept(world: World, tmp_path: Path) -> None:
    table = around(world, tmp_path, ONE_PLACE)
    table.begins(table.bram, table.celine, table.dirk, leads=table.celine, method="plaats")
    forms = [fills_in(table, table.bram, words) for words in ("Van mijn laptop?", "Van mijn telefoon?")]
    told = at_once(table, *forms)
    (kept,) = written(table, ContributionRow, "vraag")
    (refused,) = [each for each in told if each.get("response_action") == "errors"]
    assert "Je hebt het maximum voor deze stap bereikt" in str(refused)  # the form stays open, with the text in it
    assert kept in [
        words
        for words, each in zip(("Van mijn laptop?", "Van mijn telefoon?"), told, strict=True)
        if each is not refused
    ]

    while "Advies" not in table.card().text:
        world.onward()
    pressed = interaction(world, table.celine, **button(names.NEXT_STEP, f"{table.case}:advies"))
    at_once(table, pressed, fills_in(table, table.dirk, "Net op tijd, of net niet."))
    counted, late = written(table, ContributionRow, "advies"), written(table, LateContribution, "advies")
    assert counted + late == ["Net op tijd, of net niet."]
    assert table.dirk.sees("Je tekst is bewaard, alleen voor jou") == bool(late)
    assert ("Net op tijd" in table.reads(table.anna)) == bool(counted)


def fills_in(table: Table, person: Person, words: str) -> Json:
    """The form of the latest card in a window of its own, as it is when it is sent."""
    form = table.opens(person)
    person.closes(form)
    (place,) = [block["block_id"] for block in form.blocks if block.get("block_id", "").startswith("text:new-1")]
    values = {place: {"value": {"type": "plain_text_input", "value": words}}}
    view = {**form.payload, "id": form.id, "state": {"values": values}}
    return interaction(table.world, person, type="view_submission", view=view)


def at_once(table: Table, *payloads: Json) -> list[Json]:
    """What the bot answers to each; all arrive while the case is held, and none has begun before the others came."""
    dispatch = table.world.app.dispatch
    with ThreadPoolExecutor(len(payloads)) as threads:
        with table.world.bot.services.database.writing() as session:
            session.scalars(select(CaseRow).where(CaseRow.id == table.case).with_for_update()).one()
            requests = [BoltRequest(mode="socket_mode", body=each) for each in payloads]
            answers = [threads.submit(dispatch, each) for each in requests]
            wait(answers, timeout=0.3)
        told = [each.result() for each in answers]
    table.world.settles()
    assert all(each.status == 200 for each in told)
    return [json.loads(each.body or "{}") for each in told]


PLACES = {ContributionRow: places.CONTRIBUTION, LateContribution: places.LATE_CONTRIBUTION}


def written(table: Table, where: type[ContributionRow] | type[LateContribution], key: str) -> list[str]:
    """The words that are kept of a step."""
    services = table.world.bot.services
    with services.database.reading() as session:
        rows = session.execute(select(where.id, where.words).where(where.step == key))
        return [services.open_text(words, places.place(PLACES[where], id)) for id, words in rows]
