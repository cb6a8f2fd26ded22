"""The form in which somebody writes in a step: what is asked, what they wrote before, and room for more."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.text import first_sentence
from bot.intervision.form_surfaces import ASIDE
from bot.intervision.rules.readers import visibility
from bot.intervision.surfaces import StepButton
from bot.intervision.views.fields import FieldRoom, has_more_room, labelled_fields, one_text
from bot.intervision.views.instruction import how_to_write
from bot.intervision.views.text import Said, text_blocks
from bot.intervision.views.words import kind_name, rating_name, written_name
from bot.library.enums import Kind, Names, Rating
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape, mention

# A view holds a hundred blocks and 250,000 bytes; the others come when these are sent.
_MOST_BLOCKS = 88
_MOST_BYTES = 150_000
# What one reacts to leaves the field in view, and the whole of it is in the thread.
_MOST_BLOCKS_BEFORE = 24
_MOST_BYTES_BEFORE = 30_000
# With a longer example the form is no longer short: it is behind the button, with the whole instruction.
_LONGEST_WITH_EXAMPLE = 180
# Slack's limit for the title of a form.
_LONGEST_TITLE = 24
# What the others wrote leaves room to write oneself: the rest of it is a press away.
_MOST_BLOCKS_ALONG = 40
_MOST_BYTES_ALONG = 60_000


@dataclass(frozen=True)
class Quote:
    """What somebody else wrote. `author` is a Slack id, or None where names are hidden."""

    author: str | None
    text: Said


@dataclass(frozen=True)
class FormSlot:
    """One contribution in the form: `id` says which, `fields` how many text fields each of its texts has room for.

    `text` was written before; in a step with fields, `answers` by their keys. Where a step rates there is neither:
    `rating` is what was chosen before. `kind` is that of what was written before; a new one has None and chooses among
    those of the step. `asked` is the question of the intake that it answered, and is empty for what was written in the
    step itself. `offered` is the kind that is chosen already.
    """

    id: str
    fields: int = 1
    kind: str | None = None
    text: str = ""
    about: Quote | None = None
    rating: str | None = None
    asked: str = ""
    offered: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ContributionForm:
    """Everything in the form. `aside` is the advice this person set aside, None where there is no place for that.

    `reacts_to` is what was written before in the same numbered step. `others` is what the others wrote in this one,
    of which `leafed` were leafed past. `again` is as in `views.card`.
    `has_draft`: something in it was written before and not sent.
    """

    step: Step
    heading: str
    slots: Sequence[FormSlot]
    can_add: bool
    until: str
    others: Sequence[Quote] = ()
    aside: str | None = None
    live: bool = False
    leafed: int = 0
    again: str = ""
    reacts_to: Sequence[Quote] = ()
    has_draft: bool = False


def contribution_form(speaker: Speaker, page: ContributionForm, pointers: Json) -> Json:
    """The form: one sentence, what one reacts to, the fields, who reads it when; below that what helps.

    What is typed stays when room is added, since fields keep their names.
    """
    ask = first_sentence(page.step.ask.in_(speaker.language))
    top = [*map(parts.section, parts.split(ask)), *_reacted_to(speaker, page)]
    below = [parts.context(*_who_reads(speaker, page)), *_along(speaker, page), *_helping(speaker, page, pointers)]
    if page.aside is not None:
        below.insert(0, _for_later(speaker, page.aside))
    blocks = [*top, *_fitting(speaker, page, _MOST_BLOCKS - len(top) - len(below)), *below]
    form = parts.modal(speaker, names.CONTRIBUTION_FORM, "case.form_title", blocks, pointers, submit="case.form_submit")
    name = page.step.name.in_(speaker.language)
    title = {"title": parts.plain(name)} if len(name) <= _LONGEST_TITLE else {}
    # What is written is kept when it is closed unsent, where Slack says what that is.
    return {**form, **title, "notify_on_close": True}


def _reacted_to(speaker: Speaker, page: ContributionForm) -> list[Json]:
    """What was written before in the same numbered step, as far as it leaves the field in view."""
    blocks = list[Json]()
    for quote in page.reacts_to:
        more = [*blocks, *_quote(speaker, quote)]
        if blocks and (len(more) > _MOST_BLOCKS_BEFORE or len(json.dumps(more)) > _MOST_BYTES_BEFORE):
            return [*blocks, parts.context(speaker.mrkdwn("case.form_rest_in_thread"))]
        blocks = more
    return blocks


def _helping(speaker: Speaker, page: ContributionForm, pointers: Json) -> list[Json]:
    """One row of buttons: one more, more room, and the whole instruction with its examples."""
    buttons = list[Json]()
    if page.can_add:
        buttons.append(parts.button(speaker.plain("case.form_one_more"), names.ONE_MORE))
    if any(has_more_room(slot.fields, slot.text, slot.answers, page.step.fields) for slot in _written(page)):
        buttons.append(parts.button(speaker.plain("case.form_more_room"), names.MORE_ROOM_FOR))
    pointer = StepButton(str(pointers.get("case")), str(pointers.get("step"))).to_value()
    buttons.append(parts.button(speaker.plain("case.form_whole"), names.WHOLE_INSTRUCTION, pointer))
    return [parts.actions(*buttons, parts.button(speaker.plain("case.form_draft"), names.CONTRIBUTION_DRAFT))]


def _written(page: ContributionForm) -> Sequence[FormSlot]:
    """The places that have a text; a rating has none."""
    return () if Kind.RATING in page.step.kinds else page.slots


def _fitting(speaker: Speaker, page: ContributionForm, room: int) -> list[Json]:
    """The slots that fit in one view; the others are asked for when these are sent."""
    blocks: list[Json] = []
    number = 0
    for slot in page.slots:
        number += not slot.asked
        more = [*blocks, *_slot(speaker, page, slot, number)]
        if blocks and (len(more) > room or len(json.dumps(more)) > _MOST_BYTES):
            return [*blocks, parts.section(speaker.mrkdwn("case.form_others_later"))]
        blocks = more
    return blocks


def _counts(page: ContributionForm) -> bool:
    """Whether places have a number: where there are several, or may be."""
    return page.can_add or len(page.slots) > 1


def _slot(speaker: Speaker, page: ContributionForm, slot: FormSlot, number: int) -> Iterator[Json]:
    kinds = page.step.kinds
    if Kind.RATING in kinds:
        yield from _rated(speaker, slot, number)
        return
    if slot.about:
        yield from _quote(speaker, slot.about)
    if slot.kind is None and len(kinds) > 1:
        options = [parts.option(kind_name(speaker, one.value), one.value) for one in kinds]
        label = speaker.plain("case.form_kind", which=f" ({number})" if _counts(page) else "")
        yield parts.input_block(f"kind:{slot.id}", label, parts.radios(options, slot.offered or kinds[0].value))
    kind = slot.kind or (kinds[0].value if len(kinds) == 1 else "")
    word = written_name(speaker, page.step, kind) if kind else speaker.plain("case.form_text")
    room = FieldRoom(slot.id, slot.fields, slot.text, slot.answers, again=slot.kind is not None)
    if slot is page.slots[0] and len(kinds) == 1:
        room = replace(room, good=_short_example(speaker, page.step))
    if page.step.fields and not slot.asked:
        if page.step.per_person.max != 1:
            yield parts.context(Mrkdwn(escape(f"{word} {number}", Mrkdwn)))
        yield from labelled_fields(speaker, room, page.step.fields)
    else:
        yield from one_text(speaker, room, slot.asked or (f"{word} {number}" if _counts(page) else word))


def _short_example(speaker: Speaker, step: Step) -> str:
    """The good example, where it and the sentence above the field are short enough to be read at a glance."""
    good = step.good.in_(speaker.language) if step.good else ""
    ask = first_sentence(step.ask.in_(speaker.language))
    return good if len(ask) + len(good) <= _LONGEST_WITH_EXAMPLE else ""


def _along(speaker: Speaker, page: ContributionForm) -> list[Json]:
    """What the others wrote, as far as it fits, and a button for what comes after that."""
    if not page.others:
        return []
    first = page.leafed if page.leafed < len(page.others) else 0
    blocks, until = [parts.context(speaker.mrkdwn("case.form_along"))], first
    for quote in page.others[first:]:
        more = [*blocks, *_quote(speaker, quote)]
        if until > first and (len(more) > _MOST_BLOCKS_ALONG or len(json.dumps(more)) > _MOST_BYTES_ALONG):
            break
        blocks, until = more, until + 1
    left = len(page.others) - until
    if left or first:
        label = speaker.plain("case.form_read_on", left=left) if left else speaker.plain("case.form_read_again")
        blocks.append(parts.actions(parts.button(label, names.READ_ON, str(until if left else 0))))
    return blocks


def _rated(speaker: Speaker, slot: FormSlot, number: int) -> list[Json]:
    """A question, without the name of who asked it, and what it does to the owner."""
    assert slot.about, "only questions are rated"
    chosen = parts.radios([parts.option(rating_name(speaker, each), each) for each in Rating], slot.rating)
    label = speaker.plain("case.form_rating", number=number)
    return [
        parts.divider(),
        *text_blocks(slot.about.text),
        parts.input_block(f"rate:{slot.id}", label, chosen, optional=True),
    ]


def _for_later(speaker: Speaker, text: str) -> Json:
    field = parts.text_field(multiline=True, initial=text)
    label, hint = speaker.plain("case.aside"), speaker.plain("case.aside_hint")
    return parts.input_block(ASIDE, label, field, hint=hint, optional=True)


def _quote(speaker: Speaker, quote: Quote) -> list[Json]:
    by = speaker.mrkdwn("case.form_somebody") if quote.author is None else mention(quote.author)
    return [parts.context(by), *text_blocks(quote.text)]


def _who_reads(speaker: Speaker, page: ContributionForm) -> Iterator[Mrkdwn]:
    if page.has_draft:
        yield speaker.mrkdwn("case.form_is_draft")
    yield speaker.mrkdwn(_readers(page), until=page.until)
    if page.step.names == Names.HIDDEN:
        yield speaker.mrkdwn("case.form_nameless")
    yield from how_to_write(speaker, page.step)


def _readers(page: ContributionForm) -> str:
    """The key of the words for who reads this, and until when it can be changed."""
    if page.again == "put_back":
        return "again.form_put_back"
    how = visibility(page.step)
    return f"live.form_reads_{how}" if page.live else f"case.form_reads_{how}"
