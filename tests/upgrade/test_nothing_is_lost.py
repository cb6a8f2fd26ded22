"""Every row and every value of version 0.1.0 is there after the upgrade, under its name of today."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from bot.crypto import places
from bot.crypto.vault import Vault, read_keys
from db.migrate import SchemaState, schema_state
from tests.upgrade.old_database import DATA, FIRST, Rows, downgrade, opened, reflected, rows_at, upgrade

# What version 0.1.0 did not have.
NEW_TABLES = {"form_draft", "reminder"}
# How tables and columns were called in version 0.1.0, and are called today; the others kept their names.
TABLES = {
    "errand": "outbox_job",
    "intervision": "intervision_case",
    "late_words": "late_contribution",
    "left_out": "opt_out",
    "post": "outbox_target",
    "presence": "channel_member",
    "retired": "retired_prompt",
    "set_aside": "saved_advice",
    "silence": "inactivity_question",
    "slot_otherwise": "slot_exception",
    "support": "question_support",
    "turn": "question_turn",
}
COLUMNS = {
    ("circle", "look_at"): "inactivity_check_at",
    ("contribution", "form"): "form_token",
    ("errand", "lane"): "queue_key",
    ("errand", "post_id"): "target_id",
    ("insight", "form"): "form_token",
    ("intervision", "form"): "form_token",
    ("late_words", "form"): "form_token",
    ("own_question", "form"): "form_token",
    ("post", "gone_at"): "deleted_at",
    ("post", "inside"): "channel_target_id",
    ("post", "under"): "thread_target_id",
    ("proposal", "form"): "form_token",
    ("reflection", "form"): "form_token",
    ("round", "has_echo"): "has_replies",
    ("workspace", "places_at"): "reconcile_at",
}
VALUES = {("errand", "state", "parked"): "failed"}
# To which place a column's words are bound.
PLACES = {
    ("intervision", "words"): places.INTAKE,
    ("contribution", "words"): places.CONTRIBUTION,
    ("remark", "words"): places.REMARK,
    ("set_aside", "words"): places.SAVED_ADVICE,
    ("late_words", "words"): places.LATE_CONTRIBUTION,
    ("reflection", "words"): places.REFLECTION,
    ("insight", "words"): places.INSIGHT,
    ("own_question", "words"): places.OWN_QUESTION,
    ("own_question", "suggestion"): places.SUGGESTED_WORDING,
    ("round", "words"): places.ASKED_QUESTION,
    ("turn", "words"): places.VOLUNTEERS_ANSWER,
    ("errand", "body"): places.OUTBOX_BODY,
    ("key_mark", "sealed"): places.KEY_MARK,
}
# What follows the place is the row's key, but for an outbox job, which has a token for it.
ROW_IN_PLACE = {"errand": ("token",)}


def renamed(rows: Rows) -> Rows:
    """The rows of version 0.1.0, as they are to be read after the upgrade."""
    return {TABLES.get(table, table): [renamed_row(table, row) for row in found] for table, found in rows.items()}


def renamed_row(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """The prompt of a round has another id, under which the wording is kept that was asked."""
    if table == "round":
        row = {**row, "prompt": re.sub(r"^(p0\d\d)$", r"\1_v1", row["prompt"])}
    return {
        COLUMNS.get((table, column), column): VALUES.get((table, column, value), value)
        if isinstance(value, str)
        else value
        for column, value in row.items()
    }


def sealed_values(url: str) -> Iterator[tuple[str, str, str, bytes]]:
    """Each sealed value: its table and column of version 0.1.0, its place by the code of today, and the value."""
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = reflected(connection).tables
        for (old, column), place in PLACES.items():
            table = tables[TABLES.get(old, old)]
            ids = ROW_IN_PLACE.get(old, tuple(table.primary_key.columns.keys()))
            for row in connection.execute(select(table).where(table.c[column].is_not(None))).mappings():
                yield old, column, places.place(place, *(row[name] for name in ids)), row[column]
    engine.dispose()


def test_every_row_is_there_with_every_value(old_url: str) -> None:
    before = rows_at(old_url)

    upgrade(old_url)

    after = rows_at(old_url)
    assert {table: len(rows) for table, rows in after.items()} == {
        **{TABLES.get(table, table): len(rows) for table, rows in before.items()},
        **dict.fromkeys(NEW_TABLES, 0),
    }
    expected = renamed(before)
    for table, rows in expected.items():
        # Columns that are new since say what the old version did not know.
        assert [
            {column: found[column] for column in row} for row, found in zip(rows, after[table], strict=True)
        ] == rows


def test_every_table_had_rows_so_that_the_upgrade_was_tried_on_each(old_sqlite_url: str) -> None:
    assert [table for table, rows in rows_at(old_sqlite_url).items() if not rows] == []


@pytest.mark.postgres
def test_a_server_holds_what_a_file_holds(old_sqlite_url: str, old_postgres_url: str) -> None:
    ordered = {table: sorted(rows, key=repr) for table, rows in rows_at(old_postgres_url).items()}

    assert ordered == {table: sorted(rows, key=repr) for table, rows in rows_at(old_sqlite_url).items()}


def test_what_was_parked_has_failed(upgraded_url: str) -> None:
    states = [job["state"] for job in rows_at(upgraded_url)["outbox_job"]]

    assert states.count("failed") == 2
    assert "parked" not in states


def test_upgrading_again_does_nothing(upgraded_url: str) -> None:
    before = rows_at(upgraded_url)

    upgrade(upgraded_url)

    assert rows_at(upgraded_url) == before
    with opened(upgraded_url) as database:
        assert schema_state(database) is SchemaState.CURRENT


def test_going_back_and_up_again_gives_the_same(old_url: str) -> None:
    before = rows_at(old_url)
    upgrade(old_url)
    upgraded = rows_at(old_url)

    downgrade(old_url, FIRST)
    assert rows_at(old_url) == before

    upgrade(old_url)
    assert rows_at(old_url) == upgraded


def test_every_word_opens_with_the_key_beside_it(upgraded_url: str) -> None:
    vault = Vault(read_keys((DATA / "klankbord.key").read_text()))
    written = json.loads((DATA / "words.json").read_text())
    expected = {(one["table"], one["column"], one["place"]): one["text"] for one in written}

    opened_words = {
        (table, column, place): vault.open(bytes(value), place=place).reveal()
        for table, column, place, value in sealed_values(upgraded_url)
    }

    assert opened_words == expected
