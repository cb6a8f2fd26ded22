"""What a message in Slack says, from an event or as read in a thread."""

from dataclasses import replace
from datetime import datetime

from bot.listening.threads import MessageEvent
from bot.slack.client import Json
from bot.words.escaping import unescape

# The subtypes of what people say; every other one is about something else.
PERSON_SUBTYPES = (None, "file_share", "me_message", "thread_broadcast")


def is_by_person(message: Json) -> bool:
    """Whether a person said this: no bot, ourselves included, and no notice of Slack's own."""
    return bool(message.get("user")) and not message.get("bot_id") and message.get("subtype") in PERSON_SUBTYPES


def parse_new_message(channel: str, message: Json) -> MessageEvent | None:
    """What a person said in this message; None if no person did."""
    if not is_by_person(message):
        return None
    text, thread = unescape(message.get("text", "")), message.get("thread_ts")
    files = len(message.get("files") or ())
    return MessageEvent(channel, message["ts"], message["user"], "new", text=text, thread=thread, files=files)


def parse_message(channel: str, message: Json, settled: datetime) -> MessageEvent | None:
    """What a message says as it is in Slack now; None if no person said it.

    In a message Slack gives the time of an edit in whole seconds, in an event in finer parts. What we read is taken for
    the last edit of its second once that second is before `settled`; until then, an event may bring a later one.
    """
    now = parse_new_message(channel, message)
    edited = (message.get("edited") or {}).get("ts")
    if now is None or edited is None:
        return now
    second = edited.partition(".")[0]
    part = "999999" if int(second) < settled.timestamp() else "000000"
    return replace(now, kind="edited", revision=f"{second}.{part}")
