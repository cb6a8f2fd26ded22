"""What Home, the shortcut on messages and the digest ask of every wing, so that they need not know the wings.

Each wing has a function that makes its provider; the composition lists the providers.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.home import HomeButton, HomeRow, MessageUse, TodoItem
from bot.core.parts import Json
from bot.core.text import Text
from bot.words import Mrkdwn, Speaker
from db.models import Circle, Member


@dataclass(frozen=True)
class MemberContext:
    """One member in one transaction, with the circles they are in and the language the bot speaks to them now."""

    session: Session
    member: Member
    circles: Sequence[Circle]
    speaker: Speaker
    now: datetime


@dataclass(frozen=True)
class HomeProvider:
    """What one wing puts on somebody's Home. Each function is asked anew whenever a Home is made.

    `todo` also ends every help. `notices` are what everybody should know now. `circle_texts` are sentences about one
    circle of the member, `circle_buttons` what the member can do there: Home has the first sentence, the page behind it
    the rest. `rows` are lines of Home with a page behind each. `own_sections` stand on the page with what is the
    member's alone. `can_use_private_message`: something can be made of what the member types to the bot alone.
    """

    todo: Callable[[MemberContext], Iterable[TodoItem]] = lambda _: ()
    circle_texts: Callable[[MemberContext, Circle], Iterable[Mrkdwn]] = lambda _, __: ()
    circle_buttons: Callable[[MemberContext, Circle], Iterable[HomeButton]] = lambda _, __: ()
    notices: Callable[[MemberContext], Iterable[Json]] = lambda _: ()
    rows: Callable[[MemberContext], Iterable[HomeRow]] = lambda _: ()
    own_sections: Callable[[MemberContext], Iterable[Json]] = lambda _: ()
    can_use_private_message: Callable[[MemberContext], bool] = lambda _: False


@dataclass(frozen=True)
class MessagePlace:
    """Where a message was typed: in the channel of a circle, in that of a case, or `is_private`, to the bot alone."""

    channel: str
    ts: str
    circle: Circle | None = None
    case: str | None = None
    is_private: bool = False


@dataclass(frozen=True)
class MessageDraft:
    """What its author makes of a message: the use they chose, the id of the form, and the text as it is there."""

    user: str
    use: MessageUse
    form: str
    text: str
    now: datetime


@dataclass(frozen=True)
class MessageProvider:
    """What one wing can make of a message.

    `offers` are the uses of a message in this place for this member; `makers` do what was chosen, by the kind of the
    use, and return the next page. `own_posts` are the keys of the bot's own posts, each with a text that says what it
    is.
    """

    offers: Callable[[MemberContext, MessagePlace], Iterable[MessageUse]] = lambda _, __: ()
    makers: Mapping[str, Callable[[MessageDraft], Json]] = field(default_factory=dict)
    own_posts: Sequence[tuple[re.Pattern[str], str]] = ()


# What the round with our id asked, whose prompt has this id; None where nobody knows any more.
AskedText = Callable[[Session, int, str], Text | None]
# The name of the method with this key, in the circle with our id.
MethodName = Callable[[Session, int, str], Text]
