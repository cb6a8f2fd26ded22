"""From asking to starting: bringing a case, joining and leaving it, starting and stopping it."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from bot.circles import access
from bot.core import notices
from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.core.services import Desk
from bot.core.text import first_sentence
from bot.intervision import context as dossiers
from bot.intervision.apply import Carrying
from bot.intervision.channel import Room
from bot.intervision.context import no_guest, taken_out_of_the_intake
from bot.intervision.create import Brought, brought
from bot.intervision.intake import Asked, IntakeForms, circle_of, form_of, intake
from bot.intervision.presenter import Stage
from bot.intervision.rules.case import CaseState, Pace
from bot.intervision.rules.events import Joined, Started, Stopped
from bot.intervision.rules.permissions import Action, Reason, may, no_such_role
from bot.intervision.series import Series
from bot.intervision.views import invitation as case_invitation
from bot.intervision.views import start as case_start
from bot.intervision.views.intake import STORY
from bot.library.enums import Optional, Role
from bot.library.protocol import Step
from bot.words import LANGUAGES, Speaker
from db.queries import intervision as cases


class Inviting:
    """Cases until they start, and the two ways to end one."""

    def __init__(self, desk: Desk, carrying: Carrying) -> None:
        self._desk = desk
        self._carrying = carrying
        self._stage = Stage(desk)
        self._forms = IntakeForms(desk)
        self._room = Room(desk)
        self._series = Series(desk, carrying)

    def form(self, user: str, channel: str, story: Sequence[str] = ()) -> Json:
        """The form to bring a case to the circle somebody means; what they told already stands in it, to go on with."""
        with self._desk.database.reading() as session:
            circle, member = access.circle_here(session, user, channel)
            no_guest(member)
            pointers = {"circle": circle.id, "form": secrets.token_hex(8)}
            told = Asked(fields=dict(zip(STORY, story, strict=False)))
            return self._forms.page(session, circle, member, pointers, told)

    def form_for(self, user: str, pointers: Json, asked: Asked) -> Json:
        """The same form, with what the method that was chosen asks."""
        with self._desk.database.reading() as session:
            circle, member = access.circle_by_id(session, circle_of(pointers), user)
            return self._forms.page(session, circle, member, pointers, asked)

    def bring(self, user: str, pointers: Json, asked: Asked, now: datetime) -> Json:
        """The circle is invited to a case. Returns the next page, or {"errors": …}; the same form makes one case."""
        form = form_of(pointers)
        if first := pointers.get("series"):
            return self._series.join(user, str(first), form, asked, now)
        with self._desk.database.writing() as session:
            circle, member = access.circle_by_id(session, circle_of(pointers), user)
            no_guest(member)
            member.language = asked.language if asked.language in LANGUAGES else member.language
            say = self._desk.voice(circle, member)
            wrong = self._forms.wrong(asked)
            if wrong and not asked.was_asked(*wrong):
                return self._forms.page(session, circle, member, pointers, asked)
            if wrong:
                return {"errors": {field: say.plain(key) for field, key in wrong.items()}}
            if cases.find_case_by_form(session, form) is None:
                protocol = self._desk.library.protocols[asked.method]
                what = Brought(form, protocol, asked.theme, intake(asked, protocol))
                dossier = brought(session, self._desk, circle, member, what, now)
                self._stage.invitation(session, dossier)
                self._stage.owners_page(session, dossier)
            return notices.notice(say, say.mrkdwn("case.brought"))

    def join(self, user: str, case_id: str, role: Role, now: datetime) -> Json:
        """Somebody from the circle thinks along, or facilitates; the page says so. Joining twice does no harm."""
        with self._desk.database.writing() as session:
            dossier = dossiers.opened(session, case_id)
            member = access.in_circle(session, dossier.circle, user)
            no_guest(member)
            say = self._desk.voice(dossier.circle, member)
            if reason := no_such_role(dossier.case.protocol, role):
                raise Refusal(f"case.refused_{reason.value}")
            if dossier.row.series:
                return self._series.form(session, dossier, member)
            if role == Role.FACILITATOR and dossier.case.holding(role) - {member.id}:
                return case_invitation.facilitator_taken(say, case_id)
            dossier.members[member.id] = member
            self._carrying.happens(session, dossier, [Joined(member.id, role)], now)
            protocol, facilitators = dossier.case.protocol, dossier.case.holding(Role.FACILITATOR)
            has_seat = may(dossier.case, member.id, Action.JOIN) is None
            return case_invitation.joined(
                say, case_id, role.value, of_two=dossier.of_two,
                can_join=has_seat,
                can_facilitate=has_seat and not facilitators and no_such_role(protocol, Role.FACILITATOR) is None,
                can_observe=no_such_role(protocol, Role.OBSERVER) is None,
            )  # fmt: skip

    def leave(self, user: str, case_id: str, now: datetime) -> Json:
        """Somebody goes, before it starts or while it runs; the owner stops the case instead."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user, to_read=True)
            if member.id == dossier.case.owner and dossier.case.state != CaseState.WAITING:
                raise Refusal("case.owner_stops")
            self._series.leave(session, case_id, member, now)
            self._room.let_out(session, dossier, member)
            return case_invitation.left(self._desk.voice(dossier.circle, member), of_two=dossier.of_two)

    def start_form(self, user: str, case_id: str) -> Json:
        """The form in which the owner chooses how it goes before the start. Refuses who cannot start now."""
        with self._desk.database.reading() as session:
            dossier, member = dossiers.for_participant(session, case_id, user, to_read=True)
            if reason := may(dossier.case, member.id, Action.START):
                raise Refusal(f"case.refused_{reason.value}")
            say = self._desk.voice(dossier.circle, member)
            return case_start.form(
                say, case_id, [_choice(step, say) for step in dossier.case.protocol.steps if step.optional]
            )

    def start(
        self, user: str, case_id: str, now: datetime, pace: Pace = Pace.CALM,
        optional: frozenset[str] | None = None, *, short_cards: bool = False,
    ) -> None:  # fmt: skip
        """The owner starts: the story opens for the people who are in, and for nobody else. Twice is once.

        `optional` are the steps chosen of those that may be left out; None for what the method itself proposes.
        `short_cards`: everybody here knows the method.
        """
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_present(session, case_id, user)
            if may(dossier.case, member.id, Action.START) == Reason.ALREADY_STARTED and member.id == dossier.case.owner:
                return
            words, beforehand = taken_out_of_the_intake(self._desk, dossier)
            dossier.row.short_cards = short_cards
            started = Started(member.id, dossier.story_id, optional, beforehand, pace)
            self._carrying.happens(session, dossier, [started], now, words)
            self._series.choose(session, dossier, optional)

    def stop(self, user: str, case_id: str, now: datetime) -> None:
        """The owner or the facilitator ends a case; the owner can call it off before it starts. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            self._carrying.happens(session, dossier, [Stopped(member.id)], now)


def _choice(step: Step, say: Speaker) -> case_start.Choice:
    name, ask = step.name.in_(say.language), step.ask.in_(say.language)
    return case_start.Choice(step.key, name, first_sentence(ask), step.optional == Optional.INCLUDED)
