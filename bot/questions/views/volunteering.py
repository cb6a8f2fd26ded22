"""The plan of the questions to come, and the form of who takes one on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.questions.views.page import SAYS, TEXT, back_button, field_id, questions_window, quoted_question
from bot.words import Mrkdwn, Speaker

TAKING = "take"
NAMED = "named"


@dataclass(frozen=True)
class ComingTurn:
    """A question to come: `what` is open, theme, question, taken or mine; `ahead` is 0 for the very next.

    `moment` is when it comes as far as anybody knows now.
    """

    number: int
    ahead: int
    moment: str
    what: str
    theme: str = ""
    text: str = ""


def season_page(speaker: Speaker, coming: Sequence[ComingTurn], pointers: Json, *, moderates: bool) -> Json:
    """The plan: everybody reads it, moderators change it."""
    blocks = [
        parts.actions(back_button(speaker)),
        parts.section(speaker.mrkdwn("questions.season_intro")),
        *([parts.context(speaker.mrkdwn("questions.season_moderators"))] if moderates else []),
    ]
    for one in coming:
        blocks += _coming(speaker, one, moderates=moderates)
    return questions_window(speaker, blocks, pointers)


def volunteer_form(speaker: Speaker, question: str, written: str, pointers: Json, *, is_named: bool = False) -> Json:
    """The form of who chose a question: their own answer first if they like, and whether the card may name them."""
    field = parts.text_field(multiline=True, initial=written)
    named = parts.checkboxes([parts.option(speaker.plain("questions.card_names_me"), NAMED)], [NAMED] * is_named)
    blocks = [
        *quoted_question(question),
        parts.input_block(
            field_id(TEXT, pointers),
            speaker.plain("questions.answer_first"),
            field,
            hint=speaker.plain("reflection.hint"),
            optional=True,
        ),
        parts.input_block(field_id(SAYS, pointers), speaker.plain("questions.says"), named, optional=True),
        parts.context(speaker.mrkdwn("questions.shared_then")),
        parts.context(speaker.mrkdwn("reflection.who_could_see")),
        parts.actions(back_button(speaker)),
    ]
    return questions_window(speaker, blocks, pointers, submit="questions.take")


def _coming(speaker: Speaker, one: ComingTurn, *, moderates: bool) -> list[Json]:
    known, unknown = ("questions.turn_next", {"moment": one.moment}), ("questions.turn_later", {"n": one.ahead + 1})
    key, filled = known if one.moment else unknown
    when = speaker.mrkdwn(key, **filled)
    what = speaker.mrkdwn(f"questions.turn_{one.what}", theme=one.theme)
    may_plan = moderates and one.what in ("open", "theme", "question")
    plan = parts.button(speaker.plain("questions.plan"), names.PLAN_TURN, str(one.number)) if may_plan else None
    blocks = [parts.section(Mrkdwn(f"{when} {what}"), plan), *(quoted_question(one.text) if one.text else [])]
    if may_plan and one.what != "open":
        leave = parts.button(speaker.plain("questions.leave_open"), names.PLAN_NOTHING, str(one.number))
        blocks.append(parts.actions(leave))
    return blocks
