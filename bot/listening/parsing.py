"""What a message in Slack says, from an event or as read in a thread. Whatever is odd or missing is no error."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.text import mend_text
from bot.listening.threads import MessageEvent
from bot.slack.client import Json
from bot.words.escaping import unescape

# The subtypes of what people say; every other one is about something else.
PERSON_SUBTYPES = (None, "file_share", "me_message", "thread_broadcast")
# Slack's names for a message and for a person.
_TS, _USER = re.compile(r"[0-9]{1,11}\.[0-9]{1,6}"), re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_by_person(message: Json) -> bool:
    """Whether a person said this: no bot, ourselves included, and no notice of Slack's own."""
    is_named = _matching(message.get("user"), _USER) is not None
    return is_named and not message.get("bot_id") and message.get("subtype") in PERSON_SUBTYPES


def ts_of(message: Any, field: str = "ts") -> str | None:
    """The `ts` of a message, or another one in it; None where none is there, or one that names no moment."""
    return _matching(message.get(field), _TS) if isinstance(message, dict) else None


def parse_new_message(channel: str, message: Json) -> MessageEvent | None:
    """What a person said in this message; None if no person did."""
    ts = ts_of(message)
    if ts is None or not is_by_person(message):
        return None
    files = message.get("files")
    count = len(files) if isinstance(files, list) else 0
    words, thread = mend_text(_words(message)), ts_of(message, "thread_ts")
    return MessageEvent(channel, ts, message["user"], "new", text=words, thread=thread, files=count)


def parse_message(channel: str, message: Json, settled: datetime) -> MessageEvent | None:
    """What a message says as it is in Slack now; None if no person said it.

    In a message Slack gives the time of an edit in whole seconds, in an event in finer parts. What we read is taken for
    the last edit of its second once that second is before `settled`; until then, an event may bring a later one.
    """
    now = parse_new_message(channel, message)
    edited = ts_of(message.get("edited"))
    if now is None or edited is None:
        return now
    second = edited.partition(".")[0]
    part = "999999" if int(second) < settled.timestamp() else "000000"
    return replace(now, kind="edited", revision=f"{second}.{part}")


def _words(message: Json) -> str:
    """What was typed. A message without text may say it in its blocks alone."""
    text = message.get("text")
    return unescape(text) if isinstance(text, str) else "\n".join(_pieces(message.get("blocks"), depth=4)).strip()


def _pieces(elements: Any, depth: int) -> Iterator[str]:
    """The lines in rich text: the words of its elements, of those inside them, and so on down to this depth."""
    inside = [each for each in elements if isinstance(each, dict)] if isinstance(elements, list) and depth else []
    line = "".join(each["text"] for each in inside if isinstance(each.get("text"), str))
    if line:
        yield line
    for each in inside:
        yield from _pieces(each.get("elements"), depth - 1)


def _matching(found: Any, form: re.Pattern[str]) -> str | None:
    return found if isinstance(found, str) and form.fullmatch(found) else None
