"""`/klankbord`, the set-up form, and a person's own language."""

import secrets

from bot.views import names
from bot.views.circle import Wishes
from bot.views.parts import Json
from handlers.door import Door, Knock

_ONE_ANSWER = ("language", "timezone", "weekday", "weeks", "clock", "contact")
_LONGEST_ID = 64
WEEKDAYS = {str(day) for day in range(7)}


def register_set_up(door: Door) -> None:
    """Connect the surfaces of a circle's own settings."""
    bot = door.bot

    def sent(knock: Knock) -> Json | None:
        channel, form = str(knock.pointers.get("channel")), form_of(knock)
        return bot.circles.set_up(knock.user, channel, _wishes(knock), form, knock.now)

    def language_chosen(knock: Knock) -> None:
        bot.people.speak(knock.user, str(knock.value))
        bot.home.show(knock.user, knock.now)

    door.command(["/klankbord"], "help.klankbord", lambda knock: bot.circles.front(knock.user, knock.channel))
    door.opens(names.SET_UP, lambda knock: bot.circles.set_up_form(knock.user, knock.about or knock.channel))
    door.form(names.SET_UP_FORM, sent)
    door.acts(names.CHOOSE_LANGUAGE, language_chosen)


def _wishes(knock: Knock) -> Wishes:
    """What the form says; a field that is not there, or holds something else, becomes one that cannot be."""
    given = {name: str(knock.fields.get(name) or "") for name in _ONE_ANSWER}
    moderators = knock.fields.get("moderators")
    return Wishes(
        language=given["language"],
        timezone=given["timezone"],
        weekday=int(given["weekday"]) if given["weekday"] in WEEKDAYS else -1,
        weeks=int(given["weeks"]) if given["weeks"] in {"1", "2"} else -1,
        clock=given["clock"],
        moderators=[str(one) for one in moderators] if isinstance(moderators, list) else [],
        contact=given["contact"],
    )


def form_of(knock: Knock) -> str:
    """The id of a form that is sent; one that was made up has none, and gets its own."""
    form = knock.pointers.get("form")
    return form if isinstance(form, str) and 0 < len(form) <= _LONGEST_ID else secrets.token_hex(8)
