"""The shortcut in the menu of every message: what can be done with it."""

import re
from functools import partial

from bot.bot import Bot
from bot.platform import SHORTCUT_ON_MESSAGE
from bot.slack import SlackTrouble
from bot.usecases.refusals import Refusal
from bot.views import names
from bot.views.parts import Json
from bot.views.reflection import MOST_FIELDS, field_id
from bot.views.take_up import WHAT
from handlers.door import Door, Knock


def register_shortcuts(door: Door) -> None:
    """Connect the shortcut on messages and its form."""
    taking_up = door.bot.taking_up

    def sent(knock: Knock) -> Json:
        fields = (field_id(number) for number in range(1, MOST_FIELDS + 1))
        texts = [str(knock.fields[field]) for field in fields if field in knock.fields]
        return taking_up.take_up(knock.user, knock.pointers, str(knock.fields.get(WHAT)), texts, knock.now)

    door.shortcut(
        SHORTCUT_ON_MESSAGE, lambda knock: taking_up.page(knock.user, knock.channel, knock.message, knock.now)
    )
    door.form(names.TAKE_UP_FORM, sent)
    door.opens(names.TAKE_PRIVATE, partial(_private, door.bot))


def _private(bot: Bot, knock: Knock) -> Json:
    """What somebody typed to the bot in private, read again now that they want something with it."""
    pointer = re.fullmatch(r"(D[A-Z0-9]+):([0-9.]+)", str(knock.value))
    if pointer is None:
        raise Refusal("common.outdated")
    try:
        message = bot.hurried.message(pointer[1], pointer[2])
    except SlackTrouble:
        raise Refusal("take_up.not_read") from None
    if message is None:
        raise Refusal("common.gone")
    return bot.taking_up.page(knock.user, pointer[1], message, knock.now)
