"""Everything I wrote, as a file, in private and without anybody else's words; or as the start of a case."""

import json
from typing import Any

import pytest

from bot.journal.surfaces import ExportPage
from playground.model import File
from playground.people import Person
from tests.intervision.actors import INTAKE
from tests.journal.actors import entry, opens, read, several_weeks, shown
from tests.reflection.actors import answers, card, days_go_by, kept, next_week, question_comes
from tests.world import World

pytestmark = pytest.mark.one_database

MARKDOWN, HTML, JSON = "Tekst (Markdown)", "Om af te drukken (HTML)", "Voor een programma (JSON)"


def files(world: World, person: Person) -> list[File]:
    """What the bot put in its conversation with this person."""
    there = person.messages(person.opens_dm(world.workspace.bot))
    return [file for message in there for file in message.files]


def takes_along(world: World, person: Person, *forms: str) -> list[str]:
    """Somebody asks for these files, from one page; what is in each."""
    opens(world, person)
    person.presses(shown(person), "Neem alles mee")
    assert "Het blijft in Slack staan, onversleuteld" in read(person)
    page = shown(person)
    for form in forms:
        person.presses(page, form)
        page = shown(person)
        world.settles()
        person.presses(page, "← Mijn dagboek")
        person.presses(shown(person), "Neem alles mee")
        page = shown(person)
    return [(file.content or b"").decode() for file in files(world, person)]


def test_three_forms_of_the_same_words_and_nobody_elses(world: World) -> None:
    several_weeks(world, world.anna, "Stilte <b>helpt</b> & hoe.")
    next_week(world)
    answers(world.bram, card(world), "Van Bram.")
    world.anna.says(world.circle, "Getypt", thread=card(world), files=[("schema.png", b"png")])
    world.settles()
    markdown, page, data = takes_along(world, world.anna, MARKDOWN, HTML, JSON)
    for text in (markdown, page, data):
        assert "Van Bram" not in text and "schema.png" not in text and "U0BRAM" not in text
    assert "## 16 november 2026" in markdown and "\n\nStilte <b>helpt</b> & hoe.\n\n" in markdown
    assert markdown.index("Stilte") < markdown.index("Getypt"), "the oldest first, as one reads a notebook"
    assert '<p class="mine">Stilte &lt;b&gt;helpt&lt;/b&gt; &amp; hoe.</p>' in page and "@media print" in page
    first, second = json.loads(data)["entries"]
    assert (first["text"], first["state"], second["state"]) == ("Stilte <b>helpt</b> & hoe.", "kept", "reply")
    assert second["files_not_kept"] == 1
    assert not world.bram.sees("Stilte")


def test_pressing_twice_sends_one_file_and_two_files_have_different_names(world: World) -> None:
    several_weeks(world, world.anna, "Van mij.")
    for _ in range(2):
        world.bot.journal_export.export_journal(world.anna.id, "markdown", ExportPage("0" * 16), world.calendar())
    world.settles()
    (file,) = files(world, world.anna)
    assert file.name.startswith("mijn-dagboek-2026-11-16-") and file.name.endswith(".md")
    takes_along(world, world.anna, MARKDOWN)
    assert len({file.name for file in files(world, world.anna)}) == 2


def test_an_uncertain_file_is_looked_for_before_it_is_sent_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    several_weeks(world, world.anna, "Van mij.")
    upload = world.bot.outbox_worker.calls.slack._client.files_upload_v2

    def no_answer(**arguments: Any) -> None:
        upload(**arguments)
        raise ConnectionResetError

    with monkeypatch.context() as broken:
        broken.setattr(world.bot.outbox_worker.calls.slack._client, "files_upload_v2", no_answer)
        takes_along(world, world.anna, MARKDOWN)
    days_go_by(world, 0.1)
    assert len(files(world, world.anna)) == 1


def test_a_reflection_becomes_the_start_of_a_case_by_its_author(world: World) -> None:
    several_weeks(world, world.anna, "Een student zweeg de hele les.")
    opens(world, world.anna)
    world.anna.presses(shown(world.anna), "journal_entry_pressed")
    world.anna.presses(shown(world.anna), "Begin er een casus mee")
    world.anna.fills(shown(world.anna), {"theme": INTAKE["theme"]})
    world.anna.submits(shown(world.anna))
    form = shown(world.anna)
    assert form.values["story_happened"]["value"]["value"] == "Een student zweeg de hele les."
    assert kept(world) == [("kept", "Een student zweeg de hele les.")], "it stays where it is"


def test_a_reply_becomes_the_start_of_a_case_as_long_as_its_writer_is_in_the_circle(world: World) -> None:
    question = question_comes(world)
    world.bram.says(world.circle, "Mijn stagiair zwijgt.", thread=question)
    world.settles()
    opens(world, world.bram)
    entry(world.bram, "Mijn stagiair zwijgt.")
    page = shown(world.bram)
    world.bram.presses(page, "Begin er een casus mee")
    world.bram.fills(shown(world.bram), {"theme": INTAKE["theme"]})
    world.bram.submits(shown(world.bram))
    assert shown(world.bram).values["story_happened"]["value"]["value"] == "Mijn stagiair zwijgt."
    world.bram.closes()
    world.bram.leaves(world.circle)
    world.settles()
    world.bram.commands(world.bram.creates_channel("elders"), "/reflectie", "dagboek")
    entry(world.bram, "Mijn stagiair zwijgt.")
    world.bram.presses(shown(world.bram), "Begin er een casus mee")
    assert "een kring waar je niet in zit" in read(world.bram)
