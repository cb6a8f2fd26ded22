"""The form to propose a question in, and the words about its wording."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import parts
from bot.core.parts import Json
from bot.library.prompts import LONGEST_PROMPT
from bot.questions.views.page import SAYS, TEXT, back_button, decisions, field_id, questions_window, quoted_question
from bot.words import Speaker
from bot.words.escaping import channel_link as place_of

# What a form of the window is about, as its pointers say.
PROPOSING, WORDING = "propose", "wording"
# What the author can tick.
NAMED, STUDENTS = "named", "students"
THEME = "theme"


@dataclass(frozen=True)
class QuestionFormValues:
    """What stands in the form already."""

    text: str = ""
    theme: str = ""
    says: tuple[str, ...] = ()


def question_form(
    speaker: Speaker,
    themes: Mapping[str, str],
    filled: QuestionFormValues,
    pointers: Json,
    *,
    needed: int,
    language: str,
) -> Json:
    """The form, which shows what makes a good question. The author's name stays away unless they tick it."""
    ticks = [parts.option(speaker.plain(f"questions.says_{what}"), what) for what in (STUDENTS, NAMED)]
    text = parts.text_field(multiline=True, initial=filled.text, longest=LONGEST_PROMPT)
    themes_ = [parts.option(name, key) for key, name in themes.items()]
    written_in = speaker.plain(f"questions.written_in_{language}")
    blocks = [
        parts.section(speaker.mrkdwn("questions.good_ones")),
        parts.section(speaker.mrkdwn("questions.examples")),
        parts.input_block(field_id(TEXT, pointers), speaker.plain("questions.your_question"), text, hint=written_in),
        parts.input_block(
            field_id(THEME, pointers), speaker.plain("questions.about"), parts.select(themes_, filled.theme)
        ),
        parts.input_block(
            field_id(SAYS, pointers),
            speaker.plain("questions.says"),
            parts.checkboxes(ticks, filled.says),
            optional=True,
        ),
        parts.context(speaker.mrkdwn("questions.what_happens", needed=needed)),
        parts.context(speaker.mrkdwn("reflection.who_could_see")),
        parts.actions(back_button(speaker)),
    ]
    return questions_window(speaker, blocks, pointers, submit="questions.submit")


def wording_form(speaker: Speaker, text: str, pointers: Json) -> Json:
    """Where a moderator writes other words for a question; its author decides."""
    field = parts.text_field(multiline=True, initial=text[:LONGEST_PROMPT], longest=LONGEST_PROMPT)
    blocks = [
        parts.section(speaker.mrkdwn("questions.wording_intro")),
        *quoted_question(text),
        parts.input_block(field_id(TEXT, pointers), speaker.plain("questions.wording"), field),
        parts.actions(back_button(speaker)),
    ]
    return questions_window(speaker, blocks, pointers, submit="questions.wording_submit")


def wording_suggested_page(speaker: Speaker, question: str, text: str, suggestion: str, channel: str) -> Json:
    """The private word to the author: both wordings, and the choice."""
    blocks = [
        parts.section(speaker.mrkdwn("questions.letter", place=place_of(channel))),
        *quoted_question(text),
        parts.section(speaker.mrkdwn("questions.suggested_here")),
        *quoted_question(suggestion),
        parts.actions(*decisions(speaker, question)),
    ]
    return parts.message(speaker.plain("questions.letter_headline"), blocks)


def wording_decided_page(speaker: Speaker, key: str) -> Json:
    """What that word becomes once the author chose."""
    return parts.message(speaker.plain("questions.letter_headline"), [parts.section(speaker.mrkdwn(key))])
