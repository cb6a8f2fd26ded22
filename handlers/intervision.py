"""Intervision: `/intervision`, the invitation's buttons, the cards' buttons and forms, and the last card."""

from datetime import datetime

from bot.core import language_field as language
from bot.core import names
from bot.core.blocks import Json
from bot.intervision.choose_method import MethodPages
from bot.intervision.form_fields import FormShape
from bot.intervision.intake import IntakeAnswers
from bot.intervision.rules.case import Pace
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction
from bot.intervision.views import start as case_start
from bot.intervision.views.intake import method_field
from bot.library.enums import Role
from bot.slack.requirements import SHORTCUT_ANYWHERE
from handlers.router import Action, Router, Interaction

COMMANDS = ("/intervision", "/intervisie")
MINE = {"mijn", "mine", "mes", "casussen", "cases", "cas"}
METHODS = {"methodes", "methode", "methods", "method", "méthodes", "méthode"}


def register(door: Router) -> None:
    """Connect the surfaces of cases."""
    cases = door.bot.cases
    inviting = cases.inviting

    def front(knock: Interaction) -> Json:
        if knock.text.lower() in MINE:
            return cases.mine.page(knock.user)
        first, _, named = knock.text.lower().partition(" ")
        if first in METHODS:
            return _methods(cases.choosing, knock, named.strip())
        return inviting.form(knock.user, knock.channel)

    def acts(action: str, act: Action) -> None:
        """A button that also stands on the page with one's own cases: that page shows what became of it."""

        def acted(knock: Interaction) -> Json | None:
            done = act(knock)
            return cases.mine.page(knock.user) if knock.view.get("callback_id") == names.MY_CASES_PAGE else done

        door.acts(action, acted)

    door.command(COMMANDS, "case.help", front)
    door.shortcut(SHORTCUT_ANYWHERE, lambda knock: inviting.form(knock.user, knock.channel))
    door.form(names.CASE_FORM, lambda knock: inviting.bring(knock.user, knock.pointers, _asked(knock), knock.now))
    door.opens(names.READ_METHOD, lambda knock: _methods(cases.choosing, knock, knock.value))
    door.opens(names.BRING_CASE, lambda knock: inviting.form(knock.user, knock.about))
    for chosen in (names.WISH_CHOSEN, names.METHOD_CHOSEN):
        door.opens(chosen, lambda knock: inviting.form_for(knock.user, knock.pointers, _asked(knock)))
    door.opens(names.MY_CASES, lambda knock: cases.mine.page(knock.user))
    door.acts(names.JOIN_CASE, lambda knock: inviting.join(knock.user, knock.value, Role.PEER, knock.now))
    door.acts(names.FACILITATE_CASE, lambda knock: inviting.join(knock.user, knock.value, Role.FACILITATOR, knock.now))
    door.acts(names.OBSERVE_CASE, lambda knock: inviting.join(knock.user, knock.value, Role.OBSERVER, knock.now))
    acts(names.LEAVE_CASE, lambda knock: inviting.leave(knock.user, knock.value, knock.now))
    acts(names.START_CASE, lambda knock: inviting.start(knock.user, knock.value, knock.now))
    door.opens(names.CHOOSE_FIRST, lambda knock: inviting.start_form(knock.user, knock.value))
    door.form(names.START_FORM, lambda knock: inviting.start(knock.user, *_chosen(knock), short_cards=_short(knock)))
    acts(names.START_LIVE, lambda knock: inviting.start(knock.user, knock.value, knock.now, Pace.LIVE))
    changing = cases.changing
    door.opens(names.CHANGE_CASE, lambda knock: changing.form(knock.user, knock.value))
    door.form(names.CHANGE_CASE_FORM, lambda knock: changing.change(knock.user, *_changed(knock)))
    acts(names.STOP_CASE, lambda knock: inviting.stop(knock.user, knock.value, knock.now))
    door.acts(names.WIPE_CASE, lambda knock: cases.forgetting.forget_now(knock.user, knock.value))
    _register_steps(door)


def _register_steps(door: Router) -> None:
    """Connect the cards of the steps, and the form behind them."""
    steps = door.bot.cases.contributing

    def again(knock: Interaction, shape: FormShape) -> Json:
        return steps.form(knock.user, *_place(knock.pointers), shape, knock.now)

    def sent(knock: Interaction) -> Json:
        form = FormShape.read(knock.pointers).form
        return steps.send(knock.user, *_place(knock.pointers), form, knock.fields, knock.now)

    door.opens(names.WHOLE_INSTRUCTION, lambda knock: steps.instruction(knock.user, *_step(knock.value)))
    door.opens(names.WRITE, lambda knock: steps.form(knock.user, *_step(knock.value), FormShape(), knock.now))
    door.opens(names.MORE_ROOM_FOR, lambda knock: again(knock, FormShape.read(knock.pointers).with_more_room(knock.value)))
    door.opens(names.ONE_MORE, lambda knock: again(knock, FormShape.read(knock.pointers).with_one_more(_new(knock))))
    door.opens(names.READ_ON, lambda knock: again(knock, FormShape.read(knock.pointers).leafed_to(knock.value)))
    door.form(names.CONTRIBUTION_FORM, sent)
    late = door.bot.cases.late
    door.acts(names.LATE_SHARED, lambda knock: late.share(knock.user, knock.value))
    door.acts(names.LATE_WIPED, lambda knock: late.wipe(knock.user, knock.value))
    door.acts(names.PASS, lambda knock: steps.passes(knock.user, *_step(knock.value), knock.now))
    door.acts(names.NEXT_STEP, lambda knock: steps.next(knock.user, *_step(knock.value), knock.now))
    leading = door.bot.cases.leading
    door.opens(names.LEAD, lambda knock: leading.page(knock.user, *_step(knock.value)))
    door.acts(names.SKIP_STEP, lambda knock: leading.lead(knock.user, *_step(knock.value), FacilitatorAction.SKIP, knock.now))
    door.acts(names.MORE_TIME, lambda knock: leading.lead(knock.user, *_step(knock.value), FacilitatorAction.MORE_TIME, knock.now))
    door.acts(names.GO_BACK, lambda knock: leading.lead(knock.user, *_step(knock.value), FacilitatorAction.BACK, knock.now))
    door.acts(names.PACE_CALM, lambda knock: leading.lead(knock.user, *_step(knock.value), FacilitatorAction.CALM, knock.now))
    door.acts(names.PACE_LIVE, lambda knock: leading.lead(knock.user, *_step(knock.value), FacilitatorAction.LIVE, knock.now))
    door.acts(names.SHORT_CARDS, lambda knock: leading.cards(knock.user, *_step(knock.value), CardLength.SHORT, knock.now))
    door.acts(names.WHOLE_CARDS, lambda knock: leading.cards(knock.user, *_step(knock.value), CardLength.WHOLE, knock.now))
    door.acts(names.OWNER_READY, lambda knock: steps.ready(knock.user, *_step(knock.value), knock.now))


def _methods(choosing: MethodPages, knock: Interaction, named: str) -> Json:
    """One method if it is named, else all of them."""
    if named:
        return choosing.method(knock.user, knock.channel, named)
    return choosing.methods(knock.user, knock.channel)


def _asked(knock: Interaction) -> IntakeAnswers:
    given = {name: str(value or "") for name, value in knock.fields.items()}
    plain = {name: given.get(name, "") for name in ("title", "question", "theme", "wish")}
    method = given.get(method_field(plain["wish"]), "")
    return IntakeAnswers(**plain, method=method, language=given.get(language.FIELD, ""), fields=given)


def _changed(knock: Interaction) -> tuple[str, IntakeAnswers]:
    return str(knock.pointers.get("case")), _asked(knock)


def _chosen(knock: Interaction) -> tuple[str, datetime, Pace, frozenset[str]]:
    """What the form before the start says: which case, now, how, and with which steps."""
    steps = frozenset(map(str, knock.fields.get(case_start.STEPS) or ()))
    pace = Pace.LIVE if knock.fields.get(case_start.PACE) == case_start.LIVE else Pace.CALM
    return str(knock.pointers.get("case")), knock.now, pace, steps


def _short(knock: Interaction) -> bool:
    """Whether everybody knows the method, says that form."""
    return case_start.SHORT in (knock.fields.get(case_start.CARDS) or ())


def _step(pointer: str) -> tuple[str, str]:
    """The case and the step a button points at."""
    case, _, step = pointer.partition(":")
    return case, step


def _place(pointers: Json) -> tuple[str, str]:
    """The case and the step a form points at."""
    return str(pointers.get("case")), str(pointers.get("step"))


def _new(knock: Interaction) -> int:
    """How many new places the form shows."""
    return len({name.split(":")[1] for name in knock.fields if name.startswith(("text:new-", "field:new-"))})
