"""Who is in the demo's workspace, and where they meet."""

from bot.outbox.queue import Clock
from bot.slack.manifest import manifest
from bot.slack.requirements import COMMANDS
from playground.model import Conversation, Limits
from playground.workspace import PracticeWorkspace

NAMES = ("Anna", "Bram", "Céline", "Dirk", "Elif", "Farid")
CIRCLES = {"nl": "coaching-en-co", "en": "coaching-and-co", "fr": "coaching-et-co"}
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-demo", "xapp-demo", "demo-secret"
_LOCALES = {"nl": "nl-BE", "en": "en-GB", "fr": "fr-BE"}


def furnished(calendar: Clock, elapsed: Clock, language: str) -> tuple[PracticeWorkspace, Conversation]:
    """A workspace with the cast in one channel and Klankbord installed, not yet invited. Without Slack's limits."""
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
    _install(workspace, language)
    return workspace, circle


def _install(workspace: PracticeWorkspace, language: str) -> None:
    """Give the app the commands of its manifest, those in this language: a cast that speaks one needs no others.

    And its shortcuts, by the names people see.
    """
    own = {spelling[language] for spelling in COMMANDS.values()}
    features = manifest(language)["features"]
    commands, shortcuts = features["slash_commands"], features["shortcuts"]
    workspace.shortcuts = {one["callback_id"]: one["type"] for one in shortcuts}
    workspace.shortcut_names = {one["callback_id"]: one["name"] for one in shortcuts}
    workspace.commands = {one["command"]: one["description"] for one in commands if one["command"] in own}
