"""The checker finds what it is there to find: each kind of loss, spoiled by hand in a world where all is well."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import delete, select, update

from benchmarks.torture.beginnings import Databases, in_a_case
from benchmarks.torture.run import Plan, TortureRun
from bot.core import names
from db.models import CaseRow, Circle, ContributionRow, OutboxJob, OutboxTarget, Reflection, Remark
from tests.clock import MONDAY


@pytest.fixture
def run(makes: Databases) -> Iterator[TortureRun]:
    """A run in which people reply, answer, remark and write in a case, and nothing goes wrong."""
    with makes.world("sqlite", in_a_case) as world:
        run = TortureRun(world, Plan.of(1, 1, "sqlite"))
        run.be_calm()
        people, bram = run.people, world.bram
        people.reply(bram)
        people.remark(bram)
        for opens in (people.answer, people.write_in_case):
            opens(bram)
            while bram.modal:
                people.go_on(bram)
        run.recover()
        yield run
        run.ends()


def kinds(run: TortureRun) -> set[str]:
    return {one.kind for one in run.check()}


def test_where_all_is_well_nothing_is_found(run: TortureRun):
    kept = {one.kind for one in run.people.writings.by_text.values() if one.must_be_kept}
    assert kept == {"reply", "remark", "answer", "contribution"} and run.check() == []


@pytest.mark.parametrize("row", [Reflection, Remark, ContributionRow])
def test_what_is_kept_no_more_is_lost(run: TortureRun, row: type):
    _change(run, delete(row))
    assert kinds(run) == {"lost"}


def test_a_post_that_is_not_in_slack_is_lost(run: TortureRun):
    circle = run.world.circle
    question = next(one for one in circle.messages.values() if names.ANSWER in str(one.blocks))
    del circle.messages[question.ts]
    assert "lost" in kinds(run)
    with run.database.reading() as session:
        target = session.scalars(select(OutboxTarget.id).where(OutboxTarget.ts == question.ts)).one()
    _change(run, update(OutboxJob).where(OutboxJob.target_id == target).values(state="failed", error="not_in_slack"))
    assert kinds(run) == {"lost", "untold"}, "it counts as lost until somebody reads so"


def test_what_its_writer_deleted_is_not_to_be_kept(run: TortureRun):
    reply = next(one for one in run.people.writings.by_text.values() if one.kind == "reply")
    run.world.workspace.disconnect(run.deliveries.take)
    assert reply.message
    run.world.bram.deletes(reply.message)
    assert [str(one) for one in run.check()] == [f"lost: the reply {reply.name} of Bram is kept, and is deleted"]


@pytest.mark.parametrize(("state", "kind"), [("waiting", "stuck"), ("sending", "stuck"), ("failed", "untold")])
def test_a_job_that_is_not_done_is_stuck_and_one_that_failed_is_to_be_told(run: TortureRun, state: str, kind: str):
    # Nobody in Slack can be told of a greeting.
    about_a_round = select(OutboxTarget.id).where(OutboxTarget.subject.is_not(None))
    _change(run, update(OutboxJob).where(OutboxJob.target_id.in_(about_a_round)).values(state=state, error="an_error"))
    assert kinds(run) == {kind}


@pytest.mark.parametrize(
    "change",
    [
        lambda: update(Circle).values(next_round_at=MONDAY),
        lambda: update(CaseRow).values(state="running", due_at=MONDAY),
        lambda: update(CaseRow).values(state="running", due_at=None),
    ],
)
def test_a_circle_or_a_case_in_which_nothing_comes_is_stuck(run: TortureRun, change: Callable):
    _change(run, change())
    assert kinds(run) == {"stuck"}


def test_a_form_that_did_not_open_and_nobody_said_so_is_untold(run: TortureRun):
    run.world.workspace.disconnect(run.deliveries.take)
    run.world.workspace.connect(lambda envelope: run.world.workspace.acknowledge(envelope.envelope_id))
    run.people.answer(run.world.celine)
    assert kinds(run) == {"untold"}


def test_a_message_that_stands_twice_is_found(run: TortureRun):
    circle = run.world.circle
    question = next(one for one in circle.messages.values() if names.ANSWER in str(one.blocks))
    circle.messages["1.000001"] = question
    assert kinds(run) == {"twice"}


def _change(run: TortureRun, statement) -> None:
    with run.database.writing() as session:
        session.execute(statement)
