"""The app's Home, being called by name, and the shortcut on messages."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.parts import Json
from bot.home.surfaces import MessageAnswer, MessageForm, PrivateMessage
from bot.slack.requirements import SHORTCUT_ON_MESSAGE
from handlers.event_fields import Events, id_in, moment_in
from handlers.interaction import Interaction
from handlers.router import Opener, Router
from handlers.try_again import read_message


def register(events: Events) -> None:
    """Connect Home and mentions."""
    events.on_event("app_home_opened", _home_opened, afterwards=_look_up_stranger)
    events.on_event("app_mention", _mentioned)


def register_shortcuts(router: Router) -> None:
    """Connect the shortcut on messages, its form, and the button under what somebody typed in private."""
    messages = router.bot.message_shortcut
    router.on_shortcut(
        SHORTCUT_ON_MESSAGE, lambda it: messages.open_message_form(it.user, it.channel, it.message, it.now)
    )
    router.on_form(names.TAKE_UP_FORM, partial(_use_message, router.bot))
    router.on_open(names.TAKE_PRIVATE, partial(_open_private_message_form, router.bot))


def register_pages(router: Router) -> None:
    """Connect the rows of Home, each with the page behind it."""
    pages = router.bot.home.pages
    rows: list[tuple[str, str, Callable[[str, datetime], Json]]] = [
        (names.OPEN_TODO, names.TODO_PAGE, pages.open_todo_page),
        (names.OPEN_CIRCLES, names.CIRCLES_PAGE, pages.open_circles_page),
        (names.OPEN_OWN_PAGE, names.OWN_PAGE, pages.open_own_page),
    ]
    for button, page, open_page in rows:
        router.on_page(button, page, _opener(open_page))


def _opener(open_page: Callable[[str, datetime], Json]) -> Opener:
    return lambda asked: open_page(asked.user, asked.now)


def _home_opened(bot: Bot, event: Json) -> None:
    user = id_in(event, "user")
    if event.get("tab") == "home":
        bot.home.show_home(user, bot.calendar())


def _look_up_stranger(bot: Bot, event: Json) -> None:
    user = id_in(event, "user")
    if event.get("tab") == "home" and not bot.people.knows_person(user):
        bot.people.look_up_person(user, None, bot.calendar())
        bot.home.show_home(user, bot.calendar())


def _mentioned(bot: Bot, event: Json) -> None:
    if event.get("user") and not event.get("bot_id"):
        user, channel = id_in(event, "user"), id_in(event, "channel")
        bot.home.answer_mention(user, channel, moment_in(event, "ts"), bot.calendar())


def _use_message(bot: Bot, interaction: Interaction) -> Json:
    form, answer = MessageForm.from_metadata(interaction.pointers), MessageAnswer.from_fields(interaction.fields)
    return bot.message_shortcut.use_message(interaction.user, form, answer, interaction.now)


def _open_private_message_form(bot: Bot, interaction: Interaction) -> Json:
    """What somebody typed to the bot in private is read again now that they want to make something of it."""
    pointer = PrivateMessage.from_value(interaction.value)
    message = read_message(bot, pointer.channel, pointer.ts)
    return bot.message_shortcut.open_message_form(interaction.user, pointer.channel, message, interaction.now)
