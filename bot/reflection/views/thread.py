"""Posts of answers (in the thread, to one colleague), and the private notices about answers and replies."""

from functools import partial

from bot.core import names, parts
from bot.core.parts import Json, quoted
from bot.reflection.rules import HeldBack
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention

# A message with more text than some 13,000 characters is refused by Slack.
_PIECES_A_POST = 3


def shared_posts(speaker: Speaker, user: str, text: str) -> list[Json]:
    """What somebody (Slack's id) shares, quoted whole, in as many messages as it takes."""
    who, goes_on = (speaker.mrkdwn(f"reflection.{key}", person=mention(user)) for key in ("shares", "goes_on"))
    return _posts(speaker.plain("reflection.shared_headline"), who, text, goes_on)


def sent_posts(speaker: Speaker, user: str, question: str, text: str) -> list[Json]:
    """What somebody sends to one colleague: the sender, the question, the text, quoted whole, and how to reply."""
    who = speaker.mrkdwn("reflection.sends", person=mention(user))
    posts = _posts(speaker.plain("reflection.sent_headline"), who, text)
    first, last = posts[0]["blocks"], posts[-1]["blocks"]
    first.insert(1, parts.context(Mrkdwn(parts.split(question, 1800)[0])))
    last.append(parts.context(speaker.mrkdwn("reflection.say_back", person=mention(user))))
    return posts


def nameless_posts(speaker: Speaker, text: str) -> list[Json]:
    """What somebody shares without a name, quoted whole."""
    return _posts(speaker.plain("reflection.nameless_headline"), speaker.mrkdwn("reflection.shares_nameless"), text)


def given_back_post(speaker: Speaker, why: HeldBack, reflection_id: str, channel: Mrkdwn) -> Json:
    """Asks in private what to do with an answer that is not posted without a name after all, and says why."""
    choices = {names.KEEP_REFLECTION: "keep", names.SHARE_REFLECTION: "share_named", names.WITHDRAW_REFLECTION: "drop"}
    if why is HeldBack.GONE:
        del choices[names.SHARE_REFLECTION]
    words = {action: speaker.plain(f"reflection.{key}") for action, key in choices.items()}
    buttons = [parts.button(label, action, reflection_id) for action, label in words.items()]
    blocks = [
        parts.section(speaker.mrkdwn(f"reflection.given_back_{why}", channel=channel)),
        parts.actions(*buttons),
    ]
    return parts.message(speaker.plain("reflection.given_back_headline"), blocks)


def given_back_chosen(speaker: Speaker) -> Json:
    """What that notice becomes once its reader has chosen."""
    text = speaker.mrkdwn("reflection.given_back_chosen")
    return parts.message(speaker.plain("reflection.given_back_headline"), [parts.section(text)])


def first_reply_post(speaker: Speaker, circle_id: str, channel: Mrkdwn) -> Json:
    """Says once, in private, that replies in the thread are kept, and how to opt out."""
    leave = parts.button(speaker.plain("reflection.leave_out"), names.LEAVE_ME_OUT, circle_id)
    return _notice(speaker, speaker.mrkdwn("reflection.first_reply", channel=channel), leave)


def opted_out_post(speaker: Speaker, circle_id: str, channel: Mrkdwn) -> Json:
    """What that notice becomes for a member who opted out."""
    back = parts.button(speaker.plain("reflection.let_in"), names.LET_ME_IN, circle_id)
    return _notice(speaker, speaker.mrkdwn("reflection.left_out", channel=channel), back)


def _notice(speaker: Speaker, text: Mrkdwn, button: Json) -> Json:
    return parts.message(speaker.plain("reflection.replies_headline"), [parts.section(text), parts.actions(button)])


def _posts(headline: str, who: Mrkdwn, text: str, goes_on: Mrkdwn | None = None) -> list[Json]:
    """A text in as many messages as it takes, each below a line that says whose it is."""
    pieces = quoted(partial(parts.split, text))
    several = [pieces[start : start + _PIECES_A_POST] for start in range(0, len(pieces), _PIECES_A_POST)]
    heads = [who] + [goes_on or who] * (len(several) - 1)
    return [
        parts.message(headline, [parts.section(head), *(parts.section(piece) for piece in post)])
        for head, post in zip(heads, several, strict=True)
    ]
