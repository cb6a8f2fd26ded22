"""Where a first sentence ends, in the three languages."""

import re

# A sentence ends with its mark (and the quotation mark after it) where another begins, or where its paragraph does.
_END = re.compile(r"[.?!…]+(?:\s?»|[’”\"'])?(?=\s+[‘“«\"']?[A-ZÀ-ÞŒ])|(?=\s*\n\s*\n)")
# What stands before a stop that ends no sentence: "d.w.z.", "e.g.", "c.-à-d."; "A. Peeters"; "bv.", "dr.", "p. ex.".
# "Enz." and "etc." are not among them: before a capital, they are the end.
_SHORTENED = re.compile(
    r"(?:\b\w\.-?\w[\w.-]*|\b[A-HJ-Z]"
    r"|\b(?i:bv|bijv|nl|ca|cf|nr|no|vs|resp|incl|excl|dhr|mevr|dr|drs|prof|ir|ing|mr|mrs|ms|st|p\.\s?ex|env|art))\.$"
)


def first_sentence(text: str) -> str:
    """The first sentence of a text, all of it if it is one. In doubt, rather one too many than half a one."""
    text = text.strip()
    ends = (found.end() for found in _END.finditer(text))
    return next((text[:end] for end in ends if not _SHORTENED.search(text[:end])), text)
