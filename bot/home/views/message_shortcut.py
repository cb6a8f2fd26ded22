"""What can be made of a message that somebody points at, in a small form; or why nothing can."""

from collections.abc import Sequence

from bot.core import names, notices, parts
from bot.core.home import MessageUse, TodoItem
from bot.core.parts import Json
from bot.home.surfaces import USE_FIELD, MessageForm, text_field_id
from bot.home.views.todo import todo_ending
from bot.words import Speaker

# Slack's longest label of a choice; its most choices, side by side and in a list; and how many are explained at once.
_LONGEST_LABEL = 75
_MOST_RADIOS, _MOST_CHOICES, _MOST_EXPLAINED = 10, 100, 20


def message_form(speaker: Speaker, uses: Sequence[MessageUse], texts: Sequence[str], form: MessageForm) -> Json:
    """What its author can make of a message, with its words to go on with; `texts` is at least one field."""
    labels = [speaker.plain(f"take_up.{use.kind}", name=use.name)[:_LONGEST_LABEL] for use in uses]
    options = [parts.option(label, use.to_value()) for label, use in zip(labels, uses, strict=True)][:_MOST_CHOICES]
    choice = (parts.radios if len(options) <= _MOST_RADIOS else parts.select)(options, uses[0].to_value())
    explained = [use for use in uses[:_MOST_EXPLAINED] if use.more]
    blocks = [
        parts.section(speaker.mrkdwn("take_up.stays")),
        parts.input_block(USE_FIELD, speaker.plain("take_up.what"), choice),
        *(parts.context(speaker.mrkdwn("take_up.explained", name=use.name, text=use.more)) for use in explained),
        *(_text_field(speaker, number, text) for number, text in enumerate(texts, start=1)),
    ]
    known = form.to_metadata()
    return parts.modal(speaker, names.TAKE_UP_FORM, "common.bot_name", blocks, known, submit="take_up.submit")


def message_page(speaker: Speaker, key: str, items: Sequence[TodoItem], *, is_whole: bool = True) -> Json:
    """Why nothing can be made of this message or what it is, and what its reader can do instead."""
    page = notices.notice(speaker, speaker.mrkdwn(key))
    return {**page, "blocks": [*page["blocks"], *todo_ending(speaker, items, is_whole)]}


def _text_field(speaker: Speaker, number: int, text: str) -> Json:
    label = speaker.plain("take_up.words") if number == 1 else speaker.plain("reflection.going_on")
    field = parts.text_field(multiline=True, initial=text)
    return parts.input_block(text_field_id(number), label, field, optional=number > 1)
