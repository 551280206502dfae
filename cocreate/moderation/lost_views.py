""" "Jeg har mistet koden": the page for everybody, and the hosts' page about what was said there."""

import re

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import hosted
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution
from cocreate.help.access import crisis_lines
from cocreate.moderation import lost_codes, thread
from cocreate.moderation.author_door import wait_to_send
from cocreate.moderation.author_forms import LostCodeForm
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.errors import AlreadyObjected, NotFromHere, OwnContribution, Refused
from cocreate.moderation.models import LostCode
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.views import Host
from cocreate.moderation.voice_forms import asked_about

# For each network; a claim costs a host's time.
CLAIMS_AT_A_TIME = {"limit": 10, "seconds": 3600}
LONGEST_ADDRESS = 500
# A contribution's id, as it stands in an address.
_ID = re.compile(r"[A-Za-z0-9_-]{24}")
UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429


@sensitive_post_parameters("text", "contact")
@require_http_methods(["GET", "HEAD", "POST"])
def lost_code(request: HttpRequest) -> HttpResponse:
    """Answered alike whatever it is about: the page knows no text and tells of none."""
    if request.method != "POST":
        return render(request, "author/lost.html", {"form": LostCodeForm()})
    form = LostCodeForm(request.POST)
    valid = form.is_valid()
    if too_many(request, "lost-code", **CLAIMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return render(request, "author/lost.html", {"form": form}, status=TOO_MANY)
    about = asked_about(form) if valid else {}
    if about or not valid:
        return render(request, "author/lost.html", {"form": form, **about}, status=UNPROCESSABLE)
    said = form.cleaned_data
    lost_codes.claim(
        submission_id=said["submission_id"], text=said["text"], contact=said["contact"]
    )
    context = {
        "read_by": day_in_words(read_by(timezone.now())),
        "days": settings.LOST_CODE_DAYS,
        "help_lines": crisis_lines() if thread.worry_in(said["text"]) else [],
    }
    return render(request, "author/lost_said.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_lost_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A host finds what it is about, and hides it or leaves it as it is."""
    host = Host.of(request)
    claimed = get_object_or_404(LostCode.objects.select_related("contribution"), pk=pk)
    if request.method != "POST":
        return _show_claim(request, host, claimed)
    if request.POST.get("outcome") == "left":
        return _leave(request, host, claimed)
    address = request.POST.get("address", "")[:LONGEST_ADDRESS]
    named = _named(host, address)
    if named is None:
        why = _("We do not find a text at this address. Copy it from the page of the text.")
        return _show_claim(request, host, claimed, why, address, status=UNPROCESSABLE)
    try:
        lost_codes.hide_for(claimed, named, by=host.user, letter=_letter(named))
    except Refused as refusal:
        return _show_claim(request, host, claimed, _why(refusal), address, status=CONFLICT)
    messages.success(request, _("It is hidden now. The holder of the code can object."))
    return redirect("desk")


def _leave(request: HttpRequest, host: Host, claimed: LostCode) -> HttpResponse:
    try:
        lost_codes.leave(claimed, by=host.user)
    except NotFromHere as refusal:
        return _show_claim(request, host, claimed, _why(refusal), status=CONFLICT)
    messages.success(request, _("It stays as it is."))
    return redirect("desk")


def _show_claim(
    request: HttpRequest,
    host: Host,
    claimed: LostCode,
    refusal: str = "",
    address: str | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    if refusal:
        claimed = LostCode.objects.select_related("contribution").get(pk=claimed.pk)
    named = claimed.contribution or _named(host, claimed.text or "")
    if address is None:
        address = named.public_id if named is not None else ""
    context = {
        "host": host.user,
        "claimed": claimed,
        "named": named,
        "address": address,
        "days": settings.LOST_CODE_DAYS,
        "refusal": refusal,
    }
    return render(request, "moderation/lost_code.html", context, status=status)


def _named(host: Host, words: str) -> Contribution | None:
    """The first contribution whose id stands there, among those that this host may read."""
    ids = _ID.findall(words)[:20]
    return hosted(host.viewer).filter(public_id__in=ids).first() if ids else None


def _letter(contribution: Contribution) -> str:
    """To the holder of the code, in the language they wrote in."""
    known = contribution.language in dict(settings.LANGUAGES)
    with translation.override(contribution.language if known else settings.LANGUAGE_CODE):
        said = _(
            "Somebody has told us that this is theirs and that they have lost the code. So it is "
            "hidden until %(day)s. If it is yours, say so here, and it is shown again at once. If "
            "nobody says so, it is taken back after that day."
        )
        return said % {"day": day_in_words(lost_codes.last_day())}


def _why(refusal: Refused) -> str:
    match refusal:
        case AlreadyObjected():
            return _("The holder of the code has said that it is theirs. It cannot be hidden so.")
        case OwnContribution():
            return _("You wrote this yourself. Another host decides about it.")
        case _:
            return _("It is not shown now, or something has been decided already. Look at it anew.")
