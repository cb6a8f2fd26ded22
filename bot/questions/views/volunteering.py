"""The plan of the questions to come, and the form of a member who chooses one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core import names, parts
from bot.core.parts import Json
from bot.questions.surfaces import NAMED, SAYS, TEXT, TurnForm, field_id
from bot.questions.views.page import back_button, quoted_question
from bot.words import Mrkdwn, Speaker


@dataclass(frozen=True)
class ComingTurn:
    """A question to come, with its number in the circle; `ahead` is 0 for the next one.

    `moment` is when it comes by the present rhythm, if it has one. `plan` is open, theme, question, taken or mine.
    """

    number: int
    ahead: int
    moment: str
    plan: str = "open"
    theme: str = ""
    text: str = ""

    def with_plan(self, plan: str, theme: str = "", text: str = "") -> "ComingTurn":
        """The same question to come, with what is planned for it."""
        return replace(self, plan=plan, theme=theme, text=text)


def season_page(speaker: Speaker, coming: Sequence[ComingTurn], circle_id: int, *, moderates: bool) -> Json:
    """The plan: everybody reads it, and moderators change it."""
    blocks = [
        parts.actions(back_button(speaker)),
        parts.section(speaker.mrkdwn("questions.season_intro")),
        *([parts.context(speaker.mrkdwn("questions.season_moderators"))] if moderates else []),
    ]
    for one in coming:
        blocks += _coming_blocks(speaker, one, moderates=moderates)
    return parts.modal(speaker, names.SEASON_PAGE, "questions.title", blocks, {"circle": circle_id})


def volunteer_form(speaker: Speaker, question: str, form: TurnForm) -> Json:
    """The form of a member who chose a question: their own answer if they like, and whether the card names them."""
    field = parts.text_field(multiline=True, initial=form.text)
    named = parts.checkboxes([parts.option(speaker.plain("questions.card_names_me"), NAMED)], [NAMED] * form.is_named)
    text_id, says_id = (field_id(name, form.form_token) for name in (TEXT, SAYS))
    hint = speaker.plain("reflection.hint")
    blocks = [
        *quoted_question(question),
        parts.input_block(text_id, speaker.plain("questions.answer_first"), field, hint=hint, optional=True),
        parts.input_block(says_id, speaker.plain("questions.says"), named, optional=True),
        parts.context(speaker.mrkdwn("questions.shared_then")),
        parts.actions(back_button(speaker)),
    ]
    return parts.modal(speaker, names.TURN_FORM, "questions.title", blocks, form.to_metadata(), submit="questions.take")


def _coming_blocks(speaker: Speaker, one: ComingTurn, *, moderates: bool) -> list[Json]:
    known, unknown = ("questions.turn_next", {"moment": one.moment}), ("questions.turn_later", {"n": one.ahead + 1})
    key, filled = known if one.moment else unknown
    when = speaker.mrkdwn(key, **filled)
    plan = speaker.mrkdwn(f"questions.turn_{one.plan}", theme=one.theme)
    may_plan = moderates and one.plan in ("open", "theme", "question")
    button = parts.button(speaker.plain("questions.plan"), names.PLAN_TURN, str(one.number)) if may_plan else None
    blocks = [parts.section(Mrkdwn(f"{when} {plan}"), button), *(quoted_question(one.text) if one.text else [])]
    if may_plan and one.plan != "open":
        leave = parts.button(speaker.plain("questions.leave_open"), names.PLAN_NOTHING, str(one.number))
        blocks.append(parts.actions(leave))
    return blocks
