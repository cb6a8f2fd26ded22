"""What the surroundings say, and what somebody hears who said it wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings.settings import NAMES, BadSetting, Mode, Settings, load_settings

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def settings(**environ: str) -> Settings:
    return load_settings(environ, None)


def test_with_nothing_set_there_are_sensible_answers() -> None:
    assert settings() == Settings(
        slack_api_url="https://slack.com/api/",
        database_url="sqlite:///var/klankbord.db",
        timezone="Europe/Brussels",
        language="nl",
        port=3000,
        log_level="INFO",
        tick_seconds=15,
    )


def test_everything_can_be_set(tmp_path: Path) -> None:
    given = settings(
        **SOCKET,
        SLACK_SIGNING_SECRET="8f742231b10e8888abcd99yyyzzz85a5",
        SLACK_API_URL="http://localhost:8000/api",
        DATABASE_URL="postgres://bot:geheim@db:5432/klankbord",
        KLANKBORD_KEY=KEY,
        TIMEZONE="Europe/Paris",
        LANGUAGE="FR",
        PROTOCOLS_DIR=str(tmp_path),
        PROMPTS_DIR=str(tmp_path),
        HOST="0.0.0.0",
        PORT="",
        LOG_LEVEL="warning",
        TICK_SECONDS="0.2",
    )
    assert given.slack_api_url == "http://localhost:8000/api/"
    assert given.database_url == "postgresql+psycopg://bot:geheim@db:5432/klankbord"
    assert given.klankbord_keys == (bytes(range(32)),)
    assert (given.timezone, given.language, given.log_level) == ("Europe/Paris", "fr", "WARNING")
    assert (given.host, given.port, given.tick_seconds) == ("0.0.0.0", None, 0.2)
    assert given.protocols_dir == given.prompts_dir == tmp_path


def test_an_app_token_means_socket_mode_and_none_means_http() -> None:
    assert settings(**SOCKET).mode is Mode.SOCKET
    over_http = settings(SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s3cret")
    assert over_http.mode is Mode.HTTP
    assert over_http.for_slack().signing_secret == "s3cret"


@pytest.mark.parametrize(
    ("environ", "missed"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is not set .* SLACK_SIGNING_SECRET neither"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "x", "PORT": ""}, "PORT is empty"),
    ],
)
def test_what_slack_needs_is_missed_only_where_slack_is_needed(environ: dict[str, str], missed: str) -> None:
    with pytest.raises(BadSetting, match=missed):
        settings(**environ).for_slack()


WRONG = [
    ("SLACK_BOT_TOKEN", "abc", "does not start with xoxb-"),
    ("SLACK_BOT_TOKEN", "xoxb-", "not a whole token"),
    ("SLACK_BOT_TOKEN", "xoxb-1 2", "not a whole token"),
    ("SLACK_BOT_TOKEN", '"xoxb-12"', "does not start with xoxb-"),
    ("SLACK_BOT_TOKEN", "xapp-12", "put that one in SLACK_APP_TOKEN"),
    ("SLACK_APP_TOKEN", "xoxb-12", "put that one in SLACK_BOT_TOKEN"),
    ("SLACK_APP_TOKEN", "nonsense", "does not start with xapp-"),
    ("SLACK_SIGNING_SECRET", "two words", "copy the Signing Secret"),
    ("SLACK_API_URL", "slack.com/api", "is not a web address"),
    ("SLACK_API_URL", "ftp://slack.com/api", "is not a web address"),
    ("SLACK_API_URL", "https://", "is not a web address"),
    ("SLACK_API_URL", "https://host:99999999/", "is not a web address"),
    ("SLACK_API_URL", "https://[half/", "is not a web address"),
    ("SLACK_API_URL", "https://slack.com/api?x=1", "more than a plain web address"),
    ("DATABASE_URL", "klankbord.db", "is not a database address"),
    ("DATABASE_URL", "mysql://root:geheim@db/x", "does not know"),
    ("DATABASE_URL", "postgresql://u:geheim@db:port/x", "is not a database address"),
    ("KLANKBORD_KEY", "not a key", "is not written in base64"),
    ("KLANKBORD_KEY", "c2hvcnQ=", "holds 5 bytes and a key has 32"),
    ("KLANKBORD_KEY", ",", "holds no key"),
    ("TIMEZONE", "Brussels", "Europe/Brussels"),
    ("TIMEZONE", "Europe", "is no time zone"),
    ("TIMEZONE", "../../etc/passwd", "is no time zone"),
    ("LANGUAGE", "de", "choose nl, en or fr"),
    ("PROTOCOLS_DIR", "/no/such/folder", "is no folder"),
    ("PROMPTS_DIR", "/no/such/folder", "is no folder"),
    ("HOST", "http://0.0.0.0", "127.0.0.1"),
    ("PORT", "http", "from 1 to 65535"),
    ("PORT", "65536", "from 1 to 65535"),
    ("PORT", "-1", "from 1 to 65535"),
    ("PORT", "²", "from 1 to 65535"),
    ("LOG_LEVEL", "LOUD", "choose DEBUG, INFO, WARNING or ERROR"),
    ("TICK_SECONDS", "often", "such as 15"),
    ("TICK_SECONDS", "0.1", "from 0.2"),
    ("TICK_SECONDS", "nan", "from 0.2"),
    ("TICK_SECONDS", "inf", "from 0.2"),
]


@pytest.mark.parametrize(("name", "value", "remedy"), WRONG, ids=[f"{name}={value}" for name, value, _ in WRONG])
def test_a_wrong_setting_is_one_plain_line_with_its_name_and_the_remedy(name: str, value: str, remedy: str) -> None:
    with pytest.raises(BadSetting) as refused:
        settings(**{name: value})
    line = str(refused.value)
    assert line.startswith(f"{name} ")
    assert remedy in line
    assert "\n" not in line


def test_no_message_shows_a_secret() -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL", "KLANKBORD_KEY"):
        with pytest.raises(BadSetting) as refused:
            settings(**{name: "hush hush"})
        assert "hush" not in str(refused.value)
        assert refused.value.__cause__ is None


def test_secrets_do_not_show_in_what_is_printed() -> None:
    given = settings(**SOCKET, SLACK_SIGNING_SECRET="hush", DATABASE_URL="postgresql://u:hush@db/x", KLANKBORD_KEY=KEY)
    shown = repr(given) + repr(given.for_slack())
    for secret in ("hush", "xoxb-1", "xapp-1", repr(bytes(range(32)))):
        assert secret not in shown


def test_a_desktops_own_language_list_is_not_ours() -> None:
    assert settings(LANGUAGE="en_US:en").language == "nl"
    assert settings(LANGUAGE="en").language == "en"


def test_an_empty_value_is_as_none_at_all() -> None:
    assert settings(**dict.fromkeys(set(NAMES) - {"PORT"}, " ")) == settings()


def test_reading_needs_no_environment_and_importing_reads_none() -> None:
    """An import that looked at PORT would stop here."""
    finished = subprocess.run(
        [
            sys.executable,
            "-c",
            "import bot.settings.settings, bot.settings.lock, bot.crypto.vault, bot.slack.manifest",
        ],
        env={"PORT": "no port", "LANGUAGE": "xx"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (finished.returncode, finished.stdout + finished.stderr) == (0, "")
