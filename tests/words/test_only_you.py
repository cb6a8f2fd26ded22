"""Where it says "only you", it says on the same screen that whoever runs the server could technically reach it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.home.views import home
from bot.intervision.views import late as case_late
from bot.journal.home import journal_section
from bot.journal.surfaces import JournalPlace, JournalSearch
from bot.journal.views import insights
from bot.journal.views import page as journal
from bot.journal.views.page import JournalEntry
from bot.reflection.rules import HeldBack
from bot.reflection.views import answers as reflection
from bot.reflection.views import round_cards, thread
from bot.words import LANGUAGES, Speaker, Speakers
from bot.words.escaping import channel_link
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
    "case.refused_already_started",
    "case.start_text",  # nobody else joins
    "proposal.take_objection_back_means",  # nobody else objects
    "digest.help",  # a page that is the same for everybody
    "help.klankbord",  # for whom one writes
    "journal.wipe_means",  # what is wiped
    "journal.file_undecided",
    "journal.file_insight_undecided",  # one's own file, on one's own machine
    "reflection.sends",
    "reflection.say_back",  # who got it from a colleague, and how to answer them
}
# On a card, in its form and in the line after it, who could is said once: behind *Hoe werkt dit?*.
SAID_ONCE = re.compile(r"(case|live)\.form_reads_|(receipt|live)\.|case\.aside_hint")


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


STATES = ("draft", "undecided", "kept", "sent", "nameless", "shared")
INSIGHTS = ("insight_undecided", "insight_kept", "insight_shared")


def screens(speaker: Speaker) -> Iterator[object]:
    """Every screen on which one text says "only you" and another who could."""
    question = reflection.Question("Wat hielp?", "Luisteren")
    yield round_cards.round_card(speaker, question, "1")
    for state in STATES:
        answer = reflection.OwnAnswer("r1", "Stilte.", state, "U0BRAM" if state == "sent" else "")
        yield reflection.answers_page(speaker, question, [answer], nameless=True)
    for state in (*STATES, *INSIGHTS):
        to = "U0BRAM" if state == "sent" else ""
        entry = JournalEntry("r1", "maandag", "Luisteren", "Wat hielp?", "Stilte.", state, to)
        yield journal.journal_page(speaker, [entry], JournalSearch(), None, None, JournalPlace(), has_more=False)
        if entry.is_insight:
            yield insights.insight_page(speaker, entry, "C01")
    for why in HeldBack:
        yield thread.given_back_post(speaker, why, "r1", channel_link("C01"))
    yield from case_late.late_letter(speaker, "l1", "Toch nog.", case_late.about_late("Vijf stappen", None))
    yield from case_late.unsent_advice_letter(speaker, "l1", "Toch nog.", case_late.about_late("Vijf stappen", None))
    yield home.beginner_home(speaker, [], [journal_section(speaker)], None)


def promises() -> set[str]:
    """The keys of all that promises so in some language."""
    said = {(key, text) for language in LANGUAGES for key, found in texts(language).items() for text in found}
    return (
        {key for key, text in said if ONLY_YOU.search(text)}
        - NO_PROMISE
        - {key for key, _ in said if SAID_ONCE.match(key)}
    )


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


def test_what_promises_nothing_still_stands_in_the_catalogues() -> None:
    assert not NO_PROMISE - texts("nl").keys()
