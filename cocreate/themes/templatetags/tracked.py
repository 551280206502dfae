"""A change of words shown so that it can be read without colour, and heard."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cocreate.text.diff import Operation, Segment, difference, in_words

register = template.Library()


@dataclass(frozen=True)
class Marked:
    """Words with one mark. White space around them stands outside it: a line under nothing is no
    sign of anything."""

    operation: Operation
    words: str
    before: str = ""
    after: str = ""


@register.inclusion_tag("themes/_tracked.html")
def tracked(was: str, now: str) -> dict[str, Any]:
    """What was taken out and put in, in the text itself and in a sentence above it."""
    segments = difference(was, now)
    return {
        "paragraphs": paragraphs(segments),
        "counted": in_words(segments),
        "was": was.split("\n\n"),
        "now": now.split("\n\n"),
    }


@register.filter
def in_danish(words: str) -> SafeString:
    """The strategy's own words inside a sentence that may be in another language."""
    return format_html('<span lang="da">{}</span>', words)


def paragraphs(segments: Iterable[Segment]) -> list[list[Marked]]:
    """A mark does not go from one paragraph into the next; it ends and begins again."""
    found: list[list[Marked]] = [[]]
    for operation, text in segments:
        first, *others = text.split("\n\n")
        found[-1] += _marked(operation, first)
        found += [list(_marked(operation, words)) for words in others]
    return [paragraph for paragraph in found if paragraph]


def _marked(operation: Operation, text: str) -> Iterator[Marked]:
    if not text:
        return
    words = text.strip()
    if not words or operation == Operation.EQUAL:
        yield Marked(Operation.EQUAL, text)
        return
    start = text.index(words)
    yield Marked(operation, words, text[:start], text[start + len(words) :])
