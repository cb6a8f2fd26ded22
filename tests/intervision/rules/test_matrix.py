"""Person × step × moment × what they try, with payloads that are fresh, stale or forged: as the format says, each."""

import pytest

from bot.intervision.rules.permissions import may_read
from bot.library.protocol import Protocol
from bot.library.reading import load_library
from tests.counting import CELLS, Recorder
from tests.intervision.rules.actors import CLOSING, STORY, method, step
from tests.intervision.rules.matrix import expected, readable
from tests.intervision.rules.moments import situations
from tests.intervision.rules.payloads import PAYLOADS
from tests.intervision.rules.situation import Situation

RATED = method(
    STORY,
    step("questions", "peer observer", "clarifying_question", per_person={"min": 1, "max": 2}),
    step("warmth", "owner", "rating", about={"steps": ["questions"]}, reveal="simultaneous"),
    step("answers", "owner", "answer", about={"steps": ["questions"], "rated": ["warm"]}, reveal="immediate"),
    step("last", "owner", "commitment", reveal="immediate", closes="window"),
    facilitator="only",
)
AWAY = method(
    step("reading", "", window="P1D"),
    STORY,
    step("gossip", "peer", "hypothesis", owner="away"),
    step("aloud", "peer facilitator", "hypothesis", owner="away", reveal="immediate"),
    step("back", "owner", "reaction", reveal="immediate"),
    step("letter", "peer", "appreciation", reveal="owner_only", optional="left_out"),
    step("vote", "peer owner", "choice", names="hidden"),
    step("diary", "owner peer observer", "reflection", reveal="private", together_with="vote"),
    step("rest", "peer", "advice", closes="facilitator", part_of="vote"),
    CLOSING,
    facilitator="none",
)
METHODS = {**load_library().protocols, "made up: rated": RATED, "made up: away": AWAY}


@pytest.mark.parametrize("protocol", METHODS.values(), ids=METHODS)
def test_every_cell_is_as_the_format_says(protocol: Protocol, record_property: Recorder):
    cells, wrong = 0, []
    for here in situations(protocol):
        for name, payload in PAYLOADS.items():
            if (event := payload(here)) is not None:
                cells += 1
                found, wanted = here.does(event), expected(here, name)
                wrong += [] if found == wanted else [_told(here, name, found, wanted)]
        for each in here.case.contributions:
            cells += 1
            reads, should = may_read(here.case, here.person, each), readable(here, each)
            wrong += [] if reads == should else [_told(here, f"reads {each.kind} of {each.step}", reads, should)]
    record_property(CELLS, cells)
    assert not wrong, "\n".join(wrong)


def _told(here: Situation, tried: str, found: object, wanted: object) -> str:
    return f"{here.step.key}, {here.moment}: {here.name} {tried}: {found}, and the format says {wanted}"
