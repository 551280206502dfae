"""Proposing a change of the strategy: anybody may, without an account."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import own
from cocreate.contributions.codes import digest
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution, KindName, State
from cocreate.contributions.opening import form_id, given_back_to, open_receipt
from cocreate.contributions.operations import (
    AlreadyDecided,
    FormTooOld,
    Given,
    Received,
    SentBefore,
    was_received,
)
from cocreate.contributions.sent_before import one_like, ways_on
from cocreate.contributions.viewer import Viewer
from cocreate.help.access import crisis_lines
from cocreate.moderation.author_door import FORMS_AT_A_TIME, wait_to_send
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.intake import raises_concern, take_in_as_asked
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import asked_about
from cocreate.revisions.forms import About, ProposalForm
from cocreate.revisions.models import Process, Proposal
from cocreate.text.finder import Kind
from cocreate.themes.models import Passage, Theme
from cocreate.themes.models.editions import Kind as PassageKind

UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429


@sensitive_post_parameters("text", "proposed", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    process = Process.objects.takes_proposals()
    if process is None:
        return _nothing_is_open(request)
    about = _about(process, request.GET)
    if about is None:
        return _choose_a_passage(request, process)
    viewer = Viewer.of(request)
    if request.method == "POST":
        return _take_in(request, ProposalForm(request.POST, about=about, viewer=viewer))
    # Two passages in two windows are two forms.
    place = digest("proposal", f"{form_id(request)}|{about.seen}")[:32]
    return _show_form(
        request, ProposalForm(initial={"submission_id": place}, about=about, viewer=viewer)
    )


def _about(process: Process, query: QueryDict) -> About | None:
    """What the address names; None when it leads nowhere, or to words no longer in force."""
    passages = Passage.objects.in_force()
    uid, number = _uid(query.get("stykke", "")), query.get("tema", "")
    passage = passages.filter(uid=uid).first() if uid is not None else None
    if passage is not None:
        return About(process, passage)
    theme = next((row for row in Theme.objects.all() if str(row.number) == number), None)
    return About(process, theme=theme) if theme is not None else None


def _uid(named: str) -> UUID | None:
    try:
        return UUID(named)
    except ValueError:
        return None


def _nothing_is_open(request: HttpRequest) -> HttpResponse:
    """What was written stands on the page, to be copied: nothing typed is lost."""
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "revisions/nothing_open.html", {"kept": _kept(request)}, status=status)


def _choose_a_passage(request: HttpRequest, process: Process) -> HttpResponse:
    """By theme. What was written about words that are gone stands above the list."""
    rows = Passage.objects.in_force().exclude(kind=PassageKind.SIGNATURE).order_by("order")
    by_theme: dict[Theme | None, list[Passage]] = {}
    for row in rows:
        by_theme.setdefault(row.theme, []).append(row)
    context = {
        "process": process,
        "whole": by_theme.pop(None, []),
        "themes": by_theme.items(),
        "is_gone": bool(request.GET.get("stykke")),
        "kept": _kept(request),
    }
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "revisions/choose_passage.html", context, status=status)


def _kept(request: HttpRequest) -> str:
    words = (request.POST.get(name, "").strip() for name in ("proposed", "text"))
    return "\n\n".join(filter(None, words))


# --- sending --------------------------------------------------------------------------------------


def _take_in(request: HttpRequest, form: ProposalForm) -> HttpResponse:
    """Nothing is stored before the last lines; until then every word goes back to the page."""
    valid = form.is_valid()
    if too_many(request, "propose", **FORMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return _show_form(request, form, status=TOO_MANY)
    if not valid:
        return _show_form(request, form, status=UNPROCESSABLE)
    if asked := asked_about(form):
        return _show_form(request, form, status=UNPROCESSABLE, **asked)
    given = form.given()
    if not form.has_seen_it and not was_received(given):
        form.show_anew(it_has_changed())
        return _show_form(request, form, status=CONFLICT)
    mine = own(given.viewer).filter(kind=KindName.PROPOSAL, proposal__passage=form.about.passage)
    like = None if form.is_answered else one_like(given, mine)
    if like is not None:
        return _ask_again(request, form, given, like)
    try:
        received = take_in_as_asked(
            Proposal, KindName.PROPOSAL, given, mine, form.cleaned_data["instead"]
        )
    except SentBefore as asks:
        return _ask_again(request, form, given, asks.contribution)
    except (AlreadyDecided, FormTooOld) as refusal:
        form.begin_anew(why(refusal))
        return _show_form(request, form, status=CONFLICT)
    return _show_receipt(request, received, form.about.process)


def _ask_again(
    request: HttpRequest, form: ProposalForm, given: Given, earlier: Contribution
) -> HttpResponse:
    """The same words, or nearly, were sent a moment ago: nothing more is stored before an answer."""
    context = {"form": form, **ways_on(given, earlier)}
    return render(request, "revisions/again.html", context, status=UNPROCESSABLE)


def _show_form(
    request: HttpRequest, form: ProposalForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "about": form.about,
        "process": form.about.process,
        "given_back_to": given_back_to(request),
        "code_is_open": bool(form.viewer.receipts),
        **more,
    }
    return render(request, "revisions/propose.html", context, status=status)


def it_has_changed() -> str:
    return _(
        "The words in the strategy or our promise have changed since you opened the page, so "
        "nothing has been sent. Your words are here. Look at what stands above them, and press "
        "Send."
    )


def why(refusal: AlreadyDecided | FormTooOld) -> str:
    if isinstance(refusal, AlreadyDecided):
        return _(
            "We have read the proposal that you sent from this page before. What stands here now "
            "has not been sent. Press Send, and it becomes a new proposal."
        )
    return _(
        "A proposal was sent from this page before. What stands here now has not been sent. Press "
        "Send, and it becomes a new proposal."
    )


# --- the receipt ----------------------------------------------------------------------------------


def _show_receipt(request: HttpRequest, received: Received, process: Process) -> HttpResponse:
    """Answers the POST itself: a reload or a retry shows the same code again."""
    receipt = received.contribution.receipt
    if receipt is not None:
        open_receipt(request, receipt)
    context = {
        "words": received.code,
        "process": process,
        "steps": _next_steps(received.contribution, process),
        "help_lines": crisis_lines() if raises_concern(received) else [],
        "individual_case": received.version.findings.filter(kind=Kind.INDIVIDUAL_CASE).exists(),
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
    }
    return render(request, "revisions/receipt.html", context)


def _next_steps(contribution: Contribution, process: Process) -> list[dict[str, str]]:
    sent = contribution.submitted_at or timezone.now()
    arrived = {"title": _("We have your proposal"), "when": capfirst(day_in_words(sent))}
    if contribution.state != State.PENDING:
        return [arrived, _already_read()]
    return [
        arrived,
        {
            "title": _("A host reads it"),
            "when": _("No later than %(day)s") % {"day": day_in_words(read_by(sent))},
            "text": _("Until then only you can see it."),
            "state": "here",
        },
        {
            "title": _("Then it stands among the amendments"),
            "text": _(
                "It gets a number, and everybody can read it. If we cannot show it, we write to you "
                "why. The answer lies under your code."
            ),
            "state": "later",
        },
        {
            "title": _("You get an answer with a reason"),
            "when": _("No later than %(day)s") % {"day": day_in_words(process.answer_due)},
            "text": _("Also when the answer is no."),
            "state": "later",
        },
    ]


def _already_read() -> dict[str, str]:
    return {
        "title": _("A person has read your proposal"),
        "text": _("What we wrote to you lies under your code."),
        "url": reverse("receipt"),
        "link": _("See what I have written"),
        "state": "here",
    }
