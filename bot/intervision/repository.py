"""Between rows and the value that the step machine works with: a case read whole, and what changed put back."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from bot.intervision.rules.case import Case, CaseState, Contribution, Pace, StepPhase, StepState
from bot.intervision.rules.events import Passed
from bot.intervision.rules.machine import next_due_at
from bot.library.enums import Role
from bot.library.protocol import Protocol
from db.models import CaseRow, Participation
from db.models import ContributionRow as ContributionRow
from db.queries import intervision as cases

# The name of `StepState.next_pace` in the column.
_NEXT_PACE = "then"
_MOMENTS = ("opened_at", "deadline", "closes_at", "closed_at", "rung_at", "turn_until", "reopened_at")


@dataclass(frozen=True)
class SealedContribution:
    """What a new contribution says, sealed (a rating says nothing), and the place in the form it came through."""

    words: bytes | None
    form: str | None = None
    slot: str | None = None


@lru_cache(maxsize=32)
def parse_protocol(body: str) -> Protocol:
    """The protocol that a case keeps. Cases that began alike share one: it is long, and every request asks for it."""
    return Protocol.model_validate(json.loads(body))


def read_case(session: Session, row: CaseRow) -> Case:
    """The case as a value; ids of people are our own."""
    people = cases.participations(session, row.id)
    return Case(
        protocol=parse_protocol(row.protocol),
        state=CaseState(row.state),
        roles=_roles(people),
        steps=tuple(_step_from_json(kept) for kept in row.steps),
        contributions=tuple(_contribution(each) for each in cases.contributions_without_words(session, row.id)),
        opens_at=row.opens_at,
        pace=Pace(row.pace),
        arrived=tuple(dict.fromkeys(each.member_id for each in people)),
    )


def save_changes(
    session: Session, row: CaseRow, before: Case, after: Case, written: Mapping[str, SealedContribution]
) -> None:
    """Put back what differs between `before` and `after`. `written` has the words of what is new or changed, by id."""
    stands = {
        "state": after.state.value,
        "pace": after.pace.value,
        "opens_at": after.opens_at,
        "due_at": next_due_at(after),
        "steps": steps_as_json(after),
    }
    for name, value in stands.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    _keep_roles(session, row, before, after)
    _add_contributions(session, row, before, after, written)
    _change_contributions(session, row, before, after, written)
    session.flush()


def steps_as_json(case: Case) -> list[Any]:
    """How the steps stand, as JSON."""
    return [_step_as_json(each) for each in case.steps]


def contribution_row_id(case_id: str, contribution: Contribution) -> str:
    """The key of a contribution's row; a pass has no random id of its own, so its case stands before it."""
    return f"{case_id}:{contribution.id}" if contribution.is_pass else contribution.id


def _keep_roles(session: Session, row: CaseRow, before: Case, after: Case) -> None:
    had, has = _held(before), _held(after)
    if had == has:
        return
    places = _places(session, row, after)
    for member_id, role in had - has:
        session.delete(session.get_one(Participation, (row.id, member_id, role)))
    session.add_all(
        Participation(case_id=row.id, member_id=member, role=role, number=places[member]) for member, role in has - had
    )


def _places(session: Session, row: CaseRow, case: Case) -> dict[int, int]:
    """Everybody's place among who joined; who comes now comes after all who are there."""
    places: dict[int, int] = {each.member_id: each.number for each in cases.participations(session, row.id)}
    for person in case.arrived:
        places.setdefault(person, max(places.values(), default=0) + 1)
    return places


def _held(case: Case) -> set[tuple[int, str]]:
    return {(person, role.value) for role, people in case.roles.items() for person in people}


def _add_contributions(
    session: Session, row: CaseRow, before: Case, after: Case, written: Mapping[str, SealedContribution]
) -> None:
    known = {each.id for each in before.contributions}
    for each in after.contributions:
        if each.id not in known:
            cases.add_contribution(session, _new(row.id, each, written.get(each.id)), nameless=each.author is None)


def _change_contributions(
    session: Session, row: CaseRow, before: Case, after: Case, written: Mapping[str, SealedContribution]
) -> None:
    standing = {each.id: each for each in after.contributions}
    touched = [each for each in before.contributions if each != standing.get(each.id) or each.id in written]
    rows = {each.id: each for each in cases.contributions_with_words(session, row.id)} if touched else {}
    for each in touched:
        kept = rows[contribution_row_id(row.id, each)]
        if each.id in standing:
            _update(kept, standing[each.id], written.get(each.id))
        else:
            _withdraw(session, kept)


def _new(case_id: str, each: Contribution, written: SealedContribution | None) -> dict[str, Any]:
    place = written if written and each.author is not None else None
    return {
        "id": contribution_row_id(case_id, each),
        "case_id": case_id,
        "step": each.step,
        "member_id": each.author,
        "kind": each.kind,
        "rating": each.rating,
        "about": each.about,
        "state": _state(each),
        "form_token": place.form if place else None,
        "slot": place.slot if place else None,
        "words": written.words if written else None,
        "written_at": each.at,
    }


def _update(row: ContributionRow, each: Contribution, written: SealedContribution | None) -> None:
    row.state, row.rating = _state(each), each.rating
    if written:
        row.words = written.words
    if each.author is None:
        # Whatever could lead back to the writer goes with the name: the form, the order, the moment.
        row.member_id, row.form_token, row.slot, row.number, row.written_at = None, None, None, 0, each.at


def _state(each: Contribution) -> str:
    return "revealed" if each.revealed else "held"


def _withdraw(session: Session, row: ContributionRow) -> None:
    """A pass leaves nothing behind; of words taken back only the fact stays, so that an old form cannot redo them."""
    if row.kind == "pass":
        session.delete(row)
    else:
        row.state, row.words = "withdrawn", None


def _roles(rows: Iterable[Row[int, str, int]]) -> dict[Role, frozenset[int]]:
    found: dict[Role, set[int]] = defaultdict(set)
    for row in rows:
        found[Role(row.role)].add(row.member_id)
    return {role: frozenset(people) for role, people in found.items()}


def _contribution(row: Row[*tuple[Any, ...]]) -> Contribution:
    id = row.id
    if row.kind == "pass" and row.member_id is not None:
        id = Passed(row.member_id, row.step, row.about).id
    return Contribution(
        id, row.step, row.member_id, row.kind, row.about, row.state == "revealed", row.written_at, row.rating
    )


def _step_as_json(state: StepState) -> dict[str, Any]:
    kept = vars(state)
    return {
        **{name: value for name, value in kept.items() if name != "next_pace"},
        _NEXT_PACE: state.next_pace,
        "state": state.state.value,
        "turns": [*state.turns],
        "done_again": [*state.done_again],
        **{name: _written_moment(kept[name]) for name in _MOMENTS},
    }


def _step_from_json(kept: dict[str, Any]) -> StepState:
    moments = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in _MOMENTS}
    pace = kept[_NEXT_PACE]
    people = {name: tuple(kept[name]) for name in ("turns", "done_again")}
    rest = {name: value for name, value in kept.items() if name != _NEXT_PACE}
    values = {**rest, **moments, **people, "state": StepPhase(kept["state"]), "next_pace": Pace(pace) if pace else None}
    return StepState(**values)


def _written_moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
