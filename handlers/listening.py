"""Messages that people type, change and delete, as far as they stand where the bot listens."""

from dataclasses import replace
from functools import partial

from slack_bolt import App, BoltResponse

from bot.bot import Bot
from bot.core.errors import NotKnownYet
from bot.core.parts import Json
from bot.listening.parsing import SAYINGS, is_by_person, parse_new_message
from bot.listening.threads import MessageEvent, RetryLater

KNOWN = (*SAYINGS, "message_changed", "message_deleted", "bot_message", "message_replied", "tombstone")
# Told again on purpose: Slack sends an event once more if it does not hear yes.
_TELL_AGAIN = 503


def register(app: App, bot: Bot) -> None:
    """Connect the one listener for messages."""

    def message(event: Json) -> BoltResponse | None:
        if event.get("subtype") not in KNOWN:
            bot.metrics.ignored_events.labels("message", event.get("subtype", "")).inc()
        heard = read(event)
        if heard and event.get("channel_type") == "im" and heard.kind == "new" and heard.thread is None:
            bot.home.answer_message(heard.user, heard.channel, heard.ts, bot.calendar())
            return None
        return _pass_on(bot, heard) if heard else None

    app.event("message")(message)


def read(event: Json) -> MessageEvent | None:
    """What a message event tells; None if it is nothing that a person said, changed or deleted."""
    match event.get("subtype"):
        case "message_changed":
            return _changed(event)
        case "message_deleted":
            return _deleted(event, event["deleted_ts"])
        case _:
            return parse_new_message(event["channel"], event)


def _pass_on(bot: Bot, heard: MessageEvent) -> BoltResponse | None:
    try:
        bot.threads.receive(heard, bot.calendar())
    except NotKnownYet as unknown:
        bot.submit(partial(bot.people.look_up_person, unknown.user, unknown.channel, bot.calendar()))
        return BoltResponse(status=_TELL_AGAIN)
    except RetryLater:
        return BoltResponse(status=_TELL_AGAIN)
    return None


def _changed(event: Json) -> MessageEvent | None:
    """A message with replies that is deleted is told as a change into a tombstone."""
    message = event["message"]
    if message.get("subtype") == "tombstone":
        return _deleted(event, message["ts"])
    now = parse_new_message(event["channel"], message)
    # `edited.ts` counts whole seconds, and stays the same when a link preview comes; the event's own does neither.
    return replace(now, kind="edited", revision=event["ts"]) if now else None


def _deleted(event: Json, ts: str) -> MessageEvent:
    previous = event.get("previous_message") or event.get("message") or {}
    user = previous.get("user", "") if is_by_person(previous) else ""
    return MessageEvent(event["channel"], ts, user, "deleted", thread=previous.get("thread_ts"))
