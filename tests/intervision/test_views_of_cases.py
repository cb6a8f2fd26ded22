"""Every page, card and form of a case fits Slack's limits, in each language, however much there is to show."""

import json
from dataclasses import replace

import pytest

from bot.core.names import READ_ON
from bot.core.text import Text
from bot.intervision.rules.case import StopReason
from bot.intervision.rules.inviting import SELF_EVIDENT, asked_of_peers
from bot.intervision.rules.permissions import Reason
from bot.intervision.rules.readers import visibility
from bot.intervision.views import (
    case_page,
)
from bot.intervision.views import (
    closing as case_closing,
)
from bot.intervision.views import (
    form as case_form,
)
from bot.intervision.views import (
    intake as case_intake,
)
from bot.intervision.views import (
    invitation as case_invitation,
)
from bot.intervision.views import (
    my_cases as case_mine,
)
from bot.intervision.views import (
    opening as case_opening,
)
from bot.intervision.views import (
    remark as case_remark,
)
from bot.intervision.views import (
    reveal as case_reveal,
)
from bot.intervision.views import (
    start as case_start,
)
from bot.intervision.views import (
    text as case_said,
)
from bot.intervision.views.form import ContributionForm, FormSlot, Quote
from bot.intervision.views.method import MethodEntry
from bot.library.enums import Kind, Reveal, Role
from bot.library.protocol import FormField, PerPerson
from bot.library.reading import load_library
from bot.words import LANGUAGES, Mrkdwn, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
LIBRARY = load_library()
PROTOCOL = LIBRARY.protocols["vijf_stappen"]
LONG = "&<!channel> regel\n" * 700
PEOPLE = [f"U0{number:08}" for number in range(30)]
ID = "0123456789abcdef"

everywhere = pytest.mark.parametrize("language", LANGUAGES)


@everywhere
@pytest.mark.parametrize("chosen", [None, "nl"])
def test_the_intake_form_fits(language, chosen):
    choices = [case_intake.IntakeChoice(str(number), "Naam " * 30) for number in range(40)]
    advised = [MethodEntry(str(number), "Naam " * 30, "Wanneer " * 200, "Klein " * 100) for number in range(3)]
    choosing = case_intake.MethodChoices(choices, "1", advised, choices)
    fields = [
        case_intake.IntakeField("outcome", "Wat " * 60, withheld_until="Stap 8 van 10 · " + "Naam " * 15),
        case_intake.IntakeField("mood", "Hoe voel je je?", scale=10, required=False),
    ]
    boxes = [case_intake.StoryBox(f"story_{number}", "Wat " * 60, "Zo " * 100, text="x" * 3000) for number in range(3)]
    full = case_intake.IntakeMethod("1", boxes, fields, sentence="Vertel " * 100)
    examples = case_intake.IntakeMethod("1", boxes[:1], sentence="Vertel.", good="Goed " * 40)
    long = case_intake.Written("T" * 120, "V" * 3000, is_draft=True)
    for method in (examples, full):
        first = case_intake.method_form(
            WORDS[language],
            choices,
            choosing,
            method=method,
            theme="3",
            open_cases=3,
            chosen_language=chosen,
            pointers={"form": ID},
        )
        second = case_intake.story_form(WORDS[language], method, long, contact="x" * 300, pointers={"form": ID})
        assert check_view(first) == [] and check_view(second) == []
    assert check_view(case_intake.what_not_to_write_page(WORDS[language], "x" * 300)) == []


@everywhere
@pytest.mark.parametrize("state", ["inviting", "running", "closed", "stopped"])
@pytest.mark.parametrize("full", [True, False])
def test_what_comes_before_the_start_fits(language, state, full):
    speaker = WORDS[language]
    kinds = [kind.value for kind in (Kind.ASSOCIATION, Kind.HYPOTHESIS, Kind.ADVICE)]
    told = case_invitation.CaseInvitation(ID, state, "M" * 100, "T" * 50, kinds, 10, 14, "26/11", "8/12", full, True)
    check_message(case_invitation.invitation_card(speaker, told))
    page = case_invitation.OwnersPage(
        ID, state, "<T>" * 40, PEOPLE if full else [], PEOPLE[0] if full else None, 2, full, None
    )
    check_message(case_invitation.owners_page(speaker, page))
    check_message(case_invitation.owners_page(speaker, replace(page, title="", place="C0123")))
    check_message(case_invitation.owners_page(speaker, replace(page, begins="maandag")))
    check_message(case_invitation.owners_page(speaker, replace(page, is_full=True)))
    check_message(case_invitation.invitation_card(speaker, replace(told, of_two=True)))
    for begins in (None, "maandag"):
        check_message(case_invitation.owners_page(speaker, replace(page, begins=begins, of_two=True)))


@everywhere
def test_the_page_of_a_case_fits(language):
    speaker, whole = WORDS[language], case_page.CasePage(ID, "<T>" * 40, "maandag", True, True, True, True, True)
    pages = (whole, replace(whole, of_two=True), replace(whole, in_series=True), case_page.CasePage(ID, ""))
    for page in (*(case_page.case_page(speaker, one) for one in pages), case_page.case_wiped_page(speaker)):
        assert check_view(page) == []


@everywhere
def test_what_a_colleague_is_asked_has_words_in_every_method(language):
    asked = {kind for protocol in load_library().protocols.values() for kind in asked_of_peers(protocol)}
    named = {*asked, *Kind} - SELF_EVIDENT - {Kind.PROBING_QUESTION}
    assert all(WORDS[language].plain(f"inviting.asked_{kind.value}") for kind in named)


@everywhere
def test_the_form_before_the_start_fits(language):
    steps = [
        case_start.StepChoice(f"s{n}", "Naam <&> " * 15, "Waarom <&> " * 60, included=n % 2 == 0) for n in range(12)
    ]
    for chosen in ([], steps[:1], steps):
        assert check_view(case_start.start_form(WORDS[language], ID, chosen)) == []


@everywhere
def test_the_pages_around_joining_fit(language):
    speaker = WORDS[language]
    both = (True, False)
    pages = [
        case_invitation.joined_page(speaker, ID, role, can_join=one, can_facilitate=one, can_observe=two)
        for role in ("peer", "facilitator", "observer")
        for one in both
        for two in both
    ]
    no_other = {"can_join": True, "can_facilitate": False, "can_observe": False}
    pages.append(case_invitation.joined_page(speaker, ID, "peer", **no_other, of_two=True))
    lefts = [case_invitation.left_post(speaker, of_two=of_two) for of_two in both]
    for page in (*pages, case_invitation.facilitator_taken_notice(speaker, ID), *lefts):
        assert check_view(page) == []
    for of_two in both:
        check_message(case_remark.first_remark(speaker, of_two=of_two))
    check_message(case_remark.remarks_still_there(speaker))


@everywhere
def test_live_the_forms_have_their_own_words(language):
    speaker = WORDS[language]
    for reveal in Reveal:
        step = PROTOCOL.step("core").model_copy(update={"reveal": reveal})
        page = ContributionForm(step, "Stap 2a van 5", [FormSlot("new-1")], False, "", live=True)
        form = json.dumps(case_form.contribution_form(speaker, page, {}), ensure_ascii=False)
        assert speaker.mrkdwn(f"live.form_reads_{visibility(step)}") in form


@everywhere
def test_an_opening_and_a_reveal_are_split_and_not_cut(language):
    speaker = WORDS[language]
    anna, people = Mrkdwn("Anna"), [Mrkdwn(f"Iemand {number}") for number in range(30)]
    opening = case_opening.Opening(ID, "T" * 120, LONG[:3000], LONG, anna, anna, people, "Methode", "x" * 300)
    opening = replace(opening, observers=people, heading="Stap 1 van 5 · Vraag", time=Mrkdwn("tot 19:05"))
    reveal = case_reveal.RevealedText(Mrkdwn("Anna"), "antwoord", LONG, LONG)
    revealed = case_reveal.reveal_posts(speaker, reveal)
    for_two = case_opening.opening_post(speaker, replace(opening, of_two=True))
    for posts in (case_opening.opening_post(speaker, opening), for_two, revealed):
        for post in posts:
            check_message(post)
        assert str(posts).count("&amp;&lt;!channel&gt;") >= 700
        assert "<!channel>" not in str(posts)


@everywhere
@pytest.mark.parametrize("reason", list(StopReason))
def test_every_end_has_its_words(language, reason):
    check_message(
        case_closing.closing_card(
            WORDS[language], case_closing.Closing(ID, Mrkdwn("Anna"), reason.value, [], "maandag")
        )
    )


@everywhere
def test_the_last_card_gives_the_beginning_of_what_the_owner_plans_and_says_that_there_is_more(language):
    speaker = WORDS[language]
    card = case_closing.closing_card(speaker, case_closing.Closing(ID, Mrkdwn("Anna"), None, [LONG, "kort"], "maandag"))
    check_message(card)
    assert " …" in str(card) and "<!channel>" not in str(card)
    short = case_closing.closing_card(
        speaker, case_closing.Closing(ID, Mrkdwn("Anna"), None, ["Zwijgen.", "Tellen."], "maandag")
    )
    assert "> Zwijgen. Tellen.'" in str(short) and " …" not in str(short)


@everywhere
@pytest.mark.parametrize("step", PROTOCOL.steps, ids=lambda step: step.key)
def test_every_form_fits_however_much_is_asked(language, step):
    speaker = WORDS[language]
    asked = [FormSlot(f"about-{n}", 3, about=Quote(PEOPLE[n] if n % 2 else None, LONG[:8000])) for n in range(21)]
    many = [FormSlot(f"own-{n}", 1, "answer", "\n\n".join([LONG[:2999]] * 4)) for n in range(9)]
    for slots in ([FormSlot("new-1")], asked, many):
        page = ContributionForm(step, "Stap 2a van 5", slots, True, "maandag", [Quote(None, "Een ander")])
        form = case_form.contribution_form(speaker, page, {"case": ID})
        assert check_view(form) == [] and len(json.dumps(form)) < 250_000


@everywhere
def test_a_form_of_many_fields_and_a_long_set_fit(language):
    speaker, label = WORDS[language], Text(nl="L" * 150, en="L" * 150, fr="L" * 150)
    fields = [FormField(key=f"f{n}", label=label, required=n > 1, scale=10 if n == 3 else None) for n in range(4)]
    step = PROTOCOL.step("core").model_copy(update={"fields": tuple(fields), "per_person": PerPerson(min=1, max=6)})
    long = "\n\n".join([LONG[:2999]] * 3)
    answers = {one.key: "7" if one.scale else long for one in fields}
    said = case_said.labelled(speaker, fields, answers)
    slots = [FormSlot("own-1", kind="reframe", answers=answers), *[FormSlot(f"new-{n}", 4) for n in range(5)]]
    form = case_form.contribution_form(
        speaker, ContributionForm(step, "Stap", slots, True, "maandag", [Quote(None, said)]), {}
    )
    assert check_view(form) == [] and len(json.dumps(form)) < 250_000
    posts = case_reveal.reveal_posts(speaker, case_reveal.RevealedText(Mrkdwn("Anna"), "kern", said, said))
    for post in posts:
        check_message(post)
    assert str(posts).count("&amp;&lt;!channel&gt;") >= 2400


@everywhere
def test_what_others_wrote_leaves_room_to_write_however_much_it_is(language):
    others, leafed, read = [Quote(PEOPLE[n], f"Van {n}. {LONG[:9000]}") for n in range(28)], 0, ""
    for _ in others:
        page = ContributionForm(
            PROTOCOL.step("core"), "Stap", [FormSlot("new-1", 4)], True, "maandag", others, leafed=leafed
        )
        form = case_form.contribution_form(WORDS[language], page, {"case": ID})
        assert check_view(form) == [] and "text:new-1:0" in str(form)
        read += str(form)
        presses = [e for block in form["blocks"] for e in block.get("elements", ()) if e.get("action_id") == READ_ON]
        leafed = int(presses[0]["value"])
        if not leafed:
            break
    assert all(f"Van {n}." in read for n in range(28)) and leafed == 0


@everywhere
def test_what_does_not_fit_in_a_form_is_said(language):
    speaker = WORDS[language]
    asked = [FormSlot(f"about-{n}", 3, about=Quote(None, "Vraag?")) for n in range(60)]
    page = ContributionForm(PROTOCOL.step("exploring_answers"), "Stap", asked, False, "maandag")
    assert speaker.mrkdwn("case.form_others_later") in str(case_form.contribution_form(speaker, page, {}))


@everywhere
def test_ones_own_cases_fit(language):
    roles = [role.value for role in Role]
    one = case_mine.MyCase(ID, "<T>" * 40, "M" * 90, "T" * 40, roles, "running", "C1", True, True, True)
    for_two = [replace(one, of_two=True), replace(one, of_two=True, channel=None)]
    for cases in ([], [one], for_two, [replace(one, channel=None, title="")] * case_mine.MOST_CASES_SHOWN):
        assert check_view(case_mine.my_cases_page(WORDS[language], cases, first=20, total=60)) == []


@everywhere
def test_every_kind_role_and_refusal_has_its_words(language):
    speaker = WORDS[language]
    assert all(speaker.plain(f"case.kind_{kind.value}") for kind in Kind)
    assert all(speaker.plain(f"case.role_{role.value}") for role in Role)
    assert all(speaker.plain(f"case.refused_{reason.value}") for reason in Reason)
