"""What one member wrote is found by an index, however many others write."""

import pytest
from sqlalchemy import event

from db.models import Member
from db.queries import journal
from db.queries import journal as insights
from tests.clock import MONDAY
from tests.world import World

pytestmark = pytest.mark.one_database

QUESTIONS = {
    "entries": lambda session, member: list(journal.reflection_entries(session, member, "feedback", (MONDAY, MONDAY))),
    "themes": journal.themes_written_about,
    "first": journal.first_at,
    "whether there are more": lambda session, member: journal.has_more_than(session, member, 5),
    "insights": lambda session, member: list(insights.insight_entries(session, member, "feedback", (MONDAY, MONDAY))),
    "whether there are insights": insights.has_insights,
    "the first insight": insights.first_insight_at,
    "all insights": insights.all_insights_of,
    "who is asked": lambda session, _: journal.members_to_ask(session, MONDAY),
}


def test_no_table_is_read_from_end_to_end(sqlite_url: str) -> None:
    world, told = World(sqlite_url), []
    with world.bot.services.database.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *call: told.append(call[2:4]))
        for name, asks in QUESTIONS.items():
            told.clear()
            asks(session, Member(id=1))
            asked = [one for one in told if one[0].startswith("SELECT")]
            assert asked, name
            for statement, values in asked:
                plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                assert not [row[3] for row in plan if row[3].startswith("SCAN")], name
    world.stops()
