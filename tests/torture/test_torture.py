"""Ten short lives of a circle in which everything goes wrong; `make torture` has thousands of others."""

import pytest

from benchmarks.torture.beginnings import Databases
from benchmarks.torture.outcome import torture
from benchmarks.torture.run import Plan

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
