"""The page behind "Questions" of a circle, and what all pages and forms of its window share."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.questions.surfaces import SUPPORT_CHOICES
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention

# A page holds a hundred blocks; a proposal takes up to seven.
MOST_PROPOSALS = 10


@dataclass(frozen=True)
class ProposedQuestion:
    """A proposed question: `author` (empty if not to be named) by Slack's id; `support` is how many would answer it.

    `suggestion` is what a moderator proposes to write instead, for its author only. A question that `is_in` is adopted:
    only its author finds it here, to take it back.
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
    """The question that its reader chose, what they `wrote` with it, and how many questions come before it."""

    text: str
    wrote: str
    ahead: int


@dataclass(frozen=True)
class QuestionsFront:
    """What the page shows its reader; `first` is the number of the first proposal on it, `done` the key of a text.

    `moment` is when the next question comes; `mine` is the question to come that the reader chose.
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
        parts.section(speaker.mrkdwn("questions.intro", place=channel_link(page.place))),
        *_next_question(speaker, page),
        parts.actions(*_page_buttons(speaker, page)),
        parts.divider(),
        *_proposals(speaker, page),
        parts.context(speaker.mrkdwn("questions.what_is_kept")),
    ]
    return parts.modal(speaker, names.QUESTIONS_PAGE, "questions.title", blocks, {"circle": page.circle})


def _page_buttons(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """The first is what most people come for."""
    buttons = [("questions.propose", names.PROPOSE_QUESTION)]
    buttons += [] if page.mine else [("questions.take_one", names.TAKE_TURN)]
    buttons += [("questions.library", names.LIBRARY), ("questions.season", names.SEASON)]
    buttons += [("questions.look_back", names.INVITE_LOOKING_BACK)] if page.moderates else []
    return [parts.button(speaker.plain(key), action) for key, action in buttons]


def _next_question(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """When the next question comes, and what the reader chose."""
    blocks = [parts.context(speaker.mrkdwn("questions.next_comes", moment=page.moment))] if page.moment else []
    if page.mine:
        you_wrote = parts.section(speaker.mrkdwn("questions.you_wrote"))
        wrote = [you_wrote, *quoted_question(page.mine.wrote)] if page.mine.wrote else []
        change = parts.button(speaker.plain("questions.change_answer"), names.CHANGE_TURN)
        give_back = parts.button(speaker.plain("questions.give_back"), names.GIVE_BACK)
        chose = speaker.mrkdwn("questions.you_chose", n=page.mine.ahead + 1)
        blocks += [parts.section(chose), *quoted_question(page.mine.text), *wrote, parts.actions(change, give_back)]
    return blocks


def back_button(speaker: Speaker) -> Json:
    """The button that leads to the first page."""
    return parts.button(speaker.plain("questions.back"), names.QUESTIONS_AGAIN)


def quoted_question(text: str) -> list[Json]:
    """A question as a quotation; a proposal is short enough for one or two sections."""
    pieces = parts.split(text, parts.SECTION - 600)
    return [parts.section(Mrkdwn("> " + piece.replace("\n", "\n> "))) for piece in pieces]


def _proposals(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    shown = page.proposals[page.first : page.first + MOST_PROPOSALS]
    if not shown:
        return [parts.section(speaker.mrkdwn("questions.none_proposed")), *_support_needed(speaker, page)]
    blocks = [parts.section(speaker.mrkdwn("questions.proposed", needed=page.needed))]
    for proposal in shown:
        blocks += _proposal(speaker, page, proposal)
    return [*blocks, *_more_proposals(speaker, page), *_support_needed(speaker, page)]


def _support_needed(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """For moderators: how many members must say that they would answer a question."""
    if not page.moderates:
        return []
    numbers = sorted({*SUPPORT_CHOICES, page.needed})
    choice = parts.select([parts.option(str(number), str(number)) for number in numbers], str(page.needed))
    return [parts.section(speaker.mrkdwn("questions.needed"), {**choice, "action_id": names.SUPPORT_NEEDED})]


def _proposal(speaker: Speaker, page: QuestionsFront, proposal: ProposedQuestion) -> list[Json]:
    notes = [speaker.mrkdwn("questions.theme", theme=proposal.theme)]
    if proposal.author:
        notes.append(speaker.mrkdwn("reflection.by_author", person=mention(proposal.author)))
    if proposal.is_in:
        notes.append(speaker.mrkdwn("questions.is_in"))
    elif proposal.support:
        notes.append(speaker.mrkdwn("questions.support", n=proposal.support))
    blocks = [*quoted_question(proposal.text), parts.context(*notes)]
    if proposal.suggestion:
        blocks += [parts.section(speaker.mrkdwn("questions.suggested_here")), *quoted_question(proposal.suggestion)]
    return [*blocks, parts.actions(*_choices(speaker, page, proposal))]


def _choices(speaker: Speaker, page: QuestionsFront, proposal: ProposedQuestion) -> list[Json]:
    def button(key: str, action: str, **more: object) -> Json:
        return parts.button(speaker.plain(key), action, proposal.id, **more)  # type: ignore[arg-type]

    if proposal.is_mine:
        own = wording_buttons(speaker, proposal.id) if proposal.suggestion else []
        own += [] if proposal.is_in else [button("questions.change", names.CHANGE_QUESTION)]
        sure = parts.confirm(speaker, "questions.withdraw_sure", "questions.withdraw_means", "questions.withdraw")
        return [*own, button("questions.withdraw", names.WITHDRAW_QUESTION, confirm=sure)]
    would = ("questions.no_longer", names.UNSUPPORT) if proposal.is_supported else ("questions.would", names.SUPPORT)
    suggest = [button("questions.suggest", names.SUGGEST_WORDING)] if page.moderates else []
    return [button(*would), *suggest]


def wording_buttons(speaker: Speaker, question: str) -> list[Json]:
    """What an author can do with words that a moderator proposes."""
    return [
        parts.button(speaker.plain("questions.accept"), names.ACCEPT_WORDING, question, style="primary"),
        parts.button(speaker.plain("questions.keep_mine"), names.KEEP_WORDING, question),
    ]


def _more_proposals(speaker: Speaker, page: QuestionsFront) -> list[Json]:
    """The buttons to the other proposals, if there are more than one page holds."""
    before, after = page.first - MOST_PROPOSALS, page.first + MOST_PROPOSALS
    buttons = []
    if page.first:
        buttons.append(parts.button(speaker.plain("questions.earlier"), names.PROPOSALS_BACK, str(max(before, 0))))
    if after < len(page.proposals):
        buttons.append(parts.button(speaker.plain("questions.further"), names.PROPOSALS_ON, str(after)))
    return [parts.actions(*buttons)] if buttons else []
