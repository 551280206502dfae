"""The box in the admin where staff try the word rules. Nothing that is written in it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cocreate.help.words import read_by_name, staff_rules
from cocreate.text import corpus
from cocreate.text.finder import PERSONAL, Find, Kind, Level, Named
from cocreate.text.forms import PlainTextField
from cocreate.text.staff_rules import found_of

# So many places are listed: a text may hold hundreds.
MOST_LISTED = 50
SHOWS: dict[Kind, str | Promise] = {
    Kind.CPR: _("A CPR number"),
    Kind.PHONE: _("A phone number"),
    Kind.EMAIL: _("An e-mail address"),
    Kind.ADDRESS: _("An address"),
    Kind.CONCERN: _("Somebody may be in danger"),
    Kind.INDIVIDUAL_CASE: _("It is about one's own case"),
}
GRAVE: dict[Level, str | Promise] = {
    Level.LOW: _("low"),
    Level.MEDIUM: _("medium"),
    Level.HIGH: _("high"),
}


class BoxForm(forms.Form):
    text = PlainTextField(
        label=_("Write or paste a sentence"),
        help_text=_("Nothing is kept. Leave out names all the same."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write a sentence to try.")},
    )


@dataclass(frozen=True)
class Listed:
    words: str
    shows: str | Promise
    level: str | Promise
    rule: str
    by_staff: bool


@dataclass(frozen=True)
class Score:
    """How today's rules fare with a list of sentences; `wrong` are those they fail on."""

    label: str | Promise
    right: int
    of: int
    wrong: list[str]


@never_cache
@sensitive_post_parameters("text")
@sensitive_variables("text", "form")
@require_http_methods(["GET", "HEAD", "POST"])
def word_box(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("help.change_wordrule"):
        raise PermissionDenied
    form = BoxForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "scores": scores()}
    if not form.is_bound:
        return render(request, "help/word_box.html", context)
    if not form.is_valid():
        return render(request, "help/word_box.html", context, status=422)
    text = form.cleaned_data["text"]
    found = read_by_name(text)
    context |= {
        "tried": True,
        "listed": [_listed(one, text) for one in found[:MOST_LISTED]],
        "marked": marked(text, [one.find for one in found]),
    }
    return render(request, "help/word_box.html", context)


def _listed(one: Named, text: str) -> Listed:
    grave = GRAVE[one.find.level] if one.find.kind == Kind.CONCERN else ""
    words = text[one.find.start : one.find.end]
    return Listed(words, SHOWS[one.find.kind], grave, one.rule, one.by_staff)


def marked(text: str, found: Sequence[Find]) -> SafeString:
    """The text with every place that was found marked, those over each other as one."""
    parts: list[tuple[str, str]] = []
    done = 0
    for start, end in _joined(found):
        parts += [(text[done:start], text[start:end])]
        done = end
    rest = text[done:]
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), rest)


def _joined(found: Sequence[Find]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for one in sorted(found, key=lambda one: one.start):
        if joined and one.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], one.end))
        else:
            joined.append((one.start, one.end))
    return joined


def scores() -> list[Score]:
    """The sentences of our own, by the rules as they are now."""
    concern, case = frozenset({Kind.CONCERN}), frozenset({Kind.INDIVIDUAL_CASE})
    return [
        _score(_("Somebody may be in danger"), corpus.CONCERN, concern),
        _score(_("It is about one's own case"), corpus.INDIVIDUAL_CASE, case),
        _score(_("Personal data"), corpus.PERSONAL_DATA, PERSONAL),
        _score(
            _("Nobody is in danger, nothing is to be found"), corpus.NEUTRAL, concern, want=False
        ),
    ]


def _score(
    label: str | Promise, sentences: list[str], kinds: frozenset[Kind], *, want: bool = True
) -> Score:
    found = found_of(sentences, kinds, staff_rules())
    wrong = [said for said, is_found in zip(sentences, found, strict=True) if is_found is not want]
    return Score(label, len(sentences) - len(wrong), len(sentences), wrong)
