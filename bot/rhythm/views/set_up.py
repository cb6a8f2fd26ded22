"""The bot's first words in a channel, the form that sets up its circle, and how the circle works."""

from bot.circles.types import named_people, own_language_section
from bot.consent.types import ProposalStatus, status_blocks
from bot.core import names, parts
from bot.core.parts import Json
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.surfaces import CIRCLE_FIELDS, FIRST_RHYTHM_FIELDS, LANGUAGE_FIELD, CircleForm, CircleSettings
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


def circle_ready_post(speaker: Speaker, rhythm: Rhythm, first: str, status: ProposalStatus) -> Json:
    """The greeting once the circle is set up: when the question comes, who may object to that, and the commands.

    `first` is when the first question comes, if one does.
    """
    comes = "greeting.ready" if status.state in {"open", "held"} else "greeting.ready_without"
    blocks = [
        parts.section(speaker.mrkdwn(comes, rhythm=rhythm_in_words(speaker, rhythm))),
        *_consent_blocks(speaker, first, status),
        parts.section(speaker.mrkdwn("greeting.commands")),
        parts.context(speaker.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.message(speaker.plain("greeting.ready_headline"), blocks)


def set_up_form(
    speaker: Speaker, settings: CircleSettings, rhythm: Rhythm | None, own_language: str | None, form: CircleForm
) -> Json:
    """The form in which a circle says how it wants to work; one page, everything with a sensible start.

    `rhythm` is the one it has, or None the first time: then it is asked here. `own_language` is the language that its
    reader chose for themselves.
    """
    first_rhythm = [field.block(speaker, settings) for field in FIRST_RHYTHM_FIELDS]
    blocks = [
        parts.section(speaker.mrkdwn("circle.intro")),
        LANGUAGE_FIELD.block(speaker, settings),
        *([_rhythm(speaker, rhythm, form.channel)] if rhythm else first_rhythm),
        *(field.block(speaker, settings) for field in CIRCLE_FIELDS if field is not LANGUAGE_FIELD),
        own_language_section(speaker, own_language),
    ]
    return parts.modal(speaker, names.SET_UP_FORM, "circle.title", blocks, form.to_metadata(), submit="circle.submit")


def circle_settings_page(
    speaker: Speaker, settings: CircleSettings, rhythm: Rhythm, own_language: str | None, channel: str
) -> Json:
    """How this circle works, and what everybody chooses for themselves: the language the bot talks with them."""
    moderators = named_people(speaker, settings.moderators)
    blocks = [
        _rhythm(speaker, rhythm, channel),
        parts.section(speaker.mrkdwn("circle.who", moderators=moderators, contact=settings.contact)),
        parts.section(speaker.mrkdwn("greeting.commands")),
        own_language_section(speaker, own_language),
        parts.context(speaker.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.modal(speaker, "settings", "common.bot_name", blocks)


def _rhythm(speaker: Speaker, rhythm: Rhythm, channel: str) -> Json:
    """When the question comes, and the way to more about that."""
    more = parts.button(speaker.plain("rhythm.title"), names.RHYTHM_PRESSED, channel)
    return parts.section(speaker.mrkdwn("circle.works", rhythm=rhythm_in_words(speaker, rhythm)), more)


def _consent_blocks(speaker: Speaker, first: str, status: ProposalStatus) -> list[Json]:
    """Nothing is said once the rhythm holds, nor when another rhythm replaced it."""
    if status.state == "open":
        intro = speaker.mrkdwn("greeting.first_question", person=mention(status.proposer), moment=first)
        return [parts.section(intro), *status_blocks(speaker, status)]
    return status_blocks(speaker, status) if status.state != "held" else []
