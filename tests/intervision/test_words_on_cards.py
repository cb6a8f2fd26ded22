"""A card says little: at most 60 words and three buttons, in every method, step, state, language and pace.

Counted is everything that is read on it: labels of buttons, names and rendered dates included.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from bot.core.parts import Json
from bot.intervision.rules.case import Pace, new_case
from bot.intervision.rules.readers import can_pass
from bot.intervision.views.card import CardPhase, CardTime, CardTurns, ClosedWords, StepCard, step_card
from bot.intervision.views.live import LiveCard, live_card
from bot.intervision.views.words import moment_for_readers
from bot.library.enums import Closes, Order, Role
from bot.library.protocol import Protocol, Step
from bot.library.reading import load_library
from bot.words import LANGUAGES, Mrkdwn, Speaker, Speakers
from playground.blocks import check_message
from tests.counting import WORDS as WORDS_ON_CARD
from tests.counting import Recorder, words_read

WORDS = Speakers.load()
METHODS = load_library().protocols.values()
CASE = "0123456789abcdef"
# The longest date and time there is.
LAST = datetime(2026, 9, 30, 17, 0, tzinfo=ZoneInfo("Europe/Brussels"))
MOST, MEAN = {"nl": 60, "en": 60, "fr": 70}, {"nl": 45, "en": 45, "fr": 52}
NAME = Mrkdwn("Anna-Maria")


def open_cards(speaker: Speaker, protocol: Protocol, step: Step) -> Iterator[Json]:
    """The card of a step that is open, in each of its states, with as many people as the method takes."""
    case = new_case(protocol, 1)
    most = protocol.group.max - (Role.OWNER not in step.who)
    people = [f"U{number:09}" for number in range(1 if step.who in ((Role.OWNER,), (Role.FACILITATOR,)) else most)]
    until = moment_for_readers(speaker, LAST, "Europe/Brussels", ())
    whose = NAME if protocol.series else Mrkdwn("")
    asked = people if step.who else []
    card = StepCard(CASE, step, protocol.numbered(), CardPhase.OPEN, asked, until, whose=whose)
    card = replace(card, can_pass=can_pass(case, step))
    times = [CardTime.EXACT if step.closes == Closes.WINDOW or not step.who else CardTime.LATEST]
    times += [CardTime.ALL_DONE, CardTime.MOVED_ON, CardTime.LIES_STILL]
    times += [CardTime.EXTENDED] if step.who else []
    times += [CardTime.SILENCE] if protocol.is_talk(step) else []
    for time in times:
        for again in (False, True):
            states = [replace(card, time=time, again=again)]
            if step.order == Order.TURNS:
                states = [replace(states[0], people=asked[:1], turns=CardTurns(all_had)) for all_had in (False, True)]
            yield from (step_card(speaker, one) for one in states)


def live_cards(speaker: Speaker, protocol: Protocol, step: Step) -> Iterator[Json]:
    whose = NAME if protocol.series else Mrkdwn("")
    card = LiveCard(CASE, step, protocol.numbered(), CardPhase.OPEN, until=Mrkdwn("19:05"), whose=whose)
    for over in (False, True):
        for note in {False, bool(step.who)}:
            for again in (False, True):
                one = replace(card, is_over_time=over, can_note=note, again=again, of_two=protocol.group.max == 2)
                yield live_card(speaker, one)


def closed_cards(speaker: Speaker, protocol: Protocol, step: Step) -> Iterator[Json]:
    card = StepCard(CASE, step, protocol.numbered(), CardPhase.CLOSED, owner=NAME)
    for words in ClosedWords:
        yield step_card(speaker, replace(card, words=words))
    for phase in (CardPhase.STOPPED, CardPhase.PUT_BACK):
        yield step_card(speaker, replace(card, phase=phase))


def buttons_of(card: Json) -> list[Json]:
    return [one for block in card["blocks"] if block["type"] == "actions" for one in block["elements"]]


@pytest.mark.parametrize("pace", Pace)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_card_has_at_most_sixty_words_and_three_buttons(language, pace: Pace, record_property: Recorder):
    speaker, counted = WORDS[language], list[int]()
    cards = live_cards if pace == Pace.LIVE else open_cards
    for protocol in METHODS:
        for step in protocol.steps:
            for card in cards(speaker, protocol, step):
                check_message(card)
                words = words_read(card)
                counted.append(words)
                assert words <= MOST[language], (protocol.key, step.key, words, card)
                assert 1 <= len(buttons_of(card)) <= 3
    record_property(WORDS_ON_CARD, (f"{language}, {pace}", round(mean(counted), 1), max(counted)))
    assert mean(counted) <= MEAN[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_card_is_one_line(language):
    speaker = WORDS[language]
    for protocol in METHODS:
        for step in protocol.steps:
            for card in closed_cards(speaker, protocol, step):
                check_message(card)
                line, *others = card["blocks"]
                assert line["type"] == "section" and "\n" not in line["text"]["text"]
                assert words_read(card) <= 30 and len(buttons_of(card)) == len(others) <= 1
