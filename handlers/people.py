"""Events about people and channels: who came, who went, what changed."""

import logging
from typing import Any

from slack_bolt import App

from bot.bot import Bot
from bot.core.parts import Json
from bot.slack.types import person_facts

_log = logging.getLogger(__name__)
TAKEN_AWAY = ("app_uninstalled", "tokens_revoked")
LOST = ("channel_archive", "channel_deleted", "channel_left", "group_archive", "group_deleted", "group_left")
BACK = ("channel_unarchive", "group_unarchive")


def register(app: App, bot: Bot) -> None:
    """Connect the events that keep our facts about people true."""

    def look_up() -> None:
        bot.people.look_up_due_channels(bot.calendar())

    app.event("member_joined_channel")(ack=lambda event: _joined(bot, event), lazy=[look_up])
    app.event("member_left_channel")(lambda event: _left(bot, event))
    app.event("user_change")(lambda event: _changed(bot, event))
    for name in LOST:
        app.event(name)(lambda event: bot.people.on_bot_left(_channel(event), bot.calendar()))
    for name in TAKEN_AWAY:
        app.event(name)(_taken_away)
    for name in BACK:
        app.event(name)(ack=lambda event: bot.people.on_bot_joined(_channel(event), bot.calendar()), lazy=[look_up])


def _joined(bot: Bot, event: Json) -> None:
    ours = bot.people.own_identity()
    if ours and event["user"] == ours.bot_user:
        bot.people.on_bot_joined(event["channel"], bot.calendar())
    else:
        bot.people.on_member_joined(event["channel"], event["user"], bot.calendar())


def _left(bot: Bot, event: Json) -> None:
    ours = bot.people.own_identity()
    if ours and event["user"] == ours.bot_user:
        bot.people.on_bot_left(event["channel"], bot.calendar())
    else:
        bot.people.on_member_left(event["channel"], event["user"], bot.calendar())
        bot.cases.on_left_channel(event["channel"], event["user"], bot.calendar())


def _taken_away(event: Json) -> None:
    """What is to be said waits in the outbox; it goes out when the app is back."""
    _log.error("Slack says %s: install the app again; nothing is lost meanwhile", event["type"])


def _changed(bot: Bot, event: Json) -> None:
    """Somebody whose account is closed leaves every case, so that the others need not wait; a guest, what invites."""
    facts = person_facts(event["user"])
    bot.people.on_user_changed(facts, bot.calendar())
    bot.people.tell_listeners(facts, bot.calendar())


def _channel(event: Json) -> str:
    channel: Any = event["channel"]
    return str(channel["id"] if isinstance(channel, dict) else channel)
