"""`/digest`, `/overzicht`, `/synthese`: the page about what happened in the circle."""

from bot.core import names
from bot.digest.surfaces import DigestPage
from bot.slack.requirements import spellings
from handlers.interaction import Interaction
from handlers.router import Router


def register(router: Router) -> None:
    """Connect the surfaces of the digest."""
    digests = router.bot.digests
    router.on_command(
        spellings("digest"), "digest.help", lambda it: digests.open_digest_page(it.user, it.channel, it.text, it.now)
    )
    router.on_action(
        names.DIGEST_PERIOD, lambda it: digests.choose_period(it.user, _page(it).circle, str(it.value), it.now)
    )
    router.on_action(names.DIGEST_SHARE, lambda it: digests.share_digest(it.user, _page(it), it.now))


def _page(interaction: Interaction) -> DigestPage:
    return DigestPage.from_metadata(interaction.pointers)
