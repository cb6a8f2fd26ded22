"""What the form of a step shows to one person: what is asked, what they wrote there before, and room for more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision.context import CaseContext, read_contribution, read_contribution_for
from bot.intervision.form_fields import MOST_NEW, FormShape, slot_of_contribution
from bot.intervision.rules.case import Case, Contribution
from bot.intervision.rules.fields import answers, has_fields
from bot.intervision.rules.permissions import Action, Reason, may, may_read
from bot.intervision.rules.progress import targets
from bot.intervision.saved_advice import AdviceForLater
from bot.intervision.views import card as case_card
from bot.intervision.views.form import ContributionForm, FormSlot, Quote
from bot.library.enums import Kind, Names
from bot.library.protocol import Step
from bot.words import Speaker
from db.models import Member


class StepForms:
    """The forms of steps, as they stand for one of a case's people."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._aside = AdviceForLater(services)

    def build_form(
        self, session: Session, context: CaseContext, member: Member, step: Step, shape: FormShape, now: datetime
    ) -> ContributionForm:
        """Everything in the form. Refuses who cannot write in this step now."""
        _require_writer(context.case, member, step, now)
        speaker = self._services.speaker_for(context.circle, member)
        return ContributionForm(
            step=step,
            heading=case_card.step_heading(speaker, context.case.protocol.numbered(), step),
            slots=self._slots(session, context, member, step, shape, speaker),
            can_add=_new_places(context.case, member, step, shape) < _room_left(context.case, member, step),
            until=closing_moment(speaker, context, step) or "",
            aside=self._aside.advice_to_offer(session, context, member, step),
            live=context.case.is_live,
            again=context.reopen_state(step.key),
            leafed=shape.leafed,
            others=[self._quote(context, speaker, each) for each in _readable(context.case, member, step)],
        )

    def _slots(
        self, session: Session, context: CaseContext, member: Member, step: Step, shape: FormShape, speaker: Speaker
    ) -> list[FormSlot]:
        case = context.case
        own = case.contributions_in(step.key, member.id)
        if step.about is None:
            new = _new_places(case, member, step, shape)
            earlier = [self._earlier(context, speaker, shape, each) for each in own]
            waited = (
                [self._aside.read_saved_advice(session, context, member)]
                if Kind.ADVICE in step.kinds and not own
                else []
            )
            kinds = _kinds_left(step, own)
            places = zip_longest(
                (f"new-{number + 1}" for number in range(new)), waited[:new], kinds[:new], fillvalue=""
            )
            fresh = [self._fresh(step, place, shape, text, offered) for place, text, offered in places]
            return sorted([*earlier, *fresh], key=lambda slot: bool(slot.asked))
        answered = {each.about: each for each in own}
        asked = sorted(targets(case, step), key=lambda each: each.id in answered)
        return [self._slot(context, speaker, f"about-{t.id}", shape, answered.get(t.id), t) for t in asked]

    def _fresh(self, step: Step, place: str, shape: FormShape, text: str, offered: str) -> FormSlot:
        """A place for something new; what waited for it stands there already, in a set in its first field."""
        slot = FormSlot(place, shape.count_fields(place), offered=offered)
        if not step.fields:
            return replace(slot, text=text)
        first = next((asked.key for asked in step.fields if asked.scale is None), None)
        return replace(slot, answers={first: text}) if first and text else slot

    def _earlier(self, context: CaseContext, speaker: Speaker, shape: FormShape, own: Contribution) -> FormSlot:
        """What somebody wrote before; what they wrote in the intake stands under what was asked there."""
        asked = context.asked_beforehand(own)
        slot = self._slot(context, speaker, slot_of_contribution(own), shape, own)
        return replace(slot, asked=asked.label.in_(speaker.language)) if asked else slot

    def _slot(
        self,
        context: CaseContext,
        speaker: Speaker,
        id: str,
        shape: FormShape,
        own: Contribution | None,
        about: Contribution | None = None,
    ) -> FormSlot:
        slot = FormSlot(id, shape.count_fields(id), about=self._quote(context, speaker, about) if about else None)
        if own is None:
            return slot
        text = read_contribution(self._services, context.session, own)
        slot = replace(slot, kind=own.kind, rating=own.rating)
        is_set = has_fields(context.case.protocol.step(own.step), own.kind)
        return replace(slot, answers=answers(text)) if is_set else replace(slot, text=text)

    def _quote(self, context: CaseContext, speaker: Speaker, each: Contribution) -> Quote:
        hidden = context.case.protocol.step(each.step).names == Names.HIDDEN
        author = context.members.get(each.author) if each.author and not hidden else None
        return Quote(author.slack if author else None, read_contribution_for(self._services, context, each, speaker))


def closing_moment(speaker: Speaker, context: CaseContext, step: Step) -> str | None:
    """Until when one can write in this step; None once it is closed."""
    state = context.case.state_of(step.key)
    if not context.is_open(step.key) or state.closes_at is None:
        return None
    return speaker.moment(state.closes_at, context.circle.timezone)


def _require_writer(case: Case, member: Member, step: Step, now: datetime) -> None:
    """Who wrote all they can here may still change it."""
    reason = may(case, member.id, Action.WRITE, step.key, now)
    full = (Reason.TOO_MANY, Reason.ALREADY_ANSWERED, Reason.NOT_YOUR_TURN)
    if reason in full and may(case, member.id, Action.CHANGE, step.key, now) is None:
        return
    if reason:
        raise Refusal(f"case.refused_{reason.value}")


def _new_places(case: Case, member: Member, step: Step, shape: FormShape) -> int:
    """How many places for something new the form has: for who wrote nothing yet, as many as the step asks at least.

    Where a step asks one of each kind, there is one for each that is left.
    """
    said, left = case.said(step.key, member.id), _room_left(case, member, step)
    if _one_of_each(step):
        least = len(_kinds_left(step, said))
    else:
        least = 0 if said else max(1, min(step.per_person.min, left))
    return max(min(shape.new, left), least)


def _one_of_each(step: Step) -> bool:
    """Whether a step asks as many contributions as it has kinds: then one of each is what it means."""
    return 1 < len(step.kinds) == step.per_person.min == step.per_person.max


def _kinds_left(step: Step, own: Sequence[Contribution]) -> list[str]:
    """The kinds that this person did not write yet, where one of each is asked."""
    written = {each.kind for each in own}
    return [kind.value for kind in step.kinds if kind not in written] if _one_of_each(step) else []


def _room_left(case: Case, member: Member, step: Step) -> int:
    """How many more this person can write in this step, and a form can hold; answers have a place of their own."""
    if step.about is not None or may(case, member.id, Action.WRITE, step.key) == Reason.NOT_YOUR_TURN:
        return 0
    most = step.per_person.max
    return MOST_NEW if most is None else min(MOST_NEW, most - len(case.said(step.key, member.id)))


def _readable(case: Case, member: Member, step: Step) -> list[Contribution]:
    """What others wrote here that this person reads along in the form: nothing is posted while the owner is away."""
    found = (c for c in case.contributions_in(step.key) if c.author != member.id and not c.revealed)
    return [each for each in found if may_read(case, member.id, each)]
