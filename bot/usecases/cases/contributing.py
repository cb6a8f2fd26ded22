"""Writing in a step: the form, what is sent through it, passing, and moving on."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest

from sqlalchemy.orm import Session

from bot.rules.case import Case, Contribution
from bot.rules.events import Contributed, Event, OwnerReady, Passed, Revised, StepClosed, Withdrawn
from bot.rules.permissions import Action, Reason, may, may_read
from bot.rules.progress import targets
from bot.rules.protocol import Step
from bot.rules.vocabulary import Kind, Names, Reveal
from bot.usecases.cases import dossier as dossiers
from bot.usecases.cases.aside import Aside
from bot.usecases.cases.carrying import Carrying
from bot.usecases.cases.dossier import Dossier, seal_contribution, words_of
from bot.usecases.cases.late import Late
from bot.usecases.cases.mapping import Written
from bot.usecases.cases.slots import MOST_NEW, Filled, Shape, filled, slot_of, written
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from bot.views import case_card, case_form
from bot.views.case_form import ASIDE, Page, Quote, Slot
from bot.views.parts import Json
from bot.words import Speaker
from db.models import Member
from db.queries import cases


@dataclass
class _Sent:
    """What one form asks of a case."""

    events: list[Event] = field(default_factory=list)
    written: dict[str, Written] = field(default_factory=dict)


class Contributing:
    """What people do in the steps of a case."""

    def __init__(self, desk: Desk, carrying: Carrying) -> None:
        self._desk = desk
        self._carrying = carrying
        self._late = Late(desk)
        self._aside = Aside(desk)

    def form(self, user: str, case_id: str, step_key: str, shape: Shape, now: datetime) -> Json:
        """The form to write in a step, with what one wrote there before. Refuses who cannot write there now."""
        with self._desk.database.reading() as session:
            dossier, member = dossiers.for_participant(session, case_id, user, to_read=True)
            step = _step(dossier.case, step_key)
            _require_writer(dossier.case, member, step, now)
            say = self._desk.voice(dossier.circle, member)
            page = Page(
                step=step,
                heading=case_card.heading(say, dossier.case.protocol.numbered(), step),
                slots=self._slots(session, dossier, member, step, shape, say),
                can_add=_new_places(dossier.case, member, step, shape) < _room_left(dossier.case, member, step),
                until=self._until(say, dossier, step) or "",
                aside=self._aside.offered(session, dossier, member, step),
                live=dossier.case.is_live,
                others=[self._quote(session, dossier, each) for each in _readable(dossier.case, member, step)],
            )
            return case_form.form(say, page, shape.pointers(case_id, step_key))

    def send(self, user: str, case_id: str, step_key: str, form: str, fields: Mapping[str, str], now: datetime) -> Json:
        """A form was sent: what is new is kept, what changed follows, what was emptied is taken back.

        Returns the next page, or {"errors": …} where nothing was written. The same form a second time changes nothing.
        """
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            say, step = self._desk.voice(dossier.circle, member), _step(dossier.case, step_key)
            set_aside = self._set_aside(session, dossier, member, step, fields)
            slots = filled(fields)
            sent = self._sent(session, dossier, member, step, form, slots)
            nothing = not any(each.text or each.rating for each in slots) and not sent.events
            if nothing and set_aside:
                return case_form.set_aside(say)
            if nothing and not dossier.case.written(step.key, member.id):
                missing = "case.refused_rating_missing" if Kind.RATING in step.kinds else "case.form_nothing"
                return {"errors": {_first_field(fields): say.plain(missing)}}
            if sent.events and not dossier.is_open(step.key):
                return self._late.keep(session, dossier, member, step, form, slots, now)
            self._carrying.happens(session, dossier, sent.events, now, sent.written)
            if sent.events and Kind.ADVICE in step.kinds:
                self._aside.wipe(session, dossier, member)
            until = self._until(say, dossier, step)
            shown, live = step.reveal == Reveal.IMMEDIATE, dossier.case.is_live
            return case_form.kept(say, until=until, shown=shown, step=step, live=live)

    def passes(self, user: str, case_id: str, step_key: str, now: datetime) -> Json:
        """Somebody has nothing (more) to add. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            step = _step(dossier.case, step_key)
            self._carrying.happens(session, dossier, [Passed(member.id, step.key)], now)
            say = self._desk.voice(dossier.circle, member)
            return case_form.passed(say, self._until(say, dossier, step))

    def next(self, user: str, case_id: str, step_key: str, now: datetime) -> None:
        """Who leads the case closes this step; nothing happens if it is closed already."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            step = _step(dossier.case, step_key)
            self._carrying.happens(session, dossier, [StepClosed(member.id, step.key)], now)

    def ready(self, user: str, case_id: str, step_key: str, now: datetime) -> None:
        """The owner is ready for what was written while away."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            step = _step(dossier.case, step_key)
            self._carrying.happens(session, dossier, [OwnerReady(member.id, step.key)], now)

    # ------------------------------------------------------------------------------------------------ the form

    def _slots(
        self, session: Session, dossier: Dossier, member: Member, step: Step, shape: Shape, say: Speaker
    ) -> list[Slot]:
        case = dossier.case
        own = case.written(step.key, member.id)
        if step.about is None:
            new = _new_places(case, member, step, shape)
            earlier = [self._earlier(session, dossier, say, shape, each) for each in own]
            waited = [self._aside.read(session, dossier, member)] if Kind.ADVICE in step.kinds and not own else []
            places = zip_longest((f"new-{number + 1}" for number in range(new)), waited[:new], fillvalue="")
            fresh = [Slot(place, shape.fields(place), text=text) for place, text in places]
            return sorted([*earlier, *fresh], key=lambda slot: bool(slot.asked))
        answers = {each.about: each for each in own}
        asked = sorted(targets(case, step), key=lambda each: each.id in answers)
        return [self._slot(session, dossier, f"about-{t.id}", shape, answers.get(t.id), t) for t in asked]

    def _earlier(self, session: Session, dossier: Dossier, say: Speaker, shape: Shape, own: Contribution) -> Slot:
        """What somebody wrote before; what they wrote in the intake stands under what was asked there."""
        asked = dossier.asked_beforehand(own)
        slot = self._slot(session, dossier, slot_of(own), shape, own)
        return replace(slot, asked=asked.label.in_(say.language)) if asked else slot

    def _slot(
        self, session: Session, dossier: Dossier, id: str, shape: Shape,
        own: Contribution | None, about: Contribution | None = None,
    ) -> Slot:  # fmt: skip
        text = words_of(self._desk, session, own) if own else ""
        quote = self._quote(session, dossier, about) if about else None
        return Slot(id, shape.fields(id), own.kind if own else None, text, quote, own.rating if own else None)

    def _quote(self, session: Session, dossier: Dossier, each: Contribution) -> Quote:
        hidden = dossier.case.protocol.step(each.step).names == Names.HIDDEN
        author = dossier.members.get(each.author) if each.author and not hidden else None
        return Quote(author.slack if author else None, words_of(self._desk, session, each))

    def _until(self, say: Speaker, dossier: Dossier, step: Step) -> str | None:
        """Until when one can write in this step; None once it is closed."""
        state = dossier.case.standing(step.key)
        if not dossier.is_open(step.key) or state.closes_at is None:
            return None
        return say.moment(state.closes_at, dossier.circle.timezone)

    # ------------------------------------------------------------------------------------------------ sending

    def _sent(
        self, session: Session, dossier: Dossier, member: Member, step: Step, form: str, slots: Iterable[Filled]
    ) -> _Sent:
        sent = _Sent()
        asked = {f"about-{each.id}": number for number, each in enumerate(targets(dossier.case, step))}
        for slot in sorted(slots, key=lambda slot: asked.get(slot.id, len(asked))):
            own = _own(dossier.case, member, step, slot)
            if own:
                self._change(session, own, slot, member, sent)
            elif (slot.text or slot.rating) and not _came_before(session, dossier, member, form, slot):
                self._add(step, form, slot, member, sent)
        return sent

    def _change(self, session: Session, own: Contribution, slot: Filled, member: Member, sent: _Sent) -> None:
        if own.kind == Kind.RATING:
            if slot.rating and slot.rating != own.rating:
                sent.events.append(Revised(own.id, member.id, slot.rating))
        elif not slot.text:
            sent.events.append(Withdrawn(own.id, member.id))
        elif slot.text != words_of(self._desk, session, own):
            sent.events.append(Revised(own.id, member.id))
            sent.written[own.id] = Written(seal_contribution(self._desk, own.id, slot.text))

    def _set_aside(
        self, session: Session, dossier: Dossier, member: Member, step: Step, fields: Mapping[str, str]
    ) -> bool:
        """Whether the field for later says something else than before; what it says is kept, whatever else was sent."""
        if ASIDE not in fields or self._aside.offered(session, dossier, member, step) is None:
            return False
        return self._aside.keep(session, dossier, member, written(fields[ASIDE]))

    def _add(self, step: Step, form: str, slot: Filled, member: Member, sent: _Sent) -> None:
        id = secrets.token_hex(8)
        kind = slot.kind or (step.kinds[0].value if step.kinds else "")
        sent.events.append(Contributed(id, member.id, step.key, kind, slot.about, slot.rating))
        words = seal_contribution(self._desk, id, slot.text) if slot.text else None
        sent.written[id] = Written(words, form, slot.id)


def _step(case: Case, key: str) -> Step:
    try:
        return case.protocol.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None


def _require_writer(case: Case, member: Member, step: Step, now: datetime) -> None:
    """Who wrote all they can here may still change it."""
    reason = may(case, member.id, Action.WRITE, step.key, now)
    if reason in (Reason.TOO_MANY, Reason.ALREADY_ANSWERED):
        reason = may(case, member.id, Action.CHANGE, step.key, now)
    if reason:
        raise Refusal(f"case.refused_{reason.value}")


def _new_places(case: Case, member: Member, step: Step, shape: Shape) -> int:
    """How many places for something new the form has: at least one for who wrote nothing yet."""
    least = 0 if case.said(step.key, member.id) else 1
    return max(min(shape.new, _room_left(case, member, step)), least)


def _room_left(case: Case, member: Member, step: Step) -> int:
    """How many more this person can write in this step, and a form can hold; answers have a place of their own."""
    if step.about is not None:
        return 0
    most = step.per_person.max
    return MOST_NEW if most is None else min(MOST_NEW, most - len(case.said(step.key, member.id)))


def _readable(case: Case, member: Member, step: Step) -> list[Contribution]:
    """What others wrote here that this person reads along in the form: nothing is posted while the owner is away."""
    found = (c for c in case.written(step.key) if c.author != member.id and not c.revealed)
    return [each for each in found if may_read(case, member.id, each)]


def _own(case: Case, member: Member, step: Step, slot: Filled) -> Contribution | None:
    """What this person wrote before in this place. Refuses a pointer to what another wrote."""
    if slot.about is not None:
        return next((c for c in case.written(step.key, member.id) if c.about == slot.about), None)
    if slot.earlier is None:
        return None
    found = case.contribution(slot.earlier)
    if found is None or found.author != member.id or found.step != step.key:
        raise Refusal("common.gone")
    return found


def _came_before(session: Session, dossier: Dossier, member: Member, form: str, slot: Filled) -> bool:
    found = cases.came_through(session, form, slot.id)
    if found and (found.case_id, found.member_id) != (dossier.row.id, member.id):
        raise Refusal("common.outdated")
    return found is not None


def _first_field(fields: Mapping[str, str]) -> str:
    return next((name for name in fields if name.startswith(("text:", "rate:"))), "text")
