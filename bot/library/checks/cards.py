"""Checks of what a card has room for: it shows the first sentence of an instruction, and nothing else of it.

A file that breaks one of these can be played all the same, so a bot that starts takes it.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.text import LANGUAGES, first_sentence
from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.protocol import Protocol

MOST_WORDS_ASKED: Final = 18
"""In the first sentence of an instruction."""


def _instructions_begin_with_what_is_asked(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        for language in LANGUAGES:
            words = _words_in(first_sentence(step.ask.in_(language)))
            if words > MOST_WORDS_ASKED:
                rule = f"the first sentence has {words} words"
                remedy = f"say in at most {MOST_WORDS_ASKED} what is asked, and the rest in the sentences after it"
                yield ProtocolFinding(step.key, f"ask, {language}", rule, remedy)


def _words_in(text: str) -> int:
    """Marks that stand alone, as in French, are no words."""
    return len(re.findall(r"\S*\w\S*", text))


CARDS_HAVE_ROOM: Final[tuple[Rule, ...]] = (_instructions_begin_with_what_is_asked,)
