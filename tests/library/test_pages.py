"""A protocol as a page: everything its file says, in words people read."""

import pytest

from bot.core.text import LANGUAGES, Language
from bot.library.markdown import page_as_markdown
from bot.library.pages import protocol_name, protocol_summary
from bot.library.pages import protocol_page as page_of
from bot.library.protocol import Protocol
from bot.library.reading import OUR_PROTOCOLS, read_protocol

FIVE_STEPS = read_protocol(OUR_PROTOCOLS / "vijf_stappen.yaml")
INCIDENT = read_protocol(OUR_PROTOCOLS / "incidentmethode_10.yaml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_asked_can_be_read(language: Language) -> None:
    page = page_as_markdown(page_of(FIVE_STEPS, language))
    for step in FIVE_STEPS.steps:
        for text in (step.name, step.ask, step.good, step.poor):
            assert text is None or text.in_(language) in page
    assert FIVE_STEPS.name.in_(language) in page
    assert FIVE_STEPS.choose_when.in_(language) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_dialogue_can_be_read(language: Language) -> None:
    page = page_as_markdown(page_of(FIVE_STEPS, language))
    assert FIVE_STEPS.example
    for line in FIVE_STEPS.example.lines:
        assert line.text is None or line.text.in_(language) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_file_format_is_left_on_the_page(language: Language) -> None:
    page = page_as_markdown(page_of(FIVE_STEPS, language))
    assert not [word for word in ("simultaneous", "also_peer", "P1.5D", "clarifying_question", "{") if word in page]


def test_a_step_says_who_how_many_when_and_how_long() -> None:
    page = page_as_markdown(page_of(FIVE_STEPS, "nl"))
    exploring = page[page.index("### 2a. Verkennen") : page.index("### 2b. Antwoorden")]
    assert "- Wie: meedenkers\n- Hoeveel: 1 tot 3 per persoon\n" in exploring
    assert "- Zichtbaar: alles samen, als de stap sluit\n- Open: 2 werkdagen\n- de inbrenger luistert" in exploring


def test_the_page_counts_steps_as_people_do() -> None:
    steps = page_as_markdown(page_of(FIVE_STEPS, "en")).split("## How it may go")[0]
    titles = [line[4:] for line in steps.splitlines() if line.startswith("### ")]
    assert titles == [
        "1. Introducing the question",
        "2a. Exploring",
        "2b. Answering",
        "3a. Naming the core",
        "3b. Reaction to the core",
        "4a. Advice round",
        "4b. Reaction to the advice",
        "5a. Closing",
        "5b. Looking back together",
    ]


def test_an_answer_shows_whom_it_answers_and_a_pass_is_told() -> None:
    page = page_as_markdown(page_of(FIVE_STEPS, "en"))
    assert "- Anna: (→ Bram) Then there is a silence." in page
    assert "- Dirk: (nothing to add)" in page


def test_what_the_owner_is_asked_besides_is_told_with_when_it_shows() -> None:
    page = page_as_markdown(page_of(INCIDENT, "nl"))
    asked = "Wat deed je, en hoe liep het af? (verborgen tot stap 8)"
    assert f"- Vooraf gevraagd: {asked}" in page
    assert page.index("## Zo kan het gaan") < page.rindex(asked) < page.index("Daar komen we volgende week op terug")


def test_a_step_of_reading_and_one_that_goes_with_another_say_so() -> None:
    page = page_as_markdown(page_of(INCIDENT, "en"))
    assert "- Who: everybody reads; there is nothing to write\n\n###" in page
    more = page[page.index("### 4b. One more question") : page.index("### 5.")]
    assert "- Open: 1 working day\n- together with step 4a" in more


def test_in_the_dialogue_a_follow_up_stands_between_its_answers() -> None:
    page = page_as_markdown(page_of(INCIDENT, "en"))
    asked = page.rindex("When have you ever spoken to one of them without the other?")
    assert page.index("Smoothly, they even laughed.") < asked < page.index("Never. I felt it was their talk")


def test_fields_are_told_with_the_step_and_in_the_dialogue() -> None:
    text = dict.fromkeys(LANGUAGES, "Koel")
    asked = [{"key": "cool", "label": text}, {"key": "ready", "label": text, "scale": 10, "required": False}]
    body = FIVE_STEPS.model_dump(mode="json", exclude_none=True)
    body["steps"][-1]["fields"] = asked
    last = body["example"]["lines"][-1]
    body["example"]["lines"][-1] = {"in": last["in"], "by": last["by"], "kind": body["steps"][-1]["kinds"][0]}
    body["example"]["lines"][-1]["fields"] = {"ready": 7, "cool": dict.fromkeys(LANGUAGES, "Criterium 3")}
    page = page_as_markdown(page_of(Protocol.model_validate(body), "nl"))
    assert "- In te vullen: Koel · Koel\n" in page
    assert f"- {last['by']}: Koel: Criterium 3 · Koel: 7 op 10\n" in page


def test_a_variant_is_told_by_the_name_of_what_it_varies() -> None:
    ours = FIVE_STEPS.model_copy(update={"key": "ours", "variant_of": INCIDENT.key})
    assert f"- Variant van: {INCIDENT.name.nl}\n" in page_as_markdown(page_of(ours, "nl", {INCIDENT.key: INCIDENT}))
    assert f"- Variant van: {INCIDENT.key}\n" in page_as_markdown(page_of(ours, "nl"))
    assert protocol_summary(ours, "fr", {INCIDENT.key: INCIDENT}).endswith(
        " · Variante de\u00a0: Méthode de l’incident"
    )
    assert protocol_name(ours, "en", {INCIDENT.key: INCIDENT}) == "Five-step method (Variant of: Incident method)"
    assert protocol_name(INCIDENT, "en", {}) == "Incident method"


def test_what_is_disputed_and_what_is_ours_is_told_with_the_credit() -> None:
    gossip = read_protocol(OUR_PROTOCOLS / "roddelmethode.yaml")
    origin, notes = page_as_markdown(page_of(gossip, "nl")).split("- Herkomst: ")[1].split("\n")[:2]
    assert origin == "Nederlandse intervisiepraktijk, bedenker onbekend (MIT)"
    assert notes.startswith("- Goed om te weten: Sommige bronnen willen één gezamenlijke analyse")


def test_a_group_of_one_size_is_told_as_one_number() -> None:
    assert "- Group: 2 people, " in page_as_markdown(page_of(read_protocol(OUR_PROTOCOLS / "grow_duo.yaml"), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_method_does_otherwise_is_told_with_who_says_so(language: Language) -> None:
    circle = read_protocol(OUR_PROTOCOLS / "solution_circle.yaml")
    (told,) = circle.exempt
    assert f"{told.reason.in_(language)} (Inclusion Press 1996" in page_as_markdown(page_of(circle, language))


def test_plain_time_is_told_as_people_say_it() -> None:
    page = page_as_markdown(page_of(read_protocol(OUR_PROTOCOLS / "action_learning.yaml"), "nl"))
    assert "- Open: 6 weken" in page and "PT" not in page


def test_the_version_of_the_file_is_said_so_that_a_change_can_be_seen_to_have_arrived() -> None:
    page = page_as_markdown(page_of(FIVE_STEPS.model_copy(update={"version": 7}), "nl"))
    assert "- Versie: 7; een casus houdt de versie" in page
