"""My journal: a page of what its reader wrote, one reply that was kept, and what wiping everything means.

Every page of it is a state of the window of the weekly question, so that an entry takes the place of the page it was
opened from, and the page comes back in its place.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.periods import DigestPeriod, period_name
from bot.journal.rules import excerpt
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention

SEARCH, THEME, PERIOD = "search", "theme", "period"
LONGEST_SEARCH = 100
# What stands for every theme, and every period; and, in place of a theme, for insights alone (none has such a key).
ALL, INSIGHTS = "-", "@insights"


@dataclass(frozen=True)
class JournalEntry:
    """One thing its reader wrote. `state` is as of a reflection, or "reply" for what was typed in a thread.

    An insight's state is "insight_kept" and so on; its `question` is what it goes back to, empty if that is not known.
    `files` is how many came with a reply; they are not kept. `to` is the colleague it was sent to, by Slack's id.
    """

    id: str
    day: str
    theme: str
    question: str
    text: str
    state: str
    to: str = ""
    files: int = 0

    @property
    def is_insight(self) -> bool:
        """Whether it is an insight."""
        return self.state.startswith("insight_")


@dataclass(frozen=True)
class JournalSearch:
    """Which entries: of a theme, of a period, with these words in them; and which page of them, from 0."""

    theme: str = ""
    period: str = ""
    search: str = ""
    page: int = 0


@dataclass(frozen=True)
class SearchChoices:
    """What can be chosen: themes by key, and periods."""

    themes: Mapping[str, str]
    periods: Sequence[DigestPeriod]


def journal_page(
    speaker: Speaker,
    entries: Sequence[JournalEntry],
    sought: JournalSearch,
    sieve: SearchChoices | None,
    before: JournalEntry | None,
    pointers: Json,
    *,
    has_more: bool,
    has_insights: bool = False,
) -> Json:
    """A page of entries; with a `sieve`, choices of which; `before` is what was written a year ago."""
    blocks = [
        *_insights_apart(speaker, sought, has_insights=has_insights),
        parts.context(speaker.mrkdwn("journal.for_you")),
        *(_a_year_ago(speaker, before) if before else ()),
        *(_sieve(speaker, sought, sieve) if sieve else ()),
        parts.divider(),
        *(block for entry in entries for block in _entry(speaker, entry)),
        *([] if entries else [parts.section(speaker.mrkdwn(_nothing(sought, sieve)))]),
        *_turning(speaker, sought.page, has_more=has_more),
        *(_all_of_it(speaker) if entries and sought.theme != INSIGHTS else ()),
    ]
    title = "insight.mine" if sought.theme == INSIGHTS else "journal.title"
    return _window(speaker, blocks, pointers, speaker.plain("journal.search_submit") if sieve else "", title)


def reply_page(speaker: Speaker, entry: JournalEntry, channel: str, *, may_bring: bool) -> Json:
    """What its reader typed in a thread and is kept, with what can be done with it here."""
    ask = parts.confirm(
        speaker.plain("journal.forget_sure"),
        speaker.plain("journal.forget_means"),
        speaker.plain("journal.forget"),
        speaker.plain("common.cancel"),
    )
    further = [
        parts.button(speaker.plain("insight.make"), names.MAKE_INSIGHT, entry.id),
        *([parts.button(speaker.plain("reflection.as_case"), names.REFLECTION_AS_CASE, entry.id)] if may_bring else []),
    ]
    forget = parts.button(speaker.plain("journal.forget"), names.FORGET_REPLY, entry.id, confirm=ask)
    blocks = [
        parts.context(Mrkdwn(parts.split(entry.question)[0])),
        parts.section(speaker.mrkdwn("journal.is_reply", day=entry.day, channel=channel_link(channel))),
        *(parts.section(piece) for piece in parts.split(entry.text) if piece),
        *([parts.context(speaker.mrkdwn("journal.with_files", n=entry.files))] if entry.files else []),
        parts.context(speaker.mrkdwn("journal.reply_choices")),
        parts.actions(*(further if entry.text else []), forget),
    ]
    return _window(speaker, blocks, {})


def reply_gone_page(speaker: Speaker) -> Json:
    """The page after a reply is kept no more."""
    return _window(speaker, [parts.section(speaker.mrkdwn("journal.reply_gone"))], {})


def with_way_back(speaker: Speaker, view: Json, pointer: Json) -> Json:
    """The window, with a way back to the page of the journal that `pointer` remembers."""
    if view.get("callback_id") != names.REFLECTION:
        return view
    pointers = json.loads(view["private_metadata"])
    if "journal" in pointers:
        # It is a page of the journal itself.
        return view
    back = parts.actions(parts.button(speaker.plain("journal.back"), names.JOURNAL_BACK))
    remembered = json.dumps({**pointers, "journal": pointer}, separators=(",", ":"), sort_keys=True)
    return {**view, "private_metadata": remembered, "blocks": [back, *view["blocks"]]}


def _insights_apart(speaker: Speaker, sought: JournalSearch, *, has_insights: bool) -> list[Json]:
    """The way to one's insights alone, and from them back to everything."""
    if sought.theme == INSIGHTS:
        return [parts.actions(parts.button(speaker.plain("journal.back"), names.NOT_INSIGHTS))]
    return [parts.actions(parts.button(speaker.plain("insight.mine"), names.INSIGHTS))] if has_insights else []


def _nothing(sought: JournalSearch, sieve: SearchChoices | None) -> str:
    if sought == JournalSearch(theme=INSIGHTS):
        return "insight.none"
    return "journal.nothing_found" if sieve else "journal.empty"


def _a_year_ago(speaker: Speaker, entry: JournalEntry) -> Iterator[Json]:
    yield parts.section(
        speaker.mrkdwn("journal.a_year_ago", day=entry.day, text=excerpt(entry.text)), _opening(speaker, entry)
    )


def _sieve(speaker: Speaker, sought: JournalSearch, sieve: SearchChoices) -> Iterator[Json]:
    """Its fields have names of their own for what they hold: Slack keeps what is typed in a field of the same name."""
    field = parts.text_field(initial=sought.search, longest=LONGEST_SEARCH)
    yield parts.input_block(SEARCH, speaker.plain("journal.search"), field, optional=True)
    if sought.theme != INSIGHTS:
        themes = [parts.option(name[:75], key) for key, name in sieve.themes.items()]
        yield _choosing(speaker.plain("journal.all_themes"), THEME, names.JOURNAL_SIEVE, themes, sought.theme)
    periods = [parts.option(period_name(speaker, one), one.key) for one in sieve.periods[:90]]
    yield _choosing(speaker.plain("journal.all_periods"), PERIOD, names.JOURNAL_SIEVE, periods, sought.period)


def _choosing(every: str, block: str, action: str, options: list[Json], chosen: str) -> Json:
    chooser = parts.select([parts.option(every, ALL), *options[:99]], chosen or ALL)
    return parts.actions({**chooser, "action_id": action}, block_id=block)


def _entry(speaker: Speaker, entry: JournalEntry) -> Iterator[Json]:
    head = speaker.mrkdwn("journal.entry", day=entry.day, theme=entry.theme, text=excerpt(entry.text))
    yield parts.section(head, _opening(speaker, entry))
    notes = [speaker.mrkdwn(f"journal.now_{entry.state}", **({"person": mention(entry.to)} if entry.to else {}))]
    if entry.files:
        notes.append(speaker.mrkdwn("journal.with_files", n=entry.files))
    asked = [Mrkdwn(parts.split(excerpt(entry.question))[0])] if entry.question else []
    yield parts.context(*notes, *asked)


def _opening(speaker: Speaker, entry: JournalEntry) -> Json:
    action = names.INSIGHT if entry.is_insight else names.JOURNAL_ENTRY
    return parts.button(speaker.plain("journal.open"), action, entry.id)


def _turning(speaker: Speaker, page: int, *, has_more: bool) -> list[Json]:
    newer = parts.button(speaker.plain("journal.newer"), names.JOURNAL_NEWER, str(page - 1))
    older = parts.button(speaker.plain("journal.older"), names.JOURNAL_OLDER, str(page + 1))
    leaves = ([newer] if page else []) + ([older] if has_more else [])
    return [parts.actions(*leaves)] if leaves else []


def _all_of_it(speaker: Speaker) -> Iterator[Json]:
    yield parts.divider()
    yield parts.actions(
        parts.button(speaker.plain("journal.export"), names.JOURNAL_EXPORT),
        parts.button(speaker.plain("journal.wipe"), names.JOURNAL_WIPE),
    )


def _window(
    speaker: Speaker, blocks: list[Json], pointers: Json, submit: str = "", title: str = "journal.title"
) -> Json:
    return parts.modal(
        names.REFLECTION,
        speaker.plain(title),
        blocks,
        pointers=pointers,
        close=speaker.plain("common.close"),
        submit=submit,
    )
