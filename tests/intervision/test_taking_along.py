"""After the end: one form, for everybody of the case, that only its writer reads; and the case among one's own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import CaseRow, Insight
from playground.people import Person
from tests.intervision.actors import INTAKE, Table, labels_on, shown
from tests.outbox.clients import refuse_method, send_through

LEARNED = "Zwijgen tot tien helpt mij meer dan een lijstje."


@pytest.fixture
def ended(table: Table) -> Table:
    """A case of Anna, with Bram, Céline and Dirk, that was stopped."""
    table.lives_through(_stops)
    return table


def _stops(table: Table) -> None:
    table.begins()
    table.forges(table.anna, "case_stop_pressed", table.case)


def takes_along(table: Table, person: Person, text: str) -> None:
    person.presses(table.closing, "Wat neem je mee?")
    person.fills(shown(person), {"sentence": text})
    assert person.submits(shown(person)).errors is None
    table.world.settles()


def my_cases(table: Table, person: Person) -> str:
    person.commands(table.world.circle, "/intervisie", "mijn")
    return person.visible_text(shown(person))


def journal(table: Table, person: Person) -> str:
    person.closes() if person.modal else None
    person.commands(table.world.circle, "/reflectie", "dagboek")
    return person.visible_text(shown(person))


def test_what_one_takes_along_is_kept_in_the_journal_of_its_writer_alone(ended: Table):
    takes_along(ended, ended.bram, LEARNED)
    assert ended.bram.modal is None, "the form closes when it is sent"
    assert "Bewaard in je dagboek" in ended.reads(ended.bram) and "Bewaard in" not in ended.reads(ended.celine)
    read = journal(ended, ended.bram)
    assert LEARNED in read and "Wat ik meeneem uit een casus" in read
    assert not any(person.sees(LEARNED) for person in ended.world.workspace.people if person is not ended.bram)
    with ended.world.bot.services.database.reading() as session:
        (kept,) = session.scalars(select(Insight))
        assert kept.state == "kept" and kept.words and LEARNED.encode() not in kept.words


def test_it_is_one_form_with_one_field_and_its_writer_can_change_it(ended: Table):
    takes_along(ended, ended.anna, LEARNED)
    ended.anna.presses(ended.closing, "Wat neem je mee?")
    form = shown(ended.anna)
    assert [block["type"] for block in form.blocks] == ["input"] and LEARNED in ended.anna.visible_text(form)
    ended.anna.fills(form, {"sentence": "Eerst tellen."})
    ended.anna.submits(form)
    read = journal(ended, ended.anna)
    assert "Eerst tellen." in read and LEARNED not in read


def test_sending_it_twice_keeps_it_once(ended: Table):
    ended.bram.presses(ended.closing, "Wat neem je mee?")
    form = shown(ended.bram)
    ended.bram.fills(form, {"sentence": LEARNED})
    ended.bram.submits(form)
    ended.sends_again(ended.bram, form)
    assert journal(ended, ended.bram).count(LEARNED) == 1


def test_nothing_to_read_is_no_sentence_and_the_form_stays(ended: Table):
    ended.bram.presses(ended.closing, "Wat neem je mee?")
    ended.bram.fills(shown(ended.bram), {"sentence": "\u200b"})
    sent = ended.bram.submits(shown(ended.bram))
    assert sent.errors and "Eén zin is genoeg" in " ".join(sent.errors.values())


def test_who_was_not_in_it_and_who_is_early_keep_nothing(table: Table):
    table.begins(table.bram, table.celine)
    assert "loopt nog" in table.forges(table.bram, "take_along_pressed", table.case)
    table.forges(table.anna, "case_stop_pressed", table.case)
    assert "niet aan meedoet" in table.forges(table.dirk, "take_along_pressed", table.case)
    table.bram.presses(table.closing, "Wat neem je mee?")
    form = shown(table.bram)
    table.bram.fills(form, {"sentence": LEARNED})
    table.sends_again(table.dirk, form)
    with table.world.bot.services.database.reading() as session:
        assert session.scalars(select(Insight)).all() == []


def test_it_outlives_the_words_of_the_case(ended: Table):
    takes_along(ended, ended.bram, LEARNED)
    ended.world.calendar.move(timedelta(days=31))
    ended.world.settles()
    assert LEARNED in journal(ended, ended.bram) and not ended.bram.sees(INTAKE["question"])


def test_a_case_stays_among_ones_own_while_its_words_stand(ended: Table):
    read = my_cases(ended, ended.bram)
    assert INTAKE["title"] in read and "gestopt" in read and f"#{ended.room.name}" in read
    assert "de teksten blijven er tot woensdag 9 december" in read
    assert labels_on(shown(ended.bram)) == ["Wat neem je mee?", "Meer…"]
    ended.bram.presses(shown(ended.bram), "Wat neem je mee?")
    ended.bram.fills(shown(ended.bram), {"sentence": LEARNED})
    ended.bram.submits(shown(ended.bram))
    assert ended.bram.modal is None and ended.bram.sees("Bewaard in je dagboek")
    my_cases(ended, ended.bram)
    assert labels_on(shown(ended.bram)) == ["Meer…"], "it is asked once"
    ended.bram.closes()
    ended.world.calendar.move(timedelta(days=31))
    ended.world.settles()
    assert "Je zit nu in geen enkele casus" in my_cases(ended, ended.bram)


def test_what_was_called_off_is_not_among_ones_own(table: Table):
    table.brings(table.anna)
    table.presses(table.anna, table.opens_case_page(table.anna), "Casus intrekken")
    assert "Je zit nu in geen enkele casus" in my_cases(table, table.anna)
    with table.world.bot.services.database.reading() as session:
        assert session.scalars(select(CaseRow.forget_at)).one() is None


def test_the_owner_is_led_to_the_channel_once_they_are_in_it(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.celine)
    refuse_method(table.world, "conversations.invite", "missing_scope")
    table.presses(table.anna, table.owners_page(), "Schriftelijk starten")
    assert "is gestart. Ik maak er een kanaal voor" in table.anna.visible_text(table.owners_page())
    send_through(table.world, lambda *_: None)
    table.world.passes(hours=1)
    read = table.anna.visible_text(table.owners_page())
    assert f"{INTAKE['title']} loopt in #{table.room.name}." in read
    assert labels_on(table.owners_page()) == []
