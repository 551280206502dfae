"""Clocks, codes and counts on the facilitator's pages, the wall and the poster."""

from functools import lru_cache
from typing import Any

import qrcode  # type: ignore[import-untyped]
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cocreate.boards.models import HideReason
from cocreate.moderation.templatetags.desk import FOUND
from cocreate.text.finder import Kind

register = template.Library()

QUIET = 4  # white modules around a QR code, as its standard asks
MOST_DRAWN = 30  # more dots than this are read as a number


@register.simple_tag
def qr(url: str, label: str) -> SafeString:
    """A QR code as a drawing in the page: black on white in every mode, or no camera reads it."""
    size, path = _modules(url)
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{2}"/></svg>',
        size,
        label,
        path,
    )


@lru_cache(maxsize=64)
def _modules(url: str) -> tuple[int, str]:
    """The side in modules, and a path with one rectangle for each run of dark ones."""
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(url)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    drawn = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                drawn.append(f"M{start} {y}h{x - start}v1H{start}z")
            x += 1
    return len(rows), "".join(drawn)


@register.simple_tag
def dot_line(number: int) -> SafeString:
    """So many dots in a row, drawn by hand; it stands beside the number in words."""
    if not 0 < number <= MOST_DRAWN:
        return format_html("{}", "")
    places = ((11 + 26 * n, 9.6 if n % 3 == 0 else 9) for n in range(number))
    return format_html(
        '<svg class="dot-line" viewBox="0 0 {0} 22" width="{0}" height="22" aria-hidden="true">{1}'
        "</svg>",
        26 * number,
        format_html_join("", '<circle cx="{}" cy="11" r="{}"/>', places),
    )


@register.simple_tag
def meter(width: int, label: str) -> SafeString:
    """How far something has come, of 1,000."""
    return format_html(
        '<svg class="meter" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><rect class="meter-whole" width="1000" height="40"/>'
        '<rect class="meter-part" width="{}" height="40"/></svg>',
        label,
        width,
    )


@register.filter
def as_clock(left: int | None) -> str:
    """Milliseconds as "4.20"; empty without a timer."""
    if left is None:
        return ""
    minutes, seconds = divmod(-(-left // 1000), 60)
    return f"{minutes}.{seconds:02d}"


@register.filter
def dots_of(note: dict[str, Any], room_dots: dict[str, int]) -> int:
    """What was put on paper in the room for this note."""
    return room_dots.get(note["id"], 0)


@register.filter
def hide_reason(reason: str) -> str:
    return str(HideReason(reason).label)


@register.filter
def found_in_words(kind: str) -> str:
    """What the rules noticed in a note, for the facilitator alone."""
    return str(FOUND[Kind(kind)]) if kind in set(Kind) else kind
