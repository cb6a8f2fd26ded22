"""My journal: a page of what its reader wrote, and one reply that was kept.

Its pages are of the window of the weekly question (see `bot.core.names`): an entry takes the place of the page it was
opened from, and the page comes back in its place.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.periods import DigestPeriod, period_name
from bot.journal.rules import excerpt
from bot.journal.surfaces import ALL, INSIGHTS, LONGEST_SEARCH, PERIOD, SEARCH, THEME, JournalPlace, JournalSearch
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention
from bot.words.typed import with_links


@dataclass(frozen=True)
class JournalEntry:
    """One thing its reader wrote. `state` is that of a reflection, or "reply" for what was typed in a thread.

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
class SearchChoices:
    """What can be chosen: themes by key, and periods."""

    themes: Mapping[str, str]
    periods: Sequence[DigestPeriod]


def journal_page(
    speaker: Speaker,
    entries: Sequence[JournalEntry],
    search: JournalSearch,
    choices: SearchChoices | None,
    before: JournalEntry | None,
    place: JournalPlace,
    *,
    has_more: bool,
    has_insights: bool = False,
) -> Json:
    """A page of entries, with `choices` of which, if any; `before` is what was written a year ago."""
    blocks = [
        *_insights_button(speaker, search, has_insights=has_insights),
        parts.context(speaker.mrkdwn("journal.for_you")),
        *(_a_year_ago(speaker, before) if before else ()),
        *(_search_fields(speaker, search, choices) if choices else ()),
        parts.divider(),
        *(block for entry in entries for block in _entry(speaker, entry)),
        *([] if entries else [parts.section(speaker.mrkdwn(_nothing(search, choices)))]),
        *_page_buttons(speaker, search.page, has_more=has_more),
        *(_whole_journal_buttons(speaker) if entries and search.theme != INSIGHTS else ()),
    ]
    title = "insight.mine" if search.theme == INSIGHTS else "journal.title"
    submit, known = "journal.search_submit" if choices else "", place.to_metadata()
    return parts.modal(speaker, names.JOURNAL_PAGE, title, blocks, known, submit=submit, close="common.close")


def reply_page(speaker: Speaker, entry: JournalEntry, channel: str, *, may_bring: bool) -> Json:
    """What its reader typed in a thread and we keep, with what can be done with it here."""
    ask = parts.confirm(speaker, "journal.forget_sure", "journal.forget_means", "journal.forget")
    further = [
        parts.button(speaker.plain("insight.make"), names.MAKE_INSIGHT, entry.id),
        *([parts.button(speaker.plain("reflection.as_case"), names.REFLECTION_AS_CASE, entry.id)] if may_bring else []),
    ]
    forget = parts.button(speaker.plain("journal.forget"), names.FORGET_REPLY, entry.id, confirm=ask)
    blocks = [
        parts.context(Mrkdwn(parts.split(entry.question)[0])),
        parts.section(speaker.mrkdwn("journal.is_reply", day=entry.day, channel=channel_link(channel))),
        *(parts.section(with_links(piece)) for piece in parts.split(entry.text) if piece),
        *([parts.context(speaker.mrkdwn("journal.with_files", n=entry.files))] if entry.files else []),
        parts.context(speaker.mrkdwn("journal.reply_choices")),
        parts.actions(*(further if entry.text else []), forget),
    ]
    return _reply_page(speaker, blocks)


def reply_gone_page(speaker: Speaker) -> Json:
    """The page after a reply is no longer kept."""
    return _reply_page(speaker, [parts.section(speaker.mrkdwn("journal.reply_gone"))])


def with_way_back(speaker: Speaker, view: Json, place: JournalPlace) -> Json:
    """The same page or form with a button back to this place; unchanged if it is no entry of the journal."""
    callback = view["callback_id"]
    if callback == names.JOURNAL_PAGE or names.window_of(callback) != names.REFLECTION_WINDOW:
        return view
    back = parts.actions(parts.button(speaker.plain("journal.back"), names.JOURNAL_BACK))
    known = {**json.loads(view["private_metadata"]), **place.to_metadata()}
    metadata = json.dumps(known, separators=(",", ":"), sort_keys=True)
    return {**view, "private_metadata": metadata, "blocks": [back, *view["blocks"]]}


def _insights_button(speaker: Speaker, search: JournalSearch, *, has_insights: bool) -> list[Json]:
    """The button to insights alone, and from them back to everything."""
    if search.theme == INSIGHTS:
        return [parts.actions(parts.button(speaker.plain("journal.back"), names.NOT_INSIGHTS))]
    return [parts.actions(parts.button(speaker.plain("insight.mine"), names.INSIGHTS))] if has_insights else []


def _nothing(search: JournalSearch, choices: SearchChoices | None) -> str:
    if search == JournalSearch(theme=INSIGHTS):
        return "insight.none"
    return "journal.nothing_found" if choices else "journal.empty"


def _a_year_ago(speaker: Speaker, entry: JournalEntry) -> Iterator[Json]:
    text = speaker.mrkdwn("journal.a_year_ago", day=entry.day, text=excerpt(entry.text))
    yield parts.section(with_links(text), _open_button(speaker, entry))


def _search_fields(speaker: Speaker, search: JournalSearch, choices: SearchChoices) -> Iterator[Json]:
    """The fields of the search; no other form has fields with these ids, or Slack would keep what is typed in them."""
    field = parts.text_field(initial=search.search, longest=LONGEST_SEARCH)
    yield parts.input_block(SEARCH, speaker.plain("journal.search"), field, optional=True)
    if search.theme != INSIGHTS:
        themes = [parts.option(name[:75], key) for key, name in choices.themes.items()]
        yield _filter(speaker.plain("journal.all_themes"), THEME, names.JOURNAL_FILTER, themes, search.theme)
    periods = [parts.option(period_name(speaker, one), one.key) for one in choices.periods[:90]]
    yield _filter(speaker.plain("journal.all_periods"), PERIOD, names.JOURNAL_FILTER, periods, search.period)


def _filter(every: str, block: str, action: str, options: list[Json], chosen: str) -> Json:
    chooser = parts.select([parts.option(every, ALL), *options[:99]], chosen or ALL)
    return parts.actions({**chooser, "action_id": action}, block_id=block)


def _entry(speaker: Speaker, entry: JournalEntry) -> Iterator[Json]:
    head = speaker.mrkdwn("journal.entry", day=entry.day, theme=entry.theme, text=excerpt(entry.text))
    yield parts.section(with_links(head), _open_button(speaker, entry))
    notes = [speaker.mrkdwn(f"journal.now_{entry.state}", **({"person": mention(entry.to)} if entry.to else {}))]
    if entry.files:
        notes.append(speaker.mrkdwn("journal.with_files", n=entry.files))
    asked = [Mrkdwn(parts.split(excerpt(entry.question))[0])] if entry.question else []
    yield parts.context(*notes, *asked)


def _open_button(speaker: Speaker, entry: JournalEntry) -> Json:
    action = names.INSIGHT if entry.is_insight else names.JOURNAL_ENTRY
    return parts.button(speaker.plain("journal.open"), action, entry.id)


def _page_buttons(speaker: Speaker, page: int, *, has_more: bool) -> list[Json]:
    newer = parts.button(speaker.plain("journal.newer"), names.JOURNAL_NEWER, str(page - 1))
    older = parts.button(speaker.plain("journal.older"), names.JOURNAL_OLDER, str(page + 1))
    buttons = ([newer] if page else []) + ([older] if has_more else [])
    return [parts.actions(*buttons)] if buttons else []


def _whole_journal_buttons(speaker: Speaker) -> Iterator[Json]:
    yield parts.divider()
    yield parts.actions(
        parts.button(speaker.plain("journal.export"), names.JOURNAL_EXPORT),
        parts.button(speaker.plain("journal.wipe"), names.JOURNAL_WIPE),
    )


def _reply_page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.REPLY_PAGE, "journal.title", blocks)
