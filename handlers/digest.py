"""`/digest`, `/overzicht`, `/synthese`: the page about what happened in the circle."""

from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.parts import Json
from bot.digest.surfaces import DigestPage
from bot.slack.requirements import spellings
from handlers.router import Interaction, Router


def register(router: Router) -> None:
    """Connect the surfaces of the digest."""
    router.on_command(spellings("digest"), "digest.help", partial(_open_digest_page, router.bot))
    router.on_action(names.DIGEST_PERIOD, partial(_choose_period, router.bot))
    router.on_action(names.DIGEST_SHARE, partial(_share_digest, router.bot))


def _open_digest_page(bot: Bot, asked: Interaction) -> Json:
    return bot.digests.open_digest_page(asked.user, asked.channel, asked.text, asked.now)


def _choose_period(bot: Bot, asked: Interaction) -> Json:
    circle = DigestPage.from_metadata(asked.pointers).circle
    return bot.digests.choose_period(asked.user, circle, str(asked.value), asked.now)


def _share_digest(bot: Bot, asked: Interaction) -> Json:
    return bot.digests.share_digest(asked.user, DigestPage.from_metadata(asked.pointers), asked.now)
