"""Behind *More…*: the whole instruction, what this person may do now, how it works; and the lines that all read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import asked_people, who_reads
from bot.intervision.views.instruction import whole_instruction
from bot.intervision.views.reading import read_all
from bot.intervision.views.words import confirm_dialog, text_key
from bot.library.enums import Names
from bot.library.protocol import Step
from bot.words import Speaker

_ACTIONS: dict[FacilitatorAction, str] = {
    FacilitatorAction.SKIP: names.SKIP_STEP,
    FacilitatorAction.MORE_TIME: names.MORE_TIME,
    FacilitatorAction.BACK: names.GO_BACK,
    FacilitatorAction.CALM: names.PACE_CALM,
    FacilitatorAction.LIVE: names.PACE_LIVE,
}
_NOT_UNDONE = (FacilitatorAction.SKIP, FacilitatorAction.BACK)


@dataclass(frozen=True)
class MorePage:
    """What one person finds behind *More…*. `step` is None once there is none to tell of; `before` can be gone back to.

    `leads`: they are the facilitator. `can` and the `can_…` are what they may do at this moment, asked of the rules;
    nothing else is on the page.
    """

    case: str
    heading: str
    step: Step | None
    contact: str
    can: Collection[FacilitatorAction] = ()
    before: str = ""
    leads: bool = False
    can_read: bool = False
    can_next: bool = False
    can_be_ready: bool = False
    can_leave: bool = False
    can_stop: bool = False
    can_wipe: bool = False
    live: bool = False
    of_two: bool = False
    in_series: bool = False

    @property
    def pointer(self) -> str:
        """What the buttons about its step know."""
        return StepButton(self.case, self.step.key if self.step else "").to_value()


def more_page(speaker: Speaker, page: MorePage) -> Json:
    """First what moves the case on, then the instruction, then the rest."""
    blocks = [
        *([parts.section(speaker.mrkdwn("case.form_heading", heading=page.heading))] if page.heading else []),
        *(_for_who_leads(speaker, page.step) if page.step and page.leads else []),
        *_moving_on(speaker, page),
        *([read_all(speaker, page.pointer)] if page.can_read else []),
        *(_instruction(speaker, page.step) if page.step else []),
        *_leading(speaker, page),
        *_ways_out(speaker, page),
        parts.divider(),
        *how_it_works(speaker, page),
    ]
    return _page(speaker, blocks)


def how_it_works(speaker: Speaker, page: MorePage) -> list[Json]:
    """What holds for every step: said here, and not under each card."""
    readers = "series.opening_readers" if page.in_series else text_key("opening_readers", page.of_two)
    lines = [
        speaker.mrkdwn("more.how_title"),
        speaker.mrkdwn("more.how_live" if page.live else "more.how_written"),
        speaker.mrkdwn("more.how_remarks"),
        speaker.mrkdwn("more.how_change"),
        speaker.mrkdwn("case.opening_agreement"),
        speaker.mrkdwn(readers),
        speaker.mrkdwn("case.danger", contact=page.contact),
    ]
    return [parts.section(line) for line in lines]


def facilitator_done(speaker: Speaker, how: FacilitatorAction, opens: str = "") -> Json:
    """The page after it; `opens` is when the next card appears, where that is not now."""
    later = [parts.section(speaker.mrkdwn("leading.opens", at=opens))] if opens else []
    return _page(speaker, [parts.section(speaker.mrkdwn(f"leading.{how}_done")), *later])


def facilitator_named(speaker: Speaker, steps: Sequence[Step]) -> str:
    """The names of steps that go together."""
    return ", ".join(step.name.in_(speaker.language) for step in steps)


def facilitator_line(
    speaker: Speaker,
    how: FacilitatorAction,
    steps: Sequence[Step],
    case: str,
    *,
    live: bool,
    people: Sequence[str] = (),
) -> Json:
    """What all in the case read of these steps.

    What is open again is higher up, so its button is here too, and `people` (Slack's ids), whose turn it is, are called
    here: of a card that changes Slack tells nobody.
    """
    blocks = [parts.section(speaker.mrkdwn(f"leading.{how}_line", name=facilitator_named(speaker, steps)))]
    if how == FacilitatorAction.BACK:
        label, action = ("case.next", names.NEXT_STEP) if live else ("case.write", names.WRITE)
        pointers = [StepButton(case, step.key).to_value() for step in steps[:1] if step.who]
        buttons = [parts.button(speaker.plain(label), action, pointer) for pointer in pointers]
        blocks += [parts.context(asked_people(people))] if people else []
        blocks += [parts.actions(*buttons)] if buttons else []
    return parts.message(speaker.plain("leading.headline"), blocks)


def _instruction(speaker: Speaker, step: Step) -> list[Json]:
    """All that is asked, who reads it when, and what becomes of names where they are hidden."""
    reads = who_reads(speaker, step) + ([speaker.mrkdwn("case.form_nameless")] if step.names == Names.HIDDEN else [])
    return [*whole_instruction(speaker, step), *map(parts.context, reads)]


def _for_who_leads(speaker: Speaker, step: Step) -> list[Json]:
    """What to look out for, and a sentence to bridge with: as the method says, else as for what is written here."""
    if step.watch is None and step.reading_only:
        return []
    watch = step.watch.in_(speaker.language) if step.watch else speaker.plain(f"watch.{step.kinds[0].value}")
    return [parts.section(speaker.mrkdwn("watch.lead", watch=watch))]


def _moving_on(speaker: Speaker, page: MorePage) -> list[Json]:
    blocks = []
    if page.can_next:
        sure = confirm_dialog(speaker, "next")
        button = parts.button(speaker.plain("case.next"), names.NEXT_STEP, page.pointer, style="primary", confirm=sure)
        blocks.append(parts.section(speaker.mrkdwn("more.next"), button))
    if page.can_be_ready:
        button = parts.button(speaker.plain("case.ready"), names.OWNER_READY, page.pointer, style="primary")
        blocks.append(parts.section(speaker.mrkdwn("more.ready"), button))
    return blocks


def _leading(speaker: Speaker, page: MorePage) -> list[Json]:
    blocks = []
    for how, action in _ACTIONS.items():
        if how in page.can:
            ask = confirm_dialog(speaker, how.value) if how in _NOT_UNDONE else None
            button = parts.button(speaker.plain(f"leading.{how}"), action, page.pointer, confirm=ask)
            blocks.append(parts.section(speaker.mrkdwn(f"leading.{how}_explained", name=page.before), button))
    return blocks


def _ways_out(speaker: Speaker, page: MorePage) -> list[Json]:
    """Leaving, stopping, wiping: whichever this person may."""
    leave = "leave_series" if page.in_series else "leave"
    ways = (
        (page.can_leave, "more.leave", "case.leave", names.LEAVE_CASE, leave, None),
        (page.can_stop, "more.stop", "case.stop", names.STOP_CASE, "stop", None),
        (page.can_wipe, "more.wipe", "case.wipe", names.WIPE_CASE, "wipe", "danger"),
    )
    blocks = []
    for may, text, label, action, sure, style in ways:
        if may:
            ask = confirm_dialog(speaker, sure)
            button = parts.button(speaker.plain(label), action, page.case, style=style, confirm=ask)
            blocks.append(parts.section(speaker.mrkdwn(text), button))
    return blocks


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.LEAD_PAGE, "more.title", blocks)
