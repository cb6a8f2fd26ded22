"""What the suite saw the bot use of Slack, so that the tables and the documentation can be held to it."""

from playground.workspace import Workspace

called: set[str] = set()
"""Methods of the Web API that were called."""

heard: set[str] = set()
"""Events that were delivered, by the name the manifest uses."""

scopes: set[str] = set()
"""Scopes that those calls needed."""

refused: set[str] = set()
"""Errors that Slack answered with."""

worlds: list[None] = []
"""One for each world that was looked at."""

_PLACES = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def note(workspace: Workspace) -> None:
    """Remember what happened in a workspace that is about to go."""
    worlds.append(None)
    for call in workspace.calls:
        called.add(call.method)
        scopes.update({call.scope} if call.scope else ())
        refused.update({call.error} if call.error else ())
    for delivery in workspace.deliveries:
        if delivery.type == "events_api":
            event = delivery.payload["event"]
            heard.add(_PLACES[event["channel_type"]] if event["type"] == "message" else event["type"])
