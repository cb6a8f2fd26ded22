"""Asking to be invited to the weekly question, in Home and in the invitation itself."""

from bot.views import names
from handlers.door import Door, Knock


def register_invitations(door: Door) -> None:
    """Connect the surfaces of invitations."""
    invitations = door.bot.invitations
    door.opens(names.INVITATIONS, lambda knock: invitations.page(knock.user))
    door.form(
        names.INVITATIONS_FORM,
        lambda knock: invitations.ask(knock.user, _field_of(knock, "clock"), _field_of(knock, "timezone"), knock.now),
    )
    door.acts(names.PAUSE_INVITATIONS, lambda knock: invitations.pause(knock.user, str(knock.about)))
    door.acts(names.RESUME_INVITATIONS, lambda knock: invitations.resume(knock.user, str(knock.about), knock.now))
    door.acts(names.STOP_INVITATIONS, lambda knock: invitations.stop(knock.user, str(knock.about)))


def _field_of(knock: Knock, name: str) -> str:
    return str(knock.fields.get(name) or "")
