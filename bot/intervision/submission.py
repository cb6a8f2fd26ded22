"""What one form asks of a case: what is new, what changed, and what is taken back."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision.context import CaseContext, read_contribution, seal_contribution
from bot.intervision.form_fields import FilledSlot
from bot.intervision.repository import SealedContribution
from bot.intervision.rules.case import Case, Contribution
from bot.intervision.rules.events import Contributed, Event, Revised, Withdrawn
from bot.intervision.rules.fields import has_fields
from bot.intervision.rules.progress import targets
from bot.library.enums import Kind
from bot.library.protocol import Step
from db.models import Member
from db.queries import intervision as cases


@dataclass
class FormChanges:
    """What happens in the case if this form counts, and the words that go with it."""

    events: list[Event] = field(default_factory=list)
    written: dict[str, SealedContribution] = field(default_factory=dict)


class FormSubmission:
    """A form of one person that came back; the same form a second time asks nothing."""

    def __init__(
        self, services: Services, session: Session, context: CaseContext, member: Member, step: Step, form: str
    ) -> None:
        self._services, self._session, self._dossier = services, session, context
        self._member, self._step, self._form = member, step, form

    def find_changes(self, slots: Iterable[FilledSlot]) -> FormChanges:
        """What is filled in, against what stands. Refuses a pointer to what another wrote."""
        asks, case = FormChanges(), self._dossier.case
        asked = {f"about-{each.id}": number for number, each in enumerate(targets(case, self._step))}
        for slot in sorted(slots, key=lambda slot: asked.get(slot.id, len(asked))):
            if own := _own(case, self._member, self._step, slot):
                self._change(own, slot, asks)
            elif (slot.text or slot.rating) and not self._came_before(slot):
                self._add(slot, asks)
        return asks

    def _change(self, own: Contribution, slot: FilledSlot, asks: FormChanges) -> None:
        if own.kind == Kind.RATING:
            if slot.rating and slot.rating != own.rating:
                asks.events.append(Revised(own.id, self._member.id, slot.rating))
        elif not slot.text:
            asks.events.append(Withdrawn(own.id, self._member.id))
        elif slot.is_set != has_fields(self._step, own.kind):
            raise Refusal("common.outdated")
        elif slot.text != read_contribution(self._services, self._session, own):
            asks.events.append(Revised(own.id, self._member.id))
            asks.written[own.id] = SealedContribution(seal_contribution(self._services, own.id, slot.text))

    def _add(self, slot: FilledSlot, asks: FormChanges) -> None:
        id, step = secrets.token_hex(8), self._step
        kind = slot.kind or (step.kinds[0].value if step.kinds else "")
        if slot.text and slot.is_set != has_fields(step, kind):
            raise Refusal("common.outdated")
        asks.events.append(Contributed(id, self._member.id, step.key, kind, slot.about, slot.rating))
        words = seal_contribution(self._services, id, slot.text) if slot.text else None
        asks.written[id] = SealedContribution(words, self._form, slot.id)

    def _came_before(self, slot: FilledSlot) -> bool:
        found = cases.find_by_form_slot(self._session, self._form, slot.id)
        if found and (found.case_id, found.member_id) != (self._dossier.row.id, self._member.id):
            raise Refusal("common.outdated")
        return found is not None


def _own(case: Case, member: Member, step: Step, slot: FilledSlot) -> Contribution | None:
    """What this person wrote before in this place. Refuses a pointer to what another wrote."""
    if slot.about is not None:
        return next((c for c in case.contributions_in(step.key, member.id) if c.about == slot.about), None)
    if slot.earlier is None:
        return None
    found = case.contribution(slot.earlier)
    if found is None or found.author != member.id or found.step != step.key:
        raise Refusal("common.gone")
    return found
