"""Objecting to a proposal for a circle, and taking back a proposal or an objection."""

from functools import partial

from bot.bot import Bot
from bot.consent.surfaces import ObjectionForm
from bot.core import names
from bot.core.parts import Json
from handlers.router import Interaction, Router


def register(router: Router) -> None:
    """Connect the surfaces of proposals and objections."""
    router.on_open(names.OBJECT, partial(_open_objection_form, router.bot))
    router.on_form(names.OBJECTION, partial(_object_to, router.bot))
    router.on_action(names.TAKE_BACK_OBJECTION, partial(_take_back_objection, router.bot))
    router.on_action(names.TAKE_BACK_PROPOSAL, partial(_take_back_proposal, router.bot))


def _open_objection_form(bot: Bot, asked: Interaction) -> Json:
    return bot.objections.open_objection_form(asked.user, asked.value, asked.now)


def _object_to(bot: Bot, asked: Interaction) -> None:
    form, words = ObjectionForm.from_metadata(asked.pointers), ObjectionForm.read_words(asked.fields)
    bot.objections.object_to(asked.user, form.proposal, words, asked.now)


def _take_back_objection(bot: Bot, asked: Interaction) -> None:
    bot.objections.take_back_objection(asked.user, asked.value, asked.now)


def _take_back_proposal(bot: Bot, asked: Interaction) -> None:
    bot.proposals.take_back_proposal(asked.user, asked.value, asked.now)
