"""What the people in a case see in its own channel: the cards of its steps, and what happens in them."""

from collections.abc import Sequence
from datetime import datetime

from bot.intervision import channel
from bot.intervision import step_cards as cards
from bot.intervision.context import CaseContext
from bot.intervision.create import read_intake
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.readers import whose_turn
from bot.intervision.views.card import turn_post
from bot.intervision.views.facilitate import facilitator_line
from bot.intervision.views.live import bell_post
from bot.intervision.views.lying_still import StillLine, still_line
from bot.intervision.views.remark import remarks_still_there
from bot.library.protocol import Step
from bot.outbox.queue import Destination


def show_step_card(context: CaseContext, step: Step) -> None:
    """The card of a step that opened, changed or closed, in the case's own channel."""
    if context.case.state_of(step.key).opened_at is None:
        return
    channel.open_channel(context)
    if channel.is_story_card(context, step):
        channel.show_story(context)
        return
    body = cards.build_step_card(context.services.speaker_for(context.circle), context, step)
    context.upsert(context.card_key(step.key), body, channel.destination(context))


def show_lying_still(context: CaseContext, step: str) -> None:
    """One line: the case lies still in this step, or it lay still and goes on or is over."""
    speaker, until = context.services.speaker_for(context.circle), context.case.lies_still_until
    line = StillLine(
        case=context.row.id,
        title=read_intake(context).title,
        until=context.moment_in_message(speaker, until),
        is_over=context.case.over,
        is_group_there=context.case.is_group_there,
    )
    context.upsert(context.post_key(f"still:{step}"), still_line(speaker, line), channel.destination(context))


def post_bell(context: CaseContext, step: Step) -> None:
    """Live: the time of this step is over. Said once, in the case's own channel."""
    speaker = context.services.speaker_for(context.circle)
    body = bell_post(speaker, step.name.in_(speaker.language))
    again = context.case.state_of(step.key).reopened_at
    key = context.post_key(f"bell:{step.key}:{again:%Y%m%d%H%M%S}" if again else f"bell:{step.key}")
    context.post_once(key, body, channel.destination(context))


def post_turn(context: CaseContext, step: Step, person: int) -> None:
    """The word went on to somebody: said once to them, where the others write too."""
    speaker, key = context.services.speaker_for(context.circle), context.post_key(f"turn:{step.key}:{person}")
    body, place = (turn_post(speaker, context.members[person].slack), Destination(under=context.card_key(step.key)))
    context.post_once(key, body, place)


def post_facilitated(context: CaseContext, steps: Sequence[Step], how: FacilitatorAction, now: datetime) -> None:
    """Who leads did something, with these steps, that all in the case should know."""
    speaker = context.services.speaker_for(context.circle)
    key = context.post_key(f"led:{how}:{steps[0].key}:{now:%Y%m%d%H%M%S}")
    asked = whose_turn(context.case, steps[0]) if how == FacilitatorAction.BACK and not context.case.is_live else ()
    people = [context.members[person].slack for person in asked]
    body = facilitator_line(speaker, how, steps, context.row.id, live=context.case.is_live, people=people)
    context.post_once(key, body, channel.destination(context))


def post_remarks_still_there(context: CaseContext, step: str) -> None:
    """The words of a step were wiped; what people typed in its thread is there still, and only they can delete it."""
    body, key = (remarks_still_there(context.services.speaker_for(context.circle)), context.post_key(f"remarks:{step}"))
    context.post_once(key, body, Destination(under=context.card_key(step)))
