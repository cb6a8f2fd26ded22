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
            return cases.mine.open_my_cases_page(knock.user)
        first, _, named = knock.text.lower().partition(" ")
        if first in METHODS:
            return _methods(cases.choosing, knock, named.strip())
        return inviting.open_intake_form(knock.user, knock.channel)

    def acts(action: str, act: Action) -> None:
        """A button that also stands on the page with one's own cases: that page shows what became of it."""

        def acted(knock: Interaction) -> Json | None:
            done = act(knock)
            return cases.mine.open_my_cases_page(knock.user) if knock.view.get("callback_id") == names.MY_CASES_PAGE else done

        door.on_action(action, acted)

    door.on_command(COMMANDS, "case.help", front)
    door.on_shortcut(SHORTCUT_ANYWHERE, lambda knock: inviting.open_intake_form(knock.user, knock.channel))
    door.on_form(names.CASE_FORM, lambda knock: inviting.submit_intake(knock.user, knock.pointers, _asked(knock), knock.now))
    door.on_open(names.READ_METHOD, lambda knock: _methods(cases.choosing, knock, knock.value))
    door.on_open(names.BRING_CASE, lambda knock: inviting.open_intake_form(knock.user, knock.about))
    for chosen in (names.WISH_CHOSEN, names.METHOD_CHOSEN):
        door.on_open(chosen, lambda knock: inviting.refresh_intake_form(knock.user, knock.pointers, _asked(knock)))
    door.on_open(names.MY_CASES, lambda knock: cases.mine.open_my_cases_page(knock.user))
    door.on_action(names.JOIN_CASE, lambda knock: inviting.join_case(knock.user, knock.value, Role.PEER, knock.now))
    door.on_action(names.FACILITATE_CASE, lambda knock: inviting.join_case(knock.user, knock.value, Role.FACILITATOR, knock.now))
    door.on_action(names.OBSERVE_CASE, lambda knock: inviting.join_case(knock.user, knock.value, Role.OBSERVER, knock.now))
    acts(names.LEAVE_CASE, lambda knock: inviting.leave_case(knock.user, knock.value, knock.now))
    acts(names.START_CASE, lambda knock: inviting.start_case(knock.user, knock.value, knock.now))
    door.on_open(names.CHOOSE_FIRST, lambda knock: inviting.open_start_form(knock.user, knock.value))
    door.on_form(names.START_FORM, lambda knock: inviting.start_case(knock.user, *_chosen(knock), short_cards=_short(knock)))
    acts(names.START_LIVE, lambda knock: inviting.start_case(knock.user, knock.value, knock.now, Pace.LIVE))
    changing = cases.changing
    door.on_open(names.CHANGE_CASE, lambda knock: changing.open_edit_form(knock.user, knock.value))
    door.on_form(names.CHANGE_CASE_FORM, lambda knock: changing.submit_edit_form(knock.user, *_changed(knock)))
    acts(names.STOP_CASE, lambda knock: inviting.stop_case(knock.user, knock.value, knock.now))
    door.on_action(names.WIPE_CASE, lambda knock: cases.forgetting.wipe_case(knock.user, knock.value))
    _register_steps(door)


def _register_steps(door: Router) -> None:
    """Connect the cards of the steps, and the form behind them."""
    steps = door.bot.cases.contributing

    def again(knock: Interaction, shape: FormShape) -> Json:
        return steps.open_contribution_form(knock.user, *_place(knock.pointers), shape, knock.now)

    def sent(knock: Interaction) -> Json:
        form = FormShape.from_pointers(knock.pointers).form
        return steps.submit_contribution_form(knock.user, *_place(knock.pointers), form, knock.fields, knock.now)

    door.on_open(names.WHOLE_INSTRUCTION, lambda knock: steps.open_instruction(knock.user, *_step(knock.value)))
    door.on_open(names.WRITE, lambda knock: steps.open_contribution_form(knock.user, *_step(knock.value), FormShape(), knock.now))
    door.on_open(names.MORE_ROOM_FOR, lambda knock: again(knock, FormShape.from_pointers(knock.pointers).with_more_room(knock.value)))
    door.on_open(names.ONE_MORE, lambda knock: again(knock, FormShape.from_pointers(knock.pointers).with_one_more(_new(knock))))
    door.on_open(names.READ_ON, lambda knock: again(knock, FormShape.from_pointers(knock.pointers).leafed_to(knock.value)))
    door.on_form(names.CONTRIBUTION_FORM, sent)
    late = door.bot.cases.late
    door.on_action(names.LATE_SHARED, lambda knock: late.share_late(knock.user, knock.value))
    door.on_action(names.LATE_WIPED, lambda knock: late.wipe_late(knock.user, knock.value))
    door.on_action(names.PASS, lambda knock: steps.pass_step(knock.user, *_step(knock.value), knock.now))
    door.on_action(names.NEXT_STEP, lambda knock: steps.press_next(knock.user, *_step(knock.value), knock.now))
    leading = door.bot.cases.leading
    door.on_open(names.LEAD, lambda knock: leading.open_facilitator_page(knock.user, *_step(knock.value)))
    door.on_action(names.SKIP_STEP, lambda knock: leading.facilitate_step(knock.user, *_step(knock.value), FacilitatorAction.SKIP, knock.now))
    door.on_action(names.MORE_TIME, lambda knock: leading.facilitate_step(knock.user, *_step(knock.value), FacilitatorAction.MORE_TIME, knock.now))
    door.on_action(names.GO_BACK, lambda knock: leading.facilitate_step(knock.user, *_step(knock.value), FacilitatorAction.BACK, knock.now))
    door.on_action(names.PACE_CALM, lambda knock: leading.facilitate_step(knock.user, *_step(knock.value), FacilitatorAction.CALM, knock.now))
    door.on_action(names.PACE_LIVE, lambda knock: leading.facilitate_step(knock.user, *_step(knock.value), FacilitatorAction.LIVE, knock.now))
    door.on_action(names.SHORT_CARDS, lambda knock: leading.choose_card_length(knock.user, *_step(knock.value), CardLength.SHORT, knock.now))
    door.on_action(names.WHOLE_CARDS, lambda knock: leading.choose_card_length(knock.user, *_step(knock.value), CardLength.WHOLE, knock.now))
    door.on_action(names.OWNER_READY, lambda knock: steps.read_as_owner(knock.user, *_step(knock.value), knock.now))


def _methods(choosing: MethodPages, knock: Interaction, named: str) -> Json:
    """One method if it is named, else all of them."""
    if named:
        return choosing.open_method_page(knock.user, knock.channel, named)
    return choosing.open_methods_page(knock.user, knock.channel)


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
