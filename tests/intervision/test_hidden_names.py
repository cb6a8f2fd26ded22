"""Hidden names: whoever has the database and its key, after the step closed, can do no better than guess."""

import logging
import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text

from playground.model import View
from playground.people import Person
from tests.intervision.actors import Table, fields_of, shown
from tests.intervision.own_method import around, method, step
from tests.world import World

ROUNDS = 20
HIDDEN = [f"ronde_{number}" for number in range(ROUNDS)]
NAMELESS = {"kinds": ["meta_evaluation"], "names": "hidden", "owner": "listens", "window": "P0.5D"}
METHOD = method(
    "stil",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    *(step(key, who=["peer"], **NAMELESS) for key in HIDDEN),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
)
GONE = "de namen zijn losgemaakt"


@dataclass
class Round:
    """One step as its people know it: who wrote what (by text), who sent when, and the forms they had."""

    step: str
    texts: dict[str, Person] = field(default_factory=dict)
    sent: list[Person] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)


@pytest.fixture
def by_chance(monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """The same chance each time, also in the ids the bot draws."""
    chance = random.Random(20261122)
    monkeypatch.setattr(secrets, "token_hex", lambda size=32: chance.randbytes(size).hex())
    return chance


@pytest.fixture
def table(world: World, tmp_path: Path) -> Table:
    table = around(world, tmp_path, METHOD)
    table.begins(table.bram, table.celine, table.dirk, method="stil")
    return table


def plays(table: Table, key: str, chance: random.Random) -> Round:
    """Bram, Céline and Dirk write in an order by chance; some pass first, some change their minds, some send twice."""
    told = Round(key)
    people = [table.bram, table.celine, table.dirk]
    chance.shuffle(people)
    for person in people:
        if chance.random() < 0.3 and person is not people[-1]:
            table.passes(person)
        if chance.random() < 0.3 and person is not people[-1]:
            writes(table, told, person, "Toch maar niet.")
            writes(table, told, person, "")
        words = f"Zin {chance.randbytes(4).hex()}" + " en nog iets" * chance.randrange(9)
        told.texts[words] = person
        told.sent.append(person)
        form = writes(table, told, person, words)
        if chance.random() < 0.5:
            table.sends_again(person, form)
            table.world.settles()
    return told


def writes(table: Table, told: Round, person: Person, words: str) -> View:
    """Through the first field of the form, whatever stood there."""
    form = table.opens(person)
    place = next(name for name in fields_of(form) if name.startswith("text:"))
    person.fills(form, {place: words})
    told.forms.append(form.payload["private_metadata"].split('"form":"')[1][:16])
    table.sends(person)
    return form


# ------------------------------------------------------------------------------------------------ who looks for names


Rows = list[dict[str, Any]]
Strategy = Callable[["Seen", Round], list[str]]


@dataclass
class Seen:
    """Everything there is to see: each table, its rows in the order in which the database keeps them, and Slack."""

    tables: dict[str, Rows]
    table: Table

    def of(self, told: Round) -> Rows:
        return [row for row in self.tables["contribution"] if row["step"] == told.step]

    def says(self, row: dict[str, Any]) -> str:
        return self.table.world.bot.services.open_text(row["words"], f"contribution.words:{row['id']}")


def looks(table: Table) -> Seen:
    engine = table.world.bot.services.database.engine
    # PostgreSQL says of each row, to whoever asks, in which transaction it was written, and where in that.
    place = "rowid" if engine.dialect.name == "sqlite" else "ctid"
    more = "" if engine.dialect.name == "sqlite" else ", xmin::text AS row_written"
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return Seen({name: list(rows(connection, name, place, more)) for name in names}, table)


def rows(connection: Connection, name: str, place: str, more: str) -> Iterator[dict[str, Any]]:
    found = connection.execute(text(f"SELECT *, {place} AS row_place{more} FROM {name} ORDER BY {place}"))
    for row in found.mappings():
        yield dict(row)


def by(name: str) -> Strategy:
    """The texts of a step in the order of one thing that is kept of them."""

    def guess(seen: Seen, told: Round) -> list[str]:
        found = sorted(seen.of(told), key=lambda row: str(row[name]) if name != "words" else f"{len(row[name]):06}")
        return [seen.says(row) for row in found]

    return guess


def as_kept(seen: Seen, told: Round) -> list[str]:
    return [seen.says(row) for row in seen.of(told)]


def as_posted(seen: Seen, told: Round) -> list[str]:
    """In the order of their messages in Slack."""
    read = seen.table.reads(seen.table.anna)
    return sorted(told.texts, key=read.index)


STRATEGIES: dict[str, Strategy] = {
    "rows": as_kept,
    "thread": as_posted,
    **{name: by(name) for name in ("id", "number", "written_at", "form_token", "slot", "member_id", "words", "kind")},
}


def people_in(order: str, told: Round, table: Table) -> list[Person]:
    """An order of people that somebody may know: who joined first, or whose Home was made anew first."""
    joined = [table.bram, table.celine, table.dirk]
    return {"joined": joined, "sent": told.sent, "sent last": told.sent[::-1]}[order]


def test_with_all_that_is_kept_nobody_does_better_than_guessing(table: Table, by_chance: random.Random):
    played = [plays(table, key, by_chance) for key in HIDDEN]
    seen = looks(table)
    for name, strategy in STRATEGIES.items():
        for order in ("joined", "sent", "sent last"):
            right = sum(
                told.texts[words] is person
                for told in played
                for words, person in zip(strategy(seen, told), people_in(order, told, table), strict=True)
            )
            # In each round one of three is right by chance, give or take one.
            assert abs(right - ROUNDS) < 4 * sqrt(ROUNDS), (name, order, right)


def test_no_row_of_such_a_step_and_no_log_knows_a_person_a_form_or_a_moment_of_its_own(
    table: Table, by_chance: random.Random, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    played = [plays(table, key, by_chance) for key in HIDDEN[:5]]
    seen = looks(table)
    for told in played:
        found = [row for rows in seen.tables.values() for row in rows if row.get("step") == told.step]
        assert {seen.says(row) for row in found} == set(told.texts)
        assert {(row["member_id"], row["form_token"], row["slot"], row["number"]) for row in found} == {
            (None, None, None, 0)
        }
        assert len({(row["written_at"], row.get("row_written")) for row in found}) == 1
    # What the libraries log, `bot.settings.log` keeps out.
    logged = [each.getMessage() for each in caplog.records if each.name.startswith(("bot", "db", "handlers"))]
    everything = f"{seen.tables}\n{logged}"
    assert not [words for told in played for words in told.texts if words in everything]
    assert not [form for told in played for form in told.forms if form in everything]


def test_neither_does_a_case_that_is_stopped(table: Table, by_chance: random.Random):
    told = Round(HIDDEN[0])
    writes(table, told, table.bram, "Van wie is dit?")
    table.passes(table.celine)
    table.forges(table.anna, "case_stop_pressed", table.case)
    (row,) = looks(table).of(told)
    assert (row["member_id"], row["form_token"], row["state"]) == (None, None, "held")


def test_after_the_step_nobody_changes_anything_and_what_comes_then_is_not_kept(table: Table, by_chance: random.Random):
    told = Round(HIDDEN[0])
    form = writes(table, told, table.bram, "Van Bram.")
    again = table.opens(table.bram)
    places = fields_of(again)
    for person in (table.celine, table.dirk):
        table.passes(person)
    for place in (places[0], "text:new-1:0", "text:new-2:0"):
        form.values = {place: {"value": {"type": "plain_text_input", "value": "Iets anders."}}}
        table.sends_again(table.bram, form)
    table.bram.fills(again, {places[0]: "Iets anders."})
    assert GONE in table.sends(table.bram)
    assert "Iets anders." in str(shown(table.bram).values)
    seen = looks(table)
    assert [seen.says(row) for row in seen.of(told)] == ["Van Bram."] and seen.tables["late_contribution"] == []
    assert "Iets anders." not in table.reads(table.anna)


def test_it_is_said_beforehand(table: Table):
    assert "dan wijzigt niemand nog iets, jij ook niet" in table.bram.visible_text(table.opens(table.bram))
    assert "Alles verschijnt samen, zonder namen" in table.reads(table.celine)
    assert "verdwijnt voorgoed wie wat schreef" in table.celine.visible_text(table.opens_more(table.celine))


def test_in_the_file_and_its_journal_nothing_is_left_either(world: World, tmp_path: Path, by_chance: random.Random):
    if world.bot.services.database.engine.dialect.name != "sqlite":
        pytest.skip("a server keeps its files to itself")
    table = around(world, tmp_path, METHOD)
    table.begins(table.bram, table.celine, table.dirk, method="stil")
    told = plays(table, HIDDEN[0], by_chance)
    file = Path(str(world.bot.services.database.engine.url.database))
    before, journal = file.read_bytes(), file.with_name(file.name + "-wal")
    assert told.forms[0].encode() in before + journal.read_bytes()
    world.bot.services.database.sweep()
    kept = file.read_bytes() + journal.read_bytes()
    for row in looks(table).of(told):
        # Right behind these columns a row has its number and its writer, and now neither.
        head = f"{row['id']}{row['case_id']}{row['step']}".encode()
        followed = kept.split(head)[1:]
        assert followed and all(each.startswith(row["kind"].encode()) for each in followed)
    assert not [trace for trace in (*told.forms, f"pass:{told.step}") if trace.encode() in kept]
