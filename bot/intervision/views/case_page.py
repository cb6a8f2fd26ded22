"""The page behind *Meer…* of a case that did not start yet, or that is over: what its reader may do with it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.surfaces import StepButton
from bot.intervision.views.reading import read_all
from bot.intervision.views.words import confirm_dialog, text_key
from bot.words import Speaker


@dataclass(frozen=True)
class CasePage:
    """A case as one person sees it. `title` is empty for whoever may not know it; `kept_until` while it is not over."""

    case: str
    title: str
    kept_until: str = ""
    can_read: bool = False
    can_choose: bool = False
    can_change: bool = False
    can_call_off: bool = False
    can_wipe: bool = False
    is_called_off: bool = False
    of_two: bool = False
    in_series: bool = False


def case_page(speaker: Speaker, page: CasePage) -> Json:
    """What can be done, each with what it does; then what happens with the words, and who can reach them."""
    blocks = [parts.section(speaker.mrkdwn("case.form_heading", heading=page.title))] if page.title else []
    blocks += [parts.section(speaker.mrkdwn("case.owner_called_off"))] if page.is_called_off else []
    blocks += [read_all(speaker, StepButton(page.case, "").to_value())] if page.can_read else []
    blocks += _possible(speaker, page)
    if page.kept_until:
        kept = "series.closing_kept" if page.in_series else text_key("closing_kept", page.of_two)
        blocks.append(parts.section(speaker.mrkdwn("ending.take_along_what")))
        blocks.append(parts.section(speaker.mrkdwn(kept, day=page.kept_until)))
    return _page(speaker, [*blocks, parts.section(speaker.mrkdwn("ending.server"))])


def case_wiped_page(speaker: Speaker) -> Json:
    """The page after wiping."""
    return _page(speaker, [parts.section(speaker.mrkdwn("ending.wiped"))])


def _possible(speaker: Speaker, page: CasePage) -> Iterator[Json]:
    if page.can_choose:
        choose = parts.button(speaker.plain("start.choose"), names.CHOOSE_FIRST, page.case)
        yield parts.section(speaker.mrkdwn("ending.choose"), choose)
    if page.can_change:
        change = parts.button(speaker.plain("changing.change"), names.CHANGE_CASE, page.case)
        yield parts.section(speaker.mrkdwn("ending.change"), change)
    if page.can_call_off:
        sure = confirm_dialog(speaker, "cancel")
        call_off = parts.button(speaker.plain("case.cancel"), names.STOP_CASE, page.case, confirm=sure)
        yield parts.section(speaker.mrkdwn("ending.call_off"), call_off)
    if page.can_wipe:
        sure = confirm_dialog(speaker, "wipe")
        wipe = parts.button(speaker.plain("case.wipe"), names.WIPE_CASE, page.case, style="danger", confirm=sure)
        yield parts.section(speaker.mrkdwn("ending.wipe"), wipe)


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.CASE_PAGE, "ending.more_title", blocks)
