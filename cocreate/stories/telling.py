"""Taking in what somebody tells: asked about once, stored whole, answered with the receipt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions import attachments
from cocreate.contributions.access import own
from cocreate.contributions.codes import code_digest
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution, KindName, Scope, State
from cocreate.contributions.opening import form_id, given_back_to, open_receipt
from cocreate.contributions.operations import (
    AlreadyDecided,
    FormTooOld,
    Given,
    Received,
    SentBefore,
    code_of_form,
    submission_seal,
    was_received,
)
from cocreate.contributions.sent_before import one_like, ways_on
from cocreate.contributions.viewer import Viewer
from cocreate.help.access import crisis_lines
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.intake import raises_concern, take_in_as_asked
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import Noticed
from cocreate.stories import drafts, files
from cocreate.stories.forms import StoryForm, asked_for
from cocreate.stories.models import Draft, Story
from cocreate.text.finder import Kind

# So many places with personal data are shown; a text may hold hundreds.
MOST_SHOWN = 8
# For each network. A whole drop-in centre can tell at once; a machine cannot fill the desk.
FORMS_AT_A_TIME = {"limit": 60, "seconds": 600}
UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429
# A page with the form, with a status and what else it says.
Show = Callable[..., HttpResponse]

# --- all on one page ------------------------------------------------------------------------------


@sensitive_post_parameters("text", "title", "alias", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    if request.method == "POST":
        return take_from(request, StoryForm(request.POST, viewer=viewer), _show_form)
    initial = {**asked_for(request.GET), "submission_id": form_id(request)}
    return _show_form(request, StoryForm(initial=initial, viewer=viewer))


def take_from(
    request: HttpRequest, form: StoryForm, show: Show, draft: Draft | None = None
) -> HttpResponse:
    """Nothing is stored before the last lines; until then `show` gives every word back to a page.
    The draft goes when the story is there, both or neither."""
    valid = form.is_valid()
    if too_many(request, "tell", **FORMS_AT_A_TIME):
        form.add_error(None, wait_a_little())
        return show(request, form, status=TOO_MANY)
    if not valid:
        return show(request, form, status=UNPROCESSABLE)
    noticed = form.noticed()
    if form.asks_about(noticed):
        return show(request, form, status=UNPROCESSABLE, **about(noticed))
    if form.asks_for_consent():
        return render(request, "stories/unused.html", {"form": form}, status=UNPROCESSABLE)
    given = form.given(get_language() or settings.LANGUAGE_CODE)
    if draft is not None:
        given = replace(given, keep_under=draft.receipt)
    mine = own(given.viewer).filter(kind=KindName.STORY)
    has_files = draft is not None and attachments.held_by(draft.public_id).exists()
    like = None if form.is_answered or has_files else one_like(given, mine)
    if like is not None:
        return _ask_again(request, form, given, like)
    try:
        with transaction.atomic():
            if draft is not None and not drafts.hold(draft) and not was_received(given):
                raise FormTooOld
            received = take_in_as_asked(
                Story, KindName.STORY, given, mine, form.cleaned_data["instead"]
            )
            if draft is not None:
                files.give(draft, received, form.cleaned_data)
                drafts.lead_on(draft, received.contribution.receipt)
                drafts.delete(draft)
    except SentBefore as asks:
        return _ask_again(request, form, given, asks.contribution)
    except (AlreadyDecided, FormTooOld) as refusal:
        form.begin_anew(why(refusal))
        return show(request, form, status=CONFLICT)
    if draft is not None and received.code is None:
        # Sent from a page that asked once more, under another id: the code is still the draft's.
        code = drafts.code_of(draft, form.data.get("submission_id", ""), form.viewer)
        received = replace(received, code=code)
    return _show_receipt(request, received)


def _ask_again(
    request: HttpRequest, form: StoryForm, given: Given, earlier: Contribution
) -> HttpResponse:
    """The same words, or nearly, were sent a moment ago: nothing more is stored before an answer."""
    context = {"form": form, **ways_on(given, earlier)}
    return render(request, "stories/again.html", context, status=UNPROCESSABLE)


def _show_form(
    request: HttpRequest, form: StoryForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "given_back_to": given_back_to(request),
        "signed_in": form.viewer.user is not None,
        "code_is_open": bool(form.viewer.receipts),
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
        **more,
    }
    return render(request, "stories/tell.html", context, status=status)


def about(noticed: list[Noticed]) -> dict[str, Any]:
    """What the page says about personal data, and the kinds that "send it as it is" accepts."""
    kinds = dict.fromkeys(place.kind for place in noticed)
    return {"noticed": noticed[:MOST_SHOWN], "accepted": " ".join(kinds)}


def why(refusal: AlreadyDecided | FormTooOld) -> str:
    if isinstance(refusal, AlreadyDecided):
        return _(
            "We have read the story that you sent from this page before. What stands here now has "
            "not been sent. Press Send, and it becomes a new story."
        )
    return _(
        "A story was sent from this page before. What stands here now has not been sent. Press "
        "Send, and it becomes a new story."
    )


def wait_a_little() -> str:
    return _(
        "We have received very much from here in a short time. Wait ten minutes and press Send "
        "again. Your words are here."
    )


def receipt_again(request: HttpRequest, sent_as: str, viewer: Viewer) -> HttpResponse | None:
    """The receipt of what this form sent a moment ago, when its answer never came."""
    oldest = timezone.now() - timedelta(hours=settings.RECEIPT_SAME_FORM_HOURS)
    seal = submission_seal(sent_as, viewer)
    sent = Contribution.objects.filter(submission_digest=seal, submitted_at__gte=oldest)
    story = sent.select_related("receipt").first()
    newest = story.versions.order_by("-number").first() if story else None
    if story is None or newest is None:
        return None
    code = code_of_form(sent_as, viewer)
    known = story.receipt is not None and story.receipt.code_digest == code_digest(code)
    received = Received(story, newest, code if known else None, is_new_wording=False)
    return _show_receipt(request, received)


# --- the receipt ----------------------------------------------------------------------------------


def _show_receipt(request: HttpRequest, received: Received) -> HttpResponse:
    """Answers the POST itself: a reload or a retry shows the same code again."""
    receipt = received.contribution.receipt
    if receipt is not None:
        open_receipt(request, receipt)
    concern = raises_concern(received)
    context = {
        "words": received.code,
        "steps": _next_steps(received),
        "help_lines": crisis_lines() if concern else [],
        "individual_case": received.version.findings.filter(kind=Kind.INDIVIDUAL_CASE).exists(),
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
        "helped": bool(received.contribution.helper),
        "code_address": code_address(),
    }
    return render(request, "stories/receipt.html", context)


def code_address() -> str:
    """Where a code is entered, as one writes it on paper."""
    return f"{urlsplit(settings.SITE_URL).netloc}{reverse('receipt')}"


def _next_steps(received: Received) -> list[dict[str, str]]:
    story = received.contribution
    sent = story.submitted_at or timezone.now()
    arrived = {
        "title": _("We have your story"),
        "when": capfirst(day_in_words(sent)),
    }
    if story.state != State.PENDING:
        return [arrived, _already_read()]
    return [
        arrived,
        {
            "title": _("A person reads it"),
            "when": _("No later than %(day)s") % {"day": day_in_words(read_by(sent))},
            "text": _("If we would like to change something, we ask you first."),
            "state": "here",
        },
        _what_then(received),
        {
            "title": _("You still decide"),
            "text": _("With your code you can see what happens, and take your story back."),
            "state": "later",
        },
    ]


def _already_read() -> dict[str, str]:
    return {
        "title": _("A person has read your story"),
        "text": _("What we wrote to you lies under your code."),
        "url": reverse("receipt"),
        "link": _("See my story"),
        "state": "here",
    }


def _what_then(received: Received) -> dict[str, str]:
    scopes = set(received.contribution.consents.active().values_list("scope", flat=True))
    if Scope.SHOW in scopes:
        title = _("Then it is shown on the site")
        text = _(
            "If we cannot show your story, we write to you why. The answer lies under your code."
        )
    elif scopes:
        title = _("It is not shown on the site")
        text = _("We only use it for what you have said yes to.")
    else:
        title = _("It is not used")
        text = _("We read it and leave it at that, as you wished.")
    return {"title": title, "text": text, "state": "later"}
