"""What comes with Klankbord: twenty-four methods and eighty prompts, in three languages."""

import re
from collections import Counter

import pytest

from bot.core.text import LANGUAGES, Language, Text
from bot.library.enums import Kind, OwnerMode, Reveal, Role
from bot.library.protocol import Protocol, Step
from bot.library.reading import OUR_METHOD_FINDER, OUR_PROMPTS, OUR_PROTOCOLS, Library, load_library, read_wishes

# The themes in the order of their prompts, eight each; and which model of reflection each prompt comes from.
FRAMEWORKS = {
    "coaching_students": "rolfe kolb korthagen_alact brookfield gibbs moon korthagen_alact kolb",
    "internship_supervision": "rolfe korthagen_alact kolb gibbs brookfield moon korthagen_onion appreciative_4d",
    "feedback_conversations": "brookfield appreciative_4d korthagen_onion driscoll grow gibbs grow rolfe",
    "dialogue": "rolfe appreciative_4d korthagen_alact brookfield korthagen_onion moon deep_democracy driscoll",
    "self_direction": "korthagen_onion brookfield appreciative_4d grow grow gibbs rolfe kolb",
    "group_process": "korthagen_alact korthagen_onion deep_democracy gibbs circle driscoll kolb rolfe",
    "appreciative": (
        "appreciative_4d driscoll appreciative_4d appreciative_4d korthagen_onion"
        " appreciative_4d circle appreciative_4d"
    ),
    "distributed_leadership": (
        "korthagen_alact value_creation value_creation gibbs rolfe brookfield grow value_creation"
    ),
    "rest_and_care": "kolb gibbs driscoll rolfe appreciative_4d korthagen_alact moon grow",
    "community_life": "value_creation circle circle value_creation moon deep_democracy circle value_creation",
}
OBLIGING = re.compile(r"\b(verplicht\w*|te laat|ontbreekt|moet(en)? (je|jullie) nog|streak|score)\b", re.IGNORECASE)
POLITE_DISTANCE = re.compile(r"\b(u|uw|vous pouvez|votre|vos|veuillez)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def five_steps(library: Library) -> Protocol:
    return library.protocols["vijf_stappen"]


def every_text(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else None
    if inner is None:
        inner = vars(value).values() if hasattr(value, "model_fields_set") else ()
    return [text for each in inner for text in every_text(each)]


def steps_of(library: Library) -> list[tuple[Protocol, Step]]:
    return [(protocol, step) for protocol in library.protocols.values() for step in protocol.steps]


def test_there_are_eighty_prompts_in_ten_named_themes(library: Library) -> None:
    assert len(library.prompts) == 80
    assert set(Counter(prompt.theme for prompt in library.prompts).values()) == {8}
    assert {prompt.theme for prompt in library.prompts} == set(library.themes)


def test_the_prompts_are_those_that_were_written_for_the_community(library: Library) -> None:
    written = [(theme, model) for theme, models in FRAMEWORKS.items() for model in models.split()]
    ours = {prompt.id: (prompt.theme, prompt.framework) for prompt in library.prompts}
    assert ours == {f"p{number:03}": each for number, each in enumerate(written, start=1)}
    for language in LANGUAGES:
        asked = [prompt.text.in_(language) for prompt in library.prompts]
        assert len(set(asked)) == len(asked)
        assert all(re.search(r"[.?!…]$", text) for text in asked)


SECOND_QUESTION = re.compile(r", (en|and|et) (wat|hoe|wie|what|how|who|que|comment|qui)\b")
# How many words a question has at most, with what is told before it.
MOST_WORDS = {"nl": 20, "en": 22, "fr": 24}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_prompt_asks_one_thing_in_few_words_and_never_why(library: Library, language: Language) -> None:
    for prompt in library.prompts:
        text = prompt.text.in_(language)
        assert text.count("?") == 1, f"{prompt.id}: {text}"
        assert len(re.findall(r"\w[\w'’.-]*", text)) <= MOST_WORDS[language], f"{prompt.id}: {text}"
        asked = re.split(r"[.:] ", text)[-1]
        assert not re.search(r"\b(waarom|why|pourquoi)\b", text, re.IGNORECASE), f"{prompt.id}: {text}"
        assert not re.search(r", (en|and|et) (wat|hoe|wie|what|how|who|que|comment|qui)\b", asked), (
            f"{prompt.id}: {text}"
        )


def test_what_was_asked_before_still_has_its_wording(library: Library) -> None:
    assert [prompt.id for prompt in library.former_prompts] == [f"p{number:03}_v1" for number in range(1, 81)]
    assert library.find_prompt("p072_v1") not in library.prompts


def test_no_model_of_reflection_has_more_than_an_eighth_of_the_prompts(library: Library) -> None:
    assert max(Counter(prompt.framework for prompt in library.prompts).values()) <= 10


# Files that hold no question, only what themes and models of reflection are called.
NAMES_ALONE = {"themes", "frameworks"}


def test_each_prompt_file_says_how_it_may_be_shared() -> None:
    for path in OUR_PROMPTS.glob("*.yaml"):
        assert path.stem in NAMES_ALONE or "CC0 1.0" in path.read_text(encoding="utf-8").split("- id:")[0]


def test_each_method_says_whom_it_owes_under_which_licence_what_is_ours_and_what_is_disputed(library: Library) -> None:
    others = {"troika": "CC BY-SA 4.0", "wise_crowds": "CC BY-SA 4.0", "case_clinic": "CC BY-SA 3.0"}
    readme = (OUR_PROTOCOLS.parents[1] / "README.md").read_text(encoding="utf-8")
    for key, protocol in library.protocols.items():
        assert protocol.origin.licence == others.get(key, "MIT")
        assert protocol.origin.notes and "Klankbord" in protocol.origin.notes.nl
        beginning = (OUR_PROTOCOLS / f"{key}.yaml").read_text(encoding="utf-8").split("key:")[0]
        assert protocol.origin.licence in beginning
        assert key not in others or f"`{key}.yaml`" in readme


def test_there_are_twenty_four_methods_and_every_wish_leads_to_some_of_them(library: Library) -> None:
    assert len(library.protocols) == 24
    wished = [key for wish in read_wishes([OUR_METHOD_FINDER]) for key in wish.methods]
    assert {*wished} == {*library.protocols}


def test_the_five_steps_are_five_and_take_thirteen_working_days(five_steps: Protocol) -> None:
    assert len(five_steps.numbered()) == 5
    assert five_steps.working_days == 13


def test_the_owner_has_the_floor_after_every_round_of_the_peers(five_steps: Protocol) -> None:
    for asked, answered in ("exploring", "exploring_answers"), ("core", "core_reaction"), ("advice", "advice_reaction"):
        rounds, reply = five_steps.step(asked), five_steps.step(answered)
        assert rounds.who == (Role.PEER,)
        assert rounds.reveal is Reveal.SIMULTANEOUS
        assert rounds.owner is OwnerMode.LISTENS
        assert reply.who == (Role.OWNER,)
        assert reply.part_of == asked


def test_no_method_is_given_a_look_back_that_its_file_has_not(library: Library) -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in OUR_PROTOCOLS.glob("*.yaml")}
    assert not [step.key for protocol, step in steps_of(library) if f"key: {step.key}\n" not in files[protocol.key]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_instruction_is_whole_sentences_and_no_slogan(library: Library, language: Language) -> None:
    for protocol, step in steps_of(library):
        sentences = re.findall(r"[.?!…][»”’)]?(?:\s|$)", step.ask.in_(language))
        assert 2 <= len(sentences) <= 9, (protocol.key, step.key)
        assert len(step.ask.in_(language)) < 650, (protocol.key, step.key)


def test_every_step_in_which_somebody_writes_shows_one_good_and_one_poor_example(library: Library) -> None:
    bare = [(protocol.key, step.key) for protocol, step in steps_of(library) if not (step.good and step.poor)]
    assert [(key, step) for key, step in bare if not library.protocols[key].step(step).reading_only] == []


def test_no_instruction_names_somebody_of_its_own_example(library: Library) -> None:
    for protocol, step in steps_of(library):
        assert protocol.example
        for name in protocol.example.people.all_names():
            assert not re.search(rf"\b{name}\b", f"{step.ask.nl} {step.ask.en} {step.ask.fr}"), (protocol.key, step.key)


def test_marks_are_set_as_each_language_sets_them(library: Library) -> None:
    for text in (text for protocol in library.protocols.values() for text in every_text(protocol)):
        assert not re.search(r'"|\.\.\.|  | ,', f"{text.nl}\n{text.en}\n{text.fr}"), text.nl
        assert not re.search(r"«\S|\S»|[^\s\d]:(\s|$)|[^\s?!][;?!](\s|$)", text.fr), text.fr


def test_the_example_is_whole_and_somebody_passes(five_steps: Protocol) -> None:
    assert five_steps.example
    assert [line.by for line in five_steps.example.lines if line.does == "pass"] == ["Dirk"]
    written = {line.in_ for line in five_steps.example.lines}
    assert written == {step.key for step in five_steps.steps} - {"introduction"}


def test_no_text_obliges_scolds_or_keeps_its_distance(library: Library) -> None:
    prompts = [prompt.text for prompt in library.prompts]
    methods = [
        text
        for each in library.protocols.values()
        for text in every_text(each)
        if text is not each.origin.credit  # the name of a school is theirs
    ]
    for text in methods + prompts + list(library.themes.values()):
        assert text in prompts or not OBLIGING.search(text.nl), text.nl  # a prompt may ask who is missed
        assert not POLITE_DISTANCE.search(text.nl), text.nl
        assert not POLITE_DISTANCE.search(text.fr), text.fr


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_was_copied_from_another(five_steps: Protocol, language: Language) -> None:
    for text in every_text(five_steps):
        others = {text.in_(other) for other in LANGUAGES if other != language}
        assert text.in_(language) not in others or len(text.nl) < 12


def test_a_case_can_keep_the_body_it_began_with(five_steps: Protocol) -> None:
    assert Protocol.model_validate(five_steps.model_dump(mode="json")) == five_steps


def test_each_step_names_what_people_write_there_and_no_word_of_the_code(library: Library):
    """Where they choose among kinds, the kinds have their words; a rating is a choice."""
    for protocol in library.protocols.values():
        for step in protocol.steps:
            if step.who and len(step.kinds) == 1 and step.kinds != (Kind.RATING,):
                assert step.label, f"{protocol.key}.{step.key} has no label"
    said = {step.label.nl for one in library.protocols.values() for step in one.steps if step.label}
    assert {"standpunt", "vraag om hulp", "sleutelvraag", "optie"} <= said
    assert not said & {"in jouw plaats", "reflectie"}
