"""What was said in a case's channel while no event came."""

from sqlalchemy import select

from db.models import CaseRow, Remark
from tests.intervision.actors import Table
from tests.listening.conftest import away
from tests.reflection.actors import held_up


def kept(table: Table) -> list[tuple[str | None, str]]:
    """The remarks: the step in whose thread each is, and what it says."""
    services = table.world.bot.services
    with services.database.reading() as session:
        rows = session.scalars(select(Remark).order_by(Remark.ts))
        return [(row.step, services.open_text(row.words, f"remark.words:{row.id}")) for row in rows]


def test_remarks_in_the_channel_under_a_card_and_under_each_other_are_taken_in(table: Table):
    first = table.bram.says(table.room, "Goeiedag")
    table.world.settles()
    with away(table.world):
        table.celine.says(table.room, "Ook goeiedag", thread=first)
        table.dirk.says(table.room, "Mooie vraag", thread=table.card())
        table.bram.edits(first, "Goeienavond")
    assert kept(table) == [(None, "Goeienavond"), (None, "Ook goeiedag"), ("exploring", "Mooie vraag")]


def test_what_was_deleted_is_kept_no_longer(table: Table):
    table.bram.says(table.room, "Blijft")
    gone = table.bram.says(table.room, "Weg")
    under = table.celine.says(table.room, "Weg onder een kaart", thread=table.card())
    table.world.settles()
    with away(table.world):
        table.bram.deletes(gone)
        table.celine.deletes(under)
    table.world.passes(minutes=15)
    assert [text for _, text in kept(table)] == ["Blijft", "", ""]


def test_before_a_step_closes_it_reads_what_it_missed(table: Table):
    with held_up(table.world):
        table.bram.says(table.room, "Nog gauw dit", thread=table.card())
    with table.world.bot.services.database.reading() as session:
        due = session.scalars(select(CaseRow.due_at)).one()
    assert due is not None
    step = table.card().text
    table.world.bot.catching_up.read_before_step(table.case, due)
    assert kept(table) == [("exploring", "Nog gauw dit")]
    table.world.until(due)
    assert table.card().text != step


def test_a_step_closes_also_when_slack_does_not_let_it_read(table: Table):
    table.world.workspace.scopes.discard("groups:history")
    step = table.card().text
    table.world.passes(days=4)
    assert table.card().text != step
