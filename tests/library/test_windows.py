"""How long our methods take, in working days: time for who teaches all Tuesday, and an end within three weeks."""

import pytest

from bot.core.window import Window
from bot.library.checks.time import MOST_WORKING_DAYS
from bot.library.enums import Role
from bot.library.protocol import Protocol, Step
from bot.library.reading import Library, load_library

# The sum of the windows of each method, if no step closes early and every step that a group may leave out stays in.
LONGEST = {
    "action_learning": 14,
    "alact_intervisie": 13,
    "balint": 7,
    "case_clinic": 12,
    "codeveloppement": 14,
    "consultancy": 14,
    "deep_democracy": 12,
    "fallberatung_8": 14,
    "faro_5": 14,
    "grow_duo": 12,
    "incidentmethode_10": 14,
    "kollegiale_beratung_tietze": 14,
    "kring": 9,
    "oplossingsgericht_team": 10,
    "roddelmethode": 11,
    "socratisch_gesprek": 14,
    "socratische_intervisie": 12,
    "solution_circle": 11,
    "tien_stappen": 14,
    "troika": 7,
    "tuning": 9,
    "vijf_stappen": 13,
    "waarderende_intervisie": 14,
    "wise_crowds": 7,
}
# Asking on while the owner answers: nobody has to, and the source gives that round one day.
MAY_ASK_ON = {("incidentmethode_10", "follow_up")}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def own_steps(library: Library) -> list[tuple[Protocol, Step]]:
    every = [(protocol, step) for protocol in library.protocols.values() for step in protocol.steps]
    return [(protocol, step) for protocol, step in every if step.who]


def test_no_method_takes_longer_than_fourteen_working_days(library: Library) -> None:
    assert {key: protocol.working_days for key, protocol in library.protocols.items()} == LONGEST
    assert max(LONGEST.values()) <= MOST_WORKING_DAYS


def test_a_step_in_which_peers_write_lasts_two_working_days_at_least(library: Library) -> None:
    short = {
        (protocol.key, step.key)
        for protocol, step in own_steps(library)
        if Role.PEER in step.who and protocol.window_of(step) < Window.parse("P2D")
    }
    assert short == MAY_ASK_ON
    assert not any(library.protocols[key].step(step).per_person.min for key, step in short)


def test_a_step_of_the_owner_or_the_facilitator_lasts_until_the_next_working_day_at_least(library: Library) -> None:
    for protocol, step in own_steps(library):
        window = protocol.window_of(step)
        assert window.plain or window >= Window.parse("P1D"), (protocol.key, step.key)


def test_where_somebody_writes_no_window_is_half_a_day(library: Library) -> None:
    assert not [step.key for _, step in own_steps(library) if step.window and step.window.half_days % 2]
