"""The edition a fresh installation shows: real titles, our own plain Danish, nothing adopted."""

from django.db import transaction

from cocreate.themes.importing.document import (
    FactText,
    GuidelineText,
    PolicyText,
    StrategyDocument,
    ThemeText,
)
from cocreate.themes.importing.writing import write_edition
from cocreate.themes.models import Edition
from cocreate.themes.plain_danish import PlainTheme, plain_danish


@transaction.atomic
def make_demonstration() -> Edition:
    """The edition in force; the demonstration is written only where there is none at all."""
    return Edition.objects.current() or write_edition(demonstration_document(), demonstration=True)


def demonstration_document() -> StrategyDocument:
    texts = plain_danish()
    return StrategyDocument(
        title=texts["title"],
        municipality="",
        adoption=None,
        preface=texts["preface"],
        signature="",
        themes=tuple(
            _theme(number, theme, texts["lead_in"])
            for number, theme in enumerate(texts["themes"], 1)
        ),
        facts=tuple(
            FactText(
                fact["text"],
                tuple(fact.get("difficulties", [])),
                fact.get("source", ""),
                fact.get("year"),
            )
            for fact in texts["facts"]
        ),
        policies=tuple(PolicyText(title) for title in texts["policies"]),
    )


def _theme(number: int, theme: PlainTheme, lead_in: str) -> ThemeText:
    return ThemeText(
        number=number,
        title=theme["title"],
        challenge=theme["challenge"],
        vision=theme["vision"],
        lead_in=lead_in,
        guidelines=tuple(GuidelineText(n, text) for n, text in enumerate(theme["guidelines"], 1)),
    )
