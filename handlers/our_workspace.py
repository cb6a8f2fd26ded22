"""Whose requests are answered: those of our own workspace."""

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.bot import Bot
from bot.core.parts import Json
from bot.slack.types import Identity
from handlers.interaction import dict_of, text_of


def authorizing(bot: Bot) -> Callable[..., Any]:
    """For Bolt: who we are, as it was kept, so that no request asks Slack first."""

    def authorize() -> AuthorizeResult | None:
        ours = bot.people.identity or bot.people.own_identity()
        if ours is None:
            return None
        token = bot.settings.slack_bot_token or ""
        return AuthorizeResult(
            enterprise_id=None, team_id=ours.team, bot_user_id=ours.bot_user, bot_id=ours.bot_id, bot_token=token
        )

    return authorize


def only_our_workspace(bot: Bot) -> Callable[..., BoltResponse | None]:
    """For Bolt: refuses payloads of others, be it where they were sent or the person who pressed."""

    def refuse_others(body: Json, next: Any) -> BoltResponse | None:
        ours = bot.people.identity or bot.people.own_identity()
        if ours and not is_ours(body, ours):
            bot.metrics.refused_teams.inc()
            return BoltResponse(status=200, body="")
        next()
        return None

    return refuse_others


def is_ours(body: Json, ours: Identity) -> bool:
    """Whether a payload is of our workspace, or of our organisation in an Enterprise Grid.

    In a Grid, somebody's home may be another workspace than ours: their presses name that one. What makes them ours is
    the organisation (`ours.enterprise`). The `authorizations` of an event say only that we may hear of it, which we may
    of strangers in a shared channel too; what a person may do is decided by our own facts about them all the same.
    """
    named = (body.get("team_id"), dict_of(body.get("team")).get("id"), dict_of(body.get("user")).get("team_id"))
    others = {text_of(team) for team in named if team} - {ours.team}
    return not others or (ours.enterprise != "" and _organisation(body) == ours.enterprise)


def _organisation(body: Json) -> str:
    """The organisation that a payload names: in a press, a form or a shortcut, in a command, or in an event."""
    team, enterprise = dict_of(body.get("team")), dict_of(body.get("enterprise"))
    named = {
        text_of(one) for one in (enterprise.get("id"), team.get("enterprise_id"), body.get("enterprise_id")) if one
    }
    return named.pop() if len(named) == 1 else ""
