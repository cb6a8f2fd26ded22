"""An insight: one sentence, about one's own practice, that may travel beyond what it came from."""

from bot.rules.writing import is_blank

# What somebody remembers and can say on.
LONGEST_INSIGHT = 300
# What it can be made of: a text whose writer chose what becomes of it, and that is still theirs.
SETTLED = ("kept", "sent", "shared")


def sentence(text: str) -> str:
    """What was written as one line; empty where there is nothing to see."""
    return "" if is_blank(text) else " ".join(text.split())
