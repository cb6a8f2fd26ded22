"""Being invited to the weekly question: asking for it, and the invitation itself."""

from dataclasses import dataclass
from datetime import time

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.core.time_zones import time_zone_field
from bot.words import Speaker
from bot.words.escaping import channel_link

USUAL = "12:30"


@dataclass(frozen=True)
class InvitationWish:
    """What somebody asked: `clock` is "HH:MM" on the wall of `zone`."""

    clock: str
    zone: str
    is_paused: bool


def invitations_page(say: Speaker, wanted: InvitationWish | None, zone: str) -> Json:
    """What an invitation is, how it stands with the reader's, and the hour to ask; `zone` is where the reader lives."""
    zone = wanted.zone if wanted else zone
    clock = {"type": "timepicker", "initial_time": wanted.clock if wanted else USUAL}
    return parts.modal(
        names.INVITATIONS_FORM, say.plain("invitation.title"),
        [
            parts.section(say.mrkdwn("invitation.means")),
            *(_standing(say, wanted) if wanted else []),
            parts.input_block("clock", say.plain("invitation.clock"), clock),
            parts.input_block("timezone", say.plain("circle.timezone"), time_zone_field(zone)),
        ],
        pointers={}, close=say.plain("common.close"),
        submit=say.plain("invitation.change" if wanted else "invitation.ask"),
    )  # fmt: skip


def prompt_invitation(say: Speaker, channel: str, question: str, round_id: str) -> Json:
    """The invitation; without the question where its words are a member's own."""
    asks = say.mrkdwn("invitation.asks", place=channel_link(channel), question=question)
    text = asks if question else say.mrkdwn("invitation.asks_there", place=channel_link(channel))
    answer = parts.button(say.plain("reflection.answer"), names.ANSWER, round_id, style="primary")
    pause = parts.button(say.plain("invitation.pause"), names.PAUSE_INVITATIONS, round_id)
    blocks = [parts.section(text), parts.actions(answer, pause, _stop(say, round_id))]
    return parts.message(say.plain("invitation.headline"), [*blocks, parts.context(say.mrkdwn("invitation.you_asked"))])


def invitations_changed(say: Speaker, how: str, round_id: str) -> Json:
    """What the message becomes: paused, resumed or stopped."""
    blocks = [parts.section(say.mrkdwn(f"invitation.{how}"))]
    if how == "paused":
        resume = parts.button(say.plain("invitation.resume"), names.RESUME_INVITATIONS, round_id)
        blocks.append(parts.actions(resume, _stop(say, round_id)))
    return parts.message(say.plain("invitation.title"), blocks)


def _standing(say: Speaker, wanted: InvitationWish) -> list[Json]:
    if wanted.is_paused:
        turn = parts.button(say.plain("invitation.resume"), names.RESUME_INVITATIONS)
        text = say.mrkdwn("invitation.paused")
    else:
        turn = parts.button(say.plain("invitation.pause"), names.PAUSE_INVITATIONS)
        text = say.mrkdwn("invitation.stands", clock=say.wall_clock(time.fromisoformat(wanted.clock)), zone=wanted.zone)
    return [parts.section(text), parts.actions(turn, _stop(say))]


def _stop(say: Speaker, round_id: str = "") -> Json:
    return parts.button(say.plain("invitation.stop"), names.STOP_INVITATIONS, round_id)
