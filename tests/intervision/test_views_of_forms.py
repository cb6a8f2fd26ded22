"""The form of a step is short, and what one reads after sending it is a line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.parts import Json
from bot.intervision.choose_method import describe_method
from bot.intervision.intake import intake_method
from bot.intervision.intake_surfaces import IntakeAnswers
from bot.intervision.rules.readers import Visibility, visibility
from bot.intervision.views.form import ContributionForm, FormSlot, Quote, contribution_form
from bot.intervision.views.intake import IntakeChoice, MethodChoices, Written, method_form, story_form
from bot.intervision.views.receipt import KeptWords, kept_receipt, passed_receipt
from bot.library.enums import QUESTIONS
from bot.library.protocol import Step
from bot.library.reading import load_library
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
LIBRARY = load_library()
PROTOCOLS = LIBRARY.protocols
STEPS = [step for protocol in PROTOCOLS.values() for step in protocol.steps]
WORDS_AROUND_FIELDS = 120
MONDAY = datetime(2026, 11, 9, 16, tzinfo=UTC)
# What we know of a form, and the choice that is made already: it is among the choices.
UNREAD = ("private_metadata", "initial_option")
everywhere = pytest.mark.parametrize("language", LANGUAGES)


@everywhere
def test_what_one_reads_after_sending_is_a_line(language):
    speaker = WORDS[language]
    lines = [passed_receipt(speaker, None), passed_receipt(speaker, "maandag")]
    for how in set(Visibility) - {Visibility.NOTHING}:
        keys = f"receipt.{how}", f"live.kept_{how}", f"case.form_reads_{how}", f"live.form_reads_{how}"
        assert all(speaker.mrkdwn(key, until="maandag") for key in keys)
        step = next((each for each in STEPS if visibility(each) == how), None)
        if step is None or step.reading_only:
            continue
        kept = KeptWords(step, MONDAY, "Europe/Brussels", left_open=2, room_left=1)
        so = (
            kept,
            replace(kept, closes_at=None),
            replace(kept, has_words=False),
            replace(kept, live=True, has_words=False),
        )
        lines += [kept_receipt(speaker, one) for one in so]
        for again in ("", "open", "put_back"):
            lines.append(kept_receipt(speaker, replace(kept, again=again)))
            page = ContributionForm(step, "Stap", [FormSlot("new-1")], False, "maandag", again=again)
            assert check_view(contribution_form(speaker, page, {})) == []
    for line in lines:
        check_message(line.as_message())
        assert "\n" not in line.words() and len(line.words().split()) <= 60


@everywhere
@pytest.mark.parametrize("method", PROTOCOLS)
def test_a_form_has_few_words_around_its_fields_in_every_step(language, method):
    speaker = WORDS[language]
    for step in PROTOCOLS[method].steps:
        if step.reading_only:
            continue
        for page in _pages(step):
            form = contribution_form(speaker, page, {"case": "c", "step": step.key})
            assert _count(form) <= WORDS_AROUND_FIELDS, (step.key, list(_texts(form)))
            first = next(number for number, block in enumerate(form["blocks"]) if block["type"] == "input")
            assert first <= 3, "one sentence and what one reacts to come before the field"


def _pages(step: Step) -> Iterator[ContributionForm]:
    """Nothing written yet, advice set aside beside it, and several to answer."""
    until = "donderdag 26 november om 17:00"
    fresh = ContributionForm(step, "Stap 2a van 5", [FormSlot("new-1")], step.about is None, until)
    if step.about is None:
        yield fresh
        if QUESTIONS.issuperset(step.kinds):
            yield replace(fresh, aside="")
        yield replace(fresh, slots=[FormSlot("own-1", kind=step.kinds[0].value, text="")])
    else:
        yield replace(fresh, slots=[FormSlot("about-1", about=Quote(None, ""))])


def _texts(found: object) -> Iterator[str]:
    """All that is read in a form, whatever it is a part of; of a list that unfolds, what is chosen."""
    if isinstance(found, dict):
        read: dict[str, Any] = found.get("initial_option", {}) if found.get("type") == "static_select" else found
        if isinstance(read.get("text"), str):
            yield read["text"]
        yield from (text for name, value in read.items() if name not in UNREAD for text in _texts(value))
    if isinstance(found, list):
        yield from (text for one in found for text in _texts(one))


@everywhere
@pytest.mark.parametrize("method", PROTOCOLS)
def test_the_two_forms_of_the_intake_have_few_words_around_their_fields(language, method):
    speaker, protocol = WORDS[language], PROTOCOLS[method]
    entry = describe_method(speaker, protocol, PROTOCOLS)
    asked = intake_method(protocol, IntakeAnswers(), speaker)
    contact = "Vertrouwenspersoon: 016 00 00 00"
    for chosen_language in (None, "nl"):
        about: dict[str, Any] = {
            "method": asked,
            "theme": "",
            "open_cases": 2,
            "chosen_language": chosen_language,
            "pointers": {},
        }
        choosing = MethodChoices([], "", [entry], [IntakeChoice(method, entry.name)])
        assert _count(method_form(speaker, [], choosing, **about)) <= WORDS_AROUND_FIELDS
    for wish in LIBRARY.wishes:
        advised = [describe_method(speaker, PROTOCOLS[key], PROTOCOLS) for key in wish.methods]
        about["method"] = intake_method(PROTOCOLS[wish.methods[0]], IntakeAnswers(), speaker)
        choosing = MethodChoices([IntakeChoice(wish.key, wish.wish.in_(language))], wish.key, advised, [])
        assert _count(method_form(speaker, [], choosing, **about)) <= WORDS_AROUND_FIELDS
    for in_series in {False, protocol.series is not None}:
        form = story_form(speaker, asked, Written(), in_series=in_series, contact=contact, pointers={})
        assert _count(form) <= WORDS_AROUND_FIELDS, list(_texts(form))
        assert form["blocks"][1]["type"] == "input"


def _count(form: Json) -> int:
    return len([word for word in " ".join(_texts(form)).split() if any(map(str.isalnum, word))])
