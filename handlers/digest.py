"""`/digest`, `/overzicht`, `/synthese`: the page about what was alive in the circle."""

from bot.core import names
from bot.core.blocks import Json
from bot.slack.requirements import spellings
from handlers.router import Router, Interaction

# The largest number that a database takes for an id.
_MOST = 2**31


def register(door: Router) -> None:
    """Connect the surfaces of the digest."""
    bot = door.bot

    def show(knock: Interaction) -> Json:
        return bot.digests.open_digest_page(knock.user, knock.channel, knock.text, knock.now)

    def turn(knock: Interaction) -> Json:
        return bot.digests.choose_period(knock.user, _circle(knock), str(knock.value), knock.now)

    def share(knock: Interaction) -> Json:
        return bot.digests.share_digest(knock.user, _circle(knock), str(knock.pointers.get("period", "")), knock.now)

    door.on_command(spellings("digest"), "digest.help", show)
    door.on_action(names.DIGEST_PERIOD, turn)
    door.on_action(names.DIGEST_SHARE, share)


def _circle(knock: Interaction) -> int:
    """The circle a page is about, as the page says; 0 is nobody's."""
    pointer = knock.pointers.get("circle")
    return pointer if type(pointer) is int and 0 < pointer < _MOST else 0
