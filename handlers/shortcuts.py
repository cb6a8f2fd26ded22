"""The shortcut in the menu of every message: what can be done with it."""

from bot.platform import SHORTCUT_ON_MESSAGE
from bot.views import names
from bot.views.parts import Json
from bot.views.reflection import MOST_FIELDS, field_id
from bot.views.take_up import WHAT
from handlers.door import Door, Knock


def register(door: Door) -> None:
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
