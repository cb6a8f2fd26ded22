"""Every form that somebody had open when version 0.1.0 stopped is sent in today's bot, and accepted."""

import pytest

from tests.upgrade.old_slack import old_slack
from tests.upgrade.old_world import OldWorld

pytestmark = pytest.mark.one_database

# What the person who sends it reads next: in the form, or within minutes in a message.
SENT = {
    "contribution form, typed": "Deze stap is nu rond",
    "contribution form, changing what one wrote": "Bewaard.",
    "contribution form, hidden names": "Bewaard.",
    "contribution form, owner away": "Bewaard.",
    "contribution form, answers": "Bewaard.",
    "contribution form, answers to what was rated": "Kept.",
    "contribution form, reopened step": "Bewaard.",
    "contribution form, live": "Genoteerd.",
    "case intake": "Je casus is bewaard.",
    "case intake of a series": "Je vraag zit in een reeks en wacht op",
    "case change form": "Zo lezen de anderen het",
    "case start form": " is under way in ",
    "answer form": "Je tekst is bewaard. Alleen jij ziet hem.",
    "answer form, with a draft": "Je tekst is bewaard. Alleen jij ziet hem.",
    "form to send an answer to one colleague": "Gestuurd naar @Dirk",
    "take up form": "Je tekst is bewaard. Alleen jij ziet hem.",
    "question proposal": "Dank je. Je vraag staat bij de voorstellen.",
    "wording suggestion": "Wie de vraag schreef, leest je voorstel.",
    "turn form": "Dank je. Jouw keuze komt als weekvraag",
    "insight form": "Je inzicht is bewaard. Alleen jij ziet het.",
    "circle set-up form": "Deze kring is ingesteld",
    "rhythm form": "Het voorstel staat in het kanaal",
    "objection form": "@Bram vraagt om dit anders te doen",
    "invitations page of who paused them": "Je krijgt uitnodigingen om 8:00",
    "invitations form": "Je krijgt uitnodigingen om 12:30",
    "invitations page of who is invited": "Je krijgt uitnodigingen om 12:30",
}


@pytest.mark.parametrize(("kind", "reads"), SENT.items(), ids=SENT)
def test_a_form_of_before_is_accepted(old_world: OldWorld, kind: str, reads: str) -> None:
    person, form = old_world.reopen(kind)
    before = old_world.seen_by(person)

    assert person.submits(form).errors is None
    if reads not in person.visible_text(person.modal):
        old_world.passes(minutes=5)

    answer = [
        *person.visible_text(person.modal).splitlines(),
        *(line for _, line in old_world.seen_by(person) - before),
    ]
    assert any(reads in line for line in answer), answer
    assert old_world.refused_calls() == []
    assert old_world.workspace.complaints == []


def test_no_form_was_forgotten() -> None:
    forms = {form["kind"] for form in old_slack()["open_forms"] if form["views"][-1].get("submit")}

    assert set(SENT) == forms
