"""What who leads can do in the open step besides *next*."""

from datetime import datetime

from bot.rules.events import Led
from bot.rules.going_back import step_before
from bot.rules.leading import Lead, may_lead
from bot.rules.permissions import Reason
from bot.rules.protocol import Step
from bot.usecases.cases import dossier as dossiers
from bot.usecases.cases.carrying import Carrying
from bot.usecases.cases.dossier import Dossier
from bot.usecases.cases.stage import Stage
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from bot.views import case_card, case_leading
from bot.views.parts import Json


class Leading:
    """Skipping, more time, going back, another pace. Each is a line in the channel, so that all know."""

    def __init__(self, desk: Desk, carrying: Carrying) -> None:
        self._desk = desk
        self._carrying = carrying
        self._stage = Stage(desk)

    def page(self, user: str, case_id: str, step_key: str) -> Json:
        """What can be done now. Refuses who does not lead."""
        with self._desk.database.reading() as session:
            dossier, member = dossiers.for_present(session, case_id, user, to_read=True)
            reasons = {how: may_lead(dossier.case, member.id, step_key, how) for how in Lead}
            if reason := reasons[Lead.SKIP]:
                raise Refusal(f"case.refused_{reason.value}")
            say, step = self._desk.voice(dossier.circle, member), dossier.case.protocol.step(step_key)
            heading = case_card.heading(say, dossier.case.protocol.numbered(), step)
            can = [how for how, reason in reasons.items() if reason is None]
            before = case_leading.named(say, step_before(dossier.case))
            return case_leading.page(say, f"{case_id}:{step_key}", heading, can, before)

    def lead(self, user: str, case_id: str, step_key: str, how: Lead, now: datetime) -> Json:
        """Do it; all in the case read that it was done. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.for_present(session, case_id, user)
            say = self._desk.voice(dossier.circle, member)
            if may_lead(dossier.case, member.id, step_key, how) != Reason.ALREADY_SO:
                about = (step_before(dossier.case) if how == Lead.BACK else ()) or (_step(dossier, step_key),)
                self._stage.led(session, dossier, about, how, now)
                self._carrying.happens(session, dossier, [Led(member.id, step_key, how)], now)
            return case_leading.done(say, how)


def _step(dossier: Dossier, key: str) -> Step:
    try:
        return dossier.case.protocol.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None
