"""Invitations to the weekly question: the page on which a member asks for them, and the invitation itself."""

from dataclasses import dataclass
from datetime import time

from bot.core import names, parts
from bot.core.common_fields import time_zone_field
from bot.core.parts import Json
from bot.reflection.surfaces import CLOCK, TIME_ZONE
from bot.words import Speaker
from bot.words.escaping import channel_link

USUAL_CLOCK = "12:30"


@dataclass(frozen=True)
class InvitationWish:
    """What somebody asked for: `clock` is "HH:MM" in the time zone `zone`."""

    clock: str
    zone: str
    is_paused: bool


def invitations_page(speaker: Speaker, wanted: InvitationWish | None, zone: str) -> Json:
    """What an invitation is, the reader's own (if any), and the hour to ask for; `zone` is the reader's time zone."""
    zone = wanted.zone if wanted else zone
    clock = {"type": "timepicker", "initial_time": wanted.clock if wanted else USUAL_CLOCK}
    blocks = [
        parts.section(speaker.mrkdwn("invitation.means")),
        *(_present_wish(speaker, wanted) if wanted else []),
        parts.input_block(CLOCK, speaker.plain("invitation.clock"), clock),
        parts.input_block(TIME_ZONE, speaker.plain("circle.timezone"), time_zone_field(zone)),
    ]
    title, submit = "invitation.title", "invitation.change" if wanted else "invitation.ask"
    return parts.modal(speaker, names.INVITATIONS_FORM, title, blocks, submit=submit, close="common.close")


def prompt_invitation(speaker: Speaker, channel: str, question: str, round_id: str) -> Json:
    """The invitation; `question` is empty where a member wrote it, since they may take it back."""
    asks = speaker.mrkdwn("invitation.asks", place=channel_link(channel), question=question)
    text = asks if question else speaker.mrkdwn("invitation.asks_there", place=channel_link(channel))
    answer = parts.button(speaker.plain("reflection.answer"), names.ANSWER, round_id, style="primary")
    pause = parts.button(speaker.plain("invitation.pause"), names.PAUSE_INVITATIONS, round_id)
    blocks = [parts.section(text), parts.actions(answer, pause, _stop(speaker, round_id))]
    blocks.append(parts.context(speaker.mrkdwn("invitation.you_asked")))
    return parts.message(speaker.plain("invitation.headline"), blocks)


def invitations_changed(speaker: Speaker, how: str, round_id: str) -> Json:
    """What the message becomes; `how` is paused, resumed or stopped."""
    blocks = [parts.section(speaker.mrkdwn(f"invitation.{how}"))]
    if how == "paused":
        resume = parts.button(speaker.plain("invitation.resume"), names.RESUME_INVITATIONS, round_id)
        blocks.append(parts.actions(resume, _stop(speaker, round_id)))
    return parts.message(speaker.plain("invitation.title"), blocks)


def _present_wish(speaker: Speaker, wanted: InvitationWish) -> list[Json]:
    if wanted.is_paused:
        turn = parts.button(speaker.plain("invitation.resume"), names.RESUME_INVITATIONS)
        text = speaker.mrkdwn("invitation.paused")
    else:
        turn = parts.button(speaker.plain("invitation.pause"), names.PAUSE_INVITATIONS)
        clock = speaker.wall_clock(time.fromisoformat(wanted.clock))
        text = speaker.mrkdwn("invitation.stands", clock=clock, zone=wanted.zone)
    return [parts.section(text), parts.actions(turn, _stop(speaker))]


def _stop(speaker: Speaker, round_id: str = "") -> Json:
    return parts.button(speaker.plain("invitation.stop"), names.STOP_INVITATIONS, round_id)
