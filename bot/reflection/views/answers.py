"""The window of the weekly question as one member sees it: the form to answer in, and the page of their answers."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.common_fields import language_field
from bot.core.parts import MOST_FIELDS, Json
from bot.reflection.rules import DECIDED_STATES
from bot.reflection.surfaces import COLLEAGUE, READERS, SENT, AnswerForm, ColleagueForm, field_id
from bot.reflection.views.readers import who_reads_button
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


@dataclass(frozen=True)
class AnswerFormOptions:
    """What the form to answer in offers: a draft if it `may_wait`, and for whom it can be (nobody is asked: empty).

    `language` is the one that its reader chose for themselves, if any.
    """

    may_wait: bool = True
    readers: Sequence[str] = ()
    language: str | None = None


def answer_form(speaker: Speaker, question: Question, form: AnswerForm, options: AnswerFormOptions) -> Json:
    """The form to write in: one field for each text, and for whom it is; nothing is preset.

    Somebody without a language of their own is asked for theirs.
    """
    blocks = [
        parts.section(bold_question(question.text)),
        *(_field(speaker, number, text) for number, text in enumerate(form.texts, start=1)),
        *(_readers(speaker, form, options.readers) if options.readers else ()),
        *language_field(speaker, options.language),
        parts.actions(*_form_buttons(speaker, form, options)),
    ]
    known, submit = form.to_metadata(), "reflection.done" if options.readers else "reflection.submit"
    return parts.modal(speaker, names.ANSWER_FORM, "reflection.title", blocks, known, submit=submit)


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


def answer_kept(speaker: Speaker, answer: OwnAnswer) -> Mrkdwn:
    """One line for its writer: who reads it, and how it can be changed."""
    whom = {"person": mention(answer.to)} if answer.to else {}
    return speaker.mrkdwn(f"reflection.receipt_{answer.state}", **whom)


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


def _readers(speaker: Speaker, form: AnswerForm, offered: Sequence[str]) -> Iterator[Json]:
    """For whom it is, and once it is for one colleague, which."""
    choice = parts.radios([_reader_option(speaker, each) for each in offered], form.readers)
    yield parts.input_block(READERS, speaker.plain("reflection.for_whom"), choice, dispatches=names.CHOOSE_READERS)
    if form.readers == SENT:
        whom = parts.person(form.colleague or None)
        yield parts.input_block(COLLEAGUE, speaker.plain("reflection.colleague"), whom)


def _reader_option(speaker: Speaker, readers: str) -> Json:
    option = parts.option(speaker.plain(f"reflection.for_{readers}"), readers)
    return {**option, "description": parts.plain(speaker.plain(f"reflection.means_{readers}"))}


def _form_buttons(speaker: Speaker, form: AnswerForm, options: AnswerFormOptions) -> Iterator[Json]:
    if len(form.texts) < MOST_FIELDS:
        yield parts.button(speaker.plain("reflection.more_room"), names.MORE_ROOM)
    if options.may_wait:
        yield parts.button(speaker.plain("reflection.as_draft"), names.DRAFT_REFLECTION)
    yield who_reads_button(speaker)


def _field(speaker: Speaker, number: int, text: str) -> Json:
    label = speaker.plain("reflection.your_answer") if number == 1 else speaker.plain("reflection.going_on")
    hint = speaker.plain("reflection.hint") if number == 1 else ""
    element = parts.text_field(multiline=True, initial=text)
    return parts.input_block(field_id(number), label, element, hint=hint, optional=number > 1)


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.ANSWERS_PAGE, "reflection.title", blocks)
