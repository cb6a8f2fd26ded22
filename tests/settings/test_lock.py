"""On one SQLite file one copy works; the next hears so, and may start when the first is gone."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings.lock import AlreadyRunning, DatabaseLock
from bot.settings.paths import database_file, is_in_memory

HOLD_AND_WAIT = """
import sys
from bot.settings.lock import DatabaseLock
DatabaseLock(sys.argv[1]).hold()
print("held", flush=True)
input()
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/klankbord.db"


def test_a_second_copy_is_refused_until_the_first_lets_go(url: str) -> None:
    with DatabaseLock(url), pytest.raises(AlreadyRunning, match="Another copy of Klankbord"):
        DatabaseLock(url).hold()
    with DatabaseLock(url):
        pass


def test_a_copy_that_is_killed_lets_go(url: str) -> None:
    command = [sys.executable, "-c", HOLD_AND_WAIT, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match=f"process {other.pid}"):
            DatabaseLock(url).hold()
        other.kill()
        other.wait()
        DatabaseLock(url).hold().release()


def test_holding_twice_and_letting_go_twice_do_no_harm(url: str) -> None:
    lock = DatabaseLock(url)
    assert lock.hold() is lock.hold()
    lock.release()
    lock.release()


@pytest.mark.parametrize("elsewhere", ["sqlite://", "postgresql+psycopg://bot@db/klankbord"])
def test_where_there_is_no_file_there_is_no_lock(elsewhere: str) -> None:
    with DatabaseLock(elsewhere), DatabaseLock(elsewhere):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(AlreadyRunning, match="a folder this user may write to"):
        DatabaseLock(f"sqlite:///{tmp_path}/var/klankbord.db").hold()


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///var/klankbord.db", Path("var/klankbord.db")),
        ("sqlite:////data/klankbord.db", Path("/data/klankbord.db")),
        ("sqlite:///file:/data/k.db?uri=true", Path("/data/k.db")),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("sqlite:///file:k?mode=memory&uri=true", None),
        ("postgresql+psycopg://bot@db/klankbord", None),
    ],
)
def test_the_file_of_a_database(url: str, file: Path | None) -> None:
    assert database_file(url) == file
    assert is_in_memory(url) == (url.startswith("sqlite") and file is None)
