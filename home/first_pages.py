"""Reads the texts that a new installation begins with (home/pages/<language>/<slug>.md).

They are content, not interface: an editor changes them afterwards in Wagtail, so they are written
in their own language and not translated from English. The layout is a small part of Markdown.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.html import escape

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class FirstPage:
    title: str
    intro: str
    body: list[tuple[str, str]]


def first_page(language: str, slug: str) -> FirstPage:
    parts = (PAGES / language / f"{slug}.md").read_text().strip().split("\n\n")
    title, intro, *rest = [" ".join(part.split("\n")) for part in parts]
    return FirstPage(title.removeprefix("# "), intro, _blocks(rest))


def _blocks(parts: list[str]) -> list[tuple[str, str]]:
    """Headings, and all that stands between two headings as one text."""
    blocks: list[tuple[str, str]] = []
    for part in parts:
        if part.startswith("## "):
            blocks.append(("heading", part.removeprefix("## ")))
        elif blocks and blocks[-1][0] == "paragraph":
            blocks[-1] = ("paragraph", blocks[-1][1] + _html(part))
        else:
            blocks.append(("paragraph", _html(part)))
    return blocks


def _html(part: str) -> str:
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(part))
    linked = re.sub(r"\[(.+?)\]\((/[\w/-]*)\)", r'<a href="\2">\1</a>', bold)
    return f"<p>{linked}</p>"
