"""The people of the demo's workspace, and their channel."""

from bot.outbox.queue import Clock
from bot.slack.manifest import Json, manifest
from bot.slack.requirements import COMMANDS
from playground.model import Conversation, Limits
from playground.workspace import PracticeWorkspace

NAMES = ("Anna", "Bram", "Céline", "Dirk", "Elif", "Farid")
CIRCLES = {"nl": "coaching-en-co", "en": "coaching-and-co", "fr": "coaching-et-co"}
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-demo", "xapp-demo", "demo-secret"
_LOCALES = {"nl": "nl-BE", "en": "en-GB", "fr": "fr-BE"}


def make_workspace(calendar: Clock, elapsed: Clock, language: str) -> tuple[PracticeWorkspace, Conversation]:
    """A workspace with the cast in one channel, and Klankbord installed but not yet invited. Without Slack's limits."""
    workspace = PracticeWorkspace(
        calendar,
        elapsed,
        app_name="Klankbord",
        team_name="Coaching & Co",
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SIGNING_SECRET,
        limits=Limits.none(),
    )
    people = [workspace.add_person(name, locale=_LOCALES[language]) for name in NAMES]
    circle = people[0].creates_channel(CIRCLES[language])
    for person in people[1:]:
        person.joins(circle)
    workspace.installs(_manifest(language))
    return workspace, circle


def _manifest(language: str) -> Json:
    """The app's manifest with the commands of every language, those of this one first: a visitor may speak another."""
    whole, commands = manifest(language), dict[str, Json]()
    for spoken in (language, *_LOCALES):
        spelled = {spelling[spoken] for spelling in COMMANDS.values()}
        for command in manifest(spoken)["features"]["slash_commands"]:
            if command["command"] in spelled:
                commands.setdefault(command["command"], command)
    return {**whole, "features": {**whole["features"], "slash_commands": list(commands.values())}}
