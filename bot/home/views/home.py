"""The app's Home: somebody's own circles, cases and language, and what to do next. And the short words in private."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.home.views import todo as next_things
from bot.home.views.todo import TodoItem
from bot.rhythm.types import own_language_block
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# A Home holds a hundred blocks; who is in more than this finds the rest in Slack's own sidebar.
MOST_OPEN = 12
MOST_CIRCLES = 10
MOST_CASES = 15


@dataclass(frozen=True)
class OwnCircle:
    """A circle of the reader's: its channel, when its next question comes, and what the reader can do there.

    `next_question` is empty where none is planned; `answered` points at the latest round if the reader has an answer
    in it; `is_new`: there was no question yet.
    `proposals` is how many questions of others wait for what the reader thinks of them.
    """

    channel: str
    next_question: str
    is_new: bool = False
    answered: str = ""
    can_bring: bool = True
    proposals: int = 0


@dataclass(frozen=True)
class OwnCase:
    """A case of the reader's: its method, the reader's roles in it, where it lives and whether it has begun."""

    method: str
    roles: tuple[str, ...]
    channel: str
    has_begun: bool
    of_two: bool = False


def home_view(
    speaker: Speaker,
    things: Sequence[TodoItem],
    circles: Sequence[OwnCircle],
    cases: Sequence[OwnCase],
    language: str | None,
) -> Json:
    """Everything of the reader's own on one page, what is open for them first. Nobody else's things are on it."""
    return parts.home(
        [
            parts.header(speaker.plain("home.welcome")),
            parts.section(speaker.mrkdwn("home.what_for")),
            parts.header(speaker.plain("home.open")),
            *_open(speaker, things),
            parts.divider(),
            *_circles(speaker, circles),
            _journal(speaker),
            *_cases(speaker, cases),
            parts.divider(),
            parts.section(
                speaker.mrkdwn("invitation.home"), parts.button(speaker.plain("invitation.title"), names.INVITATIONS)
            ),
            *_settings(speaker, language),
        ]
    )


def beginner_home(
    speaker: Speaker, things: Sequence[TodoItem], language: str | None, *, has_words: bool = False
) -> Json:
    """Home of somebody who is in no circle that works (any more): how to begin, and what they wrote before."""
    return parts.home(
        [
            parts.header(speaker.plain("home.welcome")),
            parts.section(speaker.mrkdwn("home.what_for")),
            *(_open(speaker, things) if things else [parts.section(speaker.mrkdwn("home.begin"))]),
            *([_journal(speaker)] if has_words else []),
            parts.divider(),
            *_settings(speaker, language),
        ]
    )


def answer_to_message(speaker: Speaker, things: Sequence[TodoItem], message: str = "") -> Json:
    """What the bot says to who writes to it in private: that nobody reads along, and what can be done now.

    `message` points at what they wrote, where it can become their reflection.
    """
    told = _told(speaker, speaker.plain("home.spoken_to_headline"), speaker.mrkdwn("home.spoken_to"), things)
    if not message:
        return told
    make = parts.button(speaker.plain("home.make_reflection"), names.TAKE_PRIVATE, message)
    first, *others = told["blocks"]
    return {**told, "blocks": [first, parts.section(speaker.mrkdwn("home.may_be_reflection"), make), *others]}


def answer_to_mention(speaker: Speaker, channel: str, things: Sequence[TodoItem]) -> Json:
    """What the bot says in private to who calls it by its name in a channel."""
    return _told(
        speaker,
        speaker.plain("home.called_headline"),
        speaker.mrkdwn("home.called", place=channel_link(channel)),
        things,
    )


def _told(speaker: Speaker, headline: str, text: Mrkdwn, things: Sequence[TodoItem]) -> Json:
    commands = parts.section(speaker.mrkdwn("greeting.commands"))
    return parts.message(headline, [parts.section(text), commands, *next_things.todo_ending(speaker, things)])


def _open(speaker: Speaker, things: Sequence[TodoItem]) -> Iterable[Json]:
    """As many as fit; what is more than that comes when these are done, and stands with the cases."""
    if not things:
        yield parts.section(speaker.mrkdwn("home.quiet"))
    shown = 0
    for thing in things[:MOST_OPEN]:
        yield from next_things.todo_blocks(speaker, thing)
        shown += 1
    if len(things) > shown:
        yield parts.context(speaker.mrkdwn("home.more_open", n=len(things) - shown))


def _circles(speaker: Speaker, circles: Sequence[OwnCircle]) -> Iterable[Json]:
    yield parts.section(speaker.mrkdwn("home.my_circles"))
    for one in circles[:MOST_CIRCLES]:
        yield from _circle(speaker, one)
    if len(circles) > MOST_CIRCLES:
        yield parts.context(speaker.mrkdwn("home.more_circles", n=len(circles) - MOST_CIRCLES))


def _circle(speaker: Speaker, one: OwnCircle) -> Iterable[Json]:
    key = ("home.circle_new" if one.is_new else "home.circle") if one.next_question else "home.circle_waits"
    yield parts.section(speaker.mrkdwn(key, place=channel_link(one.channel), moment=one.next_question))
    buttons = []
    if one.answered:
        buttons.append(parts.button(speaker.plain("home.my_answer"), names.ANSWER, one.answered))
    if one.can_bring:
        buttons.append(parts.button(speaker.plain("next.bring_button"), names.BRING_CASE, one.channel))
    questions = (
        speaker.plain("questions.title_with", n=one.proposals) if one.proposals else speaker.plain("questions.title")
    )
    buttons.append(parts.button(questions, names.QUESTIONS_PRESSED, one.channel))
    buttons.append(parts.button(speaker.plain("rhythm.title"), names.RHYTHM_PRESSED, one.channel))
    yield parts.actions(*buttons)


def _journal(speaker: Speaker) -> Json:
    return parts.section(speaker.mrkdwn("journal.home"), parts.button(speaker.plain("journal.title"), names.JOURNAL))


def _settings(speaker: Speaker, language: str | None) -> Iterable[Json]:
    yield parts.section(speaker.mrkdwn("greeting.commands"))
    yield parts.section(speaker.mrkdwn("circle.own_language"), own_language_block(speaker, language))
    yield parts.context(speaker.mrkdwn("greeting.what_is_kept"))


def _cases(speaker: Speaker, cases: Sequence[OwnCase]) -> Iterable[Json]:
    if not cases:
        return
    lines = [_case(speaker, one) for one in cases[:MOST_CASES]]
    if len(cases) > MOST_CASES:
        lines.append(speaker.mrkdwn("home.more_cases", n=len(cases) - MOST_CASES))
    all_of_them = parts.button(speaker.plain("home.cases_button"), names.MY_CASES)
    yield parts.section(Mrkdwn("\n".join([speaker.mrkdwn("home.my_cases"), *lines])), all_of_them)


def _case(speaker: Speaker, one: OwnCase) -> Mrkdwn:
    roles = ", ".join(speaker.plain(f"home.role_{role}") for role in one.roles)
    if one.of_two and one.has_begun:
        return speaker.mrkdwn("two.home_running", method=one.method, roles=roles)
    key = "home.case_running" if one.has_begun else "home.case_inviting"
    return speaker.mrkdwn(key, method=one.method, roles=roles, place=channel_link(one.channel))
