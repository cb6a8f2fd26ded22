"""A proposal in the channel, and the form in which a member objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.circles.types import named_people
from bot.consent.surfaces import ObjectionForm
from bot.core import names, parts
from bot.core.parts import Json, quoted
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention


@dataclass(frozen=True)
class ProposalStatus:
    """What a card says of a proposal: `state` is open, held, stopped, late, replaced or taken_back.

    `until` is the moment at which it holds. `was_objected`: a member objected and took that back; it is late where they
    did so after that moment.
    """

    id: str
    state: str
    proposer: str
    moderators: tuple[str, ...]
    until: str
    was_objected: bool = False


def proposal_card(speaker: Speaker, what: Iterable[Mrkdwn], status: ProposalStatus) -> Json:
    """What is proposed, by whom, and until when one can object; afterwards, what became of it."""
    blocks = [
        parts.section(speaker.mrkdwn("proposal.by", person=mention(status.proposer))),
        *(parts.section(text) for text in what),
        *status_blocks(speaker, status),
    ]
    return parts.message(speaker.plain("proposal.headline"), blocks)


def status_blocks(speaker: Speaker, status: ProposalStatus) -> list[Json]:
    """Its state, with the buttons to object and to take it back while that can be done."""
    people = {"moderators": named_people(speaker, status.moderators), "person": mention(status.proposer)}
    line = parts.context(speaker.mrkdwn(f"proposal.{status.state}", until=status.until, **people))
    if status.state not in {"open", "stopped"}:
        return [line]
    is_open_again = status.state == "open" and status.was_objected
    again = [parts.section(speaker.mrkdwn("proposal.goes_on"))] if is_open_again else []
    object_ = parts.button(speaker.plain("proposal.object"), names.OBJECT, status.id)
    return [*again, line, parts.actions(object_, _take_back_button(speaker, names.TAKE_BACK_PROPOSAL, status.id))]


def objection_form(speaker: Speaker, proposal_id: str) -> Json:
    """One question: what would make it workable?"""
    field = parts.text_field(multiline=True, longest=ObjectionForm.LONGEST)
    label, hint = speaker.plain("proposal.workable"), speaker.plain("proposal.who_reads")
    blocks = [
        parts.section(speaker.mrkdwn("proposal.objection_intro")),
        parts.input_block(ObjectionForm.WORDS, label, field, hint=hint),
    ]
    known = ObjectionForm(proposal_id).to_metadata()
    return parts.modal(speaker, names.OBJECTION, "proposal.object", blocks, known, submit="proposal.submit")


def objection_post(speaker: Speaker, proposal_id: str, user: str, mentioned: Sequence[str], words: str) -> Json:
    """The objection under the card: whose, for whom, and the words, quoted whole; and the button to take it back."""
    intro = speaker.mrkdwn("proposal.objected", person=mention(user), concerned=named_people(speaker, mentioned))
    quote = [parts.section(piece) for piece in quoted(partial(parts.split, words))]
    take_back = _take_back_button(speaker, names.TAKE_BACK_OBJECTION, proposal_id)
    blocks = [parts.section(intro), *quote, parts.actions(take_back)]
    return parts.message(speaker.plain("proposal.objected_headline"), blocks)


def objection_taken_back_post(speaker: Speaker, user: str) -> Json:
    """What the objection becomes once its writer took it back: their words are gone."""
    text = parts.section(speaker.mrkdwn("proposal.objection_taken_back", person=mention(user)))
    return parts.message(speaker.plain("proposal.objected_headline"), [text])


# The words on each of the two buttons, and (with `_means` behind it) in the question before.
_TAKE_BACK_WORDS = {
    names.TAKE_BACK_PROPOSAL: "proposal.take_back",
    names.TAKE_BACK_OBJECTION: "proposal.take_objection_back",
}


def _take_back_button(speaker: Speaker, action: str, proposal_id: str) -> Json:
    key = _TAKE_BACK_WORDS[action]
    confirm = parts.confirm(speaker, key, f"{key}_means", key)
    return parts.button(speaker.plain(key), action, proposal_id, confirm=confirm)
