"""The app's Home, and being called by name."""

import re
from functools import partial

from slack_bolt import App

from bot.bot import Bot
from bot.core import names
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.home.views.message_shortcut import WHAT
from bot.reflection.views.answers import MOST_FIELDS, field_id
from bot.slack.errors import SlackError
from bot.slack.requirements import SHORTCUT_ON_MESSAGE
from handlers.router import Interaction, Router


def register(app: App, bot: Bot) -> None:
    """Connect Home and mentions."""

    def opened(event: Json) -> None:
        if event.get("tab") == "home":
            bot.home.show_home(event["user"], bot.calendar())

    def get_acquainted(event: Json) -> None:
        if event.get("tab") == "home" and not bot.people.knows_person(event["user"]):
            bot.people.look_up_person(event["user"], None, bot.calendar())
            bot.home.show_home(event["user"], bot.calendar())

    def called(event: Json) -> None:
        if event.get("user") and not event.get("bot_id"):
            bot.home.answer_mention(event["user"], event["channel"], event["ts"], bot.calendar())

    app.event("app_home_opened")(ack=opened, lazy=[get_acquainted])
    app.event("app_mention")(called)


def register_shortcuts(router: Router) -> None:
    """Connect the shortcut on messages and its form."""
    taking_up = router.bot.message_shortcut

    def sent(interaction: Interaction) -> Json:
        fields = (field_id(number) for number in range(1, MOST_FIELDS + 1))
        texts = [str(interaction.fields[field]) for field in fields if field in interaction.fields]
        return taking_up.use_message(
            interaction.user, interaction.pointers, str(interaction.fields.get(WHAT)), texts, interaction.now
        )

    router.on_shortcut(
        SHORTCUT_ON_MESSAGE,
        lambda interaction: taking_up.open_shortcut_form(
            interaction.user, interaction.channel, interaction.message, interaction.now
        ),
    )
    router.on_form(names.TAKE_UP_FORM, sent)
    router.on_open(names.TAKE_PRIVATE, partial(_private, router.bot))


def _private(bot: Bot, interaction: Interaction) -> Json:
    """What somebody typed to the bot in private, read again now that they want something with it."""
    pointer = re.fullmatch(r"(D[A-Z0-9]+):([0-9.]+)", str(interaction.value))
    if pointer is None:
        raise Refusal("common.outdated")
    try:
        message = bot.interactive_slack.read_message(pointer[1], pointer[2])
    except SlackError:
        raise Refusal("take_up.not_read") from None
    if message is None:
        raise Refusal("common.gone")
    return bot.message_shortcut.open_shortcut_form(interaction.user, pointer[1], message, interaction.now)
