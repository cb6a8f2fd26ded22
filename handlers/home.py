"""The app's Home, and being called by name."""

from slack_bolt import App

from bot.bot import Bot
from bot.views.parts import Json


def register(app: App, bot: Bot) -> None:
    """Connect Home and mentions."""

    def opened(event: Json) -> None:
        if event.get("tab") == "home":
            bot.home.show(event["user"], bot.calendar())

    def get_acquainted(event: Json) -> None:
        if event.get("tab") == "home" and not bot.people.knows(event["user"]):
            bot.people.look_up(event["user"], None, bot.calendar())
            bot.home.show(event["user"], bot.calendar())

    def called(event: Json) -> None:
        if event.get("user") and not event.get("bot_id"):
            bot.home.called(event["user"], event["channel"], event["ts"], bot.calendar())

    app.event("app_home_opened")(ack=opened, lazy=[get_acquainted])
    app.event("app_mention")(called)
