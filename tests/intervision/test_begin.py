"""From asking to starting."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from db.models import CaseRow
from tests.intervision.actors import INTAKE, STORY, Table, labels_on, shown

pytestmark = pytest.mark.one_database


def test_the_circle_sees_how_a_case_works_and_nothing_of_what_it_is_about(table: Table):
    table.brings(table.anna)
    seen = table.bram.visible_text(table.world.circle)
    assert "Vijfstappenmethode" in seen and "Feedbackgesprekken" in seen
    assert "Je kan vragen stellen, zeggen wat voor jou de kern is en advies geven." in seen
    assert "4 × 10 minuten, 9/11 tot 1/12" in seen and "Meedoen kan tot de start" in seen
    assert labels_on(table.invitation) == ["Ik denk mee"]
    assert not table.bram.sees(INTAKE["title"]) and not table.bram.sees(INTAKE["question"])
    assert table.anna.id not in str(table.invitation.blocks)


def test_the_form_says_what_to_think_of_and_whom_to_call_in_danger(table: Table):
    form = table.opens_story(table.anna)
    read = table.anna.visible_text(form)
    assert "Laat namen en herkenbare details weg" in read and "Vertrouwenspersoon: 016 00 00 00" in read
    page = table.presses(table.anna, form, "Wat laat ik weg?")
    assert "Geen namen, initialen, nummers" in page and "wie de server van Klankbord beheert" in page
    assert "Ik ben geen noodkanaal. Neem contact op met: Vertrouwenspersoon: 016 00 00 00" in page


def test_sending_the_form_twice_makes_one_case(table: Table, caplog: pytest.LogCaptureFixture):
    form = table.opens_story(table.anna)
    table.anna.fills(form, STORY)
    before = replace(form)
    assert table.sends(table.anna).startswith("Je casus is bewaard.")
    table.sends_again(table.anna, before)
    with table.world.bot.services.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CaseRow)) == 1
    assert "failed" not in caplog.text


def test_a_field_with_nothing_to_read_is_asked_again_and_nothing_is_lost(table: Table):
    sent = table.brings(table.anna, title="\u200f", question="\u200f \u200e", story_happened="\u200b")
    assert sent.errors and set(sent.errors) == {"Titel", "Jouw vraag", "Wat speelt er?"}
    assert sent.view is not None and "Methode:" not in table.bram.visible_text(table.world.circle)


def test_the_language_chosen_in_the_form_is_spoken_from_then_on(table: Table):
    table.brings(table.anna, my_language="fr")
    assert "Ton cas" in table.anna.visible_text(table.owners_page())
    assert "Iemand uit de kring" in table.bram.visible_text(table.world.circle)


def test_a_case_begins_in_a_channel_of_its_own(table: Table):
    room = table.begins(leads=table.bram)
    opening = table.reads(table.celine)
    assert room.is_private and not table.world.elif_.sees(INTAKE["title"])
    assert INTAKE["title"] in opening and INTAKE["question"] in opening and INTAKE["story_happened"] in opening
    assert "Inbrenger: Anna" in opening and "Gespreksleider: Bram" in opening
    assert "Meedenkers: Bram, Céline, Dirk" in opening
    assert "Stap 2a van 5 · Verkennen" in opening and opening.count(INTAKE["story_happened"]) == 1
    circle = table.dirk.visible_text(table.world.circle)
    assert "is begonnen" in circle and "Ik denk mee" not in circle and room.name not in circle


def test_all_parts_of_a_story_stand_in_the_opening(table: Table):
    table.begins(method="faro_5", story_did="Mijn stagiair en ik.", story_tried="Ik werd stil.")
    assert all(
        told in table.reads(table.bram) for told in (INTAKE["story_happened"], "Mijn stagiair en ik.", "Ik werd stil.")
    )


def test_the_owner_starts_only_when_there_are_enough(table: Table):
    table.brings(table.anna)
    page = table.anna.visible_text(table.owners_page())
    assert "Nog 2 mensen" in page and "Schriftelijk starten" not in page
    assert "niet genoeg mensen" in table.forges(table.anna, "case_start_pressed", table.case)
    table.joins(table.bram)
    assert "@Bram" in table.anna.visible_text(table.owners_page())
    table.joins(table.celine)
    assert "Schriftelijk starten" in table.anna.visible_text(table.owners_page())


def test_joining_twice_does_no_harm_and_one_can_leave_again(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.bram)
    assert table.anna.visible_text(table.owners_page()).count("@Bram") == 1
    table.bram.presses(table.opens_joined_page(table.bram), "Niet meer meedoen")
    assert "Je doet niet meer mee" in table.bram.visible_text(shown(table.bram))
    table.world.settles()
    assert "@Bram" not in table.anna.visible_text(table.owners_page())


def test_there_is_one_facilitator_and_the_second_hears_it(table: Table):
    table.brings(table.anna)
    card = table.invitation
    table.joins(table.bram, leads=table.bram)
    told = table.forges(table.celine, "case_facilitate_pressed", table.case)
    assert "Iemand was je net voor" in told and "Ik denk mee" in told
    assert "als gespreksleider" not in table.presses(table.dirk, card, "Ik denk mee")
    assert "@Céline" not in table.anna.visible_text(table.owners_page())


def test_a_facilitator_can_rather_be_a_peer(table: Table):
    table.brings(table.anna)
    table.bram.presses(table.opens_joined_page(table.bram), "Doe mee als gespreksleider")
    table.world.settles()
    assert "Gespreksleider: @Bram" in table.anna.visible_text(table.owners_page())
    table.bram.presses(shown(table.bram), "Liever alleen meedenken")
    table.world.settles()
    assert "Gespreksleider" not in table.anna.visible_text(table.owners_page())


def test_the_owner_is_in_already(table: Table):
    table.brings(table.anna)
    assert "je eigen casus" in table.presses(table.anna, table.invitation, "Ik denk mee")
    assert "Je kan hem stoppen" in table.forges(table.anna, "case_leave_pressed", table.case)


def test_a_full_group_is_full(table: Table):
    table.brings(table.anna)
    newcomers = [table.world.workspace.add_person(name) for name in ("Fien", "Gert", "Hilde", "Ivo")]
    for person in newcomers:
        person.joins(table.world.circle)
    table.world.settles()
    table.joins(table.bram, table.celine, table.dirk, table.world.elif_, *newcomers[:3])
    assert "De groep is volledig." in newcomers[3].visible_text(table.world.circle)
    assert "De groep is volledig" in table.forges(newcomers[3], "case_join_pressed", table.case)


def test_who_is_no_guest_and_in_the_circle_can_join(table: Table):
    table.brings(table.anna)
    stranger = table.world.workspace.add_person("Vreemde")
    guest = table.world.workspace.add_person("Gast", guest=True)
    table.bram.invites(table.world.circle, guest)
    table.world.settles()
    for _ in range(2):
        told = table.forges(stranger, "case_join_pressed", table.case)
    assert "een kring waar je niet in zit" in told
    assert "gasten" in table.forges(guest, "case_join_pressed", table.case)
    assert "nog niemand" in table.anna.visible_text(table.owners_page())


def test_a_case_that_does_not_exist_is_told_kindly(table: Table):
    for action in ("case_join_pressed", "case_start_pressed", "case_stop_pressed", "case_wipe_pressed"):
        for pointer in ("0" * 16, "", "x" * 200):
            assert "bestaat niet meer" in table.forges(table.bram, action, pointer)


def test_only_the_owner_starts_or_calls_off(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.celine)
    assert "Alleen de inbrenger" in table.forges(table.bram, "case_start_pressed", table.case)
    assert "anderen aan het woord" in table.forges(table.bram, "case_stop_pressed", table.case)
    assert "niet aan meedoet" in table.forges(table.dirk, "case_start_pressed", table.case)
    assert "Ik denk mee" in table.dirk.visible_text(table.world.circle)


def test_two_cases_of_one_theme_and_day_have_a_channel_of_their_own(table: Table):
    first = table.begins().name
    table.brings(table.bram)
    table.joins(table.celine, table.dirk, table.anna)
    table.presses(table.bram, table.owners_page(table.bram), "case_start_pressed")
    second = next(c.name for c in table.celine.channels() if c.name.startswith("intervisie-") and c.name != first)
    assert first == "intervisie-feedbackgesprekken-9nov" and second.startswith(f"{first}-")


def test_starting_twice_is_starting_once(table: Table):
    table.begins()
    assert table.forges(table.anna, "case_start_pressed", table.case) == ""
    assert len([c for c in table.anna.channels() if c.name.startswith("intervisie-")]) == 1
    assert "al begonnen" in table.forges(table.world.elif_, "case_join_pressed", table.case)


def test_what_is_called_off_is_wiped_and_the_circle_hears_no_why(table: Table):
    table.brings(table.anna)
    table.joins(table.bram)
    page = table.opens_case_page(table.anna)
    assert "Je casus is ingetrokken" in table.presses(table.anna, page, "Casus intrekken")
    circle = table.bram.visible_text(table.world.circle)
    assert "ging niet door" in circle and "Ik denk mee" not in circle
    assert INTAKE["title"] not in table.anna.visible_text(table.owners_page())
    with table.world.bot.services.database.reading() as session:
        assert session.scalars(select(CaseRow.words)).one() is None


def test_a_case_started_in_the_evening_opens_in_the_morning(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.celine)
    table.world.passes(hours=10)
    table.presses(table.anna, table.owners_page(), "Schriftelijk starten")
    assert "dinsdag 10 november, 8:00" in table.anna.visible_text(table.owners_page())
    assert not table.bram.sees(INTAKE["title"])
    table.world.passes(hours=13)
    assert table.bram.sees(INTAKE["title"]) and table.bram.sees("Stap 2a van 5")


def test_help_says_how_it_goes(table: Table):
    table.bram.commands(table.world.circle, "/intervisie", "hulp")
    assert "breng een casus in." in table.bram.visible_text(table.world.circle) and table.bram.modal is None
