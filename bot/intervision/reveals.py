"""What people wrote, as the others read it: in one message a step, or a message each turn; changes follow.

Posts of an older version, one for each contribution, are kept up to date where they are.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision import channel
from bot.intervision.context import CaseContext, load_case, read_contribution_for
from bot.intervision.rules.case import Contribution
from bot.intervision.rules.progress import as_posted
from bot.intervision.rules.readers import Visibility, is_joint, visibility
from bot.intervision.views.reveal import RevealedText, joint_posts, ratings_post, reveal_posts
from bot.intervision.views.text import Said
from bot.intervision.views.words import written_name
from bot.library.enums import Names, Rating
from bot.library.protocol import Step
from bot.outbox.posted_text import PostedText
from bot.outbox.queue import Destination
from bot.words import Speaker
from db.models import OutboxTarget

_REVEAL: Final = "reveal:"
_NO_EDIT: Final = frozenset({"cant_update_message", "edit_window_closed"})


def show_contributions(context: CaseContext, ids: Iterable[str]) -> None:
    """What was written appears in the thread of its step's card; what changed follows."""
    # The story is in the card of its step, under the title and the question.
    ids = list(ids)
    if context.story_id in ids:
        channel.follow_story(context)
    shown = [each for id in ids if id != context.story_id and (each := context.case.contribution(id))]
    apart = [each for each in shown if each.rating is None and not _is_in_joint_post(context, each)]
    for each in apart:
        _show_alone(context, each)
    for step in dict.fromkeys(each.step for each in shown if each not in apart and each.rating is None):
        _show_joint(context, context.case.step(step))
    for step in {each.step for each in shown if each.rating}:
        _show_ratings(context, step)


def show_to_owner(context: CaseContext, ids: Iterable[str]) -> None:
    """What was written for the owner alone comes to the owner in private, as one message."""
    found = [each for id in ids if (each := context.case.contribution(id))]
    for step in dict.fromkeys(each.step for each in found):
        _show_joint(context, context.case.step(step))


def remove_contribution(context: CaseContext, gone: Contribution) -> None:
    """What was taken back disappears, also out of what was posted together."""
    _delete_posts_from(context, gone.id, 0)
    if is_joint(context.case.protocol, context.case.step(gone.step)) and gone.rating is None:
        _show_joint(context, context.case.step(gone.step))


def repost_where_no_edit_is_taken(services: Services, session: Session, post: OutboxTarget, error: str) -> bool:
    """Slack takes no change of a message with words in it: it goes, and is posted again as it is now.

    Returns whether that was so; nothing of what was taken back stays.
    """
    if error not in _NO_EDIT or post.ts is None or f":{_REVEAL}" not in post.key or post.subject is None:
        return False
    context = load_case(services, session, post.subject.removeprefix("case:"))
    key = post.key.removeprefix(context.post_key(_REVEAL)).rpartition(":")[0]
    services.outbox.delete_message(session, post)
    _show_joint(context, context.case.step(key))
    return True


def _is_in_joint_post(context: CaseContext, each: Contribution) -> bool:
    """Whether it is read with the others of its step, and was not posted alone by an older version."""
    step = context.case.step(each.step)
    if not is_joint(context.case.protocol, step):
        return False
    return not _was_posted_alone(context, each)


def _was_posted_alone(context: CaseContext, each: Contribution) -> bool:
    post = context.services.outbox.find_target(context.session, f"contribution:{each.id}:0")
    return post is not None and post.deleted_at is None


def _show_joint(context: CaseContext, step: Step) -> None:
    """All of a step that may be read, in one message; none once nothing is left."""
    is_private = visibility(step) == Visibility.OWNER_ALONE
    speaker = context.services.speaker_for(context.circle, context.owner if is_private else None)
    place = _place(context, step, is_private=is_private)
    texts = [revealed_text(context, each, speaker) for each in _readable(context, step, is_private=is_private)]
    post = PostedText(context.services.outbox, context.session, context.post_key(f"{_REVEAL}{step.key}"))
    post.show_posts(joint_posts(speaker, texts), place, context.subject)


def _readable(context: CaseContext, step: Step, *, is_private: bool) -> list[Contribution]:
    state = context.case.state_of(step.key)
    if state.wiped or (is_private and state.closed_at is None):
        return []
    written = (each for each in as_posted(context.case, step) if each.revealed or is_private)
    return [
        each
        for each in written
        if each.id != context.story_id and each.rating is None and not _was_posted_alone(context, each)
    ]


def _place(context: CaseContext, step: Step, *, is_private: bool) -> Destination:
    if is_private:
        return context.services.outbox.open_dm(context.session, context.owner.slack)
    return Destination(under=context.card_key(step.key))


def _show_alone(context: CaseContext, found: Contribution) -> None:
    step, speaker = context.case.step(found.step), context.services.speaker_for(context.circle)
    place = _place(context, step, is_private=visibility(step) == Visibility.OWNER_ALONE)
    bodies = reveal_posts(speaker, revealed_text(context, found, speaker))
    for number, body in enumerate(bodies):
        context.upsert(f"contribution:{found.id}:{number}", body, place)
    _delete_posts_from(context, found.id, len(bodies))


def _show_ratings(context: CaseContext, step: str) -> None:
    """All that was rated in a step, together."""
    speaker = context.services.speaker_for(context.circle)
    place = Destination(under=context.card_key(step))
    for number, body in enumerate(ratings_post(speaker, rated_in(context, step, speaker))):
        context.upsert(context.post_key(f"ratings:{step}:{number}"), body, place)


def rated_in(context: CaseContext, step: str, speaker: Speaker) -> dict[str, list[Said]]:
    """What was rated in this step, under each rating that was given."""
    rated: dict[str, list[Said]] = {name.value: [] for name in Rating}
    for each in context.case.contributions_in(step):
        if each.rating and (asked := context.case.contribution(each.about or "")):
            rated[each.rating].append(read_contribution_for(context, asked, speaker))
    return {name: questions for name, questions in rated.items() if questions}


def _delete_posts_from(context: CaseContext, id: str, number: int) -> None:
    """Take away the posts of a contribution from this one on."""
    while post := context.services.outbox.find_target(context.session, f"contribution:{id}:{number}"):
        if post.deleted_at is None:
            context.services.outbox.delete_message(context.session, post)
        number += 1


def revealed_text(context: CaseContext, found: Contribution, speaker: Speaker) -> RevealedText:
    """A contribution as it is read: by whom, where names are shown, and what it answers."""
    hidden = context.case.protocol.step(found.step).names == Names.HIDDEN
    author = context.members.get(found.author) if found.author and not hidden else None
    answered = context.case.contribution(found.about) if found.about else None
    asked = context.asked_beforehand(found)
    about = asked.label.in_(speaker.language) if asked else None
    return RevealedText(
        author=context.name_of(author) if author else None,
        called=written_name(speaker, context.case.step(found.step), found.kind),
        text=read_contribution_for(context, found, speaker),
        about=read_contribution_for(context, answered, speaker) if answered else about,
    )
