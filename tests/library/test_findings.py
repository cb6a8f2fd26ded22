"""What a method may not do, each shown by bending a good protocol in one place."""

from typing import Any

import pytest

from bot.library.findings import findings
from bot.library.protocol import Protocol

WORDS = {"nl": "iets", "en": "something", "fr": "quelque chose"}


def step(key: str, who: str, kinds: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": WORDS, "ask": WORDS, "who": who.split(), "kinds": kinds.split(), "window": "P1D"} | more


def protocol(*steps: dict[str, Any], **more: Any) -> Protocol:
    body = {
        "key": "ours",
        "version": 1,
        "name": WORDS,
        "origin": {"credit": "us", "licence": "MIT"},
        "choose_when": WORDS,
        "group": {"min": 3, "max": 8},
        "steps": steps,
    }
    return Protocol.model_validate(body | more)


STORY = step("story", "owner", "case_story")
QUESTIONS = step("questions", "peer", "clarifying_question", owner="listens")
ANSWERS = step("answers", "owner", "answer", about={"steps": ["questions"]})
ADVICE = step("advice", "peer", "advice", owner="listens")
ENDING = step("ending", "owner", "commitment")
FIELD = {"key": "plan", "label": WORDS}
GOOD = (STORY, QUESTIONS, ANSWERS, ADVICE, ENDING)


def said(bent: Protocol) -> list[str]:
    return [f"{finding.step}, {finding.field}: {finding.rule}" for finding in findings(bent)]


def test_a_good_protocol_has_nothing_to_mend() -> None:
    assert said(protocol(*GOOD)) == []


BENT = [
    (protocol(STORY, ADVICE, ENDING), "advice, kinds: advice comes before anybody has asked a question"),
    (
        protocol(STORY, QUESTIONS | {"optional": "included"}, ANSWERS, ADVICE, ENDING),
        "advice, kinds: advice comes before anybody has asked a question",
    ),
    (
        protocol(
            STORY,
            QUESTIONS,
            step("both", "peer", "advice", together_with="questions", owner="listens"),
            ANSWERS,
            ENDING,
        ),
        "both, kinds: advice comes before anybody has asked a question",
    ),
    (
        protocol(STORY, QUESTIONS | {"together_with": "advice"}, ADVICE, ENDING),
        "advice, kinds: advice comes before anybody has asked a question",
    ),
    (
        protocol(STORY, ANSWERS, QUESTIONS, ENDING, ADVICE | {"part_of": "story"}, step("last", "owner", "reaction")),
        "advice, kinds: advice comes before anybody has asked a question",
    ),
    (
        protocol(STORY, QUESTIONS, ADVICE | {"owner": "speaks"}, ENDING),
        "questions, owner: after this silence the owner does not get the floor",
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS | {"optional": "included"}, ENDING),
        "questions, owner: after this silence the owner does not get the floor",
    ),
    (
        protocol(
            STORY,
            QUESTIONS,
            ANSWERS,
            ENDING,
            step("gossip", "peer", "hypothesis", part_of="ending", owner="away"),
        ),
        "gossip, owner: after this silence the owner does not get the floor",
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS, step("ending", "owner", "reaction", owner="listens")),
        "ending, owner: the owner cannot write while silent",
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS, ADVICE | {"owner": "speaks", "addressing": "third_person"}, ENDING),
        "advice, addressing: people speak about an owner who is speaking",
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS, ENDING, step("after", "peer", "take_away")),
        "after, who: the last word is not the owner's",
    ),
    (
        protocol(STORY, QUESTIONS, ENDING | {"kinds": ["probing_question"]}),
        "ending, who: the last word is not the owner's",
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS, step("talk", "peer", "hypothesis"), ENDING | {"optional": "left_out"}),
        "talk, who: the last word is not the owner's",
    ),
    (protocol(step("story", "peer", "case_story"), ENDING), "story, who: the story of a case is its owner's"),
    (
        protocol(*GOOD[:4], step("ending", "owner", "")),
        "ending, kinds: who writes and what they write go together",
    ),
    (protocol(*GOOD[:4], step("ending", "owner owner", "commitment")), "ending, who: something is named twice"),
    (
        protocol(STORY, QUESTIONS, step("answers", "owner", "answer"), ENDING),
        "answers, about: an answer answers something",
    ),
    (
        protocol(
            STORY,
            QUESTIONS,
            ANSWERS | {"about": {"steps": ["questions"], "kinds": ["advice"]}},
            ENDING,
        ),
        "answers, about: those steps hold no such kind",
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS | {"about": {"steps": ["questions"], "rated": ["warm"]}}, ENDING),
        "answers, about: nothing has been rated",
    ),
    (
        protocol(STORY, QUESTIONS, step("rating", "owner", "rating", about={"steps": ["story"]}), ENDING),
        "rating, about: only questions are rated, never people or advice",
    ),
    (
        protocol(
            STORY,
            QUESTIONS,
            ANSWERS,
            step("rating", "owner peer", "rating", about={"steps": ["questions"]}),
            ENDING,
        ),
        "rating, kinds: questions are rated by the owner, and seen as a set",
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS, ADVICE | {"names": "hidden", "reveal": "immediate"}, ENDING),
        "advice, reveal: what appears at once shows who was just writing",
    ),
    (
        protocol(*GOOD[:4], ENDING | {"closes": "facilitator"}, facilitator="none"),
        "ending, closes: this protocol has no facilitator to close the step",
    ),
    (protocol(*GOOD, place="direct"), "None, group: a direct conversation is one of two"),
    (protocol(*GOOD[:4], ENDING | {"window": "P12D"}), "None, steps: the windows add up to 16 working days"),
    (protocol(ENDING | {"optional": "left_out"}), "None, steps: every step is left out"),
    (
        protocol(*GOOD[:4], ENDING | {"window": None}),
        "ending, window: nobody can tell how long this step lasts",
    ),
    (
        protocol(
            *GOOD,
            step("more", "owner", "reaction", together_with="ending"),
            step("most", "owner", "reaction", together_with="more"),
        ),
        'most, together_with: "more" itself goes with another step',
    ),
    (
        protocol(STORY, QUESTIONS, ANSWERS | {"part_of": "ending"}, ENDING),
        "answers, part_of: a part comes after the whole step",
    ),
    (
        protocol(*GOOD[:4], ENDING | {"fields": [FIELD, FIELD]}),
        "ending, fields: two fields have one key",
    ),
    (
        protocol(*GOOD[:4], ENDING | {"fields": [FIELD | {"withheld_until": "ending"}]}),
        "ending, fields: what is written in a step is shown with it",
    ),
    (
        protocol(STORY | {"fields": [FIELD]}, *GOOD[1:]),
        "story, fields: a story is told in the intake, and a rating is a choice",
    ),
    (
        protocol(*GOOD, fields=[{"key": "outcome", "label": WORDS, "withheld_until": "never"}]),
        'None, fields "outcome", withheld_until: there is no step "never"',
    ),
]


@pytest.mark.parametrize(("bent", "finding"), BENT, ids=[finding for _, finding in BENT])
def test_each_rule_of_the_method_is_told_where_it_is_broken(bent: Protocol, finding: str) -> None:
    assert said(bent) == [finding]


def exempt(rule: str) -> dict[str, Any]:
    return {"exempt": [{"rule": rule, "reason": WORDS, "source": "a book"}]}


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        ("questions_before_advice", (STORY, ADVICE, ENDING)),
        ("floor_after_silence", (STORY, QUESTIONS, ADVICE | {"owner": "speaks"}, ENDING)),
        ("owner_has_last_word", (*GOOD, step("after", "facilitator", "meta_evaluation"))),
    ],
)
def test_a_method_whose_sources_do_otherwise_says_so_and_may(rule: str, steps: tuple[dict[str, Any], ...]) -> None:
    assert len(said(protocol(*steps))) == 1
    assert said(protocol(*steps, **exempt(rule))) == []


def test_an_exemption_frees_of_one_rule_only_and_is_no_ornament() -> None:
    assert said(protocol(STORY, ADVICE, ENDING, **exempt("owner_has_last_word"))) == [
        "advice, kinds: advice comes before anybody has asked a question",
        'None, exempt: the method keeps to "owner_has_last_word"',
    ]


def test_a_circle_has_no_owner_who_could_end_it() -> None:
    assert said(protocol(step("round", "facilitator peer", "reflection", reveal="immediate"))) == []


def test_a_finding_is_one_line_with_its_remedy() -> None:
    (finding,) = findings(protocol(STORY, ADVICE, ENDING))
    assert str(finding) == (
        'step "advice", kinds: advice comes before anybody has asked a question; '
        "put a step of clarifying_question before it, closed by then and never left out"
    )
