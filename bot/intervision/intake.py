"""The two forms in which a case is brought: what they ask for each method, and what came back in them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.parts import Json, split_into_fields
from bot.core.services import Service
from bot.core.text import first_sentence
from bot.intervision.choose_method import describe_method
from bot.intervision.context import CaseContext
from bot.intervision.create import CaseIntake, read_intake
from bot.intervision.form_surfaces import clean_text
from bot.intervision.intake_surfaces import (
    STORY_FIELDS,
    TITLE_LENGTH,
    IntakeAnswers,
    IntakeFormState,
    intake_field_id,
    method_field,
)
from bot.intervision.rules.case import Case, story_step
from bot.intervision.surfaces import CaseForm
from bot.intervision.views import intake as views
from bot.intervision.views.card import step_heading
from bot.library.protocol import FormField, IntakeBox, Protocol
from bot.people.api import Draft
from bot.words import Speaker
from db.models import Circle, Member
from db.queries import intervision as cases

# What the form offers before anybody chose: a good start for a group, and for whoever knows no method yet.
_FIRST = "vijf_stappen"


class IntakeForms(Service):
    """The forms themselves, for a circle and one of its members."""

    def method_page(
        self, session: Session, circle: Circle, member: Member, form: IntakeFormState, asked: IntakeAnswers
    ) -> Json:
        """The first form, for the method that was chosen, or for the first."""
        speaker = self._services.speaker_for(circle, member)
        chosen = self._services.library.protocols.get(asked.method) or self._advised(asked)[0]
        return views.method_form(
            speaker,
            self._themes(speaker),
            self._choosing(speaker, asked, chosen),
            method=intake_method(chosen, asked, speaker),
            theme=asked.theme,
            open_cases=len(cases.open_cases_of(session, member)),
            chosen_language=member.language,
            pointers=replace(form, method="", theme="", wish="").to_metadata(),
        )

    def story_page(
        self, circle: Circle, member: Member, form: IntakeFormState, asked: IntakeAnswers, *, is_draft: bool = False
    ) -> Json:
        """The second form, for the method that was chosen, with what was written already."""
        protocol = self._services.library.protocols.get(form.method)
        if protocol is None:
            raise Refusal("common.outdated")
        speaker = self._services.speaker_for(circle, member)
        written = views.Written(asked.title, asked.question, is_draft)
        return self._story_page(speaker, circle, protocol, form, asked, written)

    def page_in_series(self, circle: Circle, member: Member, first: Case, form: IntakeFormState, draft: Draft) -> Json:
        """The same form for whoever joins a series: the method and the theme were chosen by whoever began it."""
        speaker, asked = self._services.speaker_for(circle, member), IntakeAnswers.from_fields(draft.fields)
        written = views.Written(asked.title, asked.question, is_draft=bool(asked.texts))
        return self._story_page(speaker, circle, first.protocol, form, asked, written, member.language)

    def _story_page(
        self,
        speaker: Speaker,
        circle: Circle,
        protocol: Protocol,
        form: IntakeFormState,
        asked: IntakeAnswers,
        written: views.Written,
        language: str | None = None,
    ) -> Json:
        method = intake_method(protocol, asked, speaker, wide=bool(form.wide))
        answers = asked.answers_for(protocol)
        return views.story_form(
            speaker,
            replace(method, fields=[replace(one, answer=answers.get(one.key, "")) for one in method.fields]),
            written,
            in_series=bool(form.series),
            contact=circle.contact or "",
            chosen_language=language,
            pointers=form.to_metadata(),
        )

    def page_to_change(self, context: CaseContext, member: Member) -> Json:
        """The same form for the owner of a case that did not begin, with what it says."""
        speaker, intake = self._services.speaker_for(context.circle, member), read_intake(context)
        asked = IntakeAnswers(fields=dict(zip(STORY_FIELDS, split_into_fields(intake.story), strict=False)))
        method = intake_method(context.case.protocol, asked, speaker)
        answered = [replace(one, answer=intake.fields.get(one.key, "")) for one in method.fields]
        return views.change_intake_form(
            speaker,
            replace(method, fields=answered),
            title=intake.title,
            question=intake.question,
            themes=[] if context.row.series else self._themes(speaker),
            theme=context.row.theme,
            pointers=CaseForm(context.row.id).to_metadata(),
        )

    def find_mistakes(self, asked: IntakeAnswers, chosen: Protocol | None = None) -> dict[str, str]:
        """Which fields cannot be, with the key of the text that says why; the method may be `chosen` already."""
        protocol = chosen or self._services.library.protocols.get(asked.method)
        checks = {
            "title": 0 < len(clean_text(asked.title)) <= TITLE_LENGTH,
            "question": bool(clean_text(asked.question)),
            "theme": chosen is not None or asked.theme in self._services.library.themes,
            "method": protocol is not None,
        }
        wrong = {name: f"case.wrong_{name}" for name, fine in checks.items() if not fine}
        if protocol:
            empty_boxes = (name for name in _required(protocol) if not clean_text(asked.fields.get(name)))
            wrong |= dict.fromkeys(empty_boxes, "case.wrong_story")
            given = asked.answers_for(protocol)
            empty = (one.key for one in protocol.fields if one.required and one.key not in given)
            wrong |= {intake_field_id(key): "case.wrong_field" for key in empty}
        return wrong

    def find_wrong_choices(self, asked: IntakeAnswers) -> dict[str, str]:
        """Which choices of the first form cannot be, with the key of the text that says why."""
        wrong = {}
        if asked.method not in self._services.library.protocols:
            wrong[method_field(asked.wish)] = "case.wrong_method"
        if asked.theme not in self._services.library.themes:
            wrong["theme"] = "case.wrong_theme"
        return wrong

    def _choosing(self, speaker: Speaker, asked: IntakeAnswers, chosen: Protocol) -> views.MethodChoices:
        advised, library, known = self._advised(asked), self._services.library, self._services.library.protocols
        others = [one for one in known.values() if one not in advised]
        return views.MethodChoices(
            wishes=[views.IntakeChoice(one.key, one.wish.in_(speaker.language)) for one in library.wishes],
            wish=asked.wish,
            advised=[describe_method(speaker, one, known) for one in (advised if asked.wish else [chosen])],
            methods=[views.IntakeChoice(one.key, one.name.in_(speaker.language)) for one in (*advised, *others)],
        )

    def _advised(self, asked: IntakeAnswers) -> list[Protocol]:
        """The methods that give what the owner wants; a good start for anybody, as long as that is not said."""
        protocols = self._services.library.protocols
        keys = next((one.methods for one in self._services.library.wishes if one.key == asked.wish), (_FIRST,))
        return [protocols[key] for key in keys if key in protocols] or [next(iter(protocols.values()))]

    def _themes(self, speaker: Speaker) -> list[views.IntakeChoice]:
        themes = self._services.library.themes.items()
        return [views.IntakeChoice(key, name.in_(speaker.language)) for key, name in themes]


def to_intake(asked: IntakeAnswers, protocol: Protocol) -> CaseIntake:
    """What a form that was sent says, as it is kept."""
    return CaseIntake(clean_text(asked.title), clean_text(asked.question), asked.one_story, asked.answers_for(protocol))


def intake_method(
    protocol: Protocol, asked: IntakeAnswers, speaker: Speaker, *, wide: bool = False
) -> views.IntakeMethod:
    """What a method asks of its owner, with what was written of the story; `wide`: with room for a long one."""
    story = story_step(protocol)
    return views.IntakeMethod(
        key=protocol.key,
        name=protocol.name.in_(speaker.language),
        sentence=first_sentence(story.ask.in_(speaker.language)) if story else "",
        good=story.good.in_(speaker.language) if story and story.good else "",
        boxes=[*_boxes(protocol, asked, speaker, wide=wide)],
        fields=[_field(protocol, one, speaker) for one in protocol.fields],
        at_once=protocol.series.at_once if protocol.series else 0,
    )


def _boxes(protocol: Protocol, asked: IntakeAnswers, speaker: Speaker, *, wide: bool) -> Iterator[views.StoryBox]:
    """The boxes of the method; and more of them for a long story, or where more was written for another method."""
    own = [_box(name, box, speaker) for name, box in zip(STORY_FIELDS, _own_boxes(protocol), strict=False)]
    boxes = own or [views.StoryBox(STORY_FIELDS[0], _free_label(protocol, speaker))]
    more = [views.StoryBox(name, speaker.plain("case.intake_story_more"), required=False) for name in STORY_FIELDS]
    for box in (*boxes, *more[len(boxes) :]):
        text = asked.fields.get(box.field, "")
        if text or wide or box in boxes:
            yield replace(box, text=text)


def _own_boxes(protocol: Protocol) -> Sequence[IntakeBox]:
    return protocol.intake.boxes if protocol.intake else ()


def _box(name: str, box: IntakeBox, speaker: Speaker) -> views.StoryBox:
    hint = box.hint.in_(speaker.language) if box.hint else ""
    return views.StoryBox(name, box.label.in_(speaker.language), hint, box.required)


def _free_label(protocol: Protocol, speaker: Speaker) -> str:
    """What people call what the owner writes first: "Dilemma"."""
    story = story_step(protocol)
    label = story.label_in(speaker.language) if story else speaker.plain("case.kind_case_story")
    return label[:1].upper() + label[1:]


def _required(protocol: Protocol) -> Iterator[str]:
    """The boxes that may not stay empty."""
    boxes = _own_boxes(protocol)
    needed = (name for name, box in zip(STORY_FIELDS, boxes, strict=False) if box.required)
    return needed if boxes else iter(STORY_FIELDS[:1])


def _field(protocol: Protocol, asked: FormField, speaker: Speaker) -> views.IntakeField:
    until = protocol.step(asked.withheld_until) if asked.withheld_until else None
    return views.IntakeField(
        key=asked.key,
        label=asked.label.in_(speaker.language),
        scale=asked.scale,
        required=asked.required,
        withheld_until=step_heading(speaker, protocol.numbered(), until) if until else "",
    )
