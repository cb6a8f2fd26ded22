"""The button to try again, under the words for a form that did not open: what it carries, and what it does."""

import base64
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from bot.bot import Bot
from bot.core import names
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.crypto import places
from bot.crypto.vault import CannotOpen
from bot.home.unopened import AgainButton
from bot.listening.parsing import ts_of
from bot.slack.errors import SlackError
from handlers.interaction import Interaction, dict_of, read_pointers, text_of

# Slack's limit for the value of a button.
_LONGEST: Final = 2000


@dataclass(frozen=True)
class TryAgain:
    """What somebody asked for the first time, without the words they typed in a form.

    `kind` and `name` as in `Interaction`. `words` are what was typed behind a command, sealed. `ts` and `thread` are
    Slack's of the message that a shortcut is about.
    """

    kind: str
    name: str
    value: str = ""
    channel: str = ""
    pointers: Json = field(default_factory=dict)
    words: str = ""
    ts: str = ""
    thread: str = ""

    @classmethod
    def of(cls, bot: Bot, asked: Interaction) -> "TryAgain":
        """What this interaction asked for."""
        sealed = bot.services.seal(asked.text, places.TYPED_COMMAND) if asked.text else b""
        ts, thread = (text_of(asked.message.get(name)) for name in ("ts", "thread_ts"))
        about_message = {"ts": ts, "thread": thread} if asked.kind == "shortcut" else {}
        words = base64.urlsafe_b64encode(sealed).decode()
        return cls(asked.kind, asked.name, asked.value, asked.channel, asked.pointers, words, **about_message)

    def to_value(self) -> str:
        """The value of the button; empty where it would be too long."""
        known = {name: value for name, value in vars(self).items() if value}
        value = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        return value if len(value) <= _LONGEST else ""

    @classmethod
    def from_value(cls, value: str) -> "TryAgain":
        """What `to_value` wrote; `Refusal` for anything else."""
        found = read_pointers(value)
        pointers = dict_of(found.pop("pointers", {}))
        if not {"kind", "name"} <= set(found) <= set(vars(cls("", ""))):
            raise Refusal("common.outdated")
        return cls(**{name: text_of(one) for name, one in found.items()}, pointers=pointers)

    def as_asked(self, bot: Bot, pressed: Interaction) -> Interaction:
        """The first interaction once more, by whoever pressed, with the trigger of this press.

        Raises `Refusal` if the message of a shortcut is gone or cannot be read now.
        """
        message = read_message(bot, self.channel, self.ts, self.thread) if self.ts else {}
        return replace(
            pressed,
            kind=self.kind,
            name=self.name,
            value=self.value,
            channel=self.channel,
            pointers=self.pointers,
            text=_open_words(bot, self.words),
            message=message,
        )


def again_button(bot: Bot, asked: Interaction, *, opens: bool) -> AgainButton | None:
    """The button that does what was asked once more; None where only the open form can.

    A press in a message or on Home is the same press once more. What a form knows, and what was typed behind a command,
    the button carries itself.
    """
    if asked.kind == "action" and not asked.is_in_form:
        return AgainButton(asked.name, asked.value or "-")
    value = TryAgain.of(bot, asked).to_value() if opens else ""
    return AgainButton(names.TRY_AGAIN, value) if value else None


def read_message(bot: Bot, channel: str, ts: str, thread: str = "") -> Json:
    """A message as it is in Slack now. Raises `Refusal` if it is gone, or cannot be read now."""
    if ts_of({"ts": ts}) is None:
        raise Refusal("common.gone")
    try:
        found = _reply(bot, channel, ts, thread) if thread else bot.interactive_slack.read_message(channel, ts)
    except SlackError:
        raise Refusal("take_up.not_read") from None
    if found is None:
        raise Refusal("common.gone")
    return found


def _reply(bot: Bot, channel: str, ts: str, thread: str) -> Json | None:
    """A reply in a thread; Slack gives what comes after a moment, so it is asked for what comes just before."""
    just_before = f"{Decimal(ts) - Decimal('0.000001'):.6f}"
    replies, _ = bot.interactive_slack.read_thread(channel, thread, after=just_before)
    return next((message for message in replies if ts_of(message) == ts), None)


def _open_words(bot: Bot, sealed: str) -> str:
    try:
        return bot.services.open_text(base64.urlsafe_b64decode(sealed), places.TYPED_COMMAND)
    except (CannotOpen, ValueError):
        return ""
