"""Shared without a name: whoever has the database and its key, once it is posted, can do no better than guess."""

import logging
import random
from dataclasses import dataclass, field
from datetime import timedelta
from math import sqrt
from typing import Any

import pytest
from sqlalchemy import inspect, text, update

from db.models import Round
from playground.people import Person
from schedules import ticks
from tests.reflection.actors import card, question_comes, waits_nameless
from tests.world import World

ROUNDS = 20
OTHERS = ("Farah", "Gust", "Hanne", "Imran", "Joke", "Karel", "Lien")
Rows = list[dict[str, Any]]


@dataclass
class Played:
    """One round as its people know it: whose each text is, who sent when, and the forms they had."""

    texts: dict[str, Person] = field(default_factory=dict)
    sent: list[Person] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """The same chance each time, also in the shuffling and in the ids the bot draws."""
    chance = random.Random(20261122)
    monkeypatch.setattr("bot.reflection.nameless._RANDOM", chance)
    monkeypatch.setattr("secrets.token_hex", lambda size=32: chance.randbytes(size).hex())
    return chance


@pytest.fixture
def writers(world: World, chance: random.Random) -> list[Person]:
    """A circle of twelve is asked something each week; three of them share without a name."""
    for name in OTHERS:
        world.workspace.add_person(name).joins(world.circle)
    question_comes(world)
    return [world.bram, world.finds("Hanne"), world.finds("Lien")]


def plays(world: World, writers: list[Person], chance: random.Random) -> Played:
    """The three write in an order by chance, short or long, at once or hours apart."""
    played = Played()
    for person in chance.sample(writers, 3):
        words = f"Zin {chance.randbytes(4).hex()}" + " en nog iets" * chance.randrange(9)
        played.forms.append(waits_nameless(world, person, words))
        played.texts[words] = person
        played.sent.append(person)
        world.calendar.move(timedelta(minutes=chance.randrange(120)))
    return played


def ends(world: World) -> None:
    """The round is over; what waits is queued, not carried yet. It can be answered again, for the next of many."""
    with world.bot.services.database.writing() as session:
        session.execute(update(Round).values(batch_at=world.calendar()))
    assert ticks.post_nameless(world.bot, world.calendar()) == 1


def looks(world: World) -> dict[str, Rows]:
    """Everything there is to see: each table, its rows in the order in which the database keeps them."""
    engine = world.bot.services.database.engine
    # PostgreSQL says of each row, to whoever asks, in which transaction it was written, and where in that.
    place = "rowid" if engine.dialect.name == "sqlite" else "ctid"
    more = "" if engine.dialect.name == "sqlite" else ", xmin::text AS row_written"
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"SELECT *, {place} AS row_place{more} FROM {name} ORDER BY {place}"))
            for name in inspect(connection).get_table_names()
        }
        return {name: [dict(row) for row in rows.mappings()] for name, rows in found.items()}


def posts(world: World, tables: dict[str, Rows], played: Played) -> dict[str, dict[str, Any]]:
    """For each text, all that is kept of its message: where it is in Slack, and how it came there."""
    read = {one.ts: world.anna.visible_text(one) for one in world.anna.thread(card(world))}
    where = {words: next(ts for ts, shown in read.items() if words in shown) for words in played.texts}
    rows = {row["ts"]: {**row, "row": number} for number, row in enumerate(tables["outbox_target"]) if row["ts"]}
    jobs = {row["target_id"]: {**row, "job_row": number} for number, row in enumerate(tables["outbox_job"])}
    return {words: {**jobs[rows[ts]["id"]], **rows[ts], "words": len(words)} for words, ts in where.items()}


KEPT_OF_EACH = ("ts", "row", "job_row", "key", "id", "token", "words")


def right_guesses(played: Played, kept: dict[str, dict[str, Any]], name: str, people: list[Person]) -> int:
    """How many texts are whose they seem, with these people and the texts each in an order."""
    guessed = sorted(kept, key=lambda words: kept[words][name])
    return sum(played.texts[words] is one for words, one in zip(guessed, people, strict=True))


@pytest.mark.one_database
def test_over_many_rounds_nobody_does_better_than_guessing(
    world: World, writers: list[Person], chance: random.Random
) -> None:
    rounds = []
    for _ in range(ROUNDS):
        rounds.append(plays(world, writers, chance))
        ends(world)
        world.bot.outbox_worker.send_all()
    tables = looks(world)
    kept = [(played, posts(world, tables, played)) for played in rounds]
    for name in KEPT_OF_EACH:
        orders = {
            "member": sum(right_guesses(played, rows, name, writers) for played, rows in kept),
            "sent": sum(right_guesses(played, rows, name, played.sent) for played, rows in kept),
            "sent last": sum(right_guesses(played, rows, name, played.sent[::-1]) for played, rows in kept),
        }
        # In each round one of three is right by chance, give or take one.
        assert all(abs(right - ROUNDS) < 4 * sqrt(ROUNDS) for right in orders.values()), (name, orders)


def test_no_row_and_no_log_leads_from_a_text_to_a_person_a_form_or_a_moment(
    world: World, writers: list[Person], chance: random.Random, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    played = plays(world, writers, chance)
    before = looks(world)["reflection"]
    ends(world)
    seen = looks(world)
    assert seen["reflection"] == []
    fresh = [row for row in seen["outbox_target"] if row["key"].startswith("nameless:")]
    told = [row for row in seen["outbox_job"] if row["target_id"] in {each["id"] for each in fresh}]
    assert len(fresh) == len(told) == 3 and len({(row["queued_at"], row["queue_key"]) for row in told}) == 1
    if "row_written" in fresh[0]:
        batch = {row["row_written"] for row in (*fresh, *told)}
        assert len(batch) == 1
        besides = {name for name, rows in seen.items() if any(row["row_written"] in batch for row in rows)}
        assert besides == {"outbox_target", "outbox_job", "round"}
    world.bot.outbox_worker.send_all()
    # What the libraries log, `bot.settings.log` keeps out.
    logged = [each.getMessage() for each in caplog.records if each.name.startswith(("bot", "db", "handlers"))]
    everything = f"{looks(world)}\n{logged}"
    traces = [*played.texts, *played.forms, *(row["id"] for row in before)]
    assert not [trace for trace in traces if trace in everything]
