"""Objecting to a proposal for a circle, and taking back a proposal or an objection."""

from bot.consent.surfaces import ObjectionForm
from bot.core import names
from handlers.interaction import Interaction
from handlers.router import Router


def register(router: Router) -> None:
    """Connect the surfaces of proposals and objections."""
    objections, proposals = router.bot.objections, router.bot.proposals

    def object_to(it: Interaction) -> None:
        form, words = ObjectionForm.from_metadata(it.pointers), ObjectionForm.read_words(it.fields)
        objections.object_to(it.user, form.proposal, words, it.now)

    router.on_open(names.OBJECT, lambda it: objections.open_objection_form(it.user, it.value, it.now))
    router.on_form(names.OBJECTION, object_to)
    router.on_action(names.TAKE_BACK_OBJECTION, lambda it: objections.take_back_objection(it.user, it.value, it.now))
    router.on_action(names.TAKE_BACK_PROPOSAL, lambda it: proposals.take_back_proposal(it.user, it.value, it.now))
