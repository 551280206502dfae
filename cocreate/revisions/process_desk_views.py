"""The analysts' desk: processes, and adopting an edition."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.insights.desk_views import Analyst
from cocreate.pagecache.models import bump
from cocreate.revisions import presenting
from cocreate.revisions.adoption import adopt
from cocreate.revisions.desk_forms import AdoptForm, ProcessForm
from cocreate.revisions.errors import PromiseMissing
from cocreate.revisions.models import Process
from cocreate.revisions.putting_forward import close_process, open_process
from cocreate.revisions.refusals import Refused, refusal_of
from cocreate.themes.models import Edition

UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    """The few there are, the newest first."""
    analyst = Analyst.of(request)
    context = {
        "here": "processes",
        "analyst": analyst.user,
        "processes": Process.objects.order_by("-pk"),
    }
    return render(request, "revisions/desk/processes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    analyst = Analyst.of(request)
    form = ProcessForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(request, analyst, form)
    if not form.is_valid() or not _saved(form):
        return _form_page(request, analyst, form, status=UNPROCESSABLE)
    messages.success(request, _("The process is made. Only analysts see it until it is opened."))
    return redirect("process_draft", form.instance.slug)


def _saved(form: ProcessForm) -> bool:
    """False when somebody took the address at the same moment."""
    try:
        with transaction.atomic():
            held = form.save()
            # An amendment names its process.
            bump("amendments", "processes", f"process:{held.slug}")
    except IntegrityError:
        form.add_error(None, _("Somebody saved another process at the same moment. Save again."))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def process(request: HttpRequest, slug: str) -> HttpResponse:
    analyst, found = Analyst.of(request), _process_or_404(slug)
    if request.method != "POST":
        return _form_page(request, analyst, ProcessForm(instance=found))
    if request.POST.get("do") == "close":
        close_process(found)
        messages.success(request, _("The process is closed."))
        return redirect("process_draft", slug)
    form = ProcessForm(request.POST, instance=found)
    if not form.is_valid():
        return _form_page(request, analyst, form, status=UNPROCESSABLE)
    try:
        said = _save_and_open(form, is_to_open=request.POST.get("do") == "open")
    except PromiseMissing as refused:
        for name in refused.missing:
            form.add_error(name, _("It has to be there before the process is opened."))
        return _form_page(request, analyst, form, status=UNPROCESSABLE)
    if not said:
        return _form_page(request, analyst, form, status=CONFLICT)
    messages.success(request, said)
    return redirect("process_draft", form.instance.slug)


@transaction.atomic
def _save_and_open(form: ProcessForm, *, is_to_open: bool) -> str:
    """Both or neither. Empty when it could not be saved."""
    if not _saved(form):
        return ""
    if not is_to_open:
        return _("It is saved.")
    open_process(form.instance)
    return _("The process is open. Everybody can read it now.")


def _process_or_404(slug: str) -> Process:
    found = Process.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _form_page(
    request: HttpRequest, analyst: Analyst, form: ProcessForm, *, status: int = 200
) -> HttpResponse:
    # As it is stored: a form that was refused has written on its own copy.
    pk = form.instance.pk
    context = {
        "here": "processes",
        "analyst": analyst.user,
        "form": form,
        "process": Process.objects.filter(pk=pk).first() if pk else None,
    }
    return render(request, "revisions/desk/process.html", context, status=status)


# --- adopting -------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def adopting(request: HttpRequest, slug: str) -> HttpResponse:
    analyst, found = Analyst.of(request), _process_or_404(slug)
    if request.method != "POST":
        return _adopt_page(request, analyst, found, AdoptForm())
    form = AdoptForm(request.POST)
    if not form.is_valid():
        return _adopt_page(request, analyst, found, form, status=UNPROCESSABLE)
    try:
        edition = adopt(found, form.called, seen=form.cleaned_data["seen"])
    except Refused as refused:
        refusal = refusal_of(refused, analyst.viewer)
        status = refusal.status
        return _adopt_page(request, analyst, found, form, status=status, refusal=refusal)
    return redirect(edition)


def _adopt_page(
    request: HttpRequest,
    analyst: Analyst,
    process: Process,
    form: AdoptForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "here": "processes",
        "analyst": analyst.user,
        "process": process,
        "form": form,
        "newest": Edition.objects.current(),
        **presenting.adoption_context(process),
        **more,
    }
    return render(request, "revisions/desk/adopt.html", context, status=status)
