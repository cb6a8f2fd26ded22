"""The last card of a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json, messages
from bot.intervision.views.text import Said, quote_lines
from bot.intervision.views.words import confirm_dialog, text_key
from bot.words import Speaker
from bot.words.escaping import mention


@dataclass(frozen=True)
class Closing:
    """How a case ended: with its last step, or sooner for a `reason`."""

    case: str
    owner: str
    reason: str | None
    commitments: Sequence[Said]
    kept_until: str
    of_two: bool = False
    in_series: bool = False
    title: str = ""


def closing_card(speaker: Speaker, closing: Closing) -> list[Json]:
    """Thanks, what the owner takes along, and what happens with the words."""
    key = f"case.stopped_{closing.reason}" if closing.reason else "case.closing_thanks"
    blocks = [
        parts.header(speaker.plain("case.closing_header")),
        parts.section(speaker.mrkdwn(key, title=closing.title)),
    ]
    if closing.commitments:
        blocks.append(parts.section(speaker.mrkdwn("case.closing_commitment", person=mention(closing.owner))))
        blocks += [block for said in closing.commitments for block in quote_lines(said)]
    kept = "series.closing_kept" if closing.in_series else text_key("closing_kept", closing.of_two)
    sure, who = confirm_dialog(speaker, "wipe"), parts.context(speaker.mrkdwn("case.closing_wipe_owner"))
    wipe = parts.button(speaker.plain("case.wipe"), names.WIPE_CASE, closing.case, style="danger", confirm=sure)
    blocks += [parts.section(speaker.mrkdwn(kept, day=closing.kept_until)), parts.actions(wipe), who]
    return messages(speaker.plain("case.closing_headline"), blocks)
