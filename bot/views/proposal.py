"""A proposal in the channel, and the form in which a member objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.views import case_words, names, parts
from bot.views.parts import Json
from bot.views.thread import quoted
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention

_LONGEST = 1000


@dataclass(frozen=True)
class Asked:
    """How a proposal stands: `state` is open, held, stopped or replaced; `until` says when it holds."""

    id: str
    state: str
    proposer: str
    moderators: tuple[str, ...]
    until: str


def card(say: Speaker, what: Iterable[Mrkdwn], asked: Asked) -> Json:
    """What is proposed, by whom, and until when one can object; afterwards, what became of it."""
    blocks = [
        parts.section(say.mrkdwn("proposal.by", person=mention(asked.proposer))),
        *(parts.section(text) for text in what),
        *standing(say, asked),
    ]
    return parts.message(say.plain("proposal.headline"), blocks)


def standing(say: Speaker, asked: Asked) -> list[Json]:
    """How it stands, with the button to object while that can be done."""
    moderators = case_words.mentions(asked.moderators)
    told = say.mrkdwn(f"proposal.{asked.state}", until=asked.until, moderators=moderators)
    if asked.state != "open":
        return [parts.context(told)]
    return [parts.context(told), parts.actions(parts.button(say.plain("proposal.object"), names.OBJECT, asked.id))]


def objection(say: Speaker, proposal: str) -> Json:
    """One question: what would make it workable?"""
    field = parts.text_field(multiline=True, longest=_LONGEST)
    blocks = [
        parts.section(say.mrkdwn("proposal.objection_intro")),
        parts.input_block("words", say.plain("proposal.workable"), field, hint=say.plain("proposal.who_reads")),
    ]
    return parts.modal(
        names.OBJECTION, say.plain("proposal.object"), blocks, pointers={"proposal": proposal},
        close=say.plain("common.cancel"), submit=say.plain("proposal.submit"),
    )  # fmt: skip


def objected(say: Speaker, user: str, concerned: Sequence[str], words: str) -> Json:
    """The objection under the card: whose, for whom, and the words, quoted whole."""
    told = say.mrkdwn("proposal.objected", person=mention(user), concerned=case_words.mentions(concerned))
    blocks = [parts.section(told), *(parts.section(piece) for piece in quoted(partial(parts.split, words)))]
    return parts.message(say.plain("proposal.objected_headline"), blocks)
