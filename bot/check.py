"""Whether everything is in place: configuration, data files, database, and with tokens, connection and scopes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.config import BadSetting, Settings, load
from bot.library import BadFile, load_library
from bot.platform import bot_scopes
from bot.slack import Refused, Slack, SlackTrouble
from bot.vault import BadKey, Vault, key_file_beside
from db.migrate import Standing, standing
from db.session import Database


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is fine, and what to do where it is not."""

    fine: bool
    text: str


def check(read: Callable[[], Settings] = load) -> list[Finding]:
    """Look at everything that can be looked at; the first wrong setting ends it, since nothing can be read without."""
    try:
        settings = read()
    except BadSetting as mistake:
        return [Finding(False, str(mistake))]
    return [Finding(True, "settings: every one can be used"), *_findings(settings)]


def _findings(settings: Settings) -> Iterator[Finding]:
    yield _data_files(settings)
    yield _key(settings)
    yield _database(settings)
    yield from _slack(settings)


def _data_files(settings: Settings) -> Finding:
    try:
        library = load_library(settings.protocols_dir, settings.prompts_dir)
    except BadFile as mistake:
        return Finding(False, str(mistake))
    return Finding(True, f"data files: {len(library.protocols)} methods, {len(library.prompts)} prompts")


def _key(settings: Settings) -> Finding:
    if settings.klankbord_keys:
        return Finding(True, "key: given in KLANKBORD_KEY; keep a copy apart from the database's backups")
    try:
        Vault.keys_from((), settings.database_url)
    except BadKey as mistake:
        return Finding(False, str(mistake))
    where = key_file_beside(settings.database_url)
    return Finding(True, f"key: in {where}; better kept elsewhere: put what is in it in KLANKBORD_KEY, and keep a copy")


def _database(settings: Settings) -> Finding:
    try:
        database = Database(settings.database_url)
        found = standing(database)
        database.close()
    except SQLAlchemyError as mistake:
        return Finding(False, f"database: does not answer ({type(mistake).__name__}): see DATABASE_URL")
    if found is Standing.OTHER:
        return Finding(False, "database: of another version: make a backup, then run: python main.py migrate")
    return Finding(
        True,
        "database: answers, and will get its tables at the first start"
        if found is Standing.EMPTY
        else "database: answers, and has this version's tables",
    )


def _slack(settings: Settings) -> Iterator[Finding]:
    if not settings.slack_bot_token:
        yield Finding(True, "Slack: not looked at, as SLACK_BOT_TOKEN is not set; the demo needs none")
        return
    try:
        access = settings.for_slack()
        yield _scopes(Slack.connect(access.bot_token, access.api_url))
        if access.app_token:
            Slack.connect(access.app_token, access.api_url).try_socket()
            yield Finding(True, "Slack: the socket opens")
    except BadSetting as mistake:
        yield Finding(False, str(mistake))
    except Refused as refusal:
        yield Finding(
            False, f"Slack: refuses ({refusal}): copy the tokens again from your app's page, api.slack.com/apps"
        )
    except SlackTrouble:
        yield Finding(False, f"Slack: {settings.slack_api_url} does not answer: see SLACK_API_URL and the network")


def _scopes(slack: Slack) -> Finding:
    missing = sorted(set(bot_scopes()) - slack.granted_scopes())
    if missing:
        return Finding(
            False,
            f"Slack: the app lacks {', '.join(missing)}: update its manifest (python main.py manifest) and install it again",
        )
    return Finding(True, "Slack: answers, and the app has every scope it needs")
