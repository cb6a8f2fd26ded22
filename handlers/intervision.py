"""Intervision: `/intervision`, the invitation's buttons, the cards' buttons and forms, and the last card."""

from collections.abc import Callable
from dataclasses import replace

from bot.core import names
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.core.text import small_number
from bot.intervision.bring_case import CaseBringing
from bot.intervision.choose_method import MethodPages
from bot.intervision.contribute import StepActions
from bot.intervision.edit import CaseEditing
from bot.intervision.facilitate import FacilitatorActions
from bot.intervision.form_surfaces import ContributionFormState
from bot.intervision.intake_surfaces import IntakeAnswers, IntakeFormState
from bot.intervision.invite import CaseInvitations
from bot.intervision.reminders import CaseReminders
from bot.intervision.rules.case import Pace
from bot.intervision.rules.events import WakeUp
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.surfaces import CaseForm, SheetButton, StartChoices, StepButton
from bot.intervision.views.reminders import REMINDERS_FIELD
from bot.library.enums import Role
from bot.slack.requirements import SHORTCUT_ANYWHERE
from handlers.interaction import Interaction
from handlers.router import Action, Router

COMMANDS = ("/intervision", "/intervisie")
MINE = {"mijn", "mine", "mes", "casussen", "cases", "cas"}
METHODS = {"methodes", "methode", "methods", "method", "méthodes", "méthode"}
ROLES = {names.JOIN_CASE: Role.PEER, names.FACILITATE_CASE: Role.FACILITATOR, names.OBSERVE_CASE: Role.OBSERVER}
FACILITATOR_ACTIONS = {
    names.SKIP_STEP: FacilitatorAction.SKIP,
    names.MORE_TIME: FacilitatorAction.MORE_TIME,
    names.GO_BACK: FacilitatorAction.BACK,
    names.PACE_CALM: FacilitatorAction.CALM,
    names.PACE_LIVE: FacilitatorAction.LIVE,
}
WAKING = {
    names.GO_ON_CASE: WakeUp.GO_ON,
    names.SKIP_OWN_STEP: WakeUp.SKIP,
    names.ROUND_OFF_CASE: WakeUp.END,
}
# Buttons of cards and pages that are in Slack already: all that they led to is on the page behind *More…* now.
TO_MORE_PAGE = (names.LEAD, names.WHOLE_INSTRUCTION, names.SHORT_CARDS, names.WHOLE_CARDS)

Unfolding = Callable[[ContributionFormState, Interaction], ContributionFormState]


def register(router: Router) -> None:
    """Connect the surfaces of cases."""
    _register_reading(router)
    _register_intake(router, router.bot.cases.bringing)
    _register_editing(router, router.bot.cases.changing)
    _register_invitation(router, router.bot.cases.inviting)
    _register_start(router, router.bot.cases.inviting)
    _register_cards(router, router.bot.cases.contributing)
    _register_contribution_form(router, router.bot.cases.contributing)
    _register_unfolding(router)
    _register_facilitating(router, router.bot.cases.leading)
    router.on_open(names.READ_CASE, lambda asked: router.bot.cases.reading.open_page(asked.user, _step(asked)))
    _register_lying_still(router)
    _register_afterwards(router)


def _register_reading(router: Router) -> None:
    cases = router.bot.cases
    router.on_command(COMMANDS, "case.help", lambda asked: _front_page(router, asked))
    router.on_open(
        names.ALL_METHODS, lambda asked: cases.choosing.open_methods_page(asked.user, asked.channel, whole=True)
    )
    router.on_action(
        names.SEND_SHEET,
        lambda asked: cases.choosing.send_sheet(asked.user, asked.channel, SheetButton.from_value(asked.value)),
    )
    router.on_open(names.READ_METHOD, lambda asked: _methods(cases.choosing, asked, asked.value))
    router.on_open(names.MY_CASES, lambda asked: cases.mine.open_my_cases_page(asked.user))
    router.on_open(names.CASE_MORE, lambda asked: cases.pages.open_case_page(asked.user, asked.value))
    for action in (names.MY_CASES_ON, names.MY_CASES_BACK):
        router.on_open(action, lambda it: cases.mine.open_my_cases_page(it.user, small_number(it.value)))


def _front_page(router: Router, asked: Interaction) -> Json:
    """What the command opens: one's own cases, the methods, or the form to bring a case."""
    cases = router.bot.cases
    first, _, named = asked.text.lower().partition(" ")
    if asked.text.lower() in MINE:
        return cases.mine.open_my_cases_page(asked.user)
    if first in METHODS:
        return _methods(cases.choosing, asked, named.strip())
    return cases.bringing.open_intake_form(asked.user, asked.channel, asked.now)


def _methods(choosing: MethodPages, asked: Interaction, named: str) -> Json:
    """One method if it is named, else all of them."""
    if named:
        return choosing.open_method_page(asked.user, asked.channel, named)
    return choosing.open_methods_page(asked.user, asked.channel)


def _register_intake(router: Router, bringing: CaseBringing) -> None:
    router.on_shortcut(SHORTCUT_ANYWHERE, lambda asked: bringing.open_intake_form(asked.user, asked.channel, asked.now))
    router.on_open(names.BRING_CASE, lambda asked: bringing.open_intake_form(asked.user, asked.about, asked.now))
    for action in (names.WISH_CHOSEN, names.METHOD_CHOSEN, names.OTHER_METHOD):
        router.on_open(action, lambda asked: bringing.refresh_intake_form(asked.user, *_intake(asked), asked.now))
    router.on_open(
        names.WHAT_NOT_TO_WRITE, lambda asked: bringing.open_what_not_to_write(asked.user, _intake(asked)[0])
    )
    router.on_form(names.CASE_METHOD_FORM, lambda asked: bringing.submit_method(asked.user, *_intake(asked)))
    router.on_form(names.CASE_FORM, lambda asked: bringing.submit_intake(asked.user, *_intake(asked), asked.now))
    router.on_action(names.CASE_DRAFT, lambda asked: _keep_intake(bringing, asked))
    router.on_action(names.MORE_STORY_ROOM, lambda asked: _keep_intake(bringing, asked, wide="yes"))
    for callback in (names.CASE_METHOD_FORM, names.CASE_FORM):
        router.on_close(callback, lambda asked: bringing.keep_intake_draft(asked.user, *_intake(asked), asked.now))


def _keep_intake(bringing: CaseBringing, asked: Interaction, *, wide: str = "") -> Json:
    """What is written is kept as a draft, and the form is drawn anew: it says so, and may have room for more."""
    form, answers = _intake(asked)
    bringing.keep_intake_draft(asked.user, form, answers, asked.now)
    return bringing.open_draft(asked.user, replace(form, wide=wide or form.wide))


def _form(asked: Interaction) -> IntakeFormState:
    return IntakeFormState.from_metadata(asked.pointers)


def _intake(asked: Interaction) -> tuple[IntakeFormState, IntakeAnswers]:
    form = _form(asked)
    return form, IntakeAnswers.from_fields(asked.fields).with_choices(form)


def _register_editing(router: Router, editing: CaseEditing) -> None:
    def submit(asked: Interaction) -> Json | Receipt:
        case, answers = CaseForm.from_metadata(asked.pointers).case, IntakeAnswers.from_fields(asked.fields)
        return editing.submit_edit_form(asked.user, case, answers)

    router.on_open(names.CHANGE_CASE, lambda asked: editing.open_edit_form(asked.user, asked.value))
    router.on_form(names.CHANGE_CASE_FORM, submit)


def _register_invitation(router: Router, inviting: CaseInvitations) -> None:
    def join_as(role: Role) -> Action:
        return lambda asked: inviting.join_case(asked.user, asked.value, role, asked.now, on_page=asked.is_in_form)

    for action, role in ROLES.items():
        router.on_action(action, join_as(role))
    router.on_open(names.JOINED_MORE, lambda asked: inviting.open_joined_page(asked.user, asked.value))
    _on_case_button(router, names.LEAVE_CASE, lambda asked: inviting.leave_case(asked.user, asked.value, asked.now))
    _on_case_button(router, names.STOP_CASE, lambda asked: inviting.stop_case(asked.user, asked.value, asked.now))


def _register_start(router: Router, inviting: CaseInvitations) -> None:
    def submit(asked: Interaction) -> None:
        case, choices = CaseForm.from_metadata(asked.pointers).case, StartChoices.from_fields(asked.fields)
        inviting.start_case(asked.user, case, asked.now, choices)

    _on_case_button(router, names.START_CASE, _start(inviting, StartChoices()))
    _on_case_button(router, names.START_LIVE, _start(inviting, StartChoices(pace=Pace.LIVE)))
    router.on_open(names.CHOOSE_FIRST, lambda asked: inviting.open_start_form(asked.user, asked.value))
    router.on_form(names.START_FORM, submit)


def _start(inviting: CaseInvitations, choices: StartChoices) -> Action:
    return lambda asked: inviting.start_case(asked.user, asked.value, asked.now, choices)


def _on_case_button(router: Router, action: str, act: Action) -> None:
    """A button that is also on the page with one's own cases, or of one case: that page shows what became of it."""

    def act_and_show(asked: Interaction) -> Json | Receipt | None:
        done = act(asked)
        if asked.callback == names.MY_CASES_PAGE:
            return router.bot.cases.mine.open_my_cases_page(asked.user)
        if asked.callback == names.CASE_PAGE and done is None:
            return router.bot.cases.pages.open_case_page(asked.user, asked.value)
        if asked.callback == names.LEAD_PAGE and not done:
            return router.bot.cases.leading.open_page_of_now(asked.user, _step(asked), asked.now)
        return done

    router.on_action(action, act_and_show)


def _register_cards(router: Router, steps: StepActions) -> None:
    router.on_action(names.PASS, lambda asked: steps.pass_step(asked.user, _step(asked), asked.now))
    _on_more_page(router, names.NEXT_STEP, lambda asked: steps.press_next(asked.user, _step(asked), asked.now))
    _on_more_page(router, names.OWNER_READY, lambda asked: steps.read_as_owner(asked.user, _step(asked), asked.now))


def _step(asked: Interaction) -> StepButton:
    return StepButton.from_value(asked.value)


def _register_contribution_form(router: Router, steps: StepActions) -> None:
    def submit(asked: Interaction) -> Json | Receipt:
        form = ContributionFormState.from_metadata(asked.pointers)
        return steps.submit_contribution_form(asked.user, form, asked.fields, asked.now)

    def keep_draft(asked: Interaction) -> None:
        steps.keep_draft(asked.user, ContributionFormState.from_metadata(asked.pointers), asked.fields, asked.now)

    def keep_and_show(asked: Interaction) -> Json:
        keep_draft(asked)
        form = ContributionFormState.from_metadata(asked.pointers)
        return steps.open_contribution_form(asked.user, form, asked.now)

    router.on_action(names.CONTRIBUTION_DRAFT, keep_and_show)
    router.on_close(names.CONTRIBUTION_FORM, keep_draft)
    # The service itself shows the writer's Home anew.
    router.on_form(names.CONTRIBUTION_FORM, submit, refreshes_home=False)
    router.on_open(names.WRITE, lambda asked: steps.open_contribution_form(asked.user, _new_form(asked), asked.now))


def _new_form(asked: Interaction) -> ContributionFormState:
    return ContributionFormState(**vars(_step(asked)))


def _register_unfolding(router: Router) -> None:
    """The buttons in the contribution form, after which it is drawn again with more in it."""
    _on_unfolding(router, names.MORE_ROOM_FOR, lambda form, asked: form.with_more_room(asked.about, asked.fields))
    _on_unfolding(router, names.ONE_MORE, lambda form, asked: form.with_one_more(asked.fields))
    _on_unfolding(router, names.READ_ON, lambda form, asked: form.leafed_to(asked.value))


def _on_unfolding(router: Router, action: str, unfold: Unfolding) -> None:
    def redraw(asked: Interaction) -> Json:
        form = unfold(ContributionFormState.from_metadata(asked.pointers), asked)
        return router.bot.cases.contributing.open_contribution_form(asked.user, form, asked.now)

    router.on_open(action, redraw)


def _register_facilitating(router: Router, leading: FacilitatorActions) -> None:
    for action in TO_MORE_PAGE:
        router.on_open(action, lambda asked: leading.open_more_page(asked.user, _step(asked), asked.now))
    for action, how in FACILITATOR_ACTIONS.items():
        router.on_action(action, _facilitate(leading, how))


def _facilitate(leading: FacilitatorActions, how: FacilitatorAction) -> Action:
    return lambda asked: leading.facilitate_step(asked.user, _step(asked), how, asked.now)


def _on_more_page(router: Router, action: str, act: Action) -> None:
    """A button of a card that is on the page behind *More…* too: that page shows what is so then."""

    def act_and_show(asked: Interaction) -> Json | Receipt | None:
        done = act(asked)
        if asked.callback != names.LEAD_PAGE:
            return done
        return router.bot.cases.leading.open_page_of_now(asked.user, _step(asked), asked.now)

    router.on_action(action, act_and_show)


def _register_lying_still(router: Router) -> None:
    still, reminders = router.bot.cases.lying_still, router.bot.cases.reminders

    def wake(how: WakeUp) -> Action:
        return lambda asked: still.wake_case(asked.user, asked.value, how, asked.now)

    for action, how in WAKING.items():
        _on_case_button(router, action, wake(how))
    router.on_action(names.GROUP_IS_THERE, lambda asked: still.say_group_is_there(asked.user, asked.value, asked.now))
    router.on_action(names.ONE_DAY_MORE, lambda asked: reminders.ask_more_time(asked.user, _step(asked), asked.now))
    router.on_action(names.REMINDERS_CHOSEN, lambda asked: _choose_reminders(reminders, asked))


def _choose_reminders(reminders: CaseReminders, asked: Interaction) -> None:
    reminders.choose_reminders(asked.user, is_wanted=bool(asked.fields.get(REMINDERS_FIELD)))


def _register_afterwards(router: Router) -> None:
    late, wiping = router.bot.cases.late, router.bot.cases.forgetting
    router.on_action(names.LATE_SHARED, lambda asked: late.share_late(asked.user, asked.value))
    router.on_action(names.LATE_WIPED, lambda asked: late.wipe_late(asked.user, asked.value))
    _on_more_page(router, names.WIPE_CASE, lambda asked: wiping.wipe_case(asked.user, asked.value))
