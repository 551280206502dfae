"""The look in templates: icons, drawings, form widgets and what the frame of a page needs to know.

Icons and drawings are written into the page: no extra requests, and their lines follow the colours
of the page in dark mode and forced colours.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect
from django.template.loader import get_template
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

register = template.Library()

# A full stop before a small letter ends an abbreviation.
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")

# Line drawings in a 24-unit square; colour and width come from the stylesheet (.icon).
ICONS = {
    "alert": '<path d="M12 3.5l9.5 17h-19zM12 10v4.5M12 17.5v.2"/>',
    "back": '<path d="M20 12H4M11 5l-7 7 7 7"/>',
    "check": '<path d="M4.5 12.5l5 5L20 6.5"/>',
    "clock": '<circle cx="12" cy="12" r="9.5"/><path d="M12 6.500V12l3.5 2.5"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "dot": '<circle cx="12" cy="12" r="8"/>',
    "flag": '<path d="M5 21V4c5-2.5 9 2.5 14 0v10c-5 2.5-9-2.5-14 0"/>',
    "half": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "hidden": (
        '<path d="M3 3l18 18M10 5.700c5-.8 9.3 1.6 12 6.3-.8 1.4-1.7 2.6-2.8 3.5'
        'M6 7.300C4.5 8.4 3.1 10 2 12c2.7 4.8 6.7 7 11 6.4"/>'
    ),
    "info": '<circle cx="12" cy="12" r="9.5"/><path d="M12 11v6M12 7.200v.2"/>',
    "key": '<circle cx="7.5" cy="15.5" r="4.5"/><path d="M11 12l9-9M16 7l3 3"/>',
    "leave": '<path d="M14 4h6v16h-6M3 12h12M10 7l5 5-5 5"/>',
    "lock": (
        '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/>'
        '<path d="M8 10.500V7a4 4 0 0 1 8 0v3.5"/>'
    ),
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "next": '<path d="M4 12h16M13 5l7 7-7 7"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "pen": '<path d="M4 20l1-5L16.5 3.500l4 4L9 19zM14 6l4 4"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 3-6.5 6.5-6.500s6.5 2.5 6.5'
        ' 6.500M15.5 4.800a3.5 3.5 0 0 1 0 6.400M17.5 13.800c2.5.7 4 3 4 6.2"/>'
    ),
    "phone": (
        '<path d="M6 3h3l2 5-2.5 1.800a12 12 0 0 0 5.7 5.700L16 13l5 2v3.500A2.5 2.5 0 0 1'
        ' 18.5 21 15.5 15.5 0 0 1 3 5.5 2.5 2.5 0 0 1 5.5 3z"/>'
    ),
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "reply": '<path d="M9 5L3 11l6 6M3 11h9c5 0 8 3 9 8"/>',
    "undo": '<path d="M8 4L3 9l5 5M3 9h11a6 6 0 0 1 0 12H8"/>',
}

# Which first words of an address belong to which door of the main menu.
SECTIONS = {
    "strategien": "strategy",
    "temaer": "strategy",
    "retningslinjer": "strategy",
    "vidste-du": "strategy",
    "fortael": "tell",
    "fortaellinger": "tell",
    "samtaler": "forums",
    "vaerksteder": "workshops",
    "v": "workshops",
    "hvad-sker-der": "processes",
    "forslag": "processes",
    "indsigter": "processes",
    "hvad-blev-der-ud-af-det": "processes",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word; it never stands alone, so it is hidden from screen readers."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - our own constant above
    )


@register.simple_tag
def drawing(name: str, css_class: str = "sign") -> SafeString:
    """One of our drawings (components/drawings/), beside a heading that says the same in words."""
    return _drawing(name, css_class)


@cache
def _drawing(name: str, css_class: str) -> SafeString:
    drawn = get_template(f"components/drawings/{name}.svg").render({"css_class": css_class})
    return mark_safe(drawn.strip())  # noqa: S308 - our own file, rendered with autoescape


@register.simple_tag(takes_context=True)
def navigation(context: template.Context, place: str = "") -> list[dict[str, str]]:
    """The doors of the main menu; the one we stand behind is marked unless place is "unknown"."""
    path = "" if place == "unknown" else _path(context)
    section = _section(path)
    doors = [
        ("strategy", _("The strategy")),
        ("tell", _("Tell")),
        ("forums", _("Conversations")),
        ("workshops", _("Workshops")),
        ("processes", _("What is happening?")),
    ]
    return [
        {"url": url, "label": label, "current": _current(url, path, name == section)}
        for name, label in doors
        for url in [reverse(name)]
    ]


def _path(context: template.Context) -> str:
    request = context.get("request")
    return str(request.path) if request else ""


def _section(path: str) -> str:
    words = [word for word in path.split("/") if word and word not in dict(settings.LANGUAGES)]
    return SECTIONS.get(words[0], "") if words else ""


def _current(url: str, path: str, inside: bool) -> str:
    if url == path:
        return "page"
    return "true" if inside else ""


@register.simple_tag(takes_context=True)
def other_languages(context: template.Context) -> list[dict[str, str]]:
    """This page in the other languages of the site."""
    path = _path(context) or "/"
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(path, code),
        }
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


@register.filter
def tel(number: str) -> str:
    """A phone number as a tel: link wants it: digits and a leading plus."""
    return "".join(sign for sign in str(number) if sign.isdigit() or sign == "+")


@register.filter
def first_sentence(text: str) -> str:
    """What stands in a list, of a text that its own page shows whole."""
    return SENTENCE_END.split(text, maxsplit=1)[0]


@register.filter
def kind(field: BoundField) -> str:
    """How components/field.html draws a field: hidden, tick, choices or line."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "tick"
    return "choices" if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else "line"


@register.simple_tag
def widget(field: BoundField, css_class: str = "", hint: str = "") -> SafeString:
    """The control of a field, tied to its hint and error."""
    # maxlength would cut a pasted text off in silence: the form says it in words instead.
    # A placeholder is gone when one writes, so what it says belongs in the hint.
    attrs: dict[str, str | bool] = {"maxlength": False, "placeholder": False}
    if described := described_by(field, hint):
        attrs["aria-describedby"] = described
    if kind(field) == "line":
        attrs["class"] = f"input {css_class}".strip()
    return field.as_widget(attrs=attrs)


@register.simple_tag
def described_by(field: BoundField, hint: str = "") -> str:
    """The ids that components/field.html gives to the hint and error of a field."""
    ids = []
    if hint or field.help_text:
        ids.append(f"{field.auto_id}_hint")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.simple_tag
def choices(field: BoundField, hints: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The single choices of a radio or checkbox list, each with its control, label and small print."""
    found = hints or {}
    return [
        {
            "control": option.tag(),
            "id": option.id_for_label,
            "label": option.choice_label,
            "hint": found.get(str(option.data["value"]), ""),
        }
        for option in field
    ]


@register.filter
def target(field: BoundField) -> str:
    """The id that a link in the error summary leads to: of a list of choices, the first."""
    if kind(field) == "choices":
        return next((str(option.id_for_label) for option in field), field.auto_id)
    return field.id_for_label or field.auto_id


@register.filter
def bad_fields(form: Form) -> Iterator[BoundField]:
    """The visible fields that need another look, in the order of the page."""
    return (field for field in form.visible_fields() if field.errors)
