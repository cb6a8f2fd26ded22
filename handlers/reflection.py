"""The weekly question: `/reflect`, the window to answer in, replies in its thread, invitations, and looking back."""

from collections.abc import Callable
from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.journal.surfaces import JournalPlace
from bot.reflection.surfaces import CLOCK, TIME_ZONE, AnswerForm, ColleagueForm, LookingBackButton, row_number
from handlers import journal, questions
from handlers.interaction import Interaction
from handlers.router import Router

COMMANDS = ("/reflect", "/reflectie", "/reflexion")


def register(router: Router) -> None:
    """Connect the surfaces of the weekly question."""
    bot = router.bot
    router.on_command(COMMANDS, "reflection.help", partial(open_reflect, bot))
    router.on_open(names.ANSWER, lambda it: bot.answers.open_answer_form(it.user, row_number(it.value), it.now))
    router.on_open(names.WHO_READS, lambda it: bot.answers.open_who_reads_page(it.user, it.channel))
    router.on_form(names.ANSWER_FORM, journal.in_journal(bot, submit_answer))
    router.on_form(names.COLLEAGUE_FORM, journal.in_journal(bot, send_to_colleague))
    router.on_action(names.LEAVE_ME_OUT, lambda it: bot.replies.opt_out(it.user, row_number(it.value)))
    router.on_action(names.LET_ME_IN, lambda it: bot.replies.opt_in(it.user, row_number(it.value), it.now))
    router.on_action(names.LOOK_BACK, partial(begin_looking_back, bot))
    router.on_action(names.CHOOSE_READERS, journal.in_journal(bot, choose_readers))
    for action, show in _OPENS.items():
        router.on_open(action, journal.in_journal(bot, show))
    for action, act in _CHOICES.items():
        router.on_action(action, journal.in_journal(bot, act))
    _register_invitations(router)


def _register_invitations(router: Router) -> None:
    mine = router.bot.invitations
    router.on_open(names.INVITATIONS, lambda it: mine.open_invitations_page(it.user))
    router.on_form(names.INVITATIONS_FORM, partial(ask_for_invitations, router.bot))
    router.on_action(names.PAUSE_INVITATIONS, lambda it: mine.pause_invitations(it.user, str(it.about)))
    router.on_action(names.RESUME_INVITATIONS, lambda it: mine.resume_invitations(it.user, str(it.about), it.now))
    router.on_action(names.STOP_INVITATIONS, lambda it: mine.stop_invitations(it.user, str(it.about)))


def open_reflect(bot: Bot, interaction: Interaction) -> Json:
    """What the command opens: what the word behind it names, else the form to answer the latest question."""
    named = journal.open_named(bot, interaction) or questions.open_named(bot, interaction)
    return named or bot.answers.open_latest_answer_form(interaction.user, interaction.channel, interaction.now)


def submit_answer(bot: Bot, interaction: Interaction) -> Json | Receipt:
    """The form to answer in was sent: it closes, or the page of the journal from which it was opened comes back."""
    form, is_in_journal = _answer_form(interaction), JournalPlace.from_metadata(interaction.pointers) is not None
    if is_in_journal:
        return bot.answers.submit_and_show(interaction.user, form, interaction.now)
    return bot.answers.submit_answer(interaction.user, form, interaction.now)


def choose_readers(bot: Bot, interaction: Interaction) -> Json | None:
    """Somebody chose in the form for whom their answer is."""
    return bot.answers.choose_readers(interaction.user, _answer_form(interaction), interaction.now)


def send_to_colleague(bot: Bot, interaction: Interaction) -> Json:
    """The form that asks for a colleague was sent."""
    form = ColleagueForm.from_sent(interaction.pointers, interaction.fields)
    return bot.answer_visibility.send_to_colleague(interaction.user, form, interaction.now)


def begin_looking_back(bot: Bot, interaction: Interaction) -> None:
    """Somebody accepts the invitation to look back on a season."""
    button = LookingBackButton.from_value(interaction.value)
    bot.looking_back.begin_looking_back(interaction.user, button, interaction.now)


def ask_for_invitations(bot: Bot, interaction: Interaction) -> Json:
    """The form that asks for invitations was sent."""
    clock, zone = (str(interaction.fields.get(name) or "") for name in (CLOCK, TIME_ZONE))
    return bot.invitations.ask_for_invitations(interaction.user, clock, zone, interaction.now)


def _answer_form(interaction: Interaction) -> AnswerForm:
    return AnswerForm.from_sent(interaction.pointers, interaction.fields)


# Buttons of an answer that open something, and those that change who can read it.
_OPENS: dict[str, Callable[[Bot, Interaction], Json]] = {
    names.MORE_ROOM: lambda bot, it: bot.answers.add_answer_field(it.user, _answer_form(it), it.now),
    names.CHANGE_REFLECTION: lambda bot, it: bot.answers.open_change_answer_form(it.user, it.value, it.now),
    names.SEND_REFLECTION: lambda bot, it: bot.answer_visibility.open_colleague_form(it.user, it.value, it.now),
    names.REFLECTION_AS_CASE: lambda bot, it: bot.open_case_form_from(it.user, it.value, it.now),
}
_CHOICES: dict[str, Callable[[Bot, Interaction], Json]] = {
    names.DRAFT_REFLECTION: lambda bot, it: bot.answers.save_draft(it.user, _answer_form(it), it.now),
    names.KEEP_REFLECTION: lambda bot, it: bot.answer_visibility.keep_answer(it.user, it.value, it.now),
    names.SHARE_REFLECTION: lambda bot, it: bot.answer_visibility.share_answer(it.user, it.value, it.now),
    names.NAMELESS_REFLECTION: lambda bot, it: bot.answer_visibility.share_without_name(it.user, it.value, it.now),
    names.WITHDRAW_REFLECTION: lambda bot, it: bot.answer_visibility.withdraw_answer(it.user, it.value, it.now),
}
