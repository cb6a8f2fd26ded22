"""The form to propose a question in, and the form and messages about other words for one."""

from collections.abc import Mapping

from bot.core import names, parts
from bot.core.parts import Json
from bot.library.prompts import LONGEST_PROMPT
from bot.questions.surfaces import NAMED, SAYS, STUDENTS, TEXT, THEME, QuestionForm, WordingForm, field_id
from bot.questions.views.page import back_button, quoted_question, wording_buttons
from bot.words import Speaker
from bot.words.escaping import channel_link


def question_form(
    speaker: Speaker, themes: Mapping[str, str], form: QuestionForm, *, needed: int, language: str
) -> Json:
    """The form, which shows what makes a good question. The author is not named unless they tick it.

    `themes` are names by key; `needed` is how many members must say that they would answer it.
    """
    ticks = [parts.option(speaker.plain(f"questions.says_{what}"), what) for what in (STUDENTS, NAMED)]
    text = parts.text_field(multiline=True, initial=form.text, longest=LONGEST_PROMPT)
    options = [parts.option(name[:75], key) for key, name in themes.items()][:100]
    written_in = speaker.plain(f"questions.written_in_{language}")
    text_id, theme_id, says_id = (field_id(name, form.form_token) for name in (TEXT, THEME, SAYS))
    blocks = [
        parts.section(speaker.mrkdwn("questions.good_ones")),
        parts.section(speaker.mrkdwn("questions.examples")),
        parts.input_block(text_id, speaker.plain("questions.your_question"), text, hint=written_in),
        parts.input_block(theme_id, speaker.plain("questions.about"), parts.select(options, form.theme)),
        parts.input_block(says_id, speaker.plain("questions.says"), parts.checkboxes(ticks, form.says), optional=True),
        parts.context(speaker.mrkdwn("questions.what_happens", needed=needed)),
        parts.actions(back_button(speaker)),
    ]
    known = form.to_metadata()
    return parts.modal(speaker, names.QUESTION_FORM, "questions.title", blocks, known, submit="questions.submit")


def wording_form(speaker: Speaker, text: str, form: WordingForm) -> Json:
    """The form in which a moderator writes other words for a question; its author decides."""
    field = parts.text_field(multiline=True, initial=text[:LONGEST_PROMPT], longest=LONGEST_PROMPT)
    blocks = [
        parts.section(speaker.mrkdwn("questions.wording_intro")),
        *quoted_question(text),
        parts.input_block(field_id(TEXT, form.form_token), speaker.plain("questions.wording"), field),
        parts.actions(back_button(speaker)),
    ]
    known = form.to_metadata()
    return parts.modal(speaker, names.WORDING_FORM, "questions.title", blocks, known, submit="questions.wording_submit")


def wording_suggested_message(speaker: Speaker, question: str, text: str, suggestion: str, channel: str) -> Json:
    """The private message to the author: both wordings, and the choice."""
    blocks = [
        parts.section(speaker.mrkdwn("questions.letter", place=channel_link(channel))),
        *quoted_question(text),
        parts.section(speaker.mrkdwn("questions.suggested_here")),
        *quoted_question(suggestion),
        parts.actions(*wording_buttons(speaker, question)),
    ]
    return parts.message(speaker.plain("questions.letter_headline"), blocks)


def wording_decided_message(speaker: Speaker, key: str) -> Json:
    """What that message becomes once the author chose."""
    return parts.message(speaker.plain("questions.letter_headline"), [parts.section(speaker.mrkdwn(key))])
