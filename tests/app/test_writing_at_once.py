"""Many threads that write to one SQLite file in the same seconds: each gets its turn, and none waits too long."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db.session import Database

THREADS, TURNS = 30, 40


def test_thirty_threads_that_write_at_once_are_all_let_in(sqlite_url: str):
    database = Database(sqlite_url)
    with database.writing() as session:
        session.execute(text("CREATE TABLE tally (number INTEGER)"))
        session.execute(text("INSERT INTO tally VALUES (0)"))

    def counts(_: int) -> None:
        for _turn in range(TURNS):
            with database.writing() as session:
                number = session.scalar(text("SELECT number FROM tally"))
                session.execute(text("UPDATE tally SET number = :next"), {"next": number + 1})

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(counts, range(THREADS)))
    with database.reading() as session:
        assert session.scalar(text("SELECT number FROM tally")) == THREADS * TURNS
    database.close()


def test_who_fails_lets_the_next_one_in(sqlite_url: str):
    database = Database(sqlite_url)
    for _ in range(3):
        try:
            with database.writing() as session:
                session.execute(text("SELECT * FROM nowhere"))
        except OperationalError:
            continue
    with database.writing() as session:
        session.execute(text("CREATE TABLE somewhere (number INTEGER)"))
    database.close()
