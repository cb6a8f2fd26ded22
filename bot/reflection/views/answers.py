"""The weekly question: its card, and the window in which somebody answers it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.common_fields import language_field
from bot.core.parts import Json
from bot.reflection.rules import DECIDED_STATES
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention

# Slack's longest header.
_HEADER = 150
# Four fields hold 12,000 characters; who has more to say can go on for two more.
MOST_FIELDS = 6
COLLEAGUE = "colleague"
_KEEP, _SEND = {names.KEEP_REFLECTION: "keep"}, {names.SEND_REFLECTION: "send"}
_SHARE, _NAMELESS = {names.SHARE_REFLECTION: "share"}, {names.NAMELESS_REFLECTION: "share_nameless"}
# What can become of an answer in each state: the buttons, and the words on them.
_SETTLING: dict[str, dict[str, str]] = {
    "draft": {},
    "undecided": _KEEP | _SEND | _SHARE | _NAMELESS,
    "kept": _SEND | _SHARE | _NAMELESS,
    "shared": {names.KEEP_REFLECTION: "unshare"},
    "sent": {names.KEEP_REFLECTION: "unsend"},
    "nameless": {names.KEEP_REFLECTION: "keep_after_all"},
}


@dataclass(frozen=True)
class Question:
    """What a round asks, in the reader's language. `has_students`: students occur in answers to it."""

    text: str
    theme: str
    has_students: bool = False


@dataclass(frozen=True)
class OwnAnswer:
    """One answer of the reader's own.

    `state` is draft, undecided, kept, sent (`to` this colleague, by Slack's id), nameless or shared.
    """

    id: str
    text: str
    state: str
    to: str = ""


def round_card(
    speaker: Speaker,
    question: Question,
    round_id: str,
    *,
    author: str = "",
    chooser: str = "",
    listed: Sequence[Json] = (),
) -> Json:
    """The question as it stands in the channel, with what is kept said before anybody answers.

    `author` proposed it and `chooser` chose it, where they want to be named. `listed` is what it is about.
    """
    blocks = [
        parts.context(speaker.mrkdwn("reflection.this_week", theme=question.theme), *_from(speaker, author, chooser)),
        *listed,
        *_large(question.text),
        *([parts.context(speaker.mrkdwn("reflection.with_students"))] if question.has_students else []),
        parts.actions(parts.button(speaker.plain("reflection.answer"), names.ANSWER, round_id, style="primary")),
        parts.context(speaker.mrkdwn("reflection.what_is_kept")),
        parts.context(speaker.mrkdwn("reflection.who_could_see"), speaker.mrkdwn("reflection.read_along")),
    ]
    return parts.message(speaker.plain("reflection.card_headline"), blocks)


def answer_form(
    speaker: Speaker,
    question: Question,
    texts: Sequence[str],
    pointers: Json,
    chosen_language: str | None,
    *,
    may_wait: bool = True,
) -> Json:
    """The window to write in: one field for each of `texts`, and room for more; a draft if it `may_wait`."""
    more = parts.button(speaker.plain("reflection.more_room"), names.MORE_ROOM)
    draft = parts.button(speaker.plain("reflection.as_draft"), names.DRAFT_REFLECTION)
    buttons = ([more] if len(texts) < MOST_FIELDS else []) + ([draft] if may_wait else [])
    blocks = [
        parts.section(_bold(question.text)),
        *(_field(speaker, number, text) for number, text in enumerate(texts, start=1)),
        *([parts.actions(*buttons)] if buttons else []),
        parts.context(speaker.mrkdwn("reflection.first_for_you")),
        *language_field(speaker, chosen_language),
    ]
    return _window(speaker, blocks, pointers, close="common.cancel", submit=speaker.plain("reflection.submit"))


def answers_page(
    speaker: Speaker,
    question: Question,
    answers: Sequence[OwnAnswer],
    pointers: Json,
    *,
    nameless: bool = False,
    may_bring: bool = False,
) -> Json:
    """The reader's own answers, each with what can be done with it.

    `nameless` offers to share without a name; who `may_bring` a case can begin one with what they wrote.
    """
    blocks = [parts.context(Mrkdwn(parts.split(question.text)[0]))]
    for answer in answers:
        blocks += _own(speaker, answer, nameless=nameless, may_bring=may_bring)
    return _window(speaker, [*blocks, parts.context(speaker.mrkdwn("reflection.who_could_see"))], pointers)


def choose_colleague_form(speaker: Speaker, pointers: Json) -> Json:
    """The window that asks which colleague an answer goes to."""
    field = parts.input_block(COLLEAGUE, speaker.plain("reflection.colleague"), parts.person())
    blocks = [field, parts.context(speaker.mrkdwn("reflection.nobody_else"))]
    return _window(speaker, blocks, pointers, close="common.cancel", submit=speaker.plain("reflection.send_submit"))


def answer_withdrawn_page(speaker: Speaker, pointers: Json) -> Json:
    """The page after somebody took their answer back."""
    return _window(speaker, [parts.section(speaker.mrkdwn("reflection.withdrawn"))], pointers)


def field_id(number: int) -> str:
    """The id of the field with this number, from 1."""
    return f"text_{number}"


def _from(speaker: Speaker, author: str, chooser: str) -> list[Mrkdwn]:
    """Whose question it is and who chose it; said once where that is the same person."""
    named = {"reflection.by_author": author, "reflection.by_chooser": chooser if chooser != author else ""}
    return [speaker.mrkdwn(key, person=mention(user)) for key, user in named.items() if user]


def _own(speaker: Speaker, answer: OwnAnswer, *, nameless: bool, may_bring: bool) -> list[Json]:
    whom = {"person": mention(answer.to)} if answer.to else {}
    return [
        parts.divider(),
        parts.section(speaker.mrkdwn(f"reflection.now_{answer.state}", **whom)),
        *(parts.section(piece) for piece in parts.split(answer.text)),
        parts.context(Mrkdwn("\n".join(_what_it_means(speaker, answer, nameless=nameless)))),
        parts.actions(*_choices(speaker, answer, nameless=nameless)),
        *_further(speaker, answer, may_bring=may_bring),
    ]


def _what_it_means(speaker: Speaker, answer: OwnAnswer, *, nameless: bool) -> Iterator[Mrkdwn]:
    yield speaker.mrkdwn(f"reflection.choices_{answer.state}")
    if nameless and names.NAMELESS_REFLECTION in _SETTLING[answer.state]:
        yield speaker.mrkdwn("reflection.choices_without_name")
    if answer.state == "undecided":
        yield speaker.mrkdwn("reflection.choices_none")


def _further(speaker: Speaker, answer: OwnAnswer, *, may_bring: bool) -> list[Json]:
    """What somebody settled can lead on: to an insight, and for who `may_bring` one to a case."""
    if answer.state not in DECIDED_STATES:
        return []
    insight = parts.button(speaker.plain("insight.make"), names.MAKE_INSIGHT, answer.id)
    case = parts.button(speaker.plain("reflection.as_case"), names.REFLECTION_AS_CASE, answer.id)
    return [parts.actions(insight, *([case] if may_bring else []))]


def _choices(speaker: Speaker, answer: OwnAnswer, *, nameless: bool) -> list[Json]:
    """What can be done now. The ways to settle it stand side by side, none preset: the choice is the writer's."""
    offered = {
        action: key
        for action, key in _SETTLING[answer.state].items()
        if nameless or action != names.NAMELESS_REFLECTION
    }
    settling = [parts.button(speaker.plain(f"reflection.{key}"), action, answer.id) for action, key in offered.items()]
    if answer.state == "undecided":
        return settling
    change, withdraw = ("go_on", "drop") if answer.state == "draft" else ("change", "withdraw")
    return [
        *settling,
        parts.button(speaker.plain(f"reflection.{change}"), names.CHANGE_REFLECTION, answer.id),
        parts.button(
            speaker.plain(f"reflection.{withdraw}"),
            names.WITHDRAW_REFLECTION,
            answer.id,
            confirm=_sure(speaker, withdraw),
        ),
    ]


def _sure(speaker: Speaker, what: str) -> Json:
    asked, text = speaker.plain(f"reflection.{what}_sure"), speaker.plain("reflection.withdraw_means")
    return parts.confirm(asked, text, speaker.plain(f"reflection.{what}"), speaker.plain("common.cancel"))


def _field(speaker: Speaker, number: int, text: str) -> Json:
    label = speaker.plain("reflection.your_answer") if number == 1 else speaker.plain("reflection.going_on")
    hint = speaker.plain("reflection.hint") if number == 1 else ""
    element = parts.text_field(multiline=True, initial=text)
    return parts.input_block(field_id(number), label, element, hint=hint, optional=number > 1)


def _window(
    speaker: Speaker, blocks: list[Json], pointers: Json, close: str = "common.close", submit: str = ""
) -> Json:
    """Every state of the window has one callback id, so that one takes the place of another."""
    title = speaker.plain("reflection.title")
    return parts.modal(names.REFLECTION, title, blocks, pointers=pointers, close=speaker.plain(close), submit=submit)


def _large(question: str) -> list[Json]:
    """The question as large as Slack can: a header, and what does not fit in it, whole sentences, in bold."""
    head = question
    while len(head) > _HEADER and (ends := [end.end() for end in re.finditer(r"[.?!…](?=\s)", head[:-1])]):
        head = head[: ends[-1]]
    if len(head) > _HEADER:
        return [parts.section(_bold(question))]
    rest = question[len(head) :].strip()
    return [parts.header(head), *([parts.section(_bold(rest))] if rest else [])]


def _bold(question: str) -> Mrkdwn:
    return Mrkdwn(f"*{parts.split(question)[0]}*")
