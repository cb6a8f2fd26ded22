"""What intervision makes of a message: a contribution to a step, or a new case."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from bot.core.errors import Refusal
from bot.core.home import MessageUse
from bot.core.parts import Json, split_into_fields
from bot.core.providers import MemberContext, MessageDraft, MessagePlace, MessageProvider
from bot.core.services import Services
from bot.intervision.cases import Cases
from bot.intervision.context import load_for_member_in_channel
from bot.intervision.form_surfaces import ContributionFormState
from bot.intervision.intake_surfaces import STORY_FIELDS
from bot.intervision.rules.permissions import Action, available_actions
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import step_heading
from bot.library.enums import Kind

_OWN_POSTS = (
    (re.compile(r"case:[^:]+:invitation"), "take_up.ours_invitation"),
    (re.compile(r"case:[^:]+:card"), "take_up.ours_card"),
    (re.compile(r"contribution:|late:"), "take_up.ours_words"),
)


def message_provider(services: Services, cases: Cases) -> MessageProvider:
    """What intervision makes of a message."""
    makers = {"step": partial(_open_contribution_form, cases), "case": partial(_open_intake_form, cases)}
    return MessageProvider(partial(_offers, services), makers, _OWN_POSTS)


def open_intake_with_story(cases: Cases, user: str, channel: str, text: str, now: datetime) -> Json:
    """The form to bring a case to the circle in this channel, with this text as its story. `Refusal` if too long."""
    story = split_into_fields(text)
    if len(story) > len(STORY_FIELDS):
        raise Refusal("take_up.too_long_for_a_story")
    return cases.bringing.open_intake_form(user, channel, now, story)


def _offers(services: Services, reader: MemberContext, place: MessagePlace) -> Iterator[MessageUse]:
    if place.case:
        yield from _steps(services, reader, place.case)
    elif place.circle and not reader.member.is_guest:
        yield MessageUse("case", place.channel)


def _steps(services: Services, reader: MemberContext, case_id: str) -> Iterator[MessageUse]:
    """The steps of this case in which the member can write now; a rating has no text."""
    context, _ = load_for_member_in_channel(services, reader.session, case_id, reader.member.slack, to_read=True)
    protocol = context.case.protocol
    for available in available_actions(context.case, reader.member.id, reader.now):
        if available.action == Action.WRITE and Kind.RATING not in (step := protocol.step(available.step)).kinds:
            name = step_heading(reader.speaker, protocol.numbered(), step)
            yield MessageUse("step", StepButton(case_id, step.key).to_value(), name)


def _open_contribution_form(cases: Cases, draft: MessageDraft) -> Json:
    form = ContributionFormState(**vars(StepButton.from_value(draft.use.pointer)))
    return cases.contributing.open_contribution_form(draft.user, form, draft.now, draft.text)


def _open_intake_form(cases: Cases, draft: MessageDraft) -> Json:
    return open_intake_with_story(cases, draft.user, draft.use.pointer, draft.text, draft.now)
