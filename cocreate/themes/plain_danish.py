"""Our own plain Danish for the strategy of 2017: nobody has adopted these words.

They fill the demonstration edition, and stand as proposals ("Kort sagt") beside the adopted words
when a strategy with the same themes is imported.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

_FILE = Path(__file__).with_name("plain_danish.json")


class PlainTheme(TypedDict):
    title: str
    summary: str
    challenge: str
    vision: str
    guidelines: list[str]


class PlainFact(TypedDict):
    text: str
    source: NotRequired[str]
    year: NotRequired[int]
    printed_figures: NotRequired[list[str]]
    difficulties: NotRequired[list[str]]


class PlainDanish(TypedDict):
    title: str
    preface: str
    lead_in: str
    themes: list[PlainTheme]
    facts: list[PlainFact]
    policies: list[str]


@cache
def plain_danish() -> PlainDanish:
    texts: PlainDanish = json.loads(_FILE.read_text(encoding="utf-8"))
    return texts


def is_about(titles: Sequence[str]) -> bool:
    """Our words are about a strategy with exactly these themes in this order."""
    return list(titles) == [theme["title"] for theme in plain_danish()["themes"]]


def proposals(titles: Sequence[str]) -> dict[str, str]:
    """ "Kort sagt" by guideline code; empty for a strategy with other themes."""
    if not is_about(titles):
        return {}
    return {
        f"{theme_number}.{number}": text
        for theme_number, theme in enumerate(plain_danish()["themes"], 1)
        for number, text in enumerate(theme["guidelines"], 1)
    }


def theme_summary(title: str) -> str:
    """One line about a theme, for the editors to begin from; empty for a theme we do not know."""
    return next((t["summary"] for t in plain_danish()["themes"] if t["title"] == title), "")


def known_source(claim: str) -> tuple[str, int | None]:
    """The source and year of a printed claim that was looked up: known by its figures alone."""
    figures = set(re.findall(r"\d+(?:[.,]\d+)*", claim))
    for fact in plain_danish()["facts"]:
        if fact.get("source") and figures == set(fact.get("printed_figures", [])):
            return fact["source"], fact.get("year")
    return "", None
