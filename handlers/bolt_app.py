"""The Bolt application: which requests are accepted, and which handler answers them."""

import logging
from concurrent.futures import Executor
from functools import partial

from slack_bolt import App, BoltResponse

from bot.bot import Bot
from handlers import (
    consent,
    digest,
    forms_of_0_1,
    home,
    intervision,
    journal,
    listening,
    people,
    questions,
    reflection,
    rhythm,
)
from handlers.event_fields import Events
from handlers.failures import log_failure
from handlers.interaction import authorizing, only_our_workspace
from handlers.router import ANYTHING, Router, outdated


def make_app(bot: Bot, executor: Executor) -> App:
    """Bolt's app with every listener. `executor` runs what only opens forms, and has 20 threads or more.

    `process_before_response`: a listener commits before Slack gets its answer, so that Slack repeats a failed request.
    `authorize` uses our stored identity, so that no request waits for Slack. We filter the bot's own events ourselves,
    because Bolt's filter would hide edits and deletions of our messages.
    """
    app = App(
        signing_secret=bot.settings.slack_signing_secret or "",
        authorize=authorizing(bot),
        process_before_response=True,
        ignoring_self_events_enabled=False,
        listener_executor=executor,
        logger=logging.getLogger("slack_bolt"),
    )
    # Bolt asks its listeners in their order: the most frequent requests come first.
    events = Events(app, bot)
    app.middleware(only_our_workspace(bot, partial(events.note_malformed, "event", "type")))
    app.error(_on_error)
    listening.register(events)
    router = Router(app, bot)
    rhythm.register_set_up(router)
    reflection.register(router)
    journal.register(router)
    questions.register(router)
    forms_of_0_1.register(router)
    rhythm.register(router)
    consent.register(router)
    intervision.register(router)
    digest.register(router)
    home.register_shortcuts(router)
    home.register_pages(router)
    home.register(events)
    people.register(events)
    _register_fallbacks(router, events)
    return app


def _register_fallbacks(router: Router, events: Events) -> None:
    """Requests without a handler: an event is counted; an old or forged button is answered with "outdated"."""
    router.app.event(ANYTHING)(events.count_ignored)
    router.app.action(ANYTHING)(ack=router.run_action(outdated), lazy=[router.show_result])
    router.app.shortcut(ANYTHING)(ack=router.run_action(outdated), lazy=[router.show_result])


def _on_error(error: Exception) -> BoltResponse:
    """Log a failed request, without what people wrote, and answer 500, after which Slack repeats the request."""
    log_failure(error)
    return BoltResponse(status=500, body="")
