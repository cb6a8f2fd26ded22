"""What the people in a case see in its own channel: the cards of its steps, and what is written in them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.intervision import channel
from bot.intervision import step_cards as cards
from bot.intervision.context import CaseContext, read_contribution_for
from bot.intervision.rules.case import Contribution
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction
from bot.intervision.views.card import turn_post
from bot.intervision.views.facilitate import facilitator_line
from bot.intervision.views.live import bell_post
from bot.intervision.views.remark import remarks_still_there
from bot.intervision.views.reveal import RevealedText, ratings_post, reveal_posts
from bot.intervision.views.text import Said
from bot.library.enums import Names, Rating
from bot.library.protocol import Step
from bot.outbox.queue import Destination
from bot.words import Speaker


def show_step_card(context: CaseContext, step: Step) -> None:
    """The card of a step that opened, changed or closed, in the case's own channel."""
    if context.case.state_of(step.key).opened_at is None:
        return
    channel.open_channel(context)
    body = cards.build_step_card(context.services.speaker_for(context.circle), context, step)
    context.upsert(_card_key(context, step.key), body, channel.destination(context))


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
    body, place = (turn_post(speaker, context.members[person].slack), Destination(under=_card_key(context, step.key)))
    context.post_once(key, body, place)


def post_facilitated(
    context: CaseContext, steps: Sequence[Step], how: FacilitatorAction | CardLength, now: datetime
) -> None:
    """Who leads did something, with these steps, that all in the case should know."""
    speaker = context.services.speaker_for(context.circle)
    key = context.post_key(f"led:{how}:{steps[0].key}:{now:%Y%m%d%H%M%S}")
    body = facilitator_line(speaker, how, steps, context.row.id, live=context.case.is_live)
    context.post_once(key, body, channel.destination(context))


def post_contributions(context: CaseContext, ids: Iterable[str]) -> None:
    """What was written appears in the thread of its step's card; what changed follows."""
    speaker = context.services.speaker_for(context.circle)
    # The story is at the top of the channel already, under the title and the question.
    shown = [each for id in ids if id != context.story_id and (each := context.case.contribution(id))]
    for each in shown:
        if each.rating is None:
            _show_words(context, each, speaker, Destination(under=_card_key(context, each.step)))
    for step in {each.step for each in shown if each.rating}:
        _show_ratings(context, step)


def post_to_owner(context: CaseContext, ids: Iterable[str]) -> None:
    """What was written for the owner alone comes to the owner in private."""
    speaker = context.services.speaker_for(context.circle, context.owner)
    place = context.services.outbox.open_dm(context.session, context.owner.slack)
    for id in ids:
        if found := context.case.contribution(id):
            _show_words(context, found, speaker, place)


def delete_contribution_posts(context: CaseContext, id: str) -> None:
    """What was taken back disappears."""
    _delete_posts_from(context, id, 0)


def post_remarks_still_there(context: CaseContext, step: str) -> None:
    """The words of a step were wiped; what people typed in its thread is there still, and only they can delete it."""
    body, key = (remarks_still_there(context.services.speaker_for(context.circle)), context.post_key(f"remarks:{step}"))
    context.post_once(key, body, Destination(under=_card_key(context, step)))


def _show_words(context: CaseContext, found: Contribution, speaker: Speaker, place: Destination) -> None:
    bodies = reveal_posts(speaker, _reveal(context, found, speaker))
    for number, body in enumerate(bodies):
        context.upsert(f"contribution:{found.id}:{number}", body, place)
    _delete_posts_from(context, found.id, len(bodies))


def _show_ratings(context: CaseContext, step: str) -> None:
    """All that was rated in a step, together."""
    speaker = context.services.speaker_for(context.circle)
    rated: dict[str, list[Said]] = {name.value: [] for name in Rating}
    for each in context.case.contributions_in(step):
        if each.rating and (asked := context.case.contribution(each.about or "")):
            rated[each.rating].append(read_contribution_for(context, asked, speaker))
    by_rating = {name: questions for name, questions in rated.items() if questions}
    place = Destination(under=_card_key(context, step))
    for number, body in enumerate(ratings_post(speaker, by_rating)):
        context.upsert(context.post_key(f"ratings:{step}:{number}"), body, place)


def _delete_posts_from(context: CaseContext, id: str, number: int) -> None:
    """Take away the posts of a contribution from this one on."""
    while post := context.services.outbox.find_target(context.session, f"contribution:{id}:{number}"):
        if post.deleted_at is None:
            context.services.outbox.delete_message(context.session, post)
        number += 1


def _reveal(context: CaseContext, found: Contribution, speaker: Speaker) -> RevealedText:
    hidden = context.case.protocol.step(found.step).names == Names.HIDDEN
    author = context.members.get(found.author) if found.author and not hidden else None
    answered = context.case.contribution(found.about) if found.about else None
    asked = context.asked_beforehand(found)
    about = asked.label.in_(speaker.language) if asked else None
    return RevealedText(
        author=author.slack if author else None,
        kind=found.kind,
        text=read_contribution_for(context, found, speaker),
        about=read_contribution_for(context, answered, speaker) if answered else about,
    )


def _card_key(context: CaseContext, step: str) -> str:
    return context.post_key(f"card:{step}")
