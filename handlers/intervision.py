"""Intervision: `/intervision`, the invitation's buttons, the cards' buttons and forms, and the last card."""

from datetime import datetime

from bot.core import names
from bot.core.common_fields import LANGUAGE_FIELD
from bot.core.parts import Json
from bot.intervision.choose_method import MethodPages
from bot.intervision.form_fields import FormShape
from bot.intervision.intake import IntakeAnswers
from bot.intervision.rules.case import Pace
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction
from bot.intervision.views import start as case_start
from bot.intervision.views.intake import method_field
from bot.library.enums import Role
from bot.slack.requirements import SHORTCUT_ANYWHERE
from handlers.router import Action, Interaction, Router

COMMANDS = ("/intervision", "/intervisie")
MINE = {"mijn", "mine", "mes", "casussen", "cases", "cas"}
METHODS = {"methodes", "methode", "methods", "method", "méthodes", "méthode"}


def register(router: Router) -> None:
    """Connect the surfaces of cases."""
    cases = router.bot.cases
    inviting = cases.inviting

    def front(interaction: Interaction) -> Json:
        if interaction.text.lower() in MINE:
            return cases.mine.open_my_cases_page(interaction.user)
        first, _, named = interaction.text.lower().partition(" ")
        if first in METHODS:
            return _methods(cases.choosing, interaction, named.strip())
        return inviting.open_intake_form(interaction.user, interaction.channel)

    def acts(action: str, act: Action) -> None:
        """A button that also stands on the page with one's own cases: that page shows what became of it."""

        def acted(interaction: Interaction) -> Json | None:
            done = act(interaction)
            return (
                cases.mine.open_my_cases_page(interaction.user)
                if interaction.view.get("callback_id") == names.MY_CASES_PAGE
                else done
            )

        router.on_action(action, acted)

    router.on_command(COMMANDS, "case.help", front)
    router.on_shortcut(
        SHORTCUT_ANYWHERE, lambda interaction: inviting.open_intake_form(interaction.user, interaction.channel)
    )
    router.on_form(
        names.CASE_FORM,
        lambda interaction: inviting.submit_intake(
            interaction.user, interaction.pointers, _asked(interaction), interaction.now
        ),
    )
    router.on_open(names.READ_METHOD, lambda interaction: _methods(cases.choosing, interaction, interaction.value))
    router.on_open(names.BRING_CASE, lambda interaction: inviting.open_intake_form(interaction.user, interaction.about))
    for chosen in (names.WISH_CHOSEN, names.METHOD_CHOSEN):
        router.on_open(
            chosen,
            lambda interaction: inviting.refresh_intake_form(
                interaction.user, interaction.pointers, _asked(interaction)
            ),
        )
    router.on_open(names.MY_CASES, lambda interaction: cases.mine.open_my_cases_page(interaction.user))
    router.on_action(
        names.JOIN_CASE,
        lambda interaction: inviting.join_case(interaction.user, interaction.value, Role.PEER, interaction.now),
    )
    router.on_action(
        names.FACILITATE_CASE,
        lambda interaction: inviting.join_case(interaction.user, interaction.value, Role.FACILITATOR, interaction.now),
    )
    router.on_action(
        names.OBSERVE_CASE,
        lambda interaction: inviting.join_case(interaction.user, interaction.value, Role.OBSERVER, interaction.now),
    )
    acts(
        names.LEAVE_CASE, lambda interaction: inviting.leave_case(interaction.user, interaction.value, interaction.now)
    )
    acts(
        names.START_CASE, lambda interaction: inviting.start_case(interaction.user, interaction.value, interaction.now)
    )
    router.on_open(
        names.CHOOSE_FIRST, lambda interaction: inviting.open_start_form(interaction.user, interaction.value)
    )
    router.on_form(
        names.START_FORM,
        lambda interaction: inviting.start_case(
            interaction.user, *_chosen(interaction), short_cards=_short(interaction)
        ),
    )
    acts(
        names.START_LIVE,
        lambda interaction: inviting.start_case(interaction.user, interaction.value, interaction.now, Pace.LIVE),
    )
    changing = cases.changing
    router.on_open(names.CHANGE_CASE, lambda interaction: changing.open_edit_form(interaction.user, interaction.value))
    router.on_form(
        names.CHANGE_CASE_FORM, lambda interaction: changing.submit_edit_form(interaction.user, *_changed(interaction))
    )
    acts(names.STOP_CASE, lambda interaction: inviting.stop_case(interaction.user, interaction.value, interaction.now))
    router.on_action(
        names.WIPE_CASE, lambda interaction: cases.forgetting.wipe_case(interaction.user, interaction.value)
    )
    _register_steps(router)


def _register_steps(router: Router) -> None:
    """Connect the cards of the steps, and the form behind them."""
    steps = router.bot.cases.contributing

    def again(interaction: Interaction, shape: FormShape) -> Json:
        return steps.open_contribution_form(interaction.user, *_place(interaction.pointers), shape, interaction.now)

    def sent(interaction: Interaction) -> Json:
        form = FormShape.from_pointers(interaction.pointers).form
        return steps.submit_contribution_form(
            interaction.user, *_place(interaction.pointers), form, interaction.fields, interaction.now
        )

    router.on_open(
        names.WHOLE_INSTRUCTION, lambda interaction: steps.open_instruction(interaction.user, *_step(interaction.value))
    )
    router.on_open(
        names.WRITE,
        lambda interaction: steps.open_contribution_form(
            interaction.user, *_step(interaction.value), FormShape(), interaction.now
        ),
    )
    router.on_open(
        names.MORE_ROOM_FOR,
        lambda interaction: again(
            interaction, FormShape.from_pointers(interaction.pointers).with_more_room(interaction.value)
        ),
    )
    router.on_open(
        names.ONE_MORE,
        lambda interaction: again(
            interaction, FormShape.from_pointers(interaction.pointers).with_one_more(_new(interaction))
        ),
    )
    router.on_open(
        names.READ_ON,
        lambda interaction: again(
            interaction, FormShape.from_pointers(interaction.pointers).leafed_to(interaction.value)
        ),
    )
    router.on_form(names.CONTRIBUTION_FORM, sent)
    late = router.bot.cases.late
    router.on_action(names.LATE_SHARED, lambda interaction: late.share_late(interaction.user, interaction.value))
    router.on_action(names.LATE_WIPED, lambda interaction: late.wipe_late(interaction.user, interaction.value))
    router.on_action(
        names.PASS, lambda interaction: steps.pass_step(interaction.user, *_step(interaction.value), interaction.now)
    )
    router.on_action(
        names.NEXT_STEP,
        lambda interaction: steps.press_next(interaction.user, *_step(interaction.value), interaction.now),
    )
    leading = router.bot.cases.leading
    router.on_open(
        names.LEAD, lambda interaction: leading.open_facilitator_page(interaction.user, *_step(interaction.value))
    )
    router.on_action(
        names.SKIP_STEP,
        lambda interaction: leading.facilitate_step(
            interaction.user, *_step(interaction.value), FacilitatorAction.SKIP, interaction.now
        ),
    )
    router.on_action(
        names.MORE_TIME,
        lambda interaction: leading.facilitate_step(
            interaction.user, *_step(interaction.value), FacilitatorAction.MORE_TIME, interaction.now
        ),
    )
    router.on_action(
        names.GO_BACK,
        lambda interaction: leading.facilitate_step(
            interaction.user, *_step(interaction.value), FacilitatorAction.BACK, interaction.now
        ),
    )
    router.on_action(
        names.PACE_CALM,
        lambda interaction: leading.facilitate_step(
            interaction.user, *_step(interaction.value), FacilitatorAction.CALM, interaction.now
        ),
    )
    router.on_action(
        names.PACE_LIVE,
        lambda interaction: leading.facilitate_step(
            interaction.user, *_step(interaction.value), FacilitatorAction.LIVE, interaction.now
        ),
    )
    router.on_action(
        names.SHORT_CARDS,
        lambda interaction: leading.choose_card_length(
            interaction.user, *_step(interaction.value), CardLength.SHORT, interaction.now
        ),
    )
    router.on_action(
        names.WHOLE_CARDS,
        lambda interaction: leading.choose_card_length(
            interaction.user, *_step(interaction.value), CardLength.WHOLE, interaction.now
        ),
    )
    router.on_action(
        names.OWNER_READY,
        lambda interaction: steps.read_as_owner(interaction.user, *_step(interaction.value), interaction.now),
    )


def _methods(choosing: MethodPages, interaction: Interaction, named: str) -> Json:
    """One method if it is named, else all of them."""
    if named:
        return choosing.open_method_page(interaction.user, interaction.channel, named)
    return choosing.open_methods_page(interaction.user, interaction.channel)


def _asked(interaction: Interaction) -> IntakeAnswers:
    given = {name: str(value or "") for name, value in interaction.fields.items()}
    plain = {name: given.get(name, "") for name in ("title", "question", "theme", "wish")}
    method = given.get(method_field(plain["wish"]), "")
    return IntakeAnswers(**plain, method=method, language=given.get(LANGUAGE_FIELD, ""), fields=given)


def _changed(interaction: Interaction) -> tuple[str, IntakeAnswers]:
    return str(interaction.pointers.get("case")), _asked(interaction)


def _chosen(interaction: Interaction) -> tuple[str, datetime, Pace, frozenset[str]]:
    """What the form before the start says: which case, now, how, and with which steps."""
    steps = frozenset(map(str, interaction.fields.get(case_start.STEPS) or ()))
    pace = Pace.LIVE if interaction.fields.get(case_start.PACE) == case_start.LIVE else Pace.CALM
    return str(interaction.pointers.get("case")), interaction.now, pace, steps


def _short(interaction: Interaction) -> bool:
    """Whether everybody knows the method, says that form."""
    return case_start.SHORT in (interaction.fields.get(case_start.CARDS) or ())


def _step(pointer: str) -> tuple[str, str]:
    """The case and the step a button points at."""
    case, _, step = pointer.partition(":")
    return case, step


def _place(pointers: Json) -> tuple[str, str]:
    """The case and the step a form points at."""
    return str(pointers.get("case")), str(pointers.get("step"))


def _new(interaction: Interaction) -> int:
    """How many new places the form shows."""
    return len({name.split(":")[1] for name in interaction.fields if name.startswith(("text:new-", "field:new-"))})
