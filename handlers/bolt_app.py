"""The Bolt application: how requests are let in, and who answers which."""

import logging
import traceback
from concurrent.futures import Executor

from slack_bolt import App, BoltResponse

from bot.bot import Bot
from bot.core.parts import Json
from handlers import consent, digest, forms_of_0_1, home, intervision, journal, questions, reflection, rhythm
from handlers import (
    home as shortcuts,
)
from handlers import listening as messages
from handlers import people as membership
from handlers import rhythm as circle
from handlers.router import ANYTHING, Router, authorizing, only_our_team, outdated

_log = logging.getLogger(__name__)


def make_app(bot: Bot, executor: Executor) -> App:
    """Bolt's app with every listener on it. `executor` runs what only opens forms (20 threads or more).

    `process_before_response`: a listener commits before Slack hears yes, so that what fails is told again. We do our
    own authorizing from what we kept, so that no request waits for Slack; and our own filtering of ourselves, because
    Bolt would hide edits and deletions of our messages.
    """
    app = App(
        signing_secret=bot.settings.slack_signing_secret or "",
        authorize=authorizing(bot),
        process_before_response=True,
        ignoring_self_events_enabled=False,
        listener_executor=executor,
        logger=logging.getLogger("slack_bolt"),
    )
    app.middleware(only_our_team(bot))
    app.error(_loudly)
    # Bolt asks its listeners in their order: what comes in floods comes first.
    messages.register(app, bot)
    router = Router(app, bot)
    circle.register_set_up(router)
    reflection.register(router)
    journal.register(router)
    questions.register(router)
    forms_of_0_1.register(router)
    rhythm.register(router)
    consent.register(router)
    intervision.register(router)
    digest.register(router)
    shortcuts.register_shortcuts(router)
    home.register(app, bot)
    membership.register(app, bot)
    _whatever_else(router)
    return app


def _whatever_else(router: Router) -> None:
    """What nobody listens to: an event is acknowledged and counted; an old or forged button is told so."""

    def counted(event: Json) -> None:
        router.bot.metrics.ignored_events.labels(event.get("type", ""), event.get("subtype", "")).inc()

    router.app.event(ANYTHING)(counted)
    router.app.action(ANYTHING)(ack=router.run_action(outdated), lazy=[router.show_result])
    router.app.view_closed(ANYTHING)(lambda ack: ack())
    router.app.shortcut(ANYTHING)(ack=router.run_action(outdated), lazy=[router.show_result])


def _loudly(error: Exception) -> BoltResponse:
    """The one place where failures are written, without what people wrote. Slack hears 500, and tells again."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    _log.error("a request failed: %s at %s:%s", type(error).__name__, where.filename, where.lineno)
    return BoltResponse(status=500, body="")
