"""Anna alone: she brings the example of a method, does her own part by hand, and asks the guide for the rest."""

from bot.core import names
from bot.intervision.form_surfaces import ASIDE
from bot.intervision.views.card import step_heading
from bot.library.enums import Optional, Reveal, Role
from bot.library.protocol import Protocol, Step
from demo.form_texts import FormTexts, fields_at, is_empty
from demo.world import has_button, open_form_of
from playground.forms import placed
from playground.model import Message, View
from tests.demo.actors import Table

# No case takes more rounds of asking, writing and waiting than this.
_PATIENCE = 120


class Alone:
    """Anna, the owner of one case."""

    def __init__(self, table: Table, method: Protocol) -> None:
        self.table, self.method, self.anna = table, method, table.anna
        assert method.example is not None
        self.example = method.example
        self._behind: set[str] = set()
        self._own = ""

    def brings_and_starts(self) -> None:
        """Who is in the example joins."""
        self.table.brings_the_example(method=self.method.key)
        self._asks({"join"}, self.example.people.all_names())
        self.table.starts()
        self._own = value_of(self.table.cards()[-1], names.WRITE).partition(":")[0]

    def goes_on_to_the_end(self) -> None:
        """Her own part, then what colleagues can do, and only then time; until nothing can be written any more."""
        for _ in range(_PATIENCE):
            did = self._does_her_part() + self._reads_what_was_kept()
            if self.is_closed:
                return
            if not self._asks({"step", "ready", "start"}) and not did:
                self.table.moves("deadline")
        raise AssertionError(f"no closing; she reads: {self.read[-2000:]}")

    def _asks(self, what: set[str], whom: frozenset[str] = frozenset()) -> int:
        """Asks colleagues for a part in the case, and for no answer to the week's question; how many had one."""
        could = [one for one in self.table.guide.suggestions(self.anna, "") if one.does in what]
        asked = [one for one in could if not whom or one.who.name in whom]
        for one in asked:
            one.act()
        self.table.guide.goes_to(self.table.world.clock())
        return len(asked)

    def steps_unseen(self) -> list[str]:
        """Those of the method whose card did not come, unless they are left out where nobody chooses."""
        steps = [step for step in self.method.steps if step.optional != Optional.LEFT_OUT]
        return [
            one.key for one in steps if step_heading(self.table.speaker, self.method.numbered(), one) not in self.read
        ]

    def colleagues_unheard(self) -> list[str]:
        """What the example has colleagues say for all to read, and Anna cannot find."""
        private = {step.key for step in self.method.steps if step.reveal == Reveal.PRIVATE or step.keep}
        lines = [line for line in self.example.lines if line.by != self.example.people.owner]
        said = [line.text.in_("en") for line in lines if line.text and line.in_ not in private]
        return [text for text in said if text not in self.read]

    @property
    def is_closed(self) -> bool:
        """Whether the last card is there; of every question, in a series where each who joined brought one."""
        people = [one for one in self.table.world.workspace.people if self.table.room in one.channels()]
        questions = len(people) if self.method.series else 1
        return self.read.count(self.table.speaker.plain("case.closing_header")) == questions

    @property
    def read(self) -> str:
        """All that Anna can read in the room of her case."""
        return self.anna.visible_text(self.table.room)

    def _does_her_part(self) -> int:
        """In how many steps she wrote or passed."""
        return sum(self._takes_part(card) for card in self.table.cards())

    def _takes_part(self, card: Message) -> bool:
        """Press, fill in, send; nothing to add where the example gives her no words."""
        case, _, key = (pointer := value_of(card, names.WRITE)).partition(":")
        if not pointer or pointer in self._behind:
            return False
        step = self.method.step(key)
        if (Role.OWNER if case == self._own else Role.PEER) not in step.who:
            return False
        self.anna.presses(card, names.WRITE)
        form = open_form_of(self.anna)
        if form.submit is None or not _has_room(form):
            self.table.closes()
            return False
        if values := self._values(step) if case == self._own else {}:
            self._sends(values)
        else:
            self._passes(card)
        if not values or step.about is None:
            self._behind.add(pointer)
        return True

    def _values(self, step: Step) -> dict[str, str]:
        """What the owner of the example says here, in the fields of the form."""
        spoken = [line for line in self.example.lines if line.in_ == step.key and line.by == self.example.people.owner]
        spoken, lines = [line for line in spoken if not line.does], FormTexts(self.example, "en")
        if step.about:
            return dict(lines.answer_fields(open_form_of(self.anna), spoken))
        while spoken and not fields_at(open_form_of(self.anna), f"new-{len(spoken)}"):
            self.anna.presses(self.anna.modal, names.ONE_MORE)
        return dict(lines.contribution_fields(open_form_of(self.anna), spoken))

    def _sends(self, values: dict[str, str]) -> None:
        self.anna.fills(open_form_of(self.anna), values)
        assert self.anna.submits().errors is None
        self.table.closes()
        self.table.world.finish_all()

    def _passes(self, card: Message) -> None:
        self.table.closes()
        self.anna.presses(card, names.PASS)
        self.table.closes()
        self.table.world.finish_all()

    def _reads_what_was_kept(self) -> int:
        """What was said while she was away, once she is ready; in how many steps."""
        cards = [one for one in self.anna.messages(self.table.room) if has_button(one, names.OWNER_READY)]
        kept = [card for card in cards if value_of(card, names.OWNER_READY).startswith(f"{self._own}:")]
        for card in kept:
            self.anna.presses(card, names.OWNER_READY)
            self.table.closes()
        self.table.world.finish_all()
        return len(kept)


def value_of(card: Message, action: str) -> str:
    """What a button on a card is about; "" once it is gone, as two cards can close together."""
    return next((str(at.element["value"]) for at in placed(card.blocks) if at.action_id == action), "")


def _has_room(form: View) -> bool:
    """Whether something in it is still empty."""
    fields = [block for block in form.blocks if block["type"] == "input" and block["block_id"] != ASIDE]
    return any(is_empty(field) for field in fields)
