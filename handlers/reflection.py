"""The weekly question: `/reflect`, its card's button, the window to answer in, and the private word about replies."""

import re

from bot.core import language_field as language
from bot.core import names
from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.reflection.answers import AnswerDraft
from bot.reflection.views.answers import COLLEAGUE, MOST_FIELDS, field_id
from handlers import journal
from handlers import journal as insights
from handlers.questions import behind_reflect
from handlers.router import Router, Interaction

COMMANDS = ("/reflect", "/reflectie", "/reflexion")


def register(door: Router) -> None:
    """Connect the surfaces of the weekly question."""
    bot = door.bot
    answers, settling, replies = bot.answers, bot.answer_visibility, bot.replies

    about_questions = behind_reflect(door)

    def front(knock: Interaction) -> Json:
        behind = journal.behind_reflect(bot, knock) or about_questions(knock)
        return behind or answers.open_latest_answer_form(knock.user, knock.channel, knock.now)

    def sent(knock: Interaction) -> Json:
        if page := journal.searched(bot, knock) or insights.written(bot, knock):
            return page
        if to_send := knock.pointers.get("send"):
            return settling.send_to_colleague(knock.user, str(to_send), str(knock.fields.get(COLLEAGUE)), knock.now)
        return answers.submit_answer(knock.user, _draft(knock), knock.now)

    door.on_command(COMMANDS, "reflection.help", front)
    door.on_open(names.ANSWER, lambda knock: answers.open_answer_form(knock.user, _number(knock.value), knock.now))
    for action, opened in {
        names.MORE_ROOM: lambda knock: answers.add_answer_field(knock.user, _draft(knock), knock.now),
        names.CHANGE_REFLECTION: lambda knock: answers.open_change_answer_form(knock.user, knock.value, knock.now),
        names.SEND_REFLECTION: lambda knock: settling.open_colleague_form(knock.user, knock.value, knock.now),
        names.REFLECTION_AS_CASE: lambda knock: bot.message_shortcut.open_case_form_from(knock.user, knock.value, knock.now),
    }.items():
        door.on_open(action, journal.in_journal(bot, opened))
    door.on_form(names.REFLECTION, journal.in_journal(bot, sent))
    for action, acted in {
        names.DRAFT_REFLECTION: lambda knock: answers.save_draft(knock.user, _draft(knock), knock.now),
        names.KEEP_REFLECTION: lambda knock: settling.keep_answer(knock.user, knock.value, knock.now),
        names.SHARE_REFLECTION: lambda knock: settling.share_answer(knock.user, knock.value, knock.now),
        names.NAMELESS_REFLECTION: lambda knock: settling.share_without_name(knock.user, knock.value, knock.now),
        names.WITHDRAW_REFLECTION: lambda knock: settling.withdraw_answer(knock.user, knock.value, knock.now),
    }.items():
        door.on_action(action, journal.in_journal(bot, acted))
    door.on_action(names.LEAVE_ME_OUT, lambda knock: replies.opt_out(knock.user, _number(knock.value)))
    door.on_action(names.LET_ME_IN, lambda knock: replies.opt_in(knock.user, _number(knock.value), knock.now))


def _draft(knock: Interaction) -> AnswerDraft:
    fields = (field_id(number) for number in range(1, MOST_FIELDS + 1))
    return AnswerDraft(
        round_id=_number(knock.pointers.get("round")),
        reflection=knock.pointers.get("reflection"),
        form=str(knock.pointers.get("form")),
        texts=[knock.fields[field] for field in fields if field in knock.fields],
        language=knock.fields.get(language.FIELD),
    )


def _number(pointer: object) -> int:
    """One of our numbers, from what a client sent back."""
    if not re.fullmatch(r"[0-9]{1,9}", str(pointer)):
        raise Refusal("common.gone")
    return int(str(pointer))


def register_invitations(door: Router) -> None:
    """Connect the surfaces of invitations."""
    invitations = door.bot.invitations
    door.on_open(names.INVITATIONS, lambda knock: invitations.open_invitations_page(knock.user))
    door.on_form(
        names.INVITATIONS_FORM,
        lambda knock: invitations.ask_for_invitations(knock.user, _field_of(knock, "clock"), _field_of(knock, "timezone"), knock.now),
    )
    door.on_action(names.PAUSE_INVITATIONS, lambda knock: invitations.pause_invitations(knock.user, str(knock.about)))
    door.on_action(names.RESUME_INVITATIONS, lambda knock: invitations.resume_invitations(knock.user, str(knock.about), knock.now))
    door.on_action(names.STOP_INVITATIONS, lambda knock: invitations.stop_invitations(knock.user, str(knock.about)))


def _field_of(knock: Interaction, name: str) -> str:
    return str(knock.fields.get(name) or "")
