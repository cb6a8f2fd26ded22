"""What moderators are told of trouble fits Slack's limits in each language, and names what went wrong."""

import pytest

from bot.core import notices
from bot.words import LANGUAGES, Speakers
from bot.words.escaping import channel_link, mention
from playground.blocks import check_message

WORDS = Speakers.load()
WHERE, ERROR = channel_link("C0123456789"), "restricted_action_thread_only_channel"


WHATS = ("failed", "stays", "still_there", "uninvited", "unarchived", "not_made", "not_opened")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moderators_are_told_fits_and_says_where_and_why(language):
    speaker = WORDS[language]
    told = [
        *(notices.failure_notice(speaker, what, WHERE, ERROR) for what in WHATS),
        notices.not_invited_notice(speaker, WHERE, ERROR),
        notices.missing_notice(speaker, WHERE, mention("U0123456789"), ERROR),
    ]
    for body in told:
        check_message(body)
        assert WHERE in str(body["blocks"]) and ERROR in str(body["blocks"])
        assert ERROR not in body["text"], "a notification says that there is something, not what"


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_private_message_they_hear_why_and_not_to_whom(language):
    body = notices.failure_notice(WORDS[language], "undelivered", WHERE, ERROR)
    check_message(body)
    assert WHERE not in str(body) and ERROR in str(body["blocks"]) and ERROR not in body["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", sorted(notices.OUR_ERRORS))
def test_of_an_error_of_ours_they_read_that_the_operator_knows(language, error):
    body = notices.failure_notice(WORDS[language], "failed", WHERE, error)
    assert error not in str(body) and "Klankbord" in str(body["blocks"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", notices.EXPLAINED)
def test_what_slack_means_is_said_in_words(language, error):
    body = notices.failure_notice(WORDS[language], "failed", WHERE, error)
    check_message(body)
    assert error not in str(body)
