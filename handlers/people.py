"""Events about people and channels: who came, who left, what changed."""

import logging

from bot.bot import Bot
from bot.core.parts import Json
from bot.people.types import ARCHIVED, DELETED, REMOVED, SHARED
from bot.slack.types import person_facts
from handlers.event_fields import Events, Listener, id_in, object_in

_log = logging.getLogger(__name__)


def register(events: Events) -> None:
    """Connect the events that keep our facts about people true."""
    for name, listener in _LISTENERS.items():
        events.on_event(name, listener, afterwards=_look_up if name in _FOLLOWED_BY_LOOK_UP else None)


def _look_up(bot: Bot, _event: Json) -> None:
    bot.people.look_up_due_channels(bot.calendar())


def _joined(bot: Bot, event: Json) -> None:
    user, channel = id_in(event, "user"), id_in(event, "channel")
    if _is_ourselves(bot, user):
        bot.people.on_bot_joined(channel, bot.calendar())
    else:
        bot.people.on_member_joined(channel, user, bot.calendar())
        bot.cases.on_joined_channel(channel, user)


def _left(bot: Bot, event: Json) -> None:
    user, channel = id_in(event, "user"), id_in(event, "channel")
    if _is_ourselves(bot, user):
        bot.places.lose_channel(channel, REMOVED, bot.calendar())
    else:
        bot.people.on_member_left(channel, user, bot.calendar())
        bot.cases.on_left_channel(channel, user, bot.calendar())


def _is_ourselves(bot: Bot, user: str) -> bool:
    identity = bot.people.own_identity()
    return identity is not None and user == identity.bot_user


def _user_changed(bot: Bot, event: Json) -> None:
    """Whoever loses their account leaves every case, so that nobody waits for them; a guest, every invitation."""
    user = object_in(event, "user")
    id_in(user, "id")
    facts = person_facts(user)
    bot.people.on_user_changed(facts, bot.calendar())
    bot.people.tell_listeners(facts, bot.calendar())


def _channel_lost(bot: Bot, event: Json) -> None:
    reason = _REASONS[event["type"].partition("_")[2]]
    bot.places.lose_channel(_channel_id(event), reason, bot.calendar())


def _channel_back(bot: Bot, event: Json) -> None:
    bot.people.on_bot_joined(_channel_id(event), bot.calendar())


def _channel_shared(bot: Bot, event: Json) -> None:
    bot.places.lose_channel(_channel_id(event), SHARED, bot.calendar())


def _id_changed(bot: Bot, event: Json) -> None:
    bot.places.change_id(id_in(event, "old_channel_id"), id_in(event, "new_channel_id"), bot.calendar())


def _changed(bot: Bot, event: Json) -> None:
    """Something that Slack does not say in the event: the channel is looked up."""
    bot.people.on_channel_changed(_channel_id(event), bot.calendar())


def _app_removed(_bot: Bot, event: Json) -> None:
    """What is to be posted waits in the outbox until the app is installed again."""
    _log.error("Slack says %s: install the app again; nothing is lost meanwhile", event.get("type"))


def _channel_id(event: Json) -> str:
    """Slack names the channel by its id, or sends the whole channel."""
    channel = event.get("channel")
    return id_in(channel, "id") if isinstance(channel, dict) else id_in(event, "channel")


_LISTENERS: dict[str, Listener] = {
    "member_joined_channel": _joined,
    "member_left_channel": _left,
    "user_change": _user_changed,
    "channel_archive": _channel_lost,
    "channel_deleted": _channel_lost,
    "channel_left": _channel_lost,
    "group_archive": _channel_lost,
    "group_deleted": _channel_lost,
    "group_left": _channel_lost,
    "channel_shared": _channel_shared,
    "channel_unshared": _changed,
    "channel_id_changed": _id_changed,
    "channel_unarchive": _channel_back,
    "group_unarchive": _channel_back,
    "app_uninstalled": _app_removed,
    "tokens_revoked": _app_removed,
}
_REASONS = {"archive": ARCHIVED, "deleted": DELETED, "left": REMOVED}
_FOLLOWED_BY_LOOK_UP = (
    "member_joined_channel",
    "channel_unarchive",
    "group_unarchive",
    "channel_unshared",
    "channel_id_changed",
)
