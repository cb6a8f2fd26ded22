"""Fifteen people and four hundred contributions: everything fits, nothing is cut, and threads stay in order."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.models import ContributionRow
from playground.people import Person
from tests.databases import SqliteCopy
from tests.intervision.actors import Table, fields_of, shown
from tests.intervision.own_method import around, method, step
from tests.world import World

METHOD = method(
    "groot",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("vragen", who=["peer"], kinds=["clarifying_question"], per_person={"min": 1, "max": 9}),
    step("graden", who=["owner"], kinds=["rating"], about={"steps": ["vragen"]}),
    step("antwoorden", who=["owner"], kinds=["answer"], about={"steps": ["vragen"]}, reveal="immediate"),
    step("brief", who=["peer"], kinds=["appreciation"], reveal="owner_only", per_person={"min": 2, "max": 2}),
    step(
        "roddel", who=["peer"], kinds=["hypothesis"], owner="away", reveal="immediate", per_person={"min": 2, "max": 2}
    ),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate", per_person={"min": 1, "max": 9}),
)
METHOD["group"]["max"] = 15
ROUNDS = 12
LONG = " en dat zegt & vraagt ik met <veel> woorden" * 65


@pytest.fixture
def own_database(sqlite_copy: SqliteCopy) -> SqliteCopy:
    """How much fits does not depend on the database, and this takes a while."""
    return sqlite_copy


@pytest.fixture
def big(world: World, tmp_path: Path) -> Table:
    """Anna and fourteen others; Bram leads."""
    table = around(world, tmp_path, METHOD)
    for number in range(10):
        person = world.workspace.add_person(f"Persoon{number}")
        person.joins(world.circle)
        world.cast.append(person)
    world.settles()
    table.begins(*world.cast[1:], leads=table.bram, method="groot")
    return table


def rates_all(table: Table) -> None:
    """Anna rates what one form holds, and then the rest."""
    for _ in range(ROUNDS):
        form = table.opens(table.anna)
        places = [name for name in fields_of(form) if name.startswith("rate:")]
        table.anna.fills(form, dict.fromkeys(places, "warm"))
        table.sends(table.anna)
        if "Graden" not in table.card().text:
            return
    raise AssertionError("there is still something to rate")


def answers_all(table: Table) -> int:
    """Anna answers, form after form; how many forms that took."""
    for forms in range(ROUNDS):
        form = table.opens(table.anna)
        inputs = [block for block in form.blocks if block["type"] == "input"]
        places = [block["block_id"] for block in inputs if not block["element"].get("initial_value")]
        table.anna.fills(form, {name: f"Antwoord {forms:02}.{n:03}" for n, name in enumerate(places)})
        table.sends(table.anna)
        if "Antwoorden" not in table.card().text:
            return forms + 1
    raise AssertionError("there is still something to answer")


def reads_along(person: Person, table: Table) -> str:
    """What somebody reads of the others in the form, leafing through it once."""
    table.opens(person)
    person.fills(shown(person), {"text:new-1:0": "Wat ik al typte."})
    read = person.visible_text(shown(person))
    for _ in range(ROUNDS):
        if "Lees verder" not in person.visible_text(shown(person)):
            break
        person.presses(shown(person), "contribution_read_on_pressed")
        read += person.visible_text(shown(person))
    assert "Lees weer van het begin" in read and "Wat ik al typte." in str(shown(person).values)
    person.closes(shown(person))
    return read


def test_it_all_fits_and_nothing_is_cut(big: Table):
    peers = big.world.cast[1:]
    asked = [[f"Vraag {number:02}.{each}?" for each in range(9)] for number in range(len(peers))]
    for person, questions in zip(peers, asked, strict=True):
        big.writes(person, *questions)
    questions = [each for one in asked for each in one]
    rates_all(big)
    forms = answers_all(big)
    assert forms > 2
    for person in peers:
        big.writes(person, f"Van {person.name} & co" + LONG, "Nog iets.")
    gossip = [[f"Roddel {number:02}.{each}" + LONG for each in range(2)] for number in range(len(peers))]
    for person, words in zip(peers[:-1], gossip, strict=False):
        big.writes(person, *words)
    read = reads_along(peers[-1], big)
    assert all(words.split(" en ")[0] in read for one in gossip[:-1] for words in one)
    assert not big.anna.sees("Roddel 00.0")
    big.writes(peers[-1], *gossip[-1])
    big.presses(big.anna, big.card("Roddel"), "Ik ben klaar om te lezen")
    big.writes(big.anna, *(f"Plan {number}" + LONG for number in range(9)))
    everybody_can_read(big, [*questions, *(words for one in gossip for words in one)])
    with big.world.bot.services.database.reading() as session:
        assert (session.scalar(select(func.count()).select_from(ContributionRow)) or 0) > 400


def everybody_can_read(table: Table, words: list[str]) -> None:
    read = " ".join(table.reads(table.dirk).split())
    places = [read.find(each.split(" en ")[0]) for each in words]
    assert -1 not in places and places == sorted(places)
    thread, last_card = read.split("Deze casus is afgerond")
    assert thread.count("<veel>") == sum(each.count("<veel>") for each in words) + 9 * 65
    assert "> Plan 0 en dat zegt" in last_card and "<veel> woorden … De teksten blijven" in last_card
    answers = [read.index(f"Antwoord {form:02}.{n:03}") for form in range(2) for n in range(20)]
    assert answers == sorted(answers)
    assert all(f"Plan {number}" in thread for number in range(9))
    direct = table.anna.visible_text(table.anna.opens_dm(table.world.workspace.bot))
    assert all(f"Van {person.name} & co" in direct for person in table.world.cast[1:])
    for person in table.world.cast:
        person.commands(table.world.circle, "/intervision", "mijn")
        person.closes(shown(person))
    assert not [(call.method, call.error) for call in table.world.workspace.calls if call.error]
