"""A proposal in the channel, and the form in which a member objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.core import names, parts
from bot.core.parts import Json, quoted
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention, mention_all

_LONGEST = 1000


@dataclass(frozen=True)
class ProposalStatus:
    """How a proposal stands: `state` is open, held, stopped, late, replaced or taken_back; `until` says when it holds.

    `was_objected`: somebody objected and took that back; it is late if they did after the time was over.
    """

    id: str
    state: str
    proposer: str
    moderators: tuple[str, ...]
    until: str
    was_objected: bool = False


def proposal_card(speaker: Speaker, what: Iterable[Mrkdwn], asked: ProposalStatus) -> Json:
    """What is proposed, by whom, and until when one can object; afterwards, what became of it."""
    blocks = [
        parts.section(speaker.mrkdwn("proposal.by", person=mention(asked.proposer))),
        *(parts.section(text) for text in what),
        *status_blocks(speaker, asked),
    ]
    return parts.message(speaker.plain("proposal.headline"), blocks)


def status_blocks(speaker: Speaker, asked: ProposalStatus) -> list[Json]:
    """How it stands, with the buttons to object and to take it back while that can be done."""
    people = {"moderators": mention_all(asked.moderators), "person": mention(asked.proposer)}
    told = parts.context(speaker.mrkdwn(f"proposal.{asked.state}", until=asked.until, **people))
    if asked.state not in {"open", "stopped"}:
        return [told]
    runs_on = asked.state == "open" and asked.was_objected
    again = [parts.section(speaker.mrkdwn("proposal.goes_on"))] if runs_on else []
    object_ = parts.button(speaker.plain("proposal.object"), names.OBJECT, asked.id)
    take_back = parts.button(
        speaker.plain("proposal.take_back"),
        names.TAKE_BACK_PROPOSAL,
        asked.id,
        confirm=_sure(speaker, "proposal.take_back"),
    )
    return [*again, told, parts.actions(object_, take_back)]


def objection_form(speaker: Speaker, proposal: str) -> Json:
    """One question: what would make it workable?"""
    field = parts.text_field(multiline=True, longest=_LONGEST)
    blocks = [
        parts.section(speaker.mrkdwn("proposal.objection_intro")),
        parts.input_block("words", speaker.plain("proposal.workable"), field, hint=speaker.plain("proposal.who_reads")),
    ]
    return parts.modal(
        names.OBJECTION,
        speaker.plain("proposal.object"),
        blocks,
        pointers={"proposal": proposal},
        close=speaker.plain("common.cancel"),
        submit=speaker.plain("proposal.submit"),
    )


def objection_post(speaker: Speaker, proposal: str, user: str, concerned: Sequence[str], words: str) -> Json:
    """The objection under the card: whose, for whom, and the words, quoted whole; and the way back."""
    told = speaker.mrkdwn("proposal.objected", person=mention(user), concerned=mention_all(concerned))
    take_back = parts.button(
        speaker.plain("proposal.take_objection_back"),
        names.TAKE_BACK_OBJECTION,
        proposal,
        confirm=_sure(speaker, "proposal.take_objection_back"),
    )
    quote = [parts.section(piece) for piece in quoted(partial(parts.split, words))]
    return parts.message(
        speaker.plain("proposal.objected_headline"), [parts.section(told), *quote, parts.actions(take_back)]
    )


def objection_taken_back_post(speaker: Speaker, user: str) -> Json:
    """What stands there once its writer took it back: their words are gone."""
    told = parts.section(speaker.mrkdwn("proposal.objection_taken_back", person=mention(user)))
    return parts.message(speaker.plain("proposal.objected_headline"), [told])


def _sure(speaker: Speaker, key: str) -> Json:
    return parts.confirm(
        speaker.plain(key), speaker.plain(f"{key}_means"), speaker.plain(key), speaker.plain("common.cancel")
    )
