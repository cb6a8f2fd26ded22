"""`/klankbord`, the set-up form, and a person's own language."""

from bot.views import help as help_page
from bot.views import names
from bot.views.circle import Wishes
from bot.views.parts import Json
from handlers.door import Door, Knock

HELP = {"help", "hulp", "aide", "?"}


def register(door: Door) -> None:
    """Connect the surfaces of a circle's own settings."""
    bot = door.bot

    def say(knock: Knock) -> Json | None:
        voice = bot.people.voice(knock.user, knock.channel)
        return help_page.klankbord(voice) if knock.text.lower() in HELP else None

    def sent(knock: Knock) -> Json | None:
        wrong = bot.circles.set_up(knock.user, knock.pointers.get("channel", ""), _wishes(knock), knock.now)
        voice = bot.people.voice(knock.user, knock.channel)
        return {"errors": {field: voice.plain(key) for field, key in wrong.items()}} if wrong else None

    def language_chosen(knock: Knock) -> None:
        bot.people.speak(knock.user, str(knock.value))
        bot.home.show(knock.user, knock.now)

    door.command(["/klankbord"], say, lambda knock: bot.circles.front(knock.user, knock.channel))
    door.opens(names.SET_UP, lambda knock: bot.circles.set_up_form(knock.user, knock.channel))
    door.form(names.SET_UP_FORM, sent)
    door.acts(names.CHOOSE_LANGUAGE, language_chosen)


def _wishes(knock: Knock) -> Wishes:
    given = knock.fields
    return Wishes(
        language=given["language"],
        timezone=given["timezone"],
        weekday=int(given["weekday"]),
        clock=given["clock"],
        moderators=list(given["moderators"]),
        contact=given["contact"],
    )
