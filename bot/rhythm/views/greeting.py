"""The bot's first words in a channel, and what they become once the circle is set up."""

from bot.consent import views as proposal
from bot.consent.views import ProposalStatus
from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views.rhythm_page import rhythm_in_words
from bot.words import Speaker
from bot.words.escaping import mention


def greeting_post(say: Speaker) -> Json:
    """Who we are, what we do and what is kept, with the way to begin."""
    blocks = [
        parts.section(say.mrkdwn("greeting.hello")),
        parts.context(say.mrkdwn("greeting.before_set_up")),
        parts.actions(parts.button(say.plain("greeting.set_up"), names.SET_UP, style="primary")),
    ]
    return parts.message(say.plain("greeting.headline"), blocks)


def circle_ready_post(say: Speaker, rhythm: Rhythm, first: str, asked: ProposalStatus) -> Json:
    """The circle is set up: when the prompt comes, what can be said about that, and the commands.

    `first` is when the first prompt comes, if one does.
    """
    comes = "greeting.ready" if asked.state in {"open", "held"} else "greeting.ready_without"
    blocks = [
        parts.section(say.mrkdwn(comes, rhythm=rhythm_in_words(say, rhythm))),
        *_agreeing(say, first, asked),
        parts.section(say.mrkdwn("greeting.commands")),
        parts.context(say.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.message(say.plain("greeting.ready_headline"), blocks)


def _agreeing(say: Speaker, first: str, asked: ProposalStatus) -> list[Json]:
    """Once the rhythm holds, nothing needs to be said of that; the same when another takes its place."""
    if asked.state == "open":
        intro = say.mrkdwn("greeting.first_question", person=mention(asked.proposer), moment=first)
        return [parts.section(intro), *proposal.status_blocks(say, asked)]
    return proposal.status_blocks(say, asked) if asked.state != "held" else []
