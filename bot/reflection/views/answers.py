"""The window of the weekly question as one member sees it: the form to answer in, and the page of their answers."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.common_fields import language_field
from bot.core.parts import MOST_FIELDS, Json
from bot.reflection.rules import DECIDED_STATES
from bot.reflection.surfaces import COLLEAGUE, AnswerForm, ColleagueForm, field_id
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention

_KEEP, _SEND = {names.KEEP_REFLECTION: "keep"}, {names.SEND_REFLECTION: "send"}
_SHARE, _NAMELESS = {names.SHARE_REFLECTION: "share"}, {names.NAMELESS_REFLECTION: "share_nameless"}
# Slack's limits for a view are 100 blocks and 250 kB; a way back and the buttons at the end come on top.
_MOST_BLOCKS, _MOST_BYTES = 90, 200_000
# What can become of an answer in each state: the buttons, and the keys of the words on them.
_VISIBILITY: dict[str, dict[str, str]] = {
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


@dataclass(frozen=True)
class AnswersPage:
    """Answers of the reader's own to one question, the newest first; the journal has those that are not here.

    `nameless` offers to share without a name; somebody who `may_bring` a case can begin one with what they wrote.
    """

    answers: Sequence[OwnAnswer]
    nameless: bool = False
    may_bring: bool = False
    has_more: bool = False


def answer_form(
    speaker: Speaker, question: Question, form: AnswerForm, chosen_language: str | None, *, may_wait: bool = True
) -> Json:
    """The form to write in: one field for each text, and room for more; it can be kept as a draft if it `may_wait`.

    Somebody without a `chosen_language` is asked for theirs.
    """
    more = parts.button(speaker.plain("reflection.more_room"), names.MORE_ROOM)
    draft = parts.button(speaker.plain("reflection.as_draft"), names.DRAFT_REFLECTION)
    buttons = ([more] if len(form.texts) < MOST_FIELDS else []) + ([draft] if may_wait else [])
    blocks = [
        parts.section(bold_question(question.text)),
        *(_field(speaker, number, text) for number, text in enumerate(form.texts, start=1)),
        *([parts.actions(*buttons)] if buttons else []),
        parts.context(speaker.mrkdwn("reflection.first_for_you")),
        *language_field(speaker, chosen_language),
    ]
    known = form.to_metadata()
    return parts.modal(speaker, names.ANSWER_FORM, "reflection.title", blocks, known, submit="reflection.submit")


def answers_page(speaker: Speaker, question: Question, page: AnswersPage) -> Json:
    """The reader's own answers, as many as fit, each with what can be done with it; and the way to all of them."""
    blocks, has_more = [parts.context(Mrkdwn(parts.split(question.text)[0]))], page.has_more
    for number, answer in enumerate(page.answers):
        more = [*blocks, *_answer(speaker, answer, page)]
        if number and (len(more) > _MOST_BLOCKS or len(json.dumps(more)) > _MOST_BYTES):
            has_more = True
            break
        blocks = more
    journal = parts.button(speaker.plain("reflection.in_journal"), names.JOURNAL)
    return _page(speaker, [*blocks, *([parts.divider(), parts.actions(journal)] if has_more else [])])


def choose_colleague_form(speaker: Speaker, form: ColleagueForm) -> Json:
    """The form that asks which colleague an answer goes to."""
    field = parts.input_block(COLLEAGUE, speaker.plain("reflection.colleague"), parts.person())
    blocks = [field, parts.context(speaker.mrkdwn("reflection.nobody_else"))]
    known, submit = form.to_metadata(), "reflection.send_submit"
    return parts.modal(speaker, names.COLLEAGUE_FORM, "reflection.title", blocks, known, submit=submit)


def answer_withdrawn_page(speaker: Speaker) -> Json:
    """The page after somebody took their answer back."""
    return _page(speaker, [parts.section(speaker.mrkdwn("reflection.withdrawn"))])


def bold_question(question: str) -> Mrkdwn:
    """A question in bold, as far as one section holds it."""
    return Mrkdwn(f"*{parts.split(question)[0]}*")


def _answer(speaker: Speaker, answer: OwnAnswer, page: AnswersPage) -> list[Json]:
    whom = {"person": mention(answer.to)} if answer.to else {}
    return [
        parts.divider(),
        parts.section(speaker.mrkdwn(f"reflection.now_{answer.state}", **whom)),
        *(parts.section(piece) for piece in parts.split(answer.text)),
        parts.context(Mrkdwn("\n".join(_what_choices_mean(speaker, answer, nameless=page.nameless)))),
        parts.actions(*_choices(speaker, answer, nameless=page.nameless)),
        *_further(speaker, answer, may_bring=page.may_bring),
    ]


def _what_choices_mean(speaker: Speaker, answer: OwnAnswer, *, nameless: bool) -> Iterator[Mrkdwn]:
    yield speaker.mrkdwn(f"reflection.choices_{answer.state}")
    if nameless and names.NAMELESS_REFLECTION in _VISIBILITY[answer.state]:
        yield speaker.mrkdwn("reflection.choices_without_name")
    if answer.state == "undecided":
        yield speaker.mrkdwn("reflection.choices_none")


def _further(speaker: Speaker, answer: OwnAnswer, *, may_bring: bool) -> list[Json]:
    """A decided answer can become an insight; somebody who `may_bring` a case can begin one with it."""
    if answer.state not in DECIDED_STATES:
        return []
    insight = parts.button(speaker.plain("insight.make"), names.MAKE_INSIGHT, answer.id)
    case = parts.button(speaker.plain("reflection.as_case"), names.REFLECTION_AS_CASE, answer.id)
    return [parts.actions(insight, *([case] if may_bring else []))]


def _choices(speaker: Speaker, answer: OwnAnswer, *, nameless: bool) -> list[Json]:
    """What can be done now. The choices are side by side and none is preset: it is the writer who chooses."""
    offered = {
        action: key
        for action, key in _VISIBILITY[answer.state].items()
        if nameless or action != names.NAMELESS_REFLECTION
    }
    choices = [parts.button(speaker.plain(f"reflection.{key}"), action, answer.id) for action, key in offered.items()]
    if answer.state == "undecided":
        return choices
    change, withdraw = ("go_on", "drop") if answer.state == "draft" else ("change", "withdraw")
    asked, means = f"reflection.{withdraw}_sure", "reflection.withdraw_means"
    confirm = parts.confirm(speaker, asked, means, f"reflection.{withdraw}")
    return [
        *choices,
        parts.button(speaker.plain(f"reflection.{change}"), names.CHANGE_REFLECTION, answer.id),
        parts.button(speaker.plain(f"reflection.{withdraw}"), names.WITHDRAW_REFLECTION, answer.id, confirm=confirm),
    ]


def _field(speaker: Speaker, number: int, text: str) -> Json:
    label = speaker.plain("reflection.your_answer") if number == 1 else speaker.plain("reflection.going_on")
    hint = speaker.plain("reflection.hint") if number == 1 else ""
    element = parts.text_field(multiline=True, initial=text)
    return parts.input_block(field_id(number), label, element, hint=hint, optional=number > 1)


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.ANSWERS_PAGE, "reflection.title", blocks)
