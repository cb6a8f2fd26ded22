"""Messages that people type, change and delete where the bot listens."""

from dataclasses import replace
from functools import partial
from typing import Final

from slack_bolt import BoltResponse

from bot.bot import Bot
from bot.core.errors import NotKnownYet
from bot.core.parts import Json
from bot.listening.parsing import PERSON_SUBTYPES, is_by_person, parse_new_message, ts_of
from bot.listening.threads import MessageEvent, RetryLater
from handlers.event_fields import Events, id_in, moment_in, name_in, object_in
from handlers.interaction import dict_of

_OTHER_SUBTYPES = ("message_changed", "message_deleted", "bot_message", "message_replied", "tombstone")
# Who can read in the channel changed, and Slack has no event of its own for that.
_CONVERSIONS: Final = ("channel_convert_to_private", "channel_convert_to_public")
KNOWN_SUBTYPES: Final = (*PERSON_SUBTYPES, *_OTHER_SUBTYPES, *_CONVERSIONS)
# How Slack says that a bot posted something.
_NEW: Final = (None, "bot_message")
# Slack sends an event again after any answer but 200.
_SEND_AGAIN: Final = 503


def register(events: Events) -> None:
    """Connect the one listener for messages."""
    events.on_event("message", partial(_receive, events))


def _receive(events: Events, bot: Bot, event: Json) -> BoltResponse | None:
    subtype = name_in(event, "subtype")
    if (subtype or None) not in KNOWN_SUBTYPES:
        events.count("message", subtype)
    if subtype in _CONVERSIONS:
        bot.people.on_channel_changed(id_in(event, "channel"), bot.calendar())
    message = parse_message_event(event)
    if message is None:
        _note_own_post(bot, event)
        return None
    if event.get("channel_type") == "im" and message.kind == "new" and message.thread is None:
        bot.home.answer_message(message.user, message.channel, message.ts, bot.calendar())
        return None
    return _pass_on(bot, message)


def _note_own_post(bot: Bot, event: Json) -> None:
    """What is in Slack once, and is not there later, was taken down: it is not posted again."""
    identity = bot.people.own_identity()
    if identity and event.get("bot_id") == identity.bot_id and event.get("subtype") in _NEW:
        bot.threads.note_own_post(id_in(event, "channel"), moment_in(event, "ts"))


def _pass_on(bot: Bot, message: MessageEvent) -> BoltResponse | None:
    try:
        bot.threads.receive(message, bot.calendar())
    except NotKnownYet as unknown:
        bot.submit(partial(bot.people.look_up_person, unknown.user, unknown.channel, bot.calendar()))
        return BoltResponse(status=_SEND_AGAIN)
    except RetryLater:
        return BoltResponse(status=_SEND_AGAIN)
    return None


def parse_message_event(event: Json) -> MessageEvent | None:
    """What a person said, changed or deleted; None for any other event. Raises `MalformedEvent`."""
    match event.get("subtype"):
        case "message_changed":
            return _parse_changed(event)
        case "message_deleted":
            return _parse_deleted(event, moment_in(event, "deleted_ts"))
        case _:
            moment_in(event, "ts")
            return parse_new_message(id_in(event, "channel"), event)


def _parse_changed(event: Json) -> MessageEvent | None:
    """A change; when a message with replies is deleted, Slack sends a change into a tombstone."""
    message = object_in(event, "message")
    ts = moment_in(message, "ts")
    if message.get("subtype") == "tombstone":
        return _parse_deleted(event, ts)
    now = parse_new_message(id_in(event, "channel"), message)
    if now is None or _is_only_shown_anew(message, dict_of(event.get("previous_message"))):
        return None
    # `edited.ts` counts whole seconds, and the event's own does not.
    return replace(now, kind="edited", revision=moment_in(event, "ts"))


def _is_only_shown_anew(message: Json, previous: Json) -> bool:
    """Whether nobody edited it: Slack also sends a change when the preview of a link comes (F-5.5)."""
    return bool(previous) and all(message.get(part) == previous.get(part) for part in ("text", "edited"))


def _parse_deleted(event: Json, ts: str) -> MessageEvent:
    previous = dict_of(event.get("previous_message")) or dict_of(event.get("message"))
    user = previous.get("user", "") if is_by_person(previous) else ""
    return MessageEvent(id_in(event, "channel"), ts, user, "deleted", thread=ts_of(previous, "thread_ts"))
