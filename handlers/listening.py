"""Messages that people type, change and delete where the bot listens."""

from dataclasses import replace
from functools import partial
from typing import Final

from slack_bolt import App, BoltResponse

from bot.bot import Bot
from bot.core.errors import NotKnownYet
from bot.core.parts import Json
from bot.listening.parsing import PERSON_SUBTYPES, is_by_person, parse_new_message
from bot.listening.threads import MessageEvent, RetryLater

_OTHER_SUBTYPES = ("message_changed", "message_deleted", "bot_message", "message_replied", "tombstone")
KNOWN_SUBTYPES: Final = (*PERSON_SUBTYPES, *_OTHER_SUBTYPES)
# Slack sends an event again after any answer but 200.
_SEND_AGAIN: Final = 503


def register(app: App, bot: Bot) -> None:
    """Connect the one listener for messages."""
    app.event("message")(partial(_receive, bot))


def _receive(bot: Bot, event: Json) -> BoltResponse | None:
    if event.get("subtype") not in KNOWN_SUBTYPES:
        bot.metrics.ignore_event("message", event.get("subtype"))
    message = parse_message_event(event)
    if message is None:
        return None
    if event.get("channel_type") == "im" and message.kind == "new" and message.thread is None:
        bot.home.answer_message(message.user, message.channel, message.ts, bot.calendar())
        return None
    return _pass_on(bot, message)


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
    """What a person said, changed or deleted; None for any other event."""
    match event.get("subtype"):
        case "message_changed":
            return _parse_changed(event)
        case "message_deleted":
            return _parse_deleted(event, event["deleted_ts"])
        case _:
            return parse_new_message(event["channel"], event)


def _parse_changed(event: Json) -> MessageEvent | None:
    """A change; when a message with replies is deleted, Slack sends a change into a tombstone."""
    message = event["message"]
    if message.get("subtype") == "tombstone":
        return _parse_deleted(event, message["ts"])
    now = parse_new_message(event["channel"], message)
    # `edited.ts` counts whole seconds, and stays the same when a link preview comes; the event's own does neither.
    return replace(now, kind="edited", revision=event["ts"]) if now else None


def _parse_deleted(event: Json, ts: str) -> MessageEvent:
    previous = event.get("previous_message") or event.get("message") or {}
    user = previous.get("user", "") if is_by_person(previous) else ""
    return MessageEvent(event["channel"], ts, user, "deleted", thread=previous.get("thread_ts"))
