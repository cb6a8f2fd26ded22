"""From asking to starting: bringing a case, joining and leaving it, starting and stopping it."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.rules.case import new_case
from bot.rules.events import Joined, PersonLeft, Started, Stopped
from bot.rules.permissions import Action, Reason, may
from bot.rules.protocol import Protocol
from bot.rules.vocabulary import Facilitation, Role
from bot.rules.writing import joined
from bot.usecases import access
from bot.usecases.cases import dossier as dossiers
from bot.usecases.cases import mapping
from bot.usecases.cases.carrying import Carrying
from bot.usecases.cases.dossier import Dossier, Intake
from bot.usecases.cases.mapping import Written
from bot.usecases.cases.slots import written
from bot.usecases.cases.stage import Stage
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from bot.views import case_intake, case_invitation, notices
from bot.views.case_intake import Choice
from bot.views.parts import Json
from bot.words import LANGUAGES, Speaker
from db.models import CaseRow, Circle, Member, Participation
from db.queries import cases

# What the form offers before anybody chose: a good start for a group, and for who knows no method yet.
_FIRST = "vijf_stappen"
_FORM = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Asked:
    """What the intake form says."""

    title: str
    question: str
    story: tuple[str, ...]
    theme: str
    method: str
    language: str


class Inviting:
    """Cases until they start, and the two ways to end one."""

    def __init__(self, desk: Desk, carrying: Carrying) -> None:
        self._desk = desk
        self._carrying = carrying
        self._stage = Stage(desk)

    def form(self, user: str, channel: str) -> Json:
        """The form to bring a case to the circle somebody means."""
        with self._desk.database.reading() as session:
            circle, member = access.circle_here(session, user, channel)
            _no_guest(member)
            say = self._desk.voice(circle, member)
            return case_intake.form(
                say, self._themes(say), self._methods(say), contact=circle.contact or "",
                living=len(cases.living_of(session, member)), chosen_language=member.language,
                pointers={"circle": circle.id, "form": secrets.token_hex(8)},
            )  # fmt: skip

    def bring(self, user: str, pointers: Json, asked: Asked, now: datetime) -> Json:
        """The circle is invited to a case. Returns the next page, or {"errors": …}; the same form makes one case."""
        circle_id, form = pointers.get("circle"), str(pointers.get("form"))
        if not isinstance(circle_id, int) or not _FORM.fullmatch(form):
            raise Refusal("common.outdated")
        with self._desk.database.writing() as session:
            circle, member = access.circle_by_id(session, circle_id, user)
            _no_guest(member)
            member.language = asked.language if asked.language in LANGUAGES else member.language
            say = self._desk.voice(circle, member)
            if wrong := self._wrong(asked):
                return {"errors": {field: say.plain(key) for field, key in wrong.items()}}
            if cases.case_of_form(session, form) is None:
                self._begin(session, circle, member, form, asked, now)
            return notices.notice(say, say.mrkdwn("case.brought"))

    def join(self, user: str, case_id: str, role: Role, now: datetime) -> Json:
        """Somebody from the circle thinks along, or facilitates; the page says so. Joining twice does no harm."""
        with self._desk.database.writing() as session:
            dossier = dossiers.opened(session, case_id)
            member = access.in_circle(session, dossier.circle, user)
            _no_guest(member)
            say = self._desk.voice(dossier.circle, member)
            if role == Role.FACILITATOR and dossier.case.holding(role) - {member.id}:
                return case_invitation.facilitator_taken(say, case_id)
            dossier.members[member.id] = member
            self._carrying.happens(session, dossier, [Joined(member.id, role)], now)
            facilitators = dossier.case.holding(Role.FACILITATOR)
            return case_invitation.joined(
                say, case_id, facilitates=member.id in facilitators,
                can_facilitate=not facilitators and dossier.case.protocol.facilitator != Facilitation.NONE,
                of_two=dossier.of_two,
            )  # fmt: skip

    def leave(self, user: str, case_id: str, now: datetime) -> Json:
        """Somebody goes, before it starts or while it runs; the owner stops the case instead."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            if member.id == dossier.case.owner:
                raise Refusal("case.owner_stops")
            self._carrying.happens(session, dossier, [PersonLeft(member.id)], now)
            return case_invitation.left(self._desk.voice(dossier.circle, member), of_two=dossier.of_two)

    def start(self, user: str, case_id: str, now: datetime) -> None:
        """The owner starts: the story opens for the people who are in, and for nobody else. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            if may(dossier.case, member.id, Action.START) == Reason.ALREADY_STARTED and member.id == dossier.case.owner:
                return
            story = dossier.story_id
            intake = dossiers.intake_of(self._desk, dossier.row)
            words = {story: Written(dossiers.seal_contribution(self._desk, story, intake.story))}
            self._carrying.happens(session, dossier, [Started(member.id, story)], now, words)

    def stop(self, user: str, case_id: str, now: datetime) -> None:
        """The owner or the facilitator ends a case; the owner can call it off before it starts. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_participant(session, case_id, user)
            self._carrying.happens(session, dossier, [Stopped(member.id)], now)

    # ------------------------------------------------------------------------------------------------ pieces

    def _begin(self, session: Session, circle: Circle, member: Member, form: str, asked: Asked, now: datetime) -> None:
        protocol, id = self._desk.library.protocols[asked.method], secrets.token_hex(8)
        case = new_case(protocol, member.id)
        intake = Intake(written(asked.title), written(asked.question), _one_story(asked.story))
        row = CaseRow(
            id=id, circle_id=circle.id, owner_id=member.id, form=form, protocol_key=protocol.key,
            protocol=protocol.model_dump(mode="json"), theme=asked.theme, state=case.state.value,
            steps=mapping.steps_kept(case), words=dossiers.seal_intake(self._desk, id, intake), asked_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(Participation(case_id=id, member_id=member.id, role=Role.OWNER.value))
        session.flush()
        dossier = Dossier(row, circle, case, {member.id: member})
        self._stage.invitation(session, dossier)
        self._stage.owners_page(session, dossier)

    def _wrong(self, asked: Asked) -> dict[str, str]:
        """Which fields cannot be, with the key of the text that says why."""
        checks = {
            "title": 0 < len(written(asked.title)) <= case_intake.TITLE_LENGTH,
            "question": bool(written(asked.question)),
            case_intake.STORY[0]: bool(_one_story(asked.story)),
            "theme": asked.theme in self._desk.library.themes,
            "method": asked.method in self._desk.library.protocols,
        }
        return {field: f"case.wrong_{field}" for field, fine in checks.items() if not fine}

    def _themes(self, say: Speaker) -> list[Choice]:
        return [Choice(key, name.in_(say.language)) for key, name in self._desk.library.themes.items()]

    def _methods(self, say: Speaker) -> list[Choice]:
        ordered = sorted(self._desk.library.protocols.values(), key=lambda protocol: protocol.key != _FIRST)
        return [_choice(protocol, say) for protocol in ordered]


def _choice(protocol: Protocol, say: Speaker) -> Choice:
    return Choice(protocol.key, protocol.name.in_(say.language), protocol.choose_when.in_(say.language))


def _one_story(fields: tuple[str, ...]) -> str:
    return joined(map(written, fields))


def _no_guest(member: Member) -> None:
    if member.is_guest:
        raise Refusal("case.no_guests")
