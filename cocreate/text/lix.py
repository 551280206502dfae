"""LIX, the readability figure Danes know: words per sentence plus the share of long words."""

import re

from cocreate.text.plain import words_of

LONG_WORD = 7
# A line counts as a sentence: otherwise lists and headings look like one endless sentence.
_SENTENCE_END = re.compile(r"[.!?:](?=\s)|\n")


def lix(text: str) -> float:
    """About 20 is easy, 30 is a newspaper, above 45 is hard; 0.0 for a text without words."""
    words = words_of(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in _SENTENCE_END.split(text) if words_of(part))
    long_words = sum(1 for word in words if len(word) >= LONG_WORD)
    return len(words) / sentences + 100 * long_words / len(words)
