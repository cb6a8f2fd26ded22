"""How often a person has to press, from the card on, until what they say is kept and nothing is in their way."""

import pytest

from playground.faults import Fault, FaultRule
from playground.model import Message, View
from playground.people import Person
from tests.intervision.actors import Table, fields_of, shown

pytestmark = pytest.mark.one_database

FOR_A_CONTRIBUTION, FOR_NOTHING_TO_ADD = 3, 1


class Hand:
    """Somebody's hand: what it pressed, wrote in and sent."""

    def __init__(self, person: Person) -> None:
        self.person, self.did = person, list[str]()

    def presses(self, on: Message | View, what: str) -> None:
        self.person.presses(on, what)
        self.did.append(what)

    def writes(self, text: str) -> None:
        field = next(name for name in fields_of(shown(self.person)) if name.startswith("text:"))
        self.person.fills(shown(self.person), {field: text})
        self.did.append("writes")

    def sends(self) -> None:
        assert self.person.submits(shown(self.person)).errors is None
        self.did.append("sends")


@pytest.fixture
def begun(table: Table) -> Table:
    table.begins()
    return table


def test_a_contribution_takes_three_and_nothing_has_to_be_closed(begun: Table):
    hand = Hand(begun.celine)
    hand.presses(begun.card(), "Schrijf")
    hand.writes("Wat hoopte je?")
    hand.sends()
    assert len(hand.did) <= FOR_A_CONTRIBUTION and begun.celine.modal is None
    assert begun.lines(begun.celine)[-1].startswith("Bewaard. Iedereen leest het als deze stap sluit, ten laatste")


def test_nothing_to_add_takes_one(begun: Table):
    hand = Hand(begun.celine)
    hand.presses(begun.card(), "Niets toe te voegen")
    assert len(hand.did) <= FOR_NOTHING_TO_ADD and begun.celine.modal is None
    assert begun.lines(begun.celine)[-1].startswith("Genoteerd: niets toe te voegen.")


def test_the_line_is_in_the_channel_of_the_card_and_for_its_reader_alone(begun: Table):
    begun.writes(begun.celine, "Wat hoopte je?")
    line = [message for message in begun.celine.messages(begun.room) if message.ephemeral_for][-1]
    assert line.text.startswith("Bewaard.") and "hoopte" not in str(line.blocks)
    assert not begun.dirk.sees("Bewaard.")


def test_where_slack_takes_no_such_line_it_comes_in_the_direct_conversation(begun: Table):
    rule = FaultRule(Fault.REFUSED, methods=("chat.postEphemeral",), value="user_not_in_channel", times=1)
    begun.world.workspace.faults.adds(rule)
    form = begun.opens(begun.celine)
    begun.celine.fills(form, {"text:new-1:0": "Wat hoopte je?"})
    begun.celine.submits(form)
    begun.world.settles()
    direct = begun.celine.messages(begun.celine.opens_dm(begun.world.workspace.bot))
    assert direct[-1].text.startswith("Bewaard.")


def test_joining_takes_one_and_the_rest_is_behind_its_line(table: Table):
    table.brings(table.anna)
    hand = Hand(table.bram)
    hand.presses(table.invitation, "Ik denk mee")
    assert len(hand.did) == 1 and table.bram.modal is None
    told = table.lines(table.bram)[-1]
    assert told.startswith("*Fijn dat je meedoet.*") and "Ik zeg het je de werkdag voor iets van jou sluit." in told
    hand.presses(table.bram.messages(table.world.circle)[-1], "Meer…")
    page = table.bram.visible_text(shown(table.bram))
    assert "Zeg het mij de werkdag voor iets sluit" in page and "Niet meer meedoen" in page
