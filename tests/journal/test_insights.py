"""An insight: one sentence that somebody makes of what they wrote, for themselves or for the circle."""

import json

import pytest
from sqlalchemy import select

from bot.core import names
from db.models import Insight, Reflection
from playground.people import Person
from tests.forged_payloads import presses, submits
from tests.journal.actors import WIPE, entry, opens, read, several_weeks, shown
from tests.journal.test_export import HTML, JSON, MARKDOWN, takes_along
from tests.reflection.actors import NAMELESS, NAMELESSLY, answers, card, kept, next_week, question_comes, thread, writes
from tests.world import World

MAKE, FIELD, MINE = "Maak er een inzicht van", "Je inzicht, in één zin", "Mijn inzichten"
KEEP_IT, SHARE_IT = "Bewaar voor mezelf", "Deel in het kanaal, met mijn naam"
BACK = "← Mijn dagboek"
WAITING = "Wachten is ook vragen."


def says_it(person: Person, sentence: str) -> None:
    """Somebody makes an insight of the entry in front of them."""
    person.presses(shown(person), MAKE)
    person.fills(shown(person), {FIELD: sentence})
    assert person.submits().errors is None


def in_channel(world: World, person: Person) -> str:
    """What this person reads in the circle's channel."""
    return "\n".join(person.visible_text(message) for message in person.messages(world.circle))


def one_id(world: World, table: type[Reflection] | type[Insight]) -> str:
    with world.bot.services.database.reading() as session:
        return str(session.scalars(select(table.id)).one())


def test_an_insight_is_made_shared_and_taken_back(world: World) -> None:
    several_weeks(world, world.anna, "Ik telde tot tien, en toen begon hij te praten.")
    opens(world, world.anna)
    entry(world.anna, "Ik telde tot tien")
    world.anna.presses(shown(world.anna), MAKE)
    form = read(world.anna)
    assert form.index("Ik telde tot tien") < form.index(FIELD) and "niemand te herkennen" in form
    world.anna.fills(shown(world.anna), {FIELD: "  Wachten is\nook vragen. "})
    assert world.anna.submits().errors is None
    assert "Je inzicht is bewaard" in read(world.anna) and "Alleen jij ziet het" in read(world.anna)
    assert WAITING in read(world.anna), "one line"
    world.settles()
    assert WAITING not in in_channel(world, world.bram), "nothing is preset"
    world.anna.presses(shown(world.anna), SHARE_IT)
    world.settles()
    assert f"@Anna deelt een inzicht:\n> {WAITING}" in in_channel(world, world.bram).replace("@anna", "@Anna")
    assert "Ik telde tot tien" not in in_channel(world, world.bram), "what it comes from stays hers"
    world.anna.presses(shown(world.anna), "Pas aan")
    world.anna.fills(shown(world.anna), {FIELD: "Zwijgen is ook vragen."})
    world.anna.submits()
    world.settles()
    assert "Zwijgen is ook vragen." in in_channel(world, world.bram) and WAITING not in in_channel(world, world.bram)
    world.anna.presses(shown(world.anna), "Haal uit het kanaal")
    world.settles()
    assert "inzicht" not in in_channel(world, world.bram) and "Bewaard voor jezelf" in read(world.anna)
    world.anna.presses(shown(world.anna), SHARE_IT)
    world.settles()
    assert in_channel(world, world.bram).count("Zwijgen is ook vragen.") == 1, "she may change her mind again"
    world.anna.presses(shown(world.anna), "Wis")
    world.settles()
    assert "inzicht" not in in_channel(world, world.bram)
    world.anna.presses(shown(world.anna), BACK)
    assert "Zwijgen" not in read(world.anna) and MINE not in read(world.anna)
    assert kept(world) == [("kept", "Ik telde tot tien, en toen begon hij te praten.")], "and this is as it was"


@pytest.mark.one_database
def test_an_insight_is_found_among_insights_and_among_everything(world: World) -> None:
    several_weeks(world, world.anna, "Een.", "Twee.", "Drie.", "Vier.", "Vijf.", "Een lange les over stilte.")
    opens(world, world.anna)
    assert MINE not in read(world.anna), "there is none yet"
    entry(world.anna, "Een lange les")
    says_it(world.anna, WAITING)
    world.anna.presses(shown(world.anna), KEEP_IT)
    world.anna.presses(shown(world.anna), BACK)
    assert read(world.anna).index(WAITING) < read(world.anna).index("Een lange les"), "the newest first"
    world.anna.presses(shown(world.anna), MINE)
    assert WAITING in read(world.anna) and "Een lange les" not in read(world.anna)
    entry(world.anna, WAITING)
    world.anna.presses(shown(world.anna), BACK)
    assert "Een lange les" not in read(world.anna), "back to her insights"
    world.anna.fills(shown(world.anna), {"Zoek in wat ik schreef": "wachten"})
    world.anna.submits()
    assert WAITING in read(world.anna)
    world.anna.presses(shown(world.anna), BACK)
    assert WAITING in read(world.anna) and "Een lange les" not in read(world.anna), "what she searched for stands"
    world.anna.fills(shown(world.anna), {"Zoek in wat ik schreef": "stilte"})
    world.anna.submits()
    assert WAITING not in read(world.anna) and "Een lange les over stilte." in read(world.anna)


@pytest.mark.one_database
def test_nobody_else_can_make_or_reach_an_insight(world: World) -> None:
    several_weeks(world, world.bram, "Van Bram.")
    assert "Dit bestaat niet meer" in presses(world, world.anna, names.MAKE_INSIGHT, one_id(world, Reflection))
    world.anna.closes()
    opens(world, world.bram)
    entry(world.bram, "Van Bram.")
    world.bram.presses(shown(world.bram), MAKE)
    form = shown(world.bram)
    told = submits(world, world.anna, form, None, sentence={"value": {"type": "plain_text_input", "value": "Gestolen"}})
    assert "Dit bestaat niet meer" in told
    world.bram.fills(form, {FIELD: WAITING})
    world.bram.submits()
    insight = one_id(world, Insight)
    for action in (names.INSIGHT, names.CHANGE_INSIGHT, names.KEEP_INSIGHT, names.SHARE_INSIGHT, names.WIPE_INSIGHT):
        assert "Dit bestaat niet meer" in presses(world, world.anna, action, insight)
        world.anna.closes()
    form.payload["callback_id"] = names.INSIGHT_FORM
    stolen = {"sentence": {"value": {"type": "plain_text_input", "value": "Gestolen"}}}
    assert "Dit bestaat niet meer" in submits(world, world.anna, form, {"insight": insight}, **stolen)
    world.bram.presses(shown(world.bram), KEEP_IT)
    assert WAITING in read(world.bram) and not world.anna.sees(WAITING) and not world.anna.sees("Van Bram")


@pytest.mark.one_database
def test_a_form_sent_twice_makes_one_insight_of_one_sentence(world: World) -> None:
    several_weeks(world, world.anna, "Van mij.")
    opens(world, world.anna)
    entry(world.anna, "Van mij.")
    world.anna.presses(shown(world.anna), MAKE)
    form = shown(world.anna)

    def sends(text: str) -> str:
        return submits(world, world.anna, form, None, sentence={"value": {"type": "plain_text_input", "value": text}})

    assert "Eén zin is genoeg" in sends(" \n ") and "hoogstens 300 tekens" in sends("x" * 301)
    for _ in range(2):
        assert WAITING in sends(WAITING)
    with world.bot.services.database.reading() as session:
        (row,) = session.scalars(select(Insight))
        assert row.words is not None and WAITING.encode() not in row.words, "sealed"
        pointers = {**json.loads(form.payload["private_metadata"]), "form": "of her own making"}
    text = {"sentence": {"value": {"type": "plain_text_input", "value": WAITING}}}
    assert "niet meer" in submits(world, world.anna, form, pointers, **text)


@pytest.mark.one_database
def test_an_insight_is_in_every_file_and_is_wiped_with_everything(world: World) -> None:
    several_weeks(world, world.anna, "Van mij.")
    opens(world, world.anna)
    entry(world.anna, "Van mij.")
    says_it(world.anna, "Stilte <b>helpt</b>.")
    world.anna.presses(shown(world.anna), SHARE_IT)
    world.settles()
    world.anna.closes()
    markdown, page, data = takes_along(world, world.anna, MARKDOWN, HTML, JSON)
    assert "· Inzicht\n" in markdown and "\n\nStilte <b>helpt</b>.\n\n*Gedeeld in het kanaal.*" in markdown
    assert '<p class="mine">Stilte &lt;b&gt;helpt&lt;/b&gt;.</p>' in page
    assert [one["state"] for one in json.loads(data)["entries"]] == ["kept", "insight_shared"]
    world.anna.presses(shown(world.anna), BACK)
    world.anna.presses(shown(world.anna), WIPE)
    assert "inzichten verdwijnen" in read(world.anna)
    world.anna.presses(shown(world.anna), "Wis alles, voorgoed")
    world.settles()
    assert "inzicht" not in in_channel(world, world.bram)
    with world.bot.services.database.reading() as session:
        assert list(session.scalars(select(Insight.words))) == [None]


@pytest.mark.one_database
def test_an_insight_deleted_in_slack_is_for_its_writer_alone_also_once_they_left(world: World) -> None:
    several_weeks(world, world.bram, "Van mij.")
    opens(world, world.bram)
    entry(world.bram, "Van mij.")
    says_it(world.bram, WAITING)
    world.bram.presses(shown(world.bram), SHARE_IT)
    world.settles()
    world.anna.user.is_admin = True
    world.anna.deletes(world.anna.messages(world.circle)[-1])
    world.settles()
    world.bram.presses(shown(world.bram), BACK)
    entry(world.bram, WAITING)
    assert "Bewaard voor jezelf" in read(world.bram)
    world.bram.leaves(world.circle)
    world.settles()
    world.bram.presses(shown(world.bram), SHARE_IT)
    world.settles()
    assert "een kring waar je niet in zit" in read(world.bram) and WAITING not in in_channel(world, world.anna)


@pytest.mark.one_database
def test_a_reply_can_become_an_insight_that_outlives_it(world: World) -> None:
    question = question_comes(world)
    world.bram.says(world.circle, "Getypt in de draad", thread=question)
    world.settles()
    opens(world, world.bram)
    entry(world.bram, "Getypt in de draad")
    says_it(world.bram, WAITING)
    world.bram.presses(shown(world.bram), KEEP_IT)
    world.bram.closes()
    word = world.bram.messages(world.bram.opens_dm(world.workspace.bot))[0]
    world.bram.presses(word, "Laat mij erbuiten")
    world.settles()
    opens(world, world.bram)
    assert WAITING in read(world.bram) and "Getypt in de draad" not in read(world.bram)
    entry(world.bram, WAITING)
    world.bram.presses(shown(world.bram), "Pas aan")
    assert "Getypt in de draad" not in read(world.bram)


@pytest.mark.one_database
def test_nothing_leads_from_an_insight_to_what_went_out_without_a_name(world: World) -> None:
    for number in range(8):
        world.finds(f"Lid {number}")
    question_comes(world)
    answers(world.bram, card(world), "Van Bram, zonder naam.", NAMELESSLY)
    writes(world.anna, card(world), "Van Anna.")
    says_it(world.anna, WAITING)
    world.anna.presses(shown(world.anna), KEEP_IT)
    world.anna.closes()
    first = card(world)
    world.anna.presses(first, "answer_pressed")
    world.anna.presses(shown(world.anna), NAMELESS)
    assert MAKE not in read(world.anna), "while it waits, nothing is made of it"
    next_week(world)
    assert "Van Anna." in thread(world.bram, first)
    with world.bot.services.database.reading() as session:
        assert list(session.scalars(select(Insight.reflection_id))) == [None]
    world.anna.closes()
    opens(world, world.anna)
    assert WAITING in read(world.anna)
