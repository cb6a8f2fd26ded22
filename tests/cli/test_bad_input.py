"""What somebody made a mistake in, and the one plain line they get: the thing, and the remedy."""

import socket
import sqlite3
from pathlib import Path

import pytest

from bot.settings.lock import DatabaseLock
from tests.cli.conftest import KEY, OTHER_KEY, Types
from tests.databases import migrated

BOT, APP, SECRET = {"SLACK_BOT_TOKEN": "xoxb-1"}, {"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_SIGNING_SECRET": "s3cret"}
SOCKET, HTTP = BOT | APP, BOT | SECRET
# A folder cannot be made under a file.
UNDER_A_FILE = "sqlite:////dev/null/klankbord.db"
PROTOCOL = "key: een\nversion: 1\nwhom: [peer]\n"

WRONG = [
    ({}, "SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token"),
    ({"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN holds an app token (xapp-): put that one in SLACK_APP_TOKEN"),
    ({"SLACK_BOT_TOKEN": "hallo"}, "SLACK_BOT_TOKEN does not start with xoxb-: copy"),
    (BOT, "SLACK_APP_TOKEN is not set (for Socket Mode) and SLACK_SIGNING_SECRET neither (for HTTP): set one of them"),
    (BOT | {"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN holds a bot token (xoxb-): put that one in SLACK_BOT_TOKEN"),
    (BOT | {"SLACK_SIGNING_SECRET": "two words"}, "SLACK_SIGNING_SECRET is not one word: copy the Signing Secret"),
    (SOCKET | {"KLANKBORD_KEY": "a2V5"}, "KLANKBORD_KEY holds 3 bytes and a key has 32: make one with: openssl rand"),
    (SOCKET | {"KLANKBORD_KEY": "!"}, "KLANKBORD_KEY is not written in base64: make one with: openssl rand -base64 32"),
    (SOCKET | {"SLACK_API_URL": "slack.com"}, "SLACK_API_URL is not a web address: write a whole address, such as"),
    (SOCKET | {"TIMEZONE": "Europe/Leuven"}, 'TIMEZONE is "Europe/Leuven", which is no time zone: write one such as'),
    (SOCKET | {"LANGUAGE": "de"}, 'LANGUAGE is "de": choose nl, en or fr'),
    (SOCKET | {"DATABASE_URL": "klankbord.db"}, "DATABASE_URL is not a database address: write sqlite:///var"),
    (SOCKET | {"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL names a database that Klankbord does not know: write"),
    (SOCKET | {"DATABASE_URL": "sqlite://"}, "DATABASE_URL names a database in memory, which is gone when"),
    (SOCKET | {"DATABASE_URL": UNDER_A_FILE}, "The folder /dev/null cannot be made (File exists): let DATABASE_URL"),
    (
        SOCKET | {"DATABASE_URL": "postgresql://nobody:geheim@127.0.0.1:1/x", "KLANKBORD_KEY": KEY},
        "The database cannot be used (connection failed",
    ),
    (SOCKET | {"PORT": "drieduizend"}, 'PORT is "drieduizend": write a number from 1 to 65535, such as 3000'),
    (HTTP | {"PORT": ""}, "PORT is empty, and over HTTP Slack needs one to call: set PORT"),
    (HTTP | {"HOST": "203.0.113.7", "PORT": "3999"}, "Port 3999 on 203.0.113.7 cannot be used"),
    (SOCKET | {"TICK_SECONDS": "0.1"}, 'TICK_SECONDS is "0.1": write seconds from 0.2 to 3600, such as 15'),
    (SOCKET | {"LOG_LEVEL": "loud"}, 'LOG_LEVEL is "loud": choose DEBUG, INFO, WARNING or ERROR'),
    (SOCKET | {"PROTOCOLS_DIR": "nergens"}, 'PROTOCOLS_DIR is "nergens", which is no folder: make it, or take'),
    (SOCKET | {"KLANKBORD_KEY": KEY, "KLANKBORD_KEY_FILE": "x"}, "KLANKBORD_KEY and KLANKBORD_KEY_FILE are both set"),
    (BOT | {"SLACK_APP_TOKEN_FILE": "weg"}, "SLACK_APP_TOKEN_FILE names weg, which cannot be read (No such file"),
]


@pytest.mark.parametrize(("settings", "line"), WRONG, ids=[line[:50] for _, line in WRONG])
def test_run_says_in_one_line_what_is_wrong(types: Types, settings: dict[str, str], line: str):
    said = types("run", **settings).complaint
    assert said.startswith(line)
    assert "geheim" not in said


def test_a_port_that_somebody_has(types: Types):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = types("run", **SOCKET, PORT=str(port)).complaint
    assert said.startswith(f"Port {port} on 127.0.0.1 cannot be used (Address already in use): set PORT to a free one")


def test_a_second_copy_on_one_file(types: Types):
    with DatabaseLock("sqlite:///var/klankbord.db"):
        for command in ("run", "schedules", "migrate"):
            said = types(command, **SOCKET).complaint
            assert said.startswith("Another copy of Klankbord (process ")
            assert "stop it first, or use PostgreSQL to run several" in said


@pytest.mark.parametrize("command", ["run", "check", "protocols list", "tick"])
@pytest.mark.parametrize("setting", ["PROTOCOLS_DIR", "PROMPTS_DIR"])
def test_a_communitys_file_with_an_unknown_key_is_named_with_line_and_remedy(
    types: Types, tmp_path: Path, command: str, setting: str
):
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "een.yaml").write_text(PROTOCOL)
    said = types(command, **SOCKET, **{setting: "eigen"})
    line = said.error if said.error else said.out
    assert said.status == 1 and "eigen/een.yaml" in line and "Traceback" not in line


def test_a_database_of_another_version_or_of_somebody_else_is_left_alone(types: Types, tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'kring.db'}"
    migrated(url)
    with sqlite3.connect(tmp_path / "kring.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with sqlite3.connect(tmp_path / "ander.db") as foreign:
        foreign.execute("CREATE TABLE boodschappen (wat TEXT)")
    for command in ("run", "tick", "migrate"):
        said = types(command, **SOCKET, DATABASE_URL=url).complaint
        assert said.startswith("DATABASE_URL names a database of a newer version of Klankbord than this one: install")
        said = types(command, **SOCKET, DATABASE_URL=f"sqlite:///{tmp_path / 'ander.db'}").complaint
        assert said.startswith("DATABASE_URL names a database with tables that are not Klankbord's")
    assert types("check", DATABASE_URL=url).status == 1


def test_the_tables_of_another_program_that_numbers_its_revisions_too(types: Types, tmp_path: Path):
    with sqlite3.connect(tmp_path / "ander.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        database.execute("INSERT INTO alembic_version VALUES ('0002')")
    said = types("migrate", DATABASE_URL=f"sqlite:///{tmp_path / 'ander.db'}").complaint
    assert "tables that are not Klankbord's" in said


@pytest.mark.parametrize("command", ["tick --at 0001-01-01T00:00", "tick --at 9999-12-31T23:59-10:00"])
def test_a_moment_outside_every_calendar(types: Types, command: str):
    said = types(command)
    assert said.status == 2 and "is no moment" in said.error


def test_a_number_that_no_job_can_have(types: Types):
    assert types("outbox retry 99999999999999999999999").status == 2


def test_pages_of_methods_in_a_folder_that_cannot_be(types: Types):
    assert types("protocols pages /dev/null/pages").complaint.startswith("/dev/null/pages cannot be")


def test_a_file_that_is_no_database(types: Types, tmp_path: Path):
    (tmp_path / "kring.db").write_text("dit is geen databank, maar een brief aan de kring")
    said = types("run", **SOCKET, DATABASE_URL=f"sqlite:///{tmp_path / 'kring.db'}").complaint
    assert said == "The database cannot be used (file is not a database): see DATABASE_URL"


def test_another_key_than_the_database_was_sealed_with(types: Types):
    assert types("tick", KLANKBORD_KEY=KEY).status == 0
    for command in ("tick", "outbox list", "run"):
        said = types(command, **SOCKET, KLANKBORD_KEY=OTHER_KEY).complaint
        assert said.startswith("The words in this database were sealed with another key (number ")
        assert "put that key in KLANKBORD_KEY, after a comma if there is a newer one" in said
    found = types("check", KLANKBORD_KEY=OTHER_KEY)
    assert found.status == 1 and "NO  key: The words in this database were sealed with another key" in found.out


def test_a_new_key_before_the_old_one_is_welcome_and_then_both_are_needed(types: Types):
    both = f"{OTHER_KEY},{KEY}"
    assert types("tick", KLANKBORD_KEY=KEY).status == 0
    assert types("tick", KLANKBORD_KEY=both).status == 0
    assert types("tick", KLANKBORD_KEY=KEY).status == types("tick", KLANKBORD_KEY=OTHER_KEY).status == 1
    assert types("tick", KLANKBORD_KEY=both).status == 0


def test_a_lost_key_file_is_missed_and_never_replaced_in_silence(types: Types, tmp_path: Path):
    key_file = tmp_path / "var" / "klankbord.key"
    assert types("tick").status == 0
    key = key_file.read_text()
    key_file.unlink()
    for command in ("tick", "run"):
        said = types(command, **SOCKET).complaint
        assert said.startswith("The key of this database is gone: put var/klankbord.key back")
    assert "NO  key: The key of this database is gone" in types("check").out
    assert not key_file.exists()
    key_file.write_text(key)
    assert types("tick").status == 0


@pytest.mark.parametrize(
    "command",
    [
        "",
        "dance",
        "run --fast",
        "protocols",
        "protocols show",
        "protocols check",
        "digest",
        "outbox retry een",
        "manifest --language de",
        "manifest --mode pigeon",
        "manifest --mode http",
        "tick --at morgen",
        "digest --circle C1 --period 2026-11 --format pdf",
    ],
)
def test_wrong_usage_is_exit_status_two(types: Types, command: str):
    said = types(command)
    assert said.status == 2
    assert "Traceback" not in said.error
