"""The guide at /fortael/: one question a page, kept from the first answer on, sent from the last."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import open_receipt_of
from cocreate.contributions.limits import too_many
from cocreate.contributions.opening import (
    form_id,
    given_back_to,
    open_receipt,
    remember_form,
    remembered_form,
    stay_open,
)
from cocreate.contributions.operations import new_submission_id
from cocreate.contributions.viewer import Viewer
from cocreate.help.access import children_lines, crisis_lines
from cocreate.stories import drafts
from cocreate.stories.forms import StoryForm, asked_for
from cocreate.stories.guide import (
    BY_NAME,
    OF,
    PAGES,
    SEND,
    WHO,
    WORDS,
    Page,
    answers_on,
    first_unanswered,
    form_for,
    initial_of,
    page_of,
    whole,
)
from cocreate.stories.models import Draft
from cocreate.stories.telling import receipt_again, take_from, wait_a_little
from cocreate.text.finder import Kind, find
from cocreate.text.plain import clean

# For each network: a draft is a row that nobody has looked at.
DRAFTS_AT_A_TIME = {"limit": 60, "seconds": 600}
LONGEST_ID = 200
# In the address of a page that was opened from the last one, to change an answer.
MENDING = "ret"
SEE_OTHER, UNPROCESSABLE, TOO_MANY = 303, 422, 429


@sensitive_post_parameters("text", "title", "alias", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, name: str = "") -> HttpResponse:
    page = BY_NAME.get(name)
    if page is None:
        raise Http404
    viewer = Viewer.of(request)
    if request.method == "POST":
        return _take(request, viewer, page)
    draft = _open_draft(request, viewer)
    if page is WHO:
        return _first_page(request, viewer, draft)
    if draft is None:
        return render(request, "stories/guide/closed.html")
    _remember(request, draft)
    return _page(request, viewer, page, draft)


def _first_page(request: HttpRequest, viewer: Viewer, draft: Draft | None) -> HttpResponse:
    """A story that was begun is asked about before another one is."""
    asked = {name: value for name, value in asked_for(request.GET).items() if any(value)}
    if draft is None or "ny" in request.GET:
        return _page(request, viewer, WHO, None, asked=asked)
    if {"tilbage", MENDING} & set(request.GET):
        _remember(request, draft)
        return _page(request, viewer, WHO, draft)
    anew = request.GET.copy()
    anew["ny"] = "1"
    context = {
        "draft": draft,
        "on": first_unanswered(drafts.answers_of(draft)),
        "anew": f"{WHO.url}?{anew.urlencode()}",
    }
    return render(request, "stories/guide/begun.html", context)


# --- answers --------------------------------------------------------------------------------------


def _take(request: HttpRequest, viewer: Viewer, page: Page) -> HttpResponse:
    """Saved first, looked at afterwards: whatever is wrong with an answer, it is there."""
    sent_as = _sent_as(request)
    go = request.POST.get("go", "")
    draft = _draft_of(request, sent_as, viewer)
    answers = answers_on(page, request.POST)
    if draft is None and page is SEND:
        return receipt_again(request, sent_as, viewer) or _send_without(request, viewer, sent_as)
    if draft is None:
        if too_many(request, "draft", **DRAFTS_AT_A_TIME):
            form = form_for(page, viewer, request.POST)
            form.add_error(None, wait_a_little())
            return _page(request, viewer, page, None, form=form, status=TOO_MANY)
        draft, sent_as = _begin(request, viewer, sent_as, answers)
    else:
        _save(draft, answers)
    _open(request, viewer, draft, sent_as)
    if go == "save":
        return HttpResponse(status=204)
    if go == "stop":
        return redirect("guide_stop")
    if go == "back" and page.before is not None:
        return _to(page.before, "?tilbage=1" if page.before is WHO else "")
    if page is SEND:
        return _send(request, viewer, draft, sent_as)
    return _next(request, viewer, page, draft, sent_as)


def _sent_as(request: HttpRequest) -> str:
    """The id of the form that the page carried; a fresh one where it was lost on the way."""
    said = clean(request.POST.get("submission_id", "")[:LONGEST_ID], lines=False)
    return said or new_submission_id()


def _draft_of(request: HttpRequest, sent_as: str, viewer: Viewer) -> Draft | None:
    """The one that this page belongs to: it carries the id that this session knows the draft by, or
    the id that began it in this browser."""
    known, pk = _remembered(request)
    if pk and sent_as == known:
        held = Draft.objects.select_related("receipt").filter(pk=pk).first()
        if held is not None:
            return held
    return drafts.of_form(sent_as, viewer)


def _open_draft(request: HttpRequest, viewer: Viewer) -> Draft | None:
    """The one that was worked on last in this session, else the newest that is open to the viewer."""
    _known, pk = _remembered(request)
    mine = drafts.own(viewer)
    return (mine.filter(pk=pk).first() if pk else None) or mine.first()


def _remember(request: HttpRequest, draft: Draft, sent_as: str = "") -> None:
    """On a device where the draft was opened by its code, its pages carry this browser's own id."""
    _known, pk = _remembered(request)
    if sent_as or pk != draft.pk:
        remember_form(request, f"{sent_as or form_id(request)} {draft.pk}")


def _remembered(request: HttpRequest) -> tuple[str, int]:
    known, _space, pk = remembered_form(request).rpartition(" ")
    return known, int(pk) if pk.isdecimal() else 0


def _begin(
    request: HttpRequest, viewer: Viewer, sent_as: str, answers: dict[str, list[str]]
) -> tuple[Draft, str]:
    """With what the address said it is about, when this is the first page."""
    themes = [theme for theme in request.GET.getlist("tema") if theme]
    codes = [code for code in request.GET.getlist("retningslinje") if code]
    about = {"theme": themes, "guidelines": codes}
    first = {**{name: values for name, values in about.items() if values}, **answers}
    chosen = open_receipt_of(viewer) if request.POST.get("under_open_code") else None
    try:
        return drafts.begin(sent_as, first, viewer, keep_under=chosen), sent_as
    except drafts.AlreadySent:
        fresh = new_submission_id()
        return drafts.begin(fresh, first, viewer, keep_under=chosen), fresh


def _save(draft: Draft, answers: dict[str, list[str]]) -> None:
    try:
        drafts.save(draft, answers)
    except Draft.DoesNotExist:
        # Sent or deleted at the same moment from another page: that page has said so.
        return


def _open(request: HttpRequest, viewer: Viewer, draft: Draft, sent_as: str) -> None:
    if draft.receipt_id in viewer.receipts:
        stay_open(request)
    else:
        open_receipt(request, draft.receipt)
    _remember(request, draft, sent_as)


def _to(page: Page, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{page.url}{query}", status=SEE_OTHER)


def _next(
    request: HttpRequest, viewer: Viewer, page: Page, draft: Draft, sent_as: str
) -> HttpResponse:
    form = form_for(page, viewer, _with(request, sent_as))
    if not form.is_valid():
        return _page(request, viewer, page, draft, form=form, status=UNPROCESSABLE)
    if page is WORDS and _is_of_concern(form) and "seen" not in request.POST:
        context = {"help_lines": crisis_lines(), "on": _page_after(request, page)}
        return render(request, "stories/guide/help.html", context)
    return _to(_page_after(request, page))


def _page_after(request: HttpRequest, page: Page) -> Page:
    return SEND if MENDING in request.GET or page.after is None else page.after


def _with(request: HttpRequest, sent_as: str) -> QueryDict:
    sent = request.POST.copy()
    sent["submission_id"] = sent_as
    return sent


def _is_of_concern(form: StoryForm) -> bool:
    said = f"{form.cleaned_data['title']}\n{form.cleaned_data['text']}"
    return any(place.kind == Kind.CONCERN for place in find(said))


def _send(request: HttpRequest, viewer: Viewer, draft: Draft | None, sent_as: str) -> HttpResponse:
    answers = drafts.answers_of(draft) if draft else {}
    form = whole(answers, _with(request, sent_as), viewer)

    def show(request: HttpRequest, form: StoryForm, *, status: int, **more: Any) -> HttpResponse:
        return _page(request, viewer, SEND, draft, form=form, status=status, **more)

    return take_from(request, form, show, draft)


def _send_without(request: HttpRequest, viewer: Viewer, sent_as: str) -> HttpResponse:
    """The draft is not open here any more; a page that asks once more carries all of it."""
    if not request.POST.get("text"):
        return render(request, "stories/guide/closed.html", status=UNPROCESSABLE)
    return _send(request, viewer, None, sent_as)


# --- pages ----------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    viewer: Viewer,
    page: Page,
    draft: Draft | None,
    *,
    form: StoryForm | None = None,
    asked: dict[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    answers = drafts.answers_of(draft) if draft else {}
    if form is None:
        form = form_for(page, viewer, answers=answers)
        known, _pk = _remembered(request)
        form.initial.update(asked or {}, submission_id=known if draft else form_id(request))
    context = {
        "page": page,
        "pages": PAGES,
        "of": OF,
        "form": form,
        "draft": draft,
        "code": _code(request, viewer, draft),
        "given_back_to": given_back_to(request),
        "signed_in": viewer.user is not None,
        "code_is_open": bool(viewer.receipts) and draft is None,
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
        **({"children": children_lines()} if page is WHO else {}),
        **(_look_through(viewer, answers, form) if page is SEND else {}),
        **more,
    }
    return render(request, page.template, context, status=status)


def _code(request: HttpRequest, viewer: Viewer, draft: Draft | None) -> tuple[str, ...] | None:
    known, pk = _remembered(request)
    return drafts.code_of(draft, known, viewer) if draft and pk == draft.pk else None


def _look_through(viewer: Viewer, answers: dict[str, list[str]], form: StoryForm) -> dict[str, Any]:
    """Everything that was answered, with the page where each can be changed, and what is wrong."""
    shown = StoryForm(viewer=viewer, initial=initial_of(answers))
    elsewhere = [
        (page_of(name), message)
        for name, messages in form.errors.items()
        if name not in SEND.fields and name != "__all__"
        for message in messages
    ]
    return {"answers": _in_words(shown, answers), "elsewhere": elsewhere}


def _in_words(form: StoryForm, answers: dict[str, list[str]]) -> list[tuple[Page, list[str]]]:
    """For each page what stands there, in the words of its choices."""
    found = []
    for page in PAGES[:-1]:
        said: list[str] = []
        for name in page.fields:
            field = form.fields.get(name)
            if field is None:
                continue
            choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
            values = [value for value in answers.get(name, ()) if value]
            if name == "listed":
                values = [str(field.label)] if values else []
            said += [choices.get(value, value) for value in values]
        found.append((page, said))
    return found


@require_http_methods(["GET", "HEAD"])
def stop(request: HttpRequest) -> HttpResponse:
    """ "Gem og stop": where it lies, under which code, and that nobody reads it."""
    viewer = Viewer.of(request)
    draft = _open_draft(request, viewer)
    if draft is None:
        return render(request, "stories/guide/closed.html")
    context = {
        "draft": draft,
        "words": _code(request, viewer, draft),
        "on": first_unanswered(drafts.answers_of(draft)),
    }
    return render(request, "stories/guide/stopped.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Asked once; a second press finds nothing more to delete."""
    draft = _open_draft(request, Viewer.of(request))
    if request.method == "POST":
        if draft is not None:
            drafts.delete(draft)
        return render(request, "stories/guide/deleted.html")
    if draft is None:
        return render(request, "stories/guide/closed.html")
    return render(request, "stories/guide/delete.html", {"draft": draft})
