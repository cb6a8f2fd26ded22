"""The page behind "Questions" of a circle. Every page and form of it has one callback id: one takes another's place."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link as place_of
from bot.words.escaping import mention

# A page holds a hundred blocks; a proposal takes up to seven.
MOST_PROPOSALS = 10
# The fields of its forms.
TEXT, SAYS = "text", "says"
# How many may be asked to say yes.
_NEEDED = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)


@dataclass(frozen=True)
class ProposedQuestion:
    """A question that waits: `author` is empty where they are not to be named, `support` how many would answer it.

    `suggestion` is what a moderator proposes to write instead, for its author only. One that `is_in` waits no more: its
    author alone finds it here, to take it back.
    """

    id: str
    text: str
    theme: str
    author: str
    support: int
    is_mine: bool
    is_supported: bool
    suggestion: str = ""
    is_in: bool = False


@dataclass(frozen=True)
class OwnTurn:
    """The question its reader chose, what they `wrote` with it, and how many come before it."""

    text: str
    wrote: str
    ahead: int


@dataclass(frozen=True)
class QuestionsFront:
    """What the page shows its reader; `first` is the number of the first proposal on it, `done` a text's key.

    `moment` is when the next question comes; `mine` is what the reader chose for one to come.
    """

    circle: int
    place: str
    proposals: Sequence[ProposedQuestion]
    needed: int
    moderates: bool
    first: int = 0
    done: str = ""
    moment: str = ""
    mine: OwnTurn | None = None


def questions_page(speaker: Speaker, page: QuestionsFront) -> Json:
    """What is proposed, and what everybody can do about what is asked."""
    done = [parts.section(speaker.mrkdwn(page.done))] if page.done else []
    blocks = [
        *done,
        parts.section(speaker.mrkdwn("questions.intro", place=place_of(page.place))),
        *_coming(speaker, page),
        parts.actions(*_ways(speaker, page)),
        parts.divider(),
        *_proposals(speaker, page),
        parts.context(speaker.mrkdwn("questions.what_is_kept")),
        parts.context(speaker.mrkdwn("reflection.who_could_see")),
    ]
    return questions_window(speaker, blocks, {"circle": page.circle})


def _ways(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """The first is what most come for."""
    ways = [("questions.propose", names.PROPOSE_QUESTION)]
    ways += [] if page.mine else [("questions.take_one", names.TAKE_TURN)]
    ways += [("questions.library", names.LIBRARY), ("questions.season", names.SEASON)]
    ways += [("questions.look_back", names.INVITE_LOOKING_BACK)] if page.moderates else []
    return [parts.button(speaker.plain(key), action) for key, action in ways]


def _coming(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """When the next question comes, and what its reader chose."""
    blocks = [parts.context(speaker.mrkdwn("questions.next_comes", moment=page.moment))] if page.moment else []
    if page.mine:
        wrote = (
            [parts.section(speaker.mrkdwn("questions.you_wrote")), *quoted_question(page.mine.wrote)]
            if page.mine.wrote
            else []
        )
        change = parts.button(speaker.plain("questions.change_answer"), names.CHANGE_TURN)
        give_back = parts.button(speaker.plain("questions.give_back"), names.GIVE_BACK)
        chose = speaker.mrkdwn("questions.you_chose", n=page.mine.ahead + 1)
        blocks += [parts.section(chose), *quoted_question(page.mine.text), *wrote, parts.actions(change, give_back)]
    return blocks


def questions_window(speaker: Speaker, blocks: Sequence[Json], pointers: Json, submit: str = "") -> Json:
    """A page of the window, or a form where `submit` names what its button says."""
    close, sends = speaker.plain("common.cancel" if submit else "common.close"), speaker.plain(submit) if submit else ""
    title = speaker.plain("questions.title")
    return parts.modal(names.QUESTIONS, title, blocks, pointers=pointers, close=close, submit=sends)


def field_id(name: str, pointers: Json) -> str:
    """The id of a field in a form of the window: another for each opening, or Slack keeps what stood in the last."""
    return f"{name}:{pointers['id']}"


def back_button(speaker: Speaker) -> Json:
    """The button that leads to the first page."""
    return parts.button(speaker.plain("questions.back"), names.QUESTIONS_AGAIN)


def quoted_question(text: str) -> list[Json]:
    """A question, so that its words stand out; a proposal is short enough for one or two sections."""
    pieces = parts.split(text, parts.SECTION - 600)
    return [parts.section(Mrkdwn("> " + piece.replace("\n", "\n> "))) for piece in pieces]


def _proposals(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    shown = page.proposals[page.first : page.first + MOST_PROPOSALS]
    if not shown:
        return [parts.section(speaker.mrkdwn("questions.none_proposed")), *_needed(speaker, page)]
    blocks = [parts.section(speaker.mrkdwn("questions.proposed", needed=page.needed))]
    for proposal in shown:
        blocks += _proposal(speaker, page, proposal)
    return [*blocks, *_leaf(speaker, page), *_needed(speaker, page)]


def _needed(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """For moderators: how many have to say yes."""
    if not page.moderates:
        return []
    numbers = sorted({*_NEEDED, page.needed})
    choice = parts.select([parts.option(str(number), str(number)) for number in numbers], str(page.needed))
    return [parts.section(speaker.mrkdwn("questions.needed"), {**choice, "action_id": names.SUPPORT_NEEDED})]


def _proposal(speaker: Speaker, page: QuestionsFront, proposal: ProposedQuestion) -> list[Json]:
    told = [speaker.mrkdwn("questions.theme", theme=proposal.theme)]
    if proposal.author:
        told.append(speaker.mrkdwn("reflection.by_author", person=mention(proposal.author)))
    if proposal.is_in:
        told.append(speaker.mrkdwn("questions.is_in"))
    elif proposal.support:
        told.append(speaker.mrkdwn("questions.support", n=proposal.support))
    blocks = [*quoted_question(proposal.text), parts.context(*told)]
    if proposal.suggestion:
        blocks += [parts.section(speaker.mrkdwn("questions.suggested_here")), *quoted_question(proposal.suggestion)]
    return [*blocks, parts.actions(*_choices(speaker, page, proposal))]


def _choices(speaker: Speaker, page: QuestionsFront, proposal: ProposedQuestion) -> list[Json]:
    def button(key: str, action: str, **more: object) -> Json:
        return parts.button(speaker.plain(key), action, proposal.id, **more)  # type: ignore[arg-type]

    if proposal.is_mine:
        own = decisions(speaker, proposal.id) if proposal.suggestion else []
        own += [] if proposal.is_in else [button("questions.change", names.CHANGE_QUESTION)]
        return [*own, button("questions.withdraw", names.WITHDRAW_QUESTION, confirm=confirm_question(speaker))]
    would = ("questions.no_longer", names.UNSUPPORT) if proposal.is_supported else ("questions.would", names.SUPPORT)
    suggest = [button("questions.suggest", names.SUGGEST_WORDING)] if page.moderates else []
    return [button(*would), *suggest]


def decisions(speaker: Speaker, question: str) -> list[Json]:
    """What an author can do with words that a moderator proposes."""
    return [
        parts.button(speaker.plain("questions.accept"), names.ACCEPT_WORDING, question, style="primary"),
        parts.button(speaker.plain("questions.keep_mine"), names.KEEP_WORDING, question),
    ]


def confirm_question(speaker: Speaker) -> Json:
    """The question before a question is taken back."""
    asked, means = speaker.plain("questions.withdraw_sure"), speaker.plain("questions.withdraw_means")
    return parts.confirm(asked, means, speaker.plain("questions.withdraw"), speaker.plain("common.cancel"))


def _leaf(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """On to the other proposals, where there are more than one page holds."""
    before, after = page.first - MOST_PROPOSALS, page.first + MOST_PROPOSALS
    buttons = []
    if page.first:
        buttons.append(parts.button(speaker.plain("questions.earlier"), names.PROPOSALS_BACK, str(max(before, 0))))
    if after < len(page.proposals):
        buttons.append(parts.button(speaker.plain("questions.further"), names.PROPOSALS_ON, str(after)))
    return [parts.actions(*buttons)] if buttons else []
