"""The digest as a file: four forms in three languages from one value, and one plain line for a bad question."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from bot.core.errors import CommandMistake
from bot.core.periods import parse
from bot.core.text import Text
from bot.digest.rules import AskedPrompt, Digest
from bot.digest.views import report
from bot.words import LANGUAGES, Speakers
from tests.clock import MONDAY
from tests.digest.test_page import LAST_WEEK, opens

pytestmark = pytest.mark.one_database

WORDS = Speakers.load()
MONDAYS = Text(nl="Wat <b>leerde</b> je *vandaag*?", en="What did you <b>learn</b> *today*?", fr="Qu'as-tu *appris* ?")
THEME = Text(nl="Rust & zorg", en="Rest & care", fr="Repos & soin")
METHOD = Text(nl="Vijfstappenmethode", en="Five-step method", fr="Méthode en cinq étapes")
FULL = Digest(
    circle=1,
    period=parse("2026-autumn"),
    made_on=date(2026, 11, 22),
    methods=(METHOD,),
    shared=12,
    cases=3,
    asked=(AskedPrompt(date(2026, 11, 9), MONDAYS, THEME, 7), AskedPrompt(date(2026, 11, 16), None, None, None)),
)
EMPTY = Digest(
    circle=1, period=parse("2026-10"), made_on=date(2026, 11, 22), asked=(), methods=(), shared=None, cases=None
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", report.FORMS)
@pytest.mark.parametrize("digest", [FULL, EMPTY])
def test_every_form_can_be_written_in_every_language(digest, form, language):
    written = report.write_report(WORDS[language], digest, form)

    assert written.endswith("\n") and "None" not in written


def test_the_page_to_print_needs_no_other_file_and_escapes_what_it_shows():
    page = report.report_as_html(WORDS["nl"], FULL)

    assert page.startswith('<!doctype html>\n<html lang="nl">')
    assert "Wat &lt;b&gt;leerde&lt;/b&gt; je *vandaag*?" in page and "Rust &amp; zorg" in page
    assert "Minstens 12 gedeelde reflecties" in page and "Minstens 3 afgeronde casussen" in page
    assert "<script" not in page and "http" not in page


def test_markdown_says_what_it_shows_and_nothing_is_made_bold_by_accident():
    text = report.report_as_markdown(WORDS["nl"], FULL)

    assert text.startswith("# Wat er leefde: herfst 2026\n")
    assert r"- **2026-11-09** Wat \<b\>leerde\</b\> je \*vandaag\*? (7 gedeelde reflecties)" in text
    assert "Methodes bij casussen\n\nVijfstappenmethode" in text


def test_a_table_has_a_line_for_each_question_and_one_for_the_period():
    rows = list(csv.reader(io.StringIO(report.report_as_csv(WORDS["nl"], FULL))))

    assert rows == [
        ["Dag", "Thema", "Vraag", "Gedeelde reflecties", "Afgeronde casussen"],
        ["2026-11-09", "Rust & zorg", "Wat <b>leerde</b> je *vandaag*?", "7", ""],
        ["2026-11-16", "", "(deze vraag staat niet meer in de lijst)", "", ""],
        ["herfst 2026", "", "", "12", "3"],
    ]


def test_data_has_the_same_keys_in_every_language_and_null_where_too_few_people_count():
    shown = {language: json.loads(report.report_as_json(WORDS[language], FULL)) for language in LANGUAGES}

    assert {tuple(one) for one in shown.values()} == {tuple(shown["nl"])}
    assert shown["fr"]["methods"] == ["Méthode en cinq étapes"]
    assert [one["shared_reflections"] for one in shown["en"]["questions"]] == [7, None]
    assert shown["nl"]["period"]["key"] == "2026-autumn"
    assert json.loads(report.report_as_json(WORDS["nl"], EMPTY))["closed_cases_at_least"] is None


def test_a_report_says_what_the_page_says(world, history):
    history.asks(LAST_WEEK, "p065", shared=world.cast, kept=world.cast)
    history.closes(MONDAY, world.bram, [world.anna])
    page = opens(world.bram, world)

    text = world.bot.digests.write_report(world.circle.id, "2026-autumn", "markdown", None, MONDAY)

    for line in ("Minstens 5 gedeelde reflecties", "Afgeronde casussen: nog te weinig om te tellen", "Rust en zorg"):
        assert line in page and line in text


@pytest.mark.parametrize("form", report.FORMS)
def test_a_report_holds_no_name_and_no_word_of_a_member(world, history, form):
    history.asks(LAST_WEEK, "p065", shared=world.cast, kept=world.cast)

    text = world.bot.digests.write_report("1", "2026-2027", form, "nl", MONDAY)

    assert "geheim" not in text
    assert not any(person.id in text or person.name in text for person in world.cast)


def test_a_report_comes_in_the_circles_language_unless_another_is_asked(world, history):
    assert "automne 2026" in world.bot.digests.write_report("1", "2026-autumn", "markdown", "fr", MONDAY)
    assert "herfst 2026" in world.bot.digests.write_report("1", "2026-autumn", "markdown", None, MONDAY)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (("C0NOWHERE", "2026-11", "json", None), r'there is no circle "C0NOWHERE"; the circles are: 1 \(C'),
        (("99999999999", "2026-11", "json", None), "there is no circle"),
        (("1", "november", "json", None), "write a month"),
        (("1", "2031-11", "json", None), "2031-11 has not begun yet"),
        (("1", "2026-11", "pdf", None), "choose one of: markdown, html, csv, json"),
        (("1", "2026-11", "json", "de"), "choose one of: nl, en, fr"),
    ],
)
def test_a_bad_question_gets_one_plain_line_with_the_remedy(world, history, question, answer):
    with pytest.raises(CommandMistake, match=answer) as bad:
        world.bot.digests.write_report(*question, MONDAY)

    assert "\n" not in str(bad.value)


def test_a_circle_that_is_not_set_up_has_no_report(world):
    world.arrives()

    with pytest.raises(CommandMistake, match="there are none yet"):
        world.bot.digests.write_report(world.circle.id, "2026-11", "json", None, MONDAY + timedelta(days=1))
