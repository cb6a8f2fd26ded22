"""The bot's first words in a channel, and what they become once the circle is set up."""

from bot.consent.types import ProposalStatus, status_blocks
from bot.core import names, parts
from bot.core.parts import Json
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views.rhythm_page import rhythm_in_words
from bot.words import Speaker
from bot.words.escaping import mention


def greeting_post(speaker: Speaker) -> Json:
    """Who we are, what we do and what is kept, with the way to begin."""
    blocks = [
        parts.section(speaker.mrkdwn("greeting.hello")),
        parts.context(speaker.mrkdwn("greeting.before_set_up")),
        parts.actions(parts.button(speaker.plain("greeting.set_up"), names.SET_UP, style="primary")),
    ]
    return parts.message(speaker.plain("greeting.headline"), blocks)


def circle_ready_post(speaker: Speaker, rhythm: Rhythm, first: str, asked: ProposalStatus) -> Json:
    """The circle is set up: when the prompt comes, what can be said about that, and the commands.

    `first` is when the first prompt comes, if one does.
    """
    comes = "greeting.ready" if asked.state in {"open", "held"} else "greeting.ready_without"
    blocks = [
        parts.section(speaker.mrkdwn(comes, rhythm=rhythm_in_words(speaker, rhythm))),
        *_agreeing(speaker, first, asked),
        parts.section(speaker.mrkdwn("greeting.commands")),
        parts.context(speaker.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.message(speaker.plain("greeting.ready_headline"), blocks)


def _agreeing(speaker: Speaker, first: str, asked: ProposalStatus) -> list[Json]:
    """Once the rhythm holds, nothing needs to be said of that; the same when another takes its place."""
    if asked.state == "open":
        intro = speaker.mrkdwn("greeting.first_question", person=mention(asked.proposer), moment=first)
        return [parts.section(intro), *status_blocks(speaker, asked)]
    return status_blocks(speaker, asked) if asked.state != "held" else []
