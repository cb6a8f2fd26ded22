"""The app's Home: somebody's own circles, cases and language, and what to do next. And the short words in private."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.views import circle as circle_views
from bot.views import names, parts
from bot.views.parts import Json
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import place

# A Home holds a hundred blocks; who is in more than this finds the rest in Slack's own sidebar.
MOST_CIRCLES = 10
MOST_CASES = 15


@dataclass(frozen=True)
class OwnCircle:
    """A circle of the reader's: its channel, when its next question comes, and the latest question if there was one."""

    channel: str
    next_question: str
    round: str = ""
    question: str = ""


@dataclass(frozen=True)
class OwnCase:
    """A case of the reader's: its method, the reader's roles in it, where it lives and whether it has begun."""

    method: str
    roles: tuple[str, ...]
    channel: str
    has_begun: bool


def home(say: Speaker, circles: Sequence[OwnCircle], cases: Sequence[OwnCase], language: str | None) -> Json:
    """Everything of the reader's own on one page. Nobody else's things are on it."""
    return parts.home([
        parts.header(say.plain("home.welcome")),
        parts.section(say.mrkdwn("home.what_for")),
        parts.divider(),
        *_circles(say, circles),
        *_cases(say, cases),
        parts.divider(),
        parts.section(say.mrkdwn("greeting.commands")),
        parts.section(say.mrkdwn("circle.own_language"), circle_views.own_language(say, language)),
        parts.context(say.mrkdwn("greeting.what_is_kept")),
    ])


def beginning(say: Speaker, language: str | None) -> Json:
    """Home of somebody who is in no circle yet: how to begin."""
    return parts.home([
        parts.header(say.plain("home.welcome")),
        parts.section(say.mrkdwn("home.what_for")),
        parts.section(say.mrkdwn("home.begin")),
        parts.section(say.mrkdwn("circle.own_language"), circle_views.own_language(say, language)),
    ])


def visitor(say: Speaker) -> Json:
    """Home of somebody from another workspace."""
    return parts.home([parts.header(say.plain("home.welcome")), parts.section(say.mrkdwn("common.not_for_you"))])


def answer(say: Speaker, circles: Sequence[OwnCircle], cases: Sequence[OwnCase]) -> Json:
    """What the bot says to who writes to it in private: that nobody reads along, and what can be done now."""
    next_steps = [*_cases(say, cases), *_latest(say, circles)] if circles else [parts.section(say.mrkdwn("home.begin"))]
    blocks = [parts.section(say.mrkdwn("home.spoken_to")), *next_steps, parts.section(say.mrkdwn("greeting.commands"))]
    return parts.message(say.plain("home.spoken_to_headline"), blocks)


def called(say: Speaker, channel: str) -> Json:
    """What the bot says in private to who calls it by its name in a channel."""
    text = say.mrkdwn("home.called", place=place(channel))
    blocks = [parts.section(text), parts.section(say.mrkdwn("greeting.commands"))]
    return parts.message(say.plain("home.called_headline"), blocks)


def _circles(say: Speaker, circles: Sequence[OwnCircle]) -> Iterable[Json]:
    yield parts.section(say.mrkdwn("home.my_circles"))
    for one in circles[:MOST_CIRCLES]:
        yield from _circle(say, one)
    if len(circles) > MOST_CIRCLES:
        yield parts.context(say.mrkdwn("home.more_circles", n=len(circles) - MOST_CIRCLES))


def _circle(say: Speaker, one: OwnCircle) -> Iterable[Json]:
    key = "home.circle" if one.round else "home.circle_new"
    yield parts.section(say.mrkdwn(key, place=place(one.channel), moment=one.next_question))
    if one.round:
        yield from _question(say, one)


def _latest(say: Speaker, circles: Sequence[OwnCircle]) -> Iterable[Json]:
    for one in circles[:MOST_CIRCLES]:
        if one.round:
            yield from _question(say, one)


def _question(say: Speaker, one: OwnCircle) -> list[Json]:
    paragraphs = [parts.section(piece) for piece in parts.split(one.question)]
    button = parts.button(say.plain("reflection.answer"), names.ANSWER, one.round)
    return [*paragraphs[:-1], {**paragraphs[-1], "accessory": button}]


def _cases(say: Speaker, cases: Sequence[OwnCase]) -> Iterable[Json]:
    if not cases:
        return
    lines = [_case(say, one) for one in cases[:MOST_CASES]]
    if len(cases) > MOST_CASES:
        lines.append(say.mrkdwn("home.more_cases", n=len(cases) - MOST_CASES))
    yield parts.section(Mrkdwn("\n".join([say.mrkdwn("home.my_cases"), *lines])))


def _case(say: Speaker, one: OwnCase) -> Mrkdwn:
    roles = ", ".join(say.plain(f"home.role_{role}") for role in one.roles)
    key = "home.case_running" if one.has_begun else "home.case_inviting"
    return say.mrkdwn(key, method=one.method, roles=roles, place=place(one.channel))
