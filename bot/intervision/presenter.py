"""What people see of a case, and where: the circle, its owner in private, and the people in its own channel."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision import step_cards as cards
from bot.intervision.channel import CaseChannel
from bot.intervision.context import CaseContext, read_intake, read_contribution_for
from bot.intervision.rules.case import Contribution, StopReason
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction
from bot.intervision.rules.permissions import Action, may, no_such_role
from bot.intervision.views import (
    card as case_card,
)
from bot.intervision.views import (
    closing as case_closing,
)
from bot.intervision.views import (
    facilitate as case_leading,
)
from bot.intervision.views import (
    invitation as case_invitation,
)
from bot.intervision.views import (
    live as case_live,
)
from bot.intervision.views import (
    remark as case_remark,
)
from bot.intervision.views import (
    reveal as case_reveal,
)
from bot.intervision.views.text import Said
from bot.library.enums import Kind, Names, Rating, Role
from bot.library.protocol import Step
from bot.outbox.queue import Destination
from bot.words import Speaker


class CasePresenter:
    """Queues what is to be seen of a case."""

    def __init__(self, desk: Services) -> None:
        self._desk = desk
        self._outbox = desk.outbox
        self._room = CaseChannel(desk)

    def show_invitation(self, session: Session, dossier: CaseContext) -> None:
        """The circle sees how a case works and how it stands; nothing of what it is about, and nobody in it.

        For a series it sees the one invitation; once that began, how each of its cases goes is no news for the circle.
        """
        ends = dossier.case.over and dossier.row.started_at
        if dossier.parallel_cases and (ends or not dossier.is_first):
            return
        say = self._desk.speaker_for(dossier.circle)
        body = case_invitation.invitation_card(say, self._invitation(say, dossier))
        place = Destination(channel=dossier.circle.channel.slack)
        self._outbox.upsert(session, dossier.post_key("invitation"), body, place, subject=dossier.subject)

    def show_owners_page(self, session: Session, dossier: CaseContext) -> None:
        """The owner alone sees who is in, and starts when there are enough."""
        case, owner = dossier.case, dossier.owner
        say = self._desk.speaker_for(dossier.circle, owner)
        peers = dossier.slack_ids(*(role for role in Role if role != Role.OWNER))
        starts = dossier.row.opens_at
        page = case_invitation.OwnersPage(
            case=dossier.row.id,
            state=case.state.value,
            title=read_intake(self._desk, dossier.row).title,
            people=peers,
            facilitator=next(iter(dossier.slack_ids(Role.FACILITATOR)), None),
            still_needed=max(0, case.protocol.group.min - len(case.group)),
            can_start=may(case, dossier.row.owner_id, Action.START) is None,
            is_full=len(case.group) >= case.protocol.group.max,
            room=dossier.channel_name(),
            begins=say.moment(starts, dossier.circle.timezone) if starts else None,
            of_two=dossier.is_pair,
            days=_whole_days(case.protocol.working_days),
            minutes=case.protocol.live_minutes,
        )
        place, body = self._outbox.open_dm(session, owner.slack), case_invitation.owners_page(say, page)
        self._outbox.upsert(session, dossier.post_key("owner"), body, place, subject=dossier.subject)

    def show_step_card(self, session: Session, dossier: CaseContext, step: Step) -> None:
        """The card of a step that opened, changed or closed, in the case's own channel."""
        if dossier.case.state_of(step.key).opened_at is None:
            return
        self._room.open_channel(session, dossier)
        body = cards.build_step_card(self._desk.speaker_for(dossier.circle), dossier, step)
        place, key = self._room.destination(dossier), self._card_key(dossier, step.key)
        self._outbox.upsert(session, key, body, place, subject=dossier.subject)

    def post_bell(self, session: Session, dossier: CaseContext, step: Step) -> None:
        """Live: the time of this step is over. Said once, in the case's own channel."""
        say = self._desk.speaker_for(dossier.circle)
        body = case_live.bell_post(say, step.name.in_(say.language))
        again = dossier.case.state_of(step.key).reopened_at
        key = dossier.post_key(f"bell:{step.key}:{again:%Y%m%d%H%M%S}" if again else f"bell:{step.key}")
        self._outbox.post_once(session, key, body, self._room.destination(dossier), subject=dossier.subject)

    def post_turn(self, session: Session, dossier: CaseContext, step: Step, person: int) -> None:
        """The word went on to somebody: said once to them, where the others write too."""
        say, key = self._desk.speaker_for(dossier.circle), dossier.post_key(f"turn:{step.key}:{person}")
        body, place = case_card.turn_post(say, dossier.members[person].slack), Destination(under=self._card_key(dossier, step.key))
        self._outbox.post_once(session, key, body, place, subject=dossier.subject)

    def post_facilitated(
        self, session: Session, dossier: CaseContext, steps: Sequence[Step], how: FacilitatorAction | CardLength, now: datetime
    ) -> None:  # fmt: skip
        """Who leads did something, with these steps, that all in the case should know."""
        say, key = self._desk.speaker_for(dossier.circle), dossier.post_key(f"led:{how}:{steps[0].key}:{now:%Y%m%d%H%M%S}")
        body = case_leading.facilitator_line(say, how, steps, dossier.row.id, live=dossier.case.is_live)
        self._outbox.post_once(session, key, body, self._room.destination(dossier), subject=dossier.subject)

    def post_contributions(self, session: Session, dossier: CaseContext, ids: Iterable[str]) -> None:
        """What was written appears in the thread of its step's card; what changed follows."""
        say = self._desk.speaker_for(dossier.circle)
        # The story stands at the top of the channel already, under the title and the question.
        told = [each for id in ids if id != dossier.story_id and (each := dossier.case.contribution(id))]
        for each in told:
            if each.rating is None:
                self._show_words(session, dossier, each, say, Destination(under=self._card_key(dossier, each.step)))
        for step in {each.step for each in told if each.rating}:
            self._show_ratings(session, dossier, step)

    def post_to_owner(self, session: Session, dossier: CaseContext, ids: Iterable[str]) -> None:
        """What was written for the owner alone comes to the owner in private."""
        say = self._desk.speaker_for(dossier.circle, dossier.owner)
        place = self._outbox.open_dm(session, dossier.owner.slack)
        for id in ids:
            if found := dossier.case.contribution(id):
                self._show_words(session, dossier, found, say, place)

    def delete_contribution_posts(self, session: Session, dossier: CaseContext, id: str) -> None:
        """What was taken back disappears."""
        self._take_away_from(session, id, 0)

    def post_remarks_still_there(self, session: Session, dossier: CaseContext, step: str) -> None:
        """The words of a step were wiped; in its thread stands what nobody but its writers can take away."""
        body, key = case_remark.remarks_still_there(self._desk.speaker_for(dossier.circle)), dossier.post_key(f"remarks:{step}")
        self._outbox.post_once(session, key, body, Destination(under=self._card_key(dossier, step)), subject=dossier.subject)

    def show_closing(self, session: Session, dossier: CaseContext, reason: StopReason | None) -> None:
        """The last card: thanks, what the owner takes along, and what happens with the words."""
        if dossier.row.started_at is None or not self._room.is_open(session, dossier):
            return
        say = self._desk.speaker_for(dossier.circle)
        told = case_closing.Closing(
            case=dossier.row.id,
            owner=dossier.owner.slack,
            reason=reason.value if reason else None,
            commitments=[read_contribution_for(self._desk, dossier, each, say) for each in self._commitments(dossier)],
            kept_until=say.day(dossier.row.forget_at, dossier.circle.timezone) if dossier.row.forget_at else "",
            of_two=dossier.is_pair,
            in_series=dossier.parallel_cases > 0,
        )
        place = self._room.destination(dossier)
        for number, body in enumerate(case_closing.closing_card(say, told)):
            self._outbox.upsert(session, dossier.post_key(f"closing:{number}"), body, place, subject=dossier.subject)

    # ------------------------------------------------------------------------------------------------ pieces

    def _show_words(self, session: Session, dossier: CaseContext, found: Contribution, say: Speaker, place: Destination) -> None:
        bodies = case_reveal.reveal_posts(say, self._reveal(session, dossier, found, say))
        for number, body in enumerate(bodies):
            self._outbox.upsert(session, f"contribution:{found.id}:{number}", body, place, subject=dossier.subject)
        self._take_away_from(session, found.id, len(bodies))

    def _show_ratings(self, session: Session, dossier: CaseContext, step: str) -> None:
        """All that was rated in a step, together."""
        say = self._desk.speaker_for(dossier.circle)
        rated: dict[str, list[Said]] = {name.value: [] for name in Rating}
        for each in dossier.case.contributions_in(step):
            if each.rating and (asked := dossier.case.contribution(each.about or "")):
                rated[each.rating].append(read_contribution_for(self._desk, dossier, asked, say))
        told = {name: questions for name, questions in rated.items() if questions}
        place = Destination(under=self._card_key(dossier, step))
        for number, body in enumerate(case_reveal.ratings_post(say, told)):
            key = dossier.post_key(f"ratings:{step}:{number}")
            self._outbox.upsert(session, key, body, place, subject=dossier.subject)

    def _take_away_from(self, session: Session, id: str, number: int) -> None:
        """Take away the posts of a contribution from this one on."""
        while post := self._outbox.find_target(session, f"contribution:{id}:{number}"):
            if post.gone_at is None:
                self._outbox.delete_message(session, post)
            number += 1

    def _reveal(self, session: Session, dossier: CaseContext, found: Contribution, say: Speaker) -> case_reveal.RevealedText:
        hidden = dossier.case.protocol.step(found.step).names == Names.HIDDEN
        author = dossier.members.get(found.author) if found.author and not hidden else None
        answered = dossier.case.contribution(found.about) if found.about else None
        asked = dossier.asked_beforehand(found)
        about = asked.label.in_(say.language) if asked else None
        return case_reveal.RevealedText(
            author=author.slack if author else None,
            kind=found.kind,
            text=read_contribution_for(self._desk, dossier, found, say),
            about=read_contribution_for(self._desk, dossier, answered, say) if answered else about,
        )

    def _commitments(self, dossier: CaseContext) -> list[Contribution]:
        found = dossier.case.contributions
        return [c for c in found if c.kind == Kind.COMMITMENT and c.author == dossier.row.owner_id and c.revealed]

    def _invitation(self, say: Speaker, dossier: CaseContext) -> case_invitation.CaseInvitation:
        case = dossier.case
        protocol = case.protocol
        theme = self._desk.library.themes.get(dossier.row.theme)
        return case_invitation.CaseInvitation(
            case=dossier.row.id,
            state=case.state.value,
            method=protocol.name.in_(say.language),
            choose_when=protocol.choose_when.in_(say.language),
            steps=sum(any(not step.reading_only for step in parts) for parts in protocol.numbered()),
            days=_whole_days(protocol.working_days),
            theme=theme.in_(say.language) if theme else "",
            smallest=protocol.group.min,
            largest=protocol.group.max,
            is_full=len(case.group) >= protocol.group.max,
            can_observe=no_such_role(protocol, Role.OBSERVER) is None,
            of_two=dossier.is_pair,
            at_once=dossier.parallel_cases,
            wants_facilitator=_wants_facilitator(dossier),
        )

    def _card_key(self, dossier: CaseContext, step: str) -> str:
        return dossier.post_key(f"card:{step}")


def _wants_facilitator(dossier: CaseContext) -> bool:
    """In a series everybody brings a question, and the bot keeps the time."""
    can_lead = no_such_role(dossier.case.protocol, Role.FACILITATOR) is None
    return can_lead and not dossier.case.holding(Role.FACILITATOR)


def _whole_days(days: float) -> int:
    return int(-(-days // 1))
