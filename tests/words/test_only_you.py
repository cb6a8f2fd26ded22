"""Where it says "only you", it is told that whoever runs the server could technically reach it.

Of the weekly question, the journal and the questions of a circle that is said once, on the page behind
*Wie leest mee?*; elsewhere on the same screen.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.core import names
from bot.home.views import home, pages
from bot.intervision.views import late as case_late
from bot.journal.home import journal_section
from bot.reflection.views.answers import Question
from bot.reflection.views.readers import who_reads_page
from bot.reflection.views.round_cards import round_card
from bot.words import LANGUAGES, Speaker, Speakers
from tests.words.test_catalogues import texts

ONLY_YOU = re.compile(
    r"(alleen|enkel) (jij\b|voor jou|voor jezelf)|niemand (anders|leest)|leest niemand|bewaard voor jezelf"
    r"|\bonly you\b|(only|just) for you|for yourself only|nobody (else|reads)|yours alone|kept for yourself"
    r"|n.y a que toi|n.est (visible )?que pour toi|personne (d.autre|ne (la |le |les )?lit)"
    r"|toi seul|gardé pour toi|seulement pour toi|rien que pour",
    re.IGNORECASE,
)
REACHABLE = re.compile(r"wie de server|Klankbord.s server|gère le serveur", re.IGNORECASE)
# These promise nothing about who could read what somebody wrote.
NO_PROMISE = {
    "card.reads_writer_alone",  # who reads it when; who could is behind "More…" on the same card
    "case.closing_kept",
    "series.closing_kept",
    "two.closing_kept",
    "kept.remarks",  # what only you can delete in Slack
    "more.how_change",
    "case.refused_already_started",
    "case.start_text",  # nobody else joins
    "case.owner_note",
    "proposal.take_objection_back_means",  # nobody else objects
    "digest.help",  # a page that is the same for everybody
    "help.klankbord",  # for whom one writes
}
# On a card, in its form and in the line after it, who could is said once: behind *Hoe werkt dit?*.
SAID_ONCE = re.compile(
    r"(case|live)\.form_reads_|(receipt|live)\.|case\.aside_hint|changing\.intro|case\.intake_withheld|series\.joined_line"
)


# How the keys of what says so once begin, and where it does.
SAYS_SO_ONCE = ("reflection.", "readers.", "invitation.", "looking_back.", "journal.", "insight.", "questions.")
SAYS_SO = "readers.server"


class Noting(Speaker):
    """A speaker who notes what it was asked to say."""

    def __init__(self, speaker: Speaker) -> None:
        self.__dict__.update(vars(speaker))
        self.said: set[str] = set()

    def mrkdwn(self, key: str, **arguments: Any) -> Any:
        self.said.add(key)
        return super().mrkdwn(key, **arguments)

    def plain(self, key: str, **arguments: Any) -> Any:
        self.said.add(key)
        return super().plain(key, **arguments)


def screens(speaker: Speaker) -> Iterator[object]:
    """Every screen on which one text says "only you" and another who could."""
    yield from case_late.late_letter(speaker, "l1", "Toch nog.", case_late.about_late("Vijf stappen", None))
    yield from case_late.unsent_advice_letter(speaker, "l1", "Toch nog.", case_late.about_late("Vijf stappen", None))
    yield home.beginner_home(speaker, [], [])
    yield pages.own_page(speaker, [journal_section(speaker)], None)


def promises() -> set[str]:
    """The keys of all that promises so in some language."""
    said = {(key, text) for language in LANGUAGES for key, found in texts(language).items() for text in found}
    found = {key for key, text in said if ONLY_YOU.search(text) and not key.startswith(SAYS_SO_ONCE)}
    return {key for key in found if not SAID_ONCE.match(key)} - NO_PROMISE


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_reads_only_you_reads_who_could_reach_it(language: str) -> None:
    """A new text that says so adds it, or stands on one of the screens above with a text that does."""
    adding = {key for key, said in texts(language).items() if REACHABLE.search(" ".join(said))}
    noting, shown = Noting(Speakers.load()[language]), set()
    for _ in screens(noting):
        assert noting.said & adding or not noting.said & promises(), noting.said & promises()
        shown |= noting.said
        noting.said = set()
    assert promises() - adding - shown == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_weekly_question_it_stands_only_on_the_page_that_its_card_opens(language: str) -> None:
    speaker = Speakers.load()[language]
    saying = {key for key, said in texts(language).items() if REACHABLE.search(" ".join(said))}
    assert {key for key in saying if key.startswith(SAYS_SO_ONCE)} == {SAYS_SO}
    assert REACHABLE.search(str(who_reads_page(speaker)))
    assert names.WHO_READS in str(round_card(speaker, Question("Wat hielp?", "Luisteren"), "1"))


def test_what_promises_nothing_still_stands_in_the_catalogues() -> None:
    assert not NO_PROMISE - texts("nl").keys()
