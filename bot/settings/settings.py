"""The settings of Klankbord. Nothing else reads the environment.

Every setting can be in the environment or in a file `.env`; the environment wins. A secret can also be in a file of its
own, whose path is in `NAME_FILE`, as Docker and systemd do it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from dotenv import dotenv_values

from bot.core.text import Language
from bot.crypto.vault import read_keys
from bot.settings import setting_parsers as parsers

T = TypeVar("T")

SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL", "KLANKBORD_KEY")
_CHOICES = ("TIMEZONE", "LANGUAGE", "PROTOCOLS_DIR", "PROMPTS_DIR")
PLAIN = ("SLACK_API_URL", *_CHOICES, "HOST", "PORT", "LOG_LEVEL", "TICK_SECONDS")
NAMES = SECRETS + PLAIN + tuple(f"{secret}_FILE" for secret in SECRETS)

SLACK = "https://slack.com/api/"
DATABASE = "sqlite:///var/klankbord.db"


class BadSetting(Exception):
    """A setting that cannot be used; the message is one plain line with the variable and the remedy."""


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True)
class Settings:
    """Every setting, parsed and checked; secrets are not in its `repr`."""

    slack_bot_token: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    slack_api_url: str = SLACK
    database_url: str = field(default=DATABASE, repr=False)
    klankbord_keys: tuple[bytes, ...] = field(default=(), repr=False)
    timezone: str = "Europe/Brussels"
    language: Language = "nl"
    protocols_dir: Path | None = None
    prompts_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int | None = 3000
    log_level: str = "INFO"
    tick_seconds: float = 15.0

    @property
    def mode(self) -> Mode:
        """Socket Mode if there is an app token, else HTTP."""
        return Mode.SOCKET if self.slack_app_token else Mode.HTTP

    def for_slack(self) -> "SlackAccess":
        """The settings for talking to Slack. Raises `BadSetting` for the first one that is missing."""
        bot_token = _require(
            self.slack_bot_token,
            f"SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token {parsers.WHERE_TOKENS_ARE}",
        )
        if self.mode is Mode.SOCKET:
            return SlackAccess(bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_api_url)
        secret = _require(
            self.slack_signing_secret,
            "SLACK_APP_TOKEN is not set (for Socket Mode) and SLACK_SIGNING_SECRET neither (for HTTP): set one of them",
        )
        _require(self.port, "PORT is empty, and over HTTP Slack needs one to call: set PORT, for example to 3000")
        return SlackAccess(bot_token, None, secret, self.slack_api_url)


@dataclass(frozen=True)
class SlackAccess:
    """What is needed to talk to Slack: over Socket Mode an app token, over HTTP a signing secret."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    api_url: str


def load_settings(environ: Mapping[str, str] | None = None, dotenv_path: Path | None = Path(".env")) -> Settings:
    """Read every setting from `environ` (by default the process's own) and the file at `dotenv_path`, if it exists.

    Raises `BadSetting` for the first one that cannot be used. Only `for_slack` needs the tokens: much works without.
    """
    variables = _Variables(_merged(os.environ if environ is None else environ, dotenv_path))
    return Settings(
        slack_bot_token=variables.parse("SLACK_BOT_TOKEN", parsers.bot_token, None),
        slack_app_token=variables.parse("SLACK_APP_TOKEN", parsers.app_token, None),
        slack_signing_secret=variables.parse("SLACK_SIGNING_SECRET", parsers.signing_secret, None),
        slack_api_url=variables.parse("SLACK_API_URL", parsers.api_url, SLACK),
        database_url=variables.parse("DATABASE_URL", parsers.database_url, DATABASE),
        klankbord_keys=variables.parse("KLANKBORD_KEY", read_keys, ()),
        timezone=variables.parse("TIMEZONE", parsers.timezone, "Europe/Brussels"),
        language=variables.parse("LANGUAGE", parsers.language, "nl"),
        protocols_dir=variables.parse("PROTOCOLS_DIR", parsers.folder, None),
        prompts_dir=variables.parse("PROMPTS_DIR", parsers.folder, None),
        host=variables.parse("HOST", parsers.host, "127.0.0.1"),
        port=variables.parse_port(),
        log_level=variables.parse("LOG_LEVEL", parsers.log_level, "INFO"),
        tick_seconds=variables.parse("TICK_SECONDS", parsers.tick_seconds, 15.0),
    )


class _Variables:
    """The values of the environment and `.env`, by name. An empty value is like none, except for `PORT`."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def parse(self, name: str, parser: Callable[[str], T], default: T) -> T:
        text = self._text(name)
        if not text:
            return default
        try:
            return parser(text)
        except ValueError as problem:
            # Without its cause, whose traceback could show the value.
            raise BadSetting(f"{name} {problem}") from None

    def parse_port(self) -> int | None:
        """None for an empty value: then there is no web server."""
        return None if self._values.get("PORT", "3000").strip() == "" else self.parse("PORT", parsers.port, 3000)

    def _text(self, name: str) -> str:
        text, file = self._values.get(name, ""), self._values.get(f"{name}_FILE", "")
        if name not in SECRETS or not file:
            return text.strip()
        if text:
            raise BadSetting(f"{name} and {name}_FILE are both set: keep one of them")
        return _content(f"{name}_FILE", Path(file))


def _merged(environ: Mapping[str, str], dotenv_path: Path | None) -> dict[str, str]:
    return _from_file(dotenv_path) | {name: value for name, value in environ.items() if _is_for_us(name, value)}


def _is_for_us(name: str, value: str) -> bool:
    """Linux desktops set LANGUAGE too ("en_US:en", "nl_BE"); ours has two letters."""
    if name == "LANGUAGE" and any(sign in value for sign in "_:."):
        return False
    return name in NAMES and (bool(value.strip()) or name == "PORT")


def _from_file(path: Path | None) -> dict[str, str]:
    if path is None or not path.is_file():
        return {}
    try:
        values = dotenv_values(path, interpolate=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadSetting(f"{path} cannot be read: it has to be a text file that this user may read") from None
    for name, value in values.items():
        if value is None and name in NAMES:
            raise BadSetting(f"{name} in {path} has no value: write {name}=… or take the line away")
    return {name: value for name, value in values.items() if value is not None and name in NAMES}


def _content(name: str, file: Path) -> str:
    try:
        text = file.read_text("utf-8").strip()
    except OSError as problem:
        raise BadSetting(f"{name} names {file}, which cannot be read ({problem.strerror})") from None
    except UnicodeDecodeError:
        raise BadSetting(f"{name} names {file}, which is not a text file") from None
    if not text:
        raise BadSetting(f"{name} names {file}, which is empty")
    return text


def _require(value: T | None, problem: str) -> T:
    if value is None:
        raise BadSetting(problem)
    return value
