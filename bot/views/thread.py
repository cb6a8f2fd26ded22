"""What stands in the thread of a weekly question, and the private word about replies there."""

from collections.abc import Callable, Iterator
from functools import partial

from bot.views import names, parts
from bot.views.parts import Json
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention

# Room for the signs of quoting within a section; the second holds also where every character is a line end.
_ROOMS = (2700, 990)
# A message with more text than some 13,000 characters is refused by Slack.
_PIECES_A_POST = 3


def shared(say: Speaker, user: str, text: str) -> list[Json]:
    """What somebody shares, quoted whole, in as many messages as it takes."""
    pieces = quoted(partial(parts.split, text))
    posts = [pieces[start : start + _PIECES_A_POST] for start in range(0, len(pieces), _PIECES_A_POST)]
    return [_post(say, user, number, post) for number, post in enumerate(posts)]


def quoted(cut: Callable[[int], list[Mrkdwn]]) -> list[Mrkdwn]:
    """What `cut` makes pieces of, of a given size: with a quoting mark before each line, fit for sections."""
    for room in _ROOMS:
        pieces = [_quoted(piece) for piece in cut(room)]
        if all(len(piece) <= parts.SECTION for piece in pieces):
            break
    return pieces


def first_reply(say: Speaker, circle_id: str, channel: Mrkdwn) -> Json:
    """Said once, privately: that replies in the thread are kept, and how not to be part of that."""
    leave = parts.button(say.plain("reflection.leave_out"), names.LEAVE_ME_OUT, circle_id)
    return _word(say, say.mrkdwn("reflection.first_reply", channel=channel), leave)


def left_out(say: Speaker, circle_id: str, channel: Mrkdwn) -> Json:
    """What that word becomes for who is left out."""
    back = parts.button(say.plain("reflection.let_in"), names.LET_ME_IN, circle_id)
    return _word(say, say.mrkdwn("reflection.left_out", channel=channel), back)


def _word(say: Speaker, text: Mrkdwn, button: Json) -> Json:
    return parts.message(say.plain("reflection.replies_headline"), [parts.section(text), parts.actions(button)])


def _post(say: Speaker, user: str, number: int, pieces: list[Mrkdwn]) -> Json:
    key = "reflection.goes_on" if number else "reflection.shares"
    blocks = [parts.section(say.mrkdwn(key, person=mention(user))), *(parts.section(piece) for piece in pieces)]
    return parts.message(say.plain("reflection.shared_headline"), blocks)


def _quoted(piece: Mrkdwn) -> Mrkdwn:
    lines: Iterator[str] = (f"> {line}" for line in piece.split("\n"))
    return Mrkdwn("\n".join(lines))
