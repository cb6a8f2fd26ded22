"""The weekly question: `/reflect`, its card's button, the window to answer in, and the private word about replies."""

import re

from bot.core import names
from bot.core.common_fields import LANGUAGE_FIELD
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.reflection.answers import AnswerDraft
from bot.reflection.views.answers import COLLEAGUE, MOST_FIELDS, field_id
from handlers import journal
from handlers import journal as insights
from handlers.questions import behind_reflect
from handlers.router import Interaction, Router

COMMANDS = ("/reflect", "/reflectie", "/reflexion")


def register(router: Router) -> None:
    """Connect the surfaces of the weekly question."""
    bot = router.bot
    answers, settling, replies = bot.answers, bot.answer_visibility, bot.replies

    about_questions = behind_reflect(router)

    def front(interaction: Interaction) -> Json:
        behind = journal.behind_reflect(bot, interaction) or about_questions(interaction)
        return behind or answers.open_latest_answer_form(interaction.user, interaction.channel, interaction.now)

    def sent(interaction: Interaction) -> Json:
        if page := journal.searched(bot, interaction) or insights.written(bot, interaction):
            return page
        if to_send := interaction.pointers.get("send"):
            return settling.send_to_colleague(
                interaction.user, str(to_send), str(interaction.fields.get(COLLEAGUE)), interaction.now
            )
        return answers.submit_answer(interaction.user, _draft(interaction), interaction.now)

    router.on_command(COMMANDS, "reflection.help", front)
    router.on_open(
        names.ANSWER,
        lambda interaction: answers.open_answer_form(interaction.user, _number(interaction.value), interaction.now),
    )
    for action, opened in {
        names.MORE_ROOM: lambda interaction: answers.add_answer_field(
            interaction.user, _draft(interaction), interaction.now
        ),
        names.CHANGE_REFLECTION: lambda interaction: answers.open_change_answer_form(
            interaction.user, interaction.value, interaction.now
        ),
        names.SEND_REFLECTION: lambda interaction: settling.open_colleague_form(
            interaction.user, interaction.value, interaction.now
        ),
        names.REFLECTION_AS_CASE: lambda interaction: bot.message_shortcut.open_case_form_from(
            interaction.user, interaction.value, interaction.now
        ),
    }.items():
        router.on_open(action, journal.in_journal(bot, opened))
    router.on_form(names.REFLECTION, journal.in_journal(bot, sent))
    for action, acted in {
        names.DRAFT_REFLECTION: lambda interaction: answers.save_draft(
            interaction.user, _draft(interaction), interaction.now
        ),
        names.KEEP_REFLECTION: lambda interaction: settling.keep_answer(
            interaction.user, interaction.value, interaction.now
        ),
        names.SHARE_REFLECTION: lambda interaction: settling.share_answer(
            interaction.user, interaction.value, interaction.now
        ),
        names.NAMELESS_REFLECTION: lambda interaction: settling.share_without_name(
            interaction.user, interaction.value, interaction.now
        ),
        names.WITHDRAW_REFLECTION: lambda interaction: settling.withdraw_answer(
            interaction.user, interaction.value, interaction.now
        ),
    }.items():
        router.on_action(action, journal.in_journal(bot, acted))
    router.on_action(
        names.LEAVE_ME_OUT, lambda interaction: replies.opt_out(interaction.user, _number(interaction.value))
    )
    router.on_action(
        names.LET_ME_IN,
        lambda interaction: replies.opt_in(interaction.user, _number(interaction.value), interaction.now),
    )


def _draft(interaction: Interaction) -> AnswerDraft:
    fields = (field_id(number) for number in range(1, MOST_FIELDS + 1))
    return AnswerDraft(
        round_id=_number(interaction.pointers.get("round")),
        reflection=interaction.pointers.get("reflection"),
        form=str(interaction.pointers.get("form")),
        texts=[interaction.fields[field] for field in fields if field in interaction.fields],
        language=interaction.fields.get(LANGUAGE_FIELD),
    )


def _number(pointer: object) -> int:
    """One of our numbers, from what a client sent back."""
    if not re.fullmatch(r"[0-9]{1,9}", str(pointer)):
        raise Refusal("common.gone")
    return int(str(pointer))


def register_invitations(router: Router) -> None:
    """Connect the surfaces of invitations."""
    invitations = router.bot.invitations
    router.on_open(names.INVITATIONS, lambda interaction: invitations.open_invitations_page(interaction.user))
    router.on_form(
        names.INVITATIONS_FORM,
        lambda interaction: invitations.ask_for_invitations(
            interaction.user, _field_of(interaction, "clock"), _field_of(interaction, "timezone"), interaction.now
        ),
    )
    router.on_action(
        names.PAUSE_INVITATIONS,
        lambda interaction: invitations.pause_invitations(interaction.user, str(interaction.about)),
    )
    router.on_action(
        names.RESUME_INVITATIONS,
        lambda interaction: invitations.resume_invitations(interaction.user, str(interaction.about), interaction.now),
    )
    router.on_action(
        names.STOP_INVITATIONS,
        lambda interaction: invitations.stop_invitations(interaction.user, str(interaction.about)),
    )


def _field_of(interaction: Interaction, name: str) -> str:
    return str(interaction.fields.get(name) or "")
