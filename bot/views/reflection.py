"""The weekly question: its card, and the window in which somebody answers it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.views import language, names, parts
from bot.views.parts import Json
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention

# Slack's longest header.
_HEADER = 150
# Four fields hold 12,000 characters; who has more to say can go on for two more.
MOST_FIELDS = 6


@dataclass(frozen=True)
class Question:
    """What a round asks, in the reader's language. `has_students`: students occur in answers to it."""

    text: str
    theme: str
    has_students: bool = False


@dataclass(frozen=True)
class Answer:
    """One answer of the reader's own: `state` is undecided, kept or shared."""

    id: str
    text: str
    state: str


def card(say: Speaker, question: Question, round_id: str, *, author: str = "", chooser: str = "") -> Json:
    """The question as it stands in the channel, with what is kept said before anybody answers.

    `author` proposed it and `chooser` chose it, where they want to be named.
    """
    blocks = [
        parts.context(say.mrkdwn("reflection.this_week", theme=question.theme), *_from(say, author, chooser)),
        *_large(question.text),
        *([parts.context(say.mrkdwn("reflection.with_students"))] if question.has_students else []),
        parts.actions(parts.button(say.plain("reflection.answer"), names.ANSWER, round_id, style="primary")),
        parts.context(say.mrkdwn("reflection.what_is_kept")),
        parts.context(say.mrkdwn("reflection.who_could_see")),
    ]
    return parts.message(say.plain("reflection.card_headline"), blocks)


def form(say: Speaker, question: Question, texts: Sequence[str], pointers: Json, chosen_language: str | None) -> Json:
    """The window to write in: one field for each of `texts`, and room for more."""
    fields = [_field(say, number, text) for number, text in enumerate(texts, start=1)]
    more = parts.button(say.plain("reflection.more_room"), names.MORE_ROOM)
    blocks = [
        parts.section(_bold(question.text)),
        *fields,
        *([parts.actions(more)] if len(texts) < MOST_FIELDS else []),
        parts.context(say.mrkdwn("reflection.first_for_you")),
        *language.asked(say, chosen_language),
    ]
    return _window(say, blocks, pointers, close="common.cancel", submit=say.plain("reflection.submit"))


def page(say: Speaker, question: Question, answers: Sequence[Answer], pointers: Json) -> Json:
    """The reader's own answers, each with what can be done with it."""
    blocks = [parts.context(Mrkdwn(parts.split(question.text)[0]))]
    for answer in answers:
        blocks += _own(say, answer)
    return _window(say, [*blocks, parts.context(say.mrkdwn("reflection.who_could_see"))], pointers)


def withdrawn(say: Speaker, pointers: Json) -> Json:
    """The page after somebody took their answer back."""
    return _window(say, [parts.section(say.mrkdwn("reflection.withdrawn"))], pointers)


def field_id(number: int) -> str:
    """The id of the field with this number, from 1."""
    return f"text_{number}"


def _from(say: Speaker, author: str, chooser: str) -> list[Mrkdwn]:
    """Whose question it is and who chose it; said once where that is the same person."""
    named = {"reflection.by_author": author, "reflection.by_chooser": chooser if chooser != author else ""}
    return [say.mrkdwn(key, person=mention(user)) for key, user in named.items() if user]


def _own(say: Speaker, answer: Answer) -> list[Json]:
    return [
        parts.divider(),
        parts.section(say.mrkdwn(f"reflection.now_{answer.state}")),
        *(parts.section(piece) for piece in parts.split(answer.text)),
        parts.context(say.mrkdwn(f"reflection.choices_{answer.state}")),
        parts.actions(*_choices(say, answer)),
    ]


def _choices(say: Speaker, answer: Answer) -> list[Json]:
    """What can be done now. Keeping and sharing stand side by side, neither preset: the choice is the writer's."""
    keep = parts.button(say.plain("reflection.keep"), names.KEEP_REFLECTION, answer.id)
    share = parts.button(say.plain("reflection.share"), names.SHARE_REFLECTION, answer.id)
    unshare = parts.button(say.plain("reflection.unshare"), names.KEEP_REFLECTION, answer.id)
    change = parts.button(say.plain("reflection.change"), names.CHANGE_REFLECTION, answer.id)
    withdraw = parts.button(
        say.plain("reflection.withdraw"), names.WITHDRAW_REFLECTION, answer.id, confirm=_sure(say),
    )
    settled = {"undecided": [keep, share], "kept": [share], "shared": [unshare]}
    return settled[answer.state] + ([] if answer.state == "undecided" else [change, withdraw])


def _sure(say: Speaker) -> Json:
    asked, text = say.plain("reflection.withdraw_sure"), say.plain("reflection.withdraw_means")
    return parts.confirm(asked, text, say.plain("reflection.withdraw"), say.plain("common.cancel"))


def _field(say: Speaker, number: int, text: str) -> Json:
    label = say.plain("reflection.your_answer") if number == 1 else say.plain("reflection.going_on")
    hint = say.plain("reflection.hint") if number == 1 else ""
    element = parts.text_field(multiline=True, initial=text)
    return parts.input_block(field_id(number), label, element, hint=hint, optional=number > 1)


def _window(say: Speaker, blocks: list[Json], pointers: Json, close: str = "common.close", submit: str = "") -> Json:
    """Every state of the window has one callback id, so that one takes the place of another."""
    title = say.plain("reflection.title")
    return parts.modal(names.REFLECTION, title, blocks, pointers=pointers, close=say.plain(close), submit=submit)


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
