"""Ten short lives of a circle in which everything goes wrong; `make torture` has thousands of others."""

import pytest
from sqlalchemy import select

from benchmarks.torture.beginnings import Databases, databases, in_a_case, with_a_question
from benchmarks.torture.outcome import torture
from benchmarks.torture.run import Plan
from db.models import OutboxTarget
from db.session import Database
from tests.world import World

PLANS = [Plan.of(seed) for seed in range(1, 11)]


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(plan, id=plan.arguments, marks=[pytest.mark.postgres] if plan.database == "postgres" else [])
        for plan in PLANS
    ],
)
def test_whatever_goes_wrong_all_comes_right(makes: Databases, plan: Plan):
    outcome = torture(makes, plan)
    assert outcome.findings == [], "\n".join([f"python -m benchmarks.torture {plan.arguments}", *outcome.journal])


def test_a_seed_gives_the_same_run_again(makes: Databases):
    plan = Plan.of(5, 1, "sqlite")
    assert torture(makes, plan).journal == torture(makes, plan).journal


def test_a_beginning_has_the_same_ids_in_every_process():
    """Also in one that had another beginning before: what is due at the same moment is done in their order."""
    found = []
    for lived_through_before in ([], [with_a_question]):
        with databases() as makes:
            for begins in lived_through_before:
                with makes.world("sqlite", begins):
                    pass
            with makes.world("sqlite", in_a_case) as world:
                found.append(ids_in(world))
    assert len(found[0]) > 1 and found[0] == found[1]


def ids_in(world: World) -> list[str]:
    database = Database(world.settings.database_url)
    with database.reading() as session:
        ids = list(session.scalars(select(OutboxTarget.id).order_by(OutboxTarget.key)))
    database.close()
    return ids
