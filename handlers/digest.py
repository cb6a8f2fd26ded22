"""`/digest`, `/overzicht`, `/synthese`: the page about what was alive in the circle."""

from bot.core import names
from bot.core.parts import Json
from bot.slack.requirements import spellings
from handlers.router import Interaction, Router

# The largest number that a database takes for an id.
_MOST = 2**31


def register(router: Router) -> None:
    """Connect the surfaces of the digest."""
    bot = router.bot

    def show(interaction: Interaction) -> Json:
        return bot.digests.open_digest_page(interaction.user, interaction.channel, interaction.text, interaction.now)

    def turn(interaction: Interaction) -> Json:
        return bot.digests.choose_period(
            interaction.user, _circle(interaction), str(interaction.value), interaction.now
        )

    def share(interaction: Interaction) -> Json:
        return bot.digests.share_digest(
            interaction.user, _circle(interaction), str(interaction.pointers.get("period", "")), interaction.now
        )

    router.on_command(spellings("digest"), "digest.help", show)
    router.on_action(names.DIGEST_PERIOD, turn)
    router.on_action(names.DIGEST_SHARE, share)


def _circle(interaction: Interaction) -> int:
    """The circle a page is about, as the page says; 0 is nobody's."""
    pointer = interaction.pointers.get("circle")
    return pointer if type(pointer) is int and 0 < pointer < _MOST else 0
