"""Pages and forms that open, and the private words where one did not."""

import logging

from bot.bot import Bot
from bot.core import names, notices
from bot.core.errors import NotKnownYet, Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.home.unopened import Cause
from bot.slack.errors import SlackError, SlackLater, SlackRefused, SlackUncertain
from handlers.failures import log_failure
from handlers.interaction import Interaction
from handlers.try_again import again_button

_log = logging.getLogger(__name__)
# The trigger of a press lives three seconds. Slack's pages know both spellings (F-2.4).
_TOO_LATE = {"expired_trigger_id", "invalid_trigger_id", "trigger_expired"}
# The trigger was used before: something may have opened.
_USED = {"exchanged_trigger_id", "trigger_exchanged"}
# The person closed the form, or it shows something newer: they do not wait for this page any more.
_OVERTAKEN = {"not_found", "hash_conflict"}


class Presenter:
    """Shows people the pages and forms that answer them."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def show(self, asked: Interaction, view: Json, *, opens: bool) -> None:
        """Show a page; where it does not open, the person reads so within five seconds.

        `opens`: opening it was all that was asked, so that it can be asked again.
        """
        try:
            self._present(asked, view)
        except SlackError as error:
            _log.warning("a page could not be opened: %s", error)
            if not (isinstance(error, SlackRefused) and error.error in _OVERTAKEN):
                self.explain(asked, _cause(error), opens=opens)

    def tell(self, asked: Interaction, receipt: Receipt) -> None:
        """Say one line to this person alone, where they pressed; in the direct conversation where that was nowhere.

        In an open page it is a page on top: what is said behind that, nobody would see.
        """
        if asked.kind == "action" and asked.is_in_form:
            speaker = self._bot.languages.speaker_for(asked.user, asked.channel)
            self.show(asked, notices.notice(speaker, receipt.words()), opens=False)
            return
        body = receipt.as_message()
        if not self._answers(asked, body) and not self._says_there(asked, body):
            self._bot.unopened_forms.send(asked.user, body)

    def explain(self, asked: Interaction, cause: Cause, *, opens: bool) -> None:
        """Tell a person in private that a page did not open, where they pressed if Slack takes an answer there."""
        again = again_button(self._bot, asked, opens=opens)
        place = {"is_in_form": asked.is_in_form, "was_done": not opens}
        body = self._bot.unopened_forms.notice(asked.user, asked.channel, cause, again, **place)
        if not self._answers(asked, body):
            self._bot.unopened_forms.send(asked.user, body)

    def failed(self, asked: Interaction, error: Exception, *, opens: bool) -> None:
        """Something of ours failed beside the request: it is logged by its place in the code, and the person hears."""
        log_failure(error)
        try:
            self.explain(asked, Cause.OURS, opens=opens)
        except Exception as still:  # noqa: BLE001 (Bolt would log its message)
            log_failure(still)

    def notice(self, asked: Interaction, refusal: Refusal) -> Json:
        """The page that says why something cannot be done."""
        speaker = self._bot.languages.speaker_for(asked.user, asked.channel)
        return notices.notice(speaker, speaker.mrkdwn(refusal.key, **refusal.arguments))

    def why(self, asked: Interaction, refusal: Refusal) -> str:
        """The same in plain text."""
        speaker = self._bot.languages.speaker_for(asked.user, asked.channel)
        return speaker.plain(refusal.key, **refusal.arguments)

    def look_up(self, refusal: Refusal) -> None:
        """Whoever we do not know yet is looked up beside the request."""
        if isinstance(refusal, NotKnownYet):
            now = self._bot.calendar()
            self._bot.submit(lambda: self._bot.people.look_up_person(refusal.user, refusal.channel, now))

    def _answers(self, asked: Interaction, body: Json) -> bool:
        """Answer where they asked. False if that cannot be, or nobody knows whether it arrived."""
        if not asked.response_url:
            return False
        here = {"thread_ts": asked.thread} if asked.thread else {}
        try:
            self._bot.interactive_slack.answer_privately(asked.response_url, {**body, **here})
        except SlackError as error:
            _log.warning("a private answer did not arrive: %s", error)
            return False
        return True

    def _says_there(self, asked: Interaction, body: Json) -> bool:
        """Say it in the channel where they were. False if that cannot be, or nobody knows whether it arrived."""
        if not asked.channel:
            return False
        try:
            self._bot.interactive_slack.say_privately(asked.channel, asked.user, body, thread=asked.thread or None)
        except SlackError as error:
            _log.warning("a private answer did not arrive: %s", error)
            return False
        return True

    def _present(self, asked: Interaction, view: Json) -> None:
        """In place of the open page if it is its next state, or if that page was only the way there; else on top of it.

        Where no page is open, it is opened.
        """
        view = asked.placed(view)
        if not asked.is_in_form:
            self._bot.interactive_slack.open_form(asked.trigger, view)
        elif asked.callback == names.TODO_PAGE or _is_same_window(view, asked):
            self._bot.interactive_slack.update_form(asked.view["id"], view, seen=asked.view.get("hash"))
        else:
            self._push(asked, view)

    def _push(self, asked: Interaction, view: Json) -> None:
        """Open a page on top of the open one; where Slack puts no fourth on top of three, in place of the last."""
        try:
            self._bot.interactive_slack.push_form(asked.trigger, view)
        except SlackRefused as refusal:
            if refusal.error != "push_limit_reached":
                raise
            self._bot.interactive_slack.update_form(asked.view["id"], view)


def _is_same_window(view: Json, asked: Interaction) -> bool:
    return names.window_of(view["callback_id"]) == names.window_of(asked.callback)


def _cause(error: SlackError) -> Cause:
    match error:
        case SlackUncertain():
            return Cause.UNCERTAIN
        case SlackRefused(error=name) if name in _USED:
            return Cause.UNCERTAIN
        case SlackLater():
            return Cause.LATE
        case SlackRefused(error=name) if name in _TOO_LATE:
            return Cause.LATE
    return Cause.OURS
