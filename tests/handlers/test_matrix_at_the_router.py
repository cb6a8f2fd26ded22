"""A walk by chance through the cells of the matrix, by way of Slack: what the format refuses changes nothing there."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.core import names
from bot.intervision.context import read_case
from db.models import CaseRow, ContributionRow, Member
from playground.model import Json
from playground.people import Person
from tests.counting import CELLS, Recorder
from tests.databases import SqliteCopy
from tests.forged_payloads import answer, interaction, presses
from tests.intervision.actors import Table
from tests.intervision.own_method import around, method, step
from tests.intervision.rules.facts import FACTS
from tests.intervision.rules.matrix import expected
from tests.intervision.rules.situation import Situation
from tests.world import World

WALK = 120
NUMBERS = count()
AWAY = method(
    "weg",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("vragen", who=["peer"], kinds=["clarifying_question"], per_person={"min": 1, "max": 2}),
    step("graden", who=["owner"], kinds=["rating"], about={"steps": ["vragen"]}),
    step("antwoorden", who=["owner"], kinds=["answer"], about={"steps": ["vragen"]}, reveal="immediate"),
    step("roddel", who=["peer"], kinds=["hypothesis"], owner="away"),
    step("terug", who=["owner"], kinds=["reaction"], reveal="immediate", closes="window"),
    step("stemming", who=["peer"], kinds=["meta_evaluation"], names="hidden"),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
)


@dataclass
class Walk:
    """One case, everybody who could touch it, and payloads of which the bot never offered most."""

    table: Table
    chance: random.Random
    others: list[Any]
    """What was written in another case, by people of this one."""

    @property
    def world(self) -> World:
        return self.table.world

    def somewhere(self) -> str:
        """The key of a step: mostly of one that is open."""
        case = self.here(self.table.anna, "verhaal").case
        return self.chance.choice([*(each.key for each in case.open_steps)] * 19 + [each.key for each in case.steps])

    def here(self, person: Person, key: str) -> Situation:
        with self.world.bot.services.database.reading() as session:
            row = session.get_one(CaseRow, self.table.case)
            member = session.scalars(select(Member.id).where(Member.slack == person.id)).first()
            case, now = read_case(session, row), self.world.calendar()
        own = [each for each in self.others if each.member_id == member]
        elsewhere = (own or self.others)[0].id
        return Situation(case, now, case.protocol.step(key), case.state, member or 0, person.name, elsewhere)

    def stands(self) -> tuple[Any, ...]:
        """All that may not change where something is refused."""
        with self.world.bot.services.database.reading() as session:
            case = read_case(session, session.get_one(CaseRow, self.table.case))
            # Of every case.
            words = dict(session.execute(select(ContributionRow.id, ContributionRow.words)).all())  # type: ignore[arg-type]
        steps = [(each.key, each.state, each.pressed) for each in case.steps]
        return case.state, case.roles, case.contributions, steps, words

    def tries(self, here: Situation, person: Person, what: str) -> bool:
        """Whether it could be tried; what the person reads is never an empty page, and nothing fails."""
        if what in BUTTONS:
            value = self.table.case if what in OF_THE_CASE else f"{self.table.case}:{here.step.key}"
            presses(self.world, person, BUTTONS[what], value)
        elif (places := FORMS[what](here)) is not None:
            self.sends(person, {"case": self.table.case, "step": here.step.key, **self.points(what)}, places)
        else:
            return False
        while person.modal:
            assert person.visible_text(person.modal).strip()
            person.closes(person.modal)
        return True

    def points(self, what: str) -> Json:
        """Where a form points that belongs to another case."""
        other = self.others[0]
        forged = {
            SENT_ELSEWHERE: {"form": other.form_token},
            ELSEWHERE_ITSELF: {"case": other.case_id, "step": other.step},
        }
        return forged.get(what, {})

    def sends(self, person: Person, points: Json, places: Json) -> None:
        pointers = {"form": f"{self.chance.getrandbits(64):016x}", "new": 9, "room": {}, **points}
        blocks = [
            {"type": "input", "block_id": name, "label": {"type": "plain_text", "text": "x"}, "element": {}}
            for name in places
        ]
        values = {name: {"value": _element(name, value)} for name, value in places.items()}
        view = {
            "id": "V1",
            "type": "modal",
            "callback_id": names.CONTRIBUTION_FORM,
            "blocks": blocks,
            "private_metadata": json.dumps(pointers),
            "state": {"values": values},
        }
        answer(self.world, interaction(self.world, person, type="view_submission", view=view))


def _element(name: str, value: str) -> Json:
    if name.startswith("text:"):
        return {"type": "plain_text_input", "value": value}
    return {"type": "radio_buttons", "selected_option": {"value": value, "text": {"type": "plain_text", "text": value}}}


def _new(here: Situation, kind: str = "") -> Json:
    left = here.unanswered or here.answerable
    place = f"about-{left[0].id}" if left else "new-1"
    if here.step.kinds and here.step.kinds[0] == "rating" and not kind:
        return {f"rate:{place}": "warm"}
    chosen = kind or (here.step.kinds[0] if here.step.kinds else "advice")
    return {f"text:{place}:0": f"Iets van {here.name}.", f"kind:{place}": chosen}


def _first(found: list[Any], places: Callable[[str], Json]) -> Json | None:
    return places(found[0].id) if found else None


SENT_ELSEWHERE, ELSEWHERE_ITSELF = "sends a form of another case", "writes in a case of others"
NOT_ELSEWHERE = ("Anna", "Elif", "Gaston", "Xavier")
Places = Callable[[Situation], Json | None]
FORMS: dict[str, Places] = {
    "writes": lambda here: _new(here) if FACTS["has room"](here) or not here.own else None,
    "writes another kind": lambda here: _new(here, "silence") if not here.own or not here.step.about else None,
    "answers what is in another case": lambda here: {f"text:about-{here.elsewhere}:0": "Over iets anders."},
    SENT_ELSEWHERE: lambda here: None if here.step.about else _new(here),
    ELSEWHERE_ITSELF: lambda here: {"text:new-1:0": "Ik ook."} if here.name in NOT_ELSEWHERE else None,
    "changes": lambda here: _first(_texts(here), lambda id: {f"text:own-{id}:0": f"Anders ({next(NUMBERS)})."}),
    "changes another's": lambda here: _first(_others(here), lambda id: {f"text:own-{id}:0": "Overschreven."}),
    "changes what is in another case": lambda here: {f"text:own-{here.elsewhere}:0": "Overschreven."},
    "takes back": lambda here: _first(_texts(here), lambda id: {f"text:own-{id}:0": ""}),
    "takes back another's": lambda here: _first(_others(here), lambda id: {f"text:own-{id}:0": ""}),
}
BUTTONS = {
    "passes": names.PASS,
    "presses next": names.NEXT_STEP,
    "is ready": names.OWNER_READY,
    "stops": names.STOP_CASE,
    "starts": names.START_CASE,
    "joins": names.JOIN_CASE,
    "offers to lead": names.FACILITATE_CASE,
    "goes back": names.GO_BACK,
}
OF_THE_CASE = {"stops", "starts", "joins", "offers to lead"}
ODDS = {"stops": 0.02, "presses next": 0.4, "goes back": 0.2}
"""How often what ends something is really done."""


def _texts(here: Situation) -> list[Any]:
    return [each for each in here.own if each.kind not in ("rating", "case_story")]


def _others(here: Situation) -> list[Any]:
    return [each for each in here.in_step if each.author != here.person]


@pytest.fixture
def own_database(sqlite_copy: SqliteCopy) -> SqliteCopy:
    """What is refused does not depend on the database, and a walk is long."""
    return sqlite_copy


@pytest.fixture
def walk(world: World, tmp_path: Path) -> Walk:
    table = around(world, tmp_path, AWAY)
    others = elsewhere(table)
    world.passes(hours=1)
    table.begins(leads=table.bram, method="weg")
    return Walk(table, random.Random(22), others)


def elsewhere(table: Table) -> list[Any]:
    """A case of Céline's, in which Bram and Dirk asked something: ids, steps and forms that are real, and not here."""
    table.brings(table.celine, method="weg")
    table.joins(table.bram, table.dirk)
    table.starts()
    for person in (table.bram, table.dirk):
        table.writes(person, "Van elders?")
    kept = ContributionRow
    with table.world.bot.services.database.reading() as session:
        columns = select(kept.id, kept.case_id, kept.step, kept.form_token, kept.member_id)
        return list(session.execute(columns.where(kept.step == "vragen")))


def test_what_the_format_refuses_changes_nothing(
    walk: Walk, record_property: Recorder, caplog: pytest.LogCaptureFixture
):
    world, chance = walk.world, walk.chance
    guest = world.workspace.add_person("Gaston", guest=True)
    xavier = world.workspace.add_person("Xavier", external_team="T0ANDER")
    people, cells, seen = [*world.cast, guest, xavier], 0, set()
    while cells < WALK:
        key, what = walk.somewhere(), chance.choice([*FORMS, *["writes"] * 8, *BUTTONS])
        floor = [each for each in people if FACTS["has the floor"](walk.here(each, key))]
        person = chance.choice([*people, *floor * 4])
        here = walk.here(person, key)
        wanted, before = expected(here, what), walk.stands()
        if (wanted == "done" and chance.random() > ODDS.get(what, 1)) or not walk.tries(here, person, what):
            continue
        assert (walk.stands() != before) == (wanted == "done"), f"{key}: {person.name} {what}: should be {wanted}"
        cells += 1
        seen.add((key, wanted))
        if cells % 8 == 0:
            world.onward()
        if cells == WALK // 2:
            world.dirk.leaves(walk.table.room)
            world.settles()
    record_property(CELLS, cells)
    assert len({key for key, wanted in seen if wanted == "done"}) > 3 and "failed" not in caplog.text
