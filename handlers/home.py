"""The app's Home, being called by name, and the shortcut on messages."""

from functools import partial

from slack_bolt import App

from bot.bot import Bot
from bot.core import names
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.home.surfaces import MessageAnswer, MessageForm, PrivateMessage
from bot.slack.errors import SlackError
from bot.slack.requirements import SHORTCUT_ON_MESSAGE
from handlers.interaction import Interaction
from handlers.router import Router


def register(app: App, bot: Bot) -> None:
    """Connect Home and mentions."""
    app.event("app_home_opened")(ack=partial(_home_opened, bot), lazy=[partial(_look_up_stranger, bot)])
    app.event("app_mention")(partial(_mentioned, bot))


def register_shortcuts(router: Router) -> None:
    """Connect the shortcut on messages, its form, and the button under what somebody typed in private."""
    messages = router.bot.message_shortcut
    router.on_shortcut(
        SHORTCUT_ON_MESSAGE, lambda it: messages.open_message_form(it.user, it.channel, it.message, it.now)
    )
    router.on_form(names.TAKE_UP_FORM, partial(_use_message, router.bot))
    router.on_open(names.TAKE_PRIVATE, partial(_open_private_message_form, router.bot))


def _home_opened(bot: Bot, event: Json) -> None:
    if event.get("tab") == "home":
        bot.home.show_home(event["user"], bot.calendar())


def _look_up_stranger(bot: Bot, event: Json) -> None:
    if event.get("tab") == "home" and not bot.people.knows_person(event["user"]):
        bot.people.look_up_person(event["user"], None, bot.calendar())
        bot.home.show_home(event["user"], bot.calendar())


def _mentioned(bot: Bot, event: Json) -> None:
    if event.get("user") and not event.get("bot_id"):
        bot.home.answer_mention(event["user"], event["channel"], event["ts"], bot.calendar())


def _use_message(bot: Bot, interaction: Interaction) -> Json:
    form, answer = MessageForm.from_metadata(interaction.pointers), MessageAnswer.from_fields(interaction.fields)
    return bot.message_shortcut.use_message(interaction.user, form, answer, interaction.now)


def _open_private_message_form(bot: Bot, interaction: Interaction) -> Json:
    """What somebody typed to the bot in private is read again now that they want to make something of it."""
    pointer = PrivateMessage.from_value(str(interaction.value))
    try:
        message = bot.interactive_slack.read_message(pointer.channel, pointer.ts)
    except SlackError:
        raise Refusal("take_up.not_read") from None
    if message is None:
        raise Refusal("common.gone")
    return bot.message_shortcut.open_message_form(interaction.user, pointer.channel, message, interaction.now)
