"""Somebody who knows no ids: presses what is primary where they are meant, fills in what is asked, and sends it."""

from collections import Counter
from dataclasses import dataclass, field

from playground.forms import PlacedElement, options_of, placed, values_of
from playground.model import Message, View
from playground.people import Person
from tests.world import World

# No form of ours asks for more pages, or more of what is chosen first, than this.
_MOST_PAGES = 6
_MOST_FIELDS = 60
_CHOICES = ("static_select", "radio_buttons")


@dataclass
class Walker:
    """One person. `wishes` are texts of options they choose where they are offered; `did` counts what they did."""

    person: Person
    wishes: tuple[str, ...] = ()
    did: Counter[str] = field(default_factory=Counter)
    behind: set[tuple[str, str]] = field(default_factory=set)

    def begins(self, world: World, command: str) -> None:
        """Type the command in the circle, and do what it opens."""
        self.did["commands"] += 1
        self.person.commands(world.circle, command)
        self.does_what_is_asked()
        world.settles()

    def presses_on(self, world: World, until: str) -> bool:
        """Press the first primary button that is for this person, but not that with the label `until`."""
        for message in self._messages():
            for at in placed(message.blocks):
                label = self._label(at)
                known = (message.ts, message.text)
                is_primary = at.element.get("style") == "primary" and label != until
                if is_primary and known not in self.behind and self._is_meant(world, message):
                    self.behind.add(known)
                    self._press(message, at)
                    world.settles()
                    return True
        return False

    def does_what_is_asked(self) -> None:
        """Fill in and send each form that is open, and close each page that asks for nothing."""
        for _ in range(_MOST_PAGES):
            view = self.person.modal
            if view is None:
                return
            if view.submit:
                self._fills_in(view)
                self._sends()
            else:
                self.did["closed"] += 1
                self.person.closes()
        raise AssertionError(f"{self.person} is asked without end: {self.person.visible_text(self.person.modal)}")

    @property
    def presses(self) -> int:
        """All they pressed: commands, buttons and the yes after one, choices, forms they sent, pages they closed."""
        return sum(self.did.values()) - self.did["written"]

    def _press(self, message: Message, at: PlacedElement) -> None:
        self.did["pressed"] += 2 if "confirm" in at.element else 1
        self.person.presses(message, (at.block_id, at.action_id), value=at.element.get("value"))
        self.does_what_is_asked()

    def _sends(self) -> None:
        """Send the form on top; where it asked more than it takes, with fewer answers."""
        view = self.person.modal
        fields = [at for at in placed(view.blocks) if at.kind == "plain_text_input"] if view else []
        for left_open in (None, *reversed(fields)):
            if left_open:
                self.person.fills(view, {left_open.block_id: ""})
            self.did["sent"] += 1
            if not (errors := self.person.submits().errors):
                return
        raise AssertionError(f"{self.person}: {errors} in {self.person.visible_text(view)}")

    def _fills_in(self, view: View) -> None:
        """Everything that is empty, until nothing more is asked: a choice may ask more."""
        for _ in range(_MOST_FIELDS):
            shown = self.person.modal or view
            if not any(self._fills_one(shown, at) for at in placed(shown.blocks)):
                return

    def _fills_one(self, view: View, at: PlacedElement) -> bool:
        """Write in an empty field, or choose; returns whether there was anything to do."""
        now = values_of(view, self.person).get(at.block_id, {}).get(at.action_id, {})
        if at.kind == "plain_text_input" and not now.get("value"):
            self.did["written"] += 1
            self.person.fills(view, {at.block_id: f"Woorden van {self.person.name}."})
            return True
        asked = [one for one in placed(view.blocks) if one.block["type"] == "input"]
        # Where nothing else is asked, a form that may be left empty is not sent empty.
        is_only_choice = all(one.kind != "plain_text_input" and one.block.get("optional") for one in asked)
        if at.kind in _CHOICES and (wanted := self._choice(at, now.get("selected_option"), must=is_only_choice)):
            self.did["chosen"] += 1
            choose = self.person.chooses if at.block.get("dispatch_action") else None
            choose(view, at.block_id, wanted) if choose else self.person.fills(view, {at.block_id: wanted})
            return True
        return False

    def _choice(self, at: PlacedElement, chosen: object, *, must: bool) -> str:
        """What they wish if it is offered and not chosen, else the first where nothing is chosen; "" to leave it."""
        offered = [str(option["text"]["text"]) for option in options_of(at.element)]
        has = str(chosen["text"]["text"]) if isinstance(chosen, dict) else ""
        wished = next((text for text in offered if text in self.wishes), "")
        if wished:
            return "" if has == wished else wished
        needed = at.block["type"] == "input" and (must or not at.block.get("optional"))
        return offered[0] if needed and not has else ""

    def _is_meant(self, world: World, message: Message) -> bool:
        """In private always; else where they are mentioned, or named, or where nobody is. Nobody joins their own."""
        place = world.workspace.channels[message.channel_id]
        if place.kind == "im" or (place is world.circle and self.did["commands"]):
            return place.kind == "im"
        text, names = self.person.visible_text(message), [one.name for one in world.workspace.people]
        if "@" in text:
            return f"@{self.person.name}" in text or "@channel" in text
        named = [name for name in names if name in text]
        return self.person.name in named or not named

    def _messages(self) -> list[Message]:
        bot = self.person.workspace.bot.id
        own = [message for channel in self.person.channels() for message in self.person.messages(channel)]
        return [message for message in own if message.user == bot]

    def _label(self, at: PlacedElement) -> str:
        return str(at.element["text"]["text"]) if at.kind == "button" else ""
