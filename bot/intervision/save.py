"""Writing down what became of a case: the differences, and nothing that is as it was."""

from collections.abc import Mapping
from typing import Any

from bot.intervision.context import CaseContext, SealedContribution
from bot.intervision.rules.case import Case, Contribution
from bot.intervision.rules.machine import next_due_at
from db.models import ContributionRow, Participation
from db.queries import intervision as cases


def save_case(context: CaseContext, before: Case, written: Mapping[str, SealedContribution]) -> None:
    """Write the differences between `before` and the case as it is now."""
    row, after = context.row, context.case
    columns = {
        "state": after.state.value,
        "pace": after.pace.value,
        "opens_at": after.opens_at,
        "due_at": next_due_at(after) if row.waits_since is None else None,
        "steps": after.steps_as_json(),
        "lies_still_until": after.lies_still_until,
        "is_group_there": after.is_group_there,
    }
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if before.roles != after.roles:
        _save_roles(context, before)
    known = {each.id: each for each in before.contributions}
    for each in after.contributions:
        if each.id not in known:
            row_values = _row_of_new(row.id, each, written.get(each.id))
            cases.add_contribution(context.session, row_values, nameless=each.author is None)
    if any(id in written for id in known) or before.contributions != after.contributions[: len(known)]:
        _save_changed_contributions(context, before, written)
    context.session.flush()


def _row_of_new(case_id: str, each: Contribution, written: SealedContribution | None) -> dict[str, Any]:
    place = written if written and each.author is not None else None
    return {
        "id": contribution_row_id(case_id, each),
        "case_id": case_id,
        "step": each.step,
        "member_id": each.author,
        "kind": each.kind,
        "rating": each.rating,
        "about": each.about,
        "state": "revealed" if each.revealed else "held",
        "form_token": place.form if place else None,
        "slot": place.slot if place else None,
        "words": written.words if written else None,
        "written_at": each.at,
    }


def contribution_row_id(case_id: str, contribution: Contribution) -> str:
    """The key of a contribution's row; a pass has no random id of its own, so the id of its case is put before it."""
    return f"{case_id}:{contribution.id}" if contribution.is_pass else contribution.id


def _save_roles(context: CaseContext, before: Case) -> None:
    had, has = (
        {(person, role.value) for role, people in case.roles.items() for person in people}
        for case in (before, context.case)
    )
    numbers = _numbers_of_people(context)
    for member_id, role in had - has:
        context.session.delete(context.session.get_one(Participation, (context.row.id, member_id, role)))
    context.session.add_all(
        Participation(case_id=context.row.id, member_id=member, role=role, number=numbers[member])
        for member, role in has - had
    )


def _numbers_of_people(context: CaseContext) -> dict[int, int]:
    """Everybody's place in the order of joining; new people come last."""
    people = cases.participations(context.session, context.row.id)
    numbers: dict[int, int] = {each.member_id: each.number for each in people}
    for person in context.case.arrived:
        numbers.setdefault(person, max(numbers.values(), default=0) + 1)
    return numbers


def _save_changed_contributions(context: CaseContext, before: Case, written: Mapping[str, SealedContribution]) -> None:
    now_there = {each.id: each for each in context.case.contributions}
    rows = {each.id: each for each in cases.contributions_with_words(context.session, context.row.id)}
    for each in before.contributions:
        after = now_there.get(each.id)
        if each == after and each.id not in written:
            continue
        row = rows[contribution_row_id(context.row.id, each)]
        if after:
            _update(row, after, written.get(each.id))
        elif each.is_pass:
            # A pass leaves nothing behind.
            context.session.delete(row)
        else:
            # Only the fact is kept of words that were taken back, so that an old form cannot write them again.
            row.state, row.words = "withdrawn", None


def _update(row: ContributionRow, each: Contribution, written: SealedContribution | None) -> None:
    row.state, row.rating = "revealed" if each.revealed else "held", each.rating
    if written:
        row.words = written.words
    if each.author is None:
        # Whatever could lead back to the writer is deleted with the name: the form, the order, the moment.
        row.member_id, row.form_token, row.slot, row.number, row.written_at = None, None, None, 0, each.at
