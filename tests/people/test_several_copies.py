"""Several copies meet the same stranger at the same moment: each goes on, and nobody is there twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import func, select, text

from db.models import Channel, Member
from db.queries import people
from db.session import Database
from tests.app.waiting import until

NOW = datetime(2035, 11, 12, 9, 0, tzinfo=UTC)


def is_waited_for(database: Database) -> bool:
    with database.reading() as session:
        return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def keeps_anna_and_her_channel(database: Database) -> None:
    with database.writing() as session:
        people.add_member(session, "U0ANNA", "Europe/Brussels", NOW).is_guest = True
        people.add_channel(session, "C0ANNA").kind = "public"


def test_two_copies_keep_the_same_person_and_the_same_channel(postgres_url: str):
    ours, theirs = Database(postgres_url), Database(postgres_url)
    with ThreadPoolExecutor(1) as other_copy:
        with ours.writing() as session:
            people.add_channel(session, "C0ANNA")
            people.add_member(session, "U0ANNA", "Europe/Paris", NOW)
            kept = other_copy.submit(keeps_anna_and_her_channel, theirs)
            until(lambda: is_waited_for(ours), "the other copy keeps them too")
        kept.result(timeout=20)
    with ours.reading() as session:
        assert [(one.timezone, one.is_guest) for one in session.scalars(select(Member))] == [("Europe/Paris", True)]
        assert session.scalar(select(func.count()).select_from(Channel)) == 1
    ours.close()
    theirs.close()
