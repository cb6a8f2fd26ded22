"""From the question in the channel to the number in the digest, through everything between."""

from tests.digest.test_page import opens


def asked(world):
    """The circle is set up, and its first question is in the channel."""
    world.sets_up()
    world.passes(days=8)
    return world.anna.messages(world.circle)[-1]


def test_five_people_who_reply_in_the_thread_become_a_number(world):
    card = asked(world)
    for person in world.cast[:4]:
        person.says(world.circle, f"iets van {person.name}", thread=card)
    world.settles()
    assert "Gedeelde reflecties: nog te weinig om te tellen" in opens(world.bram, world)

    world.elif_.says(world.circle, "en van mij", thread=card)
    world.settles()

    page = opens(world.bram, world)
    assert "Minstens 5 gedeelde reflecties" in page
    assert "iets van" not in page and "en van mij" not in page


def test_what_is_kept_for_oneself_changes_nothing_and_what_is_shared_does(world):
    card = asked(world)
    for person in world.cast[1:]:
        person.says(world.circle, "iets", thread=card)
    before = opens(world.bram, world)

    answers(world, world.anna, card, "enkel voor mij")
    assert opens(world.bram, world) == before

    world.anna.presses(card, "Antwoord")
    world.anna.presses(world.anna.modal, "Deel in de draad")
    world.settles()
    assert "Minstens 5 gedeelde reflecties" in opens(world.bram, world)


def test_whoever_deletes_their_reply_is_no_longer_counted(world):
    card = asked(world)
    replies = [person.says(world.circle, "iets", thread=card) for person in world.cast]
    world.settles()
    assert "Minstens 5 gedeelde reflecties" in opens(world.bram, world)

    world.celine.deletes(replies[2])
    world.settles()

    assert "Gedeelde reflecties: nog te weinig om te tellen" in opens(world.bram, world)


def answers(world, person, card, text):
    person.presses(card, "Antwoord")
    person.fills(person.modal, {"text_1": text, "Voor wie is dit?": "Voor mezelf"})
    person.submits(person.modal)
    world.settles()
