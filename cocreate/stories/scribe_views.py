"""Scribe mode at /fortael/skriver/: staff type in many stories in a row, and print a slip for each."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.accounts.models import User
from cocreate.accounts.staff_door import for_staff
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Channel, GivenHow, Helper, KindName, State
from cocreate.contributions.opening import given_back_to
from cocreate.contributions.operations import (
    AlreadyDecided,
    FormTooOld,
    Given,
    SentBefore,
    new_submission_id,
)
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.intake import take_in
from cocreate.moderation.operations import withdraw
from cocreate.stories import sitting
from cocreate.stories.forms import SAID_YES, StoryForm
from cocreate.stories.models import HELPED, About, Story
from cocreate.stories.telling import about, code_address, wait_a_little

# For each network: a pile of paper typed in by several at one desk.
TYPED_AT_A_TIME = {"limit": 300, "seconds": 600}
# In an address: what was just done, and the one slip that is wanted.
SAVED, UNDONE, TOO_LATE, ONE = "gemt", "fortrudt", "laest", "seddel"
# What stays as it was for the next one in the pile.
STAYS = ("channel", "given_how", "language", "theme")
SEE_OTHER, CONFLICT, UNPROCESSABLE, TOO_MANY = 303, 409, 422, 429
CHANNELS = [
    (channel.value, channel.label) for channel in (Channel.PAPER, Channel.PHONE, Channel.IN_PERSON)
]
LANGUAGES = [
    ("da", gettext_lazy("Danish")),
    ("en", gettext_lazy("English")),
    ("kl", gettext_lazy("Greenlandic")),
    ("ar", gettext_lazy("Arabic")),
    ("uk", gettext_lazy("Ukrainian")),
    ("pl", gettext_lazy("Polish")),
    ("und", gettext_lazy("Another language")),
]


class ScribeForm(StoryForm):
    """What stands on paper, in the words of the one who told. Nothing is asked that paper cannot
    answer: boxes that are not ticked there are a no."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How was it told?"),
        choices=CHANNELS,
        initial=Channel.PAPER,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how it was told"),
            "invalid_choice": gettext_lazy("Choose how it was told"),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Which language is it in?"),
        choices=LANGUAGES,
        initial="da",
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose the language")},
    )
    given_how = forms.ChoiceField(
        label=gettext_lazy("How did they say yes?"),
        choices=SAID_YES,
        initial=GivenHow.SIGNED,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose how they said yes")},
    )

    def __init__(self, *args: Any, scribe: Viewer, **options: Any) -> None:
        super().__init__(*args, viewer=scribe, **options)
        self.fields["given_how"] = deepcopy(self.base_fields["given_how"])
        self._field("about").choices = [*HELPED, (About.WORK, _("They tell as a volunteer"))]
        self.fields["about"].initial = About.SELF
        self.fields["text"].help_text = _("As it stands on the paper. Ctrl and Enter saves it.")
        self.fields["text"].widget.attrs["autofocus"] = True
        self.fields["consents"].help_text = _("Tick only what they have said yes to themselves.")
        for name in ("email", "recognised", "listed", "draft", "shown", "asked", "without_use"):
            del self.fields[name]

    def given(self, language: str) -> Given:
        said = self.cleaned_data
        said |= {"email": "", "recognised": "", "listed": False}
        given = super().given(said["language"] or language)
        # On paper they wrote themselves; what was said, somebody here wrote down.
        helper = Helper.NONE if said["channel"] == Channel.PAPER else Helper.STAFF
        return replace(given, channel=said["channel"], details={**given.details, "helper": helper})


@sensitive_post_parameters("text", "title", "alias")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def scribe(request: HttpRequest, user: User) -> HttpResponse:
    if request.method != "POST":
        stays = {name: request.GET[name] for name in STAYS if request.GET.get(name)}
        initial = {"submission_id": new_submission_id(), **stays}
        return _show(request, user, ScribeForm(initial=initial, scribe=sitting.scribe_of(user)))
    match request.POST.get("go"):
        case "undo":
            return _undo(request, user)
        case "done":
            return _end(request)
        case _:
            return _save(request, user)


def _save(request: HttpRequest, user: User) -> HttpResponse:
    """Stored before the next one is asked for; the same form twice is one story."""
    form = ScribeForm(request.POST, scribe=sitting.scribe_of(user))
    valid = form.is_valid()
    if too_many(request, "scribe", **TYPED_AT_A_TIME):
        form.add_error(None, wait_a_little())
        return _show(request, user, form, status=TOO_MANY)
    form_id = form.cleaned_data.get("submission_id", "")
    typed = sitting.typed_in(request, user)
    is_new = all(one.form_id != form_id for one in typed)
    if is_new and len(typed) >= sitting.MOST_IN_A_SITTING:
        form.add_error(None, _print_first())
        return _show(request, user, form, status=CONFLICT)
    if not valid:
        return _show(request, user, form, status=UNPROCESSABLE)
    noticed = form.noticed()
    if form.asks_about(noticed):
        return _show(request, user, form, status=UNPROCESSABLE, **about(noticed))
    try:
        # First into the sitting: a story whose code nobody can print is worse than a form that
        # never became one.
        sitting.add(request, user, form_id)
        take_in(Story, KindName.STORY, form.given(settings.LANGUAGE_CODE))
    except (AlreadyDecided, FormTooOld, SentBefore):
        form.begin_anew(
            _(
                "A story was saved from this page before. What stands here now has not been saved. "
                "Press Save, and it becomes a new story."
            )
        )
        return _show(request, user, form, status=CONFLICT)
    return _next(request, SAVED)


def _print_first() -> str:
    return _(
        "There are a hundred stories in this sitting. Print the slips and press I am done. Your "
        "words are here."
    )


def _next(request: HttpRequest, done: str) -> HttpResponse:
    """The empty form, with what is mostly the same for a whole pile."""
    query = request.POST.copy()
    for name in [name for name in query if name not in STAYS]:
        del query[name]
    query[done] = "1"
    return HttpResponseRedirect(f"{reverse('scribe')}?{query.urlencode()}", status=SEE_OTHER)


def _undo(request: HttpRequest, user: User) -> HttpResponse:
    """The last one, as the page showed it. What a host has read stays: its slip may be handed out."""
    number = request.POST.get("number", "")
    typed = sitting.typed_in(request, user)
    last = sitting.slips(typed[-1:], user)
    if not last or str(last[0].number) != number:
        return redirect("scribe")
    if last[0].story.state != State.PENDING:
        return _next(request, TOO_LATE)
    withdraw(last[0].story)
    sitting.leave_out(request, user, typed[-1].form_id)
    return _next(request, UNDONE)


def _end(request: HttpRequest) -> HttpResponse:
    sitting.end(request)
    response = render(request, "stories/scribe/ended.html")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _show(
    request: HttpRequest, user: User, form: ScribeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    typed = sitting.typed_in(request, user)
    context = {
        "form": form,
        "given_back_to": given_back_to(request),
        "slips": list(reversed(sitting.slips(typed, user))),
        "done": next((word for word in (SAVED, UNDONE, TOO_LATE) if word in request.GET), ""),
        **more,
    }
    return render(request, "stories/scribe/scribe.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
@for_staff
def print_slips(request: HttpRequest, user: User) -> HttpResponse:
    """Four to a sheet, or the one that is asked for. No word of a story stands on them."""
    wanted = request.GET.get(ONE, "")
    typed = sitting.typed_in(request, user)
    found = [slip for slip in sitting.slips(typed, user) if wanted in {"", str(slip.number)}]
    if not found:
        raise Http404
    slips = [{"slip": slip, "read_by": read_by(slip.story.state_changed_at)} for slip in found]
    context = {"slips": slips, "code_address": code_address()}
    return render(request, "stories/scribe/slips.html", context)
