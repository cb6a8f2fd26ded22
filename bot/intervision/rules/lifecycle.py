"""From inviting to the end: who joins and leaves, how a case starts and stops, whose turn comes in a series."""

from collections.abc import Sequence
from dataclasses import replace

from bot.intervision.rules.case import BEFOREHAND, CaseState, Contribution, Pace, StopReason, story_step, with_options
from bot.intervision.rules.closing import stop_case
from bot.intervision.rules.effects import CaseRun, CaseStarted, ContributionKept, RolesChanged
from bot.intervision.rules.events import Joined, PersonLeft, Started, Stopped, TurnCame
from bot.intervision.rules.opening import next_opening
from bot.intervision.rules.permissions import Action, NotAllowed, Reason, no_such_role, require
from bot.library.enums import Facilitation, Kind, Role
from bot.library.protocol import Protocol


def join(event: Joined, run: CaseRun) -> None:
    """Somebody takes a role while the case invites; a facilitator who is also a peer gets both."""
    require(run.case, event.person, Action.OBSERVE if event.role == Role.OBSERVER else Action.JOIN)
    case, wanted = run.case, {event.role}
    if event.role == Role.OWNER:
        raise NotAllowed(Reason.ONLY_OWNER)
    if reason := no_such_role(case.protocol, event.role):
        raise NotAllowed(reason)
    if event.role == Role.FACILITATOR:
        if case.holding(Role.FACILITATOR) - {event.person}:
            raise NotAllowed(Reason.FACILITATOR_TAKEN)
        wanted |= {Role.PEER} if case.protocol.facilitator == Facilitation.ALSO_PEER else set()
    roles = {r: case.holding(r) - {event.person} | ({event.person} if r in wanted else set()) for r in Role}
    if any(roles[role] != case.holding(role) for role in Role):
        arrived = tuple(dict.fromkeys((*case.arrived, event.person)))
        run.case = replace(case, roles=roles, arrived=arrived)
        run.effects.append(RolesChanged())


def leave(event: PersonLeft, run: CaseRun) -> None:
    """Somebody has no role any more; without its owner, or without peers, a case ends."""
    case, person = run.case, event.person
    if case.over or person not in case.people:
        return
    run.case = replace(case, roles={role: people - {person} for role, people in case.roles.items()})
    run.effects.append(RolesChanged())
    if person == case.owner:
        stop_case(run, StopReason.OWNER_LEFT)
    elif case.state == CaseState.RUNNING and not run.case.holding(Role.PEER):
        stop_case(run, StopReason.TOO_FEW)


def start(event: Started, run: CaseRun) -> None:
    """The owner starts the case."""
    require(run.case, event.by, Action.START)
    run.case = with_options(run.case, event.optional)
    _begin(run, event)


def come_to_turn(event: TurnCame, run: CaseRun) -> None:
    """A case that waited in its series starts, or ends where nobody is left to think along."""
    case = run.case
    if case.state != CaseState.WAITING:
        return
    peers = frozenset(event.peers) - case.holding(Role.OWNER)
    arrived = tuple(dict.fromkeys((*case.arrived, *event.peers)))
    run.case = replace(case, roles={**case.roles, Role.PEER: peers}, arrived=arrived)
    run.effects.append(RolesChanged())
    if peers:
        _begin(run, event)
    else:
        stop_case(run, StopReason.TOO_FEW)


def _begin(run: CaseRun, event: Started | TurnCame) -> None:
    """The case runs; what its owner wrote in the intake is kept first."""
    case, owner = run.case, run.case.owner
    run.case = replace(case, state=CaseState.RUNNING, pace=event.pace)
    run.effects.append(CaseStarted(next_opening(run)))
    withheld = event.beforehand.items()
    from_intake = [Contribution(id, key, owner, BEFOREHAND, None, False, run.now) for id, key in withheld]
    if first_step := story_step(case.protocol):
        from_intake.insert(0, Contribution(event.story, first_step.key, owner, Kind.CASE_STORY, None, False, run.now))
    run.case = replace(run.case, contributions=(*run.case.contributions, *from_intake))
    run.effects += map(ContributionKept, from_intake)


def stop(event: Stopped, run: CaseRun) -> None:
    """The owner or the facilitator ends the case. A second time does nothing."""
    if run.case.over and event.by in run.case.people:
        return
    require(run.case, event.by, Action.STOP)
    stop_case(run, StopReason.STOPPED)


def parallel_cases(protocol: Protocol, pace: Pace) -> int:
    """How many cases of a series run at the same time; people who talk do one thing at a time."""
    return protocol.series.at_once if protocol.series and pace == Pace.CALM else 1


def may_begin(states: Sequence[CaseState], place: int, most: int) -> bool:
    """Whether the turn of the case at this place has come: nobody waits before it, and fewer than `most` run.

    `states` are those of the whole series, in its order; while the first still invites, nobody's turn comes.
    """
    before = states[:place]
    if states[place] != CaseState.WAITING or CaseState.INVITING in before or CaseState.WAITING in before:
        return False
    return states.count(CaseState.RUNNING) < most
