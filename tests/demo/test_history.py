"""What a newcomer finds: four weeks of a circle's life, in the language of the demo."""

import re

from bot.core.text import LANGUAGES
from bot.library.prompts import Prompt
from bot.slack.requirements import COMMANDS
from demo.cast import CIRCLES
from demo.script import read_script
from schedules import agenda
from tests.demo.conftest import WEDNESDAY, Demo


def questions_seen(demo: Demo) -> list[Prompt]:
    """The weekly questions that stand in the circle, as Anna reads them."""
    text = demo.people[0].visible_text(demo.circle)
    return [one for one in demo.world.bot.services.library.prompts if one.text.in_(demo.language) in text]


def test_there_were_four_questions_and_one_is_fresh_today(demo: Demo) -> None:
    assert len(questions_seen(demo)) == 5
    # Who had a first word on it has read it.
    assert [person.name for person in demo.people if not person.unread(demo.circle)] == ["Elif"]
    assert {person.unread(demo.circle) for person in demo.people} == {0, 1}


def test_everybody_can_read_what_everybody_shared(demo: Demo) -> None:
    script, language = read_script(), demo.language
    lines = [*script.replies, *(text for texts in script.answers.values() for text in texts), script.fresh]
    said = [text.in_(language) for text in lines if demo.people[0].sees(text.in_(language))]
    assert len(said) == 4 * len(demo.people) + 1
    assert all(person.sees(text) for person in demo.people for text in said)


def test_the_whole_cast_takes_part(demo: Demo) -> None:
    text = demo.people[0].visible_text(demo.circle)
    for person in demo.people:
        mentioned = demo.speaker.plain("reflection.shares", person=f"@{person.name}")
        assert mentioned in text or re.search(rf"^{person.name}: (?!@)", text, re.MULTILINE)


def test_what_somebody_kept_is_in_nobody_elses_sight(demo: Demo) -> None:
    for kept in read_script().kept:
        assert not any(person.sees(kept.in_(demo.language)) for person in demo.people)


def test_somebody_proposed_a_question(demo: Demo) -> None:
    anna = demo.people[0]
    anna.commands(demo.circle, COMMANDS["reflect"][demo.language], "questions")
    page = anna.visible_text(anna.modal)
    anna.closes()
    assert read_script().proposal.in_(demo.language) in page
    assert demo.speaker.plain("questions.support", n=1) in page


def test_anna_asked_to_be_invited_and_was_and_answered(demo: Demo) -> None:
    anna = demo.people[0]
    read = [anna.visible_text(message) for message in anna.messages(anna.opens_dm(demo.workspace.bot))]
    (invited,) = [text for text in read if demo.speaker.plain("invitation.pause") in text]
    assert demo.speaker.plain("invitation.stop") in invited
    (question,) = [one for one in questions_seen(demo) if one.text.in_(demo.language) in invited]
    assert not anna.unread(anna.opens_dm(demo.workspace.bot)) and question


def test_the_digest_has_numbers(demo: Demo) -> None:
    elif_ = demo.workspace.person("Elif")
    command = next(name for name in demo.workspace.commands if name in ("/overzicht", "/digest", "/synthese"))
    elif_.commands(demo.circle, command)
    page = elif_.visible_text(elif_.modal)
    elif_.closes()
    assert re.search(r"\b24\b", page)
    assert demo.method.name.in_(demo.language) in page


def test_the_finished_case_is_whole_for_who_was_in_it(demo: Demo) -> None:
    for person in demo.people[:4]:
        assert all(person.sees(line.text.in_(demo.language)) for line in demo.example.lines if line.text)
        assert person.sees(demo.speaker.plain("case.closing_header"))


def test_the_finished_case_does_not_exist_for_who_was_not(demo: Demo) -> None:
    elif_ = demo.workspace.person("Elif")
    read = demo.everything(elif_)
    assert demo.example.intake.title.in_(demo.language) not in read
    assert not any(line.text.in_(demo.language) in read for line in demo.example.lines if line.text)
    assert not any(channel.kind == "group" for channel in elif_.channels())


def test_nobody_speaks_another_language(demo: Demo) -> None:
    """But in the circles of the other languages, where Anna is once somebody visits in one."""
    script, anna = read_script(), demo.people[0]
    others = [language for language in LANGUAGES if language != demo.language]
    elsewhere = {CIRCLES[language] for language in others}
    read = "\n".join(anna.visible_text(one) for one in anna.channels() if one.name not in elsewhere)
    lines = [
        script.opening,
        script.fresh,
        *script.replies,
        *(one for texts in script.answers.values() for one in texts),
    ]
    assert not any(text.in_(other) in read for text in lines for other in others)


def test_the_calendar_stands_where_it_should_and_has_things_to_come(demo: Demo) -> None:
    coming = agenda.next_moment(demo.world.bot.services)
    assert demo.clock() >= WEDNESDAY
    assert coming is not None
    assert coming > demo.clock()


def test_every_theme_of_ours_has_answers(demo: Demo) -> None:
    assert set(read_script().answers) == set(demo.world.bot.services.library.themes)
