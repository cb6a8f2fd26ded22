"""Checks the settings, the data files, the database, and, with tokens, the connection and the scopes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.crypto.key_check import verify_keys
from bot.crypto.vault import BadKey, CannotOpen, key_file_beside
from bot.library.reading import BadFile, load_library
from bot.settings.paths import database_file, is_in_memory
from bot.settings.schema import REMEDIES
from bot.settings.settings import BadSetting, Mode, Settings, load_settings
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackRefused
from bot.slack.requirements import bot_scopes
from db.migrate import SchemaState, schema_state
from db.session import Database, describe_error


@dataclass(frozen=True)
class CheckResult:
    """The result of one check; `text` says what to do if it is not fine."""

    fine: bool
    text: str


def check_everything(read: Callable[[], Settings] = load_settings) -> list[CheckResult]:
    """Check everything, and change nothing. A wrong setting ends the check, since the others need all settings.

    `read` returns the settings or raises `BadSetting`.
    """
    try:
        settings = read()
    except BadSetting as mistake:
        return [CheckResult(False, str(mistake))]
    return [CheckResult(True, "settings: every one can be used"), *_all_checks(settings)]


def _all_checks(settings: Settings) -> Iterator[CheckResult]:
    yield _data_files(settings)
    yield from _database(settings)
    yield from _slack(settings)


def _data_files(settings: Settings) -> CheckResult:
    try:
        library = load_library(settings.protocols_dir, settings.prompts_dir)
    except BadFile as mistake:
        return CheckResult(False, str(mistake))
    return CheckResult(True, f"data files: {len(library.protocols)} methods, {len(library.prompts)} prompts")


def _database(settings: Settings) -> Iterator[CheckResult]:
    file = database_file(settings.database_url)
    if is_in_memory(settings.database_url):
        yield CheckResult(False, "database: in memory, and gone when Klankbord stops: let DATABASE_URL name a file")
    elif file and not file.exists():
        yield CheckResult(True, f"database: {file} will be made at the first start")
        yield CheckResult(True, _key_advice(settings))
    else:
        yield from _existing_database(settings)


def _existing_database(settings: Settings) -> Iterator[CheckResult]:
    database = Database(settings.database_url)
    try:
        found = schema_state(database)
        yield _tables(found)
        if found in {SchemaState.CURRENT, SchemaState.EMPTY}:
            yield _key(database if found is SchemaState.CURRENT else None, settings)
    except SQLAlchemyError as mistake:
        yield CheckResult(False, f"database: cannot be used ({describe_error(mistake)}): see DATABASE_URL")
    finally:
        database.close()


def _tables(found: SchemaState) -> CheckResult:
    if found in REMEDIES:
        return CheckResult(False, f"database: one {REMEDIES[found]}")
    if found is SchemaState.EMPTY:
        return CheckResult(True, "database: answers, and will get its tables at the first start")
    return CheckResult(True, "database: answers, and has this version's tables")


def _key(database: Database | None, settings: Settings) -> CheckResult:
    try:
        verify_keys(database, settings.klankbord_keys, settings.database_url)
    except (BadKey, CannotOpen) as mistake:
        return CheckResult(False, f"key: {mistake}")
    return CheckResult(True, _key_advice(settings))


def _key_advice(settings: Settings) -> str:
    if settings.klankbord_keys:
        return "key: given in KLANKBORD_KEY; keep a copy apart from the database's backups"
    where = key_file_beside(settings.database_url)
    if where and not where.exists():
        return f"key: {where} will be made at the first start; better give one of your own in KLANKBORD_KEY"
    return f"key: in {where}; better kept elsewhere: put what is in it in KLANKBORD_KEY, and keep a copy"


def _slack(settings: Settings) -> Iterator[CheckResult]:
    if not settings.slack_bot_token:
        yield CheckResult(True, "Slack: not looked at, as SLACK_BOT_TOKEN is not set; the demo needs none")
        return
    try:
        access = settings.for_slack()
        yield _scopes(SlackClient.connect(access.bot_token, access.api_url))
        if settings.mode is Mode.HTTP:
            yield CheckResult(True, f"Slack: will call port {settings.port}, as SLACK_APP_TOKEN is not set")
        elif access.app_token:
            SlackClient.connect(access.app_token, access.api_url).socket_address()
            yield CheckResult(True, "Slack: the socket opens")
    except BadSetting as mistake:
        yield CheckResult(False, str(mistake))
    except SlackRefused as refusal:
        yield CheckResult(False, f"Slack: {why_refused(refusal)}")
    except SlackError:
        yield CheckResult(False, f"Slack: {settings.slack_api_url} does not answer: see SLACK_API_URL and the network")


def why_refused(refusal: SlackRefused) -> str:
    """One line: which token Slack refuses, and what to do."""
    token = "SLACK_APP_TOKEN" if str(refusal).startswith("apps.") else "SLACK_BOT_TOKEN"
    return f"{token} is refused ({refusal.error}): copy it again from your app's page at api.slack.com/apps"


def _scopes(slack: SlackClient) -> CheckResult:
    missing = sorted(set(bot_scopes()) - slack.granted_scopes())
    if missing:
        remedy = "update its manifest (python main.py manifest) and install it again"
        return CheckResult(False, f"Slack: the app lacks {', '.join(missing)}: {remedy}")
    return CheckResult(True, "Slack: answers, and the app has every scope it needs")
