"""What people see of a case, and where: the circle, its owner in private, and the people in its own channel."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision import step_cards as cards
from bot.intervision.channel import CaseChannel
from bot.intervision.context import CaseContext, read_contribution_for, read_intake
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

    def __init__(self, services: Services) -> None:
        self._services = services
        self._outbox = services.outbox
        self._room = CaseChannel(services)

    def show_invitation(self, session: Session, context: CaseContext) -> None:
        """The circle sees how a case works and how it stands; nothing of what it is about, and nobody in it.

        For a series it sees the one invitation; once that began, how each of its cases goes is no news for the circle.
        """
        ends = context.case.over and context.row.started_at
        if context.parallel_cases and (ends or not context.is_first):
            return
        speaker = self._services.speaker_for(context.circle)
        body = case_invitation.invitation_card(speaker, self._invitation(speaker, context))
        place = Destination(channel=context.circle.channel.slack)
        self._outbox.upsert(session, context.post_key("invitation"), body, place, subject=context.subject)

    def show_owners_page(self, session: Session, context: CaseContext) -> None:
        """The owner alone sees who is in, and starts when there are enough."""
        case, owner = context.case, context.owner
        speaker = self._services.speaker_for(context.circle, owner)
        peers = context.slack_ids(*(role for role in Role if role != Role.OWNER))
        starts = context.row.opens_at
        page = case_invitation.OwnersPage(
            case=context.row.id,
            state=case.state.value,
            title=read_intake(self._services, context.row).title,
            people=peers,
            facilitator=next(iter(context.slack_ids(Role.FACILITATOR)), None),
            still_needed=max(0, case.protocol.group.min - len(case.group)),
            can_start=may(case, context.row.owner_id, Action.START) is None,
            is_full=len(case.group) >= case.protocol.group.max,
            room=context.channel_name(),
            begins=speaker.moment(starts, context.circle.timezone) if starts else None,
            of_two=context.is_pair,
            days=_whole_days(case.protocol.working_days),
            minutes=case.protocol.live_minutes,
        )
        place, body = self._outbox.open_dm(session, owner.slack), case_invitation.owners_page(speaker, page)
        self._outbox.upsert(session, context.post_key("owner"), body, place, subject=context.subject)

    def show_step_card(self, session: Session, context: CaseContext, step: Step) -> None:
        """The card of a step that opened, changed or closed, in the case's own channel."""
        if context.case.state_of(step.key).opened_at is None:
            return
        self._room.open_channel(session, context)
        body = cards.build_step_card(self._services.speaker_for(context.circle), context, step)
        place, key = self._room.destination(context), self._card_key(context, step.key)
        self._outbox.upsert(session, key, body, place, subject=context.subject)

    def post_bell(self, session: Session, context: CaseContext, step: Step) -> None:
        """Live: the time of this step is over. Said once, in the case's own channel."""
        speaker = self._services.speaker_for(context.circle)
        body = case_live.bell_post(speaker, step.name.in_(speaker.language))
        again = context.case.state_of(step.key).reopened_at
        key = context.post_key(f"bell:{step.key}:{again:%Y%m%d%H%M%S}" if again else f"bell:{step.key}")
        self._outbox.post_once(session, key, body, self._room.destination(context), subject=context.subject)

    def post_turn(self, session: Session, context: CaseContext, step: Step, person: int) -> None:
        """The word went on to somebody: said once to them, where the others write too."""
        speaker, key = self._services.speaker_for(context.circle), context.post_key(f"turn:{step.key}:{person}")
        body, place = (
            case_card.turn_post(speaker, context.members[person].slack),
            Destination(under=self._card_key(context, step.key)),
        )
        self._outbox.post_once(session, key, body, place, subject=context.subject)

    def post_facilitated(
        self,
        session: Session,
        context: CaseContext,
        steps: Sequence[Step],
        how: FacilitatorAction | CardLength,
        now: datetime,
    ) -> None:
        """Who leads did something, with these steps, that all in the case should know."""
        speaker, key = (
            self._services.speaker_for(context.circle),
            context.post_key(f"led:{how}:{steps[0].key}:{now:%Y%m%d%H%M%S}"),
        )
        body = case_leading.facilitator_line(speaker, how, steps, context.row.id, live=context.case.is_live)
        self._outbox.post_once(session, key, body, self._room.destination(context), subject=context.subject)

    def post_contributions(self, session: Session, context: CaseContext, ids: Iterable[str]) -> None:
        """What was written appears in the thread of its step's card; what changed follows."""
        speaker = self._services.speaker_for(context.circle)
        # The story stands at the top of the channel already, under the title and the question.
        told = [each for id in ids if id != context.story_id and (each := context.case.contribution(id))]
        for each in told:
            if each.rating is None:
                self._show_words(session, context, each, speaker, Destination(under=self._card_key(context, each.step)))
        for step in {each.step for each in told if each.rating}:
            self._show_ratings(session, context, step)

    def post_to_owner(self, session: Session, context: CaseContext, ids: Iterable[str]) -> None:
        """What was written for the owner alone comes to the owner in private."""
        speaker = self._services.speaker_for(context.circle, context.owner)
        place = self._outbox.open_dm(session, context.owner.slack)
        for id in ids:
            if found := context.case.contribution(id):
                self._show_words(session, context, found, speaker, place)

    def delete_contribution_posts(self, session: Session, context: CaseContext, id: str) -> None:
        """What was taken back disappears."""
        self._take_away_from(session, id, 0)

    def post_remarks_still_there(self, session: Session, context: CaseContext, step: str) -> None:
        """The words of a step were wiped; in its thread stands what nobody but its writers can take away."""
        body, key = (
            case_remark.remarks_still_there(self._services.speaker_for(context.circle)),
            context.post_key(f"remarks:{step}"),
        )
        self._outbox.post_once(
            session, key, body, Destination(under=self._card_key(context, step)), subject=context.subject
        )

    def show_closing(self, session: Session, context: CaseContext, reason: StopReason | None) -> None:
        """The last card: thanks, what the owner takes along, and what happens with the words."""
        if context.row.started_at is None or not self._room.is_open(session, context):
            return
        speaker = self._services.speaker_for(context.circle)
        told = case_closing.Closing(
            case=context.row.id,
            owner=context.owner.slack,
            reason=reason.value if reason else None,
            commitments=[
                read_contribution_for(self._services, context, each, speaker) for each in self._commitments(context)
            ],
            kept_until=speaker.day(context.row.forget_at, context.circle.timezone) if context.row.forget_at else "",
            of_two=context.is_pair,
            in_series=context.parallel_cases > 0,
        )
        place = self._room.destination(context)
        for number, body in enumerate(case_closing.closing_card(speaker, told)):
            self._outbox.upsert(session, context.post_key(f"closing:{number}"), body, place, subject=context.subject)

    # ------------------------------------------------------------------------------------------------ pieces

    def _show_words(
        self, session: Session, context: CaseContext, found: Contribution, speaker: Speaker, place: Destination
    ) -> None:
        bodies = case_reveal.reveal_posts(speaker, self._reveal(session, context, found, speaker))
        for number, body in enumerate(bodies):
            self._outbox.upsert(session, f"contribution:{found.id}:{number}", body, place, subject=context.subject)
        self._take_away_from(session, found.id, len(bodies))

    def _show_ratings(self, session: Session, context: CaseContext, step: str) -> None:
        """All that was rated in a step, together."""
        speaker = self._services.speaker_for(context.circle)
        rated: dict[str, list[Said]] = {name.value: [] for name in Rating}
        for each in context.case.contributions_in(step):
            if each.rating and (asked := context.case.contribution(each.about or "")):
                rated[each.rating].append(read_contribution_for(self._services, context, asked, speaker))
        told = {name: questions for name, questions in rated.items() if questions}
        place = Destination(under=self._card_key(context, step))
        for number, body in enumerate(case_reveal.ratings_post(speaker, told)):
            key = context.post_key(f"ratings:{step}:{number}")
            self._outbox.upsert(session, key, body, place, subject=context.subject)

    def _take_away_from(self, session: Session, id: str, number: int) -> None:
        """Take away the posts of a contribution from this one on."""
        while post := self._outbox.find_target(session, f"contribution:{id}:{number}"):
            if post.deleted_at is None:
                self._outbox.delete_message(session, post)
            number += 1

    def _reveal(
        self, session: Session, context: CaseContext, found: Contribution, speaker: Speaker
    ) -> case_reveal.RevealedText:
        hidden = context.case.protocol.step(found.step).names == Names.HIDDEN
        author = context.members.get(found.author) if found.author and not hidden else None
        answered = context.case.contribution(found.about) if found.about else None
        asked = context.asked_beforehand(found)
        about = asked.label.in_(speaker.language) if asked else None
        return case_reveal.RevealedText(
            author=author.slack if author else None,
            kind=found.kind,
            text=read_contribution_for(self._services, context, found, speaker),
            about=read_contribution_for(self._services, context, answered, speaker) if answered else about,
        )

    def _commitments(self, context: CaseContext) -> list[Contribution]:
        found = context.case.contributions
        return [c for c in found if c.kind == Kind.COMMITMENT and c.author == context.row.owner_id and c.revealed]

    def _invitation(self, speaker: Speaker, context: CaseContext) -> case_invitation.CaseInvitation:
        case = context.case
        protocol = case.protocol
        theme = self._services.library.themes.get(context.row.theme)
        return case_invitation.CaseInvitation(
            case=context.row.id,
            state=case.state.value,
            method=protocol.name.in_(speaker.language),
            choose_when=protocol.choose_when.in_(speaker.language),
            steps=sum(any(not step.reading_only for step in parts) for parts in protocol.numbered()),
            days=_whole_days(protocol.working_days),
            theme=theme.in_(speaker.language) if theme else "",
            smallest=protocol.group.min,
            largest=protocol.group.max,
            is_full=len(case.group) >= protocol.group.max,
            can_observe=no_such_role(protocol, Role.OBSERVER) is None,
            of_two=context.is_pair,
            at_once=context.parallel_cases,
            wants_facilitator=_wants_facilitator(context),
        )

    def _card_key(self, context: CaseContext, step: str) -> str:
        return context.post_key(f"card:{step}")


def _wants_facilitator(context: CaseContext) -> bool:
    """In a series everybody brings a question, and the bot keeps the time."""
    can_lead = no_such_role(context.case.protocol, Role.FACILITATOR) is None
    return can_lead and not context.case.holding(Role.FACILITATOR)


def _whole_days(days: float) -> int:
    return int(-(-days // 1))
