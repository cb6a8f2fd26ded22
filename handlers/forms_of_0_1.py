"""Forms that were opened by version 0.1 and are sent to this one: there, one callback id served several forms.

What is in such a form says which one it is. Its fields and what it knows are the same as today.
"""

from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.journal.surfaces import SEARCH, SENTENCE
from handlers import journal, questions, reflection
from handlers.interaction import Interaction
from handlers.router import Router


def register(router: Router) -> None:
    """Connect the callback ids of version 0.1."""
    router.on_form(names.REFLECTION_WINDOW, journal.in_journal(router.bot, submit_reflection_window))
    router.on_form(names.QUESTIONS_WINDOW, partial(submit_questions_window, router.bot))


def submit_reflection_window(bot: Bot, interaction: Interaction) -> Json | Receipt:
    """The search in a journal, the form of an insight, of a colleague, or of an answer."""
    if SEARCH in interaction.fields:
        return journal.search_journal(bot, interaction)
    if SENTENCE in interaction.fields:
        return journal.submit_insight(bot, interaction)
    if interaction.pointers.get("send"):
        return reflection.send_to_colleague(bot, interaction)
    return reflection.submit_answer(bot, interaction)


def submit_questions_window(bot: Bot, interaction: Interaction) -> Json:
    """The form of a question, of other words for one, or of a turn."""
    match interaction.pointers.get("form"):
        case "propose":
            return questions.propose_question(bot, interaction)
        case "wording":
            return questions.suggest_wording(bot, interaction)
        case "take":
            return questions.take_turn(bot, interaction)
    raise Refusal("common.outdated")
