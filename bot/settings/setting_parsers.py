"""The parser of each setting: takes the text, returns the value; `ValueError` says what is wrong and how to repair it.

No message shows the value of a secret.
"""

from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.core.calendar import is_zone
from bot.core.text import LANGUAGES, Language

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SHORTEST_TICK, LONGEST_TICK = 0.2, 3600.0
WHERE_TOKENS_ARE = "from your app's page at api.slack.com/apps"
DATABASES = "write sqlite:///var/klankbord.db or postgresql://user:password@host/name"


def bot_token(text: str) -> str:
    """A token that starts with xoxb-."""
    if text.startswith("xapp-"):
        raise ValueError("holds an app token (xapp-): put that one in SLACK_APP_TOKEN, and a bot token (xoxb-) here")
    return _token(text, "xoxb-", "the Bot User OAuth Token (OAuth & Permissions)")


def app_token(text: str) -> str:
    """A token that starts with xapp-."""
    if text.startswith("xoxb-"):
        raise ValueError("holds a bot token (xoxb-): put that one in SLACK_BOT_TOKEN, and an app token (xapp-) here")
    return _token(text, "xapp-", "an app-level token with connections:write (Basic Information)")


def _token(text: str, prefix: str, which: str) -> str:
    if not text.startswith(prefix):
        raise ValueError(f"does not start with {prefix}: copy {which} {WHERE_TOKENS_ARE}")
    if len(text) == len(prefix) or not _is_one_word(text):
        raise ValueError(f"is not a whole token: copy {which} {WHERE_TOKENS_ARE} once more")
    return text


def signing_secret(text: str) -> str:
    """The secret with which Slack signs its requests."""
    if not _is_one_word(text):
        raise ValueError(f"is not one word: copy the Signing Secret (Basic Information) {WHERE_TOKENS_ARE}")
    return text


def _is_one_word(text: str) -> bool:
    return text.isascii() and text.isprintable() and not any(sign in text for sign in " \"'")


def api_url(text: str) -> str:
    """The address of Slack's methods, with the slash at the end that slack_sdk needs."""
    remedy = "write a whole address, such as https://slack.com/api/"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or not _is_one_word(text):
        raise ValueError(f"is not a web address: {remedy}")
    if parts.query or parts.fragment or parts.username:
        raise ValueError(f"is more than a plain web address: {remedy}")
    return text.rstrip("/") + "/"


def database_url(text: str) -> str:
    """SQLAlchemy's address of a SQLite or PostgreSQL database; `postgres://` is accepted too."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(f"is not a database address: {DATABASES}") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        return text
    raise ValueError(f"names a database that Klankbord does not know: {DATABASES}")


def timezone(text: str) -> str:
    """The name of a time zone with its rules for summer and winter."""
    if not is_zone(text):
        raise ValueError(f'is "{text}", which is no time zone: write one such as Europe/Brussels')
    return text


def language(text: str) -> Language:
    """One of the languages that the bot speaks."""
    for spoken in LANGUAGES:
        if text.lower() == spoken:
            return spoken
    raise ValueError(f'is "{text}": choose nl, en or fr')


def folder(text: str) -> Path:
    """A folder that exists."""
    path = Path(text).expanduser()
    if not path.is_dir():
        raise ValueError(f'is "{text}", which is no folder: make it, or take the setting away')
    return path


def host(text: str) -> str:
    """A host name or address to listen on."""
    if not _is_one_word(text) or "/" in text:
        raise ValueError(f'is "{text}": write 127.0.0.1 (this machine only), 0.0.0.0 (every network) or a name')
    return text


def port(text: str) -> int:
    """A port to listen on; 0 is any free one."""
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise ValueError(f'is "{text}": write a number from 1 to 65535, such as 3000')
    return int(text)


def log_level(text: str) -> str:
    """How much is logged; no level shows what people wrote."""
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f'is "{text}": choose {", ".join(LOG_LEVELS[:-1])} or {LOG_LEVELS[-1]}')
    return text.upper()


def tick_seconds(text: str) -> float:
    """How often due work is looked for, in seconds."""
    remedy = f'is "{text}": write seconds from {SHORTEST_TICK} to {LONGEST_TICK:.0f}, such as 15'
    try:
        seconds = float(text)
    except ValueError:
        raise ValueError(remedy) from None
    if not SHORTEST_TICK <= seconds <= LONGEST_TICK:
        raise ValueError(remedy)
    return seconds
