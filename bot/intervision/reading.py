"""A page with everything of a case that somebody can read now, by the rule that decides who reads what."""

from collections.abc import Collection
from typing import Final

from bot.core.parts import Json
from bot.core.services import Services
from bot.intervision.context import CaseContext, load_for_member_in_channel
from bot.intervision.create import read_intake
from bot.intervision.reveals import rated_in, revealed_text
from bot.intervision.rules.progress import as_posted
from bot.intervision.rules.readers import ReadWhere, read_now
from bot.intervision.surfaces import StepButton
from bot.intervision.views.reading import ReadStep, reading_page
from bot.library.protocol import Step, steps_in_order
from bot.words import Speaker
from db.models import Member

_POSTED: Final = (ReadWhere.CARD, ReadWhere.THREAD, ReadWhere.PRIVATELY)


class CaseReading:
    """Reading a case as a page: Slack reads to a screen reader only the first line of what is posted."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def open_page(self, user: str, button: StepButton) -> Json:
        """All that was posted for this person, the latest step first. For everybody in the case and its channel."""
        with self._services.database.reading() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user, to_read=True)
            speaker = self._services.speaker_for(context.circle, member)
            readable, latest_first = readable_by(context, member), reversed(steps_in_order(context.case.protocol))
            steps = (_read_step(context, step, readable, speaker) for step in latest_first)
            return reading_page(speaker, [step for step in steps if step.texts or step.rated])


def readable_by(context: CaseContext, member: Member) -> frozenset[str]:
    """The ids of what was posted for this member, and whose words are not wiped."""
    case = context.case
    if case.over and context.row.forget_at is None:
        return frozenset()
    kept = (each for each in case.contributions if not case.state_of(each.step).wiped)
    return frozenset(each.id for each in kept if read_now(case, member.id, each) in _POSTED)


def _read_step(context: CaseContext, step: Step, readable: Collection[str], speaker: Speaker) -> ReadStep:
    posted = [each for each in as_posted(context.case, step) if each.id in readable]
    intake = read_intake(context) if any(each.id == context.story_id for each in posted) else None
    return ReadStep(
        name=step.name.in_(speaker.language),
        texts=[revealed_text(context, each, speaker) for each in posted if each.rating is None],
        rated=rated_in(context, step.key, speaker) if any(each.rating for each in posted) else {},
        above=(intake.title, intake.question) if intake else (),
    )
