"""What moderators are told of trouble fits Slack's limits in each language, and names what went wrong."""

import pytest

from bot.core import notices
from bot.words import LANGUAGES, Speakers
from bot.words.escaping import channel_link, mention
from playground.blocks import check_message

WORDS = Speakers.load()
WHERE, ERROR = channel_link("C0123456789"), "restricted_action_thread_only_channel"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moderators_are_told_fits_and_says_where_and_why(language):
    speaker = WORDS[language]
    told = [
        notices.failure_notice(speaker, WHERE, ERROR),
        notices.unreadable_notice(speaker, WHERE, ERROR),
        notices.not_deleted_notice(speaker, WHERE, ERROR),
        notices.not_invited_notice(speaker, WHERE, ERROR),
        notices.missing_notice(speaker, WHERE, mention("U0123456789"), ERROR),
        notices.not_removed_notice(speaker, WHERE, ERROR),
    ]
    for body in told:
        check_message(body)
        assert WHERE in str(body["blocks"]) and ERROR in str(body["blocks"])
        assert ERROR not in body["text"], "a notification says that there is something, not what"


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_private_message_they_hear_why_and_not_to_whom(language):
    body = notices.undelivered_notice(WORDS[language], WHERE, ERROR)
    check_message(body)
    assert WHERE not in str(body) and ERROR in str(body["blocks"]) and ERROR not in body["text"]
